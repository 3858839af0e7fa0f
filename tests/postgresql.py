"""A PostgreSQL server for tests: the one that STYR_TEST_PG names, else one of their own, of what is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import sqlalchemy
from sqlalchemy import URL, make_url

from workflows.kernel.database import Database
from workflows.migrations import migrate

NAMED = "STYR_TEST_PG"
"""Names the address of a server, with a user who may create databases."""

_UNPRIVILEGED = "postgres"
"""The server refuses to run as root; Debian's package brings this user."""

# The folder lies in /tmp, since the path of a socket has room for 107 bytes.
_numbers = count(1)


def programs() -> Path | None:
    """Return the folder of the newest server that is installed; None without any."""
    found = [Path(path).resolve() for path in [shutil.which("initdb")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]), reverse=True)
    return found[0].parent if found else None


def stores() -> tuple[str, ...]:
    """Return what there is to keep data in on this machine, by the names of SQLAlchemy's dialects."""
    return ("sqlite", "postgresql") if NAMED in os.environ or programs() else ("sqlite",)


@contextmanager
def served() -> Iterator[URL]:
    """Yield the address of a server for as long as it is wanted, where `stores` has found one."""
    named, folder = os.environ.get(NAMED), programs()
    if named:
        yield make_url(named)
        return
    assert folder is not None, "no PostgreSQL is installed"
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp", ignore_cleanup_errors=True) as place:
        if user:
            shutil.chown(place, user)
        data = f"{place}/data"
        _run(folder / "initdb", "-D", data, "-U", "styr", "-A", "trust", "-E", "UTF8", "--no-sync", user=user)
        options = f"-k {place} -c listen_addresses='' -c fsync=off"
        _run(folder / "pg_ctl", "-D", data, "-w", "-l", f"{place}/log", "-o", options, "start", user=user)
        try:
            yield URL.create("postgresql", username="styr", database="postgres", query={"host": place})
        finally:
            _run(folder / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop", user=user)


@contextmanager
def fresh(server: URL) -> Iterator[Database]:
    """Yield a migrated database that nobody else uses."""
    name = f"styr_{os.getpid()}_{next(_numbers)}"
    _say(server, f"CREATE DATABASE {name}")
    database = Database(server.set(database=name).render_as_string(hide_password=False))
    try:
        migrate(database)
        yield database
    finally:
        database.close()
        _say(server, f"DROP DATABASE {name} WITH (FORCE)")


def _say(server: URL, statement: str) -> None:
    engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _run(program: Path, *arguments: str, user: str | None) -> None:
    said = subprocess.run([program, *arguments], user=user, cwd="/", capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
