"""The components of a form as the rows of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.asking.components import CONTAINERS, Place, address_of, inside_of, part_of, text_of
from workflows.models.asking.questions import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A component as the list of a form shows it, with `inside` others in it; `was` tells a change by somebody else."""

    place: Place
    type: str
    label: str
    key: str
    required: bool
    conditional: bool
    help: str
    first: bool
    last: bool
    was: str
    inside: int = 0

    @property
    def depth(self) -> int:
        """How many containers it lies in."""
        return len(self.place) - 1

    @property
    def is_container(self) -> bool:
        """Whether other components lie in it."""
        return self.type in CONTAINERS

    @property
    def place_after(self) -> str:
        """The place behind it, as addresses write it."""
        return address_of((*self.place[:-1], self.place[-1] + 1))

    @property
    def place_inside(self) -> str:
        """The place of a component added last in it, as addresses write it."""
        return address_of((*self.place, self.inside))

    @property
    def address(self) -> str:
        """Its place as addresses write it: "2-0"."""
        return address_of(self.place)


def rows_of(schema: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return every component, outermost first, in the order of the page."""
    return tuple(_rows(schema, ()))


def _rows(container: Mapping[str, Any], place: Place) -> Iterator[Row]:
    inside = inside_of(container)
    for number, component in enumerate(inside):
        here = (*place, number)
        yield Row(
            place=here,
            type=text_of(component, "type"),
            label=label_of(component),
            key=text_of(component, "key") or text_of(component, "path"),
            required=part_of(component, "validate").get("required") is True,
            conditional=bool(part_of(component, "conditional").get("hide")),
            help=text_of(part_of(component, "properties"), "help") or text_of(component, "description"),
            first=number == 0,
            last=number == len(inside) - 1,
            was=fingerprint(component),
            inside=len(inside_of(component)),
        )
        if component.get("type") in CONTAINERS and len(here) < 12:
            yield from _rows(component, here)


def label_of(component: Mapping[str, Any]) -> str:
    """Return what a component is called on the page; a text by its first words."""
    words = next((text for name in ("label", "dateLabel", "timeLabel") if (text := text_of(component, name))), "")
    return words or " ".join(text_of(component, "text").split())[:80]
