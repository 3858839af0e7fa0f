"""Short ways for tests to build forms and to post them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from forms.checklist import Checklist, read_checklist
from forms.definition import read_form
from forms.feel import Environment
from forms.field_view import FieldView
from forms.tree import Form
from forms.validation import Result, validate
from forms.view import fields_for
from tests.forms.feel.asking import weekdays_only

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ENV = Environment(now=NOW, workdays=weekdays_only)
TWO: dict[str, Any] = {"values": [{"label": "Ett", "value": "1"}, {"label": "Två", "value": "2"}]}
"""The options of a choice."""


def component(type: str, key: str = "", label: str = "Namn", **extra: Any) -> dict[str, Any]:
    """A form-js component; lists and groups have a path where others have a key."""
    place = "path" if type in {"group", "dynamiclist"} else "key"
    named = {place: key} if key else {}
    return {"type": type, "label": label, **named, **extra}


def definition(*components: Mapping[str, Any], **extra: Any) -> dict[str, Any]:
    """A form-js file."""
    return {"schemaVersion": 19, "type": "default", "components": list(components), **extra}


def form(*components: Mapping[str, Any]) -> Form:
    """A form as it is read from its file."""
    return read_form(json.dumps(definition(*components)).encode(), key="prov", file="prov.form.json")


def page(*components: Mapping[str, Any], answers: Any = None, **about: Any) -> tuple[FieldView, ...]:
    """The page of a form with these components."""
    return fields_for(form(*components), answers, env=ENV, **about)


def posted(**texts: str | Sequence[str]) -> dict[str, list[str]]:
    """What a browser posts; "__" in a name stands for "-"."""
    return {name.replace("__", "-"): [text] if isinstance(text, str) else list(text) for name, text in texts.items()}


def answered(form: Form, **texts: str | Sequence[str]) -> Result:
    """The result of posting texts."""
    return validate(form, posted(**texts), env=ENV)


def question(id: str = "Q01", **extra: Any) -> dict[str, Any]:
    """A checklist question."""
    return {
        "id": id,
        "area": {"sv": "Mål", "en": "Goals"},
        "question": {"sv": "Finns målet?", "en": "Is there a goal?"},
        "topic": {"sv": "målet", "en": "the goal"},
        "answer": "yes_no",
        "requirement": "must",
        **extra,
    }


def checklist_file(*items: Mapping[str, Any]) -> dict[str, Any]:
    """A checklist file."""
    return {"key": "prov", "title": {"sv": "Prov", "en": "Test"}, "phase": "planning", "items": list(items)}


def checklist(*items: Mapping[str, Any]) -> Checklist:
    """A checklist as it is read from its file."""
    return read_checklist(json.dumps(checklist_file(*items)).encode(), file="prov.checklist.json")
