"""Names what is new in a picture that people have laid, and moves the names that new lines run through."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.models.editing.layout_graph import Item
from workflows.models.editing.layout_names import Surroundings, name_beside, name_place
from workflows.models.editing.layout_picture import Box
from workflows.models.editing.layout_scene import Frame, Scene
from workflows.models.editing.layout_words import LINE, label_size


def name(scene: Scene) -> None:
    """Place the names that have no place, and those that something new has come upon; the rest stay where they are."""
    for frame in scene.frames:
        for key in _unplaced(scene, frame):
            scene.picture.labels.pop(key, None)
        for item in frame.scope.items:
            if item.outside_label and item.id in scene.picture.boxes and item.id not in scene.picture.labels:
                scene.picture.labels[item.id] = name_beside(item.name, scene.box(item), _around(scene, frame))
        for flow in frame.scope.flows:
            line = scene.picture.lines.get(flow.id)
            if flow.name and line and flow.id not in scene.picture.labels:
                scene.picture.labels[flow.id] = name_place(flow.name, line, _around(scene, frame))


def _unplaced(scene: Scene, frame: Frame) -> list[str]:
    """Return whose names are to be placed: of new lines and shapes, and what new lines run through."""
    picture, before = scene.picture, scene.before
    new = [line for key, line in picture.lines.items() if before.lines.get(key) != line]
    lines = Surroundings.of((), new)
    flows = [flow.id for flow in frame.scope.flows if flow.name and not flow.association]
    items = [item.id for item in frame.scope.items if item.outside_label]
    return [
        key
        for key in (*flows, *items)
        if (label := picture.labels.get(key)) is not None
        and ((key not in before.labels and key not in before.boxes) or not lines.free(label))
    ]


def _around(scene: Scene, frame: Frame) -> Surroundings:
    """Return what stands in a scope: shapes, names and lines, and the titles of the frames in it."""
    picture = scene.picture
    items = [one for item in frame.scope.items for one in (item, *item.events) if one.id in picture.boxes]
    boxes = [picture.boxes[item.id] for item in items]
    lines = [line for flow in frame.scope.flows if (line := picture.lines.get(flow.id))]
    return Surroundings.of([*boxes, *_titles(scene, items), *picture.labels.values()], lines)


def _titles(scene: Scene, items: list[Item]) -> Iterator[Box]:
    for item in items:
        if item.inside is not None:
            box = scene.box(item)
            width = label_size(item.name, box.width)[0]
            yield Box(box.middle[0] - width / 2, box.y, width, 2 * LINE)
