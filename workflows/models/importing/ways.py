"""Which way is taken: conditions said in FEEL over our steps' fields, and where nothing says it, a question.

Other engines read variables that any step may write; ours read `step.field`. A variable is looked up among the fields
of the forms; one that no form has becomes a question of the step before the gateway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workflows.models.importing.by_person import be_user_task
from workflows.models.importing.drawing import Scope, Step, Way
from workflows.models.importing.feel_writing import to_feel
from workflows.models.importing.foreign_expressions import (
    Name,
    NotUnderstood,
    Tree,
    compared,
    names_in,
    read_expression,
)
from workflows.models.importing.naming import slug
from workflows.models.importing.questions import Question, QuestionKind, question_for
from workflows.models.importing.work import Work

PASSED = frozenset({"businessRuleTask", "exclusiveGateway", "parallelGateway", "startEvent"})
"""Elements that ask nobody: a question before them is still answered before what follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The conditions of one process: all its scopes, and what is known of tables."""

    process: Scope
    work: Work

    def write(self) -> None:
        """Give every exclusive gateway a default and conditions."""
        for scope in list(self.process.everywhere()):
            for gateway in list(scope.of("exclusiveGateway")):
                if len(scope.out_of(gateway.id)) > 1:
                    self._gateway(scope, gateway)
                for way in scope.out_of(gateway.id)[:1] if len(scope.out_of(gateway.id)) == 1 else ():
                    way.condition = way.feel = None

    def asker(self, scope: Scope, step: Step) -> Callable[[tuple[str, ...]], str | None]:
        """Return what gives the inputs of a table their names, asking for those that nothing writes."""

        def ask(path: tuple[str, ...]) -> str | None:
            return self.name_of(scope, step, path) or self._ask_for(scope, step, [Name(path)])[path]

        return ask

    def name_of(self, scope: Scope, before: Step, path: tuple[str, ...]) -> str | None:
        """Return what a variable is called where it is read, None when nothing writes it."""
        for step in [*scope.upstream(before.id), *self._steps()]:
            if step.tag == "userTask" and step.loop is None:
                form = self.work.forms.give(step)
                key = form.variables.get(".".join(path)) or form.variables.get(path[-1] if path[0] == step.id else "")
                if key is not None:
                    return f"{step.id}.{key}"
            if step.tag == "businessRuleTask" and (named := self._result(step, path)) is not None:
                return named
        return None

    def _steps(self) -> Iterator[Step]:
        return (step for scope in self.process.everywhere() for step in scope.steps.values())

    def _result(self, step: Step, path: tuple[str, ...]) -> str | None:
        """Return the name of an output of a decision: by the variable it was kept in, or by its own name."""
        outputs = self.work.tables.get(step.hints.decision, ())
        asked = path[1:] if path[0] in (step.hints.result, step.id) else path
        if not asked and len(outputs) < 2:
            return ".".join((step.id, *outputs))
        return f"{step.id}.{asked[0]}" if len(asked) == 1 and asked[0] in outputs else None

    def _gateway(self, scope: Scope, gateway: Step) -> None:
        ways = scope.out_of(gateway.id)
        marked = gateway.default is not None
        default = self._default(gateway, ways)
        trees = {way.id: tree for way in ways if way is not default and (tree := _tree(way)) is not None}
        if len(trees) < len(ways) - 1:
            self._ask_the_way(scope, gateway, ways, default)
            return
        asked = self._ask_for(scope, gateway, list(trees.values()))

        def written(path: tuple[str, ...]) -> str | None:
            return asked.get(path) or self.name_of(scope, gateway, path)

        for way in ways:
            way.feel = to_feel(trees[way.id], written) if way is not default else None
        if any(way.feel is None for way in ways if way is not default):
            self._ask_the_way(scope, gateway, ways, default)
            return
        self._tell(scope, gateway, default, marked=marked)

    def _default(self, gateway: Step, ways: list[Way]) -> Way:
        """Choose the way that is taken when no condition holds: the one marked, the one without, else the last."""
        marked = next((way for way in ways if way.id == gateway.default), None)
        bare = [way for way in ways if way.condition is None]
        default = marked or (bare[0] if len(bare) == 1 else ways[-1])
        gateway.default, default.feel = default.id, None
        return default

    def _tell(self, scope: Scope, gateway: Step, default: Way, *, marked: bool) -> None:
        """Tell how conditions are said now, and which way is taken when none of them is true."""
        if not marked:
            was = "Grinden har ingen väg för när inget villkor är sant."
            said = f" Dess villkor var ”{_plain(default.condition)}”." if default.condition else ""
            to = scope.steps[default.target].label
            done = f"{f'Vägen {default.name}' if default.name else f'Vägen till {to}'} blev förval.{said}"
            self.work.report.changed(gateway.place, was, done, "Välj ett annat förval om det är fel.")
        for way in scope.out_of(gateway.id):
            if way is not default and way.condition and _plain(way.condition) != way.feel:
                to = scope.steps[way.target].label
                was = f"Villkoret ”{_plain(way.condition)}” på {way.name or f'flödet till {to}'}."
                self.work.conditions.append((gateway.place, was, way.feel or ""))

    def _ask_for(self, scope: Scope, gateway: Step, trees: list[Tree]) -> dict[tuple[str, ...], str]:
        """Ask for the variables that nothing writes; return what they are called then."""
        asked: dict[tuple[str, ...], str] = {}
        for path in dict.fromkeys(path for tree in trees for path in names_in(tree)):
            if self.name_of(scope, gateway, path) is not None:
                continue
            question = question_for(path, [value for tree in trees for value in compared(tree, path)])
            asked[path] = self._ask(scope, gateway, question)
            was = f"Ett villkor läser ”{'.'.join(path)}”, som inget formulär frågar efter."
            done = f"Frågan ”{question.label}” lades till i ett steg före."
            self.work.report.changed(gateway.place, was, done, "Formulera frågan under Formulär.")
        return asked

    def _ask_the_way(self, scope: Scope, gateway: Step, ways: list[Way], default: Way) -> None:
        """Let the step before a gateway choose the way."""
        options: dict[str, str] = {}
        values: dict[str, str] = {}
        for number, way in enumerate(ways, 1):
            label = way.name or scope.steps[way.target].name or f"Väg {number}"
            value = slug(label, f"way_{number}")
            values[way.id] = value if value not in options else f"{value}_{number}"
            options[values[way.id]] = label
        label = gateway.name or "Vilken väg gäller?"
        question = Question(
            variable=f"{gateway.id}.way",
            label=label,
            kind=QuestionKind.CHOICE,
            required=True,
            options=tuple(options.items()),
        )
        name = self._ask(scope, gateway, question)
        for way in ways:
            way.feel = None if way is default else f'{name} = "{values[way.id]}"'
        written = "; ".join(f"{way.name or 'en väg'}: ”{_plain(way.condition)}”" for way in ways if way.condition)
        was = f"Villkor som inte kunde översättas: {written}" if written else "Grinden har inga villkor."
        tell = self.work.report.lost if written else self.work.report.changed
        asked = "med grindens namn" if label == gateway.name else f"”{label}”"
        done = f"Den som gör steget före väljer väg, i frågan {asked}."
        advice = "Skriv villkoren på nytt under Diagram, om något formulär redan har svaret."
        tell(gateway.place, was, done, advice if written else "")

    def _ask(self, scope: Scope, before: Step, question: Question) -> str:
        """Add a question to the step before an element, or to a new step there, and return what it is called."""
        step = self._asking(scope, before)
        if step is None:
            step = scope.add("userTask", f"choose_{before.id}", f"Svara: {before.name or question.label}"[:200])
            near = next((one for one in scope.upstream(before.id) if one.tag == "userTask"), None)
            step.lane = before.lane
            scope.put_before(before, step)
            form = self.work.forms.of_step[step.id] = self.work.forms.new(step.id, step.name)
            if near is not None and not step.lane:
                step.styr["task"] = {"kind": "record", "form": form.key, "role": near.styr["task"]["role"]}
            else:
                be_user_task(step, self.work)
            self.work.report.changed(
                step.place, "Ingen får frågan som avgör vägen.", "Ett steg lades till, där någon svarar.", ""
            )
        form = self.work.forms.give(step)
        return f"{step.id}.{form.ask(question)}"

    def _asking(self, scope: Scope, before: Step) -> Step | None:
        """Return the step that is always done right before an element, when its form is its own."""
        here, seen = before, {before.id}
        while len(into := scope.into(here.id)) == 1:
            here = scope.steps[into[0].source]
            if here.id in seen:
                return None
            seen.add(here.id)
            if here.tag == "userTask":
                own = here.loop is None and self.work.forms.users(self.work.forms.give(here)) == 1
                return here if own else None
            if here.tag not in PASSED:
                return None
        return None


def _tree(way: Way) -> Tree | None:
    return read_simply(way.condition or "")


def read_simply(text: str) -> Tree | None:
    """Return what an expression says, None when it says more than we read."""
    try:
        return read_expression(text)
    except NotUnderstood:
        return None


def _plain(text: str) -> str:
    return text.strip().removeprefix("=").strip()
