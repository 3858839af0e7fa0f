"""Reads decision tables (DMN 1.3) with FEEL, and refuses what we would not run right.

SpiffWorkflow never sees a DMN file: its tables evaluate Python. `inputValues` and `outputValues` help the editor and
bind nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from forms import feel
from workflows.engine.decision_tables import AGGREGATIONS, Decision, DecisionConflict, HitPolicy, Rule, Table
from workflows.engine.errors import EngineRefused, Finding
from workflows.kernel.errors import _l

__all__ = ["Decision", "DecisionConflict", "DecisionRefused", "read_decisions"]

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"

MAX_DECISIONS = 100
"""Decisions in one file; each may require the others, in a chain."""

_READ_ASIDE = frozenset(
    {"decision", "inputData", "knowledgeSource", "itemDefinition", "textAnnotation", "association", "group"}
    | {"description", "extensionElements", "elementCollection", "performanceIndicator", "organizationUnit"}
)
"""What may stand in a file: decisions, and what says nothing about how they are evaluated."""

_BESIDE_LOGIC = frozenset(
    {"description", "extensionElements", "question", "allowedAnswers", "variable", "informationRequirement"}
    | {"authorityRequirement", "supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner"}
    | {"usingProcess", "usingTask"}
)
"""What may stand in a decision beside its logic."""


class DecisionRefused(EngineRefused):
    """A DMN file holds something that we don't run, or FEEL that does not parse; `findings` says what and where."""

    code = "decision_refused"
    message = _l("Beslutstabellen kan inte köras. {first}")


def read_decisions(root: etree._Element) -> Mapping[str, Decision]:
    """Return every decision of a DMN 1.3 file by id. Raises DecisionRefused with all that is wrong in the file."""
    reader = _Reader(root)
    decisions = reader.decisions()
    if reader.findings:
        raise DecisionRefused(reader.findings)
    return decisions


class _Reader:
    """Reads one file; what is wrong goes to `findings`, and reading goes on behind it."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self._made: dict[str, Decision | None] = {}
        self._elements: dict[str, etree._Element] = {}

    def decisions(self) -> dict[str, Decision]:
        if self.root.tag != f"{DMN}definitions":
            self._refuse(self.root, "Filen är inte en beslutstabell i DMN 1.3.")
            return {}
        self._check_language(self.root)
        for child in self._children(self.root, _READ_ASIDE):
            if child.tag == f"{DMN}decision":
                self._keep(child)
        if len(self._elements) > MAX_DECISIONS:
            self._refuse(self.root, f"Filen har fler än {MAX_DECISIONS} beslut. Dela upp den.")
            return {}
        made = {key: self._decision(key) for key in self._elements}
        return {key: decision for key, decision in made.items() if decision is not None}

    def _keep(self, element: etree._Element) -> None:
        key = element.get("id", "")
        if not key or key in self._elements:
            self._refuse(element, "Ett beslut saknar id, eller delar det med ett annat. Ge det ett eget.")
        self._elements[key] = element

    def _decision(self, key: str) -> Decision | None:
        """The decision with this id; None for one whose logic could not be read, or that is being read."""
        if key not in self._made:
            self._made[key] = None
            element = self._elements[key]
            required = tuple(self._required(element))
            logic = self._logic(element)
            if logic is not None:
                self._made[key] = Decision(id=key, name=element.get("name", ""), logic=logic, required=required)
        return self._made[key]

    def _required(self, element: etree._Element) -> Iterator[Decision]:
        for reference in element.iterfind(f"{DMN}informationRequirement/{DMN}requiredDecision"):
            key = (reference.get("href") or "").removeprefix("#")
            if key not in self._elements:
                self._refuse(element, f"Beslutet bygger på ”{key}”, som inte finns i filen.")
                continue
            decision = self._decision(key)
            if decision is None:
                self._refuse(
                    element, f"Beslutet bygger på ”{key}”, som bygger på detta beslut eller inte går att läsa."
                )
            else:
                yield decision

    def _logic(self, element: etree._Element) -> Table | feel.Expression | None:
        found = list(self._children(element, _BESIDE_LOGIC | {"decisionTable", "literalExpression"}))
        for child in found:
            if child.tag == f"{DMN}decisionTable":
                return self._table(child)
            if child.tag == f"{DMN}literalExpression":
                return self._expression(child)
        self._refuse(element, "Beslutet saknar en tabell eller ett uttryck.")
        return None

    def _table(self, table: etree._Element) -> Table | None:
        inputs = tuple(self._input(column) for column in table.iterfind(f"{DMN}input"))
        columns = table.findall(f"{DMN}output")
        policy, aggregation = self._policy(table, len(columns))
        outputs = self._outputs(table, columns)
        rules = tuple(
            self._rule(rule, row, len(inputs), len(columns)) for row, rule in enumerate(table.iterfind(f"{DMN}rule"), 1)
        )
        if not columns:
            self._refuse(table, "Tabellen saknar utdata. Lägg till en kolumn.")
            return None
        return Table(
            policy=policy,
            aggregation=aggregation,
            inputs=inputs,
            outputs=outputs,
            defaults=self._defaults(columns),
            rules=rules,
        )

    def _policy(self, table: etree._Element, outputs: int) -> tuple[HitPolicy, str | None]:
        name, aggregation = table.get("hitPolicy", "UNIQUE"), table.get("aggregation")
        if name not in {policy.value for policy in HitPolicy}:
            known = ", ".join(policy.value for policy in HitPolicy)
            self._refuse(table, f"Träffregeln {name} stöds inte. Välj en av {known}.")
            return HitPolicy.UNIQUE, None
        policy = HitPolicy(name)
        if aggregation is None:
            return policy, None
        if policy is not HitPolicy.COLLECT or aggregation not in AGGREGATIONS or outputs != 1:
            message = f"Sammanräkningen {aggregation} kräver träffregeln COLLECT, en enda utdatakolumn och en av "
            self._refuse(table, message + f"{', '.join(AGGREGATIONS)}.")
            return policy, None
        return policy, aggregation

    def _outputs(self, table: etree._Element, columns: list[etree._Element]) -> tuple[str, ...]:
        names = tuple((column.get("name") or "").strip() for column in columns)
        if len(names) == 1 and not names[0]:
            return ()
        for column, name in zip(columns, names, strict=True):
            if not name.isidentifier() or names.count(name) > 1:
                self._refuse(column, f"Utdatakolumnen ”{name}” behöver ett eget namn av bokstäver, siffror och _.")
        return names

    def _input(self, column: etree._Element) -> feel.Expression:
        source = column.find(f"{DMN}inputExpression")
        if source is None or not _text(source):
            self._refuse(column, "Indatakolumnen saknar uttryck.")
            return feel.parse("null")
        return self._expression(source)

    def _defaults(self, columns: list[etree._Element]) -> tuple[feel.Expression, ...] | None:
        found = [column.find(f"{DMN}defaultOutputEntry") for column in columns]
        if all(entry is None for entry in found):
            return None
        return tuple(feel.parse("null") if entry is None else self._expression(entry) for entry in found)

    def _rule(self, rule: etree._Element, row: int, inputs: int, outputs: int) -> Rule:
        cells, entries = rule.findall(f"{DMN}inputEntry"), rule.findall(f"{DMN}outputEntry")
        if (len(cells), len(entries)) != (inputs, outputs):
            self._refuse(rule, f"Rad {row} har inte en cell för varje kolumn.")
        return Rule(
            id=rule.get("id") or str(row),
            row=row,
            cells=tuple(self._cell(cell) for cell in cells),
            entries=tuple(self._expression(entry) for entry in entries),
        )

    def _cell(self, cell: etree._Element) -> feel.UnaryTests:
        self._check_language(cell)
        try:
            return feel.parse_unary(_text(cell))
        except feel.FeelError as error:
            self._refuse(cell, f"Cellen ”{feel.shown(_text(cell))}” går inte att läsa: {error}")
            return feel.parse_unary("-")

    def _expression(self, element: etree._Element) -> feel.Expression:
        """What the element says in FEEL; null when it says nothing."""
        self._check_language(element)
        try:
            return feel.parse(_text(element) or "null")
        except feel.FeelError as error:
            self._refuse(element, f"Uttrycket ”{feel.shown(_text(element))}” går inte att läsa: {error}")
            return feel.parse("null")

    def _children(self, element: etree._Element, allowed: frozenset[str]) -> Iterator[etree._Element]:
        """Yield what DMN put there, refusing what is not allowed; other name spaces are none of our business."""
        for child in element.iterchildren(f"{DMN}*"):
            name = etree.QName(child).localname
            if name in allowed:
                yield child
            else:
                self._refuse(child, f"Elementet {name} stöds inte. Skriv beslutet som en tabell eller ett uttryck.")

    def _check_language(self, element: etree._Element) -> None:
        language = element.get("expressionLanguage")
        if language and "feel" not in language.lower():
            self._refuse(element, f"Uttrycksspråket {language} stöds inte. Skriv i FEEL.")

    def _refuse(self, element: etree._Element, message: str) -> None:
        named = next((one for one in (element, *element.iterancestors()) if one.get("id")), None)
        key = "" if named is None else named.get("id", "")
        self.findings.append(Finding(rule="decision-table", element=key, message=message))


def _text(element: etree._Element) -> str:
    return (element.findtext(f"{DMN}text") or "").strip()
