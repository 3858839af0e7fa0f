"""Change one row of a scenario on a form with the step's own fields, or add one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import show
from app.designer.guards import designing
from app.designer.row_asks import Typed
from app.designer.row_checks import check_parts, read_checks
from app.designer.row_form import VERBS, empty_row, read_row, row_parts, verb_of, with_subject
from app.designer.row_options import Known, known_at
from app.designer.row_show import show_parts
from app.designer.scenario_page import Opened, opened, refused_by, save_rows
from workflows.kernel.errors import NotFound
from workflows.models.scenario import MAX_STEPS, Verb

Raw = Mapping[str, Any]


@bp.get("/models/drafts/<draft_id>/scenarios/<name>/rows/new")
@designing
def new_row(draft_id: str, name: str) -> ResponseReturnValue:
    """Ask what a new row does, or show the form of one; it comes after the row `at` (0: first)."""
    at = opened(draft_id, name)
    after = _after(at, request.args.get("at", ""))
    verb = request.args.get("verb", "")
    if verb not in list(Verb):
        choices = [(str(one), gettext(words), gettext(then)) for one, (words, then) in VERBS.items()]
        return show(at.page, "scenario_row_new", at=at, name=name, after=after, choices=choices)
    known = known_at(at.names, at.scenario, after)
    return _show(at, known, None, empty_row(known, Verb(verb)), {}, {}, after=after)


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/rows/new")
@designing
def add_row(draft_id: str, name: str) -> ResponseReturnValue:
    """Add a row, or show the form again with the questions of the step that was chosen."""
    at = opened(draft_id, name)
    after = _after(at, request.form.get("at", ""))
    verb = request.form.get("verb", "")
    if verb not in list(Verb):
        return redirect(url_for(".new_row", draft_id=draft_id, name=name, at=after), 303)
    known = known_at(at.names, at.scenario, after)
    old = with_subject(known, empty_row(known, Verb(verb)), request.form)
    if "_show" in request.form:
        return _show(at, known, None, old, request.form, {}, after=after)
    typed = Typed(form=request.form)
    row = read_row(known, old, typed)
    steps = [*at.steps[:after], row, *at.steps[after:]]
    errors = typed.errors or _schema(at, steps, after)
    if errors:
        return make_response(_show(at, known, None, old, request.form, errors, after=after), 422)
    origins = [*range(after), None, *range(after, len(at.steps))]
    what = gettext("Lade till en rad i %(title)s", title=at.scenario.title)
    return save_rows(at, steps, origins, what, where=after, then=_then(at))


@bp.get("/models/drafts/<draft_id>/scenarios/<name>/rows/<int:number>")
@designing
def row(draft_id: str, name: str, number: int) -> ResponseReturnValue:
    """Show a row as a form."""
    at = opened(draft_id, name)
    old = _row_of(at, number)
    return _show(at, known_at(at.names, at.scenario, number - 1), number, old, {}, {})


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/rows/<int:number>")
@designing
def edit_row(draft_id: str, name: str, number: int) -> ResponseReturnValue:
    """Write a row as it was typed; the others stay as they are written."""
    at = opened(draft_id, name)
    known = known_at(at.names, at.scenario, number - 1)
    old = with_subject(known, _row_of(at, number), request.form)
    if "_show" in request.form:
        return _show(at, known, number, old, request.form, {})
    typed = Typed(form=request.form)
    changed = read_row(known, old, typed)
    steps = [*at.steps[: number - 1], changed, *at.steps[number:]]
    errors = typed.errors or _schema(at, steps, number - 1)
    if errors:
        return make_response(_show(at, known, number, old, request.form, errors), 422)
    what = gettext("Ändrade rad %(number)s i %(title)s", number=number, title=at.scenario.title)
    return save_rows(at, steps, list(range(len(steps))), what, where=number - 1, then=_then(at))


@bp.route("/models/drafts/<draft_id>/scenarios/<name>/end", methods=["GET", "POST"])
@designing
def scenario_end(draft_id: str, name: str) -> ResponseReturnValue:
    """Change what must hold after the last row."""
    at = opened(draft_id, name)
    known = known_at(at.names, at.scenario, len(at.steps))
    expect: Raw = at.raw.get("expect") or {}
    if request.method != "POST" or "_show" in request.form:
        return _show_end(at, known, expect, request.form, {})
    typed = Typed(form=request.form)
    found = read_checks(known, expect, typed)
    head = {key: value for key, value in at.raw.items() if key not in ("steps", "expect")}
    head |= {"expect": found} if found else {}
    if typed.errors:
        return make_response(_show_end(at, known, expect, request.form, typed.errors), 422)
    what = gettext("Ändrade vad som ska gälla efter sista raden i %(title)s", title=at.scenario.title)
    return save_rows(at, at.steps, list(range(len(at.steps))), what, head=head, then=_then(at, "expect"))


def _row_of(at: Opened, number: int) -> Raw:
    if not 1 <= number <= len(at.steps):
        raise NotFound
    return at.steps[number - 1]


def _after(at: Opened, typed: str) -> int:
    """Return after how many rows a new one comes: last, where nothing else is said."""
    return min(int(typed), len(at.steps)) if typed.isdecimal() and len(typed) < 4 else len(at.steps)


def _then(at: Opened, anchor: str = "") -> str:
    """Return where a saved row leads when it shall be run at once, or to a place of the page."""
    if "_run" in request.form:
        return url_for(".scenarios_result", draft_id=at.page.draft.id, scenario=at.name)
    return url_for(".scenario", draft_id=at.page.draft.id, name=at.name, _anchor=anchor) if anchor else ""


def _schema(at: Opened, steps: list[Raw], place: int) -> dict[str, str]:
    """Return what a scenario with this row would be refused for, as one sentence."""
    if len(steps) > MAX_STEPS:
        return {"form": gettext("Ett scenario får ha högst %(most)s rader", most=MAX_STEPS)}
    if any(found.element.startswith(f"steg {place + 1}") for found in refused_by(at, steps)):
        return {"form": gettext("Raden går inte att spara så. Se efter att allt som måste väljas är valt")}
    return {}


def _show(
    at: Opened,
    known: Known,
    number: int | None,
    raw: Raw,
    form: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    after: int = 0,
) -> str:
    verb = verb_of(raw)
    action = url_for(".add_row", draft_id=at.page.draft.id, name=at.name)
    if number is not None:
        action = url_for(".edit_row", draft_id=at.page.draft.id, name=at.name, number=number)
    return show_parts(
        at,
        row_parts(known, raw, form),
        errors,
        heading=_heading(number, verb),
        action=action,
        known=known,
        number=number,
        after=after,
        verb=str(verb),
        asks_again=verb in (Verb.DO, Verb.DECIDE),
    )


def _heading(number: int | None, verb: Verb) -> str:
    words = gettext(VERBS[verb][0])
    words = words[:1].lower() + words[1:]
    if number is None:
        return gettext("Ny rad: %(what)s", what=words)
    return gettext("Rad %(number)s: %(what)s", number=number, what=words)


def _show_end(at: Opened, known: Known, expect: Raw, form: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return show_parts(
        at,
        check_parts(known, expect, form),
        errors,
        heading=gettext("Efter sista raden"),
        action=url_for(".scenario_end", draft_id=at.page.draft.id, name=at.name),
        known=known,
    )
