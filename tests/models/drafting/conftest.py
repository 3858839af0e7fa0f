"""A published model, two designers, an administrator and an onlooker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from tests.conftest import TestClock
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId
from workflows.models import Published, begin_model_draft, publish, shipped
from workflows.people import PersonDetails, add_person, assign_organisation_role

ROLES = {"dag": "process_designer", "ulla": "project_office", "ada": "administrator", "axel": "auditor", "frida": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """The people who have to do with models, and the version that their drafts begin on."""

    ctx: Context
    people: dict[str, PersonId]
    published: Published

    def as_(self, who: str) -> Context:
        """Return the context of somebody's request."""
        return replace(self.ctx, actor=self.people[who])

    def begin(self, who: str = "dag") -> str:
        """Begin a draft of the published version."""
        return begin_model_draft(
            self.as_(who),
            model=self.published.model,
            name="Utkast till version 2",
            files=shipped("harnosand"),
            base=self.published.digest,
            what="Började på version 1",
        )


@pytest.fixture
def studio(ctx: Context, clock: TestClock) -> Studio:
    people = {}
    for who, role in ROLES.items():
        details = PersonDetails(name=who.title(), email=f"{who}@exempelkommun.se")
        people[who] = add_person(ctx, details=details)
        if role:
            assign_organisation_role(ctx, role=role, person=people[who], valid_from=clock.today)
    return Studio(ctx=ctx, people=people, published=publish(ctx, shipped("harnosand")))


@pytest.fixture
def draft(studio: Studio) -> str:
    return studio.begin()


Reworded = Callable[[bytes], bytes]


@pytest.fixture
def reworded() -> Reworded:
    """`reworded(project.bpmn)` is the same diagram with another name on its first phase."""
    return lambda data: data.replace(b"Relevans", b"Behov", 1)
