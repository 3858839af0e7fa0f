"""Opening an installation for a command: its settings, its folder and its database, brought up to date."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.settings import Settings
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.jobs import JobPort, MemoryJobs
from workflows.migrations import migrate


def add_var(parser: argparse.ArgumentParser) -> None:
    """Add the option that says which installation is meant."""
    parser.add_argument(
        "--var",
        metavar="MAPP",
        help="installationens mapp med databas och filer (annars STYR_VAR, annars ./var)",
    )


def settings_of(options: argparse.Namespace, **more: str) -> Settings:
    """Return the settings of the environment, with `--var` and `more` (STYR_… names) put over them."""
    given = {"STYR_VAR": options.var} if options.var else {}
    environment: Mapping[str, str] = {**os.environ, **given, **more}
    return Settings.from_environment(environment)


@contextmanager
def system_context(options: argparse.Namespace) -> Iterator[Context]:
    """Open the installation as the system itself; jobs stay undone, since a command mails nobody."""
    with opened(settings_of(options)) as ctx:
        yield ctx


@contextmanager
def opened(settings: Settings, jobs: JobPort | None = None) -> Iterator[Context]:
    """Open the database of an installation, bring it to the newest revision, and close it again."""
    settings.var.mkdir(parents=True, exist_ok=True)
    settings.files.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url)
    try:
        migrate(database)
        yield Context(database=database, jobs=jobs or MemoryJobs(), files=settings.files, tenant=settings.tenant)
    finally:
        database.close()
