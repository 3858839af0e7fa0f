"""Every address says who may open it; a new view without a rule fails here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.factory import create_app
from app.settings import Settings
from app.shell.guard import allow, logged_in, public, rule_of
from workflows.kernel.database import Database
from workflows.people import ORGANISATION_ROLES

EXEMPT = frozenset({"static"})
"""Flask's own view: files of the application itself, which hold nothing about anybody."""

PUBLIC = frozenset(
    {
        "shell.start", "shell.stylesheet_file", "shell.healthz", "shell.accessibility",
        "accounts.login", "accounts.forgotten", "accounts.sent", "accounts.choose",
        "mail.index", "mail.show",
    }
)  # fmt: skip
"""What opens without a login. The kept mails answer on one's own machine alone (tests/app/mail)."""


@pytest.fixture
def application(tmp_path: Path) -> Flask:
    """The application as it is served."""
    database = Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    return create_app(Settings(var=tmp_path, secret_key="k" * 40, database_url=database.url), database=database)


def test_every_view_has_a_rule(application: Flask) -> None:
    rules = {name: rule_of(view) for name, view in application.view_functions.items() if name not in EXEMPT}
    assert [name for name, rule in rules.items() if not rule] == []


def test_every_address_leads_to_a_view_with_a_rule(application: Flask) -> None:
    asked = {rule.endpoint for rule in application.url_map.iter_rules()}
    assert asked - EXEMPT <= set(application.view_functions)


def test_only_what_is_listed_opens_without_a_login(application: Flask) -> None:
    opened = {name for name, view in application.view_functions.items() if rule_of(view) == "public"}
    assert opened == PUBLIC


def test_a_rule_names_roles_that_somebody_can_hold(application: Flask) -> None:
    known = {role.key for role in ORGANISATION_ROLES}
    named = {rule_of(view) for name, view in application.view_functions.items() if name not in EXEMPT}
    for rule in named - {"public", "logged in"}:
        assert set(rule.split(" or ")) <= known


@pytest.mark.parametrize(
    ("decorated", "rule"),
    [(public, "public"), (logged_in, "logged in"), (allow("auditor", "registrar"), "auditor or registrar")],
)
def test_a_rule_can_be_read_from_the_view(decorated: Callable[..., object], rule: str) -> None:
    assert rule_of(lambda: "") == ""
    assert rule_of(decorated(lambda: "")) == rule  # type: ignore[arg-type]  # a view all the same
