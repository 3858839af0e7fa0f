"""The administrator's pages on steering groups and boards."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.blueprint import bp
from app.accounts.choosing import people_to_choose
from app.accounts.entry import fill_in, request_id
from app.accounts.schemas import BodyEntry, BodySchema, NewBodySchema
from app.accounts.term_schemas import Ending, EndingSchema, SeatSchema, Term
from app.shell.context import request_context, today
from app.shell.guard import allow
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import BodyId
from workflows.people import (
    ADMINISTRATOR,
    Body,
    SeatRole,
    bodies_on,
    change_body,
    create_body,
    find_body,
    find_seat,
    seat_member,
    seats_of,
    unseat_member,
)


@bp.get("/bodies")
@allow(ADMINISTRATOR)
def bodies() -> ResponseReturnValue:
    """List every steering group and board."""
    ctx = request_context()
    with ctx.read() as session:
        found = bodies_on(session, tenant=ctx.tenant, on=today())
    return render_template("accounts/bodies.html", bodies=found)


@bp.route("/bodies/new", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def new_body() -> ResponseReturnValue:
    """Make a body."""

    def verb(entry: BodyEntry) -> str:
        assert entry.kind is not None
        return create_body(
            request_context(), name=entry.name, kind=entry.kind, quorum=entry.quorum, request_id=request_id()
        )

    first = {"kind": "steering_group", "quorum_rule": "majority"}
    return fill_in("accounts/body_new.html", NewBodySchema(), verb, _address, values=first)


@bp.get("/bodies/<body_id>")
@allow(ADMINISTRATOR)
def body(body_id: str) -> ResponseReturnValue:
    """Show a body with its seats: now, to come, past."""
    found, ctx, day = _load(body_id), request_context(), today()
    with ctx.read() as session:
        seats = seats_of(session, tenant=ctx.tenant, body=body_id)
    taken = [seat for seat in seats if seat.valid_to is None or seat.valid_to >= seat.valid_from]
    groups = {
        "now": [seat for seat in taken if seat.is_on(day)],
        "later": [seat for seat in taken if seat.valid_from > day],
        "past": [seat for seat in taken if seat.valid_to is not None and seat.valid_to < day],
    }
    return render_template("accounts/body.html", body=found, **groups)


@bp.route("/bodies/<body_id>/edit", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def edit_body(body_id: str) -> ResponseReturnValue:
    """Change a body's name or quorum."""
    found = _load(body_id)

    def verb(entry: BodyEntry) -> str:
        change_body(request_context(), body=found.id, name=entry.name, quorum=entry.quorum)
        return found.id

    known = {"name": found.name, "quorum_rule": found.quorum.rule, "quorum_count": found.quorum.count or ""}
    return fill_in("accounts/body_edit.html", BodySchema(), verb, _address, values=known, body=found)


@bp.route("/bodies/<body_id>/seats/new", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def new_seat(body_id: str) -> ResponseReturnValue:
    """Give a person a seat."""
    found, ctx = _load(body_id), request_context()

    def verb(entry: Term) -> str:
        assert entry.role is not None
        seat_member(
            ctx,
            body=found.id,
            person=entry.person,
            role=entry.role,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            request_id=request_id(),
        )
        return found.id

    first = {"role": SeatRole.MEMBER, "valid_from": today()}
    return fill_in(
        "accounts/seat_new.html",
        SeatSchema(),
        verb,
        lambda _id: _address(found.id),
        values=first,
        body=found,
        people=people_to_choose(),
    )


@bp.route("/seats/<seat_id>/end", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def end_seat(seat_id: str) -> ResponseReturnValue:
    """End a seat on a day."""
    ctx = request_context()
    with ctx.read() as session:
        seat = find_seat(session, tenant=ctx.tenant, seat=seat_id)
    if seat is None:
        raise NotFound

    def verb(entry: Ending) -> str:
        unseat_member(ctx, seat=seat.id, last_day=entry.last_day, reason=entry.reason)
        return seat.body

    return fill_in("accounts/seat_end.html", EndingSchema(), verb, _address, values={"last_day": today()}, seat=seat)


def _load(body_id: str) -> Body:
    ctx = request_context()
    with ctx.read() as session:
        found = find_body(session, tenant=ctx.tenant, body=BodyId(body_id), day=today())
    if found is None:
        raise NotFound
    return found


def _address(body_id: str) -> str:
    return url_for(".body", body_id=body_id)
