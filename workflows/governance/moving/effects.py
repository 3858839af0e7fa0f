"""What a move changes for a project, in sentences that its people understand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.feel import Environment, FeelError
from forms.tree import keyed
from workflows.engine import Moved, NodeKind, OpenTask, TaskDefinition, TaskKind
from workflows.flow import drawn_periods
from workflows.flow.tables import DraftRow
from workflows.governance.outcomes import Mode
from workflows.governance.project import Project
from workflows.governance.project_track import current_gate
from workflows.kernel.clock import local_date
from workflows.kernel.errors import StyrError
from workflows.models import Bundle
from workflows.models.model import Model
from workflows.people.access import is_held

SHOWN = 3
"""Steps that one sentence names; the others are counted."""


def effects_of(
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
    """Yield what becomes different for a project: in what is open, at the next gate, and in what is to come."""
    yield from moved.changes
    drafted = _drafted(session, tenant, moved.step.open_tasks)
    for task in moved.step.open_tasks:
        before = origin.executable.tasks.get(task.node)
        if before is not None and before != task.definition:
            yield from _redrawn(before, task.definition, origin, target)
        yield from _asked_otherwise(task, origin, target, typed=drafted.get(task.id, ()))
    yield from _decided_otherwise(project, origin, target, moved, facts, env)
    yield from _to_come(moved)
    yield from _without_role(session, tenant, project, origin.model, target.model, env)


def _redrawn(before: TaskDefinition, after: TaskDefinition, origin: Bundle, target: Bundle) -> Iterator[str]:
    """Yield what is drawn otherwise of an open step."""
    if before.name != after.name:
        yield f"Steget ”{before.name}” heter nu ”{after.name}”."
    if before.role != after.role:
        was, becomes = role_name(origin.model, before.role), role_name(target.model, after.role)
        yield f"”{after.name}” väntar på {becomes} i stället för {was}."
    if drawn_periods(before) != drawn_periods(after):
        yield f"Tiden för ”{after.name}” är ändrad i modellen. Den dag som gäller i projektet står kvar."


def _asked_otherwise(task: OpenTask, origin: Bundle, target: Bundle, *, typed: Collection[str]) -> Iterator[str]:
    """Yield that an open step's form or checklist is another than it was, and what becomes of what was typed in it."""
    drawn = task.definition
    before = origin.executable.tasks.get(task.node)
    if before is None or drawn.kind is TaskKind.DECISION:
        return
    if _questions(origin, before.form) != _questions(target, drawn.form):
        kept = ""
        if typed:
            kept = " Det som är ifyllt finns kvar."
        if not asked_in(target, drawn.form).issuperset(typed):
            kept = " Det som är ifyllt finns kvar, utom svar på frågor som tas bort."
        yield f"Frågorna i ”{drawn.name}” är ändrade.{kept}"


def asked_in(bundle: Bundle, form: str | None) -> frozenset[str]:
    """Return the keys of what a form or a checklist asks for."""
    key = form or ""
    if key in bundle.checklists:
        return frozenset(item.id for item in bundle.checklists[key].items)
    return (
        frozenset(node.key for node in keyed(bundle.forms[key].nodes) if node.key)
        if key in bundle.forms
        else frozenset()
    )


def _questions(bundle: Bundle, form: str | None) -> bytes | None:
    paths = (f"forms/{form}.form.json", f"forms/{form}.checklist.json")
    return next((bundle.files[path] for path in paths if path in bundle.files), None)


def _decided_otherwise(
    project: Project, origin: Bundle, target: Bundle, moved: Moved, facts: Mapping[str, Any], env: Environment
) -> Iterator[str]:
    """Yield that somebody else decides the next gate, as both versions' tables say of the project as it is."""
    if any(task.gate and task.definition.kind is TaskKind.DECISION for task in moved.step.open_tasks):
        return  # what is requested is decided by whom it was requested of
    gate = current_gate(origin.model, project)
    if gate is None or gate.key not in target.executable.gates:
        return
    before, after = (_authority(bundle, gate.key, facts, env) for bundle in (origin, target))
    if before != after and after:
        was, becomes = _decider(origin.model, before), _decider(target.model, after)
        yield f"{gate.short.get('sv', gate.key)} beslutas av {becomes} i stället för {was}."


def _authority(bundle: Bundle, gate: str, facts: Mapping[str, Any], env: Environment) -> tuple[str, str] | None:
    """Return who decides a gate, and how, as a version's table says; None where it says nothing."""
    executable = bundle.executable
    nodes = executable.diagram.nodes.values()
    called = {node.calls for node in nodes if node.styr.get("gate", {}).get("key") == gate}
    context = {"facts": facts, "gate": {"key": gate, "round": 0, "last": None}}
    for node in nodes:
        if node.kind is NodeKind.DECISION and node.process in called:
            try:
                found = executable.decisions[node.styr["decision"]["ref"]].evaluate(context, env)
            except (FeelError, StyrError):
                continue
            if isinstance(found, dict) and "decider" in found:
                return str(found["decider"]), str(found.get("mode", ""))
    return None


def _decider(model: Model, authority: tuple[str, str] | None) -> str:
    if authority is None:
        return "ingen"
    decider, mode = authority
    known = any(role.key == decider for role in model.roles)
    return role_name(model, decider) if known or mode != Mode.BOARD else "nämnden"


def _to_come(moved: Moved) -> Iterator[str]:
    """Yield the steps ahead that are new, and those that will never come."""
    if moved.added:
        yield f"Nytt längre fram: {_listed([node.label for node in moved.added])}."
    if moved.removed:
        yield f"Tas bort längre fram: {_listed([node.label for node in moved.removed])}."


def _listed(names: Sequence[str]) -> str:
    shown = [f"”{name}”" for name in dict.fromkeys(names)]
    more = len(shown) - SHOWN
    return ", ".join(shown[:SHOWN]) + (f" och {more} till" if more > 0 else "")


def _without_role(
    session: Session, tenant: str, project: Project, before: Model, after: Model, env: Environment
) -> Iterator[str]:
    """Yield the roles that somebody has in the project and that the target does not know."""
    known, today = {role.key for role in after.roles}, local_date(env.now)
    for role in before.roles:
        if role.key not in known and is_held(session, tenant=tenant, scope=project.id, role=role.key, on=today):
            yield f"Rollen {role.label.get('sv', role.key)} finns inte i versionen. Den som har den får inget att göra."


def role_name(model: Model, key: str | None) -> str:
    """Return what a role is called inside a sentence; without one a step is the manager's."""
    wanted = key or model.duties.manager
    label = next((role.label.get("sv", wanted) for role in model.roles if role.key == wanted), wanted)
    return label[:1].lower() + label[1:]


def _drafted(session: Session, tenant: str, tasks: Sequence[OpenTask]) -> Mapping[str, Collection[str]]:
    """Return which open steps somebody has begun to fill in, and what in them."""
    ids = [task.id for task in tasks]
    query = select(DraftRow.task, DraftRow.answers).where(DraftRow.tenant == tenant, DraftRow.task.in_(ids))
    return {row.task: frozenset(row.answers) for row in session.execute(query)}
