"""Answers that were handed in before a move, as the other bundle finds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """Answers that were handed in: at which step, inside which activities, for which item.

    `fields` is what expressions may read of them; `asked` the fields that could have been answered, None if any could.
    """

    node: str
    place: str
    item: str | None
    fields: Mapping[str, Any]
    asked: frozenset[str] | None

    def there(self, renamed: Mapping[str, str]) -> Handed:
        """Return the answers under the ids that the other bundle has for where they were given."""
        place = "/".join(_renamed(self.place, renamed)) if self.place else ""
        return replace(self, node=renamed.get(self.node, self.node), place=place)


def _renamed(place: str, renamed: Mapping[str, str]) -> Iterator[str]:
    for part in place.split("/"):
        name, bracket, item = part.partition("[")
        yield renamed.get(name, name) + bracket + item
