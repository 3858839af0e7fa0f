"""Diagrams element by element and flow by flow; how they are drawn is one quiet row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from workflows.models.comparing.change import Area, Change, Marks, Scribe, Weight, What
from workflows.models.comparing.drawing import read_drawing
from workflows.models.comparing.drawn import LIES_HERE, Element
from workflows.models.comparing.flow_changes import FlowChanges
from workflows.models.comparing.flow_pairs import FlowPairs, pair_flows
from workflows.models.comparing.folding import contents, follows, lanes_of, weight_of
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.pairing import Pairs, Part, differing, pair
from workflows.models.comparing.part_words import gate_added, gate_removed, phase_added, phase_removed
from workflows.models.comparing.picture import GATE, Picture, neighbours
from workflows.models.comparing.reading import text
from workflows.models.comparing.said import Told
from workflows.models.comparing.shifting import shifts
from workflows.models.comparing.step_words import FORMULAS, tell
from workflows.models.comparing.swedish import upper_first

MAX_SHIFTS = 100
"""So many steps that changed places are told by one row each; beyond it, flow by flow."""


def compare_diagrams(path: str, before: Lexicon, after: Lexicon) -> tuple[tuple[Change, ...], Marks]:
    """Return what differs in a diagram that both versions have, and the marks for its pictures. Raises Unread."""
    old = Picture(drawing=read_drawing(before.files[path], path), names=before)
    new = Picture(drawing=read_drawing(after.files[path], path), names=after)
    comparing = _comparing(path, old, new)
    rows = tuple(comparing.rows())
    return rows, comparing.marks(rows)


def _comparing(path: str, old: Picture, new: Picture) -> _Comparing:
    pairs = pair([_part(one, old) for one in _elements(old)], [_part(one, new) for one in _elements(new)])
    renamed = {was.key: now.key for was, now in pairs.renamed}
    flows = pair_flows(old, new, renamed)
    name = text(new.names.model.get("name")) if path == "project.bpmn" else ""
    process = next((one.name for one in _elements(new) if one.tag == "process" and one.name), path)
    scribe = Scribe(area=Area.DIAGRAM, file=path, where=f"Diagrammet {name or process}")
    return _Comparing(scribe=scribe, old=old, new=new, pairs=pairs, renamed=renamed, flows=flows)


def _elements(picture: Picture) -> tuple[Element, ...]:
    return tuple(picture.drawing.elements.values())


def _part(element: Element, picture: Picture) -> Part:
    """An element by its id; by its content, and where it has no name by what is around it."""
    values = {"tag": element.tag, "name": element.name, **element.values}
    values.pop("@default", None)
    values.pop(LIES_HERE, None)
    around: tuple[str, ...] = ()
    if not element.name:
        drawing = picture.drawing
        around = (*sorted(flow.source for flow in drawing.incoming(element.id)), ">")
        around += tuple(sorted(flow.target for flow in drawing.outgoing(element.id)))
    content = (element.home, tuple(sorted(values.items())), around)
    return Part(key=element.id, values={name: value for name, value in values.items() if value}, content=content)


@dataclass(frozen=True, kw_only=True)
class _Comparing:
    """Two versions of one diagram; `renamed` are new ids by old."""

    scribe: Scribe
    old: Picture
    new: Picture
    pairs: Pairs
    renamed: Mapping[str, str]
    flows: FlowPairs

    @cached_property
    def added(self) -> frozenset[str]:
        return frozenset(part.key for part in self.pairs.added)

    @cached_property
    def removed(self) -> frozenset[str]:
        return frozenset(part.key for part in self.pairs.removed)

    def rows(self) -> Iterator[Change]:
        for part in self.pairs.added:
            if not follows(self.new, part.key, self.added):
                yield self._added(part.key)
        for part in self.pairs.removed:
            if not follows(self.old, part.key, self.removed):
                yield self._removed(part.key)
        for was, now in self.pairs.renamed:
            sentence = f"{upper_first(self.new.call(now.key))} har ny beteckning."
            yield self.scribe.row(now.key, sentence, weight=Weight.WORDING, before=was.key, after=now.key)
        for was, now in self.pairs.all_kept:
            yield from self._changed(was, now)
            yield from self._moved(was.key, now.key)
        yield from self._lanes()
        yield from FlowChanges(
            scribe=self.scribe,
            old=self.old,
            new=self.new,
            pairs=self.flows,
            renamed=self.renamed,
            former={now: was for was, now in self.renamed.items()},
            added=self.added,
            removed=self.removed,
            shifts=tuple(islice(shifts(self.old, self.new, self.renamed), MAX_SHIFTS)),
        ).rows()
        yield from self._layout()

    def marks(self, rows: tuple[Change, ...]) -> Marks:
        """Return which elements of the pictures are new, gone and changed, the folded ones too."""
        known = {*self.new.drawing.elements, *(flow.id for flow in self.new.drawing.flows)}
        loud = [row.element for row in rows if row.weight is not Weight.LAYOUT]
        added = self.added | {flow.id for flow in self.flows.added}
        return Marks(
            added=added,
            removed=self.removed | {flow.id for flow in self.flows.removed},
            changed=frozenset(key for key in loud if key in known) - added,
        )

    def _added(self, key: str) -> Change:
        element, gate = self.new[key], self.new[key].get(GATE)
        after = contents(self.new, key) or neighbours(self.new, key)
        sentence = f"{self.new.new(key)} i {self.new.around(key)}{self._does(self.new, element)}."
        if key in self.new.names.phases:
            sentence = phase_added(self.new.names, key, self.old.names)
        elif gate:
            sentence = gate_added(self.new.names, gate)
        weight, area = weight_of(element), Area.GATE if gate else None
        return self.scribe.row(key, sentence, what=What.ADDED, weight=weight, after=after, area=area)

    def _removed(self, key: str) -> Change:
        element, gate = self.old[key], self.old[key].get(GATE)
        before = contents(self.old, key) or neighbours(self.old, key)
        sentence = f"{upper_first(self.old.call(key))} i {self.old.around(key)} togs bort."
        if key in self.old.names.phases:
            sentence = phase_removed(self.old.names, key)
        elif gate:
            sentence = gate_removed(self.old.names, gate)
        weight, area = weight_of(element), Area.GATE if gate else None
        return self.scribe.row(key, sentence, what=What.REMOVED, weight=weight, before=before, area=area)

    def _does(self, picture: Picture, element: Element) -> str:
        role = element.get("styr.task.@role")
        return f", görs av {picture.names.role(role)}" if role else ""

    def _changed(self, was: Part, now: Part) -> Iterator[Change]:
        old = {**was.values}
        if "@attachedToRef" in old:
            old["@attachedToRef"] = self.renamed.get(old["@attachedToRef"], old["@attachedToRef"])
        gate = Area.GATE if self.new.gate(now.key) else None
        for path, before, after in differing(old, now.values, formulas=FORMULAS):
            told = Told(key=now.key, path=path, before=before or "", after=after or "", old=self.old, new=self.new)
            for said in tell(told):
                yield self.scribe.row(
                    now.key,
                    said.sentence,
                    what=said.what,
                    weight=said.weight,
                    before=said.before,
                    after=said.after,
                    area=said.area or gate,
                )

    def _moved(self, was: str, now: str) -> Iterator[Change]:
        """Yield an element that lies in another phase or part."""
        home = self.old[was].home
        if self.renamed.get(home, home) == self.new[now].home:
            return
        before, after = self.old.around(was), self.new.around(now)
        sentence = f"{upper_first(self.new.call(now))} flyttades från {before} till {after}."
        yield self.scribe.row(
            now, sentence, what=What.MOVED, weight=weight_of(self.new[now]), before=before, after=after
        )

    def _lanes(self) -> Iterator[Change]:
        """Yield elements that lie in another lane, and are not new or gone."""
        old, new = lanes_of(self.old), lanes_of(self.new)
        old = {(lane, self.renamed.get(key, key)) for lane, key in old}
        for lane, key in sorted(old ^ new):
            if key in self.added | self.removed or lane in self.added | self.removed:
                continue
            here = (lane, key) in new
            sentence = f"{upper_first(self.new.call(key))} ligger {'nu' if here else 'inte längre'} i "
            sentence += f"{(self.new if here else self.old).call(lane)}."
            yield self.scribe.row(key, sentence, what=What.MOVED, weight=Weight.LAYOUT)

    def _layout(self) -> Iterator[Change]:
        """Yield the one row that says that the drawing looks otherwise."""
        gone = self.removed | {flow.id for flow in self.flows.removed}
        come = self.added | {flow.id for flow in self.flows.added}
        again = {**self.renamed, **self.flows.ids}
        before = {again.get(key, key): value for key, value in self.old.drawing.layout.items() if key not in gone}
        after = {key: value for key, value in self.new.drawing.layout.items() if key not in come}
        turned = {now.id for _, now in self.flows.turned}
        other = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        if set(other) - turned:
            said = f"{self.scribe.where} är omritat: samma steg och vägar står på andra ställen i bilden."
            yield self.scribe.row("", said, what=What.MOVED, weight=Weight.LAYOUT)
