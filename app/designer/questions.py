"""One question of a checklist: added, weighed, changed, moved, removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.asking import changed_by, checklist_address, readable, refused, save
from app.designer.blueprint import bp
from app.designer.change_words import change_words
from app.designer.checklists import REQUIREMENTS, WORDS, question_words, the_checklist, typed_question
from app.designer.condition_examples import question_examples
from app.designer.draft_pages import DraftPage, show
from app.designer.guards import designing
from app.designer.question_when import typed_condition
from app.shell.context import request_context
from forms.checklist import AnswerType, Requirement
from workflows.kernel.errors import NotFound
from workflows.models import versions_of
from workflows.models.asking import (
    ChangedMeanwhile,
    EntryRefused,
    Outline,
    Question,
    add_question,
    change_question,
    checklist_path,
    ids_in,
    move_question,
    next_id,
    question_scope,
    remove_question,
    require_question,
    uses_of_question,
)
from workflows.models.publish import bundle_files


@bp.route("/models/drafts/<draft_id>/checklists/<key>/questions/new", methods=["GET", "POST"])
@designing
@readable
def new_question(draft_id: str, key: str) -> ResponseReturnValue:
    """Add a question after another, or last."""
    page, found = the_checklist(draft_id, key)
    files, after = page.draft.files, _after(found, request.args.get("after", ""))
    beside = found.find(after)
    question = Question(
        id=next_id(files, key, used=_used(page)),
        area=beside.area if beside else "",
        area_en=beside.area_en if beside else "",
    )
    if request.method != "POST":
        return _question_page(page, found, question, after=after)
    question = typed_question(question)
    try:
        question = replace(question, condition=typed_condition(found, question))
        save(
            page,
            add_question(files, key, question, after=after),
            gettext("Lade till frågan %(id)s i %(checklist)s", id=question.id, checklist=found.title),
        )
    except EntryRefused as error:
        return _question_page(page, found, question, error, after=after)
    return redirect(checklist_address(draft_id, key, question.id), 303)


@bp.route("/models/drafts/<draft_id>/checklists/<key>/questions/<id>", methods=["GET", "POST"])
@designing
@readable
def question(draft_id: str, key: str, id: str) -> ResponseReturnValue:
    """Change a question; one that somebody else changed meanwhile is shown beside what was typed."""
    page, found = the_checklist(draft_id, key)
    now = found.find(id)
    if now is None:
        raise NotFound
    if request.method != "POST":
        return _question_page(page, found, now)
    mine = typed_question(now)
    try:
        mine = replace(mine, condition=typed_condition(found, mine))
        changes = change_question(page.draft.files, key, mine)
        what = gettext("Ändrade frågan %(id)s i %(checklist)s", id=id, checklist=found.title)
        save(page, changes, change_words(page.draft.files, changes, what))
    except EntryRefused as error:
        return _question_page(page, found, mine, error)
    except ChangedMeanwhile as error:
        if replace(mine, was=now.was) != now:
            again = _question_page(page, found, replace(mine, was=now.was), theirs=now)
            return make_response(again, error.status)
    return redirect(checklist_address(draft_id, key, id), 303)


@bp.post("/models/drafts/<draft_id>/checklists/<key>/questions/<id>/requirement")
@designing
@readable
def weigh_question(draft_id: str, key: str, id: str) -> ResponseReturnValue:
    """Let a question weigh more or less, in one press of a button."""
    page, found = the_checklist(draft_id, key)
    wanted = request.form.get("requirement", "")
    changes = require_question(page.draft.files, key, id, wanted)
    words = gettext(REQUIREMENTS[Requirement(wanted)]).lower()
    save(
        page, changes, gettext("Frågan %(id)s i %(checklist)s är nu %(what)s", id=id, checklist=found.title, what=words)
    )
    return redirect(checklist_address(draft_id, key, id), 303)


@bp.post("/models/drafts/<draft_id>/checklists/<key>/questions/<id>/move")
@designing
@readable
def shift_question(draft_id: str, key: str, id: str) -> ResponseReturnValue:
    """Move a question one step up or down."""
    page, found = the_checklist(draft_id, key)
    steps = -1 if request.form.get("to") == "up" else 1
    if changes := move_question(page.draft.files, key, id, steps=steps):
        save(page, changes, gettext("Flyttade frågan %(id)s i %(checklist)s", id=id, checklist=found.title))
    return redirect(checklist_address(draft_id, key, id), 303)


@bp.route("/models/drafts/<draft_id>/checklists/<key>/questions/<id>/remove", methods=["GET", "POST"])
@designing
@readable
def drop_question(draft_id: str, key: str, id: str) -> ResponseReturnValue:
    """Remove a question, after a page that says what else speaks of it."""
    page, found = the_checklist(draft_id, key)
    gone = found.find(id)
    if gone is None:
        return redirect(checklist_address(draft_id, key), 303)
    about = {"found": found, "question": gone, "uses": uses_of_question(page.draft.files, key, id)}
    if request.method != "POST":
        return show(page, "question_remove", errors={}, **about)
    try:
        changes = remove_question(page.draft.files, key, id)
        save(page, changes, gettext("Tog bort frågan %(id)s ur %(checklist)s", id=id, checklist=found.title))
    except EntryRefused as error:
        return refused(page, "question_remove", error, **about)
    return redirect(checklist_address(draft_id, key), 303)


def _question_page(
    page: DraftPage,
    found: Outline,
    question: Question,
    error: EntryRefused | None = None,
    *,
    after: str | None = None,
    theirs: Question | None = None,
) -> ResponseReturnValue:
    about = {
        "found": found,
        "question": question,
        "is_new": after is not None,
        "theirs": theirs,
        "other": changed_by(page, checklist_path(found.key)) if theirs else None,
        "words": WORDS,
        "scope": question_scope(page.draft.files, own=question.id),
        "examples": question_examples(
            one.id for one in found.questions if one.answer == AnswerType.YES_NO and one.id != question.id
        ),
        **question_words(question, found),
    }
    return refused(page, "question", error, **about) if error else show(page, "question", errors={}, **about)


def _after(found: Outline, asked: str) -> str:
    """Return the question that a new one stands after: the one asked for, else the last."""
    return asked if found.find(asked) else found.questions[-1].id if found.questions else ""


def _used(page: DraftPage) -> frozenset[str]:
    """Return the ids that questions of the model have in any published version: they are answered, and stay theirs."""
    return frozenset(_published_ids(page))


def _published_ids(page: DraftPage) -> Iterator[str]:
    ctx = request_context()
    with ctx.read() as session:
        for version in versions_of(session, tenant=ctx.tenant, model=page.draft.model):
            yield from ids_in(bundle_files(session, tenant=ctx.tenant, digest=version.digest))
