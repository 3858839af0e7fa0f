"""Checklists question by question: *Frågan F07 blev obligatorisk.*"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from workflows.models.comparing.change import Area, Change, Scribe, Weight, What
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.pairing import Pairs, Part, differing, pair
from workflows.models.comparing.question_words import TELLERS, Side, Told, condition_of, other, seen
from workflows.models.comparing.reading import flat, json_of, objects, text, told
from workflows.models.comparing.swedish import quoted, shown

_DEFAULTS: Mapping[str, Any] = {"satisfied_by": ["yes"], "evidence": "none"}

_FORMULAS = frozenset({"condition"})


def compare_checklists(path: str, before: Lexicon, after: Lexicon) -> Iterator[Change]:
    """Yield what differs in a checklist that both versions have. Raises Unread."""
    key = path.removeprefix("forms/").removesuffix(".checklist.json")
    old = Side(raw=json_of(before.files[path]), names=before, form=key)
    new = Side(raw=json_of(after.files[path]), names=after, form=key)
    scribe = Scribe(area=Area.CHECKLIST, file=path, where=text(new.raw.get("title")) or key)
    pairs = pair(_questions(old.raw), _questions(new.raw))
    yield from _heads(scribe, old, new)
    for part in pairs.added:
        yield _added(scribe, part, new)
    for part in pairs.removed:
        sentence = f"Frågan {_id(part)} togs bort: {quoted(_question(part))}."
        yield scribe.row(part.key, sentence, what=What.REMOVED, before=_question(part))
    for was, now in pairs.renamed:
        sentence = f"Frågan {_id(was)} heter nu {_id(now)}."
        yield scribe.row(now.key, sentence, weight=Weight.WORDING, before=_id(was), after=_id(now))
    for was, now in pairs.all_kept:
        yield from _changed(scribe, was, now, old, new)
    yield from _moved(scribe, pairs, old, new)


def count_questions(raw: Mapping[str, Any]) -> int:
    """Return how many questions a checklist has."""
    return len(_questions(raw))


def _questions(raw: Mapping[str, Any]) -> list[Part]:
    parts: list[Part] = []
    seen: dict[str, int] = {}
    for item in objects(raw.get("items")):
        key = text(item.get("id"))
        seen[key] = number = seen.get(key, 0) + 1
        values = {**_DEFAULTS, **flat({name: value for name, value in item.items() if name != "id"})}
        parts.append(Part(key=key if number == 1 else f"{key}#{number}", values=values, content=told(values)))
    return parts


def _heads(scribe: Scribe, old: Side, new: Side) -> Iterator[Change]:
    """Yield what differs in the checklist itself."""
    words = {"title.sv": "rubrik", "who.sv": "text om vem som svarar", "result.sv": "text om vad den leder till"}
    leave = frozenset({"items"})
    for path, was, now in differing(flat(old.raw, leave=leave), flat(new.raw, leave=leave)):
        word = words.get(path)
        weight = Weight.WORDING if "." in path else Weight.DUTY
        sentence = f"Checklistan har ny {word}." if word else f"Checklistans uppgift {quoted(path)} är ändrad."
        if path == "phase":
            sentence = f"Checklistan hör nu till {new.names.phase(shown(now))}."
        yield scribe.row(path, sentence, weight=weight, before=shown(was), after=shown(now))
    strange = [[one for one in _list(side.raw) if not isinstance(one, Mapping)] for side in (old, new)]
    if told(strange[0]) != told(strange[1]):
        yield scribe.row("items", "Något i checklistan som inte är en fråga är ändrat.", weight=Weight.LAYOUT)


def _list(raw: Mapping[str, Any]) -> list[Any]:
    items = raw.get("items")
    return items if isinstance(items, list) else [items]


def _added(scribe: Scribe, part: Part, new: Side) -> Change:
    weight = shown(part.values.get("requirement"))
    told_weight = {"must": ", obligatorisk", "warn": ", som varning"}.get(weight, "")
    sentence = f"Ny fråga {_id(part)}{told_weight}: {quoted(_question(part))}."
    condition = part.values.get("condition")
    after = _question(part) + (f" Gäller när {condition_of(condition, new)}." if condition else "")
    return scribe.row(part.key, sentence, what=What.ADDED, after=after)


def _moved(scribe: Scribe, pairs: Pairs, old: Side, new: Side) -> Iterator[Change]:
    was = {part.key: place for place, part in enumerate(_questions(old.raw), 1)}
    for place, part in enumerate(_questions(new.raw), 1):
        if part.key in pairs.moved:
            sentence = f"Frågan {_id(part)} flyttades till plats {place} i checklistan."
            before = f"plats {was[part.key]}"
            yield scribe.row(
                part.key, sentence, what=What.MOVED, weight=Weight.LAYOUT, before=before, after=f"plats {place}"
            )


def _changed(scribe: Scribe, was: Part, now: Part, old: Side, new: Side) -> Iterator[Change]:
    for path, before, after in differing(was.values, now.values, formulas=_FORMULAS):
        tell, here = TELLERS.get(path, other), replace(scribe, where=f"{scribe.where}: {_question(now)}")
        sentence, weight = tell(Told(id=_id(now), path=path, before=before, after=after, new=new))
        yield here.row(now.key, sentence, weight=weight, before=seen(path, before, old), after=seen(path, after, new))


def _id(part: Part) -> str:
    return part.key.partition("#")[0]


def _question(part: Part) -> str:
    return shown(part.values.get("question.sv") or part.values.get("question"))
