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
        assert "usage: styr" in capsys.readouterr().err


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
