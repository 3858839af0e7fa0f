"""What was answered in the step that ended a project: the reason it became none, for whoever had the idea."""

from __future__ import annotations

from workflows.flow import latest_submissions
from workflows.governance.loaded import Opened
from workflows.governance.project import ProjectStatus
from workflows.governance.task_page import TaskPage, task_page
from workflows.kernel.context import Context


def last_answer(ctx: Context, opened: Opened) -> TaskPage | None:
    """Return the step whose answers ended an idea; None where a decision did, or nothing has ended."""
    project = opened.project
    if project.closed_at is None or project.status not in (ProjectStatus.NOT_PROJECT, ProjectStatus.REJECTED):
        return None
    with ctx.read() as session:
        latest = latest_submissions(session, tenant=ctx.tenant, instance_id=project.instance)
    found = [one for one in latest.values() if one.at == project.closed_at]
    last = max(found, key=lambda one: one.id, default=None)
    if last is None or last.form not in opened.bundle.forms:
        return None
    return task_page(ctx, task_id=last.task)
