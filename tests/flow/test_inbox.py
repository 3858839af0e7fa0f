"""The inbox: what waits for a person, earliest first, a page at a time."""

from __future__ import annotations

from sqlalchemy import event

from tests.stories.town import Town
from workflows.flow import count_open, fold, inbox
from workflows.flow.inbox import PAGE, InboxPage
from workflows.kernel.ids import role_principal


def _inbox(town: Town, projects: list[str], **about: object) -> InboxPage:
    principals = [role_principal(project, "idea_owner") for project in projects]
    with town.ctx.read() as session:
        return inbox(session, tenant=town.ctx.tenant, principals=principals, **about)  # type: ignore[arg-type]  # keywords of inbox


def test_pages_follow_each_other_without_gap_or_repeat(town: Town) -> None:
    projects = [town.start("olle", f"Idé {number}").project_id for number in range(PAGE + 5)]
    first = _inbox(town, projects)
    second = _inbox(town, projects, after=first.after)
    seen = [row.task_id for row in (*first.rows, *second.rows)]
    assert len(first.rows) == PAGE
    assert len(seen) == len(set(seen)) == PAGE + 5
    assert second.after is None


def test_the_search_finds_words_of_the_project_and_the_step(town: Town) -> None:
    projects = [town.start("olle", title).project_id for title in ("Förskolan Tallbacken", "Resecentrum etapp 2")]
    assert [row.title for row in _inbox(town, projects, search="TALLBACKEN").rows] == ["Förskolan Tallbacken"]
    assert _inbox(town, projects, search="100%").rows == ()


def test_swedish_letters_are_letters_of_their_own() -> None:
    assert fold("Åkerlund  É") == "åkerlund e"
    assert fold("hål") != fold("hal")


def test_the_badge_counts_what_waits(town: Town) -> None:
    project = town.start("olle", "Digital avtalssignering").project_id
    mine = [role_principal(project, "idea_owner")]
    with town.ctx.read() as session:
        assert count_open(session, tenant=town.ctx.tenant, principals=mine) == 1
        assert count_open(session, tenant=town.ctx.tenant, principals=[role_principal(project, "sponsor")]) == 0


def test_a_page_costs_one_statement_however_many_wait(town: Town) -> None:
    statements: list[str] = []
    projects = [town.start("olle", f"Idé {number}").project_id for number in range(20)]
    event.listen(town.ctx.database.engine, "before_cursor_execute", lambda _c, _k, sql, *_: statements.append(sql))
    _inbox(town, projects)
    assert [sql.split()[0] for sql in statements] == ["BEGIN", "SELECT"]
