from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from app.cli.user import PasswordsDiffer, asked_twice
from app.settings import Settings
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.jobs import MemoryJobs
from workflows.people import Login, Passwords, log_in
from workflows.people.password_errors import LoginRefused

EMAIL, PASSWORD = "anna.berg@exempelkommun.se", "korrekt häst batteri"
Running = Callable[..., tuple[int, str, str]]


@pytest.fixture
def styr(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Running:
    """`styr("user", "list")` runs the command in a folder of its own and returns code, output and errors."""

    def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([*arguments, "--var", str(tmp_path / "var")])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def _log_in(tmp_path: Path, password: str) -> Login:
    settings = Settings.from_environment({"STYR_VAR": str(tmp_path / "var")})
    database = Database(settings.database_url)
    ctx = Context(database=database, jobs=MemoryJobs(), files=settings.files)
    try:
        return log_in(ctx, email=EMAIL, password=password, passwords=Passwords())
    finally:
        database.close()


def test_the_first_administrator_is_added_on_an_empty_machine_with_a_link(styr: Running) -> None:
    code, out, _ = styr("user", "add", "--name", "Anna Berg", "--email", EMAIL, "--administrator")
    assert code == 0
    assert out.startswith("Anna Berg är tillagd som administratör.")
    assert "http://127.0.0.1:8000/login/password?token=" in out
    _, listed, count = styr("user", "list")
    assert listed.split() == ["Anna", "Berg", EMAIL, "Administratör"]
    assert count == "1 person\n"


def test_a_password_that_is_piped_in_logs_in(styr: Running, tmp_path: Path) -> None:
    code, out, _ = styr("user", "add", "--name", "Anna Berg", "--email", EMAIL, "--password", typed=f"{PASSWORD}\n")
    assert (code, out) == (0, "Anna Berg är tillagd.\n")
    assert _log_in(tmp_path, PASSWORD)


@pytest.mark.parametrize(
    ("more", "typed", "sentence"),
    [
        (["--email", "anna"], "", "styr: Skriv en e-postadress"),
        (["--email", EMAIL, "--password"], "kort\n", "styr: Skriv ett längre lösenord"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line_and_nobody_is_added(
    styr: Running, more: list[str], typed: str, sentence: str
) -> None:
    code, out, err = styr("user", "add", "--name", "Anna Berg", *more, typed=typed)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert styr("user", "list")[1] == ""


def test_a_password_is_changed_or_linked_to(styr: Running, tmp_path: Path) -> None:
    styr("user", "add", "--name", "Anna Berg", "--email", EMAIL)
    assert styr("user", "password", EMAIL.upper(), typed=f"{PASSWORD}\n")[0] == 0
    assert _log_in(tmp_path, PASSWORD)
    assert "/login/password?token=" in styr("user", "password", EMAIL, "--link")[1]
    assert _log_in(tmp_path, PASSWORD)


def test_a_closed_account_cannot_log_in_and_an_administrators_is_not_closed(styr: Running, tmp_path: Path) -> None:
    styr("user", "add", "--name", "Anna Berg", "--email", EMAIL, "--password", typed=f"{PASSWORD}\n")
    assert styr("user", "deactivate", EMAIL)[0] == 0
    with pytest.raises(LoginRefused):
        _log_in(tmp_path, PASSWORD)
    assert EMAIL in styr("user", "list", "--closed")[1]
    styr("user", "add", "--name", "Bo Rask", "--email", "bo@exempelkommun.se", "--administrator")
    code, _, err = styr("user", "deactivate", "bo@exempelkommun.se")
    assert (code, err) == (2, "styr: Bo Rask har fortfarande uppdrag. Lämna över dem först\n")


def test_an_address_nobody_has_is_said(styr: Running) -> None:
    for command in ("password", "deactivate"):
        code, _, err = styr("user", command, "ingen@exempelkommun.se")
        assert code == 2
        assert "Ingen har adressen ingen@exempelkommun.se" in err


def test_a_password_at_a_terminal_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)})())
    answers = iter([PASSWORD, PASSWORD, PASSWORD, "något annat"])
    assert asked_twice(lambda _prompt: next(answers)) == PASSWORD
    with pytest.raises(PasswordsDiffer):
        asked_twice(lambda _prompt: next(answers))
