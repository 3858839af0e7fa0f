"""A checklist's page and its summary: areas with verdicts, questions with their widgets, deviations first."""

from __future__ import annotations

from typing import Any

from forms.checklist_answers import validate_checklist
from forms.checklist_view import ChecklistView, ItemView, checklist_view
from forms.summary import ChecklistSection, checklist_summary
from tests.forms.building import ENV, checklist, posted, question

RISK = {"area": {"sv": "Risk", "en": "Risk"}}


def page(*questions: Any, answers: Any = None, **about: Any) -> ChecklistView:
    return checklist_view(checklist(*questions), answers or {}, env=ENV, **about)


def item(stored: Any = None, about: Any = None, **extra: Any) -> ItemView:
    return page(question(**extra), answers={"Q01": stored or {}}, **(about or {})).areas[0].items[0]


def summary(*questions: Any, answers: Any) -> tuple[ChecklistSection, ...]:
    return checklist_summary(checklist(*questions), answers, facts={}, env=ENV, files={"f1": "protokoll.pdf"})


def test_areas_say_in_words_how_far_they_are() -> None:
    asked = [question("Q01"), question("Q02"), question("Q03", **RISK), question("Q04", answer="text", **RISK)]
    view = page(*asked, answers={"Q01": {"answer": "no"}, "Q03": {"answer": "yes"}})
    assert [(area.title, area.words, area.tone) for area in view.areas] == [
        ("Mål", "1 av 2, en avvikelse", "warn"),
        ("Risk", "1 av 2", "wait"),
    ]
    assert (view.answered, view.total, view.deviations) == (2, 4, 1)
    done = page(question(), answers={"Q01": {"answer": "yes"}}, language="en").areas[0]
    assert (done.tone, done.words, done.done, done.title) == ("ok", "1 of 1", True, "Goals")


def test_a_choice_has_three_answers() -> None:
    view = item({"answer": "no", "reason": "Flyttat"})
    assert [(choice.id, choice.value, choice.label, choice.chosen) for choice in view.choices] == [
        ("Q01-yes", "yes", "Ja", False),
        ("Q01-no", "no", "Nej", True),
        ("Q01-not_applicable", "not_applicable", "Gäller inte", False),
    ]
    assert (view.kind, view.value, view.reason.name, view.reason.value) == ("choice", None, "Q01-reason", "Flyttat")
    assert view.reason_open and view.reason.help.startswith("Ett ärligt nej")


def test_a_value_has_its_input_and_one_way_out() -> None:
    view = item({"answer": "value", "value": 1250000}, answer="number", unit="kr")
    assert view.value is not None
    assert (view.kind, view.value.name, view.value.value) == ("number", "Q01-value", "1\u00a0250\u00a0000")
    assert view.value.unit == "kr"
    assert [choice.value for choice in view.choices] == ["not_applicable"]
    day = item({"answer": "value", "value": "2026-12-01"}, answer="date").value
    assert day is not None and (day.input_type, day.value) == ("date", "2026-12-01")


def test_evidence_is_shown_with_room_for_more() -> None:
    evidence = [
        {"kind": "link", "value": "https://exempel.se"},
        {"kind": "note", "value": "§ 4"},
        {"kind": "file", "value": "f1"},
    ]
    view = item({"answer": "yes", "evidence": evidence}, {"files": {"f1": "plan.pdf"}})
    assert [(link.id, link.name, link.value) for link in view.links] == [
        ("Q01-link", "Q01-link", "https://exempel.se"),
        ("Q01-link-2", "Q01-link", ""),
    ]
    assert (view.note.value, view.file.kept[0].label, view.evidence_open) == ("§ 4", "plan.pdf", True)
    assert not item({"answer": "yes"}).evidence_open
    assert item(answer="ref").evidence_open


def test_the_requirement_is_the_one_that_holds() -> None:
    conditional = {"condition": "external_funding = true"}
    assert item(**conditional).requirement_words == "Information"
    assert item(None, {"facts": {"external_funding": True}}, **conditional).requirement_words == "Krav"


def test_errors_stand_at_their_widgets() -> None:
    asked = checklist(question("Q01"), question("Q02", answer="number"), question("Q03", answer="ref"))
    result = validate_checklist(asked, posted(Q02__value="många", Q03="yes", Q01="no"), env=ENV)
    views = checklist_view(asked, result.entered, env=ENV, errors=result.errors).areas[0].items
    assert views[0].reason.error and views[0].reason_open
    assert views[1].value is not None and views[1].value.error and views[1].value.value == "många"
    assert views[2].links[0].error and views[2].described_by == ""
    empty = validate_checklist(asked, {}, env=ENV)
    first = checklist_view(asked, {}, env=ENV, errors=empty.errors).areas[0].items[0]
    assert (first.error, first.described_by) == ("Svara på frågan om målet", "Q01-error")


def test_the_summary_puts_deviations_first_and_only_there() -> None:
    answers = {
        "Q01": {"answer": "yes", "evidence": [{"kind": "link", "value": "https://exempel.se"}]},
        "Q02": {"answer": "no", "reason": "Flyttat", "evidence": [{"kind": "file", "value": "f1"}]},
        "Q03": {"answer": "value", "value": 1250},
        "Q04": {"answer": "value", "value": "2027-01-14"},
    }
    sections = summary(
        question("Q01"),
        question("Q02"),
        question("Q03", answer="number", unit="kr", **RISK),
        question("Q04", answer="date", **RISK),
        question("Q05", **RISK),
        answers=answers,
    )
    assert [(section.title, [row.id for row in section.rows]) for section in sections] == [
        ("Avvikelser", ["Q02"]),
        ("Mål", ["Q01"]),
        ("Risk", ["Q03", "Q04", "Q05"]),
    ]
    deviation = sections[0].rows[0]
    assert (deviation.tone, deviation.words, deviation.reason) == ("warn", "Nej", "Flyttat")
    assert deviation.evidence[0].label == "protokoll.pdf"
    assert sections[1].rows[0].evidence[0].href == "https://exempel.se"
    assert [row.words for row in sections[2].rows] == ["1\u00a0250\u00a0kr", "tor 14 jan 2027", "Inte besvarad"]
    assert sections[2].rows[2].tone == "wait"


def test_what_was_typed_counts_as_an_answer_when_the_page_comes_back() -> None:
    asked = checklist(question("Q01", answer="text"), question("Q02", answer="date"), question("Q03"))
    typed = posted(**{"Q01-value": "Ja, av ledningen", "Q02-value": "i våras"})
    result = validate_checklist(asked, typed, env=ENV)
    view = checklist_view(asked, result.entered, env=ENV, errors=result.errors)
    assert (view.answered, view.total) == (1, 3)
    values = [one.value.value for one in view.areas[0].items if one.value]
    assert values == ["Ja, av ledningen", "i våras"]


def test_a_voluntary_question_says_so_and_is_not_missed() -> None:
    view = page(question("Q01"), question("Q02", requirement="info"), answers={"Q01": {"answer": "yes"}})
    assert [one.voluntary for one in view.areas[0].items] == [False, True]
    assert (view.answered, view.total, view.areas[0].done) == (1, 1, True)
