"""Puts right in a merged diagram what follows from its parts: flows without ends, what elements say of their flows, and
the picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from lxml import etree

from workflows.models.merging.deciding import WAYPOINTS, Plan, Versions
from workflows.models.merging.parts import BLOB, BPMN, ENDS, HOLDER, LIES_HERE, Part, Parts, read_parts

BOUNDS = f"{BLOB}{{http://www.omg.org/spec/DD/20100524/DC}}Bounds"
_MUST_EXIST = ("sourceRef", "targetRef", "attachedToRef")
_CONTAINERS = frozenset({"process", "subProcess", "participant", "lane", "collaboration", "adHocSubProcess", "group"})


def mend(woven: Parts, versions: Versions, plan: Plan) -> etree._Element:
    """Return the root with nothing that leads nowhere, and nothing drawn where it can't be."""
    while lost := [part for part in woven.by_key.values() if _leads_nowhere(woven, part)]:
        for part in lost:
            _remove(part.node)
        woven = read_parts(woven.root)
    for part in woven.by_key.values():
        if (default := part.node.get("default")) and default not in woven:
            del part.node.attrib["default"]
        for child in list(part.node.iterchildren(LIES_HERE)):
            if (child.text or "").strip() not in woven:
                part.node.remove(child)
        for holder in [one for one in part.node.iterchildren(HOLDER) if not len(one)]:
            part.node.remove(holder)
    if any(True for _ in woven.root.iter(*ENDS)):
        _tell_ends(woven)
    for part in list(_misdrawn(woven, versions, plan)):
        _remove(part.node)
    return woven.root


def _leads_nowhere(woven: Parts, part: Part) -> bool:
    if part.drawn:
        return bool(part.pictures) and part.pictures not in woven
    return any(part.values.get(name) and part.values[name] not in woven for name in _MUST_EXIST)


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _tell_ends(woven: Parts) -> None:
    """Let each element name the flows that reach and leave it, those it named already in their order."""
    touching: dict[str, dict[str, list[str]]] = defaultdict(lambda: {tag: [] for tag in ENDS})
    for key, part in woven.by_key.items():
        if part.tag == "sequenceFlow":
            touching[part.values.get("targetRef", "")][ENDS[0]].append(key)
            touching[part.values.get("sourceRef", "")][ENDS[1]].append(key)
    for key, part in woven.by_key.items():
        for tag in ENDS if not part.drawn else ():
            wanted = list(touching[key][tag]) if key in touching else []
            for child in list(part.node.iterchildren(tag)):
                if (said := (child.text or "").strip()) in wanted:
                    wanted.remove(said)
                else:
                    part.node.remove(child)
            for flow in wanted:
                child = part.node.makeelement(tag)
                child.text = flow
                part.node.insert(_after(part.node, tag), child)


def _after(node: etree._Element, tag: str) -> int:
    first = (f"{BPMN}documentation", HOLDER, *ENDS)
    before = first[: first.index(tag) + 1]
    return 1 + max((at for at, child in enumerate(node) if child.tag in before), default=-1)


def _misdrawn(woven: Parts, versions: Versions, plan: Plan) -> Iterator[Part]:
    """Yield the pictures that a layout has to make anew: new shapes on others, and lines whose ends have moved."""
    boxes = {part.pictures: box for part in woven.by_key.values() if (box := box_of(part)) is not None}
    replaced = set(_covering(woven, versions, boxes))
    for key, part in woven.by_key.items():
        shape_wrong = part.tag == "BPMNShape" and part.pictures in replaced
        line = part.tag == "BPMNEdge"
        if shape_wrong or (line and (key in plan.rerouted or _is_off(woven, versions, part, replaced))):
            yield part


Box = tuple[float, float, float, float]


def box_of(part: Part | None) -> Box | None:
    """Return where a shape is drawn: left, top, right, bottom."""
    if part is None or part.tag != "BPMNShape":
        return None
    bounds = next((child for child in part.node if str(child.tag).endswith("}Bounds")), None)
    if bounds is None:
        return None
    try:
        x, y, width, height = (float(bounds.get(name, "")) for name in ("x", "y", "width", "height"))
    except ValueError:
        return None
    return x, y, x + width, y + height


def _covering(woven: Parts, versions: Versions, boxes: Mapping[str, Box]) -> Iterator[str]:
    """Yield what the other drew anew on top of something else; events sit on what they belong to."""
    solid = {key: box for key, box in boxes.items() if _is_solid(woven, key)}
    for key in solid:
        shape = f"BPMNShape {key}"
        if shape in versions.mine or shape in versions.base:
            continue
        near = (box for other, box in solid.items() if other != key and f"BPMNShape {other}" in versions.mine)
        if any(_overlap(solid[key], box) for box in near):
            yield key


def _is_solid(woven: Parts, key: str) -> bool:
    return key in woven and woven[key].tag not in _CONTAINERS | {"boundaryEvent", "textAnnotation"}


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _is_off(woven: Parts, versions: Versions, edge: Part, replaced: set[str]) -> bool:
    """Tell whether a line was drawn between shapes that are elsewhere now."""
    flow = woven.by_key.get(edge.pictures)
    if flow is None:
        return False
    ends = [flow.values.get(name, "") for name in ("sourceRef", "targetRef")]
    if replaced.intersection(ends):
        return True
    origin = next(
        (parts for parts in (versions.mine, versions.theirs) if _drawn_alike(parts, edge)),
        versions.mine,
    )
    return any(
        box_of(origin.by_key.get(f"BPMNShape {end}")) != box_of(woven.by_key.get(f"BPMNShape {end}")) for end in ends
    )


def _drawn_alike(parts: Parts, edge: Part) -> bool:
    return parts.values(edge.key).get(WAYPOINTS) == edge.values.get(WAYPOINTS)
