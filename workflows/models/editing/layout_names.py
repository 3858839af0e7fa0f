"""Where the name of a line stands."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from workflows.models.editing.layout_picture import Box, Point
from workflows.models.editing.layout_words import label_size

FRAME = 600.0
"""A box as wide as this is a frame: names may stand in it."""


def name_place(name: str, line: list[Point], taken: Iterable[Box]) -> Box:
    """Return a free place for a line's name: over a level piece near its beginning, else beside an upright one."""
    width, height = label_size(name)
    solid = [box for box in taken if box.width < FRAME]
    places: list[Box] = []
    for one, other in pairwise(line):
        if abs(one[1] - other[1]) < 1:
            step = 1 if other[0] > one[0] else -1
            for away in (6, 30, 60):
                x = one[0] + away * step - (width if step < 0 else 0)
                places += [Box(x, one[1] - height - 2, width, height), Box(x, one[1] + 3, width, height)]
        else:
            middle = (one[1] + other[1]) / 2 - height / 2
            places += [Box(one[0] + 5, middle, width, height), Box(one[0] - width - 5, middle, width, height)]
    return next((place for place in places if not any(place.overlaps(box) for box in solid)), places[0])
