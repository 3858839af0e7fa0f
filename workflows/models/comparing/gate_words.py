"""What changed in a gate of `model.json`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from workflows.models.comparing.change import Weight, What
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.other_words import setting_changed
from workflows.models.comparing.outcome_words import outcomes
from workflows.models.comparing.said import Said
from workflows.models.comparing.swedish import joined, quoted, shown


def gate_attribute(key: str, path: str, old: Any, new: Any, before: Lexicon, after: Lexicon) -> Iterator[Said]:
    """Yield the rows about one attribute of one gate."""
    gate = after.gate(key)
    match path:
        case "outcomes":
            yield from outcomes(gate, _texts(old), _texts(new))
        case "checklists":
            yield from _listed(f"{gate} prövas {{}} mot", _texts(old), _texts(new), before.form, after.form)
        case "documents":
            yield from _documents(gate, _texts(old), _texts(new), before, after)
        case "rework_to":
            yield from _rework(gate, _texts(old), _texts(new), before, after)
        case _:
            yield _plain(gate, path, old, new, after)


def _plain(gate: str, path: str, old: Any, new: Any, names: Lexicon) -> Said:
    sentences = {
        "statement.sv": (f"Beslutsmeningen vid {gate} har ny lydelse.", Weight.WORDING),
        "label.sv": (f"{quoted(shown(old)) if old else gate} heter nu {quoted(shown(new))}.", Weight.WORDING),
        "short.sv": (f"{shown(old) or 'Beslutspunkten'} heter nu {gate} i korta texter.", Weight.WORDING),
        "box": (f"{gate} avslutar nu {names.box(new)}.", Weight.DUTY),
        "of": (f"{gate} {f'hör nu till {quoted(shown(new))}' if new else 'är nu en egen beslutspunkt'}.", Weight.DUTY),
        "item": (
            f"{gate} {'hålls nu en gång för varje rad' if new else 'hålls nu en gång i projektet'}.",
            Weight.DUTY,
        ),
        "closing": (f"{gate} {'avslutar nu projektet' if new else 'avslutar inte längre projektet'}.", Weight.DUTY),
    }
    english = (f"{gate} har ändrad engelsk text.", Weight.WORDING)
    other = english if path.endswith(".en") else (setting_changed(gate, path, old, new), Weight.DUTY)
    sentence, weight = sentences.get(path, other)
    return Said(sentence=sentence, before=shown(old), after=shown(new), weight=weight)


def _listed(
    said: str, old: list[str], new: list[str], was: Callable[[str], str], now: Callable[[str], str]
) -> Iterator[Said]:
    """Yield what a list has more and less of; where it holds the same, that the order is another."""
    for one in [one for one in new if one not in old]:
        yield Said(sentence=f"{said.format('nu')} {now(one)}.", before="", after=now(one), what=What.ADDED)
    for one in [one for one in old if one not in new]:
        yield Said(sentence=f"{said.format('inte längre')} {was(one)}.", before=was(one), after="", what=What.REMOVED)
    if sorted(set(old)) == sorted(set(new)):
        yield Said(
            sentence=f"{said.format('samma saker, i en annan ordning,')} {joined(map(now, new))}.",
            before=joined(map(was, old)),
            after=joined(map(now, new)),
            weight=Weight.LAYOUT,
        )


def _documents(gate: str, old: list[str], new: list[str], before: Lexicon, after: Lexicon) -> Iterator[Said]:
    """Yield which documents the pack of a gate has more and less of."""
    said = {
        What.ADDED: f"Dokumentet {{}} ingår nu i underlaget till {gate}.",
        What.REMOVED: f"Dokumentet {{}} ingår inte längre i underlaget till {gate}.",
    }
    for what, keys, names in (
        (What.ADDED, [one for one in new if one not in old], after),
        (What.REMOVED, [one for one in old if one not in new], before),
    ):
        for key in keys:
            label = names.documents.get(key, key)
            sides = ("", label) if what is What.ADDED else (label, "")
            yield Said(sentence=said[what].format(label), before=sides[0], after=sides[1], what=what)
    if sorted(set(old)) == sorted(set(new)):
        was, now = (
            joined(names.documents.get(key, key) for key in keys) for keys, names in ((old, before), (new, after))
        )
        sentence = f"Dokumenten i underlaget till {gate} står i en annan ordning."
        yield Said(sentence=sentence, before=was, after=now, weight=Weight.LAYOUT)


def _rework(gate: str, old: list[str], new: list[str], before: Lexicon, after: Lexicon) -> Iterator[Said]:
    """Yield where *rework* may lead; the first place is the one it proposes."""
    for one in [one for one in new if one not in old]:
        phase = after.phase(one)
        yield Said(
            sentence=f"Komplettera vid {gate} kan nu leda tillbaka till {phase}.",
            before="",
            after=phase,
            what=What.ADDED,
        )
    for one in [one for one in old if one not in new]:
        phase = before.phase(one)
        sentence = f"Komplettera vid {gate} kan inte längre leda tillbaka till {phase}."
        yield Said(sentence=sentence, before=phase, after="", what=What.REMOVED)
    first = after.phase(new[0]) if new else ""
    if old and new and old[0] != new[0]:
        sentence = f"Komplettera vid {gate} leder nu tillbaka till {first}, om inget annat väljs."
        yield Said(sentence=sentence, before=before.phase(old[0]), after=first)
    elif sorted(set(old)) == sorted(set(new)):
        sentence = f"Faserna som Komplettera kan leda till vid {gate} står i en annan ordning."
        said = joined(map(before.phase, old)), joined(map(after.phase, new))
        yield Said(sentence=sentence, before=said[0], after=said[1], weight=Weight.LAYOUT)


def _texts(value: Any) -> list[str]:
    return [shown(one) for one in value] if isinstance(value, list) else []
