"""What each kind of visitor meets at each address: a new route has to be written down here before it is served.

302 leads to the login, 403 means "you may see it but not do this", 404 "you may not know whether it is there".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.hostile.world import PERSONAS

LOGGED_IN = frozenset(PERSONAS) - {"nobody"}
OVERSEERS = frozenset({"office", "auditor"})
ADMINISTRATOR = frozenset({"administrator"})
TEAM = frozenset({"idea_owner", "manager", "sponsor", "receiver"})
GROUP = frozenset({"member", "chair", "secretary"})
PEOPLE = TEAM | OVERSEERS
EVERYONE_IN_IT = PEOPLE | GROUP

MAY_HOLD = ("sponsor", "secretary", "chair", "office")

TWINS = {"ours": "theirs", "gate": "their gate", "held": "their held"}
"""For each place, the same in a project that only the overseers know."""

PASSERS_BY = ("nobody", "stranger", "manager", "chair", "administrator", "office", "auditor")
"""Who tries the twin: of those who have a part in the one project and none in the other, two stand for all."""

DAY = "2026-12-15"
POSTED = {"request_id": "matrix", "version": "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One address with a method.

    `can` says what comes of it for those who may, by kind of visitor; of the others, `readers` get `refused` and
    everybody else `hidden`. Names in braces in `address` and `data` are ids. A `place` is a project, which has a twin
    that only the `knowing` may open. `writes` is a page that has something made when it is asked for.
    """

    address: str
    can: Mapping[str, int]
    readers: frozenset[str] = frozenset()
    refused: int = 403
    hidden: int = 404
    place: str = ""
    knowing: frozenset[str] = OVERSEERS
    public: bool = False
    writes: bool = False
    upload: bool = False
    data: Mapping[str, str] = field(default_factory=dict)

    def expected(self, persona: str, *, twin: bool = False) -> int:
        """Return the status for a kind of visitor, in the visitor's own project or in the other one."""
        if persona == "nobody" and not self.public:
            return 302
        if twin and persona not in self.knowing:
            return self.hidden
        usual = self.refused if persona in self.readers else self.hidden
        return self.can.get(persona, usual)


def every(status: int, *personas: str) -> dict[str, int]:
    """Return one status for some kinds of visitors."""
    return dict.fromkeys(personas, status)


def read(address: str, *, place: str = "ours", status: int = 200) -> Case:
    """What everybody in a project may see; 202 is a paper that is being made."""
    readers = PEOPLE if place == "held" else EVERYONE_IN_IT
    return Case(address=address, can=every(status, *readers), place=place, writes=status == 202)


def do(address: str, *who: str, place: str = "ours", status: int = 303, refused: int = 403, **data: str) -> Case:
    """What some of those in a project may do, and the others in it may not."""
    readers = PEOPLE if place == "held" else EVERYONE_IN_IT
    return Case(
        address=address, can=every(status, *who), readers=readers, refused=refused, place=place, data={**POSTED, **data}
    )


def anyone(address: str, status: int = 200, **data: str) -> Case:
    """What everybody may do who is logged in."""
    return Case(address=address, can=every(status, *LOGGED_IN), data=data)


def administer(address: str, status: int = 200, **data: str) -> Case:
    """What is the administrator's alone."""
    return Case(address=address, can=every(status, "administrator"), hidden=403, data=data)


def succeed(address: str, status: int = 303) -> Case:
    """Let Nils follow somebody, as the administrator."""
    return administer(address, status, person="{nils}", valid_from="2026-11-23", reason="Byter tjänst")


def open_to_all(address: str, *, nobody: int = 200, known: int = 200, **data: str) -> Case:
    """What needs no login."""
    return Case(address=address, can={**every(known, *LOGGED_IN), "nobody": nobody}, public=True, data=data)


NORA = "nora@exempelkommun.se"
SETTING = {"valid_from": "2026-11-23", "reason": "Beslut", "version": "0"}
STAND_IN = {"person": "{nils}", "valid_from": "2026-11-23", "valid_to": DAY, "legal_source": "Beslut 7"}

SHELL = {
    ("shell.start", "GET"): open_to_all("/", nobody=302, known=302),
    ("shell.stylesheet_file", "GET"): open_to_all("/styr.css"),
    ("shell.healthz", "GET"): open_to_all("/healthz"),
    ("shell.accessibility", "GET"): open_to_all("/tillganglighet"),
    ("static", "GET"): open_to_all("/static/favicon.svg"),
    ("mail.index", "GET"): open_to_all("/dev/mail/", nobody=404, known=404),
    ("mail.show", "GET"): open_to_all("/dev/mail/x", nobody=404, known=404),
}

INBOX = {
    ("inbox.index", "GET"): anyone("/tasks"),
    ("inbox.task", "GET"): read("/tasks/{task}"),
    ("inbox.answer", "POST"): do("/tasks/{task}", "manager", _draft="1"),
    ("inbox.autosave", "POST"): do("/tasks/{task}/draft", "manager", status=200),
    ("inbox.check", "GET"): read("/tasks/{task}/check", status=302),
    ("inbox.submit", "POST"): do("/tasks/{task}/submit", "manager", status=302),
    ("inbox.receipt", "GET"): read("/tasks/{handed}/receipt"),
    ("inbox.answers", "GET"): read("/tasks/{handed}/answers"),
    ("inbox.afterwards", "GET"): read("/tasks/{handed}/afterwards", status=302),
    ("inbox.answer_later", "POST"): do("/tasks/{handed}/afterwards", refused=409),
    ("inbox.condition", "POST"): do("/tasks/{condition}/condition", note="Klart"),
}

PROJECTS = {
    ("projects.index", "GET"): anyone("/projects"),
    ("projects.download", "GET"): anyone("/projects.csv"),
    ("projects.bank", "GET"): anyone("/bank"),
    ("projects.new", "GET"): anyone("/projects/new"),
    ("projects.start", "POST"): anyone("/projects/new", 303, title="Min idé", request_id="matrix"),
    ("projects.project", "GET"): read("/projects/{project}"),
    ("projects.events", "GET"): read("/projects/{project}/events"),
    ("projects.diagram", "GET"): read("/projects/{project}/diagram"),
    ("projects.diagram_xml", "GET"): read("/projects/{project}/diagram.bpmn"),
    ("projects.document", "GET"): read("/projects/{project}/documents/project_directive/1"),
    ("projects.document_pdf", "GET"): read("/projects/{project}/documents/project_directive/1/pdf", status=202),
    ("projects.decision_pdf", "GET"): read("/projects/{project}/decisions/{decision}/pdf", status=202),
    ("projects.file", "GET"): read("/projects/{project}/files/{file}"),
    ("projects.upload", "POST"): Case(
        address="/projects/{project}/files",
        can=every(303, *EVERYONE_IN_IT - {"auditor"}),
        readers=EVERYONE_IN_IT,
        place="ours",
        upload=True,
    ),
    ("projects.hold", "GET"): do("/projects/{project}/hold", *MAY_HOLD, status=200),
    ("projects.begin_hold", "POST"): do(
        "/projects/{project}/hold",
        "sponsor",
        "secretary",
        "chair",
        "office",
        resume_on=DAY,
        reason="Vi väntar",
        _done="1",
    ),
    ("projects.resume", "POST"): do(
        "/projects/{project}/resume", "sponsor", "manager", "office", place="held", choice="now", _done="1"
    ),
    ("projects.terminate", "GET"): do("/projects/{project}/terminate", "sponsor", "secretary", "chair", status=200),
    ("projects.terminate", "POST"): do(
        "/projects/{project}/terminate", "sponsor", "secretary", "chair", reason="Behövs inte", _done="1"
    ),
    ("projects.replace", "GET"): do("/projects/{project}/roles/receiver", "sponsor", "office", status=200),
    ("projects.replace", "POST"): do(
        "/projects/{project}/roles/receiver", "sponsor", "office", holder="{eva}", reason="Byter", _done="1"
    ),
}

GATES = {
    ("gates.room", "GET"): read("/gates/{task}", place="gate"),
    ("gates.record", "GET"): read("/gates/{task}/record", place="gate", status=302),
    ("gates.check", "GET"): read("/gates/{task}/check", place="gate", status=302),
    ("gates.review", "POST"): do("/gates/{task}", "sponsor", place="gate", outcome="approve", no_conflict="1"),
    ("gates.submit", "POST"): do("/gates/{task}/decision", "sponsor", place="gate", status=409),
    ("gates.conflict", "GET"): do("/gates/{task}/conflict", "sponsor", place="gate", status=200, refused=302),
    ("gates.conflict", "POST"): do("/gates/{task}/conflict", "sponsor", place="gate", reason="Släkting"),
    ("gates.withdraw", "GET"): do("/gates/{task}/withdraw", "manager", "office", place="gate", status=200, refused=302),
    ("gates.withdraw", "POST"): do("/gates/{task}/withdraw", "manager", "office", place="gate", reason="Fel bilaga"),
    ("gates.receipt", "GET"): read("/gates/{decided}/receipt"),
    ("gates.decision", "GET"): read("/decisions/{decision}"),
    ("gates.pack", "GET"): read("/packs/{pack}"),
}

ACCOUNTS = {
    ("accounts.login", "GET"): open_to_all("/login", known=302),
    ("accounts.login", "POST"): open_to_all("/login", nobody=422, known=302, email="x@y.se", password="z"),
    ("accounts.forgotten", "GET"): open_to_all("/login/forgotten"),
    ("accounts.forgotten", "POST"): open_to_all("/login/forgotten", nobody=303, known=303, email="x@y.se"),
    ("accounts.sent", "GET"): open_to_all("/login/forgotten/sent"),
    ("accounts.choose", "GET"): open_to_all("/login/password", nobody=410, known=410),
    ("accounts.choose", "POST"): open_to_all("/login/password", nobody=410, known=410, password="korrekt häst"),
    ("accounts.logout", "POST"): anyone("/logout", 303),
    ("accounts.me", "GET"): anyone("/account"),
    ("accounts.own_password", "GET"): anyone("/account/password"),
    ("accounts.own_password", "POST"): anyone("/account/password", 422, current="fel", password="korrekt häst batteri"),
    ("accounts.people", "GET"): administer("/people"),
    ("accounts.waiting_for_nobody", "GET"): administer("/people/waiting"),
    ("accounts.new_person", "GET"): administer("/people/new"),
    ("accounts.new_person", "POST"): administer("/people/new", 303, name="Nora Ny", email=NORA),
    ("accounts.person", "GET"): administer("/people/{olle}"),
    ("accounts.edit_person", "GET"): administer("/people/{olle}/edit"),
    ("accounts.edit_person", "POST"): administer("/people/{olle}/edit", 303, name="Nora Ny", email=NORA),
    ("accounts.invite_person", "POST"): administer("/people/{olle}/invite", 303),
    ("accounts.invited", "GET"): administer("/people/{olle}/invited"),
    ("accounts.close_person", "POST"): administer("/people/{frida}/close", 303),
    ("accounts.open_person", "POST"): administer("/people/{frida}/open", 303),
    ("accounts.handover", "GET"): administer("/people/{karin}/handover"),
    ("accounts.review_handover", "POST"): succeed("/people/{karin}/handover", 200),
    ("accounts.confirm_handover", "POST"): succeed("/people/{karin}/handover/confirm"),
    ("accounts.bodies", "GET"): administer("/bodies"),
    ("accounts.new_body", "GET"): administer("/bodies/new"),
    ("accounts.new_body", "POST"): administer(
        "/bodies/new", 303, name="Nämnden", kind="board", quorum_rule="majority", quorum_count=""
    ),
    ("accounts.body", "GET"): administer("/bodies/{body}"),
    ("accounts.edit_body", "GET"): administer("/bodies/{body}/edit"),
    ("accounts.edit_body", "POST"): administer(
        "/bodies/{body}/edit", 303, name="Styrgruppen", quorum_rule="majority", quorum_count=""
    ),
    ("accounts.new_seat", "GET"): administer("/bodies/{body}/seats/new"),
    ("accounts.new_seat", "POST"): administer(
        "/bodies/{body}/seats/new", 303, person="{frida}", role="member", valid_from="2026-11-23", valid_to=""
    ),
    ("accounts.end_seat", "GET"): administer("/seats/{seat}/end"),
    ("accounts.end_seat", "POST"): administer("/seats/{seat}/end", 303, last_day=DAY, reason="Slutar"),
    ("accounts.roles", "GET"): administer("/roles"),
    ("accounts.role_history", "GET"): administer("/roles/history"),
    ("accounts.new_role", "GET"): administer("/roles/archivist/new"),
    ("accounts.new_role", "POST"): administer(
        "/roles/archivist/new", 303, person="{frida}", valid_from="2026-11-23", valid_to="", reason="Ny"
    ),
    ("accounts.settings_now", "GET"): administer("/settings"),
    ("accounts.edit_cost_limit", "GET"): administer("/settings/cost-limit"),
    ("accounts.edit_cost_limit", "POST"): administer("/settings/cost-limit", 303, amount="5 000 000", **SETTING),
    ("accounts.edit_step", "GET"): administer("/settings/steps/harnosand/idea_sheet"),
    ("accounts.edit_step", "POST"): administer("/settings/steps/harnosand/idea_sheet", 303, due="5", **SETTING),
    ("accounts.replace", "GET"): administer("/holders/{holder}/replace"),
    ("accounts.replace", "POST"): succeed("/holders/{holder}/replace"),
    ("accounts.end", "GET"): administer("/holders/{holder}/end"),
    ("accounts.end", "POST"): administer("/holders/{holder}/end", 303, last_day=DAY, reason="Slutar"),
    ("accounts.new_deputy", "GET"): Case(
        address="/deputies/new?scope={project}&role=project_manager",
        can=every(200, "manager", "administrator"),
        place="ours",
        knowing=ADMINISTRATOR,
    ),
    ("accounts.new_deputy", "POST"): Case(
        address="/deputies/new?scope={project}&role=project_manager",
        can=every(303, "manager", "administrator"),
        place="ours",
        knowing=ADMINISTRATOR,
        data=STAND_IN,
    ),
    ("accounts.stop_deputy", "GET"): Case(
        address="/deputies/{deputy}/end",
        can=every(200, "manager", "administrator"),
        place="ours",
        knowing=ADMINISTRATOR,
    ),
    ("accounts.stop_deputy", "POST"): Case(
        address="/deputies/{deputy}/end",
        can=every(303, "manager", "administrator"),
        place="ours",
        knowing=ADMINISTRATOR,
        data={"last_day": "2026-11-25", "reason": "Åter i tjänst"},
    ),
}
