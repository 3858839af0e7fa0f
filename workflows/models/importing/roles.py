"""Who does a step: groups, lanes and variables become roles; persons never do.

A model always has the roles that a project is steered by; whoever does a step for which nothing is said is the one who
leads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workflows.models.importing.drawing import Step
from workflows.models.importing.naming import slug
from workflows.models.importing.rows import Place, Report

MANAGER, SPONSOR, INITIATOR = "project_manager", "sponsor", "idea_owner"

STEERING = {
    INITIATOR: ("Initiativtagare", "project"),
    MANAGER: ("Projektledare", "project"),
    SPONSOR: ("Beställare", "project"),
    "steering_group": ("Styrgrupp", "project"),
    "project_office": ("Projektkontor", "organisation"),
    "secretary": ("Sekreterare", "organisation"),
}
"""Roles that every model has: who hands in, leads, orders, decides together, keeps the model, writes minutes."""

_VARIABLE = re.compile(r"(?:\$\{|#\{|=)\s*([A-Za-z_]\w*)\s*\}?")
_STARTER = frozenset({"initiator", "starter", "startuserid", "authenticateduserid", "requester", "applicant"})


@dataclass(slots=True)
class Roles:
    """The roles of an import, as they are met: label and where the holder is appointed, by key."""

    report: Report
    made: dict[str, tuple[str, str]] = field(default_factory=lambda: dict(STEERING))
    _told: set[str] = field(default_factory=set)

    def of(self, step: Step) -> str:
        """Return the role that does a step, and tell how it was found."""
        hints = step.hints
        groups = [*hints.groups]
        role = self._group(groups[0], step.place) if groups else self._assigned(step)
        if role is None and step.lane:
            role = self._named(step.lane, "organisation", step.place, f"Banan {step.lane}.")
        for other in groups[1:]:
            advice = "Lägg till den som ställföreträdare, eller dela upp steget."
            self.report.changed(step.place, f"Även gruppen {other} fick göra steget.", "Ett steg har en roll.", advice)
        persons = [*hints.users, *([hints.assignee] if hints.assignee and not _VARIABLE.match(hints.assignee) else [])]
        if hints.groups and not persons and hints.assignee:
            whom = "den som började ärendet" if _starts(hints.assignee) else f"den som ”{hints.assignee}” ger"
            done = f"Rollen {self.made[role or MANAGER][0]} gör det: ett steg har en roll."
            self.report.changed(step.place, f"Steget var givet till {whom}.", done, "Välj rätt roll.")
        if persons:
            was = f"Steget var givet till {', '.join(persons)}."
            label = self.made[role or MANAGER][0]
            self.report.changed(
                step.place,
                was,
                f"Rollen {label} gör det: i Styr har funktioner steg, inte personer.",
                "Välj rätt roll.",
            )
        elif role is None and not hints.assignee:
            self.report.changed(
                step.place, "Det sägs inte vem som gör steget.", "Rollen Projektledare gör det.", "Välj rätt roll."
            )
        return role or MANAGER

    def _assigned(self, step: Step) -> str | None:
        """Return the role of an assignee that is a variable: a name of a function, or whoever began."""
        written = step.hints.assignee
        match = _VARIABLE.fullmatch(written)
        if match is None:
            if _VARIABLE.match(written):
                self.report.lost(
                    step.place,
                    f"Vem som gör steget räknas ut: ”{written}”",
                    "Rollen Projektledare gör det.",
                    "Välj rätt roll.",
                )
            return None
        if _starts(written):
            return INITIATOR
        return self._named(
            match[1], "project", step.place, f"Steget var givet till den som variabeln ”{match[1]}” namnger."
        )

    def _group(self, group: str, at: Place) -> str:
        match = _VARIABLE.fullmatch(group)
        was = f"Gruppen som variabeln ”{match[1]}” namnger." if match else f"Gruppen {group}."
        return self._named(match[1] if match else group, "organisation", at, was)

    def _named(self, name: str, scope: str, at: Place, was: str) -> str:
        """Return the key of a role, making it when it is new."""
        key = slug(name, "role")
        if key not in self.made:
            self.made[key] = (_readable(name), scope)
            where = "i organisationen" if scope == "organisation" else "i projektet"
            self.report.changed(
                at, was, f"Den blev rollen {_readable(name)}, som utses {where}.", "Ge rollen ett namn som alla känner."
            )
        return key


def _starts(assignee: str) -> bool:
    """Say whether a variable names whoever began."""
    match = _VARIABLE.fullmatch(assignee)
    return match is not None and match[1].lower().replace("_", "") in _STARTER


def _readable(name: str) -> str:
    """Return a role's label: words instead of signs, a capital first."""
    words = re.sub(r"[_\-\s]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).strip(" {}$#=")
    return (words[:1].upper() + words[1:])[:80] or "Roll"
