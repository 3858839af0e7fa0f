"""The page around every page: menu, user, foot, style sheet, statement, health."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from app.shell.assets import AssetMissing, Manifest, stylesheet

PAGE = '{% extends "base.html" %}{% block title %}Prov{% endblock %}{% block main %}<h1>Prov</h1>{% endblock %}'


@pytest.fixture
def page(app: Flask, anna: FlaskClient) -> str:
    app.add_url_rule("/prov", "probe", lambda: render_template_string(PAGE))
    return anna.get("/prov").text


def test_the_menu_shows_what_exists_and_what_the_person_may_use(page: str) -> None:
    assert page.index('href="/att-gora"') < page.index('href="/projekt"')
    assert "Drift" not in page
    assert '6<span class="s-hidden"> väntar</span>' in page


def test_the_bar_names_the_person_and_the_role(page: str) -> None:
    assert "Anna Berg<span> · beställare</span>" in page


def test_nobody_gets_a_menu_before_login(stranger: FlaskClient) -> None:
    text = stranger.get("/tillganglighet").text
    assert "s-nav" not in text
    assert '<p class="s-user">Granviks kommun</p>' in text


def test_a_page_marks_its_own_word_in_the_menu(app: Flask, anna: FlaskClient) -> None:
    source = PAGE.replace("{% block main %}", "{% block here %}projects{% endblock %}{% block main %}")
    app.add_url_rule("/prov", "probe", lambda: render_template_string(source))
    assert '<a href="/projekt" aria-current="page">' in anna.get("/prov").text


def test_a_page_with_errors_says_so_first_in_its_title(app: Flask, anna: FlaskClient) -> None:
    app.add_url_rule("/prov", "probe", lambda: render_template_string(PAGE, errors=["x"]))
    assert "<title>Fel: Prov – Styr</title>" in anna.get("/prov").text


def test_the_foot_gives_help_and_the_accessibility_statement(page: str) -> None:
    assert '<a href="tel:0600-123456">Hjälp: 0600-12 34 56</a>' in page
    assert 'href="/tillganglighet"' in page


def test_the_page_can_be_skipped_into_and_has_no_inline_style_or_script(page: str) -> None:
    assert '<a class="s-skip" href="#main">' in page
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)


def test_the_accessibility_statement_says_where_to_turn(stranger: FlaskClient) -> None:
    text = stranger.get("/tillganglighet").text
    assert "Granviks kommun står bakom" in text
    assert "Ring 0600-12 34 56" in text
    assert "https://www.digg.se/tdosanmalan" in text


def test_the_first_address_leads_to_what_waits(anna: FlaskClient) -> None:
    assert anna.get("/").headers["Location"] == "/att-gora"


def test_health_is_one_word_and_no_line_in_the_log(stranger: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    assert stranger.get("/healthz").text == "ok\n"
    assert capsys.readouterr().err == ""


def test_a_request_is_logged_with_its_actor_but_never_its_question(
    anna: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    anna.get("/finns-inte?q=hemligt")
    line = capsys.readouterr().err
    assert "path=/finns-inte" in line
    assert "status=404" in line
    assert "actor=0000" in line
    assert "hemligt" not in line


def test_the_style_sheet_is_kept_for_ever_under_its_digest(stranger: FlaskClient) -> None:
    answer = stranger.get(f"/styr.css?v={stylesheet().digest}", headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(answer.data) == stylesheet().content


def test_an_old_digest_does_not_keep_the_new_sheet(stranger: FlaskClient) -> None:
    answer = stranger.get("/styr.css?v=0123")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.data == stylesheet().content


def test_a_static_file_carries_its_digest_in_its_address(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "favicon.svg?v=" in app.jinja_env.from_string('{{ url_for("static", filename="favicon.svg") }}').render()


def test_a_static_file_is_kept_for_ever_only_under_its_digest(stranger: FlaskClient) -> None:
    kept = stranger.get("/static/favicon.svg?v=1", buffered=True)
    asked_again = stranger.get("/static/favicon.svg", buffered=True)
    assert "immutable" in kept.headers["Cache-Control"]
    assert asked_again.headers["Cache-Control"] == "no-cache"


def test_scripts_are_found_through_the_manifest(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(
        '{"src/a.js": {"file": "assets/a-1.js", "imports": ["_b.js"], "css": ["assets/a-1.css"]},'
        ' "_b.js": {"file": "assets/b-2.js", "css": ["assets/b-2.css"]}}'
    )
    assert Manifest(path).tags("src/a.js").split("\n") == [
        '<link rel="stylesheet" href="/static/dist/assets/b-2.css">',
        '<link rel="stylesheet" href="/static/dist/assets/a-1.css">',
        '<link rel="modulepreload" href="/static/dist/assets/b-2.js">',
        '<script type="module" src="/static/dist/assets/a-1.js"></script>',
    ]
    with pytest.raises(AssetMissing, match=r"src/c\.js is not an entry"):
        Manifest(path).tags("src/c.js")


def test_a_front_end_that_is_not_built_matters_only_when_a_page_asks_for_it(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path / "manifest.json")
    with pytest.raises(AssetMissing, match="build the front end"):
        manifest.tags("src/a.js")
    assert manifest.tags("src/a.js", optional=True) == ""
