"""Help texts may lead somewhere, without losing what is typed beside them."""

from __future__ import annotations

import pytest
from flask import Flask

from app.shell.text import linked


def shown(app: Flask, text: str) -> str:
    with app.test_request_context():
        return str(linked(text))


def test_a_link_opens_in_a_window_of_its_own_and_says_so(app: Flask) -> None:
    assert shown(app, "Sök i [projektbanken](/bank) först.") == (
        'Sök i <a href="/bank" target="_blank" rel="noopener noreferrer">projektbanken (öppnas i ny flik)</a> först.'
    )


@pytest.mark.parametrize(
    "text",
    ["[a](javascript:alert(1))", "[a](//elsewhere.example)", "[a](http://elsewhere.example)", "<b>[a]</b> (/bank)"],
)
def test_anything_else_stays_text(app: Flask, text: str) -> None:
    assert "<a " not in shown(app, text)
    assert "<b>" not in shown(app, text)


def test_words_in_a_link_are_no_markup(app: Flask) -> None:
    assert "&lt;i&gt;" in shown(app, '[<i>](/bank"onclick)')
    assert '"onclick' not in shown(app, '[<i>](/bank"onclick)').replace("&#34;", "")
