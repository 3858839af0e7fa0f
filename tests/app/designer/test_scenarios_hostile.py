"""Whatever is typed as a scenario is refused with a sentence, and two people do not write over one another."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.app.designer.conftest import LogIn
from tests.app.designer.test_scenario_rows import form_of, own, source
from tests.app.designer.test_scenarios_tab import add, files_of, post, text
from tests.app.designer.trying import text as words
from tests.models.drafting.conftest import Studio
from workflows.models import find_model_draft, known_run
from workflows.models.drafting.publishing import publication_hindrance

__all__ = ["own"]

ROWS = "title: Runt\nsteps:\n"
ROUND = "- until: bp1\n- decide: bp1\n  with: {outcome: rework, target: relevance}\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("title: Stort\nsteps: []\n#" + "x" * 190_000 + "\n#" * 10_000, "Filen är större än 200 kB."),
        (ROWS + "- do: idea_sheet\n" * 5_000, "högst 500"),
        (ROWS + "- fly: idea_sheet\n", "fly"),
        (ROWS + '- wait: "2300-01-01"\n', "Rad 3"),
        ('title: Sent\nstart: "2300-01-01"\nsteps: []\n', "start"),
        ("a: &a [x]\nb: &b [*a, *a]\ntitle: Alias\nsteps: []\n", "Alias (*) används inte här."),
    ],
    ids=["large", "5,000 rows", "an unknown verb", "a wait until 2300", "a start in 2300", "aliases"],
)
def test_what_no_scenario_can_be_is_refused_with_a_sentence(
    designer: FlaskClient, studio: Studio, draft: str, own: str, typed: str, said: str
) -> None:
    before = source(studio, draft)
    answer = post(designer, studio, draft, "/own/text", text=typed)
    assert answer.status_code == 422 and said in words(answer.text)
    assert source(studio, draft) == before


@pytest.mark.full
def test_a_megabyte_is_refused_before_it_is_read(designer: FlaskClient, studio: Studio, draft: str, own: str) -> None:
    before = source(studio, draft)
    answer = post(designer, studio, draft, "/own/text", text="title: A\nsteps: []\n" + "#" * 1_000_000)
    assert answer.status_code in (413, 422) and "större än" in words(answer.text)
    assert source(studio, draft) == before


@pytest.mark.full
def test_a_scenario_that_goes_round_for_ever_is_stopped_and_says_so(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    add(studio, draft, "runt", ROWS + ROUND * 240)
    shown = text(designer, draft, "/result?scenario=runt")
    assert "Ett scenario får ta högst" in shown and "Det fortsatte, så Styr slutade spela här." in shown
    assert "Ta bort rader som gör samma sak om och om igen" in shown
    assert designer.get(f"/models/drafts/{draft}/mend-scenarios").status_code == 200
    assert designer.get(f"/models/drafts/{draft}/scenarios/runt/rows/480").status_code == 200


def test_who_comes_second_to_a_scenario_is_told_and_changes_nothing(
    designer: FlaskClient, log_in: LogIn, studio: Studio, draft: str, own: str
) -> None:
    theirs: Any = form_of(designer, f"{own}/rows/1")
    other: Any = form_of(log_in("ulla"), f"{own}/rows/3")
    first = designer.post(theirs.action, data={**dict(theirs.form_values()), "note": "Dags först", "_save": "1"})
    assert first.status_code == 303
    typed = {**dict(other.form_values()), "motivation": "Ullas ord", "_save": "1"}
    second = log_in("ulla").post(other.action, data=typed)
    assert second.status_code == 409
    assert "Dags först" in source(studio, draft) and "Ullas ord" not in source(studio, draft)


@pytest.mark.full
def test_many_that_go_round_are_bounded_together_and_those_not_run_are_named(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    for number in range(6):
        add(studio, draft, f"z{number}", f"title: Varv {number}\nsteps:\n" + ROUND * 240)
    shown = text(designer, draft, "/result")
    _, _, told = shown.partition("Alla scenarier hann inte köras")
    assert "En körning tar högst 4 000 steg i motorn." in words(told)
    assert "så hinner även de här:Varv 4Varv 5" in told and "4 av 29 scenarier håller inte" in shown
    run = known_run(files_of(studio, draft))
    assert run is not None and run.unplayed == ("scenarios/z4.yaml", "scenarios/z5.yaml") and not run.green
    assert "2 hann inte köras." in text(designer, draft)


@pytest.mark.full
def test_a_draft_whose_scenarios_are_not_all_run_is_not_published(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    for number in range(5):
        add(studio, draft, f"a{number}", f"title: Varv {number}\nsteps:\n" + ROUND * 80)
    page = designer.get(f"/models/drafts/{draft}/check").text
    assert "scenarier hann inte köras." in words(page)
    hindrance = publication_hindrance(find_model_draft(studio.as_("dag"), draft_id=draft))
    assert hindrance is not None and "hann inte köras" in str(hindrance)
