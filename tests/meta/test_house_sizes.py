"""The house sizes: short files, short functions, every return said.

A limit that hurts the reader may be broken: a comment "# House size: why" within the file or function says so.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.meta.sources import ROOT, files, lines, parsed, python_files

FILE, MOST_FILES = 400, 200
FUNCTION, MOST_FUNCTIONS = 60, 25
ROOM = 2500
MOST = 0.9
WRITTEN = {".py", ".js", ".css", ".html", ".typ", ".sh"}
REASON = "# House size: "

Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_revision(path: Path) -> bool:
    """Whether a file is a database revision: written once, read in one go, never changed."""
    return "versions" in path.parts


def functions() -> list[tuple[Path, Function]]:
    """Return every function of the project and its file."""
    return [
        (path, node)
        for path, tree in python_files()
        if not is_revision(path)
        for node in ast.walk(tree)
        if isinstance(node, Function)
    ]


def size(function: Function) -> int:
    """Return the lines of a function, docstring included, decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def source(path: Path, function: Function) -> str:
    """Return the text of a function."""
    return "\n".join((ROOT / path).read_text().splitlines()[function.lineno - 1 : function.end_lineno])


def test_no_file_is_long() -> None:
    written = [path for path in files() if path.suffix in WRITTEN and not is_revision(path)]
    long = [path for path in written if lines(path) > FILE and REASON not in (ROOT / path).read_text()]
    assert not long, "\n".join(f"{path}: {lines(path)}" for path in long)


def test_most_files_are_short() -> None:
    sizes = {path: lines(path) for path, _ in python_files() if not is_revision(path)}
    longer = sorted((size, str(path)) for path, size in sizes.items() if size > MOST_FILES)
    assert len(longer) <= (1 - MOST) * len(sizes), "\n".join(f"{path}: {size}" for size, path in longer)


def test_no_function_is_long() -> None:
    long = [(path, node) for path, node in functions() if size(node) > FUNCTION]
    told = [f"{path}: {node.name}, {size(node)}" for path, node in long if REASON not in source(path, node)]
    assert not told, "\n".join(told)


def test_most_functions_are_short() -> None:
    sizes = [size(node) for _, node in functions()]
    assert sum(size <= MOST_FUNCTIONS for size in sizes) / len(sizes) >= MOST


def test_every_function_says_what_it_returns() -> None:
    silent = [f"{path}:{node.lineno} {node.name}" for path, node in functions() if node.returns is None]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("room", sorted(path.parent for path in ROOT.glob("workflows/*/__init__.py")))
def test_a_large_room_says_why(room: Path) -> None:
    inside = [path for path, _ in python_files("workflows") if (ROOT / path).is_relative_to(room)]
    face = ast.get_docstring(parsed((room / "__init__.py").relative_to(ROOT))) or ""
    assert sum(map(lines, inside)) <= ROOM or "lines" in face
