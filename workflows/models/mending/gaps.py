"""What a model has that its scenarios do not know, and what they still name that it no longer has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.engine import OpenTask
from workflows.models.bundle import Bundle
from workflows.models.expecting import as_mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The steps and gates that are new to the scenarios, and the names in them that the model does not have.

    In the order drawn; `gone` in the order in which they are named.
    """

    steps: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to mend."""
        return bool(self.steps or self.gates or self.gone)

    def is_new(self, task: OpenTask) -> bool:
        """Tell whether an open task is a new step, or stands in a new gate."""
        return task.gate in self.gates or task.node in self.steps


def unmet(gaps: Gaps, stops: Iterable[OpenTask], told: Iterable[Mapping[str, Any]]) -> Gaps:
    """Leave out what scenarios know by now: no scenario stops at it, and one of `told` names it."""
    tasks = list(stops)
    nodes, gates = {task.node for task in tasks}, {task.gate for task in tasks}
    named = {name for raw in told for name in names_in(raw)}
    return Gaps(
        steps=tuple(node for node in gaps.steps if node in nodes or node not in named),
        gates=tuple(key for key in gaps.gates if key in gates or key not in named),
        gone=gaps.gone,
    )


def gaps_of(bundle: Bundle, told: Iterable[Mapping[str, Any]], base: Bundle | None) -> Gaps:
    """Return the gaps between a model and its scenarios (`told`: their files, and the usual answers as `usual`).

    New is what `base`, the version that the draft began on, does not have. Without one it is what nothing names.
    """
    named = list(dict.fromkeys(name for raw in told for name in names_in(raw)))
    drawn, executable = bundle.executable.diagram.nodes, bundle.executable
    known = set(named)
    if base is not None:
        known = {*base.executable.diagram.nodes, *base.executable.gates}
    return Gaps(
        steps=tuple(node for node in executable.tasks if node not in known),
        gates=tuple(key for key in executable.gates if key not in known),
        gone=tuple(name for name in named if name not in drawn and name not in executable.gates),
    )


def names_in(raw: Mapping[str, Any]) -> Iterator[str]:
    """Yield the steps, gates and events that a scenario's file names."""
    yield from raw.get("usual") or ()
    for step in raw.get("steps") or ():
        done = step.get("do") or ()
        yield from (done,) if isinstance(done, str) else done
        yield from (step[verb] for verb in ("until", "decide") if verb in step)
        yield from (step.get("with") or ()) if "until" in step else ()
        yield from _expected(step.get("expect") or {})
    yield from _expected(raw.get("expect") or {})


def _expected(expect: Mapping[str, Any]) -> Iterator[str]:
    for entry in (*(expect.get("open") or ()), *(expect.get("open_has") or ())):
        yield str(as_mapping(entry)["node"])
    for key in ("closed", "due", "passed", "gates"):
        yield from expect.get(key) or ()
    for text in expect.get("effects") or ():
        gate = gate_of_effect(text)
        yield from (gate,) if gate else ()


def gate_of_effect(text: str) -> str:
    """Return the gate of an effect as scenarios write it: `record bp3k[d1]`; "" for none."""
    return text.partition(" ")[2].partition("[")[0]
