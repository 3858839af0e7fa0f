"""Plays a project through the real verbs, each step as whoever it waits for."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.demo.filling import fill
from forms.sampling import spelt_out
from workflows.flow import Origin, Task, open_tasks, principals_of_item
from workflows.governance.answers import Entered, Questions
from workflows.governance.decide import DecisionReceipt, decide
from workflows.governance.decision import DecisionInput
from workflows.governance.project import Project, load_project
from workflows.governance.submit import Receipt, save_draft, submit_step
from workflows.governance.task_page import task_page
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId, new_id
from workflows.people import people_behind

MOST_TASKS = 200
"""`until` gives up after so many: the project goes round."""

Answers = Mapping[str, Any]


class Stuck(Exception):
    """The project does not come to where it was to be played; the message says what is open instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A project, and whoever acts in it.

    `usual` are the answers of a node where nothing else is said, `told` makes of answers what they are at the moment
    they are handed in, `between` is called after each step.
    """

    ctx: Context
    project_id: str
    usual: Mapping[str, Answers] = field(default_factory=dict)
    told: Callable[[Answers], Answers] = lambda answers: answers
    between: Callable[[], None] = lambda: None

    def project(self) -> Project:
        """Return the project as it stands."""
        with self.ctx.read() as session:
            return load_project(session, tenant=self.ctx.tenant, project_id=self.project_id)

    def open(self) -> tuple[Task, ...]:
        """Return the open tasks, work items too, oldest first."""
        with self.ctx.read() as session:
            project = load_project(session, tenant=self.ctx.tenant, project_id=self.project_id)
            return open_tasks(session, tenant=self.ctx.tenant, instance_id=project.instance)

    def task(self, node: str, item: str | None = None) -> Task:
        """Return the open task of a node. Raises Stuck when there is none, or several."""
        found = [task for task in self.open() if task.node == node and item in (None, task.item)]
        if len(found) != 1:
            raise Stuck(f"{node}: {len(found)} öppna; öppet är {self._shown()}")
        return found[0]

    def hand_in(
        self, node: str, chosen: Answers | None = None, *, item: str | None = None, by: PersonId | None = None
    ) -> Receipt:
        """Hand in an open step with `chosen` answers, over the usual ones and plausible ones for what is compulsory."""
        return self._submit(self.task(node, item), chosen or {}, by)

    def until(self, target: str, **chosen: Answers) -> None:
        """Hand in open steps until a step of this node, or of this gate, is open. `chosen` maps node to answers.

        What comes round again waits for what does not. Raises Stuck when only decisions and work items are left.
        """
        times: Counter[tuple[str, str | None]] = Counter()
        for _ in range(MOST_TASKS):
            tasks = self.open()
            if any(target in (task.node, task.gate) for task in tasks if task.origin is Origin.ENGINE):
                return
            first = min(_steps(tasks), key=lambda task: times[task.node, task.item], default=None)
            if first is None:
                break
            times[first.node, first.item] += 1
            self._submit(first, chosen.get(first.node, {}), None)
        raise Stuck(f"{target} nås inte; öppet är {self._shown()}")

    def decide(
        self, decision: DecisionInput, *, item: str | None = None, by: PersonId | None = None
    ) -> DecisionReceipt:
        """Decide the gate that waits; first whatever else is open in it (the request) is handed in."""
        task = self.deciding(item)
        receipt = decide(self._as(by or self.who(task)), task_id=task.id, decision=decision, request_id=new_id())
        self.between()
        return receipt

    def deciding(self, item: str | None = None) -> Task:
        """Return the deciding task of the gate that waits; its request is handed in before. Raises Stuck."""
        for task in _steps(self.open()):
            if task.gate is not None and item in (None, task.item):
                self._submit(task, {}, None)
        found = [task for task in self.open() if task.kind == "decision" and item in (None, task.item)]
        if len(found) != 1:
            raise Stuck(f"{len(found)} beslut väntar; öppet är {self._shown()}")
        return found[0]

    def draft(self, node: str, chosen: Answers, *, item: str | None = None) -> None:
        """Begin a step and leave it: what is answered is kept, the rest is open."""
        task = self.task(node, item)
        ctx = self._as(self.who(task))
        questions = _questions(ctx, task)
        answers = self.told(chosen)
        if questions.checklist is not None:
            answers = {name: spelt_out(questions.checklist.by_id[name], said) for name, said in answers.items()}
        save_draft(ctx, task_id=task.id, entered=Entered(answers={**questions.given, **answers}), version=0)
        self.between()

    def who(self, task: Task) -> PersonId:
        """Return the first of those whom a task waits for. Raises Stuck when nobody has its role."""
        with self.ctx.read() as session:
            principals = principals_of_item(session, tenant=self.ctx.tenant, task_id=task.id)
            behind = people_behind(
                session, tenant=self.ctx.tenant, principals=principals, day=local_date(self.ctx.now())
            )
        people = list(itertools.chain.from_iterable(behind[principal] for principal in principals))
        if not people:
            raise Stuck(f"{task.node}: ingen har rollen {task.role}")
        return people[0].id

    def _submit(self, task: Task, chosen: Answers, by: PersonId | None) -> Receipt:
        ctx = self._as(by or self.who(task))
        said = self.told({**self.usual.get(task.node, {}), **chosen})
        answers = fill(_questions(ctx, task), said, today=local_date(ctx.now()))
        receipt = submit_step(ctx, task_id=task.id, entered=Entered(answers=answers), request_id=new_id())
        self.between()
        return receipt

    def _as(self, person: PersonId) -> Context:
        return replace(self.ctx, actor=person)

    def _shown(self) -> str:
        return ", ".join(task.node for task in self.open()) or "inget"


def _questions(ctx: Context, task: Task) -> Questions:
    questions = task_page(ctx, task_id=task.id).questions
    if questions is None:
        raise Stuck(f"{task.node} har inga frågor")
    return questions


def _steps(tasks: Sequence[Task]) -> Iterator[Task]:
    """Yield the steps of the diagram that are no decisions; work items are answered one by one, on purpose."""
    return (task for task in tasks if task.origin is Origin.ENGINE and task.kind != "decision")
