"""Pages of phases: a new one with its gate, another name."""

from __future__ import annotations

from collections.abc import Mapping

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing
from app.designer.steps import TAB, Made, save, table_or_none
from workflows.kernel.errors import NotFound
from workflows.models.editing.phase_words import PhaseWords
from workflows.models.editing.phases import add_phase, rename_phase
from workflows.models.editing.steps import Changes
from workflows.models.editing.table import Section

FIELDS = ("name", "question", "gate_label", "gate_short", "statement", "first_question", "area")


@bp.route("/models/drafts/<draft_id>/new-phase", methods=["GET", "POST"])
@designing
def new_phase(draft_id: str) -> ResponseReturnValue:
    """Ask for a new phase with its gate, or add it after another."""
    page = draft_page(draft_id, TAB)
    typed = {name: request.values.get(name, "").strip() for name in (*FIELDS, "after", "decider", "back")}
    if request.method != "POST":
        return _show_new(page, {**typed, "decider": "group"})
    words = PhaseWords(**{name: typed[name] for name in FIELDS}, group=typed["decider"] != "sponsor")

    added: list[str] = []

    def made_of(files: Mapping[str, bytes]) -> Changes:
        changes, key = add_phase(files, typed["after"], words)
        added.append(key)
        return changes

    made = Made(changes=made_of, what=gettext("Lade till fasen %(name)s", name=words.name), added=added)
    answer = save(page, made, lambda page, wrong: _show_new(page, typed, wrong.errors))
    if typed["back"] == "diagram" and make_response(answer).status_code == 303:
        return redirect(url_for(".diagram", draft_id=draft_id, element=next(iter(added), None)), 303)
    return answer


@bp.route("/models/drafts/<draft_id>/phases/<key>", methods=["GET", "POST"])
@designing
def phase_page(draft_id: str, key: str) -> ResponseReturnValue:
    """Ask for another name of a phase, or save it."""
    page = draft_page(draft_id, TAB)
    section = find_section(page, key)
    said = section.phase.question.get("sv", "") if section.phase is not None else ""
    if request.method != "POST":
        return show(page, "phase", section=section, typed={"name": section.title, "question": said}, errors={})
    typed = {name: request.form.get(name, "").strip() for name in ("name", "question")}
    made = Made(
        changes=lambda files: rename_phase(files, key, **typed),
        what=gettext("Bytte namn på fasen %(name)s", name=section.title),
        anchor=key,
    )
    return save(page, made, lambda page, wrong: show(page, "phase", section=section, typed=typed, errors=wrong.errors))


def find_section(page: DraftPage, key: str) -> Section:
    """Return the section of a phase. Raises NotFound."""
    table = table_or_none(page)
    for section in table.phases if table is not None else ():
        if section.key == key:
            return section
    raise NotFound


def _show_new(page: DraftPage, typed: Mapping[str, str], errors: Mapping[str, str] | None = None) -> str:
    table = table_or_none(page)
    if table is None:
        raise NotFound
    after = tuple((one.key, one.title) for one in table.phases[:-1])
    return show(page, "phase_new", typed=typed, errors=errors or {}, after=after)
