from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, role_principal
from workflows.people import (
    ADMINISTRATOR,
    PROJECT_OFFICE,
    Appointment,
    Rule,
    appoint,
    assign_organisation_role,
    authorize,
    find_account,
    is_administrator,
    people_behind,
    principals_select,
)
from workflows.people import acting as acting_as
from workflows.people.tables import FOREVER, MembershipRow

PROJECT = "p" * 32
CHANGE = Rule(roles=frozenset({"project_manager"}), organisation=frozenset({PROJECT_OFFICE}))
SEE = Rule(roles=frozenset({"project_manager", "project_member"}), organisation=frozenset({PROJECT_OFFICE}))


@contextmanager
def _statements(ctx: Context) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(ctx.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(ctx.database.engine, "before_cursor_execute", note)


def _appoint(ctx: Context, clock: TestClock, **roles: PersonId) -> None:
    with ctx.write() as session:
        wanted = [Appointment(role=role, person=person) for role, person in roles.items()]
        appoint(session, ctx.tenant, scope=PROJECT, appointments=wanted, valid_from=clock.today)


def test_a_verb_is_for_those_its_rule_names_and_hidden_from_those_who_may_not_look(
    ctx: Context, acting: Callable[[str], Context], adding: Adding, clock: TestClock
) -> None:
    manager, member, office, stranger = (adding(name) for name in ("Karin Lind", "Bo Rask", "Eva Ek", "Ulf Ny"))
    _appoint(ctx, clock, project_manager=manager, project_member=member)
    assign_organisation_role(ctx, role=PROJECT_OFFICE, person=office, valid_from=clock.today)
    expected = {manager: None, office: None, member: Forbidden, stranger: NotFound}
    for person, refusal in expected.items():
        with ctx.read() as session:
            if refusal is None:
                authorize(session, acting(person), CHANGE, scope=PROJECT, sees=SEE)
                continue
            with pytest.raises(refusal):
                authorize(session, acting(person), CHANGE, scope=PROJECT, sees=SEE)


def test_a_role_in_one_project_gives_nothing_in_another(
    ctx: Context, acting: Callable[[str], Context], adding: Adding, clock: TestClock
) -> None:
    manager = adding("Karin Lind")
    _appoint(ctx, clock, project_manager=manager)
    with ctx.read() as session, pytest.raises(Forbidden):
        authorize(session, acting(manager), CHANGE, scope="q" * 32)


def test_the_system_itself_may_do_everything(ctx: Context) -> None:
    with ctx.read() as session:
        authorize(session, ctx, CHANGE, scope=PROJECT, sees=SEE)


def test_who_is_logged_in_is_read_in_one_statement_with_all_they_may_act_as(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    bo = adding("Bo Rask", title="Ekonom")
    assign_organisation_role(ctx, role=ADMINISTRATOR, person=bo, valid_from=clock.today)
    with _statements(ctx) as seen, ctx.read() as session:
        account = find_account(session, tenant=ctx.tenant, person=bo, session_version=1, day=clock.today)
    assert len(seen) == 1
    assert account is not None
    assert (account.name, account.title, account.is_administrator) == ("Bo Rask", "Ekonom", True)


def test_what_a_person_may_act_as_is_read_in_one_statement(ctx: Context, adding: Adding, clock: TestClock) -> None:
    bo = adding("Bo Rask")
    with _statements(ctx) as seen, ctx.read() as session:
        acting_as(session, tenant=ctx.tenant, person=bo, on=clock.today)
    assert len(seen) == 1


def test_appointing_costs_the_same_whatever_the_size_of_the_organisation(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    karin, bo = adding("Karin Lind"), adding("Bo Rask")
    with _statements(ctx) as few:
        _appoint(ctx, clock, project_manager=karin, project_member=bo)
    for number in range(30):
        assign_organisation_role(ctx, role="controller", person=adding(f"Person {number}"), valid_from=clock.today)
    with _statements(ctx) as many, ctx.write() as session:
        wanted = [Appointment(role=role, person=who) for role, who in (("project_manager", bo), ("sponsor", karin))]
        appoint(session, ctx.tenant, scope="q" * 32, appointments=wanted, valid_from=clock.today)
    assert len(many) == len(few)


def test_another_room_can_join_a_persons_principals(ctx: Context, adding: Adding, clock: TestClock) -> None:
    bo = adding("Bo Rask")
    assign_organisation_role(ctx, role="registrar", person=bo, valid_from=clock.today)
    with ctx.read() as session:
        found = set(session.scalars(principals_select(ctx.tenant, bo, clock.today)))
    assert found == {f"person:{bo}", "role:organisation:registrar"}


def test_the_projection_has_no_open_end_and_names_its_source(ctx: Context, adding: Adding, clock: TestClock) -> None:
    bo = adding("Bo Rask")
    holder = assign_organisation_role(ctx, role="registrar", person=bo, valid_from=clock.today)
    with ctx.read() as session:
        rows = session.query(MembershipRow).order_by(MembershipRow.via).all()
        assert [(row.via, row.valid_to, row.scope) for row in rows] == [
            (f"holder:{holder}", FOREVER, ORGANISATION),
            ("self", FOREVER, None),
        ]


def test_an_administrator_is_one_only_while_the_role_lasts(ctx: Context, adding: Adding, clock: TestClock) -> None:
    bo = adding("Bo Rask")
    last = clock.today + timedelta(days=1)
    assign_organisation_role(ctx, role=ADMINISTRATOR, person=bo, valid_from=clock.today, valid_to=last)
    with ctx.read() as session:
        found = [
            is_administrator(session, tenant=ctx.tenant, person=bo, day=clock.today + timedelta(days=n))
            for n in range(3)
        ]
    assert found == [True, True, False]


def test_a_principal_nobody_is_behind_is_there_and_empty(ctx: Context, clock: TestClock) -> None:
    nobody = role_principal(PROJECT, "sponsor")
    with ctx.read() as session:
        assert people_behind(session, tenant=ctx.tenant, principals=[nobody], day=clock.today) == {nobody: ()}
