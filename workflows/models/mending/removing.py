"""Takes what a model no longer has out of a scenario's rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflows.models.expecting import as_mapping
from workflows.models.mending.gaps import gate_of_effect
from workflows.models.mending.sheet import Line, Raw, Sheet


def without(sheet: Sheet, gone: Iterable[str], in_gates: Collection[str] = ()) -> Sheet:
    """Return a scenario whose rows name nothing that is gone; rows that say nothing else are left out.

    `in_gates` are the steps that stand in gates: those done just before the decision of a gate that is gone go too.
    """
    names = frozenset(gone)
    lines: list[Line] = []
    for number, line in enumerate(sheet.lines):
        kept = _line(line, sheet.lines[number:], names)
        if kept is not None:
            lines.append(kept)
        elif "decide" in line.raw:
            while lines and _nodes(lines[-1].raw) and set(_nodes(lines[-1].raw)) <= set(in_gates):
                lines.pop()
    head = dict(sheet.head)
    if "usual" in head:
        head["usual"] = {node: said for node, said in head["usual"].items() if node not in names}
    accepts = False
    if "expect" in head:
        head["expect"], accepts = _expect(head["expect"], names)
    head = {name: value for name, value in head.items() if value not in ({}, None)}
    return replace(sheet, head=head, lines=tuple(lines), accepts=accepts)


def _line(line: Line, following: Sequence[Line], gone: frozenset[str]) -> Line | None:
    """Return a row without what is gone; None when nothing is left of it."""
    raw = line.raw
    if "do" in raw:
        nodes = _nodes(raw)
        kept = [node for node in nodes if node not in gone]
        return _with(line, {"do": kept[0] if len(kept) == 1 else kept}, same=kept == nodes) if kept else None
    if "decide" in raw:
        return None if raw["decide"] in gone else line
    if "until" in raw:
        return _until(line, following, gone)
    if "expect" in raw:
        expect, accepts = _expect(raw["expect"], gone)
        if not expect and not accepts:
            return None
        return replace(_with(line, {"expect": expect}, same=expect == raw["expect"]), accepts=accepts)
    return line


def _until(line: Line, following: Sequence[Line], gone: frozenset[str]) -> Line | None:
    """Return a way to what is gone as one to what the next row does."""
    answers = {node: said for node, said in (line.raw.get("with") or {}).items() if node not in gone}
    given = {"with": answers} if answers else {}
    rest = {name: value for name, value in line.raw.items() if name != "with"}
    if line.raw["until"] not in gone:
        return replace(line, raw={**rest, **given})
    target = next((name for later in following[1:] if (name := _first(later.raw, gone))), "")
    return replace(line, raw={**rest, "until": target, **given}) if target else None


def _first(raw: Raw, gone: frozenset[str]) -> str:
    names = _nodes(raw)
    names += [raw[verb] for verb in ("until", "decide") if verb in raw]
    return next((str(name) for name in names if name not in gone), "")


def _nodes(raw: Raw) -> list[str]:
    """Return the steps that a row does."""
    done = raw.get("do") or []
    return [done] if isinstance(done, str) else list(done)


def _with(line: Line, change: Raw, *, same: bool) -> Line:
    return line if same else replace(line, raw={**line.raw, **change})


def _expect(expect: Mapping[str, Any], gone: frozenset[str]) -> tuple[dict[str, Any], bool]:
    """Return expectations without what is gone, and whether what is open was among them."""
    kept: dict[str, Any] = {}
    accepts = False
    for key, wanted in expect.items():
        match key:
            case "open" | "open_has":
                found: Any = [entry for entry in wanted if as_mapping(entry)["node"] not in gone]
                accepts = accepts or (key == "open" and len(found) < len(wanted))
            case "closed" | "passed":
                found = [name for name in wanted if name not in gone]
            case "due" | "gates":
                found = {name: value for name, value in wanted.items() if name not in gone}
            case "effects":
                found = [text for text in wanted if gate_of_effect(text) not in gone]
            case _:
                found = wanted
        if found == wanted or found or key == "open":
            kept[key] = found
    return kept, accepts
