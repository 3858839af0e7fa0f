"""`model.json`: phases, gates, roles, documents, and where a project's data come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.comparing.change import Area, Change, Scribe, Weight, What
from workflows.models.comparing.fact_words import TELLERS
from workflows.models.comparing.gate_words import gate_attribute
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.other_words import setting_changed
from workflows.models.comparing.pairing import Part, differing, pair
from workflows.models.comparing.part_words import gate_added, gate_removed, phase_added, phase_removed
from workflows.models.comparing.reading import flat, json_of, text, told
from workflows.models.comparing.references import MAPS, Reference, references
from workflows.models.comparing.swedish import quoted, shown, upper_first

_LISTS = ("boxes", "phases", "gates", "roles", "documents", "money")

_DEFAULTS: Mapping[str, Mapping[str, Any]] = {"gates": {"closing": False}}


def compare_models(path: str, before: Lexicon, after: Lexicon) -> Iterator[Change]:
    """Yield what differs in `model.json`. Raises Unread."""
    old, new = json_of(before.files[path]), json_of(after.files[path])
    scribe = Scribe(area=Area.MODEL, file=path, where="Modellens uppgifter")
    yield from _heads(scribe, old, new)
    for kind in _LISTS:
        yield from _Listed(scribe=scribe, kind=kind, old=before, new=after).rows(old.get(kind), new.get(kind))
    for name in MAPS:
        yield from references(Reference(scribe=scribe, name=name, old=before, new=after), old.get(name), new.get(name))
    if told(old.get("risks")) != told(new.get("risks")):
        said = [_sources(side, names) for side, names in ((old, before), (new, after))]
        yield scribe.row("risks", "Riskerna hämtas nu från andra fält.", before=said[0], after=said[1])


def _sources(raw: Mapping[str, Any], names: Lexicon) -> str:
    listed = raw.get("risks")
    return ", ".join(names.reference(shown(one)) for one in listed) if isinstance(listed, list) else shown(listed)


def _heads(scribe: Scribe, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    words = {
        "name.sv": ("Modellen heter nu {after}.", Weight.WORDING),
        "name.en": ("Modellens engelska namn är ändrat.", Weight.WORDING),
        "process": ("Modellen börjar nu i en annan process.", Weight.DUTY),
        "work": ("Faserna ligger nu i en annan del av diagrammet.", Weight.DUTY),
        "start_form": ("Ett projekt börjar nu med ett annat formulär.", Weight.DUTY),
        "key": ("Modellen har en ny nyckel och räknas som en annan modell.", Weight.DUTY),
    }
    leave = frozenset({*_LISTS, *MAPS, "risks"})
    for path, was, now in differing(flat(old, leave=leave), flat(new, leave=leave)):
        sentence, weight = words.get(path, (f"Modellens uppgift {quoted(path)} är ändrad.", Weight.DUTY))
        sentence = sentence.format(after=quoted(shown(now)))
        yield scribe.row(path, sentence, weight=weight, before=shown(was), after=shown(now))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """One list of `model.json`, on both sides."""

    scribe: Scribe
    kind: str
    old: Lexicon
    new: Lexicon

    def rows(self, before: Any, after: Any) -> Iterator[Change]:
        was, now = self._parts(before), self._parts(after)
        pairs = pair(was, now)
        for part in pairs.added:
            if not self._comes_with_phase(part, self.new, self.old):
                yield self._one_sided(part, What.ADDED)
        for part in pairs.removed:
            if not self._comes_with_phase(part, self.old, self.new):
                yield self._one_sided(part, What.REMOVED)
        for left, right in pairs.renamed if self.kind != "boxes" else ():
            sentence = f"{upper_first(self._call(right, self.new))} har ny nyckel."
            yield self.scribe.row(f"{self.kind}/{right.key}", sentence, before=left.key, after=right.key)
        for left, right in pairs.all_kept:
            for path, old, new in differing(left.values, right.values, formulas=frozenset({"when"})):
                if path != "box" or not self._same_box(old, new):
                    yield from self._changed(right, path, old, new)
        if pairs.moved:
            said = [", ".join(_label(part) for part in side) for side in (was, now)]
            sentence = f"{_PLURALS[self.kind]} står i en annan ordning."
            yield self.scribe.row(
                self.kind, sentence, what=What.MOVED, weight=Weight.LAYOUT, before=said[0], after=said[1]
            )

    def _comes_with_phase(self, part: Part, here: Lexicon, there: Lexicon) -> bool:
        """Whether a box is that of a phase of its own name that only this side has: the phase is told of."""
        return self.kind == "boxes" and any(
            label == part.key for key, label in here.phases.items() if key not in there.phases
        )

    def _parts(self, value: Any) -> list[Part]:
        parts: list[Part] = []
        times: Counter[str] = Counter()
        for number, one in enumerate(value if isinstance(value, list) else [], 1):
            values = {**_DEFAULTS.get(self.kind, {}), **(flat(one) if isinstance(one, Mapping) else {"": one})}
            key = _key(self.kind, values) or str(number)
            times[key] += 1
            key = key if times[key] == 1 else f"{key}#{times[key]}"
            content = told({name: inner for name, inner in values.items() if name != "key"})
            content = told(values.get("number")) if self.kind == "boxes" else content
            parts.append(Part(key=key, values=values, content=content))
        return parts

    def _same_box(self, old: Any, new: Any) -> bool:
        """Whether two numbers are those of one box, which only moved along."""
        before, after = self.old.boxes, self.new.boxes
        label = before.get(str(old))
        alone = all(list(side.values()).count(label or "") == 1 for side in (before, after))
        return alone and label == after.get(str(new))

    def _call(self, part: Part, names: Lexicon) -> str:
        match self.kind:
            case "gates":
                return f"beslutspunkten {names.gate(part.key)}"
            case "phases":
                return names.phase(part.key)
        return f"{_NOUNS[self.kind][0]} {_label(part)}"

    def _one_sided(self, part: Part, what: What) -> Change:
        new = what is What.ADDED
        names, known = (self.new, self.old) if new else (self.old, self.new)
        area = Area.GATE if self.kind == "gates" else None
        match self.kind:
            case "gates":
                sentence = gate_added(names, part.key) if new else gate_removed(names, part.key)
            case "phases":
                sentence = phase_added(names, part.key, known) if new else phase_removed(names, part.key)
            case _:
                gone = f"{upper_first(self._call(part, names))} togs bort."
                sentence = f"{_NOUNS[self.kind][1]} {_label(part)}." if new else gone
        value = _whole(part)
        before, after = ("", value) if new else (value, "")
        return self.scribe.row(f"{self.kind}/{part.key}", sentence, what=what, before=before, after=after, area=area)

    def _changed(self, part: Part, path: str, old: Any, new: Any) -> Iterator[Change]:
        element = f"{self.kind}/{part.key}"
        if self.kind == "gates":
            for said in gate_attribute(part.key, path, old, new, self.old, self.new):
                yield self.scribe.row(
                    element,
                    said.sentence,
                    what=said.what,
                    weight=said.weight,
                    before=said.before,
                    after=said.after,
                    area=Area.GATE,
                )
            return
        name = upper_first(self._call(part, self.new))
        tell = TELLERS.get((self.kind, path))
        sentence, weight = setting_changed(name, path, old, new), Weight.DUTY
        if path == "key":
            sentence = f"{name} har en ny nyckel."
        if tell:
            sentence, weight = tell(name, old, new, self.new)
        elif path.endswith(".en"):
            sentence, weight = f"{name} har ändrad engelsk text.", Weight.WORDING
        yield self.scribe.row(element, sentence, weight=weight, before=shown(old), after=shown(new))


_PLURALS = {
    "boxes": "Fasrutorna",
    "phases": "Faserna",
    "gates": "Beslutspunkterna",
    "roles": "Rollerna",
    "documents": "Dokumenten",
    "money": "De ekonomiska raderna",
}

_NOUNS = {
    "boxes": ("fasrutan", "Ny fasruta"),
    "roles": ("rollen", "Ny roll"),
    "documents": ("dokumentet", "Nytt dokument"),
    "money": ("den ekonomiska raden", "Ny ekonomisk rad"),
}


def _key(kind: str, values: Mapping[str, Any]) -> str:
    """What tells an entry of a list from the others; a box is known by its label, since numbers move along."""
    if kind == "boxes":
        return shown(values.get("label.sv"))
    return shown(values.get("key") or values.get("field"))


def _label(part: Part) -> str:
    return shown(part.values.get("label.sv") or part.values.get("label")) or part.key


def _whole(part: Part) -> str:
    said = [text(value) or shown(value) for name, value in part.values.items() if not name.endswith(".en")]
    return ", ".join(filter(None, said))
