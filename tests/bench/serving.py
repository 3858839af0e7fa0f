"""A server process as production runs it, and what the system says about it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTS = 60
"""Seconds to wait for a server's address."""

STYR = (sys.executable, "-c", "from app.cli import main; raise SystemExit(main())")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server. `address` is host and port; `began` the moment its process was started (monotonic)."""

    process: subprocess.Popen[str]
    address: tuple[str, int]
    began: float

    def memory_mb(self) -> float:
        """Return the resident memory of the process that answers, in MB."""
        worker = _children(self.process.pid)[0]
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{worker}/status").read_text())
        assert found is not None
        return int(found[1]) / 1000


def serve(var: Path) -> Sequence[str]:
    """Return the command that serves an installation on a free port."""
    return (*STYR, "serve", "--port", "0", "--var", str(var), "--dev-mail")


@contextmanager
def running(command: Sequence[str], log: Path) -> Iterator[Server]:
    """Start a server and stop it at the end; it says its address on standard output."""
    began = time.monotonic()
    with log.open("a") as lines:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=lines, text=True, env=_environment())
    try:
        yield Server(process=process, address=_address(process, log), began=began)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("STYR_")}
    return {**own, "PYTHONUNBUFFERED": "1"}


def _address(process: subprocess.Popen[str], log: Path) -> tuple[str, int]:
    assert process.stdout is not None
    until = time.monotonic() + STARTS
    while time.monotonic() < until and (line := process.stdout.readline()):
        if found := re.search(r"http://([\d.]+):(\d+)", line):
            return found[1], int(found[2])
    raise RuntimeError(f"no server: {log.read_text()[-2000:]}")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] or [pid]
