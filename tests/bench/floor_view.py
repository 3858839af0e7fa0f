"""A logged-in Flask view that does nothing else, under the same server as the product: `python -m … FOLDER`.

Who is logged in is read from an SQLite file by its key, as Flask-Login's users usually are.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # ships no types
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.cli.server import KEEP_ALIVE, THREADS

WHO = "floor"


class Base(DeclarativeBase):
    """Base of the one table."""


class Person(UserMixin, Base):
    """Who is logged in."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(primary_key=True)


def make_floor(folder: Path) -> Flask:
    """Return the application: a login, and a view behind it."""
    engine = create_engine(f"sqlite:///{folder / 'floor.sqlite'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add(Person(id=WHO))
    app = Flask(WHO)
    app.secret_key = WHO * 8
    manager = LoginManager(app)  # type: ignore[no-untyped-call]  # ships no types

    @manager.user_loader  # type: ignore[untyped-decorator]  # ships no types
    def load(person: str) -> Person | None:
        with Session(engine) as session:
            return session.get(Person, person)

    @app.get("/login")
    def login() -> str:
        login_user(load(WHO))  # type: ignore[no-untyped-call]  # ships no types
        return "in"

    @app.get("/")
    @login_required  # type: ignore[untyped-decorator]  # ships no types
    def view() -> str:
        return f"Hej {cast(Any, current_user).get_id()}"

    return app


class Server(BaseApplication):  # type: ignore[misc]  # ships no types
    """Gunicorn as the product runs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__()

    def load_config(self) -> None:
        """Set what the product sets."""
        wanted: dict[str, Any] = {
            "bind": "127.0.0.1:0",
            "worker_class": "gthread",
            "threads": THREADS,
            "keepalive": KEEP_ALIVE,
            "control_socket_disable": True,
            "loglevel": "warning",
            "post_worker_init": _say,
        }
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application."""
        return make_floor(self.folder)


def _say(worker: Any) -> None:
    print(f"http://127.0.0.1:{worker.sockets[0].getsockname()[1]}", flush=True)


if __name__ == "__main__":
    Server(Path(sys.argv[1])).run()
