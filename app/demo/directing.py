"""Plays the demo's projects through the real verbs, each step as whoever it waits for, on days gone by."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.demo.clock import DemoClock
from app.demo.papers import made
from app.demo.people import BODIES, CHARACTERS, Cast
from app.demo.playing import Player
from app.demo.script import Script
from workflows.governance.anytime import replace_project_holder, terminate_project
from workflows.governance.conditions import complete_condition
from workflows.governance.decision import (
    Attendance,
    BoardRecord,
    DecisionInput,
    Meeting,
    NewCondition,
    Presence,
    Way,
)
from workflows.governance.files import add_file
from workflows.governance.gate_conflict import declare_conflict
from workflows.governance.holding import hold_project, resume_project
from workflows.governance.outcomes import LegalBasis, Mode, Outcome
from workflows.governance.start import Idea, start_project
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import new_id
from workflows.people import SeatRole, appoint_deputy

Words = Mapping[str, Any]
"""A step of a script, or the input of a decision."""

FILE = "file: "
"""Begins an answer that shows a file of the project as evidence."""

FILE_LIMIT = 1_000_000

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def play(ctx: Context, clock: DemoClock, cast: Cast, script: Script) -> str:
    """Play a script from its beginning; returns the project's id."""
    clock.go_to(script.began)
    started = start_project(
        replace(ctx, actor=cast.people[script.by]),
        idea=Idea(title=script.title, summary=script.summary, department=CHARACTERS[script.by].department),
        request_id=new_id(),
    )
    direction = _Direction(ctx=ctx, clock=clock, cast=cast, script=script, project_id=started.project_id)
    for step in script.play:
        direction.take(step)
    return started.project_id


@dataclass(slots=True)
class _Direction:
    """One project while it is played."""

    ctx: Context
    clock: DemoClock
    cast: Cast
    script: Script
    project_id: str
    files: dict[str, str] = field(default_factory=dict)
    """The ids of the project's files by name."""

    def take(self, step: Words) -> None:
        """Carry out one step of the script."""
        if "ago" in step:
            self.clock.go_to(str(step["ago"]))
        verb = next(verb for verb in _VERBS if verb in step)
        _VERBS[verb](self, step[verb], step)

    def player(self, step: Words) -> Player:
        """Return what plays, at the step's pace."""
        pace = int(step.get("pace", self.script.pace))
        return Player(
            ctx=self.ctx,
            project_id=self.project_id,
            usual=self.script.usual,
            told=self.said,
            between=lambda: self.clock.work(pace),
        )

    def until(self, target: str, step: Words) -> None:
        """Hand in what waits until a step or gate is reached."""
        self.player(step).until(target, **step.get("with", {}))

    def do(self, node: str, step: Words) -> None:
        """Hand in one step."""
        self.player(step).hand_in(node, step.get("with"), item=step.get("item"))

    def draft(self, node: str, step: Words) -> None:
        """Begin a step and leave it."""
        self.player(step).draft(node, step["with"], item=step.get("item"))

    def decide(self, outcome: str, step: Words) -> None:
        """Request a gate's decision where that is not done, and take it."""
        player, item = self.player(step), step.get("item")
        mode = Mode(player.deciding(item).form or Mode.SINGLE)
        player.decide(self.decision(Outcome(outcome), mode, self.said(step.get("with", {}))), item=item)

    def decision(self, outcome: Outcome, mode: Mode, said: Words) -> DecisionInput:
        """Return a decision as it is entered, the meeting or the board's record with it."""
        return DecisionInput(
            outcome=outcome,
            motivation=said.get("motivation", ""),
            target=said.get("target"),
            reopen=tuple(said.get("reopen", ())),
            due_on=_date(said.get("due_on")),
            conditions=tuple(
                NewCondition(text=one["text"], owner=one["owner"], due_on=_date(one["due_on"]))
                for one in said.get("conditions", ())
            ),
            defer_to=_date(said.get("defer_to")),
            resume_on=_date(said.get("resume_on")),
            no_conflict=mode is Mode.SINGLE,
            legal_basis=LegalBasis.BOARD if mode is Mode.BOARD else LegalBasis.INTERNAL,
            meeting=self.meeting(said) if mode is Mode.MEETING else None,
            board=self.board(said) if mode is Mode.BOARD else None,
        )

    def meeting(self, said: Words) -> Meeting:
        """Return a meeting of the group on the step's day; all members are there unless something else is said."""
        seats = BODIES[said["group"]][2]
        told: Mapping[str, Words] = said.get("seats", {})
        votes = said.get("votes")
        return Meeting(
            held_on=local_date(self.clock()),
            place=said.get("place", "Sambiblioteket, rum Ångermanälven"),
            attendance=tuple(
                Attendance(
                    person=self.cast.people[who],
                    presence=Presence(told.get(who, {}).get("presence", Presence.IN_PLACE)),
                    recused="recusal" in told.get(who, {}),
                    recusal_reason=told.get(who, {}).get("recusal", ""),
                    reservation=told.get(who, {}).get("reservation", ""),
                )
                for who, role in seats.items()
                if role in (SeatRole.CHAIR, SeatRole.MEMBER)
            ),
            way=Way.VOTE if votes else Way.UNANIMOUS,
            in_favour=votes[0] if votes else None,
            against=votes[1] if votes else None,
            minutes=said["minutes"],
        )

    def board(self, said: Words) -> BoardRecord:
        """Return a board's record of a meeting on the step's day."""
        return BoardRecord(
            body=BODIES["namnden"][0],
            section=said["section"],
            held_on=local_date(self.clock()),
            adjusted_on=local_date(self.clock()),
            notice_on=None,
            appeal_ends_on=None,
        )

    def condition(self, number: int, step: Words) -> None:
        """Say that a condition is met."""
        player = self.player(step)
        task = next(task for task in player.open() if task.name.startswith(f"Uppfyll villkor {number}:"))
        complete_condition(
            replace(self.ctx, actor=player.who(task)), task_id=task.id, note=step["note"], request_id=new_id()
        )

    def conflict(self, who: str, step: Words) -> None:
        """Declare a conflict of interest in the gate that waits."""
        task = self.player(step).deciding()
        declare_conflict(self._as(who), task_id=task.id, reason=step["reason"], request_id=new_id())

    def hold(self, who: str, step: Words) -> None:
        """Put the project on hold."""
        day = _date(self.said({"day": step["resume_on"]})["day"])
        assert day is not None
        hold_project(
            self._as(who), project_id=self.project_id, resume_on=day, reason=step["reason"], request_id=new_id()
        )

    def resume(self, who: str, step: Words) -> None:
        """Resume the project."""
        resume_project(self._as(who), project_id=self.project_id, note=step["note"], request_id=new_id())

    def terminate(self, who: str, step: Words) -> None:
        """Stop the project where it stands."""
        terminate_project(self._as(who), project_id=self.project_id, reason=step["reason"], request_id=new_id())

    def holder(self, role: str, step: Words) -> None:
        """Let somebody else hold a role of the project."""
        said = self.said(step)
        replace_project_holder(
            self._as(step["by"]),
            project_id=self.project_id,
            role=role,
            holder=said["to"],
            reason=step["reason"],
            request_id=new_id(),
        )

    def file(self, name: str, step: Words) -> None:
        """Add a file to the project."""
        content = io.BytesIO(made(name, (self.script.title, *step.get("lines", ()))))
        kept = add_file(self._as(step["by"]), project_id=self.project_id, stream=content, name=name, limit=FILE_LIMIT)
        self.files[name] = kept.id
        self.clock.work(10)

    def deputy(self, role: str, step: Words) -> None:
        """Let somebody stand in for whoever has a role in the project, between two days."""
        said = self.said(step)
        days = (_date(said["first"]), _date(said["last"]))
        assert days[0] is not None and days[1] is not None
        appoint_deputy(
            self.ctx,
            scope=self.project_id,
            role=role,
            person=said["to"],
            valid_from=days[0],
            valid_to=days[1],
            legal_source=said["source"],
        )

    def said(self, value: Any) -> Any:
        """Return answers with people, groups, days and months as they are at this moment."""
        if isinstance(value, Mapping):
            return {key: self.said(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.said(inner) for inner in value]
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        if text.startswith("@"):
            short = text[1:]
            return self.cast.people.get(short) or f"body:{self.cast.bodies[short]}"
        if text.startswith(FILE):
            return FILE + self.files[text.removeprefix(FILE)]
        day = self.clock.day(text)
        if day is not None:
            return day.isoformat()
        today = local_date(self.clock())
        return text.replace("{month}", MONTHS[today.month - 1]).replace("{year}", str(today.year))

    def _as(self, who: str) -> Context:
        return replace(self.ctx, actor=self.cast.people[who])


_VERBS: Mapping[str, Callable[[_Direction, Any, Words], None]] = {
    "until": _Direction.until,
    "do": _Direction.do,
    "draft": _Direction.draft,
    "decide": _Direction.decide,
    "condition": _Direction.condition,
    "conflict": _Direction.conflict,
    "hold": _Direction.hold,
    "resume": _Direction.resume,
    "terminate": _Direction.terminate,
    "holder": _Direction.holder,
    "file": _Direction.file,
    "deputy": _Direction.deputy,
}


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
