"""Write the next revision from what the rooms' tables say: `python -m workflows.migrations "Add the inbox tables"`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from workflows.kernel.database import Database, sqlite_url
from workflows.migrations import PREFIX, VERSION_TABLE, config, head, metadata, migrate


def missing(database: Database) -> list[str]:
    """Return what separates a migrated database from the rooms' tables, one line each; empty when nothing does."""
    with database.engine.connect() as connection:
        opts = {
            "version_table": VERSION_TABLE,
            "compare_type": True,
            "include_name": lambda name, kind, _parents: kind != "table" or str(name).startswith(PREFIX),
        }
        steps = compare_metadata(MigrationContext.configure(connection, opts=opts), metadata())
    return [_line(part) for step in steps for part in (step if isinstance(step, list) else [step])]


def _line(step: tuple[object, ...]) -> str:
    """Shorten Alembic's description: names of tables, columns and indexes instead of their whole definition."""
    return " ".join(str(getattr(part, "name", part)) for part in step if part is not None)


def main() -> int:
    """Compare, and write the file unless only asked to check."""
    parser = argparse.ArgumentParser(prog="python -m workflows.migrations", description=__doc__)
    parser.add_argument("message", nargs="?", help="what the revision does, a few words")
    parser.add_argument("--check", action="store_true", help="only tell what is missing; exit 1 if anything is")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "empty.sqlite"))
        migrate(database)
        lines = missing(database)
        sys.stdout.writelines(f"{line}\n" for line in lines)
        if lines and wanted.message and not wanted.check:
            number = f"{int(head()) + 1:04}"
            with database.engine.begin() as connection:
                command.revision(config(connection, metadata()), wanted.message, autogenerate=True, rev_id=number)
        database.close()
    return 1 if lines and wanted.check else 0


if __name__ == "__main__":
    sys.exit(main())
