"""The functions of a municipality that every process model shares; a model's own roles come with its bundle."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.kernel.errors import Text, _l

ADMINISTRATOR = "administrator"
PROJECT_OFFICE = "project_office"
SPONSOR = "sponsor"
PROJECT_MANAGER = "project_manager"
CHAIR = "chair"
SECRETARY = "secretary"
SUBSTITUTE = "substitute"
AUDITOR = "auditor"

APART = ((SPONSOR, PROJECT_MANAGER),)
"""Pairs that one person should not hold in the same project: nobody decides a gate they manage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRole:
    """A function held for the whole municipality: `duty` says in one line what its holder does and may see."""

    key: str
    label: Text
    duty: Text


ORGANISATION_ROLES: tuple[OrganisationRole, ...] = (
    OrganisationRole(
        key=ADMINISTRATOR,
        label=_l("Administratör"),
        duty=_l("Lägger upp personer, styrgrupper, nämnder, roller och inställningar. Ser inte projektens innehåll."),
    ),
    OrganisationRole(
        key=PROJECT_OFFICE,
        label=_l("Projektkontor"),
        duty=_l("Äger modellen, granskar underlag, håller projektbanken och ser alla projekt."),
    ),
    OrganisationRole(
        key="eu_coordinator",
        label=_l("EU-samordnare"),
        duty=_l("Granskar ansökningar om extern finansiering."),
    ),
    OrganisationRole(key="controller", label=_l("Ekonom"), duty=_l("Stämmer av budget, medfinansiering och utfall.")),
    OrganisationRole(
        key=SECRETARY,
        label=_l("Sekreterare"),
        duty=_l("Kallar, för protokoll och registrerar beslut i möten och nämnder."),
    ),
    OrganisationRole(key="registrar", label=_l("Registrator"), duty=_l("Diarieför och lämnar ut handlingar.")),
    OrganisationRole(key="archivist", label=_l("Arkivarie"), duty=_l("Ansvarar för bevarande och gallring.")),
    OrganisationRole(
        key="process_designer",
        label=_l("Processdesigner"),
        duty=_l("Ändrar utkast till diagram, tabeller och formulär."),
    ),
    OrganisationRole(
        key=AUDITOR, label=_l("Revisor"), duty=_l("Läser allt, också händelseloggen, och ändrar ingenting.")
    ),
    OrganisationRole(
        key="union_rep",
        label=_l("Fackligt ombud"),
        duty=_l("Deltar i de samverkansuppgifter där ombudet tillfrågas."),
    ),
)

PROJECT_ROLE_LABELS: dict[str, Text] = {
    SPONSOR: _l("Beställare"),
    PROJECT_MANAGER: _l("Projektledare"),
    "steering_group": _l("Styrgrupp"),
    "project_member": _l("Projektmedlem"),
    "resource_provider": _l("Resursgivare"),
    "receiver": _l("Mottagare"),
    "reference_group": _l("Referensgrupp"),
    "idea_owner": _l("Idégivare"),
    "board": _l("Nämnd"),
    CHAIR: _l("Ordförande"),
    SUBSTITUTE: _l("Ersättare"),
}


ROLE_LABELS: dict[str, Text] = {role.key: role.label for role in ORGANISATION_ROLES} | PROJECT_ROLE_LABELS
"""Every role that needs no model to be put in words."""


def role_label(key: str) -> Text:
    """Return a role in words; a model's own role that nobody here knows is shown as its key."""
    return ROLE_LABELS.get(key, Text(key))
