"""The page of a project: where it stands, on whom it waits, what is missing, and everything on its record."""

from __future__ import annotations

import io

from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import attributes, section, text, texts
from tests.conftest import TestClock
from tests.stories.meetings import approve_on_condition, rework
from tests.stories.town import Town, request_id
from workflows.governance.anytime import replace_project_holder, terminate_project
from workflows.governance.conditions import complete_condition
from workflows.governance.files import add_file
from workflows.governance.gate_conflict import declare_conflict

TRACK = "//*[@class='s-track']//li"
LOG = "//ol[@class='s-log']/li"


def look(log_in: LogIn, who: str, project: str) -> str:
    answer = log_in(who).get(f"/projects/{project}")
    assert answer.status_code == 200
    return answer.text


def test_the_page_says_first_who_decides_and_since_when(
    log_in: LogIn, town: Town, at_gate: str, clock: TestClock
) -> None:
    clock.forward(days=8)
    page = look(log_in, "karin", at_gate)
    note = section(page, "Den som är beställare ska besluta senast")
    assert "Väntar på Anna Berg sedan 8\N{NO-BREAK SPACE}dagar." in page
    assert "Läs underlaget" in note
    assert "Återkalla begäran" in note


def test_the_track_shows_what_is_behind_and_what_is_asked_now(log_in: LogIn, town: Town, planned: str) -> None:
    page = look(log_in, "karin", planned)
    assert attributes(page, TRACK, "data-state") == ["done", "done", "now", *["later"] * 5]
    assert texts(page, TRACK)[:3] == ["Förberedelse 23 nov", "BP1 godkänd 23 nov", "Planering börjar i dag"]
    assert attributes(page, TRACK, "aria-current") == [None, None, "step", *[None] * 5]


def test_what_is_missing_for_the_next_gate_stands_with_the_way_to_it(
    log_in: LogIn, town: Town, contracting: str
) -> None:
    missing = section(look(log_in, "karin", contracting), "18 saker saknas inför beslutspunkt 2")
    assert "Checklista Planering: 16 punkter som måste vara uppfyllda är inte besvarade" in missing
    assert "Personkontrakt saknas för 2" in missing


def test_while_a_gate_is_decided_nothing_is_said_to_be_missing(log_in: LogIn, town: Town, at_gate: str) -> None:
    assert "saknas inför" not in look(log_in, "karin", at_gate)


def test_each_members_contract_is_told_in_words(log_in: LogIn, town: Town, contracting: str) -> None:
    assert "Nils Öberg till ons 30" in section(look(log_in, "karin", contracting), "Bemanning")
    player = town.player(contracting)
    player.hand_in("contract_provider", {"decision": "sign"}, item="m1")
    player.hand_in("contract_member", {"decision": "accept"}, item="m1")
    member, other = texts(look(log_in, "karin", contracting), "//*[@id='members']//li")
    assert "Klart" in member
    assert "Skriv under som resursgivare" in other
    assert "1 av 2 klara" in look(log_in, "karin", contracting)


def test_a_task_is_offered_to_who_may_do_it_and_to_nobody_else(log_in: LogIn, town: Town, planned: str) -> None:
    address = f'href="/tasks/{town.open(planned)["project_plan"].task_id}"'
    assert address in look(log_in, "karin", planned)
    assert address not in look(log_in, "anna", planned)


def test_a_role_that_nobody_has_is_said_to_leave_tasks_waiting(log_in: LogIn, town: Town) -> None:
    project = town.start("olle", "Ny bro").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=1)
    terminate_project(town.as_("anna"), project_id=project, reason="Bron finns redan.", request_id=request_id())
    page = look(log_in, "ture", project)
    assert "Ingen har rollen projektledare, så uppgiften väntar på ingen." in page
    assert f'href="/projects/{project}/roles/project_manager"' in page
    assert "Ingen, uppgifter väntar" in section(page, "Roller")
    assert "Utse projektledare" not in look(log_in, "olle", project)


def test_a_sponsor_with_a_conflict_is_named_as_barred(log_in: LogIn, town: Town, at_gate: str) -> None:
    task = town.open(at_gate)["decide_single"].task_id
    declare_conflict(town.as_("anna"), task_id=task, reason="Äger grannfastigheten", request_id=request_id())
    page = text(look(log_in, "ture", at_gate))
    assert "Anna Berg har rollen beställare men får inte besluta här" in page
    assert "Utse beställare" in page


def test_conditions_decisions_and_documents_stand_on_the_page(
    log_in: LogIn, town: Town, at_gate: str, clock: TestClock
) -> None:
    player = town.player(at_gate)
    player.decide(approve_on_condition(town, "karin", "VA-avtalet är undertecknat"))
    page = look(log_in, "karin", at_gate)
    assert "VA-avtalet är undertecknat" in section(page, "Villkor")
    assert "Beslutspunkt 1 Godkänd med villkor" in section(page, "Beslut")
    assert "Projektdirektiv Beslutat 1" in section(page, "Dokument")
    clock.forward(days=40)
    assert "10 dagar sent" in section(look(log_in, "karin", at_gate), "Villkor")
    task = player.task("condition").id
    complete_condition(town.as_("karin"), task_id=task, note="Undertecknat, KS-114", request_id=request_id())
    met = section(look(log_in, "karin", at_gate), "Villkor")
    assert "Klart" in met
    assert "Undertecknat, KS-114" in met


def test_a_rework_takes_the_track_back_and_stays_in_its_history(log_in: LogIn, town: Town, at_gate: str) -> None:
    town.player(at_gate).decide(rework(town, "preparation", "F05", "F06"))
    page = look(log_in, "karin", at_gate)
    assert attributes(page, TRACK, "data-state")[:2] == ["now", "later"]
    assert "Beslutspunkt 1: Komplettera. 2 punkter skickades tillbaka." in section(page, "Händelser")
    assert "Kalkylen saknar driftskostnaden." in section(page, "Händelser")


def test_roles_are_shown_with_the_group_and_with_who_had_them(log_in: LogIn, town: Town, planned: str) -> None:
    town.ctx.clock.forward(days=3)  # type: ignore[attr-defined]  # the clock of tests
    who, new = town.as_("anna"), town.people["sara"]
    replace_project_holder(
        who, project_id=planned, role="receiver", holder=new, reason="Byter tjänst", request_id=request_id()
    )
    roles = section(look(log_in, "karin", planned), "Roller")
    assert "Styrgrupp Styrgrupp Samhälle: Anna Berg (ordf.)" in roles
    assert "Per Wallin (sekr.)" in roles
    assert "Mottagare Sara Holm Lena Ek 23–25 nov" in roles


def test_strangers_and_made_up_addresses_get_404(log_in: LogIn, town: Town, at_gate: str) -> None:
    assert log_in("nils").get(f"/projects/{at_gate}").status_code == 404
    assert log_in("karin").get(f"/projects/{'0' * 32}").status_code == 404
    assert log_in("nils").get(f"/projects/{at_gate}/events").status_code == 404
    assert log_in("ture").get(f"/projects/{at_gate}").status_code == 200


def test_who_is_not_logged_in_is_led_to_the_login(log_in: LogIn, town: Town, at_gate: str) -> None:
    client = log_in("karin")
    with client.session_transaction() as session:
        session.clear()
    for address in (f"/projects/{at_gate}", "/projects", "/bank", "/projects/new", "/projects.csv"):
        assert "/login" in client.get(address).headers["Location"]


def test_the_whole_record_can_be_read(log_in: LogIn, town: Town, planned: str) -> None:
    page = log_in("karin").get(f"/projects/{planned}/events").text
    lines = texts(page, LOG)
    assert len(lines) == 14
    assert "Olle Norin lämnade idén" in lines[-1]
    assert attributes(page, LOG, "data-kind")[:2] == ["gate", None]
    assert "Karin Lind begärde beslutspunkt 1, omgång 1" in lines[1]


def test_text_of_users_is_text(log_in: LogIn, town: Town) -> None:
    project = town.start("olle", "<script>alert(1)</script>", summary="<b>fet</b>").project_id
    page = look(log_in, "olle", project)
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;fet&lt;/b&gt;" in page


def test_a_long_record_and_many_files_come_in_parts(log_in: LogIn, town: Town, planned: str) -> None:
    for number in range(110):
        content = io.BytesIO(f"Anteckning {number}".encode())
        add_file(town.as_("karin"), project_id=planned, stream=content, name=f"Anteckning {number}.txt", limit=1000)
    client = log_in("karin")
    page = client.get(f"/projects/{planned}").text
    assert "Visa 100 filer till" in page
    assert len(texts(page, "//section[@id='files']/table//tbody/tr")) == 10
    first = client.get(f"/projects/{planned}/events").text
    (onward,) = attributes(first, "//main//a[contains(@href, 'from=')]", "href")
    second = client.get(str(onward)).text
    lines = "//ol[@class='s-log']/li"
    assert len(texts(first, lines)) == 100
    assert 0 < len(texts(second, lines)) < 100
    assert "from=" not in second
    assert len(texts(client.get(f"/projects/{planned}/events?from=x").text, lines)) == 100
