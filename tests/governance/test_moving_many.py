"""The preview of many projects holds no more in memory than that of a few: it looks at them in batches."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import replace
from datetime import datetime

import pytest

from tests.bench.moving import copied
from tests.governance.moving import MODEL, at, second_version, seen
from tests.stories.town import Town, build_town
from workflows.governance.moving import MoveStatus, preview_move, work_move
from workflows.governance.moving.working import BATCH
from workflows.kernel.context import Context
from workflows.models import publish

pytestmark = pytest.mark.full

STEPS = ("sponsor_answer", "risk_assessment", "contract_member")


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def peak(town: Town, version: int) -> tuple[int, int, int]:
    """Preview a move of everything; return how many projects it was, and the bytes held at most and in the end."""
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
    gc.collect()
    tracemalloc.start()
    try:
        work_move(town.ctx, move=move)
        most = tracemalloc.get_traced_memory()[1]
        gc.collect()
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    found = seen(town, move)[0]
    assert found.movable == found.total
    return found.total, most, kept


def test_nine_times_the_projects_are_not_held_in_memory(town: Town) -> None:
    projects = [at(town, f"Projekt vid {step}", step) for step in STEPS]
    version = publish(town.ctx, second_version()).version
    copied(town, projects, BATCH // len(STEPS))
    peak(town, version)  # versions are read and sentences are made once
    few, little, _ = peak(town, version)
    copied(town, projects, 9 * BATCH // len(STEPS), "L")
    many, much, kept = peak(town, version)
    assert many > 8 * few
    assert much < 3 * little  # what is dropped is not collected at once
    assert kept < little / 2


def test_how_far_it_has_come_is_seen_after_each_batch(town: Town) -> None:
    projects = [at(town, "Idén", "sponsor_answer")]
    version = publish(town.ctx, second_version()).version
    copied(town, projects, 2 * BATCH)
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
    left: list[int] = []

    def looking() -> datetime:
        """Look at the page each time the job asks what time it is: once a batch."""
        left.append(seen(town, move)[0].count(MoveStatus.WAITING))
        return town.ctx.now()

    work_move(replace(town.ctx, clock=looking), move=move)
    assert left == [2 * BATCH + 1, BATCH + 1, 1, 0]
