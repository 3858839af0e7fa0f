"""What an outcome demands, as fields of a scenario's row: points to complete, conditions, the plan that is revised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext

from app.designer.row_asks import Ask, AskKind, Options, Part, Raw, Typed, select, text
from app.designer.row_options import Known
from app.designer.row_waiting import lines
from app.shell.filters import say

CONDITION = ("text", "owner", "due_on")


def demands_parts(known: Known, gate: str, said: Raw, form: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the fields of what an outcome demands."""
    points, conditions = list(said.get("reopen") or ()), list(said.get("conditions") or ())
    asked = (("", gettext("Inget")), *_points(known, gate))
    return (
        Part(
            key="reopen",
            title=gettext("Vad som ska kompletteras"),
            entries=tuple(
                (select(f"reopen-{number}-point", gettext("Fråga i checklistan"), asked, point or ""),)
                for number, point in lines(form, "reopen", points)
            ),
            folded=True,
            says=bool(points),
        ),
        Part(
            key="conditions",
            title=gettext("Villkor och plan"),
            asks=(
                text(
                    "plan_version",
                    gettext("Version av planen som ska revideras"),
                    said.get("plan_version"),
                    kind=AskKind.NUMBER,
                ),
            ),
            entries=tuple(_condition(number, one or {}) for number, one in lines(form, "conditions", conditions)),
            folded=True,
            says=bool(conditions) or "plan_version" in said,
        ),
    )


def _condition(number: int, said: Raw) -> tuple[Ask, ...]:
    name = f"conditions-{number}"
    return (
        text(f"{name}-text", gettext("Villkor"), said.get("text"), kind=AskKind.AREA),
        text(f"{name}-owner", gettext("Ansvarig"), said.get("owner")),
        text(f"{name}-due_on", gettext("Klart senast"), said.get("due_on"), kind=AskKind.DATE),
    )


def _points(known: Known, gate: str) -> Options:
    """Return the questions of a gate's checklists, by what they are about."""
    keys = next((one.checklists for one in known.bundle.model.gates if one.key == gate), ())
    items = [item for key in keys if key in known.bundle.checklists for item in known.bundle.checklists[key].items]
    topics = {item.id: say(item.topic) for item in items}
    return tuple((point, topic[:1].upper() + topic[1:]) for point, topic in topics.items())


def read_demands(parts: Iterable[Part], typed: Typed) -> dict[str, Any]:
    """Return what an outcome demands, as it was typed."""
    reopen, conditions = (next(part for part in parts if part.key == key) for key in ("reopen", "conditions"))
    wrong = gettext("Välj en fråga i beslutspunktens checklistor")
    points = [point for line in reopen.entries if (point := typed.choice(line[0], wrong))]
    version = typed.number("plan_version", gettext("Skriv versionen med siffror"))
    if version is not None and (version != int(version) or version < 1):
        typed.errors["plan_version"] = gettext("Skriv versionen med siffror")
    found = [_read_condition(f"conditions-{number}", typed) for number in range(len(conditions.entries))]
    return {
        "reopen": list(dict.fromkeys(points)),
        "conditions": [one for one in found if one],
        "plan_version": version,
    }


def _read_condition(name: str, typed: Typed) -> dict[str, str]:
    said = {
        "text": typed.lines(f"{name}-text"),
        "owner": typed.words(f"{name}-owner"),
        "due_on": typed.day(f"{name}-due_on"),
    }
    if not said["text"] and (said["owner"] or said["due_on"]):
        typed.errors[f"{name}-text"] = gettext("Skriv vad villkoret är")
    return {part: value for part, value in said.items() if value}
