"""A rule of a decision table as a sentence: *BP2 beslutas av beställaren vid budget under 500 000 kr.*"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.swedish import lower_first
from workflows.models.comparing.feel_words import condition_words, is_negated, literal_words, strings_of, test_words
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.swedish import joined, quoted, upper_first
from workflows.models.comparing.tables import Input, Rule, Table
from workflows.models.comparing.vocabulary import Subject
from workflows.models.deciders.cells import ANY, read_gates
from workflows.models.deciders.naming import IN_KRONOR

GATE = "gate.key"
ALWAYS = "alltid"

MODES = {"single": "ensam", "meeting": "på möte", "votes": "genom röster", "board": "på nämndens möte"}
LEGAL = {"internal": "internt beslut", "delegated": "delegationsbeslut", "board": "nämndens beslut"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Says the rules of one version of a table."""

    table: Table
    names: Lexicon

    def gates(self, rule: Rule) -> str:
        """Which gates a rule is about: "BP2", "Alla beslutspunkter utom BP1"."""
        cell = rule.tests.get(GATE, "-")
        keys = strings_of(cell)
        if keys is None:
            return "Alla beslutspunkter" if cell in {"-", ""} else f"Beslutspunkter där {quoted(cell)}"
        said = joined(self.names.gate(key) for key in keys)
        return f"Alla beslutspunkter utom {said}" if is_negated(cell) else said

    def when(self, rule: Rule) -> str:
        """The conditions of a rule beside the gate; where there are none, what is left for it by the rules above."""
        return joined(self._conditions(rule)) or self._left(rule)

    def _conditions(self, rule: Rule) -> list[str]:
        said = [self.test(column, rule) for column in self.table.inputs if not self._is_gate(column)]
        said += [f"när {quoted(cell)}" for name, cell in rule.tests.items() if name.startswith("#")]
        return [one for one in said if one]

    def _left(self, rule: Rule) -> str:
        """ "alltid", "i övriga fall", or but for whom the rules above name."""
        above = [other for other in self._above(rule) if self.meet(other, rule)] if self.table.is_first else []
        if not above:
            return ALWAYS
        if rule is self.table.rules[-1]:
            return "i övriga fall"
        if not self.table.decides:
            return "när ingen rad ovanför gäller"
        others = dict.fromkeys(self.decider(other) for other in above if self.decider(other) != self.decider(rule))
        return f"utom när {joined(others, 'eller')} beslutar" if others else "i övriga fall"

    def _above(self, rule: Rule) -> list[Rule]:
        place = next((number for number, one in enumerate(self.table.rules) if one is rule), 0)
        return list(self.table.rules[:place])

    def meet(self, one: Rule, other: Rule) -> bool:
        """Whether some gate is asked of both; a cell that lists no gates may be asked of any."""
        gates = [read_gates(rule.tests.get(GATE, ANY)) for rule in (one, other)]
        known = self.names.gates or {"": {}}
        return any(all(cell is None or cell.hold(key) for cell in gates) for key in known)

    def test(self, column: Input, rule: Rule) -> str:
        """One cell of a rule, with what it tests; empty where it lets everything pass."""
        cell = rule.tests.get(column.expression or column.id, "-")
        return test_words(cell, self.subject(column))

    def subject(self, column: Input) -> Subject:
        """What a column is called: by its label, with the unit and the options of what it reads."""
        known = self.names.subject(tuple(column.expression.split(".")))
        label = column.label.removesuffix(IN_KRONOR) or (
            known.label if known else condition_words(column.expression, self.names).strip("”")
        )
        unit = (known.unit if known else "") or ("kr" if column.label.endswith(IN_KRONOR) else "")
        return Subject(label=label, unit=unit, options=known.options if known else {})

    def decider(self, rule: Rule) -> str:
        """ "beställaren"."""
        key = literal_words(rule.answers.get("decider", ""))
        return self.names.role(key)

    def answer(self, name: str, rule: Rule) -> str:
        """An answer as people read it."""
        cell = rule.answers.get(name, "")
        match name:
            case "decider" if self.table.decides:
                return self.decider(rule)
            case "mode" if self.table.decides:
                return literal_words(cell, MODES)
            case "legal_basis" if self.table.decides:
                return literal_words(cell, LEGAL)
        roles = {key: label for key, label in self.names.roles.items() if label}
        return literal_words(cell, roles)

    def output(self, name: str) -> str:
        """What an answer is called."""
        label = next((output.label for output in self.table.outputs if output.name == name), "")
        return lower_first(label or name)

    def said(self, rule: Rule) -> str:
        """The whole rule: who decides which gate when; of other tables, what the answer is when."""
        if self.table.decides:
            return self.decided(rule)
        answers = joined(f"{self.output(name)} {self.answer(name, rule)}" for name in rule.answers)
        return f"{upper_first(self.when_all(rule))} blir {answers}"

    def decided(self, rule: Rule, verb: str = "beslutas", by: str = "av") -> str:
        """ "BP2 beslutas av beställaren vid kostnad under 500 000 kr"; `verb` and `by` say it in another way."""
        when = self.when(rule)
        if when == ALWAYS:
            return f"{self.gates(rule)} {verb} alltid {by} {self.decider(rule)}"
        comma = "," if when.startswith("utom") else ""
        return f"{self.gates(rule)} {verb} {by} {self.decider(rule)}{comma} {when}"

    def when_all(self, rule: Rule) -> str:
        """The conditions of a rule, the gate among them."""
        gates = f"vid {lower_first(self.gates(rule))}" if GATE in rule.tests else ""
        return joined(filter(None, [gates, self.when(rule)]))

    def columns(self) -> Iterator[Input]:
        """The columns that are tested."""
        yield from self.table.inputs

    def _is_gate(self, column: Input) -> bool:
        return column.expression == GATE
