"""The invented people of the demo: who they are, what they do, and which groups they sit in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId
from workflows.people import (
    BodyKind,
    Passwords,
    PersonDetails,
    SeatRole,
    add_person,
    create_body,
    seat_member,
    set_password,
)

PASSWORD = "prova-styr-nu"  # noqa: S105 — everybody may know it
"""Everybody in the demo has it; printed when the server starts."""

HOST = "exempelkommun.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """Somebody in the demo. `part` is what one sees logged in as them; without it they are not listed."""

    name: str
    title: str
    department: str
    part: str = ""
    roles: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """Return the address to log in with."""
        plain = self.name.lower().translate(str.maketrans("åäöé", "aaoe"))
        return f"{plain.replace(' ', '.')}@{HOST}"

    @property
    def details(self) -> PersonDetails:
        """Return what the register of people keeps."""
        return PersonDetails(name=self.name, email=self.email, title=self.title, department=self.department)


SAMHALLE, SKOLA, SOCIAL, LEDNING = (
    "Samhällsförvaltningen",
    "Skolförvaltningen",
    "Socialförvaltningen",
    "Kommunledningskontoret",
)

CHARACTERS: Mapping[str, Character] = {
    "anna": Character(
        name="Anna Berg", title="Förvaltningschef", department=SAMHALLE, part="Beställare, ordförande i styrgrupp"
    ),
    "karin": Character(name="Karin Lind", title="Projektledare", department=SAMHALLE, part="Projektledare"),
    "per": Character(
        name="Per Wallin",
        title="Nämndsekreterare",
        department=LEDNING,
        part="Sekreterare, registrerar möten",
        roles=("secretary",),
    ),
    "ture": Character(
        name="Ture Malm",
        title="Projektstrateg",
        department=LEDNING,
        part="Projektkontoret, ser alla projekt",
        roles=("project_office",),
    ),
    "hanna": Character(
        name="Hanna Vik", title="Förvaltningschef", department=SOCIAL, part="Beställare inom socialtjänsten"
    ),
    "bo": Character(
        name="Bo Rask", title="Verksamhetschef", department=SAMHALLE, part="Resursgivare, ledamot i styrgrupp"
    ),
    "sara": Character(name="Sara Holm", title="Arbetsterapeut", department=SOCIAL, part="Projektmedlem"),
    "maja": Character(name="Maja Frisk", title="Rektor", department=SKOLA, part="Idégivare och mottagare"),
    "eva": Character(name="Eva Sjödin", title="Ekonom", department=LEDNING, part="Ekonom", roles=("controller",)),
    "rut": Character(
        name="Rut Ström",
        title="Registrator",
        department=LEDNING,
        part="Registrator och arkivarie",
        roles=("registrar", "archivist"),
    ),
    "siv": Character(
        name="Siv Dahl", title="Systemförvaltare", department=LEDNING, part="Administratör", roles=("administrator",)
    ),
    "nils": Character(
        name="Nils Öberg",
        title="Processdesigner",
        department=LEDNING,
        part="Processdesigner, ändrar modellen",
        roles=("process_designer",),
    ),
    "lars": Character(
        name="Lars Hedin", title="Revisor", department="Revisionen", part="Revisor, får läsa allt", roles=("auditor",)
    ),
    "olle": Character(name="Olle Norin", title="Enhetschef", department=SAMHALLE),
    "mats": Character(name="Mats Åkerlund", title="Utvecklingschef", department=SAMHALLE),
    "lena": Character(name="Lena Ek", title="Enhetschef", department=SOCIAL),
    "johan": Character(name="Johan Stål", title="Förvaltningschef", department=SKOLA),
    "tove": Character(name="Tove Nygren", title="Stabschef", department=LEDNING),
    "greta": Character(name="Greta Lund", title="Kostchef", department=SKOLA),
    "viktor": Character(name="Viktor Sand", title="Hamnansvarig", department=SAMHALLE),
    "samir": Character(name="Samir Haddad", title="Verksamhetsarkitekt", department=LEDNING),
    "agnes": Character(name="Agnes Moberg", title="Fackligt ombud", department=SKOLA, roles=("union_rep",)),
}

BODIES: Mapping[str, tuple[str, BodyKind, Mapping[str, SeatRole]]] = {
    "samhalle": (
        "Styrgrupp Samhälle",
        BodyKind.STEERING_GROUP,
        {
            "anna": SeatRole.CHAIR,
            "bo": SeatRole.MEMBER,
            "johan": SeatRole.MEMBER,
            "tove": SeatRole.MEMBER,
            "samir": SeatRole.SUBSTITUTE,
            "per": SeatRole.SECRETARY,
        },
    ),
    "valfard": (
        "Styrgrupp Välfärd",
        BodyKind.STEERING_GROUP,
        {
            "hanna": SeatRole.CHAIR,
            "johan": SeatRole.MEMBER,
            "tove": SeatRole.MEMBER,
            "greta": SeatRole.SUBSTITUTE,
            "per": SeatRole.SECRETARY,
        },
    ),
    "namnden": ("Samhällsnämnden", BodyKind.BOARD, {"per": SeatRole.SECRETARY}),
}
"""Steering groups and boards: name, kind, and who sits where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody's id by short name, and every body's."""

    people: Mapping[str, PersonId]
    bodies: Mapping[str, str]


def add_everybody(ctx: Context) -> Cast:
    """Add people with their roles, and groups with their seats, as from the clock's day."""
    today = local_date(ctx.now())
    people = {short: add_person(ctx, details=one.details, roles=one.roles) for short, one in CHARACTERS.items()}
    bodies = {}
    for short, (name, kind, seats) in BODIES.items():
        bodies[short] = create_body(ctx, name=name, kind=kind)
        for who, role in seats.items():
            seat_member(ctx, body=bodies[short], person=people[who], role=role, valid_from=today)
    return Cast(people=people, bodies=bodies)


def give_passwords(ctx: Context, cast: Cast) -> None:
    """Let everybody log in with the demo's password. One cheap hash each: it guards nothing."""
    passwords = Passwords(memory=8, rounds=1)
    for person in cast.people.values():
        set_password(ctx, person=person, password=PASSWORD, passwords=passwords)
