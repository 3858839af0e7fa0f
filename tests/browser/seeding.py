"""A lived-in town: a project in every state that a page can show, with long titles and short ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO

from app.demo.playing import Player
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, approve_delivery, approve_on_condition, met, rework, seat
from tests.stories.town import Town, request_id
from workflows.governance.answers import Entered
from workflows.governance.decision import DecisionInput
from workflows.governance.files import add_file
from workflows.governance.holding import hold_project
from workflows.governance.outcomes import Outcome
from workflows.governance.setting_change import set_cost_limit, set_workdays
from workflows.governance.settings import Workdays
from workflows.governance.submit import save_draft
from workflows.kernel.clock import local_date

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SMALL = {"size_class": "small", "total_cost": 600_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """The town with its projects: ids by what is interesting about them."""

    town: Town
    projects: dict[str, str] = field(default_factory=dict)

    def task(self, name: str, node: str, item: str | None = None) -> str:
        """Return the open task of a node in one of the projects."""
        return self.town.player(self.projects[name]).task(node, item).id


def live(town: Town) -> Lived:
    """Let the administrator set something, then play the projects."""
    lived = Lived(town=town)
    _set(town)
    for name, (title, play) in PLAYS.items():
        player = town.player(town.start("olle", title).project_id, usual=usual(town))
        lived.projects[name] = player.project_id
        play(town, player)
    return lived


def _set(town: Town) -> None:
    """A limit that holds and one that comes, and a step with times of its own."""
    ctx = town.as_("ture")
    today = local_date(ctx.now())
    set_cost_limit(ctx, amount=20_000_000, valid_from=today, reason="Beslut i fullmäktige, § 112", version=0)
    later = today + timedelta(days=60)
    set_cost_limit(ctx, amount=25_000_000, valid_from=later, reason="Ny budget", version=1)
    set_workdays(
        ctx, model="harnosand", step="sponsor_answer", workdays=Workdays(due=25, remind=12), valid_from=today,
        reason="Idéerna är många i höst", version=0,
    )  # fmt: skip


def _begun(town: Town, player: Player) -> None:
    """An idea sheet with a draft."""
    draft = Entered(answers={"title": "Digital avtalssignering", "what": "Avtal skrivs under digitalt"})
    save_draft(town.as_("olle"), task_id=player.task("idea_sheet").id, entered=draft, version=0)


def _checklist(town: Town, player: Player) -> None:
    """A second checklist that is to be answered, with a file in the project."""
    player.until("c2_preparation", idea_sheet=SMALL)
    add_file(town.as_("karin"), project_id=player.project_id, stream=BytesIO(PDF), name="avtal.pdf", limit=10_000)


def _requested(town: Town, player: Player) -> None:
    """A gate that can be requested, with what is missing."""
    deviation = {"F07": {"answer": "no", "reason": "Nyttan är räknad på en för liten grupp."}}
    player.until("request", idea_sheet=SMALL, c2_preparation=deviation)


def _single(town: Town, player: Player) -> None:
    """A small project whose first gate waits for its sponsor, sent back once."""
    player = replace(player, usual={**player.usual, "organisation": {}})
    player.until("decide_single", idea_sheet=SMALL, cost_benefit={"total_cost": 600_000}, project_directive=SMALL)
    player.decide(rework(town, "preparation", "F05", "F06"))
    player.until("decide_single")


def _meeting(town: Town, player: Player) -> None:
    """The second gate waits for the steering group, with an open condition from the first."""
    player.until("bp1")
    player.decide(approve_on_condition(town, "karin", "Avtalet med trafikhuvudmannen är undertecknat"))
    player.until("decide_meeting", request={"with_deviation": True, "deviation_reason": "Avtalet väntas i mars."})


def _board(town: Town, player: Player) -> None:
    """A matter of principle: the first gate waits for a board."""
    principle = {"principle_matter": True}
    player.until("decide_board", idea_sheet=principle, project_directive=principle)


def _signing(town: Town, player: Player) -> None:
    """Person contracts that wait for signatures."""
    player.until("bp1")
    player.decide(APPROVE)
    player.until("contract_provider")


def _execution(town: Town, player: Player) -> None:
    """In execution: a meeting with a recusal and a reservation behind it, a status report and deliveries ahead."""
    player.until("bp1")
    player.decide(APPROVE)
    player.until("bp2")
    seats = [seat(town, "anna"), seat(town, "bo", recusal="Äger marken intill"), seat(town, "sara")]
    seats.append(seat(town, "mats", reservation="Budgeten borde ha en reserv på tio procent."))
    player.decide(met(town, Outcome.APPROVE, seats))


def _held(town: Town, player: Player) -> None:
    """On hold in its second phase."""
    player.until("bp1")
    player.decide(APPROVE)
    hold_project(
        town.as_("anna"),
        project_id=player.project_id,
        resume_on=local_date(town.ctx.now()) + timedelta(days=60),
        reason="Väntar på statsbidrag",
        request_id=request_id(),
    )


def _rejected(town: Town, player: Player) -> None:
    """Rejected at the first gate."""
    player.until("bp1")
    player.decide(DecisionInput(outcome=Outcome.REJECT, motivation="Nyttan är för liten.", no_conflict=True))


def _terminated(town: Town, player: Player) -> None:
    """Terminated at the second gate and wound down."""
    player.until("bp1")
    player.decide(APPROVE)
    player.until("bp2")
    player.decide(met(town, Outcome.TERMINATE, motivation="Hamnarna ska säljas."))
    player.hand_in("short_final_report", {"lessons": "Fråga hamnägarna först.", "summary": "Hamnarna ska säljas."})
    for node in ("short_books_closed", "short_records_archived", "access_closed"):
        player.hand_in(node)


def _closed(town: Town, player: Player) -> None:
    """Closed, with everything that a project leaves behind."""
    _execution(town, player)
    player.hand_in("status_report", {"last": True})
    for _ in range(2):
        approve_delivery(town, player)
    player.until("bp3")
    player.decide(met(town, Outcome.APPROVE))
    player.until("bp4")
    player.decide(met(town, Outcome.APPROVE))


PLAYS = {
    "begun": ("Digital avtalssignering", _begun),
    "checklist": ("Förskolan Tallbacken", _checklist),
    "requested": ("Skolmåltidens klimatavtryck", _requested),
    "single": ("Bättre gästhamnar", _single),
    "meeting": ("Resecentrum etapp 2", _meeting),
    "board": ("Samordnad krisberedskap och civilt försvar i fem kustkommuner", _board),
    "signing": ("Trygg hemgång", _signing),
    "execution": ("Välfärdsteknik i hemmet", _execution),
    "held": ("Elbussar i tätorten", _held),
    "rejected": ("Konsthall i hamnmagasinet", _rejected),
    "terminated": ("Ny småbåtshamn", _terminated),
    "closed": ("Föräldrastöd på nätet", _closed),
}
"""By name: a title, and what is done with the project."""


def played(town: Town, name: str) -> Player:
    """Bring a new project to where one of the lived-in town's stands."""
    title, play = PLAYS[name]
    player = town.player(town.start("olle", title).project_id, usual=usual(town))
    play(town, player)
    return player
