"""A project goes from idea to closure in the browser, each step by whoever it waits for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.demo.playing import Player
from tests.browser.conftest import Visits
from tests.browser.filling import fill_checklist, fill_idea, fill_what_is_asked, hand_in, review
from tests.browser.posting import ByPost
from tests.browser.site import PASSWORD, Site
from tests.stories.large_project import usual
from tests.stories.town import Town
from workflows.governance.project import ProjectStatus
from workflows.governance.verify import verify

pytestmark = pytest.mark.browser

TITLE = "Digital avtalssignering"


def enter(visit: Visits, who: str) -> Page:
    """Log in on the login page; what waits stands on the first page."""
    page = visit()
    page.goto("/")
    page.get_by_label("E-post").fill(f"{who}@exempelkommun.se")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Att göra")
    return page


def open_task(page: Page, name: str) -> None:
    """Open a task from Att göra."""
    page.get_by_role("link", name="Att göra").first.click()
    page.get_by_role("link", name=re.compile(f"{TITLE} {name}")).first.click()
    expect(page.get_by_role("button", name="Granska svaren")).to_be_visible()


def finish(page: Page, button: str = "Lämna in svaren") -> None:
    """Review the answers and hand them in."""
    review(page)
    hand_in(page, button)


def approve_first_gate(page: Page) -> None:
    """Decide as the sponsor, from the inbox to the receipt and on to the project."""
    page.get_by_role("link", name="Att göra").first.click()
    page.get_by_role("link", name=re.compile("Projektet är värt att genomföra")).click()
    page.get_by_label("Godkänn", exact=True).check()
    page.get_by_label("Jag är inte jävig i ärendet.").check()
    page.get_by_role("button", name="Granska beslutet").last.click()
    page.get_by_role("button", name="Fatta beslutet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beslutet är registrerat")


def test_an_idea_becomes_a_project_with_its_first_gate_approved(visit: Visits, town: Town, site: Site) -> None:
    olle = enter(visit, "olle")
    olle.get_by_role("link", name="Lämna en ny idé").click()
    olle.get_by_label("Vad heter idén?").fill(TITLE)
    olle.get_by_label("Vad handlar den om?").fill("Avtal skrivs under digitalt")
    olle.get_by_role("button", name="Öppna idébladet").click()
    fill_idea(olle)
    finish(olle, "Lämna in idéblad")
    open_task(olle, "Svara på checklistan Relevans")
    fill_checklist(olle, R14="Inget liknande finns i projektbanken")
    finish(olle, "Lämna checklistan")
    expect(olle.get_by_text("Anna Berg har fått besked.")).to_be_visible()

    anna = enter(visit, "anna")
    open_task(anna, "Svara på idén")
    fill_what_is_asked(anna, decision="go")
    finish(anna, "Lämna svaret")
    open_task(anna, "Utse projektledare")
    fill_what_is_asked(anna, project_manager="Karin Lind")
    finish(anna)

    karin, eva = enter(visit, "karin"), enter(visit, "eva")
    open_task(karin, "Bedöm risker")
    fill_what_is_asked(karin)
    finish(karin)
    for step in ("Föreslå organisation", "Uppskatta resurser"):
        open_task(karin, step)
        fill_what_is_asked(karin)
        finish(karin)
    open_task(eva, "Beräkna kostnader och nyttor")
    fill_what_is_asked(eva, total_cost="650000", **{"yearly-0-year": "2027"})
    finish(eva)
    open_task(karin, "Skriv projektdirektivet")
    fill_what_is_asked(karin, receiver="Lena Ek")
    finish(karin, "Lämna in projektdirektiv")

    ture = enter(visit, "ture")
    open_task(ture, "Granska projektdirektivet")
    fill_what_is_asked(ture, outcome="approve")
    finish(ture, "Lämna svaret")
    open_task(karin, "Svara på checklistan Förberedelse")
    fill_checklist(karin, F02="Omfattningen är densamma")
    finish(karin, "Lämna checklistan")
    open_task(karin, "Begär beslut")
    expect(karin.get_by_role("heading", name="1 sak är inte klar inför beslutspunkt 1")).to_be_visible()
    karin.get_by_label("Förslag till beslut").fill("Beställaren godkänner projektdirektivet.")
    fill_what_is_asked(karin, with_deviation="true")
    finish(karin, "Begär beslutspunkt 1")

    approve_first_gate(anna)
    anna.get_by_role("link", name=TITLE).first.click()
    expect(anna.get_by_role("listitem").filter(has_text="BP1")).to_contain_text("godkänd")

    karin.get_by_role("link", name="Att göra").first.click()
    expect(karin.get_by_role("link", name=re.compile(f"{TITLE} Skriv projektplanen"))).to_be_visible()
    (result,) = verify(town.ctx)
    assert result.broken is None


def through_to(page: Page, task: str) -> None:
    """Open the room of a gate."""
    page.goto(f"/gates/{task}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def take(page: Page, button: str) -> None:
    """Review the decision and take it."""
    page.get_by_role("button", name="Granska beslutet").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Granska beslutet")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beslutet är registrerat")


def request_gate(page: Page, player: Player, name: str) -> str:
    """Let the project manager request the gate that the project has come to; return the task of the decision."""
    page.goto(f"/tasks/{player.task('request').id}")
    page.get_by_label("Förslag till beslut").fill("Projektet går vidare enligt planen.")
    finish(page, f"Begär {name}")
    return player.deciding().id


def hold_meeting(page: Page, task: str, outcome: str, *, recused: str = "", reserved: str = "") -> None:
    """Let the secretary record what the steering group decided, everybody there."""
    page.goto(f"/gates/{task}/record")
    page.get_by_label("Dag").first.fill("2026-11-23")
    for name in ("Anna Berg", "Sara Holm", "Mats Åkerlund", "Bo Rask"):
        page.get_by_label(f"{name} i ärendet").select_option(label="Jävig" if name == recused else "På plats")
    if recused:
        page.get_by_label(f"Skäl till jäv för {recused}").fill("Äger marken intill")
    if reserved:
        page.get_by_label(f"Reservation av {reserved}").fill("Budgeten borde ha en reserv på tio procent.")
    page.get_by_label(outcome, exact=True).check()
    if outcome == "Avbryt projektet":
        page.get_by_label("Motivering").fill("Hamnarna ska säljas.")
        page.get_by_label("Protokollstext").fill("Styrgruppen avbryter projektet.")
    page.get_by_label("Så beslutades det").select_option(label="Enhälligt")
    page.get_by_label("Justeras av").select_option(index=1)
    take(page, "Registrera beslutet")


def test_a_large_project_goes_all_the_way(visit: Visits, town: Town) -> None:
    """Sent back once, approved on a condition, a meeting with a recusal and a reservation, a hold; then to the end."""
    project = town.start("olle", "Resecentrum etapp 2").project_id
    player = ByPost(ctx=town.ctx, project_id=project, usual=usual(town), visit=visit)
    anna, karin, per = visit("anna"), visit("karin"), visit("per")
    player.until("request")
    through_to(anna, request_gate(karin, player, "beslutspunkt 1"))
    anna.get_by_label("Komplettera").check()
    anna.locator("#reopen-F05").check()
    anna.locator("#due_on").fill("2026-12-18")
    anna.get_by_label("Motivering").fill("Kalkylen saknar driftskostnaden.")
    anna.get_by_label("Jag är inte jävig i ärendet.").check()
    take(anna, "Fatta beslutet")

    player.until("c2_preparation")
    karin.goto(f"/tasks/{player.task('c2_preparation').id}")
    expect(karin.get_by_role("heading", name="1 fråga behöver ett nytt svar")).to_be_visible()
    player.until("request")
    through_to(anna, request_gate(karin, player, "beslutspunkt 1"))
    expect(anna.get_by_text("omgång 2").first).to_be_visible()
    anna.get_by_label("Godkänn med villkor").check()
    anna.fill("#conditions-0-text", "Avtalet med trafikhuvudmannen är undertecknat")
    anna.select_option("#conditions-0-owner", label="Karin Lind")
    anna.fill("#conditions-0-due_on", "2026-12-18")
    anna.get_by_label("Jag är inte jävig i ärendet.").check()
    take(anna, "Fatta beslutet")
    karin.goto(f"/tasks/{player.task('condition').id}")
    karin.get_by_label("Hur är villkoret uppfyllt?").fill("Undertecknat, dnr KS-114")
    karin.get_by_role("button", name="Granska svaret").click()
    karin.get_by_role("button", name="Anmäl villkoret som uppfyllt").click()

    player.until("request")
    task = request_gate(karin, player, "beslutspunkt 2")
    hold_meeting(per, task, "Godkänn", recused="Bo Rask", reserved="Mats Åkerlund")
    pause(anna, player)
    player.hand_in("status_report", {"last": True})
    for _ in range(2):
        player.until("request")
        item = next(one.item for one in player.open() if one.node == "request")
        player.hand_in("request", item=item)
        hold_meeting(per, player.deciding(item).id, "Godkänn")
    for gate in ("beslutspunkt 3", "beslutspunkt 4"):
        player.until("request")
        hold_meeting(per, request_gate(karin, player, gate), "Godkänn")

    karin.goto(f"/projects/{project}")
    expect(karin.get_by_text("Avslutat").first).to_be_visible()
    assert player.project().status is ProjectStatus.CLOSED
    assert all(result.broken is None for result in verify(town.ctx))


def pause(page: Page, player: Player) -> None:
    """Put the project on hold and resume it, from its own page."""
    page.goto(f"/projects/{player.project_id}")
    page.get_by_role("link", name="Gör projektet vilande").click()
    page.get_by_label("När kan projektet återupptas?").fill("2027-01-29")
    page.get_by_label("Varför ska det vila?").fill("Väntar på statsbidrag")
    page.get_by_role("button", name="Granska vilan").click()
    page.get_by_role("button", name="Gör projektet vilande").click()
    expect(page.get_by_text("Vilande").first).to_be_visible()
    assert player.project().status is ProjectStatus.ON_HOLD
    page.goto(f"/projects/{player.project_id}/hold")
    page.get_by_label("Återuppta nu").check()
    page.get_by_role("button", name="Granska svaret").click()
    page.get_by_role("button", name="Återuppta projektet").click()
    expect(page).to_have_url(re.compile(f"/projects/{player.project_id}$"))
    assert player.project().status is ProjectStatus.ACTIVE


def test_a_project_terminated_at_its_second_gate_is_found_in_the_bank(visit: Visits, town: Town) -> None:
    project = town.start("olle", "Bättre gästhamnar").project_id
    player = ByPost(ctx=town.ctx, project_id=project, usual=usual(town), visit=visit)
    anna, karin, per = visit("anna"), visit("karin"), visit("per")
    player.until("request")
    through_to(anna, request_gate(karin, player, "beslutspunkt 1"))
    anna.get_by_label("Godkänn", exact=True).check()
    anna.get_by_label("Jag är inte jävig i ärendet.").check()
    take(anna, "Fatta beslutet")
    player.until("request")
    hold_meeting(per, request_gate(karin, player, "beslutspunkt 2"), "Avbryt projektet")
    player.hand_in("short_final_report", {"lessons": "Fråga hamnägarna först.", "summary": "Hamnarna ska säljas."})
    for node in ("short_books_closed", "short_records_archived", "access_closed"):
        player.hand_in(node)

    nils = visit("nils")
    nils.goto("/bank")
    nils.get_by_label("Sök ord").fill("gästhamnar")
    nils.get_by_role("button", name="Sök i banken").click()
    expect(nils.get_by_role("link", name="Bättre gästhamnar")).to_be_visible()
    expect(nils.get_by_text("Fråga hamnägarna först.")).to_be_visible()
