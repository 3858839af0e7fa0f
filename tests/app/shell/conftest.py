"""An application with two invented features, somebody logged in, and templates rendered from text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask, Request, render_template_string, request
from flask.testing import FlaskClient

from app.factory import create_app
from app.settings import Settings
from app.shell.feature import Feature, NavigationItem
from app.shell.security import limiter, login_manager
from workflows.kernel.errors import Forbidden, NotFound, StorageFull, StyrError

TUESDAY = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
ANNA = "0" * 31 + "a"

Render = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody logged in."""

    name: str = "Anna Berg"
    title: str = "beställare"
    is_authenticated: bool = True

    def get_id(self) -> str:
        return ANNA


class TooLate(StyrError):
    status = 409
    code = "too_late"
    message = "{by} beslutade i dag 10.41: Godkänn med villkor."


def _inbox() -> Feature:
    bp = Blueprint("inbox", __name__)
    bp.add_url_rule("/att-gora", "index", lambda: "inkorg")
    bp.add_url_rule("/far-inte", "forbidden", _raise(Forbidden), methods=["GET", "POST"])
    bp.add_url_rule("/finns-inte", "missing", _raise(NotFound))
    bp.add_url_rule("/fullt", "full", _raise(StorageFull))
    bp.add_url_rule("/sprucket", "broken", _raise(ZeroDivisionError))
    bp.add_url_rule("/for-sent", "late", _raise(lambda: TooLate(by="Bo Rask", url="/beslut")), methods=["GET", "POST"])
    bp.add_url_rule("/skicka", "send", lambda: request.form.get("text", ""), methods=["POST"])
    return Feature(blueprint=bp, navigation=(_item("inbox", 10, count=lambda _ctx: 6),))


def _projects() -> Feature:
    bp = Blueprint("projects", __name__)
    bp.add_url_rule("/projekt", "index", lambda: "projekt")
    return Feature(blueprint=bp, navigation=(_item("projects", 20), _item("secret", 30, visible=lambda _ctx: False)))


def _item(key: str, place: int, **more: Any) -> NavigationItem:
    labels = {"inbox": "Att göra", "projects": "Projekt", "secret": "Drift"}
    endpoint = "projects.index" if key == "secret" else f"{key}.index"
    return NavigationItem(key=key, endpoint=endpoint, label=labels[key], place=place, **more)


def _raise(make: Callable[[], Exception]) -> Callable[[], str]:
    def view() -> str:
        raise make()

    return view


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        var=tmp_path,
        secret_key="k" * 40,
        database_url=f"sqlite:///{tmp_path / 'styr.sqlite'}",
        municipality="Granviks kommun",
        help_phone="0600-12 34 56",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings, clock=lambda: TUESDAY, features=(_inbox(), _projects()))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    yield app
    limiter.reset()


@pytest.fixture
def anna(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client in which Anna Berg is logged in."""
    monkeypatch.setattr(login_manager, "_request_callback", _anna)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A client in which nobody is logged in."""
    return app.test_client()


@pytest.fixture
def render(app: Flask) -> Render:
    """`render("{{ m.tag('ok', 'Klart') }}", **values)`: the text of a template that has every macro file imported."""
    files = ("m", "fields", "form", "checklist", "answers", "gate")
    imports = "".join(f'{{% import "_{name}.html" as {name} %}}' for name in files)

    def text(source: str, **values: Any) -> str:
        with app.test_request_context("/"):
            return render_template_string(imports + source, **values)

    return text


def _anna(_request: Request) -> Person:
    return Person()
