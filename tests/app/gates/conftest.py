"""A town whose projects stand before a gate, and browsers in which its people are logged in."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.session import VERSION
from tests.app.gates.playing import Browser
from tests.stories.town import Town, build_town
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def browser(app: Flask, town: Town) -> Browser:
    """`browser("anna")` is Anna's."""

    def log_in(who: str) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as session:
            session.update({"_user_id": town.people[who], VERSION: 1, "_fresh": True})
        return client

    return log_in
