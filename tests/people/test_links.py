from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden
from workflows.kernel.ids import PersonId
from workflows.kernel.jobs import Job, MemoryJobs
from workflows.people import (
    LinkKind,
    Passwords,
    choose_password,
    deactivate_person,
    find_account,
    forgot_password,
    invite,
    link_token,
    log_in,
    open_link,
    read_link,
    set_password,
)
from workflows.people.password_errors import LinkSpent, LoginRefused, PasswordTooShort

SECRET, EMAIL, NEW = "x" * 32, "anna.berg@exempelkommun.se", "ett helt annat lås"


@pytest.fixture
def anna(ctx: Context, adding: Adding, passwords: Passwords) -> PersonId:
    person = adding("Anna Berg")
    set_password(ctx, person=person, password="korrekt häst batteri", passwords=passwords)
    return person


def _token(job: Job) -> str:
    return link_token(SECRET, job.arguments[0])


@pytest.mark.usefixtures("anna")
def test_who_forgot_the_password_gets_a_mail_and_chooses_a_new_one(
    ctx: Context, jobs: MemoryJobs, passwords: Passwords
) -> None:
    forgot_password(ctx, email=EMAIL.upper())
    (job,) = jobs.jobs
    assert job.name == "mail.password"
    choose_password(ctx, token=_token(job), secret=SECRET, password=NEW, passwords=passwords)
    log_in(ctx, email=EMAIL, password=NEW, passwords=passwords)
    with pytest.raises(LoginRefused):
        log_in(ctx, email=EMAIL, password="korrekt häst batteri", passwords=passwords)


def test_choosing_a_password_by_link_ends_every_session(
    ctx: Context, jobs: MemoryJobs, anna: PersonId, passwords: Passwords, clock: TestClock
) -> None:
    before = log_in(ctx, email=EMAIL, password="korrekt häst batteri", passwords=passwords)
    forgot_password(ctx, email=EMAIL)
    choose_password(ctx, token=_token(jobs.jobs[0]), secret=SECRET, password=NEW, passwords=passwords)
    with ctx.read() as session:
        assert not find_account(
            session, tenant=ctx.tenant, person=anna, session_version=before.session_version, day=clock.today
        )


def test_an_address_nobody_has_gets_no_mail_and_no_other_answer(ctx: Context, jobs: MemoryJobs) -> None:
    forgot_password(ctx, email="okand@exempelkommun.se")
    assert jobs.jobs == []


def test_an_inactive_person_gets_no_mail(ctx: Context, jobs: MemoryJobs, anna: PersonId) -> None:
    deactivate_person(ctx, person=anna)
    forgot_password(ctx, email=EMAIL)
    assert jobs.jobs == []


@pytest.mark.usefixtures("anna")
def test_asking_again_and_again_sends_three_mails_an_hour(ctx: Context, jobs: MemoryJobs, clock: TestClock) -> None:
    for _ in range(5):
        forgot_password(ctx, email=EMAIL)
    assert len(jobs.jobs) == 3
    clock.forward(hours=1)
    forgot_password(ctx, email=EMAIL)
    assert len(jobs.jobs) == 4


def test_a_link_is_good_once_and_closes_the_others(
    ctx: Context, jobs: MemoryJobs, anna: PersonId, passwords: Passwords
) -> None:
    forgot_password(ctx, email=EMAIL)
    forgot_password(ctx, email=EMAIL)
    first, second = (_token(job) for job in jobs.jobs)
    choose_password(ctx, token=second, secret=SECRET, password=NEW, passwords=passwords)
    for spent in (first, second):
        with pytest.raises(LinkSpent):
            choose_password(ctx, token=spent, secret=SECRET, password="ännu ett annat lås", passwords=passwords)
    assert log_in(ctx, email=EMAIL, password=NEW, passwords=passwords).person == anna


@pytest.mark.usefixtures("anna")
def test_a_link_of_yesterday_is_spent(ctx: Context, jobs: MemoryJobs, clock: TestClock, passwords: Passwords) -> None:
    forgot_password(ctx, email=EMAIL)
    clock.forward(hours=1)
    with pytest.raises(LinkSpent):
        choose_password(ctx, token=_token(jobs.jobs[0]), secret=SECRET, password=NEW, passwords=passwords)
    with pytest.raises(LoginRefused):
        log_in(ctx, email=EMAIL, password=NEW, passwords=passwords)


@pytest.mark.usefixtures("anna")
def test_looking_at_a_link_or_failing_at_the_password_does_not_use_it_up(
    ctx: Context, jobs: MemoryJobs, clock: TestClock, passwords: Passwords
) -> None:
    forgot_password(ctx, email=EMAIL)
    token = _token(jobs.jobs[0])
    with ctx.read() as session:
        link = open_link(session, tenant=ctx.tenant, token=token, secret=SECRET, at=clock.now)
    assert (link.name, link.kind) == ("Anna Berg", LinkKind.FORGOTTEN)
    with pytest.raises(PasswordTooShort):
        choose_password(ctx, token=token, secret=SECRET, password="kort", passwords=passwords)
    choose_password(ctx, token=token, secret=SECRET, password=NEW, passwords=passwords)


@pytest.mark.usefixtures("anna")
def test_what_is_stored_and_queued_does_not_make_a_link(ctx: Context, jobs: MemoryJobs, clock: TestClock) -> None:
    forgot_password(ctx, email=EMAIL)
    link = jobs.jobs[0].arguments[0]
    good = link_token(SECRET, link)
    forged = [link, f"{link}-", f"{link}-{'A' * 43}", link_token("y" * 32, link), good[:-1], good + "A", "", "å" * 76]
    for token in forged:
        with ctx.read() as session, pytest.raises(LinkSpent):
            open_link(session, tenant=ctx.tenant, token=token, secret=SECRET, at=clock.now)


def test_the_mail_job_reads_who_to_write_to_and_nothing_when_the_link_is_spent(
    ctx: Context, jobs: MemoryJobs, anna: PersonId, clock: TestClock
) -> None:
    forgot_password(ctx, email=EMAIL)
    (link,) = jobs.jobs[0].arguments
    with ctx.read() as session:
        found = read_link(session, tenant=ctx.tenant, link=link, at=clock.now)
        assert read_link(session, tenant=ctx.tenant, link="0" * 32, at=clock.now) is None
    assert found is not None
    assert (found.person, found.email) == (anna, EMAIL)
    deactivate_person(ctx, person=anna)
    with ctx.read() as session:
        assert read_link(session, tenant=ctx.tenant, link=link, at=clock.now) is None


def test_somebody_new_is_invited_for_a_week(
    acting: Callable[[str], Context],
    adding: Adding,
    administrator: PersonId,
    jobs: MemoryJobs,
    clock: TestClock,
    passwords: Passwords,
) -> None:
    bo = adding("Bo Rask")
    admin = acting(administrator)
    invite(admin, person=bo)
    clock.forward(days=6)
    login = choose_password(admin, token=_token(jobs.jobs[0]), secret=SECRET, password=NEW, passwords=passwords)
    assert login.person == bo


def test_only_an_administrator_invites(acting: Callable[[str], Context], adding: Adding, jobs: MemoryJobs) -> None:
    bo, eva = adding("Bo Rask"), adding("Eva Lind")
    with pytest.raises(Forbidden):
        invite(acting(bo), person=eva)
    assert jobs.jobs == []
