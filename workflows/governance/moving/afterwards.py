"""Questions that another version asks on checklists a project has handed in, and that a gate ahead will ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from forms.feel import Environment
from forms.verdict import ItemResult
from workflows.engine import Moved, TaskKind
from workflows.flow import latest_submissions
from workflows.governance.afterwards import came_later
from workflows.governance.moving.ahead import listed, role_name
from workflows.governance.moving.questions import is_same_form
from workflows.governance.project import Project
from workflows.governance.readiness import checklist_states
from workflows.models import Bundle
from workflows.models.model import Gate


def asked_afterwards(
    session: Session,
    tenant: str,
    project: Project,
    origin: Bundle,
    target: Bundle,
    moved: Moved,
    *,
    facts: Mapping[str, Any],
    env: Environment,
) -> Iterator[str]:
    """Yield what a gate ahead asks for that nobody was asked when its checklist was handed in, and who answers it."""
    wanted = [(gate, key) for gate in _gates(target, moved) for key in _behind(origin, target, moved, gate)]
    if not wanted:
        return
    keys = tuple(dict.fromkeys(key for _, key in wanted))
    latest = latest_submissions(session, tenant=tenant, instance_id=project.instance, forms=tuple(target.checklists))
    states = {one.checklist.key: one for one in checklist_states(target, keys, latest, facts=facts, env=env)}
    frozen = {task.gate for task in moved.step.open_tasks if task.definition.kind is TaskKind.DECISION}
    for gate, key in wanted:
        found = [one for one in came_later(session, tenant=tenant, state=states[key]) if one.asked]
        if found:
            yield _sentence(target, gate, key, found, frozen=gate.key in frozen)


def _gates(target: Bundle, moved: Moved) -> list[Gate]:
    """Return the gates that the project comes to by going on, or stands in."""
    nodes = target.executable.diagram.nodes
    ahead = {nodes[name].styr.get("gate", {}).get("key") for name in (*moved.ahead.kept, *moved.ahead.added)}
    return [gate for gate in target.model.gates if gate.key in ahead]


def _behind(origin: Bundle, target: Bundle, moved: Moved, gate: Gate) -> Iterator[str]:
    """Yield the gate's checklists that are otherwise in the target and whose steps do not come to who goes on."""
    ahead = {*moved.ahead.kept, *moved.ahead.added}
    to_come = {task.form for name, task in target.executable.tasks.items() if name in ahead}
    for key in gate.checklists:
        if key not in to_come and not is_same_form(origin, target, key, key):
            yield key


def _sentence(target: Bundle, gate: Gate, key: str, found: Sequence[ItemResult], *, frozen: bool) -> str:
    title, short = target.checklists[key].title.sv, gate.short.get("sv", gate.key)
    step = next((task for task in target.executable.tasks.values() if task.form == key), None)
    role = role_name(target.model, step.role if step else None)
    questions = listed([one.item.question.sv for one in found])
    one = len(found) == 1
    what = f"{'Frågan' if one else 'Frågorna'} {questions} har kommit till i ”{title}”"
    it = "den" if one else "dem"
    if frozen:
        return f"{what}. {short} är redan begärd och frågar efter {it} bara om beslutet begärs på nytt."
    return f"{what}. {short} frågar efter {it}. Checklistan är redan inlämnad, så den som är {role} svarar i efterhand."
