"""Contracts and deliveries that are half done go over with what is signed and what waits."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.governance.moving import MODEL, at, everything, seen
from tests.stories.large_project import usual
from tests.stories.town import Town, build_town, request_id
from workflows.governance.moving import (
    Choice,
    MoveStatus,
    gone_steps,
    preview_move,
    replace_steps,
    undo_move,
    work_move,
)
from workflows.governance.project_page import project_page, project_timeline
from workflows.governance.verify import verify
from workflows.kernel.context import Context
from workflows.models import publish, shipped

SIGN, ACCEPT = "contract_member", "contract_accept"
"""How a member signs in the first version, and in the second."""


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def half(town: Town) -> str:
    """A project with two contracts: one is signed by the member too, the other is offered by the provider."""
    project = at(town, "Kontrakten", SIGN)
    player = town.player(project, usual=usual(town))
    while any(task.node == "contract_provider" for task in player.open()):
        player.hand_in("contract_provider", item=item_at(town, project, "contract_provider"))
    player.hand_in(SIGN, item=item_at(town, project, SIGN))
    return project


def item_at(town: Town, project: str, node: str) -> str | None:
    return next(task.item for task in town.player(project).open() if task.node == node)


def redrawn(**changes: Mapping[bytes, bytes]) -> Mapping[str, bytes]:
    """Return the shipped model with words of its diagrams exchanged."""
    files = {path: data for path, data in shipped("harnosand").items() if not path.startswith("scenarios/")}
    for name, words in changes.items():
        for old, new in words.items():
            files[f"{name}.bpmn"] = files[f"{name}.bpmn"].replace(old, new)
    return {**files, "scenarios/first.yaml": shipped("harnosand")["scenarios/rejected_at_bp1.yaml"]}


SIGNED_ANEW = {
    b'"contract_member"': b'"contract_accept"',
    b"contract_member.decision": b"contract_accept.decision",
    b"Skriv under som projektmedlem": "Godkänn kontraktet".encode(),
}
CALLED_ANEW = {b'"person_contracts"': b'"staffing"'}
DELIVERED_ANEW = {b'"deliveries"': b'"parts"'}


def prepared(town: Town, files: Mapping[str, bytes]) -> str:
    version = publish(town.ctx, files).version
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
    work_move(town.ctx, move=move)
    return move


def choose(town: Town, move: str) -> None:
    replace_steps(town.as_("ture"), move=move, steps={SIGN: ACCEPT}, request_id=request_id())
    work_move(town.ctx, move=move)


def waiting(town: Town, project: str) -> dict[str, tuple[str, str | None, object]]:
    """What is open, by id: the step, for whom, until when."""
    return {task.id: (task.node, task.item, task.due_at) for task in town.player(project).open()}


def test_a_half_signed_pair_of_contracts_goes_on_in_the_step_that_was_chosen(town: Town, half: str) -> None:
    before = waiting(town, half)
    move = prepared(town, redrawn(person_contract=SIGNED_ANEW))
    assert seen(town, move)[1]["Kontrakten"].status is MoveStatus.REFUSED
    [step] = gone_steps(town.as_("ture"), move=move)
    assert step.choices[0] == Choice(id=ACCEPT, name="Godkänn kontraktet", works=1)
    choose(town, move)
    row = seen(town, move)[1]["Kontrakten"]
    assert row.status is MoveStatus.EFFECTS
    assert "Arbetet i ”Skriv under som projektmedlem” fortsätter i ”Godkänn kontraktet”." in row.notes
    everything(town, move)
    after = waiting(town, half)
    assert after == {task: (ACCEPT if node == SIGN else node, item, due) for task, (node, item, due) in before.items()}
    player = town.player(half, usual={**usual(town), ACCEPT: {"decision": "accept"}})
    player.hand_in(ACCEPT)
    assert SIGN not in town.open(half)
    player.until("bp2")
    assert all(result.broken is None for result in verify(town.ctx))


def test_it_comes_back_half_signed_when_the_move_is_undone(town: Town, half: str) -> None:
    before = (town.project(half), waiting(town, half))
    move = prepared(town, redrawn(person_contract=SIGNED_ANEW, project=CALLED_ANEW))
    choose(town, move)
    everything(town, move)
    assert project_page(town.as_("ture"), project_id=half).version == 2
    undo_move(town.as_("ture"), move=move, project_id=half, reason="Fel steg")
    assert (town.project(half), waiting(town, half)) == before
    town.player(half, usual=usual(town)).hand_in(SIGN)
    assert all(result.broken is None for result in verify(town.ctx))


def test_without_a_choice_the_project_stays_with_the_reason(town: Town, half: str) -> None:
    move = prepared(town, redrawn(person_contract=SIGNED_ANEW))
    assert seen(town, move)[1]["Kontrakten"].notes == (
        "Projektet väntar på steget ”Skriv under som projektmedlem”, som tas bort.",
    )
    assert project_page(town.as_("ture"), project_id=half).version == 1
    assert not any(one.verb == "move" for one in project_timeline(town.as_("ture"), project_id=half)[1])


def test_contracts_under_another_id_are_the_same_contracts(town: Town, half: str) -> None:
    before = waiting(town, half)
    move = prepared(town, redrawn(project=CALLED_ANEW))
    assert seen(town, move)[1]["Kontrakten"].status is MoveStatus.PLAIN
    everything(town, move)
    assert waiting(town, half) == before
    player = town.player(half, usual=usual(town))
    player.hand_in(SIGN)
    player.until("bp2")
    assert all(result.broken is None for result in verify(town.ctx))


@pytest.mark.full
def test_deliveries_of_which_one_is_accepted_go_on_under_another_id(town: Town) -> None:
    project = at(town, "Leveranserna", "deliverable_acceptance")
    player = town.player(project, usual=usual(town))
    player.hand_in("deliverable_acceptance", item=item_at(town, project, "deliverable_acceptance"))
    before = waiting(town, project)
    gates = {task.gate for task in player.open()}
    move = prepared(town, redrawn(project=DELIVERED_ANEW))
    assert seen(town, move)[1]["Leveranserna"].status is MoveStatus.PLAIN
    everything(town, move)
    assert waiting(town, project) == before
    assert {task.gate for task in player.open()} == gates
    assert "bp3k" in gates
    player.hand_in("delivery_ready")
    player.hand_in("deliverable_acceptance")
    assert [task.node for task in player.open()].count("request") == 2
    assert all(result.broken is None for result in verify(town.ctx))


def test_contracts_for_each_of_another_list_stay_with_the_reason(town: Town, half: str) -> None:
    other = {b'item="member" collection="facts.members"': b'item="deliverable" collection="facts.deliverables"'}
    signed = {
        b'role="resource_provider"': b'role="project_manager"',
        b'role="project_member"': b'role="project_manager"',
    }
    move = prepared(town, redrawn(project=other, person_contract=signed))
    row = seen(town, move)[1]["Kontrakten"]
    assert row.status is MoveStatus.REFUSED
    assert row.notes[0] == "Projektet är i ”Personkontrakt”, som upprepas på ett annat sätt i versionen."
    assert project_page(town.as_("ture"), project_id=half).version == 1
