"""A comparison as a whole: nothing, everything, broken files, order, summary."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from lxml import etree

from tests.models.comparing.changing import DIRECTIVE, MODEL, PLAN, PREPARATION, compared, only, with_json, with_text
from workflows.models.comparing import MAX_SENTENCES, Area, Comparison, Weight, What, compare, summary


def _rewritten(path: str, data: bytes) -> bytes:
    """The same file written down in another way."""
    if path.endswith((".bpmn", ".dmn")):
        root = etree.fromstring(data)
        for element in root.iter():
            if isinstance(element.tag, str):
                kept = sorted(element.attrib.items(), reverse=True)
                element.attrib.clear()
                element.attrib.update(kept)
        return etree.tostring(root, pretty_print=True)
    return json.dumps(json.loads(data), indent=8, sort_keys=True).encode() if path.endswith(".json") else data + b"\n\n"


def test_a_version_does_not_differ_from_itself() -> None:
    assert compare(MODEL, MODEL) == Comparison(changes=())


def test_files_written_in_another_way_are_no_change() -> None:
    after = {path: _rewritten(path, data) for path, data in MODEL.items()}
    comparison = compared(after)
    assert comparison.changes == ()
    assert comparison.rewritten == tuple(sorted(MODEL))


def test_a_whole_model_is_compared_within_half_a_second() -> None:
    after = {path: _rewritten(path, data) for path, data in MODEL.items()}
    started = time.process_time()
    compared(after)
    assert time.process_time() - started < 1.0, "the target is half a second on a machine that does nothing else"


def test_who_decides_stands_first_and_looks_stand_last() -> None:
    after = {
        **MODEL,
        **{
            path: files[path]
            for path, files in (
                ("authority.dmn", with_text("authority.dmn", ('"steering_group"', '"sponsor"'))),
                (PREPARATION, with_json(PREPARATION, lambda raw: raw["items"][0].update(requirement="info"))),
                (PLAN, with_json(PLAN, lambda raw: raw["title"].update(sv="Plan"))),
                ("project.bpmn", with_text("project.bpmn", ('<dc:Bounds x="', '<dc:Bounds x="9'))),
            )
        },
    }
    weights = [change.weight for change in compared(after).changes]
    assert weights == [Weight.DECIDES, Weight.DUTY, Weight.WORDING, Weight.LAYOUT]


def test_a_file_that_cannot_be_read_is_compared_as_text() -> None:
    row = only({**MODEL, "model.json": MODEL["model.json"].replace(b'"key": "harnosand",', b'"key" "harnosand",')})
    assert row.sentence == (
        "Filen model.json går inte att läsa i den nyare versionen, så den jämförs som text: "
        "1 borttagen rad och 1 ny rad."
    )
    assert (row.before.strip(), row.after.strip()) == ('"key": "harnosand",', '"key" "harnosand",')


@pytest.mark.full
def test_any_bytes_are_compared() -> None:
    for path in ("project.bpmn", "authority.dmn", "model.json", PLAN, PREPARATION, "scenarios/deferred.yaml", "x.txt"):
        for data in (b"", b"\xff\xfe", b"[]", b"{}", b"<a/>", b"[" * 100_000, b'{"a":' * 5_000, b"null"):
            rows = compare({**MODEL, path: MODEL.get(path, b"text")}, {**MODEL, path: data}).changes
            assert rows, (path, data[:20])


def test_a_file_of_no_known_kind_is_told() -> None:
    [row] = compare({**MODEL, "notes.txt": b"a\nb\n"}, {**MODEL, "notes.txt": b"a\nc\n"}).changes
    assert (row.area, row.sentence) == (Area.OTHER, "Filen notes.txt är ändrad: 1 borttagen rad och 1 ny rad.")


def test_new_and_removed_files_change_places_with_the_sides() -> None:
    after = {path: data for path, data in MODEL.items() if path != DIRECTIVE}
    gone = only(after)
    [come] = compare(after, MODEL).changes
    assert (gone.sentence, come.sentence) == (
        "Formuläret Projektdirektiv togs bort.",
        "Nytt formulär: Projektdirektiv.",
    )
    assert (gone.what.reverse, gone.before) == (come.what, come.after)
    assert What.CHANGED.reverse is What.CHANGED


def test_a_form_in_a_file_of_another_name_is_the_same_form() -> None:
    after = {path: data for path, data in MODEL.items() if path != DIRECTIVE}
    row = only({**after, "forms/directive.form.json": MODEL[DIRECTIVE]})
    assert (row.what, row.before, row.after) == (What.CHANGED, DIRECTIVE, "forms/directive.form.json")


def _lighter(raw: dict[str, list[dict[str, str]]]) -> None:
    for item in raw["items"]:
        item["requirement"] = "info" if item["requirement"] == "must" else "must"


def test_a_summary_is_short_and_counts_the_rest() -> None:
    comparison = compared(with_json(PREPARATION, _lighter))
    said = summary(comparison)
    assert len(said) == MAX_SENTENCES
    assert said[-1] == f"Och {len(comparison.changes) - MAX_SENTENCES + 1} ändringar till."


def test_a_summary_does_not_count_what_only_looks_different() -> None:
    comparison = compared(with_json(PREPARATION, _lighter))
    looks = replace(comparison.changes[0], weight=Weight.LAYOUT, sentence="Flyttad i diagrammet.")
    besides = replace(comparison, changes=(*comparison.changes, looks, looks))
    assert summary(besides) == summary(comparison)


def test_a_summary_says_which_form_a_field_stands_in() -> None:
    after = with_json(PLAN, lambda raw: raw["components"][0]["components"][1].update(validate={"required": True}))
    assert summary(compared(after)) == ("Formuläret Projektplan: fältet Ändringar mot direktivet blev obligatoriskt.",)


def test_the_summary_of_looks_alone_says_so() -> None:
    [said] = summary(compared(with_text("project.bpmn", ('<dc:Bounds x="', '<dc:Bounds x="9'))))
    assert said.startswith("Diagrammet Härnösands projektmodell är omritat")
