"""`styr verify`: a line for each project, plain words for what was altered, and the exit code."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.cli import main
from tests.stories.meetings import APPROVE
from tests.stories.moments import played_once
from tests.stories.test_first_gate import to_first_gate
from tests.stories.town import Town, build_town
from workflows.governance.setting_change import set_cost_limit
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context


@pytest.fixture
def var(ctx: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with a project that has passed its first gate, and an idea."""
    for name in ("STYR_VAR", "STYR_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    live(build_town(ctx))
    return tmp_path


@played_once
def live(town: Town) -> None:
    project = to_first_gate(town)
    town.decide("anna", project, APPROVE)
    town.start("olle", "Trygg hemgång")


def alter(var: Path, sql: str) -> None:
    with sqlite3.connect(var / "styr.sqlite") as connection:
        for (guard,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(sql)
    connection.close()


def test_what_adds_up_is_listed(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--var", str(var)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines[:2]] == [
        ["ok", "P-2026-001", "14", "händelser", "Digital", "avtalssignering"],
        ["ok", "P-2026-002", "1", "händelser", "Trygg", "hemgång"],
    ]
    assert [line.split("händelser")[1].strip() for line in lines[2:4]] == ["Processmodeller", "Personer och roller"]
    assert lines[-1] == "Allt stämmer (4 kontrollerade)."


def test_an_altered_decision_is_named(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alter(var, "UPDATE styr_decision SET outcome = 'reject'")
    assert main(["verify", "--var", str(var)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("BRUTEN  P-2026-001")
    assert lines[1].startswith("        Beslut P-2026-001-3 har ändrats eller tagits bort.")
    assert lines[-1] == "1 av 4 stämmer inte."


def test_an_altered_setting_is_named(var: Path, ctx: Context, capsys: pytest.CaptureFixture[str]) -> None:
    today = local_date(ctx.now())
    set_cost_limit(ctx, amount=5_000_000, valid_from=today, reason="Beslut i fullmäktige", version=0)
    assert main(["verify", "--var", str(var)]) == 0
    assert "1 händelser  Inställningar" in capsys.readouterr().out
    altered = "CAST(replace(CAST(body AS TEXT), '5000000', '9000000') AS BLOB)"
    alter(var, f"UPDATE styr_event SET body = {altered} WHERE stream = 'settings'")
    assert main(["verify", "--var", str(var)]) == 1
    assert "1 händelser  Inställningar\n        Händelse 1 har ändrats i efterhand." in capsys.readouterr().out


def test_an_altered_event_is_named(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alter(var, "UPDATE styr_event SET at = at + 1 WHERE seq = 3 AND stream NOT IN ('people', 'models')")
    assert main(["verify", "P-2026-001", "--var", str(var)]) == 1
    assert "Händelse 3 har ändrats i efterhand." in capsys.readouterr().out


def test_one_project_can_be_checked_alone(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alter(var, "UPDATE styr_decision SET outcome = 'reject'")
    assert main(["verify", "P-2026-002", "--var", str(var)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Allt stämmer (1 kontrollerade)."


def test_a_number_that_nothing_has_is_said(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "P-1999-001", "--var", str(var)]) == 2
    assert capsys.readouterr().err == "Inget projekt har numret P-1999-001.\n"
