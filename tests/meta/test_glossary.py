"""One vocabulary: docs/glossary.md says what each thing is called, and the code calls it that."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from tests.meta.sources import ROOT, files, python_files

PAGE = ROOT / "docs" / "glossary.md"
KEPT, NOT_USED = "Kept for", "Not used"
MACHINERY = ("workflows/kernel", "workflows/engine", "workflows/migrations", "forms/feel")
"""Where no word of the domain is spoken: a job may pause, and a foreign key be suspended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A row of a table; `heading` is the one above it."""

    heading: str
    cells: tuple[str, ...]

    @property
    def identifier(self) -> str:
        return self.cells[1].strip("`")


@cache
def rows() -> tuple[Term, ...]:
    """Return the rows of all tables, without their heads."""
    found, heading = [], ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith(("| Svenska", "| Word", "| ---")):
            found.append(Term(heading=heading, cells=tuple(cell.strip() for cell in line.strip("|").split("|"))))
    return tuple(found)


def terms() -> list[Term]:
    """Return the words that may be used."""
    return [row for row in rows() if row.heading != NOT_USED]


def not_used() -> list[str]:
    """Return the words that may not."""
    return [row.cells[0].strip("`") for row in rows() if row.heading == NOT_USED]


def test_every_row_is_whole() -> None:
    assert len(terms()) > 120
    assert [row.cells for row in rows() if not all(row.cells)] == []
    assert [row.cells for row in terms() if len(row.cells) != 4 or not row.cells[2].endswith(".")] == []
    assert [row.cells for row in rows() if row.heading == NOT_USED and len(row.cells) != 3] == []


def test_identifiers_are_in_snake_case() -> None:
    assert [row.identifier for row in terms() if not re.fullmatch(r"`[a-z]+(_[a-z]+)*`", row.cells[1])] == []


@pytest.mark.parametrize("column", [0, 1], ids=["Swedish", "identifier"])
def test_no_term_stands_twice(column: int) -> None:
    counted = Counter(row.cells[column].lower() for row in terms())
    assert [word for word, count in counted.items() if count > 1] == []


def test_every_term_of_the_code_is_found_where_the_page_says() -> None:
    used = [row for row in terms() if not row.heading.startswith(KEPT)]
    assert [row.cells for row in used if not is_found(row.identifier, row.cells[3].strip("`"))] == []


def is_found(identifier: str, folder: str) -> bool:
    """Whether the identifier occurs in a file of the folder, or in its name, in either way of writing."""
    pattern = re.compile(f"{identifier}|{identifier.replace('_', '')}", re.I)
    inside = [path for path in files() if path.is_relative_to(folder) and path.suffix != ".css"]
    return any(pattern.search(str(path)) or pattern.search((ROOT / path).read_text()) for path in inside)


# What the code calls things.


def words(name: str) -> list[str]:
    """Split an identifier: DecisionOutcome, decision_outcome → decision, outcome."""
    return re.findall(r"[A-ZÅÄÖ]?[a-zåäö]+|[A-ZÅÄÖ]+(?![a-zåäö])", name)


def names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each name that a file gives to something of its own, and the line."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.Name(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                yield (node.id if isinstance(node, ast.Name) else node.attr), node.lineno


@cache
def named() -> tuple[tuple[str, str], ...]:
    """Return every name the product gives, with file and line."""
    return tuple(
        (name, f"{path}:{line}")
        for path, tree in python_files("app", "forms", "workflows")
        for name, line in names(tree)
    )


def test_no_name_uses_a_word_that_is_not_used() -> None:
    found = [
        f"{where} {name}: {word}"
        for name, where in named()
        for word in set(not_used()) & {part.lower() for part in words(name)}
        if not where.startswith(MACHINERY)
    ]
    assert not found, "\n".join(found)


def test_no_name_is_swedish() -> None:
    swedish = {folded for row in terms() for word in re.findall(r"\w{5,}", row.cells[0]) for folded in folds(word)}
    english = {word for row in terms() for word in row.identifier.split("_")} | {"organ"}
    found = [
        f"{where} {name}: {word}"
        for name, where in named()
        for word in (swedish - english) & {part.lower() for part in words(name)}
    ]
    assert not found, "\n".join(found)


def folds(word: str) -> set[str]:
    """Return a Swedish word as it is written, and without its dots and rings."""
    plain = unicodedata.normalize("NFKD", word.lower())
    return {word.lower(), "".join(letter for letter in plain if not unicodedata.combining(letter))}
