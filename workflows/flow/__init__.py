"""Instances, tasks, submissions, drafts and timers; start, complete, send, tick; the inbox.

Knows subjects, not projects: what a role means and what a step leads to is given by the room above.
"""

from workflows.flow.drafts import write_draft
from workflows.flow.errors import InstanceEnded, InstanceHeld, StaleDraft, TaskAlreadyClosed
from workflows.flow.folding import fold
from workflows.flow.history import (
    Event,
    Latest,
    Submission,
    done_steps,
    events_of,
    first_bundle,
    latest_submissions,
    load_submission,
    submission_for_task,
    submissions_for_task,
    submissions_of,
)
from workflows.flow.hold import NotHeld, hold, open_tasks, reassign, resume, show_again
from workflows.flow.inbox import InboxPage, InboxRow, count_open, done_by, inbox, tasks_of
from workflows.flow.items import WorkItem, close_item, open_item, principals_of_item, principals_of_tasks
from workflows.flow.marks import Marked, instances_with_due_timers, mark_due_tasks
from workflows.flow.record import (
    Handed,
    Recorded,
    record_entry,
    record_start,
    record_step,
)
from workflows.flow.running import (
    Draft,
    InstanceStatus,
    Origin,
    Running,
    Task,
    TaskStatus,
    Waiting,
    innermost,
    load_running,
    load_task,
    load_waiting,
    require_active,
    require_open,
    require_unanswered,
)
from workflows.flow.task_rows import Assign, Entry

__all__ = [
    "Assign",
    "Draft",
    "Entry",
    "Event",
    "Handed",
    "InboxPage",
    "InboxRow",
    "InstanceEnded",
    "InstanceHeld",
    "InstanceStatus",
    "Latest",
    "Marked",
    "NotHeld",
    "Origin",
    "Recorded",
    "Running",
    "StaleDraft",
    "Submission",
    "Task",
    "TaskAlreadyClosed",
    "TaskStatus",
    "Waiting",
    "WorkItem",
    "close_item",
    "count_open",
    "done_by",
    "done_steps",
    "events_of",
    "first_bundle",
    "fold",
    "hold",
    "inbox",
    "innermost",
    "instances_with_due_timers",
    "latest_submissions",
    "load_running",
    "load_submission",
    "load_task",
    "load_waiting",
    "mark_due_tasks",
    "open_item",
    "open_tasks",
    "principals_of_item",
    "principals_of_tasks",
    "reassign",
    "record_entry",
    "record_start",
    "record_step",
    "require_active",
    "require_open",
    "require_unanswered",
    "resume",
    "show_again",
    "submission_for_task",
    "submissions_for_task",
    "submissions_of",
    "tasks_of",
    "write_draft",
]
