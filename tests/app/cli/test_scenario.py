"""`styr scenario`: what is printed, and the exit code."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from app.cli import scenario


def styr(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="styr")
    scenario.add_to(parser.add_subparsers(required=True))
    options = parser.parse_args(["scenario", *words])
    code: int = options.run(options)
    return code


def test_each_scenario_gets_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert styr("tests/models/second") == 0
    heading, *lines, summary = capsys.readouterr().out.splitlines()
    assert heading == "Björkviks modell för nya tjänster: 2 prov"
    assert [line.split()[:2] for line in lines] == [["ok", "into_operation"], ["ok", "stopped"]]
    assert summary.startswith("2 prov, alla håller (")


def test_one_of_them_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert styr("harnosand", "deferred.yaml") == 0
    assert "deferred" in capsys.readouterr().out


def test_a_scenario_that_lies_elsewhere_shows_what_differed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "eget.yaml"
    file.write_text("title: Eget\nsteps:\n- do: need\n- do: estimate\n  note: Sedan bedöms insatsen\n- do: opinions\n")
    assert styr("tests/models/second", str(file)) == 1
    assert capsys.readouterr().out.splitlines()[1:-1] == [
        "FEL  eget                            3 steg  Eget",
        "     steg 3: do opinions",
        "       steget",
        "         väntat: opinions öppen",
        "         fick:   inte öppen",
        "       öppet då: request",
    ]


@pytest.mark.parametrize("words", [("bpmn/ingenstans",), ("harnosand", "ingen.yaml")])
def test_what_is_not_there_is_named(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert styr(*words) == 2
    assert words[-1] in capsys.readouterr().err


def test_a_broken_file_is_named_with_step_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "trasigt.yaml"
    file.write_text("title: Trasigt\nsteps:\n- do: need\n- wait: snart\n")
    assert styr("tests/models/second", str(file)) == 2
    assert capsys.readouterr().err == "scenarios/trasigt.yaml: steg 2 (wait): Fel form: ”snart”.\n"


def test_what_keeps_a_model_from_being_published_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "eget.yaml"
    file.write_text("title: Eget\nroles: {boss: Nils Ek}\nsteps: []\n")
    assert styr("tests/models/second", str(file)) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "Kontrollen av modellen fann:",
        "  scenarios/eget.yaml: Rollen boss finns inte i modellen.",
    ]


def test_a_stranger_is_helped(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        styr("--help")
    assert done.value.code == 0
    assert "styr scenario bpmn/harnosand" in capsys.readouterr().out
