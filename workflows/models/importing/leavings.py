"""Tells of everything that other engines would run or read, and that nothing is made of: at steps, flows, processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflows.models.importing.drawing import Scope, Step
from workflows.models.importing.rows import Place, Report

_RUN_BY = frozenset({"task", "manualTask", "receiveTask", "sendTask", "serviceTask", "businessRuleTask", "scriptTask"})
"""Kinds of steps whose own row says what they ran."""

_NOT_OURS = "De togs inte med: inget i Styr läser dem."
_NO_CODE = "Styr kör ingen kod från diagram."
_SAID = {
    "istener": ("Lyssnaren ", f"Lyssnaren togs inte med: {_NO_CODE}", "Se om någon behöver göra det som ett steg."),
    "ioMapping": ("En koppling av uppgifter: ", "Kopplingen togs inte med: uttryck läser stegets egna fält.", ""),
    "inputOutput": ("En koppling av uppgifter: ", "Kopplingen togs inte med: uttryck läser stegets egna fält.", ""),
    "Script": ("Skriptet ", f"Skriptet togs inte med: {_NO_CODE}", "Räkna i ett formulärfält i stället."),
    "connector": (
        "Ett annat system: ",
        "Kopplingen till ett annat system togs inte med.",
        "Se vem som för över uppgifterna.",
    ),
    "subscription": ("Vilket ärende meddelandet hör till: ", "Det togs inte med: en person säger till i ärendet.", ""),
    "taskDefinition": ("Ett system gjorde något: ", "Det togs inte med.", "Se om någon behöver göra det som ett steg."),
    "taskHeaders": ("Uppgifter till ett system: ", _NOT_OURS, ""),
    "field": ("Uppgifter till ett system: ", _NOT_OURS, ""),
    "properties": ("Egna uppgifter: ", _NOT_OURS, ""),
}
"""What it was, what was done and what is left to do, by a part of the extension's name."""

_ON_A_WAY = "Rita ett steg på flödet, om någon behöver göra det."


def tell_leavings(process: Scope, report: Report) -> None:
    """Add a row for each; called before anything is made of the elements, so that none is gone."""
    for scope in process.everywhere():
        tell_left(report, scope.place, scope.left)
        for step in scope.steps.values():
            tell_left(report, step.place, _left_at(step))
        for way in scope.ways.values():
            ends = (scope.steps[way.source].label, scope.steps[way.target].label)
            name = way.name or "Flödet från {} till {}".format(*ends)
            tell_left(report, Place(file=scope.file, element=way.id, name=name), way.left, on_a_way=True)


def _left_at(step: Step) -> Iterator[str]:
    if step.tag not in _RUN_BY:
        yield from step.hints.runs
    yield from step.hints.left


def tell_left(report: Report, place: Place, left: Iterable[str], *, on_a_way: bool = False) -> None:
    """Add a row for each thing that stood at one place."""
    for one in left:
        kind = next((kind for kind in _SAID if kind in one.split(" ", 1)[0]), "")
        what, done, advice = _SAID.get(kind, ("En inställning: ", "Den togs inte med.", ""))
        report.lost(place, f"{what}{one}", done, _ON_A_WAY if on_a_way and _NO_CODE in done else advice)
