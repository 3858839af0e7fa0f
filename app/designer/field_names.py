"""What a form's fields are called: by their label, and where two share it, by what tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from flask_babel import gettext

from workflows.models.asking import TYPES, Row


def called(row: Row) -> str:
    """Return what a field is called: its label, else its key, else what kind it is."""
    return row.label or row.key or gettext(TYPES.get(row.type, row.type))


def spoken_names(rows: Sequence[Row]) -> Mapping[str, str]:
    """Return each field's name by its address, no two alike, for buttons that are heard out of their row (WCAG 2.4.6).

    Where fields share a label, what they lie in and their kind are said, and at last which of them in order.
    """
    by_place = {row.place: row for row in rows}
    names = [called(row) for row in rows]
    shared = _shared(names)
    names = [_told(row, by_place.get(row.place[:-1])) if called(row) in shared else called(row) for row in rows]
    shared, seen = _shared(names), Counter[str]()
    for number, name in enumerate(names):
        if name in shared:
            seen[name] += 1
            names[number] = gettext("%(name)s, nummer %(number)s", name=name, number=seen[name])
    return {row.address: name for row, name in zip(rows, names, strict=True)}


def _shared(names: Sequence[str]) -> frozenset[str]:
    return frozenset(name for name, number in Counter(names).items() if number > 1)


def _told(row: Row, around: Row | None) -> str:
    kind = gettext(TYPES.get(row.type, row.type))
    facts = {"name": called(row), "kind": kind[:1].lower() + kind[1:]}
    if around is None:
        return gettext("%(name)s, %(kind)s", **facts)
    return gettext("%(name)s i %(around)s, %(kind)s", around=called(around), **facts)
