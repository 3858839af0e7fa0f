"""Fills an empty installation with the demo, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select

from app.demo.clock import DemoClock
from app.demo.directing import play
from app.demo.models import work_on_the_model
from app.demo.people import CHARACTERS, PASSWORD, Character, add_everybody, give_passwords
from app.demo.script import scripts
from workflows.governance.tables import SettingRow
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import StyrError, _l
from workflows.models import publish, shipped
from workflows.people import every_person

MARKER = "demo"
"""The setting that says how far the loading of the demo came."""

BEFORE = "600"
"""Days ago that everybody was there."""


class HalfLoaded(StyrError):
    """The demo's loading was interrupted; half of it would only confuse."""

    status = 409
    code = "demo_half_loaded"
    message = _l("Demodatan blev inte klar förra gången. Ta bort mappen med databasen och starta igen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What there is to try. `fresh` tells whether it was loaded now; no accounts: the database is not a demo's."""

    fresh: bool
    projects: int
    accounts: tuple[Character, ...]
    password: str


def load_demo(ctx: Context, *, told: Callable[[str], None] = lambda _title: None) -> Loaded:
    """Fill an empty database with people and projects, once; `told` hears each project's title as it comes.

    A database with other people in it is left alone. Raises HalfLoaded.
    """
    accounts = tuple(one for one in CHARACTERS.values() if one.part)
    state = _state(ctx)
    if state == "done":
        return Loaded(fresh=False, projects=0, accounts=accounts, password=PASSWORD)
    if state is not None:
        raise HalfLoaded
    with ctx.read() as session:
        if every_person(session, tenant=ctx.tenant, search="", inactive=False):
            return Loaded(fresh=False, projects=0, accounts=(), password="")
    _mark(ctx, "begun")
    clock = DemoClock(present=ctx.now(), now=ctx.now())
    clock.begin(BEFORE)
    past = replace(ctx, clock=clock)
    cast = add_everybody(past)
    publish(past, shipped("harnosand"))
    found = scripts()
    for script in found:
        told(script.title)
        clock.begin(script.began)
        play(past, clock, cast, script)
    work_on_the_model(past, clock, cast)
    give_passwords(ctx, cast)
    _mark(ctx, "done")
    return Loaded(fresh=True, projects=len(found), accounts=accounts, password=PASSWORD)


def _state(ctx: Context) -> str | None:
    with ctx.read() as session:
        query = select(SettingRow.value).where(SettingRow.tenant == ctx.tenant, SettingRow.key == MARKER)
        value: str | None = session.scalar(query)
    return value


def _mark(ctx: Context, state: str) -> None:
    with ctx.write() as session:
        session.merge(SettingRow(tenant=ctx.tenant, key=MARKER, valid_from=local_date(ctx.now()), value=state))
