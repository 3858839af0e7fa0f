"""The ways out of a gate, one for each outcome: read from the diagram, and drawn anew where they lead elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.models.editing.drawing import Drawing
from workflows.models.editing.drawing_parts import Line, Part
from workflows.models.editing.errors import OutcomesWrong, StepGone
from workflows.models.editing.work import Work, styr_of
from workflows.models.editing.xml_text import Element

AGAIN = "again"
"""The target of an outcome after which the same gate is asked for once more."""


STOP = "stop"
"""The target of an outcome that ends the project: an end of its own is drawn for it."""


ORDER = ("approve", "approve_conditional", "approve_revised", "rework", "defer", "hold", "reject", "terminate")


ONWARD = frozenset(ORDER[:3])


STOPS = frozenset({"reject", "terminate"})


NAMES = {
    "approve": "Godkänn",
    "approve_conditional": "Godkänn med villkor",
    "approve_revised": "Fortsätt enligt reviderad plan",
    "rework": "Komplettera",
    "defer": "Skjut upp",
    "hold": "Gör vilande",
    "reject": "Avslå",
    "terminate": "Avbryt",
}
"""What an outcome is called in a diagram, which is written in Swedish."""


_OUTCOME = re.compile(r"""\.outcome\s*=\s*["'](\w+)["']""")


_TARGET = re.compile(r"""\.target\s*=\s*["'](\w+)["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWay:
    """An outcome and where it leads: a phase's key, AGAIN, STOP, or the id of an end. Rework has one for each phase."""

    outcome: str
    target: str


def ways_of(work: Work, node: str) -> tuple[OutcomeWay, ...]:
    """Return the outcomes a gate allows and where they lead, as drawn; the phase that rework usually means first."""
    drawing = work.drawing(node)
    gateway = gateway_after(drawing, node)
    default = drawing.element(gateway).attributes.get("default", "")
    found: list[OutcomeWay] = []
    for line in sorted(drawing.out_of(gateway), key=lambda line: line.id != default):
        outcome, _ = meaning(line, default=line.id == default)
        if outcome:
            found.append(OutcomeWay(outcome=outcome, target=target_of(drawing, node, line)))
    return tuple(sorted(found, key=lambda way: rank(way.outcome)))


def gateway_after(drawing: Drawing, node: str) -> str:
    """Return the gateway that a gate's outcomes leave. Raises StepGone when none is drawn."""
    lines = drawing.out_of(node)
    if len(lines) != 1 or _local(drawing, lines[0].target) != "exclusiveGateway":
        raise StepGone
    return lines[0].target


def draw_ways(work: Work, node: str, ways: tuple[OutcomeWay, ...]) -> None:
    """Let one flow leave the gateway for each way; what leads there already is kept as it is."""
    drawing = work.drawing(node)
    gateway = gateway_after(drawing, node)
    new = node in drawing.parts
    key = node if new else styr_of(drawing.element(node), "gate").get("key", node)
    drawn = _kept(work, drawing, node, gateway, ways)
    main = next(way for way in ways if way.outcome == "rework")
    for way in ways:
        condition = None if way == main else condition_of(key, way)
        name = NAMES[way.outcome] if way.outcome != "rework" else f"Komplettera → {phase_name(work, way.target)}"
        if way in drawn:
            line = drawing.lines[drawn[way].id]
            if (line.condition is None) != (condition is None):
                drawing.say(line, name=line.name or name, condition=condition)
        else:
            target = entry(work, drawing, node, way)
            line = drawing.connect(gateway, target, name=name, condition=condition, key=_id(key, way, main))
        if way == main:
            drawing.set_attribute(gateway, "default", line.id)
    outcomes = {way.outcome for way in ways}
    if not new and set(styr_of(drawing.element(node), "gate").get("outcomes", "").split()) != outcomes:
        drawing.set_styr(node, "gate", {"outcomes": " ".join(sorted(outcomes, key=rank))})


def _kept(
    work: Work, drawing: Drawing, node: str, gateway: str, ways: tuple[OutcomeWay, ...]
) -> dict[OutcomeWay, Line]:
    """Return the flows that stay, some of them with another target; those that no way wants are taken away."""
    default = _default(drawing, gateway)
    left = {line.id: line for line in drawing.out_of(gateway)}
    drawn: dict[OutcomeWay, Line] = {}
    for way in ways:
        said = (one for one in left.values() if _says(drawing, node, one, way, default=one.id == default))
        if (line := next(said, None)) is not None:
            drawn[way] = left.pop(line.id)
    for way in (way for way in ways if way not in drawn and way.outcome != "rework"):
        said = (one for one in left.values() if meaning(one, default=one.id == default)[0] == way.outcome)
        if (line := next(said, None)) is not None:
            left.pop(line.id)
            drawn[way] = drawing.change(line, target=entry(work, drawing, node, way))
            _cut_lost_end(work, drawing, line.target)
    for line in left.values():
        drawing.cut(line)
        _cut_lost_end(work, drawing, line.target)
    return drawn


def _default(drawing: Drawing, gateway: str) -> str:
    if gateway in drawing.parts:
        return drawing.parts[gateway].attributes.get("default", "")
    return drawing.element(gateway).attributes.get("default", "")


def _id(key: str, way: OutcomeWay, main: OutcomeWay) -> str:
    return f"{key}_rework_{way.target}" if way.outcome == "rework" and way != main else f"{key}_{way.outcome}"


def condition_of(key: str, way: OutcomeWay) -> str:
    """Return the FEEL condition under which a gate's result takes a way."""
    said = f'{key}.outcome = "{way.outcome}"'
    return f'{said} and {key}.target = "{way.target}"' if way.outcome == "rework" else said


def meaning(line: Line, *, default: bool) -> tuple[str, str]:
    """Return the outcome and the phase that a flow's condition speaks of; the default is rework."""
    outcome = _OUTCOME.search(line.condition or "")
    target = _TARGET.search(line.condition or "")
    if outcome is None:
        return ("rework" if default else "", "")
    return outcome[1], target[1] if target else ""


def _says(drawing: Drawing, node: str, line: Line, way: OutcomeWay, *, default: bool) -> bool:
    return meaning(line, default=default)[0] == way.outcome and target_of(drawing, node, line) == way.target


def target_of(drawing: Drawing, node: str, line: Line) -> str:
    """Return where a flow leads in the words of the table: a phase, AGAIN, or an end (STOP for one that throws)."""
    target, passed = line.target, {""}
    while target not in passed:
        passed.add(target)
        if target == node:
            return AGAIN
        onward = drawing.out_of(target)
        if _local(drawing, target) != "exclusiveGateway" or len(onward) != 1:
            break
        target = onward[0].target
    return STOP if _throws(drawing, target) else target


def entry(work: Work, drawing: Drawing, node: str, way: OutcomeWay) -> str:
    """Return the element that a way's flow must end at, drawing a meeting point or an end where none is."""
    if way.target == AGAIN:
        return meeting(drawing, node)
    if way.target == STOP or not _local(drawing, way.target):
        return _new_end(work, drawing, node, way.outcome)
    if _local(drawing, way.target) == "endEvent":
        return way.target
    return meeting(drawing, way.target)


def meeting(drawing: Drawing, node: str) -> str:
    """Return the gateway where ways meet before an element; one is drawn when there is none."""
    into = drawing.into(node)
    if len(into) == 1:
        source = into[0].source
        if _local(drawing, source) == "exclusiveGateway" and len(drawing.out_of(source)) == 1:
            return source
    gateway = drawing.new_id(f"in_{node}")
    drawing.add(Part(id=gateway, scope=drawing.scope_of(node), kind="exclusiveGateway"))
    for line in into:
        drawing.change(line, target=gateway)
    drawing.connect(gateway, node)
    return gateway


def _new_end(work: Work, drawing: Drawing, node: str, outcome: str) -> str:
    """Draw an end: one that throws what the frame round all phases catches, or a plain one that `model.json` knows."""
    scope = drawing.scope_of(node)
    stop = outcome == "terminate"
    end = drawing.new_id(f"{node}_{'terminated' if stop else 'rejected'}")
    inside = ""
    if stop:
        reference = _caught(work, drawing)
        given = f' id="{drawing.new_id(f"{end}_error")}" errorRef="{reference}"'
        inside = drawing.tagged("errorEventDefinition", "", given)
    else:
        work.put(("ends", end), "rejected")
    name = "Projektet avbryts" if stop else "Projektet avslaget"
    drawing.add(Part(id=end, scope=scope, kind="endEvent", name=name, inside=inside))
    return end


def _caught(work: Work, drawing: Drawing) -> str:
    """Return the error that is caught on the sub-process round all phases. Raises OutcomesWrong when none is."""
    for element in drawing.document.root.walk():
        if element.local == "boundaryEvent" and element.attributes.get("attachedToRef") == work.model.work:
            definition = element.find("errorEventDefinition")
            if definition is not None:
                return definition.attributes.get("errorRef", "")
    raise OutcomesWrong(sentence="Ingen fångar avbrott i det här diagrammet. Välj ett annat utfall än Avbryt projektet")


def _cut_lost_end(work: Work, drawing: Drawing, end: str) -> None:
    """Take an end away that nothing leads to any more, also from `model.json`."""
    if _local(drawing, end) == "endEvent" and not drawing.into(end):
        drawing.remove(end)
        if end in work.value("ends"):
            work.drop(("ends", end))


def _local(drawing: Drawing, node: str) -> str:
    if node in drawing.parts:
        return drawing.parts[node].kind
    found: Element | None = drawing.document.by_id.get(node)
    return found.local if found is not None else ""


def _throws(drawing: Drawing, node: str) -> bool:
    if node in drawing.parts:
        return "errorEventDefinition" in drawing.parts[node].inside
    element = drawing.document.by_id.get(node)
    return element is not None and element.local == "endEvent" and element.find("errorEventDefinition") is not None


def phase_name(work: Work, key: str) -> str:
    """Return what a phase is called; its key when nothing says."""
    return next((str(phase["label"]["sv"]) for phase in work.value("phases") if phase["key"] == key), key)


def rank(outcome: str) -> int:
    """Return where an outcome stands in the usual order; unknown ones come last."""
    return ORDER.index(outcome) if outcome in ORDER else len(ORDER)
