"""Save a trial as a scenario of the draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import show
from app.designer.guards import designing
from app.designer.scenario_values import ENDINGS
from app.designer.try_page import Trying, trying
from app.designer.try_words import gate_name, node_name, outcome_words
from app.shell.context import posted_request_id, request_context
from workflows.models import change_model_draft, find_model_draft
from workflows.models.model import Ending
from workflows.models.scenario import FOLDER
from workflows.models.trying import expectations, scenario_path, scenario_text

LONGEST_TITLE = 200


@bp.route("/models/drafts/<draft_id>/try/save", methods=["GET", "POST"])
@designing
def try_save(draft_id: str) -> ResponseReturnValue:
    """Ask for a title and what must hold at the end, and write the scenario into the draft."""
    at = trying(draft_id)
    expected = expectations(at.now)
    title = " ".join(request.form.get("title", "").split())[:LONGEST_TITLE]
    if request.method != "POST":
        return _show(at, expected, {"title": "", "expect": list(expected)}, {})
    wanted = [name for name in expected if name in request.form.getlist("expect")]
    if not title:
        errors = {"title": gettext("Skriv i en mening vad scenariot visar")}
        return make_response(_show(at, expected, {"title": title, "expect": wanted}, errors), 422)
    draft = at.page.draft
    path = scenario_path(title, draft.files)
    text = scenario_text(at.now, at.trial.turns, title=title, expect={name: expected[name] for name in wanted})
    change_model_draft(
        request_context(),
        draft_id=draft_id,
        changes={path: text.encode()},
        seen=draft.revision,
        what=gettext("Sparade en provkörning som scenariot %(title)s", title=title),
        request_id=posted_request_id(),
    )
    if path not in find_model_draft(request_context(), draft_id=draft_id).files:
        return redirect(url_for(".scenarios", draft_id=draft_id), 303)
    name = path.removeprefix(FOLDER).removesuffix(".yaml")
    return redirect(url_for(".scenario", draft_id=draft_id, name=name), 303)


def _show(at: Trying, expected: Mapping[str, Any], typed: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    words = [(name, _words(at, name, value)) for name, value in expected.items()]
    return show(at.page, "try_save", trial=at.trial, now=at.now, expected=words, typed=typed, errors=errors)


def _words(at: Trying, name: str, value: Any) -> str:
    """Return an expectation in words."""
    match name:
        case "ended":
            return gettext("Inget är kvar att göra") if value else gettext("Projektet pågår")
        case "end":
            return gettext(ENDINGS[Ending(value)])
        case "open":
            return gettext("Precis det här är öppet: %(steps)s", steps=", ".join(_opened(at, one) for one in value))
        case _:
            said = (f"{gate_name(at.now, gate)}: {outcome_words(at.now, one)}" for gate, one in value.items())
            return gettext("Så blev besluten: %(gates)s", gates=", ".join(said))


def _opened(at: Trying, entry: str) -> str:
    node, _, item = entry.partition("[")
    return node_name(at.now, node) + (f" ({item.rstrip(']')})" if item else "")
