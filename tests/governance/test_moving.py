"""Ten projects stand at ten points of the first version; nine go over to the second, one says why it stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.conftest import TestClock
from tests.governance.moving import (
    GONE,
    MODEL,
    at,
    everything,
    previewed,
    publish_second,
    second_version,
    seen,
)
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, met
from tests.stories.town import Town, build_town, request_id
from workflows.engine import TaskKind
from workflows.flow import Origin, open_tasks
from workflows.governance.decision import DecisionInput
from workflows.governance.holding import hold_project, resume_project
from workflows.governance.moving import (
    ModelMove,
    MovedOn,
    MoveReasonMissing,
    MoveStatus,
    NobodyRuns,
    NothingToMove,
    SameVersion,
    move_projects,
    preview_move,
    undo_move,
    undo_moves,
    work_move,
)
from workflows.governance.outcomes import Mode, Outcome
from workflows.governance.project import ProjectStatus
from workflows.governance.project_page import project_page, project_timeline
from workflows.governance.receipts import receipt_page
from workflows.governance.sweep import sweep
from workflows.governance.tables import ModelMoveRow, ProjectRow
from workflows.governance.task_page import task_page
from workflows.governance.verify import verify
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.jobs import MemoryJobs
from workflows.models import publish


class Died(BaseException):
    """The process died."""


class Dying(MemoryJobs):
    """Dies with the first mail, in the middle of a project's transaction."""

    def later(self, session: Session, name: str, *arguments: str, key: str, delay: timedelta | None = None) -> None:
        """Die."""
        raise Died


LAST_REPORT = {"overall": "green", "change": "no", "deviation": "no", "last": True}


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def projects(town: Town) -> Mapping[str, str]:
    """The ten, by where they stand."""
    found = {
        "idea": at(town, "Idén", "sponsor_answer"),
        "drafted": at(town, "Utkastet", "project_directive"),
        "parallel": at(town, "Grenarna", "risk_assessment"),
        "requested": at(town, "Begärd", "bp1"),
        "deferred": at(town, "Uppskjuten", "bp1"),
        "meeting": at(town, "Mötet", "bp2"),
        "contracts": at(town, "Kontrakten", "contract_member"),
        "resting": at(town, "Vilande", "project_plan"),
        "delivery": at(town, "Leveransen", "deliverable_acceptance"),
        "gone": at(town, "Samverkan", GONE),
    }
    players = {name: town.player(project, usual=usual(town)) for name, project in found.items()}
    players["drafted"].draft("project_directive", {"purpose": "Det som redan är skrivet"})
    players["requested"].deciding()
    later = local_date(town.ctx.now()) + timedelta(days=20)
    players["deferred"].decide(
        DecisionInput(outcome=Outcome.DEFER, no_conflict=True, motivation="Underlaget kom sent.", defer_to=later)
    )
    players["meeting"].deciding()
    first = next(task for task in players["contracts"].open() if task.node == "contract_member")
    players["contracts"].hand_in("contract_member", item=first.item)
    hold_project(
        town.as_("ture"),
        project_id=found["resting"],
        resume_on=local_date(town.ctx.now()) + timedelta(days=60),
        reason="Väntar på budget",
        request_id=request_id(),
    )
    return found


def to_the_end(town: Town, project: str) -> None:
    """Hand in and decide whatever waits until nothing does; what comes round again waits for what does not."""
    player = town.player(project, usual={**usual(town), "status_report": LAST_REPORT})
    times: Counter[tuple[str, str | None]] = Counter()
    while tasks := [task for task in player.open() if task.origin is Origin.ENGINE]:
        task = min(tasks, key=lambda one: times[one.node, one.item])
        times[task.node, task.item] += 1
        assert times[task.node, task.item] < 9, task
        if task.kind == TaskKind.DECISION:
            player.decide(met(town, Outcome.APPROVE) if task.form == Mode.MEETING else APPROVE, item=task.item)
        else:
            player.hand_in(task.node, item=task.item)


def steps_done(town: Town, project: str) -> set[str]:
    """The steps that somebody did in a project."""
    _, happened = project_timeline(town.as_("ture"), project_id=project)
    return {str(one.facts.get("step")) for one in happened}


def waiting(town: Town, project: str) -> list[object]:
    """What is open in a project, with who has it and when it is due."""
    with town.ctx.read() as session:
        tasks = open_tasks(session, tenant=town.ctx.tenant, instance_id=town.project(project).instance)
    return [(task.id, task.node, task.due_at, task.item, task.round) for task in tasks]


@pytest.mark.full
def test_the_preview_says_of_each_what_changes_and_writes_nothing_in_it(
    town: Town, projects: Mapping[str, str]
) -> None:
    before = {name: town.project(project) for name, project in projects.items()}
    move, rows = previewed(town)
    assert (move.total, move.movable, move.count("refused")) == (10, 9, 1)
    assert rows["Samverkan"].notes[0] == "Projektet väntar på steget ”Genomför facklig samverkan”, som tas bort."
    assert "Frågorna i ”Skriv projektdirektivet” är ändrade. Det som är ifyllt finns kvar." in rows["Utkastet"].notes
    assert "”Bedöm risker” väntar på ekonom i stället för projektledare." in rows["Grenarna"].notes
    assert all("Nytt längre fram: ”Ta vara på lärdomar”." in row.notes for row in rows.values() if row.notes[1:])
    assert {name: town.project(project) for name, project in projects.items()} == before
    assert all(result.broken is None for result in verify(town.ctx))


@pytest.mark.full
def test_nine_move_with_everything_they_had_and_play_to_their_end(town: Town, projects: Mapping[str, str]) -> None:
    open_before = {name: waiting(town, project) for name, project in projects.items()}
    move, _ = previewed(town)
    everything(town, move.id)
    move, _ = seen(town, move.id)
    assert (move.count("moved"), move.count("refused"), move.busy) == (9, 1, 0)
    assert {name: waiting(town, project) for name, project in projects.items()} == open_before
    assert all(result.broken is None for result in verify(town.ctx))
    versions = {name: project_page(town.as_("ture"), project_id=one).version for name, one in projects.items()}
    assert versions == {**dict.fromkeys(projects, 2), "gone": 1}

    undo_move(town.as_("ture"), move=move.id, project_id=projects["idea"], reason="Fel projekt")
    assert project_page(town.as_("ture"), project_id=projects["idea"]).version == 1
    resume_project(town.as_("ture"), project_id=projects["resting"], note="", request_id=request_id())
    for name, project in projects.items():
        to_the_end(town, project)
        assert town.project(project).status is ProjectStatus.CLOSED, name
    asked = {name: "Ta vara på lärdomar" in steps_done(town, project) for name, project in projects.items()}
    assert asked == {**dict.fromkeys(projects, True), "gone": False, "idea": False}
    assert all(result.broken is None for result in verify(town.ctx))


@pytest.fixture
def one(town: Town) -> str:
    """A project that waits for its directive."""
    return at(town, "Ensam", "project_directive")


def moved(town: Town) -> ModelMove:
    """Move everything to the second version."""
    move, _ = previewed(town)
    everything(town, move.id)
    return seen(town, move.id)[0]


def version_of(town: Town, project: str) -> int:
    return project_page(town.as_("ture"), project_id=project).version


def test_the_record_says_who_moved_it_from_where_to_where_and_why(town: Town, one: str) -> None:
    moved(town)
    _, happened = project_timeline(town.as_("ture"), project_id=one)
    said = happened[0]
    assert said.sentence.format(**said.facts) == "Ture Malm flyttade projektet från modellversion 1 till 2"
    assert said.note == "Nya modellen"


def test_a_move_is_undone_until_the_next_step(town: Town, one: str) -> None:
    before = (town.project(one), waiting(town, one))
    move = moved(town)
    undo_move(town.as_("ture"), move=move.id, project_id=one, reason="För tidigt")
    assert (town.project(one), waiting(town, one)) == before
    assert seen(town, move.id)[1]["Ensam"].status is MoveStatus.UNDONE
    _, happened = project_timeline(town.as_("ture"), project_id=one)
    assert happened[0].note == "För tidigt"
    assert [result.broken for result in verify(town.ctx)] == [None]


def test_who_presses_twice_undoes_it_once(town: Town, one: str) -> None:
    move = moved(town)
    for _ in range(2):
        undo_move(town.as_("ture"), move=move.id, project_id=one, reason="För tidigt")
    _, happened = project_timeline(town.as_("ture"), project_id=one)
    assert [said.verb for said in happened].count("undo_move") == 1
    assert version_of(town, one) == 1


def test_after_the_next_step_it_is_not(town: Town, one: str) -> None:
    move = moved(town)
    town.player(one, usual=usual(town)).hand_in("project_directive")
    with pytest.raises(MovedOn):
        undo_move(town.as_("ture"), move=move.id, project_id=one, reason="För sent")
    assert version_of(town, one) == 2
    undo_moves(town.as_("ture"), move=move.id, reason="För sent", request_id=request_id())
    work_move(town.ctx, move=move.id)
    assert seen(town, move.id)[1]["Ensam"].status is MoveStatus.MOVED_ON
    assert version_of(town, one) == 2


def test_a_whole_move_is_undone_at_once(town: Town, one: str) -> None:
    other = at(town, "Tvåan", "sponsor_answer")
    move = moved(town)
    assert undo_moves(town.as_("ture"), move=move.id, reason="Fel version", request_id=request_id()) == 2
    work_move(town.ctx, move=move.id)
    assert [version_of(town, project) for project in (one, other)] == [1, 1]
    assert all(result.broken is None for result in verify(town.ctx))


def test_a_reminder_or_a_file_meanwhile_hinders_no_undoing(town: Town, one: str, clock: TestClock) -> None:
    other = at(town, "Påmind", "sponsor_answer")
    move = moved(town)
    clock.forward(days=60)
    sweep(town.ctx)
    undo_move(town.as_("ture"), move=move.id, project_id=other, reason="Ändå inte")
    assert (version_of(town, other), version_of(town, one)) == (1, 2)


def test_what_changed_since_the_preview_is_shown_before_anything_is_moved(town: Town) -> None:
    one = at(town, "Ensam", "sponsor_answer")
    move, rows = previewed(town)
    player = town.player(one, usual=usual(town))
    player.until("risk_assessment")
    everything(town, move.id)
    row = seen(town, move.id)[1]["Ensam"]
    assert row.status is MoveStatus.CHANGED
    assert set(row.notes) - set(rows["Ensam"].notes)
    assert version_of(town, one) == 1
    everything(town, move.id)
    assert version_of(town, one) == 2


def test_a_project_that_ended_meanwhile_is_left_alone(town: Town) -> None:
    idea = at(town, "Nej tack", "sponsor_answer")
    move, _ = previewed(town)
    town.player(idea).hand_in("sponsor_answer", {"decision": "no", "reason": "Ryms inte"})
    everything(town, move.id)
    assert seen(town, move.id)[1]["Nej tack"].status is MoveStatus.GONE
    assert town.project(idea).status is ProjectStatus.REJECTED


@pytest.mark.full
def test_the_job_goes_on_where_it_died_and_every_project_is_whole(town: Town, projects: Mapping[str, str]) -> None:
    move, _ = previewed(town)
    chosen = [*projects.values()]
    move_projects(town.as_("ture"), move=move.id, projects=chosen, reason="Nya", request_id=request_id())
    with pytest.raises(Died):
        work_move(replace(town.ctx, jobs=Dying()), move=move.id)
    found, _ = seen(town, move.id)
    assert 0 < found.count("moved") < 9
    assert all(result.broken is None for result in verify(town.ctx))
    work_move(town.ctx, move=move.id)
    found, _ = seen(town, move.id)
    assert (found.count("moved"), found.busy) == (9, 0)
    assert all(result.broken is None for result in verify(town.ctx))


def test_two_workers_at_once_move_each_project_once(town: Town, one: str) -> None:
    others = [at(town, f"Nummer {number}", "sponsor_answer") for number in range(4)]
    move, _ = previewed(town)
    chosen = [one, *others]
    move_projects(town.as_("ture"), move=move.id, projects=chosen, reason="Nya", request_id=request_id())
    with ThreadPoolExecutor(2) as workers:
        for done in [workers.submit(work_move, town.ctx, move=move.id) for _ in range(2)]:
            done.result()
    for project in chosen:
        _, happened = project_timeline(town.as_("ture"), project_id=project)
        assert [said.verb for said in happened].count("move") == 1
    assert all(result.broken is None for result in verify(town.ctx))


def test_the_same_request_is_the_same_move(town: Town, one: str) -> None:
    second, request = publish_second(town.ctx), request_id()
    ask = partial(preview_move, town.as_("ture"), model=MODEL, from_version=1, to_version=second, request_id=request)
    assert ask() == ask()
    with town.ctx.read() as session:
        assert session.scalar(select(func.count()).select_from(ModelMoveRow)) == 1


def test_what_was_done_on_a_step_that_is_gone_can_still_be_read(town: Town) -> None:
    project = at(town, "Samverkan", GONE)
    done = town.player(project, usual=usual(town)).hand_in(GONE)
    moved(town)
    page = receipt_page(town.as_("karin"), task_id=done.task_id)
    assert page.held.definition.node == GONE
    assert version_of(town, project) == 2


def test_only_the_project_office_and_the_administrator_move_projects(town: Town, one: str) -> None:
    second = publish_second(town.ctx)
    with pytest.raises(NotFound):
        preview_move(town.as_("karin"), model=MODEL, from_version=1, to_version=second)
    with town.ctx.read() as session:
        assert session.scalar(select(func.count()).select_from(ModelMoveRow)) == 0


def test_a_move_needs_two_versions_somebody_on_the_first_and_a_reason(town: Town, one: str) -> None:
    ctx, second = town.as_("ture"), publish_second(town.ctx)
    with pytest.raises(SameVersion):
        preview_move(ctx, model=MODEL, from_version=1, to_version=1)
    with pytest.raises(NobodyRuns):
        preview_move(ctx, model=MODEL, from_version=second, to_version=1)
    move = preview_move(ctx, model=MODEL, from_version=1, to_version=second)
    work_move(town.ctx, move=move)
    with pytest.raises(MoveReasonMissing):
        move_projects(ctx, move=move, projects=[one], reason=" ", request_id=request_id())
    with pytest.raises(NothingToMove):
        move_projects(ctx, move=move, projects=[], reason="Nya", request_id=request_id())
    assert seen(town, move)[0].busy == 0


def test_an_altered_version_of_a_moved_project_is_found(town: Town, one: str) -> None:
    first = town.project(one).bundle
    moved(town)
    with town.ctx.write() as session:
        session.execute(update(ProjectRow).values(bundle=first))
    [result] = verify(town.ctx)
    assert result.broken is not None
    assert result.broken.problem == "project"


def test_a_draft_with_answers_to_questions_that_are_gone_is_told_of_and_goes_on(town: Town, one: str) -> None:
    town.player(one, usual=usual(town)).draft("project_directive", {"limits": "Inte gatan", "purpose": "Det skrivna"})
    form = "forms/project_directive.form.json"
    files = second_version()
    publish(town.ctx, {**files, form: files[form].replace(b'"key": "limits"', b'"key": "boundaries"')})
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=2)
    work_move(town.ctx, move=move)
    notes = seen(town, move)[1]["Ensam"].notes
    assert any(note.endswith("Det som är ifyllt finns kvar, utom svar på frågor som tas bort.") for note in notes)
    everything(town, move)
    task = town.open(one)["project_directive"].task_id
    page = task_page(town.as_("karin"), task_id=task)
    assert page.held.waiting.draft is not None
    assert page.held.waiting.draft.answers["purpose"] == "Det skrivna"
    town.player(one, usual=usual(town)).hand_in("project_directive")
    assert "office_review" in town.open(one)


def test_why_a_whole_move_was_undone_stands_beside_why_it_was_made(town: Town, one: str) -> None:
    move = moved(town)
    undo_moves(town.as_("ture"), move=move.id, reason="Fel version", request_id=request_id())
    work_move(town.ctx, move=move.id)
    found, rows = seen(town, move.id)
    assert (found.reason, rows["Ensam"].notes) == ("Nya modellen", ("Fel version",))
    _, happened = project_timeline(town.as_("ture"), project_id=one)
    assert [said.note for said in happened[:2]] == ["Fel version", "Nya modellen"]
