"""The flows of a diagram: which are the same, which lead elsewhere, and which a new step already explains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from forms.swedish import lower_first
from workflows.models.comparing.change import Area, Change, Scribe, Weight, What
from workflows.models.comparing.drawn import Flow, grouped
from workflows.models.comparing.feel_words import condition_words
from workflows.models.comparing.flow_pairs import FlowPairs
from workflows.models.comparing.gate_flows import GateWays, way_name
from workflows.models.comparing.other_words import setting_changed
from workflows.models.comparing.pairing import differing, same_formula
from workflows.models.comparing.picture import Picture
from workflows.models.comparing.shifting import Shift
from workflows.models.comparing.swedish import joined, quoted, upper_first

_FORMULAS = frozenset({"condition"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowChanges:
    """Writes the rows about flows.

    `added` and `removed` are the elements that only one side has; `renamed` are new ids by old, `former` old by new.
    """

    scribe: Scribe
    old: Picture
    new: Picture
    pairs: FlowPairs
    renamed: Mapping[str, str]
    former: Mapping[str, str]
    added: frozenset[str]
    removed: frozenset[str]
    shifts: tuple[Shift, ...]

    def rows(self) -> Iterator[Change]:
        """Yield every change that no row about an element explains."""
        for was, now in self.pairs.kept:
            yield from self._changed(was, now)
        for was, now in self.pairs.turned:
            yield from self._turned(was, now)
        yield from self._outcomes()
        for flow in self.pairs.added:
            if not (self._explained_new(flow) or self._shifted(flow) or self._gates.explains_new(flow)):
                yield self._added(flow)
        for flow in self.pairs.removed:
            if not (self._explained_old(flow) or self._shifted(flow) or self._gates.explains_old(flow)):
                yield self._removed(flow)
        for shift in self.shifts:
            yield self._shift(shift)
        yield from self._defaults()
        yield from self._order()
        yield from self._ids()

    @property
    def _gates(self) -> GateWays:
        return GateWays(old=self.old, new=self.new)

    def _explained_new(self, flow: Flow) -> bool:
        """Whether a flow comes with a new element, or closes the gap that a removed one left."""
        ends = {flow.source, flow.target}
        return bool(ends & self.added) or self.old.connects(
            self._was(flow.source), self._was(flow.target), self.removed, flow
        )

    def _explained_old(self, flow: Flow) -> bool:
        """Whether a flow went with a removed element, or a new one was put in its way."""
        ends = {flow.source, flow.target}
        return bool(ends & self.removed) or self.new.connects(flow.source, flow.target, self.added, flow)

    def _shifted(self, *flows: Flow) -> bool:
        """Whether the row about a step that changed places tells of these flows."""
        return not any(flow.condition for flow in flows) and any(shift.explains(*flows) for shift in self.shifts)

    def _shift(self, shift: Shift) -> Change:
        said = [self.old.place(self._was(shift.before)), self.new.place(shift.after)]
        sentence = f"{upper_first(self.new.call(shift.key))} kommer nu {said[1]}."
        return self.scribe.row(shift.key, sentence, what=What.MOVED, before=said[0], after=said[1])

    def _explained_turn(self, was: Flow, now: Flow) -> bool:
        """Whether a flow leads elsewhere since a step was put in, taken out or exchanged."""
        if was.target in self.removed and now.target in self.added:
            return True
        put_in = self.new.connects(was.source, was.target, self.added, now)
        return put_in or self.old.connects(self._was(now.source), self._was(now.target), self.removed, was)

    def _was(self, key: str) -> str:
        return self.former.get(key, key)

    def _changed(self, was: Flow, now: Flow) -> Iterator[Change]:
        name = upper_first(self.new.way(now))
        if was.name != now.name:
            sentence = (
                f"{upper_first(self.new.way(was))} heter nu {quoted(now.name)}."
                if was.name
                else f"{name} fick ett namn."
            )
            yield self._row(now, sentence, was.name, now.name, weight=Weight.WORDING)
        if was.condition != now.condition and not same_formula(was.condition, now.condition):
            yield self._conditioned(name, was, now)
        home = self.renamed.get(was.home, was.home)
        beside = [*differing(was.values, now.values)] + ([("home", home, now.home)] if home != now.home else [])
        for path, before, after in beside:
            sentence = setting_changed(name, path, before, after)
            if path == "home":
                sentence = f"{name} ligger nu i en annan del av diagrammet."
            yield self._row(now, sentence, before or "", after or "", weight=Weight.LAYOUT)

    def _conditioned(self, name: str, was: Flow, now: Flow) -> Change:
        before, after = self._when(self.old, was), self._when(self.new, now)
        sentence = f"{name} gäller nu {after}." if now.condition else f"{name} har inte längre något villkor."
        return self._row(now, sentence, before, after)

    def _when(self, picture: Picture, flow: Flow) -> str:
        return f"när {condition_words(flow.condition, picture.names)}" if flow.condition else ""

    def _turned(self, was: Flow, now: Flow) -> Iterator[Change]:
        yield from self._changed(was, now)
        if self._gates.leads_elsewhere(self._former(was), now):
            return
        if self._gates.explains_new(now) and self._gates.explains_old(was):
            return
        if self._shifted(was, now) or (was.source == now.source and self._explained_turn(was, now)):
            return
        before, after = self._end(self.old, self._was(was.target)), self._end(self.new, now.target)
        weight = Weight.LAYOUT if before == after and was.source == now.source else Weight.DUTY
        yield self._row(now, self._leads(now, after if before != after else ""), before, after, weight=weight)

    def _outcomes(self) -> Iterator[Change]:
        """Yield the outcomes of gates that lead to another phase: what is new between them tells nobody that."""
        for flows, before, after in self._gates.elsewhere((self._former(was), now) for was, now in self.pairs.turned):
            names = joined(dict.fromkeys(way_name(flow) for flow in flows))
            sentence = f"{names} vid {self.new.call(flows[0].source)} leder nu till {after}."
            yield self._row(flows[0], sentence, before, after)

    def _former(self, flow: Flow) -> Flow:
        return replace(flow, target=self._was(flow.target))

    def _end(self, picture: Picture, key: str) -> str:
        return picture.call(picture.arrival(key))

    def _leads(self, flow: Flow, where: str) -> str:
        """ "Efter BP3 leder ”Komplettera” nu till fasen Planering."."""
        source = self.new.call(flow.source)
        if not where:
            way = f"vägen {quoted(flow.name)}" if flow.name else "det"
            return f"Efter {source} går {way} en annan väg till samma ställe."
        return (
            f"Efter {source} leder {quoted(flow.name)} nu till {where}."
            if flow.name
            else (f"Efter {source} kommer nu {where}.")
        )

    def _added(self, flow: Flow) -> Change:
        where, when = self._end(self.new, flow.target), self._when(self.new, flow)
        name = f"vägen {quoted(flow.name)}" if flow.name else "en väg"
        sentence = f"Efter {self.new.call(flow.source)} finns nu {name} till {where}."
        return self._row(flow, sentence, "", f"{where} {when}".strip(), what=What.ADDED)

    def _removed(self, flow: Flow) -> Change:
        source, target = self._was(flow.source), self._was(flow.target)
        where = self._end(self.old, target)
        name = f"vägen {quoted(flow.name)}" if flow.name else "vägen"
        sentence = f"Efter {self.old.call(source)} finns inte längre {name} till {where}."
        return self._row(flow, sentence, f"{where} {self._when(self.old, flow)}".strip(), "", what=What.REMOVED)

    def _defaults(self) -> Iterator[Change]:
        """Yield gateways whose way out, when no condition holds, is another one now."""
        for key, element in self.new.drawing.elements.items():
            was = self._was(key)
            if was not in self.old or key in self.added or self._gates.explains_default(key):
                continue
            before, after = self.old[was].get("@default"), element.get("@default")
            if self.pairs.ids.get(before, before) == after or (before, after) == ("", ""):
                continue
            said = [self._default(self.old, before), self._default(self.new, after)]
            sentence = f"Efter {self.new.call(key)} gäller nu {said[1]} när inget villkor är uppfyllt."
            yield self.scribe.row(key, sentence, before=said[0], after=said[1], area=self._area(key))

    def _default(self, picture: Picture, key: str) -> str:
        flow = next((flow for flow in picture.drawing.flows if flow.id == key), None)
        if flow is None:
            return "ingen väg" if not key else quoted(key)
        return quoted(flow.name) if flow.name else f"vägen till {self._end(picture, flow.target)}"

    def _order(self) -> Iterator[Change]:
        """Yield gateways that try their conditions in another order."""
        old, new = ({flow.id: place for place, flow in enumerate(side.drawing.flows)} for side in (self.old, self.new))
        by_source = grouped((now.source, pair) for pair in self.pairs.both if (now := pair[1]).condition)
        for source, pairs in by_source.items():
            before = [now.id for was, now in sorted(pairs, key=lambda pair: old[pair[0].id])]
            after = [now.id for _, now in sorted(pairs, key=lambda pair: new[pair[1].id])]
            if before != after:
                sentence = f"Efter {self.new.call(source)} prövas vägarna i en annan ordning."
                yield self.scribe.row(source, sentence, what=What.MOVED, area=self._area(source))

    def _ids(self) -> Iterator[Change]:
        other = [(was.id, now.id) for was, now in self.pairs.both if was.id != now.id]
        if other:
            sentence = (
                f"Vägar i {lower_first(self.scribe.where)} är numrerade på ett annat sätt. De leder dit de ledde."
            )
            yield self.scribe.row(other[0][1], sentence, weight=Weight.LAYOUT)

    def _row(
        self,
        flow: Flow,
        sentence: str,
        before: str,
        after: str,
        *,
        weight: Weight = Weight.DUTY,
        what: What = What.CHANGED,
    ) -> Change:
        area = self._area(flow.source)
        return self.scribe.row(flow.id, sentence, weight=weight, what=what, before=before, after=after, area=area)

    def _area(self, source: str) -> Area | None:
        gate = self.new.gate(source) or self.old.gate(self._was(source))
        return Area.GATE if gate else None
