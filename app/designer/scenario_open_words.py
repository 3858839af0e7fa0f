"""What should have been open and was not, or was open and should not, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from app.designer.scenario_names import Names
from app.designer.scenario_values import KINDS, period_words
from app.shell.text import names as listed
from workflows.engine import OpenTask, TaskKind
from workflows.models.differing import Difference
from workflows.models.expecting import is_held_by
from workflows.models.playing import Failure

Said = tuple[str, str, str]
"""What was expected, what was found, what to do."""


def missing(names: Names, one: Difference, failure: Failure) -> Said:
    """Say that a step was not open as it should have been."""
    entry: Mapping[str, Any] = one.wanted
    which = f" ({names.item(entry['item'])})" if entry.get("item") else ""
    expected = gettext("%(step)s%(which)s ska vara öppet", step=names.element(entry["node"]), which=which)
    details = listed([said for key, value in entry.items() if (said := detail(names, key, value))])
    expected = f"{expected}, {details}." if details else f"{expected}."
    if not names.has(entry["node"]):
        return (
            expected,
            gettext("Modellen har inget sådant steg."),
            gettext("Ta bort steget ur kontrollen, eller låt Styr ta bort raderna om det."),
        )
    if not one.found:
        return (
            expected,
            gettext("Steget är inte öppet."),
            gettext("Lägg till det som saknas på en rad före, eller ändra det som kontrolleras."),
        )
    return (
        expected,
        " ".join(_instead(names, entry, task) for task in one.found),
        gettext("Ändra det som kontrolleras, eller modellen."),
    )


def detail(names: Names, key: str, value: Any) -> str:
    """Return what an entry says of a step beside which one it is."""
    match key:
        case "by":
            return gettext("görs av %(who)s", who=names.role(value))
        case "gate":
            return gettext("inför %(gate)s", gate=names.gate(value))
        case "round":
            return gettext("i omgång %(number)s", number=value)
        case "at":
            return gettext("i %(place)s", place=names.place(value))
        case "due":
            return gettext("ska vara klart inom %(time)s", time=period_words(value))
        case "remind":
            return gettext("påminner efter %(time)s", time=period_words(value))
        case "escalate":
            return gettext("lyfts vidare efter %(time)s", time=period_words(value))
        case "form":
            return gettext("med %(form)s", form=names.form(value))
        case "kind":
            return gettext("som %(kind)s", kind=gettext(KINDS[value])) if value in KINDS else ""
        case _:
            return ""


def _instead(names: Names, entry: Mapping[str, Any], task: OpenTask) -> str:
    """Return in what an open step is otherwise than an entry says."""
    other = [said for key in entry if (said := _other(names, key, entry[key], task))]
    if not other:
        return gettext("%(step)s är öppet, men fler väntades.", step=names.task(task))
    return gettext("%(step)s är öppet, men %(other)s.", step=names.task(task), other=listed(other))


def _other(names: Names, key: str, value: Any, task: OpenTask) -> str:
    drawn = task.definition
    if key == "by":
        is_it = is_held_by(task, value, names.people)
        return "" if is_it else gettext("görs av %(who)s", who=names.holder(task))
    if key == "item":
        return "" if value in task.items.values() else gettext("det är ett annat")
    if key == "at":
        return "" if task.place.startswith(value) else gettext("det står i %(place)s", place=names.place(task.place))
    found = {
        "gate": task.gate,
        "round": task.round,
        "due": drawn.due,
        "remind": drawn.remind,
        "escalate": drawn.escalate,
        "form": drawn.form,
        "kind": str(drawn.kind),
    }
    if key not in found or found[key] == value:
        return ""
    if key == "gate" and task.gate is None:
        return gettext("det hör inte till en beslutspunkt")
    return detail(names, key, found[key])


def unexpected(names: Names, one: Difference, failure: Failure) -> Said:
    """Say that a step was open that should not have been."""
    task: OpenTask = one.found
    decides = task.definition.kind is TaskKind.DECISION
    return (
        gettext("Bara det som kontrolleras ska vara öppet."),
        gettext("Även %(step)s är öppet.", step=names.task(task)),
        gettext("Fatta beslutet på en rad före, eller lägg till det i kontrollen.")
        if decides
        else gettext("Gör steget på en rad före, eller lägg till det i kontrollen."),
    )
