"""Decision tables rule by rule; rules are matched by what they say, not by where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.swedish import lower_first
from workflows.models.comparing.change import Area, Change, Scribe, Weight, What
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.pairing import differing, out_of_order
from workflows.models.comparing.rule_matching import match_rules, same_answer, same_test
from workflows.models.comparing.swedish import quoted, upper_first
from workflows.models.comparing.table_columns import columns_changed
from workflows.models.comparing.table_words import GATE, Speaker
from workflows.models.comparing.tables import Rule, Table, read_tables
from workflows.models.deciders.cells import ANY, read_gates

_POLICIES = {
    "UNIQUE": "högst en rad får gälla",
    "FIRST": "den första raden som gäller avgör",
    "ANY": "alla rader som gäller ska ge samma svar",
    "COLLECT": "svaren från alla rader som gäller samlas",
}

_ANSWERED = {
    "mode": "{gates} beslutas nu {answer} {when}",
    "legal_basis": "beslutet vid {gates} är nu {answer} {when}",
    "consult": "samråd vid {gates} sker nu med {answer} {when}",
}
"""What is said of an answer beside who decides."""


def compare_tables(path: str, before: Lexicon, after: Lexicon) -> Iterator[Change]:
    """Yield what differs in a file of decision tables that both versions have. Raises Unread."""
    old, old_beside = read_tables(before.files[path], path)
    new, new_beside = read_tables(after.files[path], path)
    for key in dict.fromkeys([*old, *new]):
        if key in old and key in new:
            scribe = Scribe(area=Area.TABLE, file=path, where=new[key].name or key)
            sides = Speaker(table=old[key], names=before), Speaker(table=new[key], names=after)
            yield from _Comparing(scribe=scribe, old=sides[0], new=sides[1]).rows()
        else:
            yield _whole(path, key, old.get(key), new.get(key), before, after)
    scribe = Scribe(area=Area.TABLE, file=path, where="Beslutstabellerna")
    for name, was, now in differing(old_beside, new_beside):
        sentence = "Något om filen med beslutstabeller är ändrat, men ingen tabell."
        yield scribe.row(name, sentence, weight=Weight.LAYOUT, before=was or "", after=now or "")


def _whole(path: str, key: str, old: Table | None, new: Table | None, before: Lexicon, after: Lexicon) -> Change:
    """A table that only one side has."""
    table, names = (new, after) if new else (old or Table(key=key, name=key), before)
    scribe = Scribe(area=Area.TABLE, file=path, where=table.name or key)
    speaker = Speaker(table=table, names=names)
    said = "; ".join(speaker.said(rule) for rule in table.rules)
    weight = Weight.DECIDES if table.decides else Weight.DUTY
    if new:
        return scribe.row(key, f"Ny beslutstabell: {scribe.where}.", what=What.ADDED, weight=weight, after=said)
    return scribe.row(key, f"Beslutstabellen {scribe.where} togs bort.", what=What.REMOVED, weight=weight, before=said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparing:
    """Two versions of one table."""

    scribe: Scribe
    old: Speaker
    new: Speaker

    @property
    def weight(self) -> Weight:
        return Weight.DECIDES if self.new.table.decides or self.old.table.decides else Weight.DUTY

    def rows(self) -> Iterator[Change]:
        pairs = match_rules(self.old.table, self.new.table)
        paired = {id(rule) for pair in pairs for rule in pair}
        for was, now in pairs:
            yield from self._changed(was, now)
        for rule in self.new.table.rules:
            if id(rule) not in paired:
                yield self._added(rule)
        for rule in self.old.table.rules:
            if id(rule) not in paired:
                sentence = f"Raden togs bort: {self.old.said(rule)}."
                if self.old.table.decides:
                    sentence = f"{self.old.decided(rule, 'beslutas inte längre')}."
                yield self.scribe.row(
                    rule.id, sentence, what=What.REMOVED, weight=self.weight, before=self.old.said(rule)
                )
        yield from self._moved(pairs)
        yield from self._quiet(pairs)
        yield from self._beside()

    def _added(self, rule: Rule) -> Change:
        said = self.new.said(rule)
        verb = "beslutas" if self._of_new_gates(rule) else "beslutas nu"
        sentence = self.new.decided(rule, verb) if self.new.table.decides else f"Ny rad: {said}"
        below = self._first_below(rule)
        after = f"{said}. Prövas före raden ”{self.new.said(below)}”." if below is not None else said
        return self.scribe.row(rule.id, f"{sentence}.", what=What.ADDED, weight=self.weight, after=after)

    def _of_new_gates(self, rule: Rule) -> bool:
        """Tell whether a rule is only about gates that were not there before: nobody decided them until now."""
        keys = read_gates(rule.tests.get(GATE, ANY))
        before = self.old.names.gates
        return keys is not None and bool(before) and not any(keys.hold(gate) for gate in before)

    def _first_below(self, rule: Rule) -> Rule | None:
        """The next row that some gate asks too, where the first that holds decides: a new row takes from it."""
        rules = self.new.table.rules
        place = next(number for number, one in enumerate(rules) if one is rule)
        below = (one for one in rules[place + 1 :] if self.new.meet(rule, one))
        return next(below, None) if self.new.table.is_first else None

    def _changed(self, was: Rule, now: Rule) -> Iterator[Change]:
        old, new = self.old.said(was), self.new.said(now)
        tests = [name for name in dict.fromkeys([*was.tests, *now.tests]) if not same_test(name, was, now)]
        answers = [name for name in dict.fromkeys([*was.answers, *now.answers]) if not same_answer(name, was, now)]
        if self.new.table.decides and (tests or "decider" in answers):
            yield self._row(now, f"{self.new.decided(now, 'beslutas nu')}.", old, new)
        elif tests:
            yield self._row(now, f"Raden gäller nu {self.new.when_all(now)}.", old, new)
        for name in answers:
            if not (name == "decider" and self.new.table.decides):
                yield self._answered(name, was, now)
        yield from self._words(was, now)

    def _answered(self, name: str, was: Rule, now: Rule) -> Change:
        old = self.old.answer(name, was) if name in was.answers else ""
        new = self.new.answer(name, now) if name in now.answers else ""
        if self.new.table.decides and name in _ANSWERED:
            gates = lower_first(self.new.gates(now))
            said = _ANSWERED[name].format(gates=gates, answer=new or "inget bestämt", when=self.new.when(now))
            return self._row(now, f"{upper_first(said)}.", old, new)
        about = self.new.when_all(now)
        output = self.new.output(name)
        return self._row(now, f"{upper_first(about)}: {output} är nu {new or 'borta'}.", old, new)

    def _words(self, was: Rule, now: Rule) -> Iterator[Change]:
        if was.description != now.description:
            turned = "har ny förklaring" if now.description else "har inte längre någon förklaring"
            sentence = f"Raden ”{self.new.said(now)}” {turned}."
            yield self._row(now, sentence, was.description, now.description, weight=Weight.WORDING)

    def _quiet(self, pairs: list[tuple[Rule, Rule]]) -> Iterator[Change]:
        """Yield one row for all that is told of rules and has no meaning: their ids, and those of their cells."""
        other = [(was, now) for was, now in pairs if was.id != now.id or any(differing(was.beside, now.beside))]
        if other:
            sentence = f"Raderna i tabellen {self.scribe.where} är numrerade på ett annat sätt. De betyder detsamma."
            yield self.scribe.row(self.new.table.key, sentence, weight=Weight.LAYOUT)

    def _row(self, rule: Rule, sentence: str, before: str, after: str, *, weight: Weight | None = None) -> Change:
        return self.scribe.row(rule.id, sentence, weight=weight or self.weight, before=before, after=after)

    def _moved(self, pairs: list[tuple[Rule, Rule]]) -> Iterator[Change]:
        """Yield rules that are tried in another order; where only one may hold, the order is looks."""
        names = {id(now): str(id(was)) for was, now in pairs}
        decides = self.new.table.is_first
        after = [names[id(rule)] for rule in self.new.table.rules if id(rule) in names]
        here = set(after)
        moved = out_of_order([str(id(rule)) for rule in self.old.table.rules if str(id(rule)) in here], after)
        places = {str(id(rule)): place for place, rule in enumerate(self.old.table.rules, 1)}
        first = self.new.table.beside.get("decisionTable/@hitPolicy") in {"FIRST", "COLLECT"}
        for place, rule in enumerate(self.new.table.rules, 1):
            if names.get(id(rule)) in moved:
                passed = self._passed(rule, pairs) if decides else []
                sentence = f"Raden ”{self.new.said(rule)}” {self._order(place, passed)}."
                weight = self.weight if (passed if decides else first) else Weight.LAYOUT
                before = f"nummer {places[names[id(rule)]]}"
                yield self.scribe.row(
                    rule.id, sentence, what=What.MOVED, weight=weight, before=before, after=f"nummer {place}"
                )

    def _passed(self, rule: Rule, pairs: list[tuple[Rule, Rule]]) -> list[tuple[Rule, bool]]:
        """The rules that a rule changed places with and that some gate asks too, and whether it stands above them."""
        old, new = ({id(one): n for n, one in enumerate(side.table.rules)} for side in (self.old, self.new))
        was = {id(now): old[id(before)] for before, now in pairs}
        here = id(rule)
        return [
            (other, new[here] < new[id(other)])
            for _, other in sorted(pairs, key=lambda pair: new[id(pair[1])])
            if (was[here] - was[id(other)]) * (new[here] - new[id(other)]) < 0 and self.new.meet(rule, other)
        ]

    def _order(self, place: int, passed: list[tuple[Rule, bool]]) -> str:
        """ "står nu över raden ”…” och prövas först"; where no gate asks both, the order decides nothing."""
        if not passed:
            return f"står nu som nummer {place}, vilket inte ändrar något"
        other, above = passed[0]
        more = f" och {len(passed) - 1} till" if len(passed) > 1 else ""
        if above:
            return f"prövas nu före raden ”{self.new.said(other)}”{more}, och gäller när båda stämmer"
        return f"prövas nu efter raden ”{self.new.said(other)}”{more}, som gäller när båda stämmer"

    def _beside(self) -> Iterator[Change]:
        old, new = self.old.table, self.new.table
        if old.name != new.name:
            sentence = f"Beslutstabellen {quoted(old.name)} heter nu {quoted(new.name)}."
            yield self.scribe.row(new.key, sentence, weight=Weight.WORDING, before=old.name, after=new.name)
        yield from columns_changed(self.scribe, self.old, self.new)
        for path, was, now in differing(old.beside, new.beside):
            policy = path == "decisionTable/@hitPolicy"
            sentence = f"Beslutstabellens uppgift {quoted(path)} är ändrad."
            if policy:
                sentence = f"I beslutstabellen {new.name} gäller nu: {_POLICIES.get(now or 'UNIQUE', now)}."
            weight = Weight.LAYOUT if path.endswith("@id") else self.weight
            said = [_POLICIES.get(one or "UNIQUE", one) if policy else one or "" for one in (was, now)]
            yield self.scribe.row(new.key, sentence, weight=weight, before=said[0], after=said[1])
