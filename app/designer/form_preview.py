"""A form as those who answer it will see it: the same reader and macros, with sample values instead of a project."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.designer.asking import forms_page
from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage
from app.designer.guards import seeing_models
from app.shell.context import page_moment
from app.shell.security import POLICY
from forms.checklist import Checklist, read_checklist
from forms.checklist_answers import validate_checklist
from forms.checklist_view import ChecklistView, checklist_view
from forms.definition import FormRefused, read_form
from forms.field_view import DocumentView, FieldView
from forms.posted import apply_row_action, row_action, unknown
from forms.tree import Form
from forms.validation import validate
from forms.view import fields_for
from workflows.governance.facts import environment
from workflows.models import ModelRefused, read_model
from workflows.models.asking import FACT_WORDS, checklist_path, form_path
from workflows.models.facts import DEFAULT_FACTS

FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""The preview stands in a frame beside the editor; nobody else may frame it."""

PEOPLE = ({"value": "sample-1", "label": "Anna Berg"}, {"value": "sample-2", "label": "Bo Rask"})
BODIES = ({"value": "body:sample", "label": "Styrgruppen"},)


EXAMPLES = (
    DocumentView(id="", name="Projektdirektiv.pdf", media_type="application/pdf", size=184_000),
    DocumentView(id="", name="Ritning.png", media_type="image/png", size=96_000),
)
"""Documents that stand where a project's own will."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the page prints; `refusal` says why a form cannot be shown."""

    fields: tuple[FieldView, ...] = ()
    checklist: ChecklistView | None = None
    errors: Mapping[str, str]
    facts: Mapping[str, str]
    schema: str
    refusal: str = ""
    checked: bool = False


@bp.route("/models/drafts/<draft_id>/forms/<key>/preview", methods=["GET", "POST"])
@seeing_models
def form_preview(draft_id: str, key: str) -> ResponseReturnValue:
    """Show a form as saved, or as it is in an editor (`_schema`), with the answers that are tried in it."""
    page = forms_page(draft_id, form_path(key))
    schema = request.form.get("_schema", "")
    preview = _preview(page, key, schema)
    framed = "frame" in request.args
    text = render_template(
        "designer/preview.html", page=page, draft=page.draft, preview=preview, key=key, framed=framed, words=FACT_WORDS
    )
    response: Response = make_response(text, 422 if preview.refusal else 200)
    if framed:
        response.headers["Content-Security-Policy"] = FRAMED
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.route("/models/drafts/<draft_id>/checklists/<key>/preview", methods=["GET", "POST"])
@seeing_models
def checklist_preview(draft_id: str, key: str) -> ResponseReturnValue:
    """Show a checklist as saved, with the answers that are tried in it."""
    page = forms_page(draft_id, checklist_path(key))
    facts = _facts()
    try:
        checklist = read_checklist(page.draft.files[checklist_path(key)])
        preview = _asked(checklist, _context(page, facts), facts)
    except FormRefused as error:
        preview = Preview(errors={}, facts=facts, schema="", refusal=error.message)
    text = render_template(
        "designer/preview.html", page=page, draft=page.draft, preview=preview, key=key, framed=False, words=FACT_WORDS
    )
    return make_response(text, 422 if preview.refusal else 200)


def _asked(checklist: Checklist, context: Mapping[str, Any], facts: Mapping[str, str]) -> Preview:
    """Return the questions with what was tried in them; what belongs to no question any more is left."""
    env, known = environment(page_moment()), context["facts"]
    sent = {name: request.form.getlist(name) for name in request.form}
    posted = {name: texts for name, texts in sent.items() if name.partition("-")[0] in checklist.by_id}
    checked = "_review" in sent
    result = validate_checklist(checklist, posted, env=env, facts=known, earlier={}, draft=not checked)
    errors = result.errors if checked else {}
    view = checklist_view(checklist, result.entered, env=env, errors=errors, facts=known, earlier={})
    return Preview(checklist=view, errors=errors, facts=facts, schema="", checked=checked)


def _facts() -> dict[str, str]:
    """Return the facts of the project that the answers are tried for, as they are typed."""
    return {name: request.form.get(f"_fact.{name}", _told(value)) for name, value in DEFAULT_FACTS.items()}


def _preview(page: DraftPage, key: str, schema: str) -> Preview:
    data = schema.encode() if schema else page.draft.files[form_path(key)]
    facts = _facts()
    try:
        form = read_form(data, key=key)
        return _shown(form, _context(page, facts), facts, schema)
    except FormRefused as error:
        return Preview(errors={}, facts=facts, schema=schema, refusal=error.message)


def _shown(form: Form, context: Mapping[str, Any], facts: Mapping[str, str], schema: str) -> Preview:
    """Return the fields with what was tried in them; what the form does not know of an older copy of itself is left."""
    env = environment(page_moment())
    sent = {name: request.form.getlist(name) for name in request.form}
    posted = {name: texts for name, texts in sent.items() if name not in unknown(form, sent)}
    checked = "_review" in posted
    answers: Mapping[str, Any] = {}
    errors: Mapping[str, str] = {}
    if "_tried" in posted:
        result = validate(form, posted, env=env, context=context, draft=not checked)
        answers, errors = result.entered, result.errors if checked else {}
        if row_action(posted):
            answers = apply_row_action(form, posted)
    fields = fields_for(form, answers, env=env, errors=errors, context=context, examples=EXAMPLES)
    return Preview(fields=fields, errors=errors, facts=facts, schema=schema, checked=checked)


def _context(page: DraftPage, facts: Mapping[str, str]) -> dict[str, Any]:
    """Return what a page of a project gives its form, with invented people and the facts as they are tried."""
    known = {name: _meant(text, DEFAULT_FACTS[name]) for name, text in facts.items()}
    with suppress(ModelRefused):
        known |= {name: [] for name in read_model(page.draft.files.get("model.json", b"")).registers}
    return {
        **known,
        "facts": known,
        "project": {"title": "Provprojektet", "number": "P-1", "registry_number": None},
        "actor": {"id": PEOPLE[0]["value"], "name": PEOPLE[0]["label"]},
        "earlier": {},
        "item": {},
        "people": list(PEOPLE),
        "bodies": list(BODIES),
        "deliverables": [],
        "targets": [],
    }


def _told(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _meant(text: str, like: object) -> object:
    """Return a fact of the kind that it is by default."""
    if isinstance(like, bool):
        return text.strip().lower() == "true"
    if isinstance(like, int):
        digits = text.replace(" ", "").replace("\u00a0", "")
        return int(digits) if digits.isdecimal() and len(digits) < 15 else like
    return text.strip()
