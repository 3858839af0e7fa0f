"""The id that makes a double click one effect: one of ours, or the form is not taken."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest

from app.shell.context import posted_request_id


@pytest.mark.parametrize("sent", ["01a204aa97b17a409ae7746cb67b983d", "request-7", "x" * 64])
def test_an_id_that_a_page_made_is_taken(app: Flask, sent: str) -> None:
    with app.test_request_context(method="POST", data={"request_id": sent}):
        assert posted_request_id() == sent


@pytest.mark.parametrize("sent", [None, "", " ", "x" * 65, "a b", "å", "a\x00b", "a\n", "../a"])
def test_what_no_page_has_made_is_refused(app: Flask, sent: str | None) -> None:
    posted = {} if sent is None else {"request_id": sent}
    with app.test_request_context(method="POST", data=posted), pytest.raises(BadRequest):
        posted_request_id()
