"""Plausible answers for a step of a project: what demo data, stories and measurements hand in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms.sampling import fill_checklist, fill_form
from workflows.governance.answers import Questions


def fill(questions: Questions, chosen: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """Return `chosen` with every compulsory question that it leaves open answered.

    Raises ValueError, naming the field, when the form refuses a chosen answer or still asks for one.
    """
    if questions.checklist is not None:
        return fill_checklist(questions.checklist, {**questions.given, **chosen})
    assert questions.form is not None
    return fill_form(
        questions.form,
        chosen,
        env=questions.env,
        context=questions.context,
        given=questions.given,
        today=today,
    )
