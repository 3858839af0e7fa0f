"""The project's own files, as git sees them: committed, or new and not ignored."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("app", "forms", "workflows", "bpmn")
"""The four top-level packages; what is outside them is not installed."""


@cache
def files() -> tuple[Path, ...]:
    """Return every file, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (Path(name) for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if (ROOT / path).is_file()))


def texts(*, leaving_out: tuple[str, ...] = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text file but those named, with its content."""
    for path in files():
        content = (ROOT / path).read_bytes()
        if str(path) not in leaving_out and b"\0" not in content:
            yield path, content.decode()


def python_files(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Yield every Python file below the folders (of the whole project when none is named), parsed."""
    for path in files():
        if path.suffix == ".py" and (not folders or path.parts[0] in folders):
            yield path, parsed(path)


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse((ROOT / path).read_text())


def lines(path: Path) -> int:
    """Return how many lines a file has."""
    return len((ROOT / path).read_text().splitlines())
