"""Plays a project of the invented town step by step, whoever the next step waits for, with filled-in answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from app.demo.filling import fill
from forms.posted import flatten
from tests.stories.town import Town, request_id
from workflows.engine import TaskKind
from workflows.flow import load_running, load_task, tasks_of
from workflows.governance.answers import Entered, Questions, questions_of, read_entered
from workflows.governance.conditions import CONDITION, complete_condition
from workflows.governance.decide import decide
from workflows.governance.decision import DecisionInput, NewCondition
from workflows.governance.facts import environment, facts_of
from workflows.governance.loaded import Held, hold_task
from workflows.governance.outcomes import Outcome
from workflows.governance.project import load_project
from workflows.governance.roles import principals_of_task
from workflows.governance.submit import submit_step
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId, Principal
from workflows.models import load_bundle
from workflows.people import people_behind

MEMBERS = ("karin", "lena", "bo", "sara", "mats", "eva", "nils", "rut")
DELIVERIES = ("Pilot på två enheter", "Utbildning av handläggare", "Breddinförande")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A step that is open, and who is to do it."""

    task_id: str
    node: str
    kind: str
    gate: str | None
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A step that was done, and the size of the instance's state after it, in bytes."""

    turn: Turn
    state: int


def turns(town: Town, project_id: str) -> list[Turn]:
    """Return what is open in a project, with somebody whom it waits for."""
    tenant, today = town.ctx.tenant, local_date(town.ctx.now())
    with town.ctx.read() as session:
        project = load_project(session, tenant=tenant, project_id=project_id)
        model = load_bundle(session, tenant=tenant, digest=project.bundle).model
        found = []
        for row in tasks_of(session, tenant=tenant, instance_ids=[project.instance]):
            task = load_task(session, tenant=tenant, task_id=row.task_id).task
            wanted: tuple[Principal, ...] = principals_of_task(project, model, task) or (Principal(_owner(town)),)
            behind = people_behind(session, tenant=tenant, principals=wanted, day=today)
            person = next(one.id for principal in wanted for one in behind[principal])
            found.append(Turn(task_id=row.task_id, node=row.node, kind=row.kind, gate=row.gate, person=person))
        return found


def play(town: Town, project_id: str, *, until: str | None = None, most: int = 200) -> Iterator[Played]:
    """Do what is open until nothing is, or until a step called `until` is."""
    for _ in range(most):
        waiting = turns(town, project_id)
        if not waiting or any(turn.node == until for turn in waiting):
            return
        do(town, waiting[0])
        yield Played(turn=waiting[0], state=state_bytes(town, project_id))
    raise RuntimeError(f"the project is not there after {most} steps: {[turn.node for turn in waiting]}")


def to(town: Town, project_id: str, node: str) -> Turn:
    """Play a project until a step is open, and return it."""
    for _ in play(town, project_id, until=node):
        pass
    return next(turn for turn in turns(town, project_id) if turn.node == node)


def do(town: Town, turn: Turn) -> None:
    """Do one step."""
    ctx = replace(town.ctx, actor=turn.person)
    if turn.kind == TaskKind.DECISION:
        decide(ctx, task_id=turn.task_id, decision=_decision(town, turn), request_id=request_id())
    elif turn.kind == CONDITION:
        complete_condition(ctx, task_id=turn.task_id, note="Avtalet är undertecknat.", request_id=request_id())
    else:
        answers = answers_for(ctx, town, turn)[1]
        submit_step(ctx, task_id=turn.task_id, entered=Entered(answers=answers), request_id=request_id())


def answers_for(ctx: Context, town: Town, turn: Turn) -> tuple[Questions, dict[str, Any]]:
    """Return a step's questions and realistic answers to them."""
    with ctx.read() as session:
        held = hold_task(session, ctx, task_id=turn.task_id)
        facts = facts_of(session, tenant=ctx.tenant, project=held.project, model=held.bundle.model, on=held.today)
        questions = questions_of(session, tenant=ctx.tenant, held=held, facts=facts, env=environment(ctx.now()))
    return questions, fill(questions, _chosen(town, turn, held), today=held.today)


def posted(questions: Questions, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return answers as a browser posts them: questions that were left open are there, empty."""
    if questions.form is None:
        return [pair for name, answer in answers.items() for pair in _item(name, answer)]
    pairs = flatten(questions.form, answers)
    sent: dict[str, list[str]] = {}
    for name, text in pairs:
        sent.setdefault(name, []).append(text)
    return [*pairs, *((name, "") for name in read_entered(questions, Entered(posted=sent)).unseen)]


def state_bytes(town: Town, project_id: str) -> int:
    """Return the size of a project's state."""
    with town.ctx.read() as session:
        project = load_project(session, tenant=town.ctx.tenant, project_id=project_id)
        return len(load_running(session, tenant=town.ctx.tenant, instance_id=project.instance).state)


def _item(name: str, answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if answer.get("answer") not in (None, "value"):
        yield name, str(answer["answer"])
    for part in ("value", "reason", "comment"):
        if answer.get(part) not in (None, ""):
            yield f"{name}-{part}", str(answer[part])
    for evidence in answer.get("evidence", ()):
        yield f"{name}-{evidence['kind']}", str(evidence["value"])


def _decision(town: Town, turn: Turn) -> DecisionInput:
    """Approve; at the second gate with two conditions."""
    if turn.gate != "bp2":
        return DecisionInput(outcome=Outcome.APPROVE, no_conflict=True)
    due = local_date(town.ctx.now()) + timedelta(days=30)
    texts = ("Avtal med leverantören är undertecknat.", "Riskanalysen är kompletterad med driften.")
    conditions = tuple(NewCondition(text=text, owner=town.people["karin"], due_on=due) for text in texts)
    return DecisionInput(outcome=Outcome.APPROVE_CONDITIONAL, conditions=conditions, no_conflict=True)


def _owner(town: Town) -> str:
    """Return who does work items of a register: the owner of the conditions above."""
    return f"person:{town.people['karin']}"


def _chosen(town: Town, turn: Turn, held: Held) -> dict[str, Any]:
    make = _ANSWERS.get(turn.node)
    return make(town, held) if make else {}


def _idea(town: Town, _held: Held) -> dict[str, Any]:
    yes = dict.fromkeys(("R07", "R08", "R09", "R10"), "yes")
    why = "Underskrifter på papper tar två veckor, och var femte avtal kommer bort på vägen. " * 3
    what = "Avtal upp till 500 000 kronor skrivs under digitalt i alla förvaltningar. " * 3
    return {**yes, "what": what, "why": why, "sponsor": town.people["anna"], "size_class": "small"}


def _plan(town: Town, held: Held) -> dict[str, Any]:
    end = (held.today + timedelta(days=200)).isoformat()
    staffing = [
        {
            "person": town.people[who],
            "hours": 120,
            "period_start": held.today.isoformat(),
            "period_end": end,
            "resource_provider": town.people["bo"],
        }
        for who in MEMBERS
    ]
    deliveries = [
        {"title": title, "criteria": "Godkänt prov.", "approver": town.people["lena"], "date": end}
        for title in DELIVERIES
    ]
    return {"staffing": staffing, "deliverables": deliveries, "budget_total": 640_000}


_ANSWERS: Mapping[str, Callable[[Town, Held], dict[str, Any]]] = {
    "idea_sheet": _idea,
    "sponsor_answer": lambda _town, _held: {"decision": "go"},
    "appoint_manager": lambda town, _held: {"project_manager": town.people["karin"]},
    "cost_benefit": lambda _town, _held: {"total_cost": 650_000},
    "project_directive": lambda town, _held: {"receiver": town.people["lena"]},
    "office_review": lambda _town, _held: {"outcome": "approve"},
    "c2_preparation": lambda _town, _held: {"F03": {"answer": "not_applicable", "reason": "Inget fackligt berörs."}},
    "request": lambda _town, _held: {"proposal": "Beställaren godkänner underlaget.", "with_deviation": True},
    "project_plan": _plan,
    "contract_provider": lambda _town, _held: {"decision": "sign"},
    "contract_member": lambda _town, _held: {"decision": "accept"},
    "deliverable_acceptance": lambda _town, _held: {"outcome": "accept"},
    "status_report": lambda _town, _held: {"overall": "green", "change": "no", "deviation": "no", "last": True},
    "status_read": lambda _town, _held: {"action": "none"},
}
"""What is answered in a step beyond what any filled-in form has."""
