"""Each verb of a scenario does what docs/scenarios.md says, and says what it met instead."""

from __future__ import annotations

import pytest

from tests.models.telling import HARNOSAND, differed, tell

BEGIN = "title: Prov\nroles: {proposer: Nils Ek, sponsor: Birgitta Lund}\nsteps:\n"

TO_TRIAL = "title: Prov\nfacts: {reviewers: [r1, r2]}\nusual: {decide_single: {outcome: approve}}\nsteps:\n"
NEED = "need vid journey/explore, roll proposer, omgång 0"


def steps(*lines: str, head: str = BEGIN) -> str:
    return head + "".join(f"- {line}\n" for line in lines)


def test_do_completes_a_step_for_whoever_holds_its_role() -> None:
    assert differed(tell(steps("{do: need, by: Nils Ek}", "expect: {open: [estimate]}"))) == []


def test_do_fails_on_a_step_that_is_not_open() -> None:
    played = tell(steps("do: estimate"))
    assert differed(played) == ["steget: estimate öppen | inte öppen"]
    assert played.failure is not None
    assert played.failure.open == ("need",)


def test_do_fails_when_somebody_else_has_the_role() -> None:
    assert differed(tell(steps("{do: need, by: Birgitta Lund}"))) == [
        "steget: need för Birgitta Lund | rollen proposer (Nils Ek)"
    ]


def test_do_says_which_of_several_is_meant() -> None:
    two = steps("until: opinions", "do: opinions", head=TO_TRIAL)
    assert differed(tell(two)) == ["steget: en opinions | 2 öppna: säg vilken med item"]


def test_every_completes_all_of_them() -> None:
    two = steps("until: opinions", "{do: opinions, every: true}", head=TO_TRIAL)
    assert differed(tell(two + "expect: {open: [ready_check]}")) == []


def test_until_passes_the_gates_that_usual_answers_decide() -> None:
    assert differed(tell(steps("until: trial_report", head=TO_TRIAL))) == []


def test_until_stops_where_only_decisions_are_left() -> None:
    assert differed(tell(steps("until: trial_report"))) == [
        "steget: trial_report öppen | bara beslut kvar: decide_single"
    ]


def test_decide_requests_and_takes_the_decision_in_the_mode_that_is_said() -> None:
    asked = steps("until: g1", "{decide: g1, by: Birgitta Lund, mode: single, with: {outcome: approve}}")
    assert (
        differed(tell(asked + "expect: {gates: {g1: {outcome: approve, round: 1}}, effects: [freeze g1, record g1]}"))
        == []
    )
    wrong = steps("until: g1", "{decide: g1, mode: board, with: {outcome: approve}}")
    assert differed(tell(wrong)) == ["steget: formen board | formen single"]


def test_a_request_that_is_not_let_through_fails_the_decision() -> None:
    blocked = steps("until: g1", "facts: {missing: 2}", "{decide: g1, with: {outcome: approve}}")
    assert differed(tell(blocked)) == ["steget: g1 öppen | inte öppen"]


def test_what_must_be_refused_is_tried_and_changes_nothing() -> None:
    done = steps("do: need", "{do: need, refused: true}", "{decide: g1, refused: true, with: {outcome: approve}}")
    assert differed(tell(done + "expect: {open: [estimate]}")) == []
    still = steps("{do: need, refused: true}")
    assert differed(tell(still)) == ["steget: nej | need är öppen"]
    sent = steps("{send: terminate, at: journey, refused: true}")
    assert differed(tell(sent)) == ["steget: nej | terminate togs emot vid journey"]


def test_a_message_reaches_the_activity_that_waits_for_it() -> None:
    stopped = steps("{send: terminate, at: journey}", "expect: {open: [stop_note]}", "do: stop_note")
    assert differed(tell(stopped + "expect: {ended: true, end: terminated}")) == []
    nobody = steps("{send: terminate, at: nowhere}")
    assert differed(tell(nobody)) == ["steget: nowhere väntar på terminate | inget väntar på det"]


def test_cancel_ends_everything() -> None:
    assert differed(tell(steps("cancel: true") + "expect: {open: [], ended: true}")) == []


@pytest.mark.parametrize(
    ("wait", "day"),
    [
        ("P5D", "2026-01-19"),
        ("P1W", "2026-01-19"),
        ("P1M", "2026-02-12"),
        ("P1Y", "2027-01-12"),
        ("PT36H", "2026-01-13"),
    ],
)
def test_time_passes_in_working_days_and_calendar_time(wait: str, day: str) -> None:
    parked = (
        "title: Prov\nsteps:\n- do: [idea_sheet, c1_relevance]\n"
        f'- {{do: sponsor_answer, with: {{decision: park, resume_on: "{day}"}}}}\n'
        f'- expect: {{due: {{parked_until: "{day}"}}}}\n- wait: {wait}\n- expect: {{open: [sponsor_answer]}}\n'
    )
    assert differed(tell(parked, folder=HARNOSAND)) == []


def test_working_days_leave_holidays_out() -> None:
    before_easter = 'title: Prov\nstart: "2026-04-02"\nsteps:\n- do: [idea_sheet, c1_relevance]\n'
    parked = '- {do: sponsor_answer, with: {decision: park, resume_on: "2026-04-07"}}\n- wait: P1D\n'
    assert differed(tell(before_easter + parked + "expect: {open: [sponsor_answer]}", folder=HARNOSAND)) == []


def test_time_never_goes_back() -> None:
    assert differed(tell(steps('wait: "2020-01-01"'))) == ["steget: tidigast 2026-01-12 | 2020-01-01"]


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("{open: [estimate]}", ["open: estimate | inte öppen", "open: inget | need"]),
        ("{open_has: [{node: need, by: Birgitta Lund}]}", [f"open_has: {{node: need, by: Birgitta Lund}} | {NEED}"]),
        ("{closed: [need]}", ["closed: need stängd | need öppen"]),
        ('{due: {need: "2026-02-01"}}', ["due: need 2026-02-01 | inget"]),
        ("{gates: {g1: {outcome: approve}}}", ["gates: g1 {outcome: approve} | g1 inte satt"]),
        ("{effects: [freeze g1]}", ["effects: freeze g1 | inget"]),
        ("{passed: [service_live]}", ["passed: service_live | inget"]),
        ("{end: closed}", ["end: closed | inget"]),
        ("{ended: true}", ["ended: slut | inte slut"]),
    ],
)  # fmt: skip
def test_an_expectation_says_what_was_expected_and_what_was_found(expect: str, said: list[str]) -> None:
    played = tell(steps(f"expect: {expect}"))
    assert differed(played) == said
    assert played.failure is not None
    assert played.failure.where == "steg 1: expect"


def test_all_that_differs_is_told_at_once() -> None:
    assert len(differed(tell("title: Prov\nsteps: []\nexpect: {open: [], ended: true, end: closed}"))) == 3


def test_a_wide_entry_gives_way_to_a_narrow_one() -> None:
    two = steps("until: opinions", 'expect: {open: [opinions, "opinions[r1]"]}', head=TO_TRIAL)
    assert differed(tell(two)) == []


def test_a_scenario_may_try_a_called_process_alone() -> None:
    alone = "title: Prov\nprocess: short_closure\nsteps:\n- expect: {open: [short_final_report]}\n"
    assert differed(tell(alone, folder=HARNOSAND)) == []
