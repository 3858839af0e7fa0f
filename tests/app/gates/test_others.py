"""When it is not for one to decide: conflicts of interest, one's own project, withdrawn, terminated, too late."""

from __future__ import annotations

from app.mail import stuck, stuck_decision
from tests.app.gates.playing import (
    NO,
    Browser,
    address,
    decide,
    decisions,
    document,
    errors,
    gate,
    packs,
    request,
    submit,
    text,
    to_gate,
    write,
)
from tests.conftest import TestClock
from tests.stories.town import Town
from workflows.governance.anytime import replace_project_holder, terminate_project
from workflows.governance.holding import hold_project
from workflows.kernel.ids import PersonId, new_id
from workflows.kernel.jobs import MemoryJobs
from workflows.people import appoint_deputy

APPROVE = {"outcome": "approve", "no_conflict": "1"}


def replace_sponsor(town: Town, project: str, who: str) -> None:
    replace_project_holder(
        town.as_("ture"),
        project_id=project,
        role="sponsor",
        holder=town.people[who],
        reason="Anna har anmält jäv.",
        request_id=new_id(),
    )


def declare(browser: Browser, who: str, room: str, reason: str = "Äger marken.", request_id: str = "") -> int:
    data = {"reason": reason, "request_id": request_id or new_id()}
    return browser(who).post(f"{room}/conflict", data=data).status_code


def test_a_declared_conflict_waits_for_another_holder_who_then_decides(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    room = address(town, project)
    assert declare(browser, "anna", room) == 303
    said = text(browser("anna").get(room))
    assert "Du har anmält jäv" in said
    assert "Beslutet väntar på att någon annan får rollen beställare." in said
    assert browser("anna").post(room, data=APPROVE).status_code == 403
    assert "Ingen kan besluta just nu" in text(browser("karin").get(room))
    replace_sponsor(town, project, "bo")
    assert "Beslutet väntar på Bo Rask" in text(browser("karin").get(room))
    assert decide(browser("bo"), room, APPROVE).status_code == 303
    assert decisions(town, project)[0].recorded_by == town.people["bo"]


def test_the_project_office_learns_of_a_decision_that_nobody_can_take(
    town: Town, browser: Browser, jobs: MemoryJobs
) -> None:
    project = to_gate(town)
    task = gate(town, project).task_id
    jobs.jobs.clear()
    assert declare(browser, "anna", address(town, project)) == 303
    assert [(job.name, job.arguments) for job in jobs.jobs] == [("mail.stuck", (task, str(town.people["ture"])))]
    said = stuck_decision(town.ctx, task=task, person=town.people["ture"], address=_address)
    assert said is not None and (said.name, said.link) == ("Ture Malm", f"gates.room/{task}")
    mail = stuck(said, key="k", municipality="Granviks kommun")
    assert mail.subject.startswith("Ingen kan besluta: ") and said.link in mail.text
    assert "Äger marken." not in mail.text, "a reason is never sent by mail"
    replace_sponsor(town, project, "mats")
    decide(browser("mats"), address(town, project), APPROVE)
    assert stuck_decision(town.ctx, task=task, person=town.people["ture"], address=_address) is None


def _address(endpoint: str, **values: str) -> str:
    return f"{endpoint}/{'/'.join(values.values())}"


def test_a_conflict_needs_a_reason_and_is_declared_once(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    room = address(town, project)
    page = browser("anna").post(f"{room}/conflict", data={"reason": " ", "request_id": new_id()})
    assert (page.status_code, errors(page)) == (422, ["reason"])
    assert browser("anna").post(f"{room}/conflict", data={"reason": "x" * 10_001}).status_code == 422
    assert "Ditt beslut" in text(browser("anna").get(room))
    assert declare(browser, "anna", room, request_id="a" * 32) == 303
    assert declare(browser, "anna", room, request_id="a" * 32) == 303
    assert declare(browser, "anna", room) == 303


def test_who_has_no_part_in_the_decision_has_no_conflict_to_declare(town: Town, browser: Browser) -> None:
    room = address(town, to_gate(town))
    assert declare(browser, "karin", room) == 403
    assert declare(browser, "nils", room) == 404


def test_a_conflict_still_holds_when_the_case_was_deferred(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    assert declare(browser, "anna", address(town, project)) == 303
    replace_sponsor(town, project, "bo")
    decide(browser("bo"), address(town, project), {**APPROVE, "outcome": "defer", "defer_to": "2026-12-10"})
    replace_sponsor(town, project, "anna")
    assert browser("anna").post(address(town, project), data=APPROVE).status_code == 403


def test_nobody_decides_alone_on_a_project_they_manage(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    replace_project_holder(
        town.as_("ture"),
        project_id=project,
        role="project_manager",
        holder=town.people["anna"],
        reason="Karin slutar.",
        request_id=new_id(),
    )
    room = address(town, project)
    said = text(browser("anna").get(room))
    assert "Du leder projektet och beslutar inte om det" in said
    assert browser("anna").post(room, data=APPROVE).status_code == 403
    assert gate(town, project)


def test_a_deputy_decides_on_behalf_of_the_role(town: Town, browser: Browser, clock: TestClock) -> None:
    project = to_gate(town)
    appoint_deputy(
        town.as_("anna"),
        scope=project,
        role="sponsor",
        person=PersonId(town.people["sara"]),
        valid_from=clock.today,
        valid_to=clock.today,
        legal_source="Delegationsordningen 1.4",
    )
    sara = browser("sara")
    recorded = decide(sara, address(town, project), APPROVE)
    assert "Sara Holm, för Anna Berg, beställare" in text(sara.get(recorded.location))
    assert decisions(town, project)[0].on_behalf_of == f"role:{project}:sponsor"


def test_the_project_manager_takes_the_request_back_and_asks_again(
    town: Town, browser: Browser, clock: TestClock
) -> None:
    project = to_gate(town)
    room = address(town, project)
    assert document(browser("karin").get(room)).xpath(f"//a[@href='{room}/withdraw']")
    missing = browser("karin").post(f"{room}/withdraw", data={"reason": "", "request_id": new_id()})
    assert (missing.status_code, errors(missing)) == (422, ["reason"])
    data = {"reason": "Kalkylen var fel.", "request_id": "w" * 32}
    for _ in range(2):
        assert browser("karin").post(f"{room}/withdraw", data=data).status_code == 303
    said = text(browser("anna").get(room))
    assert "Begäran återkallades av Karin Lind" in said
    assert "Inget beslut togs på det här underlaget.Kalkylen var fel." in said
    assert "Stämmer det?" not in said
    clock.forward(hours=1)
    request(town, project)
    assert [(pack.round, pack.status) for pack in packs(town, project)] == [(1, "withdrawn"), (2, "waiting")]
    assert "Begäran återkallades: Kalkylen var fel." in text(browser("anna").get(address(town, project)))


def test_only_who_manages_the_project_takes_the_request_back(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    room = address(town, project)
    data = {"reason": "Nej.", "request_id": new_id()}
    assert browser("anna").post(f"{room}/withdraw", data=data).status_code == 403
    assert gate(town, project)


def test_a_decision_on_a_withdrawn_request_is_refused_and_kept_on_the_page(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    room, anna = address(town, project), browser("anna")
    write(anna, room, {**APPROVE, "motivation": "Bra förberett av alla."})
    browser("karin").post(f"{room}/withdraw", data={"reason": "Kalkylen var fel.", "request_id": new_id()})
    late = submit(anna, room, "1", new_id())
    assert late.status_code == 409
    assert "Begäran återkallades av Karin Lind" in text(late)
    assert "Bra förberett av alla." in text(late)
    assert decisions(town, project) == ()


def test_the_second_of_two_is_told_who_decided_what(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    room, anna = address(town, project), browser("anna")
    replace_sponsor(town, project, "bo")
    decide(browser("bo"), room, APPROVE)
    replace_sponsor(town, project, "anna")
    late = anna.post(room, data={"outcome": "reject", "motivation": "Ryms inte i årets budget.", "no_conflict": "1"})
    assert late.status_code == 409
    said = text(late)
    assert "Bo Rask hann före" in said
    assert "Beslutet blev Godkänn" in said
    assert "Ryms inte i årets budget." in said
    assert len(decisions(town, project)) == 1


def test_a_decision_on_a_terminated_project_is_too_late(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    room, anna = address(town, project), browser("anna")
    write(anna, room, APPROVE)
    terminate_project(town.as_("anna"), project_id=project, reason="Behovet finns inte längre.", request_id=new_id())
    for late in (submit(anna, room, "1", new_id()), anna.post(room, data=APPROVE)):
        assert late.status_code == 409
        assert "Projektet avbröts av Anna Berg" in text(late)
    assert decisions(town, project) == ()
    assert "Projektet avbröts" in text(anna.get(room))


def test_nothing_is_decided_while_the_project_is_on_hold(town: Town, browser: Browser, clock: TestClock) -> None:
    project = to_gate(town)
    room = address(town, project)
    day = clock.today.replace(year=2027)
    hold_project(town.as_("anna"), project_id=project, resume_on=day, reason="Lagändring.", request_id=new_id())
    assert "Projektet är vilande" in text(browser("anna").get(room))
    assert browser("anna").post(room, data=APPROVE).status_code == 409
    assert decisions(town, project) == ()


def test_an_open_condition_blocks_plain_approval_at_the_next_gate(town: Town, browser: Browser) -> None:
    project = to_gate(town, answers={"F12": NO})
    condition = {"text": "Samverkan är klar", "owner": town.people["bo"], "due_on": "2026-12-11"}
    fields = {f"conditions-0-{part}": value for part, value in condition.items()}
    decide(browser("anna"), address(town, project), {**APPROVE, "outcome": "approve_conditional", **fields})
    while "decision" not in {row.kind for row in town.open(project).values()}:
        node = next(node for node, row in town.open(project).items() if row.kind != "condition")
        town.fill("karin", project, node)
    room, anna = address(town, project), browser("anna")
    page = anna.get(room)
    assert document(page).xpath("//input[@id='outcome-approve'][@disabled]")
    assert "Går inte än: villkor 1 är öppet." in text(page)
    assert "1 hinder" in text(page) and document(page).xpath("//a[@href='#conditions'][.='öppet villkor']")
    assert errors(write(anna, room, APPROVE)) == ["outcome"]
    assert decide(anna, room, {**APPROVE, "outcome": "approve_conditional"}).status_code == 303
    assert town.project(project).phase == "execution"
