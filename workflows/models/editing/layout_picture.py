"""A picture being made: boxes, lines and labels with their places, to be moved about and put into one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from workflows.models.editing.layout_graph import Item, Shape

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `y` grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> Box:
        """Return the box at another place."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def overlaps(self, other: Box, gap: float = 0) -> bool:
        """Tell whether two boxes share ground, or come nearer than `gap`."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )

    def contains(self, other: Box) -> bool:
        """Tell whether another box lies inside, sides touching or not."""
        return self.x <= other.x and self.y <= other.y and self.right >= other.right and self.bottom >= other.bottom


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box round all of them; nothing gives an empty one."""
    found = list(boxes)
    if not found:
        return Box(0, 0, 0, 0)
    x, y = min(box.x for box in found), min(box.y for box in found)
    return Box(x, y, max(box.right for box in found) - x, max(box.bottom for box in found) - y)


@dataclass(slots=True)
class Picture:
    """What is drawn, by BPMN id: the box of a shape, the points of a line, and where the name of either stands."""

    boxes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)

    def add(self, other: Picture, dx: float, dy: float) -> None:
        """Take over another picture, moved."""
        self.boxes |= {key: box.moved(dx, dy) for key, box in other.boxes.items()}
        self.lines |= {key: [(x + dx, y + dy) for x, y in points] for key, points in other.lines.items()}
        self.labels |= {key: box.moved(dx, dy) for key, box in other.labels.items()}

    def around(self) -> Box:
        """Return the box round everything."""
        points = [Box(x, y, 0, 0) for line in self.lines.values() for x, y in line]
        return around([*self.boxes.values(), *self.labels.values(), *points])


def dock(shape: Shape, box: Box, point: Point) -> Point:
    """Return where a straight line from `point` to the middle of a shape meets its outline."""
    x, y = box.middle
    dx, dy = point[0] - x, point[1] - y
    if not dx and not dy:
        return x, box.bottom
    half_width, half_height = box.width / 2, box.height / 2
    if shape is Shape.CIRCLE:
        part = half_width / (dx * dx + dy * dy) ** 0.5
    elif shape is Shape.DIAMOND:
        part = 1 / (abs(dx) / half_width + abs(dy) / half_height)
    else:
        part = min(half_width / abs(dx) if dx else 1e9, half_height / abs(dy) if dy else 1e9)
    return x + dx * part, y + dy * part


def side_point(item: Item, box: Box, y: float, *, right: bool) -> Point:
    """Return the point at height `y` on the right or left outline of a shape."""
    x, middle = box.middle
    half = box.width / 2
    away = abs(y - middle)
    if item.shape is Shape.DIAMOND:
        half = max(0.0, half - away * box.width / box.height)
    elif item.shape is Shape.CIRCLE:
        half = max(0.0, half * half - away * away) ** 0.5
    return (x + half if right else x - half), y
