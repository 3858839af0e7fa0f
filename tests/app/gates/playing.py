"""Projects on their way to a gate, and a person who decides it page by page as a browser without JavaScript would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.stories.moments import played_once
from tests.stories.town import Town
from workflows.flow import InboxRow
from workflows.governance.decision import DecisionInput
from workflows.governance.decision_record import Decision, decisions_of
from workflows.governance.outcomes import Outcome
from workflows.governance.packs import Pack, packs_of
from workflows.governance.readiness import Condition, conditions_of
from workflows.kernel.ids import new_id

Browser = Callable[[str], FlaskClient]
Fields = Mapping[str, str | Sequence[str]]

NO = {"answer": "no", "reason": "Samverkan är bokad till den 3 december."}
"""An answer to a compulsory question that makes the request one with deviation."""


@played_once
def to_gate(town: Town, /, *, manager: str = "karin", answers: Any = None, grouped: bool = False, **facts: Any) -> str:
    """Play a new project up to the decision at its first gate; `facts` are of the idea and the directive."""
    project = town.start("olle", "Digital avtalssignering").project_id
    size: dict[str, Any] = {"size_class": "small", "total_cost": 600_000, **facts}
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], **size)
    town.fill("olle", project, "c1_relevance")
    town.fill("anna", project, "sponsor_answer", decision="go")
    town.fill("anna", project, "appoint_manager", project_manager=town.people[manager])
    town.fill(manager, project, "risk_assessment")
    town.fill("eva", project, "cost_benefit", total_cost=size["total_cost"])
    town.fill(manager, project, "organisation", **({"steering_group_body": f"body:{town.group}"} if grouped else {}))
    town.fill(manager, project, "resource_needs")
    prepare(town, project, manager, answers=answers, **size)
    return project


@played_once
def to_meeting(town: Town, /, *, manager: str = "karin", **plan: Any) -> str:
    """Play a project with a steering group up to the decision at its second gate."""
    project = to_gate(town, manager=manager, grouped=True)
    town.decide("anna", project, DecisionInput(outcome=Outcome.APPROVE, no_conflict=True))
    plan_again(town, project, manager, **plan)
    return project


@played_once
def plan_again(town: Town, /, project: str, manager: str = "karin", **plan: Any) -> None:
    """Do what the planning phase asks, with `plan` in the project plan, and request the second gate."""
    chosen = {"request": {"proposal": "Styrgruppen godkänner projektplanen."}, "project_plan": plan}
    while "decision" not in {row.kind for row in town.open(project).values()}:
        for node in town.open(project):
            town.fill(manager, project, node, **chosen.get(node, {}))


def prepare(town: Town, project: str, manager: str = "karin", *, answers: Any = None, **size: Any) -> None:
    """Write the directive, answer the checklist and request the first gate."""
    town.fill(manager, project, "project_directive", receiver=town.people["lena"], **size)
    town.fill("ture", project, "office_review", outcome="approve")
    town.fill(manager, project, "c2_preparation", **(answers or {}))
    request(town, project, manager)


def request(town: Town, project: str, manager: str = "karin") -> None:
    """Ask for the decision."""
    town.fill(manager, project, "request", proposal="Beställaren godkänner projektdirektivet.")


@played_once
def again(town: Town, /, project: str, **answers: Any) -> None:
    """Do what a rework of the first gate asks, with `answers` to the checklist, and request the gate again."""
    chosen: dict[str, dict[str, Any]] = {
        "office_review": {"outcome": "approve"},
        "project_directive": {"receiver": town.people["lena"]},
        "cost_benefit": {"total_cost": 600_000},
        "c2_preparation": answers,
        "request": {"proposal": "Beställaren godkänner projektdirektivet."},
    }
    who = {"cost_benefit": "eva", "office_review": "ture"}
    while "decision" not in {row.kind for row in town.open(project).values()}:
        for node in town.open(project):
            town.fill(who.get(node, "karin"), project, node, **chosen.get(node, {}))


def gate(town: Town, project: str) -> InboxRow:
    """The deciding task that is open."""
    (task,) = [row for row in town.open(project).values() if row.kind == "decision"]
    return task


def address(town: Town, project: str) -> str:
    """Where the room of the open gate is."""
    return f"/gates/{gate(town, project).task_id}"


def decisions(town: Town, project: str) -> tuple[Decision, ...]:
    """Every decision of a project, newest first."""
    with town.ctx.read() as session:
        return decisions_of(session, tenant=town.ctx.tenant, project_id=project)


def packs(town: Town, project: str) -> tuple[Pack, ...]:
    """Every pack of a project, oldest first."""
    with town.ctx.read() as session:
        return packs_of(session, tenant=town.ctx.tenant, project_id=project)


def conditions(town: Town, project: str) -> tuple[Condition, ...]:
    """Every condition of a project."""
    with town.ctx.read() as session:
        return conditions_of(session, tenant=town.ctx.tenant, project_id=project)


def write(client: FlaskClient, room: str, fields: Fields, *, form: str = "") -> TestResponse:
    """Fill in the panel of a room (or its page `form`) and ask to review it; hidden fields go along."""
    page = client.get(room + form)
    assert page.status_code == 200, page.status
    return client.post(room, data={"version": hidden(page, "version"), **fields})


def decide(client: FlaskClient, room: str, fields: Fields, *, form: str = "", request_id: str = "") -> TestResponse:
    """Write a decision, review it and record it."""
    written = write(client, room, fields, form=form)
    assert written.status_code == 303, text(written)
    checked = client.get(f"{room}/check")
    assert checked.status_code == 200, checked.status
    assert "Granska beslutet" in checked.text
    return submit(client, room, hidden(checked, "version"), request_id or new_id())


def submit(client: FlaskClient, room: str, version: str, request_id: str) -> TestResponse:
    """Press the last button."""
    return client.post(f"{room}/decision", data={"version": version, "request_id": request_id})


def hidden(page: TestResponse, name: str) -> str:
    """The value of a hidden field."""
    (value,) = set(document(page).xpath(f"//main//input[@name='{name}']/@value"))
    return str(value)


def document(page: TestResponse) -> Any:
    """The page as a tree."""
    return html.fromstring(page.text)


def text(page: TestResponse) -> str:
    """What main says, with single spaces."""
    return " ".join(document(page).xpath("string(//main)").split())


def errors(page: TestResponse) -> list[str]:
    """The addresses in the error summary, which stand for the fields that are wrong."""
    return [str(link)[1:] for link in document(page).xpath("//div[@class='s-errors']//a/@href")]
