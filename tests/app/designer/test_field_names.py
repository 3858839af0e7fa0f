"""What buttons beside a form's fields are called."""

from __future__ import annotations

from flask import Flask

from app.designer.field_names import spoken_names
from workflows.models.asking import form_outline


def _form(*components: str) -> dict[str, bytes]:
    return {"forms/f.form.json": f'{{"type": "default", "id": "f", "components": [{", ".join(components)}]}}'.encode()}


def _field(label: str, key: str, kind: str = "textfield") -> str:
    return f'{{"type": "{kind}", "label": "{label}", "key": "{key}"}}'


def _list(label: str, path: str, *inside: str) -> str:
    return f'{{"type": "dynamiclist", "label": "{label}", "path": "{path}", "components": [{", ".join(inside)}]}}'


def _spoken(app: Flask, *components: str) -> list[str]:
    with app.test_request_context():
        return list(spoken_names(form_outline(_form(*components), "f").rows).values())


def test_a_field_is_called_by_its_label(app: Flask) -> None:
    assert _spoken(app, _field("Syfte", "purpose"), _field("Mål", "goal")) == ["Syfte", "Mål"]


def test_fields_that_share_a_label_are_told_apart(app: Flask) -> None:
    found = _spoken(
        app,
        _list("Risker", "risks", _field("Ansvarig", "owner")),
        _list("Mål", "goals", _field("Ansvarig", "owner")),
        _field("Ansvarig", "one"),
        _field("Ansvarig", "two"),
    )
    assert len(set(found)) == len(found)
    assert found[1] == "Ansvarig i Risker, textrad"
    assert found[4:] == ["Ansvarig, textrad, nummer 1", "Ansvarig, textrad, nummer 2"]
