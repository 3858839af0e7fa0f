"""A scenario is rewritten where it was changed, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.models.telling import MODELS, files_of
from workflows.models.scenario_text import rewrite_scenario, write_scenario
from workflows.models.strict_yaml import read_yaml

COMMENTED = """\
# Komplettering vid första beslutet
title: Ett prov   # en mening
roles: {sponsor: Maria Lindqvist}
steps:
# fram till beslutet
- until: bp1
# sedan beslutas det
- decide: bp1   # komplettera
  by: Maria Lindqvist
  with: {outcome: rework, target: preparation}

- wait: P5D
# sist
expect: {ended: false}
"""


def raw(text: str) -> dict[str, Any]:
    found = read_yaml(text.encode())
    assert isinstance(found, dict)
    return found


def rewritten(change: Mapping[str, Any], origins: tuple[int | None, ...] = (0, 1, 2), text: str = COMMENTED) -> str:
    return rewrite_scenario(text, {**raw(text), **change}, origins)


def test_what_is_not_changed_stays_to_the_letter() -> None:
    assert rewritten({}) == COMMENTED


@pytest.mark.parametrize("folder", MODELS, ids=lambda folder: folder.name)
def test_every_shipped_scenario_stays_to_the_letter(folder: Any) -> None:
    for path, data in files_of(folder).items():
        if path.startswith("scenarios/") and not path.endswith("_usual.yaml"):
            whole = raw(data.decode())
            assert rewrite_scenario(data.decode(), whole, range(len(whole["steps"]))) == data.decode()
            assert raw(write_scenario(whole)) == whole


def test_a_new_title_touches_one_line() -> None:
    assert rewritten({"title": "Ett annat prov"}) == COMMENTED.replace(
        "title: Ett prov   # en mening", "title: Ett annat prov"
    )


def test_a_changed_step_keeps_its_comments() -> None:
    steps = raw(COMMENTED)["steps"]
    steps[1] = {"decide": "bp1", "by": "Maria Lindqvist", "with": {"outcome": "approve"}}
    assert rewritten({"steps": steps}) == COMMENTED.replace(
        "{outcome: rework, target: preparation}", "{outcome: approve}"
    ).replace("bp1   # komplettera", "bp1  # komplettera")


def test_a_moved_step_takes_the_comment_above_it_along() -> None:
    first, second, third = raw(COMMENTED)["steps"]
    text = rewritten({"steps": [second, first, third]}, (1, 0, 2))
    assert (
        text.index("# sedan beslutas det") < text.index("- decide") < text.index("# fram till") < text.index("- until")
    )
    assert raw(text)["steps"] == [second, first, third]


def test_a_step_is_added_between_two() -> None:
    first, second, third = raw(COMMENTED)["steps"]
    new = {"do": ["idea_sheet", "c1_relevance"], "with": {"R07": "yes", "day": "2026-03-02", "ok": True, "none": None}}
    text = rewritten({"steps": [first, new, second, third]}, (0, None, 1, 2))
    assert '- do: [idea_sheet, c1_relevance]\n  with: {R07: "yes", day: "2026-03-02", ok: true, none: null}\n' in text
    assert raw(text)["steps"][1] == new


def test_removed_steps_take_their_comments_along_and_the_rest_stays() -> None:
    text = rewritten({"steps": []}, ())
    assert raw(text)["steps"] == []
    assert "# Komplettering" in text and "# sist" in text and "# fram till" not in text


def test_a_new_key_comes_where_it_usually_stands() -> None:
    text = rewritten({"start": "2026-02-02", "facts": {"size_class": "large"}})
    assert text.index("title:") < text.index("start:") < text.index("facts:") < text.index("roles:")
    assert 'start: "2026-02-02"\n' in text


def test_a_key_that_goes_leaves_the_comments_round_it() -> None:
    wanted = {name: value for name, value in raw(COMMENTED).items() if name != "expect"}
    text = rewrite_scenario(COMMENTED, wanted, (0, 1, 2))
    assert "expect" not in text and text.endswith("# sist\n")


def test_a_file_written_on_one_line_is_written_anew() -> None:
    text = "{title: Kort, steps: [{do: idea_sheet}]}"
    assert rewritten({"title": "Kortare"}, (0,), text) == "title: Kortare\nsteps:\n- do: idea_sheet\n"


def test_indented_steps_are_written_anew_with_the_same_meaning() -> None:
    text = "title: Indraget\nsteps:\n  - do: a\n  - do: b\n"
    new = rewritten({"steps": [{"do": "b"}]}, (1,), text)
    assert raw(new) == {"title": "Indraget", "steps": [{"do": "b"}]}
