"""Takes away what is left of a branch when the last step in it goes, where that changes nothing of what is done."""

from __future__ import annotations

from workflows.models.editing.drawing import Drawing
from workflows.models.editing.drawing_parts import Line
from workflows.models.editing.work import styr_of

_PARALLEL, _CHOICE = "parallelGateway", "exclusiveGateway"


def doubled(drawing: Drawing, line: Line) -> bool:
    """Tell whether another flow joins the same two elements."""
    return len(_between(drawing, line)) > 1


def close_branch(drawing: Drawing, line: Line) -> None:
    """Take a flow away that is all there is of a branch, and gateways that neither part nor join anything then.

    A branch of a parallel block goes when the join still waits for the split by another branch. A way out of a
    choice goes when it leads where the only other one leads: what is asked there makes no difference. Elsewhere the
    flow stays: its condition may mean something, as may the wait.
    """
    kinds = (_kind(drawing, line.source), _kind(drawing, line.target))
    if kinds == (_PARALLEL, _PARALLEL) and _waits_anyway(drawing, line):
        drawing.cut(line)
    elif kinds[0] == _CHOICE and (needless := _needless(drawing, line)) is not None:
        drawing.cut(needless)
        for name in ("name", "default"):
            drawing.set_attribute(line.source, name, None)
    else:
        return
    for gateway in (line.source, line.target):
        _dissolve(drawing, gateway)


def _dissolve(drawing: Drawing, node: str) -> None:
    """Lead past a gateway that has one way in and one out, and see whether that leaves another branch empty."""
    into, out = drawing.into(node), drawing.out_of(node)
    passed = len(into) == 1 and len(out) == 1 and out[0].condition is None and into[0] != out[0]
    if not passed or _kind(drawing, node) not in (_PARALLEL, _CHOICE) or _of_gate(drawing, node):
        return
    joined = drawing.change(into[0], target=out[0].target)
    drawing.remove(node)
    close_branch(drawing, joined)


def _waits_anyway(drawing: Drawing, line: Line) -> bool:
    """Tell whether another way into a join comes from the split alone."""
    others = [other for other in drawing.into(line.target) if other.id != line.id]
    return len(drawing.out_of(line.source)) > 1 and any(_only_from(drawing, other, line.source) for other in others)


def _only_from(drawing: Drawing, line: Line, split: str) -> bool:
    """Tell whether whatever comes along a flow has passed a split."""
    stack, seen = [line.source], {split}
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        into = drawing.into(node)
        if not into:
            return False
        stack += [before.source for before in into]
    return True


def _needless(drawing: Drawing, line: Line) -> Line | None:
    """Return the flow with a condition when all that leaves a choice is it and the default, and both lead alike."""
    out = drawing.out_of(line.source)
    if len(out) != 2 or len(_between(drawing, line)) != 2 or _of_gate(drawing, line.source):
        return None
    asked = [other for other in out if other.condition is not None]
    return asked[0] if len(asked) == 1 else None


def _of_gate(drawing: Drawing, node: str) -> bool:
    """Tell whether a gateway parts the outcomes of a gate."""
    sources = (before.source for before in drawing.into(node) if before.source not in drawing.parts)
    return any(styr_of(drawing.element(source), "gate") for source in sources)


def _between(drawing: Drawing, line: Line) -> list[Line]:
    return [one for one in drawing.out_of(line.source) if one.target == line.target]


def _kind(drawing: Drawing, node: str) -> str:
    return drawing.parts[node].kind if node in drawing.parts else drawing.element(node).local
