"""A form written by hand: show it, read it, do one verb, and show it again with what to correct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import BadRequest

from app.shell.context import posted_request_id
from workflows.kernel.errors import AlreadyDone
from workflows.kernel.ids import RequestId
from workflows.people import Refused

BESIDE = frozenset({"csrf_token", "request_id"})
"""Fields that every form has and no schema names."""


def fill_in(
    template: str,
    schema: Schema,
    verb: Callable[[Any], str],
    done: Callable[[str], str],
    *,
    values: Mapping[str, object],
    **page: object,
) -> ResponseReturnValue:
    """Show the form `template`; when it is posted, give what `schema` makes of it to `verb` and go on to `done`.

    `verb` returns the id that `done` turns into an address; a repeated request goes to where the first one went.
    `values` are what the fields hold at first, `page` what else the template shows.
    """
    if request.method != "POST":
        return show(template, values, {}, **page)

    def act(entry: Any) -> ResponseReturnValue:
        try:
            outcome = verb(entry)
        except AlreadyDone as before:
            outcome = before.outcome
        return redirect(done(outcome), 303)

    return attempt(template, schema, act, **page)


def attempt(
    template: str, schema: Schema, act: Callable[[Any], ResponseReturnValue], **page: object
) -> ResponseReturnValue:
    """Answer a posted form with `act`; what cannot be used comes back in `template`, mostly with status 422."""
    typed = {name: value for name, value in request.form.items() if name not in BESIDE}
    if set(typed) - set(schema.fields):
        raise BadRequest
    try:
        return act(schema.load(typed))
    except ValidationError as wrong:
        found = cast(dict[str, list[str]], wrong.messages)
        errors = {name: gettext(found[name][0]) for name in schema.fields if name in found}
        status = Refused.status
    except Refused as refusal:
        errors, status = {refusal.field: words(refusal)}, refusal.status
    return make_response(show(template, typed, errors, **page), status)


def show(template: str, values: Mapping[str, object], errors: Mapping[str, str], **page: object) -> str:
    """Return the page of a form. In it `values` and `wrong` have an empty text for every other field."""
    filled = defaultdict(str, values)
    return render_template(template, values=filled, errors=errors, wrong=defaultdict(str, errors), **page)


def words(refusal: Refused) -> str:
    """Return a refusal of the core in the reader's language."""
    return gettext(refusal.message).format(**refusal.facts)


def request_id() -> RequestId | None:
    """Return the id that makes a double click one effect; None when the form had none. Raises BadRequest."""
    return posted_request_id() if "request_id" in request.form else None
