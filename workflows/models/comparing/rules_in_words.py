"""The decision tables of one version, rule by rule in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.reading import Unread
from workflows.models.comparing.table_words import Speaker
from workflows.models.comparing.tables import read_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInWords:
    """A decision table: the file it lies in, its name, and a sentence for each rule in the order they are tried."""

    file: str
    name: str
    rules: tuple[str, ...]


def tables_in_words(files: Mapping[str, bytes]) -> tuple[TableInWords, ...]:
    """Return the decision tables of a version; files that cannot be read are left out."""
    return tuple(_tables(files))


def _tables(files: Mapping[str, bytes]) -> Iterator[TableInWords]:
    names = Lexicon(files=files)
    for path in sorted(path for path in files if path.endswith(".dmn")):
        try:
            tables, _ = read_tables(files[path], path)
        except Unread:
            continue
        for key, table in tables.items():
            speaker = Speaker(table=table, names=names)
            rules = tuple(f"{speaker.said(rule)}." for rule in table.rules)
            yield TableInWords(file=path, name=table.name or key, rules=rules)
