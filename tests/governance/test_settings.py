"""What the organisation sets holds from its day: in the authority table, in the deadlines of steps that open then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.bench.statements import counting
from tests.conftest import TestClock
from tests.models.telling import SECOND, files_of, without_scenarios
from tests.stories.large_project import usual
from tests.stories.town import Town, build_town
from workflows.flow.tables import TaskRow
from workflows.governance.setting_change import MOST_KRONOR, MOST_WORKDAYS, set_cost_limit, set_workdays
from workflows.governance.setting_errors import (
    AmountUnusable,
    ChangedMeanwhile,
    DaysUnusable,
    DayTooFar,
    EscalatedTooEarly,
    NothingChanges,
    ReminderTooLate,
)
from workflows.governance.setting_page import settings_page
from workflows.governance.settings import BOARD_COST_LIMIT, STREAM, Settings, Workdays, load_settings, step_key
from workflows.governance.verify import verify_streams
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.errors import AlreadyDone, Forbidden, NotFound, RequestReused
from workflows.kernel.ids import RequestId
from workflows.kernel.workdays import add_workdays
from workflows.models import latest, load_bundle, publish
from workflows.people import Refused
from workflows.people.errors import DayPassed, ReasonMissing

DAY = timedelta(days=1)
WHY = "Beslut i kommunstyrelsen 23 november"


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def _settings(town: Town) -> Settings:
    with town.ctx.read() as session:
        return load_settings(session, tenant=town.ctx.tenant)


def _limit(town: Town, amount: int, *, days: int = 0, version: int = 0, request: str | None = None) -> str:
    ctx = town.as_("ture")
    return set_cost_limit(
        ctx, amount=amount, valid_from=local_date(ctx.now()) + days * DAY, reason=WHY, version=version,
        request_id=RequestId(request) if request else None,
    )  # fmt: skip


def _periods(town: Town, workdays: Workdays, *, step: str, days: int = 0, version: int = 0) -> str:
    ctx = town.as_("ture")
    with ctx.read() as session:
        model = latest(session, tenant=ctx.tenant).model
    return set_workdays(
        ctx, model=model, step=step, workdays=workdays, valid_from=local_date(ctx.now()) + days * DAY, reason=WHY,
        version=version,
    )  # fmt: skip


def test_a_limit_holds_from_its_day_and_the_next_takes_over(town: Town, clock: TestClock) -> None:
    _limit(town, 5_000_000, days=2)
    _limit(town, 7_000_000, days=9, version=1)
    limits = [int(_settings(town).board_cost_limit(clock.today + days * DAY)) for days in (1, 2, 8, 9, 400)]
    assert limits == [10_000_000, 5_000_000, 5_000_000, 7_000_000, 7_000_000]


def test_the_same_day_set_anew_replaces_it_and_both_stay_in_the_history(town: Town, clock: TestClock) -> None:
    _limit(town, 5_000_000, days=2)
    _limit(town, 6_000_000, days=2, version=1)
    settings = _settings(town)
    assert [one.kronor for one in settings.coming(BOARD_COST_LIMIT, clock.today)] == [6_000_000]
    page = settings_page(town.as_("ture"))
    assert [(one.amount, one.by, one.reason) for one in page.history] == [
        (Decimal(6_000_000), "Ture Malm", WHY),
        (Decimal(5_000_000), "Ture Malm", WHY),
    ]


def test_a_limit_moves_the_decision_to_the_board(town: Town) -> None:
    _limit(town, 100_000)
    player = town.player(town.start("olle", "Trygg hemgång").project_id, usual=usual(town))
    player.until("decide_board", idea_sheet={"total_cost": 600_000}, project_directive={"total_cost": 600_000})


def test_a_limit_of_tomorrow_leaves_todays_decisions_alone(town: Town) -> None:
    _limit(town, 100_000, days=1)
    player = town.player(town.start("olle", "Trygg hemgång").project_id, usual=usual(town))
    player.until("decide_single", idea_sheet={"total_cost": 600_000}, project_directive={"total_cost": 600_000})


def _due(town: Town, project: str, node: str) -> date | None:
    due_at = town.open(project)[node].due_at
    return None if due_at is None else local_date(due_at)


def test_a_step_that_opens_then_follows_the_setting_and_one_that_is_open_keeps_its_day(
    town: Town, clock: TestClock
) -> None:
    early = town.player(town.start("olle", "Digital avtalssignering").project_id, usual=usual(town))
    early.until("sponsor_answer")
    before = _due(town, early.project_id, "sponsor_answer")
    _periods(town, Workdays(due=4, remind=2, escalate=6), step="sponsor_answer")
    late = town.player(town.start("olle", "Trygg hemgång").project_id, usual=usual(town))
    late.until("sponsor_answer")
    assert _due(town, early.project_id, "sponsor_answer") == before == add_workdays(clock.today, 20)
    assert _due(town, late.project_id, "sponsor_answer") == add_workdays(clock.today, 4)
    with town.ctx.read() as session:
        row = session.get_one(TaskRow, (town.ctx.tenant, late.task("sponsor_answer").id))
        marks = [local_date(at) for at in (row.remind_at, row.escalate_at) if at]
    assert marks == [add_workdays(clock.today, 2), add_workdays(clock.today, 6)]


def test_the_first_step_of_a_project_can_have_a_time_though_the_model_gives_none(town: Town, clock: TestClock) -> None:
    _periods(town, Workdays(due=3), step="idea_sheet", days=1)
    today = town.start("olle", "Digital avtalssignering").project_id
    clock.on(clock.today + DAY)
    tomorrow = town.start("olle", "Trygg hemgång").project_id
    assert _due(town, today, "idea_sheet") is None
    assert _due(town, tomorrow, "idea_sheet") == add_workdays(clock.today, 3)


def test_nothing_set_is_the_models_own_again(town: Town, clock: TestClock) -> None:
    _periods(town, Workdays(due=4, remind=2, escalate=6), step="sponsor_answer")
    _periods(town, Workdays(), step="sponsor_answer", version=1)
    player = town.player(town.start("olle", "Trygg hemgång").project_id, usual=usual(town))
    player.until("sponsor_answer")
    assert _due(town, player.project_id, "sponsor_answer") == add_workdays(clock.today, 20)


def test_settings_cost_a_step_no_statement_once_they_are_known(town: Town) -> None:
    def asked() -> tuple[int, int]:
        """Statements of a start and of the step after it."""
        with counting(town.ctx.database) as started:
            player = town.player(town.start("olle", "Digital avtalssignering").project_id, usual=usual(town))
        with counting(town.ctx.database) as stepped:
            player.hand_in("idea_sheet")
        return len(started.statements), len(stepped.statements)

    asked()  # what is read once in a process is read here
    plain = asked()
    _periods(town, Workdays(due=4, remind=2), step="idea_sheet")
    _limit(town, 5_000_000)
    assert asked() == (plain[0] + 1, plain[1])
    assert asked() == plain


def test_another_process_sees_a_change_at_once(town: Town, clock: TestClock) -> None:
    _limit(town, 5_000_000)
    other = Database(town.ctx.database.url)
    there = replace(town, ctx=replace(town.ctx, database=other))
    assert _settings(there).board_cost_limit(clock.today) == 5_000_000
    _limit(town, 6_000_000, version=1)
    assert _settings(there).board_cost_limit(clock.today) == 6_000_000
    other.close()


WRONG: list[tuple[Callable[[Town], object], type[Exception], str]] = [
    (lambda town: _limit(town, -1), AmountUnusable, "amount"),
    (lambda town: _limit(town, MOST_KRONOR + 1), AmountUnusable, "amount"),
    (lambda town: _limit(town, 10_000_000), NothingChanges, "amount"),
    (lambda town: _limit(town, 1, days=-1), DayPassed, "valid_from"),
    (lambda town: _limit(town, 1, days=9999), DayTooFar, "valid_from"),
    (lambda town: _limit(town, 1, version=3), ChangedMeanwhile, "amount"),
    (lambda town: _periods(town, Workdays(due=0), step="idea_sheet"), DaysUnusable, "due"),
    (lambda town: _periods(town, Workdays(remind=MOST_WORKDAYS + 1), step="idea_sheet"), DaysUnusable, "remind"),
    (lambda town: _periods(town, Workdays(escalate=-2), step="idea_sheet"), DaysUnusable, "escalate"),
    (lambda town: _periods(town, Workdays(due=5, remind=5), step="idea_sheet"), ReminderTooLate, "remind"),
    (lambda town: _periods(town, Workdays(due=10), step="sponsor_answer"), ReminderTooLate, "remind"),
    (lambda town: _periods(town, Workdays(due=31), step="sponsor_answer"), EscalatedTooEarly, "escalate"),
    (lambda town: _periods(town, Workdays(), step="idea_sheet"), NothingChanges, "due"),
]


@pytest.mark.parametrize(("attempt", "error", "field"), WRONG)
def test_what_cannot_hold_is_refused_at_its_field_and_nothing_is_set(
    town: Town, attempt: Callable[[Town], object], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as refused:
        attempt(town)
    assert isinstance(refused.value, Refused) and refused.value.field == field
    assert _settings(town) == Settings()


def test_a_change_wants_a_reason(town: Town, clock: TestClock) -> None:
    with pytest.raises(ReasonMissing):
        set_cost_limit(town.as_("ture"), amount=1, valid_from=clock.today, reason=" ", version=0)
    assert _settings(town) == Settings()


def test_a_step_that_no_model_has_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        _periods(town, Workdays(due=5), step="no_such_step")
    assert _settings(town) == Settings()


def test_only_an_administrator_sets_and_reads(town: Town, clock: TestClock) -> None:
    anna = town.as_("anna")
    with pytest.raises(Forbidden):
        set_cost_limit(anna, amount=1, valid_from=clock.today, reason=WHY, version=0)
    with pytest.raises(Forbidden):
        set_workdays(
            anna, model="harnosand", step="idea_sheet", workdays=Workdays(due=5), valid_from=clock.today, reason=WHY,
            version=0,
        )  # fmt: skip
    with pytest.raises(Forbidden):
        settings_page(anna)
    assert _settings(town) == Settings()


def test_the_second_of_two_administrators_hears_who_was_first(town: Town, clock: TestClock) -> None:
    _limit(town, 5_000_000)
    with pytest.raises(ChangedMeanwhile) as refused:
        _limit(town, 6_000_000)
    assert refused.value.status == 409
    assert refused.value.facts["name"] == "Ture Malm"
    assert _settings(town).board_cost_limit(clock.today) == 5_000_000


def test_a_double_click_sets_once(town: Town) -> None:
    _limit(town, 5_000_000, request="r" * 32)
    with pytest.raises(AlreadyDone) as before:
        _limit(town, 5_000_000, request="r" * 32)
    assert before.value.outcome == BOARD_COST_LIMIT
    assert _settings(town).version(BOARD_COST_LIMIT) == 1


def test_an_id_of_something_else_is_refused(town: Town) -> None:
    town.start("olle", "Trygg hemgång")
    _limit(town, 5_000_000, request="r" * 32)
    with pytest.raises(RequestReused):
        set_cost_limit(
            town.ctx, amount=6_000_000, valid_from=local_date(town.ctx.now()), reason=WHY, version=1,
            request_id=RequestId("r" * 32),
        )  # fmt: skip
    assert _settings(town).version(BOARD_COST_LIMIT) == 1


def test_verify_follows_the_settings_too(town: Town) -> None:
    _limit(town, 5_000_000)
    found = {one.stream: one for one in verify_streams(town.ctx)}
    assert (found[STREAM].events, found[STREAM].broken) == (1, None)
    with town.ctx.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER styr_event_no_update")
        connection.exec_driver_sql(
            "UPDATE styr_event SET body = CAST(replace(CAST(body AS TEXT), '5000000', '9000000') AS BLOB) "
            "WHERE stream = 'settings'"
        )
    broken = {one.stream: one.broken for one in verify_streams(town.ctx)}[STREAM]
    assert broken is not None and broken.problem == "changed"


def test_a_step_that_only_an_older_version_has_can_be_set_while_projects_follow_it(town: Town) -> None:
    second = files_of(SECOND)
    publish(town.ctx, second)
    town.start("olle", "Digital avtalssignering", model="ny_tjanst")
    drawing = second["project.bpmn"].replace(b'"mend"', b'"repair"').replace(b">mend<", b">repair<")
    publish(town.ctx, {**without_scenarios(second), "project.bpmn": drawing})
    page = settings_page(town.as_("ture"))
    (model,) = [model for model in page.models if model.key == "ny_tjanst"]
    nodes = [one.step.node for part in model.parts for one in part.steps]
    assert {"mend", "repair"} <= set(nodes)
    assert len(nodes) == len(set(nodes))
    old = {one.step.node: one.step.is_old for part in model.parts for one in part.steps}
    assert old["mend"] and not old["repair"]
    assert len({str(part.label) for part in model.parts}) == len(model.parts)


def test_every_step_of_the_model_can_be_set_and_each_stands_once(town: Town) -> None:
    page = settings_page(town.as_("ture"))
    with town.ctx.read() as session:
        published = latest(session, tenant=town.ctx.tenant)
        tasks = load_bundle(session, tenant=town.ctx.tenant, digest=published.digest).executable.tasks
    (model,) = page.models
    listed = [one.step for part in model.parts for one in part.steps]
    assert sorted(step.node for step in listed) == sorted(tasks)
    assert {step.key for step in listed} == {step_key(published.model, node) for node in tasks}
    assert len({str(part.label) for part in model.parts}) == len(model.parts)
