from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import TestClock
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId
from workflows.people import ADMINISTRATOR, PersonDetails, add_person, assign_organisation_role

Adding = Callable[..., PersonId]


@pytest.fixture
def adding(ctx: Context) -> Adding:
    """`adding("Anna Berg", title=…)` adds a person with an address made of the name."""

    def add(name: str, **details: str) -> PersonId:
        email = details.pop("email", name.casefold().replace(" ", ".") + "@exempelkommun.se")
        return add_person(ctx, details=PersonDetails(name=name, email=email, **details))

    return add


@pytest.fixture
def administrator(ctx: Context, adding: Adding, clock: TestClock) -> PersonId:
    person = adding("Ada Ministratör")
    assign_organisation_role(ctx, role=ADMINISTRATOR, person=person, valid_from=clock.today)
    return person
