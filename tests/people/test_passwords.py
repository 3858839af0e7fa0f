from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden
from workflows.kernel.ids import PersonId
from workflows.people import Passwords, Refused, find_account, log_in, set_password
from workflows.people.password_errors import (
    CurrentPasswordWrong,
    LoginRefused,
    PasswordGuessable,
    PasswordTooLong,
    PasswordTooShort,
)
from workflows.people.tables import CredentialRow

GOOD = "korrekt häst batteri"
EMAIL = "anna.berg@exempelkommun.se"


@pytest.fixture
def anna(ctx: Context, adding: Adding, passwords: Passwords) -> PersonId:
    person = adding("Anna Berg")
    set_password(ctx, person=person, password=GOOD, passwords=passwords)
    return person


def _stored(ctx: Context, person: PersonId) -> str | None:
    with ctx.read() as session:
        return session.get_one(CredentialRow, {"tenant": ctx.tenant, "person": person}).password_hash


def test_the_right_password_logs_in_however_the_address_is_written(
    ctx: Context, anna: PersonId, passwords: Passwords
) -> None:
    assert log_in(ctx, email=" Anna.BERG@exempelkommun.se ", password=GOOD, passwords=passwords).person == anna


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "fel lösenord här"), (EMAIL, ""), ("okand@exempelkommun.se", GOOD), ("", ""), (EMAIL, GOOD * 1000)],
)
@pytest.mark.usefixtures("anna")
def test_a_wrong_address_or_password_is_refused_with_the_same_words(
    ctx: Context, passwords: Passwords, email: str, password: str
) -> None:
    with pytest.raises(LoginRefused) as caught:
        log_in(ctx, email=email, password=password, passwords=passwords)
    assert str(caught.value) == LoginRefused.message


class _Counting(Passwords):
    """Remembers what it was asked to compare with."""

    def __init__(self) -> None:
        super().__init__(memory=8, rounds=1)
        self.asked: list[str | None] = []

    def matches(self, stored: str | None, password: str) -> bool:
        self.asked.append(stored)
        return super().matches(stored, password)


def test_an_unknown_person_and_one_without_a_password_cost_a_hash_too(ctx: Context, adding: Adding) -> None:
    adding("Bo Rask")
    counting = _Counting()
    for email in ("okand@exempelkommun.se", "bo.rask@exempelkommun.se"):
        with pytest.raises(LoginRefused):
            log_in(ctx, email=email, password=GOOD, passwords=counting)
    assert counting.asked == [None, None]
    assert "_nobody" in vars(counting)


def test_a_hash_made_with_older_parameters_is_replaced_at_login(ctx: Context, anna: PersonId) -> None:
    before = _stored(ctx, anna)
    log_in(ctx, email=EMAIL, password=GOOD, passwords=Passwords(memory=16, rounds=1))
    after = _stored(ctx, anna)
    assert after is not None
    assert after != before
    assert "m=16" in after
    log_in(ctx, email=EMAIL, password=GOOD, passwords=Passwords(memory=16, rounds=1))
    assert _stored(ctx, anna) == after


def test_passwords_are_hashed_as_owasp_recommends_unless_told_otherwise() -> None:
    assert Passwords().hash(GOOD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_changed_password_ends_the_sessions_begun_before(
    ctx: Context, acting: Callable[[str], Context], anna: PersonId, passwords: Passwords, clock: TestClock
) -> None:
    before = log_in(ctx, email=EMAIL, password=GOOD, passwords=passwords)
    after = set_password(acting(anna), person=anna, password="ett helt annat lås", passwords=passwords, current=GOOD)
    with ctx.read() as session:
        old, new = (
            find_account(session, tenant=ctx.tenant, person=anna, session_version=version, day=clock.today)
            for version in (before.session_version, after.session_version)
        )
    assert old is None
    assert new is not None
    assert new.name == "Anna Berg"


def test_a_new_password_takes_the_present_one(
    acting: Callable[[str], Context], anna: PersonId, passwords: Passwords, ctx: Context
) -> None:
    stored = _stored(ctx, anna)
    for current in (None, "", "fel lösenord här"):
        with pytest.raises(CurrentPasswordWrong):
            set_password(acting(anna), person=anna, password="ett helt annat lås", passwords=passwords, current=current)
    assert _stored(ctx, anna) == stored


def test_nobody_sets_somebody_elses_password_not_even_an_administrator(
    acting: Callable[[str], Context], anna: PersonId, administrator: PersonId, passwords: Passwords, ctx: Context
) -> None:
    stored = _stored(ctx, anna)
    with pytest.raises(Forbidden):
        set_password(acting(administrator), person=anna, password="ett helt annat lås", passwords=passwords)
    assert _stored(ctx, anna) == stored


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("kort", PasswordTooShort),
        ("x" * 201, PasswordTooLong),
        ("aaaaaaaaaaaaaaa", PasswordGuessable),
        ("Password 1234", PasswordGuessable),
        ("Lösenord1234", PasswordGuessable),
        ("ANNA.BERG@exempelkommun.se", PasswordGuessable),
        ("AnnaBergAnnaBerg", PasswordGuessable),
    ],
)
def test_a_password_that_is_short_endless_or_easy_is_refused_and_the_old_one_stays(
    ctx: Context, anna: PersonId, passwords: Passwords, password: str, refusal: type[Refused]
) -> None:
    stored = _stored(ctx, anna)
    with pytest.raises(refusal):
        set_password(ctx, person=anna, password=password, passwords=passwords)
    assert _stored(ctx, anna) == stored
