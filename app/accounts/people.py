"""The administrator's pages on people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.blueprint import bp
from app.accounts.entry import fill_in, request_id, words
from app.accounts.schemas import NewPersonSchema, PersonEntry, PersonSchema
from app.accounts.scopes import scope_names
from app.shell.context import request_context, today
from app.shell.guard import allow
from workflows.governance.personal import personal
from workflows.governance.unmanned import count_unmanned_on, unmanned
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import PersonId
from workflows.people import (
    ADMINISTRATOR,
    Refused,
    add_person,
    change_person,
    deactivate_person,
    deputies_in,
    find_person,
    holdings_of,
    invite,
    names_of,
    people_page,
    reactivate_person,
    seats_of,
)


@bp.get("/people")
@allow(ADMINISTRATOR)
def people() -> ResponseReturnValue:
    """List people, searched and cut into pages."""
    ctx = request_context()
    search, closed = request.args.get("q", ""), request.args.get("closed") == "1"
    number = request.args.get("page", 1, type=int)
    with ctx.read() as session:
        page = people_page(session, tenant=ctx.tenant, search=search[:200], inactive=closed, number=number)
    return render_template("accounts/people.html", page=page, search=search, closed=closed)


@bp.route("/people/new", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def new_person() -> ResponseReturnValue:
    """Add a person, and mail them a link when asked to."""
    ctx = request_context()

    def verb(entry: PersonEntry) -> str:
        person = add_person(ctx, details=entry.details, request_id=request_id())
        if entry.invite:
            invite(ctx, person=person)
        return person

    return fill_in("accounts/person_new.html", NewPersonSchema(), verb, _address, values={"invite": "1"})


@bp.get("/people/<person_id>")
@allow(ADMINISTRATOR)
def person(person_id: str) -> ResponseReturnValue:
    """Show a person with what they hold."""
    return _person_page(request_context(), person_id, {})


@bp.route("/people/<person_id>/edit", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def edit_person(person_id: str) -> ResponseReturnValue:
    """Correct what is known of a person."""
    ctx = request_context()
    with ctx.read() as session:
        found = find_person(session, tenant=ctx.tenant, person=person_id)
    if found is None:
        raise NotFound

    def verb(entry: PersonEntry) -> str:
        change_person(ctx, person=found.id, details=entry.details)
        return found.id

    known = {name: getattr(found, name) for name in ("name", "email", "title", "department", "phone")}
    return fill_in("accounts/person_edit.html", PersonSchema(), verb, _address, values=known, person=found)


@bp.post("/people/<person_id>/invite")
@allow(ADMINISTRATOR)
def invite_person(person_id: str) -> ResponseReturnValue:
    """Mail a person a link to choose a password, or say that a closed account gets none."""
    ctx = request_context()
    try:
        invite(ctx, person=PersonId(person_id))
    except Refused as refusal:
        return _refused(ctx, person_id, refusal)
    return redirect(url_for(".invited", person_id=person_id), 303)


@bp.get("/people/<person_id>/invited")
@allow(ADMINISTRATOR)
def invited(person_id: str) -> ResponseReturnValue:
    """Say what was sent where."""
    return render_template("accounts/invited.html", **portrait(request_context(), person_id))


@bp.post("/people/<person_id>/close")
@allow(ADMINISTRATOR)
def close_person(person_id: str) -> ResponseReturnValue:
    """Close a person's account, or say what must be handed over first."""
    ctx = request_context()
    try:
        deactivate_person(ctx, person=PersonId(person_id))
    except Refused as refusal:
        return _refused(ctx, person_id, refusal)
    return redirect(_address(person_id), 303)


@bp.post("/people/<person_id>/open")
@allow(ADMINISTRATOR)
def open_person(person_id: str) -> ResponseReturnValue:
    """Open a closed account again."""
    reactivate_person(request_context(), person=PersonId(person_id))
    return redirect(_address(person_id), 303)


def _refused(ctx: Context, person_id: str, refusal: Refused) -> ResponseReturnValue:
    """Show the person again with what stands in the way."""
    return make_response(_person_page(ctx, person_id, {"holds": words(refusal)}), refusal.status)


def _person_page(ctx: Context, person_id: str, errors: Mapping[str, str]) -> str:
    """Return the page of a person, with what is theirs by name in projects."""
    shown = portrait(ctx, person_id)
    with ctx.read() as session:
        mine = personal(session, tenant=ctx.tenant, person=person_id)
        names = names_of(session, tenant=ctx.tenant, people={row.about for row in mine.rows})
    return render_template("accounts/person.html", errors=errors, mine=mine, names=names, **shown)


@bp.get("/people/waiting")
@allow(ADMINISTRATOR)
def waiting_for_nobody() -> ResponseReturnValue:
    """List what nobody can do, with who can change that."""
    ctx = request_context()
    with ctx.read() as session:
        tasks = unmanned(session, tenant=ctx.tenant, day=today())
    return render_template("accounts/waiting.html", tasks=tasks)


@bp.app_template_global("waiting_for_nobody_count")
def waiting_for_nobody_count() -> int:
    """Return how much nobody can do today, for the registers' tab."""
    ctx = request_context()
    with ctx.read() as session:
        return count_unmanned_on(session, tenant=ctx.tenant, day=today())


def portrait(ctx: Context, person_id: str) -> dict[str, Any]:
    """Return what a page shows of a person: roles, seats and whom they stand in for, today and later, and the past."""
    with ctx.read() as session:
        found = find_person(session, tenant=ctx.tenant, person=person_id)
        if found is None:
            raise NotFound
        roles = holdings_of(session, tenant=ctx.tenant, person=person_id)
        current = holdings_of(session, tenant=ctx.tenant, person=person_id, day=today())
        seats = seats_of(session, tenant=ctx.tenant, person=person_id, day=today())
        standing_in = deputies_in(session, tenant=ctx.tenant, person=person_id, day=today())
        scopes = {one.scope for one in roles} | {one.scope for one in standing_in}
        deputies = [
            deputy
            for scope in sorted({one.scope for one in current})
            for deputy in deputies_in(session, tenant=ctx.tenant, scope=scope, day=today())
        ]
        names = scope_names(session, ctx.tenant, scopes)
    held = {(one.scope, one.role) for one in current}
    return {
        "person": found,
        "roles": current,
        "past": [one for one in roles if one not in current and (one.valid_to or one.valid_from) >= one.valid_from],
        "seats": seats,
        "standing_in": standing_in,
        "deputies": [deputy for deputy in deputies if (deputy.scope, deputy.role) in held],
        "scopes": names,
    }


def _address(person_id: str) -> str:
    return url_for(".person", person_id=person_id)
