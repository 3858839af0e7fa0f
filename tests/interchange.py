"""What the import makes of a folder of diagrams, as a table: `python -m tests.interchange DIR`.

Every `.bpmn` file is imported by itself. Refusing one, with reasons, is an answer; only an import that breaks is not.
"""

from __future__ import annotations

import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from workflows.models import ImportRefused, RowSeverity, Severity, check, import_model


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One file: the verdict, rows by severity, errors that the check finds in the draft, seconds of the import."""

    file: str
    verdict: str
    why: str = ""
    rows: str = ""
    errors: str = ""
    seconds: float = 0.0

    @property
    def line(self) -> str:
        """Return the line of the table."""
        return f"{self.file:<32} {self.verdict:<9} {self.rows:>12} {self.errors:>4} {self.seconds:>6.2f}  {self.why}"


def attempt(path: Path) -> Tried:
    """Import one file."""
    began = time.perf_counter()
    try:
        imported = import_model({path.name: path.read_bytes()})
    except ImportRefused as refused:
        taken = time.perf_counter() - began
        return Tried(file=path.name, verdict="refused", why="; ".join(refused.reasons), seconds=taken)
    except Exception as error:  # noqa: BLE001 — a crash is what this is here to find, and the next file is tried
        traceback.print_exc()
        return Tried(file=path.name, verdict="CRASHED", why=repr(error), seconds=time.perf_counter() - began)
    taken = time.perf_counter() - began
    errors = sum(finding.severity is Severity.ERROR for finding in check(imported.files))
    rows = " ".join(str(imported.count(severity)) for severity in RowSeverity)
    return Tried(file=path.name, verdict="accepted", why=imported.source, rows=rows, errors=str(errors), seconds=taken)


def main(folder: str) -> int:
    """Print the table; return 1 when an import broke, and when there was nothing to import."""
    paths = sorted(Path(folder).rglob("*.bpmn"))
    print(f"{'file':<32} {'verdict':<9} {'lost chg note':>12} {'err':>4} {'s':>6}  source, or why it was refused")
    tried = [attempt(path) for path in paths]
    print("\n".join(one.line for one in tried))
    counts = {verdict: sum(one.verdict == verdict for one in tried) for verdict in ("accepted", "refused", "CRASHED")}
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    return 1 if counts["CRASHED"] or not paths else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]) if len(sys.argv) == 2 else "usage: python -m tests.interchange DIR")
