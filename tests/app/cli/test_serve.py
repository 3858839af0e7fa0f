"""The real server, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.cli import main
from workflows.kernel.alone import alone
from workflows.kernel.database import Database, sqlite_url
from workflows.migrations import current, head

COMMAND = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())", "serve", "--port", "0"]
Serving = Callable[..., "Server"]


class Server:
    """A server that has said where it answers."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Styr svarar på "), line + process.stderr.read() if process.stderr else line
        self.address = line.split()[-1]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return str(answer.read().decode())

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    """`serving()` starts a server on the test's folder, with a home directory it cannot use."""
    begun: list[subprocess.Popen[str]] = []

    def start(*more: str) -> Server:
        environment = {**os.environ, "HOME": "/nonexistent"}
        process = subprocess.Popen(
            [*COMMAND, "--var", str(tmp_path / "var"), *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        begun.append(process)
        return Server(process)

    yield start
    for process in begun:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


@pytest.mark.full
def test_an_empty_folder_becomes_a_server_that_stops_on_sigterm_and_starts_again(
    serving: Serving, tmp_path: Path
) -> None:
    server = serving("--dev-mail")
    assert server.get("/healthz") == "ok\n"
    assert "Logga in" in server.get("/login")
    assert server.get("/dev/mail/")
    database = Database(sqlite_url(tmp_path / "var" / "styr.sqlite"))
    assert current(database) == head()
    database.close()
    assert server.stop() == 0
    assert server.process.stderr is not None
    assert "styr user add" in server.process.stderr.read()
    assert serving().get("/healthz") == "ok\n"


def test_a_second_server_on_the_same_folder_waits_then_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.cli.serve.PATIENCE", timedelta(0))
    with alone(tmp_path / "var", timedelta(0)):
        assert main(["serve", "--port", "0", "--var", str(tmp_path / "var")]) == 2
    error = capsys.readouterr().err
    assert "Väntar på att en annan Styr-process ska stanna" in error
    assert "En annan Styr-process arbetar redan" in error


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--dev-mail", "--host", "0.0.0.0"], "--dev-mail visar alla mejl och går bara med --host 127.0.0.1"),
        (["--workers", "2"], "Med SQLite går bara --workers 1"),
    ],
)
def test_what_would_be_unsafe_is_refused_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(["serve", "--var", str(tmp_path / "var"), *arguments]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "var" / "styr.sqlite").exists()


@pytest.mark.parametrize("port", ["http", "-1", "65536"])
def test_a_port_is_a_number_in_range(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", f"--port={port}"])
    assert "skriv ett tal från 0 till 65535" in capsys.readouterr().err
