from __future__ import annotations

from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.people import (
    PersonDetails,
    people_page,
)

ANNA = PersonDetails(name="Anna Berg", email="anna.berg@exempelkommun.se", title="Förvaltningschef")


def _people(ctx: Context, search: str = "", *, inactive: bool = False) -> list[str]:
    with ctx.read() as session:
        page = people_page(session, tenant=ctx.tenant, search=search, inactive=inactive)
    return [person.name for person in page.people]


def test_search_finds_every_word_in_any_field_and_takes_wildcards_as_text(adding: Adding, ctx: Context) -> None:
    adding("Åsa Öberg", title="Ekonom", department="Vård och omsorg")
    adding("Ove Åberg", title="Ekonom")
    assert _people(ctx, "oberg ekonom") == ["Åsa Öberg"]
    assert _people(ctx, "ÖBERG") == ["Åsa Öberg"]
    assert _people(ctx, "vard") == ["Åsa Öberg"]
    assert _people(ctx, "%") == []
    assert _people(ctx, "ekonom") == ["Ove Åberg", "Åsa Öberg"]


def test_the_list_is_cut_into_pages_and_a_page_beyond_the_last_is_the_last(adding: Adding, ctx: Context) -> None:
    for number in range(51):
        adding(f"Person {number:02}")
    with ctx.read() as session:
        page = people_page(session, tenant=ctx.tenant, number=9)
    assert (page.total, page.pages, page.number, len(page.people)) == (51, 2, 2, 1)
