from __future__ import annotations

import argparse

import pytest

from app.cli import main, make_parser


def _helps(parser: argparse.ArgumentParser, name: str = "styr") -> list[tuple[str, str]]:
    """The help of a parser and of every command below it."""
    found = [(name, parser.format_help())]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for key, child in action.choices.items():
                found += _helps(child, f"{name} {key}")
    return found


def test_every_command_says_what_it_does_and_shows_how() -> None:
    helps = dict(_helps(make_parser()))
    assert {"styr serve", "styr user add", "styr user list", "styr user password", "styr user deactivate"} <= set(helps)
    for name, text in helps.items():
        assert name in text
        assert len(text.split("\n\n")) >= 3, name
    assert "kom igång" in helps["styr"]


def test_no_command_shows_usage_and_an_unknown_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["finns-inte"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
        assert "så här: styr" in capsys.readouterr().err


def test_a_setting_that_cannot_be_used_is_said_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STYR_SMTP_URL", "mail")
    assert main(["user", "list"]) == 2
    assert capsys.readouterr().err.startswith("styr: STYR_SMTP_URL is 'mail'")


def test_ctrl_c_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_options: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.user.settings_of", interrupted)
    assert main(["user", "list"]) == 130


ENGLISH = ("usage:", "options:", "positional", "show this", "error:", "argument", "required", "invalid", "expected")
"""Words of argparse's own; "argument" is Swedish too, but not in what these commands are refused with."""


def test_the_help_has_no_english_left() -> None:
    for name, text in _helps(make_parser()):
        said = text.replace("argument:", "")
        assert [word for word in ENGLISH if word in said] == [], name
        assert "visa den här hjälpen och sluta" in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "styr: fel: det här måste anges: KOMMANDO"),
        (["finns-inte"], "'finns-inte' finns inte, välj bland"),
        (["serve", "--bogus"], "det här känns inte igen: --bogus"),
        (["serve", "--port"], "--port: skriv ett värde efter"),
        (["serve", "--workers", "tre"], "--workers: 'tre' går inte att använda här"),
        (["user", "add"], "det här måste anges: --name, --email"),
    ],
)
def test_a_command_that_cannot_be_read_is_refused_in_swedish(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    said = capsys.readouterr().err
    assert caught.value.code == 2
    assert told in said
    assert [word for word in ENGLISH if word in said] == []
