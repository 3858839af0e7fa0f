"""Where the names of lines and of shapes without room for one stand: clear of shapes, of names, and of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflows.models.editing.layout_picture import Box, Point
from workflows.models.editing.layout_words import label_size

FRAME = 600.0
"""A box as wide as this is a frame: names may stand in it."""

BESIDE = 4.0
"""Between a shape and its name."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a name must not stand on: shapes and other names, and lines, which hurt less."""

    boxes: tuple[Box, ...]
    lines: tuple[Box, ...]

    @classmethod
    def of(cls, boxes: Iterable[Box], lines: Iterable[Sequence[Point]]) -> Surroundings:
        """Return the surroundings made of boxes and lines; frames are left out, names may stand in them."""
        solid = tuple(box for box in boxes if box.width < FRAME)
        return cls(solid, tuple(piece for line in lines for piece in _pieces(line)))

    def free(self, place: Box) -> bool:
        """Tell whether nothing is where a name would stand."""
        return not self._harm(place)

    def best(self, places: Sequence[Box]) -> Box:
        """Return the first of the places that are harmed least; earlier ones are nearer to what is named."""
        return min(places, key=self._harm)

    def _harm(self, place: Box) -> int:
        on_boxes = sum(place.overlaps(box) for box in self.boxes)
        return 3 * on_boxes + sum(place.overlaps(line) for line in self.lines)


def _pieces(line: Sequence[Point]) -> Iterator[Box]:
    for one, other in pairwise(line):
        x, y = min(one[0], other[0]), min(one[1], other[1])
        yield Box(x - 1, y - 1, abs(one[0] - other[0]) + 2, abs(one[1] - other[1]) + 2)


def name_place(name: str, line: list[Point], around: Surroundings) -> Box:
    """Return a free place for a line's name: over a level piece near its beginning, else beside an upright one."""
    return around.best(list(_along(line, *label_size(name))))


def _along(line: list[Point], width: float, height: float) -> Iterator[Box]:
    for one, other in pairwise(line):
        if abs(one[1] - other[1]) < 1:
            step = 1 if other[0] > one[0] else -1
            for away in (6, 30, 60):
                x = one[0] + away * step - (width if step < 0 else 0)
                yield Box(x, one[1] - height - 2, width, height)
                yield Box(x, one[1] + 3, width, height)
        else:
            for part in (0.5, 0.25, 0.75):
                y = one[1] + (other[1] - one[1]) * part - height / 2
                yield Box(one[0] + 5, y, width, height)
                yield Box(one[0] - width - 5, y, width, height)


def name_beside(name: str, shape: Box, around: Surroundings) -> Box:
    """Return a free place for the name of a gateway or an event: above or below it, or to the side of its lines."""
    width, height = label_size(name)
    middle, above, below = shape.middle[0], shape.y - BESIDE - height, shape.bottom + BESIDE
    across = (middle - width / 2, middle - width - BESIDE, middle + BESIDE, shape.x - width, shape.right)
    return around.best([Box(x, y, width, height) for x in across for y in (above, below)])
