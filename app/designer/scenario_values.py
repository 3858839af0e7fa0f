"""Values that scenarios hold, as people say them: kinds, endings, ways to decide, answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from app.designer.steps_words import in_words
from app.shell.numbers import number
from app.shell.numbers import unit as in_unit
from forms.tree import Field, Form, keyed
from workflows.kernel.errors import Text, _l
from workflows.models.model import Ending

MODES: Mapping[str, Text] = {"single": _l("ensam"), "meeting": _l("på möte"), "board": _l("av nämnden")}
ENDINGS: Mapping[Ending, Text] = {
    Ending.CLOSED: _l("Projektet är avslutat"),
    Ending.REJECTED: _l("Projektet är avslaget"),
    Ending.TERMINATED: _l("Projektet är avbrutet"),
    Ending.NOT_PROJECT: _l("Det blev inget projekt"),
}
KINDS: Mapping[str, Text] = {
    "record": _l("något som fylls i"),
    "document": _l("ett dokument"),
    "checklist": _l("en checklista"),
    "review": _l("en granskning"),
    "sign": _l("en underskrift"),
    "decision": _l("ett beslut"),
}
SAID: Mapping[str, Text] = {
    "yes": _l("Ja"),
    "no": _l("Nej"),
    "na": _l("Gäller inte"),
    "not_applicable": _l("Gäller inte"),
}


def quoted(name: str) -> str:
    """Return a name as it stands in a sentence."""
    return f"”{name}”"


def plain(value: Any, unit: str = "") -> str:
    """Return a value as people say it, a number with its unit."""
    if value is None:
        return gettext("inget svar")
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if isinstance(value, int | float):
        return in_unit(value, unit) if unit else number(value)
    if isinstance(value, str) and value in SAID:
        return gettext(SAID[value])
    return gettext("flera värden") if not isinstance(value, str) else quoted(value)


def period_words(period: str | None) -> str:
    """Return a period; days are working days."""
    words = in_words(period)
    if not words or words == period:
        return gettext("en tid i timmar och minuter") if words else gettext("ingen tid")
    return words.replace("dag", "arbetsdag", 1) if "D" in str(period) else words


def asked_in(form: Form | None, name: str) -> Iterator[Field]:
    """Yield the field of a form that has a name, if there is one."""
    return (node for node in keyed(form.nodes) if isinstance(node, Field) and node.key == name) if form else iter(())
