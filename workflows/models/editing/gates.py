"""Changes of a gate: what is stated, what it is checked against, what may come out of it and where that leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.models.editing.errors import OutcomesWrong, StepGone, WordsMissing
from workflows.models.editing.gate_ways import STOPS, OutcomeWay, draw_ways, rank
from workflows.models.editing.names import require_own_name
from workflows.models.editing.steps import Changes
from workflows.models.editing.work import Work, styr_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GateWords:
    """What the table says of a gate."""

    label: str
    short: str
    statement: str
    checklists: tuple[str, ...]
    documents: tuple[str, ...]
    ways: tuple[OutcomeWay, ...]


def change_gate(files: Mapping[str, bytes], key: str, words: GateWords) -> Changes:
    """Say something else of a gate, and draw other ways out of it.

    Raises OutcomesWrong, WordsMissing, NameTaken, StepGone.
    """
    work = Work(files)
    before = work.model.gate(key).label["sv"] if _knows(work, key) else ""
    gate_words(work, key, words)
    node = gate_node(work, key)
    if words.label.strip() != before:
        work.drawing(node).set_attribute(node, "name", words.label.strip())
    draw_ways(work, node, words.ways)
    return work.changes()


def gate_words(work: Work, key: str, words: GateWords) -> None:
    """Write what `model.json` says of a gate."""
    for field, text, sentence in (
        ("label", words.label, "Skriv vad beslutspunkten heter"),
        ("short", words.short, "Skriv ett kort namn, till exempel BP2"),
        ("statement", words.statement, "Skriv vad som ska vara sant när beslutspunkten passeras"),
    ):
        if not text.strip():
            raise WordsMissing(field=field, sentence=sentence)
    require_own_name(work, "gates", "label", words.label, field="label", key=key)
    require_own_name(work, "gates", "short", words.short, field="short", key=key)
    require_outcomes(words.ways, closing=work.model.gate(key).closing if _knows(work, key) else False)
    number = work.place("gates", key)
    for field, text in (("label", words.label), ("short", words.short), ("statement", words.statement)):
        work.put(("gates", number, field, "sv"), text.strip())
    outcomes = tuple(dict.fromkeys(way.outcome for way in words.ways))
    before = tuple(work.value("gates", number, "outcomes"))
    if set(before) != set(outcomes):
        work.put(("gates", number, "outcomes"), sorted(outcomes, key=rank))
    phases = {phase["key"] for phase in work.value("phases")}
    back = [way.target for way in words.ways if way.outcome == "rework"]
    if phases.issuperset(back):
        work.put(("gates", number, "rework_to"), back)
    work.put(("gates", number, "checklists"), list(words.checklists))
    work.put(("gates", number, "documents"), list(words.documents))


def _knows(work: Work, key: str) -> bool:
    return any(gate.key == key for gate in work.model.gates)


def require_outcomes(ways: tuple[OutcomeWay, ...], *, closing: bool) -> None:
    """Raise OutcomesWrong for what makes no gate."""
    outcomes = {way.outcome for way in ways}
    if "approve" not in outcomes:
        raise OutcomesWrong(sentence="Beslutspunkten ska kunna godkänna. Välj Godkänn och vart det leder")
    if "rework" not in outcomes:
        raise OutcomesWrong(sentence="Beslutspunkten ska kunna begära komplettering. Välj en fas att gå tillbaka till")
    if not closing and not outcomes & STOPS:
        raise OutcomesWrong(sentence="Beslutspunkten ska kunna säga stopp. Välj Avslå eller Avbryt projektet")
    if len({way.target for way in ways if way.outcome == "rework"}) < sum(way.outcome == "rework" for way in ways):
        raise OutcomesWrong(sentence="Komplettera leder två gånger till samma fas. Ta bort den ena")


def gate_node(work: Work, key: str) -> str:
    """Return the call activity of a gate. Raises StepGone."""
    for path in sorted(path for path in work.files if path.endswith(".bpmn")):
        if f'key="{key}"'.encode() not in work.files[path]:
            continue
        drawing = work.open(path)
        for element in drawing.document.root.walk():
            if element.local == "callActivity" and styr_of(element, "gate").get("key") == key:
                return element.id
    raise StepGone
