"""The little line of bars and diamonds."""

from __future__ import annotations

from itertools import pairwise

from app.shell.track import Piece, PieceKind, PieceState, Shape, shapes


def line(*states: PieceState) -> tuple[Shape, ...]:
    kinds = (PieceKind.PHASE, PieceKind.GATE)
    return shapes(Piece(kind=kinds[i % 2], label=str(i), state=state) for i, state in enumerate(states))


def test_pieces_stand_beside_one_another_without_touching() -> None:
    drawn = line(*[PieceState.DONE] * 5)
    assert all(left.end < right.x for left, right in pairwise(drawn))
    assert drawn[0].x == 0


def test_a_phase_that_goes_on_is_dashed_and_a_gate_that_waits_is_a_target() -> None:
    phase, gate = line(PieceState.NOW, PieceState.NOW)
    assert (phase.mark, phase.dashed) == ("is-done", True)
    assert (gate.mark, gate.dashed) == ("is-now", False)


def test_what_rests_or_has_not_begun_has_no_mark() -> None:
    assert {shape.mark for shape in line(PieceState.STOPPED, PieceState.STOPPED, PieceState.LATER)} == {""}


def test_a_late_gate_is_marked_as_late() -> None:
    assert line(PieceState.DONE, PieceState.LATE)[1].mark == "is-late"


def test_a_model_without_pieces_draws_nothing() -> None:
    assert shapes(()) == ()
