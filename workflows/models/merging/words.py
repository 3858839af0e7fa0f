"""Says in Swedish what two people did to the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from workflows.models.comparing.change import Change, Weight
from workflows.models.comparing.diagrams import compare_diagrams
from workflows.models.comparing.drawing import read_drawing
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.picture import Picture
from workflows.models.comparing.reading import Unread
from workflows.models.comparing.swedish import joined, upper_first
from workflows.models.merging.conflict import LAYOUT, Conflict, ConflictInWords, Side
from workflows.models.merging.deciding import Plan, Versions, group
from workflows.models.merging.mending import mend
from workflows.models.merging.parts import Parts
from workflows.models.merging.weaving import weave

MAX_SAID = 40
"""So many conflicts are told one by one; beyond it, each only says what it is about."""

MAX_NAMED = 4
"""So many moved shapes are named."""

_LED = {"sourceRef": "Lät den börja vid", "targetRef": "Lät den leda till"}


def in_words(
    path: str, files: Mapping[str, bytes], versions: Versions, conflicts: Sequence[Conflict]
) -> tuple[ConflictInWords, ...]:
    """Return the conflicts as people read them; all about how things are drawn is one."""
    teller = _Teller(path, files, versions)
    drawn = [conflict for conflict in conflicts if conflict.key == LAYOUT]
    told = [teller.told(conflict, nr < MAX_SAID) for nr, conflict in enumerate(conflicts) if conflict.key != LAYOUT]
    return (*told, teller.layout(drawn)) if drawn else tuple(told)


class _Teller:
    def __init__(self, path: str, files: Mapping[str, bytes], versions: Versions) -> None:
        self.path, self.versions = path, versions
        self.names = Lexicon(files={**files, path: _written(versions.base)})
        self.pictures = [self._picture(parts) for parts in (versions.mine, versions.theirs, versions.base)]

    def _picture(self, parts: Parts) -> Picture:
        return Picture(drawing=read_drawing(_written(parts), self.path), names=self.names)

    def told(self, conflict: Conflict, in_full: bool) -> ConflictInWords:
        """Return a conflict with a sentence for each of the two."""
        about = self.call(conflict.part)
        said = {side: self._did(conflict, side, about) if in_full else about for side in Side}
        return ConflictInWords(
            key=conflict.key, about=upper_first(about), mine=said[Side.MINE], theirs=said[Side.THEIRS]
        )

    def layout(self, conflicts: Sequence[Conflict]) -> ConflictInWords:
        """Return all about the picture as one."""
        keys = dict.fromkeys(conflict.part.partition(" ")[2] for conflict in conflicts)
        called = [self.call(key) for key in keys]
        more = [f"{len(called) - MAX_NAMED} till"] if len(called) > MAX_NAMED else []
        sentence = f"Ritade om {joined([*called[:MAX_NAMED], *more])}."
        return ConflictInWords(key=LAYOUT, about="Hur det är ritat", mine=sentence, theirs=sentence)

    def call(self, key: str) -> str:
        """Return what the nearest thing with a name is called."""
        owner = key.partition(" ")[0]
        for picture in self.pictures:
            if owner in picture:
                return picture.call(owner)
            flow = next((flow for flow in picture.drawing.flows if flow.id == owner), None)
            if flow is not None:
                return picture.way(flow)
        return "diagrammet"

    def _did(self, conflict: Conflict, side: Side, about: str) -> str:
        """Say what one of them did, by comparing the beginning with the beginning changed in this alone."""
        if conflict.value in _LED:
            end = self.versions.of(side).values(conflict.part).get(conflict.value, "")
            return f"{_LED[conflict.value]} {self.pictures[list(Side).index(side)].call(end)}."
        try:
            rows = [row for row in self._rows(conflict, side) if row.weight is not Weight.LAYOUT]
        except Unread:
            rows = []
        said = " ".join(dict.fromkeys(row.sentence for row in rows))
        if said:
            return said
        return f"{upper_first(about)} togs bort." if conflict.gone is side else f"Ändrade i eller intill {about}."

    def _rows(self, conflict: Conflict, side: Side) -> Iterator[Change]:
        base, changed = self.versions.base, self.versions.of(side)
        only = Versions(base=base, mine=base, theirs=changed)
        plan = Plan(parts={key: dict.fromkeys(part.values, Side.MINE) for key, part in base.by_key.items()})
        if conflict.gone is None and conflict.part in base:
            plan.parts[conflict.part][conflict.value] = Side.THEIRS
        else:
            for key in group(self.versions, conflict):
                plan.parts.pop(key, None)
                if key in changed:
                    plan.parts[key] = dict.fromkeys({**base.values(key), **changed.values(key)}, Side.THEIRS)
        data = etree.tostring(mend(weave(only, plan), only, plan))
        rows, _ = compare_diagrams(self.path, self.names, Lexicon(files={**self.names.files, self.path: data}))
        yield from rows


def _written(parts: Parts) -> bytes:
    return etree.tostring(parts.root)
