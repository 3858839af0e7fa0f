"""A checklist is changed one question at a time, and its file only where the question stands."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from forms.checklist import read_checklist
from tests.models.telling import HARNOSAND, files_of, with_text
from workflows.models.asking import (
    ChangedMeanwhile,
    EntryRefused,
    FileUnreadable,
    Question,
    add_question,
    change_question,
    ids_in,
    key_of,
    move_question,
    new_checklist,
    next_id,
    outline,
    question_scope,
    remove_question,
    rename_checklist,
    require_question,
)

KEY = "c2_preparation"
PATH = f"forms/{KEY}.checklist.json"
FILES = files_of(HARNOSAND)


def found(id: str) -> Question:
    question = outline(FILES, KEY).find(id)
    assert question is not None
    return question


def changed_lines(changed: Mapping[str, bytes]) -> list[str]:
    """The lines that went and came, with their sign; an unchanged file gives none."""
    before, after = (data.decode().splitlines() for data in (FILES[PATH], changed.get(PATH, FILES[PATH])))
    compared = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    told: list[str] = []
    for kind, a, b, c, d in compared:
        if kind != "equal":
            told += [f"-{line.strip()}" for line in before[a:b]] + [f"+{line.strip()}" for line in after[c:d]]
    return told


@pytest.mark.parametrize("path", sorted(path for path in FILES if path.endswith(".checklist.json")))
def test_saving_a_question_as_it_was_changes_no_byte_of_the_file(path: str) -> None:
    key = path.removeprefix("forms/").removesuffix(".checklist.json")
    for question in outline(FILES, key).questions:
        assert change_question(FILES, key, question) == {path: FILES[path]}


def test_one_changed_word_touches_one_line() -> None:
    assert changed_lines(require_question(FILES, KEY, "F03", "warn")) == [
        '-"requirement": "must",',
        '+"requirement": "warn",',
    ]
    help_changed = change_question(FILES, KEY, replace(found("F03"), help="Svara ja om bemanningen ändras."))
    (went, came) = changed_lines(help_changed)
    assert went.startswith('-"help"')
    assert came == '+"help": {"sv": "Svara ja om bemanningen ändras."},'


def test_what_was_not_said_before_stands_in_its_usual_place() -> None:
    changed = change_question(FILES, KEY, replace(found("F03"), condition="total_cost > 5", satisfied_by=("yes", "no")))
    item = next(item for item in json.loads(changed[PATH])["items"] if item["id"] == "F03")
    order = "id area question topic help answer requirement condition satisfied_by evidence source"
    assert list(item) == order.split()
    assert item["satisfied_by"] == ["yes", "no"]


def test_a_new_question_stands_after_the_one_it_was_put_after_and_the_rest_is_untouched() -> None:
    new = Question(id="F23", area="Risker", question="Är riskerna sagda?", help="Säg hur.", requirement="warn")
    changed = add_question(FILES, KEY, new, after="F03")
    assert [item.id for item in read_checklist(changed[PATH]).items][2:5] == ["F03", "F23", "F04"]
    assert not [line for line in changed_lines(changed) if line.startswith("-")]


def test_a_question_moves_up_and_down_and_stops_at_the_ends() -> None:
    down = move_question(FILES, KEY, "F01", steps=1)
    assert [question.id for question in outline({**FILES, **down}, KEY).questions][:2] == ["F02", "F01"]
    assert move_question(FILES, KEY, "F01", steps=-1) == {}
    assert move_question({**FILES, **down}, KEY, "F01", steps=-1) == {PATH: FILES[PATH]}


def test_a_removed_question_leaves_the_others_as_they_were() -> None:
    for id in ("F01", "F10", "F22"):
        changed = remove_question(FILES, KEY, id)
        assert not [line for line in changed_lines(changed) if line.startswith("+")]
        assert id not in read_checklist(changed[PATH]).by_id


def test_the_last_question_is_not_removed() -> None:
    new = Question(id="A01", area="Alla", question="Är det klart?")
    files = {**FILES, **new_checklist(FILES, "short", title="Kort", title_en="", phase="planning", first=new)}
    with pytest.raises(EntryRefused):
        remove_question(files, "short", "A01")


def test_ids_go_on_in_their_series_and_are_never_given_twice() -> None:
    assert next_id(FILES, KEY) == "F23"
    fewer = {**FILES, **remove_question(FILES, KEY, "F22")}
    assert next_id(fewer, KEY) == "F22"
    assert next_id(fewer, KEY, used=ids_in(FILES)) == "F23"
    assert next_id(FILES, None) not in ids_in(FILES)
    assert next_id(FILES, None).endswith("01")


def test_a_key_is_made_of_a_title_and_is_free() -> None:
    assert key_of("Checklista Åre – 2", []) == "checklista_are_2"
    assert key_of("Plan", ["plan", "plan_2"]) == "plan_3"
    assert key_of("2 steg", []) == "form_2_steg"


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"question": " "}, "question", "Skriv frågan"),
        ({"area": ""}, "area", "Skriv vilket område"),
        ({"requirement": "maybe"}, "question", "”requirement” ska vara"),
        ({"condition": "total_cost > "}, "condition", "tecken 14"),
        ({"condition": "true and total_cots > 1"}, "condition", "total_cots (tecken 10)"),
        ({"condition": 'item.F99 = "yes"'}, "condition", "item.F99"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(change: dict[str, str], field: str, words: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        change_question(FILES, KEY, replace(found("F03"), **change))  # type: ignore[arg-type]  # each is a text
    assert words in refused.value.problems[field]


def test_the_names_in_scope_come_with_words() -> None:
    words = {name.name: name.words for name in question_scope(FILES, own="F03")}
    assert words["total_cost"]
    assert words["item.F04"] == "personuppgifter och informationsklass"
    assert "item.F03" not in words
    assert "members" in words


def test_a_question_that_somebody_else_changed_is_not_overwritten() -> None:
    read = found("F03")
    theirs = {**FILES, **require_question(FILES, KEY, "F03", "warn")}
    with pytest.raises(ChangedMeanwhile):
        change_question(theirs, KEY, replace(read, help="Mitt"))
    other = {**FILES, **require_question(FILES, KEY, "F04", "warn")}
    assert change_question(other, KEY, replace(read, help="Mitt"))


def test_a_checklist_with_a_fault_is_shown_with_it_and_can_be_mended() -> None:
    broken = with_text(PATH, '"size_class = ', '"size_class == ', HARNOSAND)
    shown = outline(broken, KEY)
    assert shown.refusal
    faulty = next(question for question in shown.questions if "==" in question.condition)
    mended = change_question(broken, KEY, replace(faulty, condition='size_class = "large"'))
    assert outline({**broken, **mended}, KEY).refusal == ""


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"items": 3}', b'{"items": [1]}', b'{"items": {"a": 1}}'])
def test_a_file_that_is_no_checklist_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(FileUnreadable):
        add_question({**FILES, PATH: data}, KEY, Question(id="F50", area="a", question="b"))


def test_a_new_title_touches_its_line_alone() -> None:
    changed = rename_checklist(FILES, KEY, title="Checklista Start", title_en="Start checklist")
    assert changed_lines(changed)[1] == '+"title": {"sv": "Checklista Start", "en": "Start checklist"},'
    with pytest.raises(EntryRefused):
        rename_checklist(FILES, KEY, title=" ", title_en="")


def test_a_new_checklist_says_everything_that_is_missing_at_once() -> None:
    with pytest.raises(EntryRefused) as refused:
        new_checklist(FILES, "x", title="", title_en="", phase="", first=Question(id="A01"))
    assert set(refused.value.problems) == {"title", "phase", "area", "question"}
