"""People at their browsers: drives the client process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from workflows.kernel.ids import new_id

Pairs = Sequence[tuple[str, str]]

_TOKEN = re.compile(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. `ms` is the time from the first byte sent to the last byte read; `body` only where asked for."""

    status: int
    ms: float
    location: str | None
    bytes: int
    body: str = ""


@dataclass(slots=True)
class Browsers:
    """Logged-in people. Tokens are read once: they belong to the session, not to a page."""

    process: subprocess.Popen[str]
    tokens: dict[str, str] = field(default_factory=dict)

    def get(self, who: str, path: str, *, keep: bool = False) -> Answer:
        """Open a page."""
        return self.one({"who": who, "method": "GET", "path": path, "keep": keep})

    def post(self, who: str, path: str, form: Pairs, *, keep: bool = False) -> Answer:
        """Send a form."""
        return self.one(self.form(who, path, form) | {"keep": keep})

    def one(self, request: dict[str, Any]) -> Answer:
        """Send one request."""
        return self.together([[request]])[1][0][0]

    def together(self, scripts: Sequence[Sequence[dict[str, Any]]]) -> tuple[float, list[list[Answer]]]:
        """Let several clients send at the same time; return the seconds it took, and their answers."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(scripts) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        return said["seconds"], [[Answer(**answer) for answer in answers] for answers in said["answers"]]

    def form(self, who: str, path: str, form: Pairs) -> dict[str, Any]:
        """Return the request that sends a form, with the session's token."""
        return {"who": who, "method": "POST", "path": path, "form": [*form, ("csrf_token", self.tokens[who])]}

    def hand_in(self, who: str, task_id: str, version: int) -> dict[str, Any]:
        """Return the request that hands in a reviewed draft."""
        fields = [("version", str(version)), ("request_id", new_id())]
        return self.form(who, f"/tasks/{task_id}/submit", fields)

    def log_in(self, who: str, *, email: str, password: str) -> None:
        """Log a person in through the login page."""
        self.tokens[who] = _token(self.get(who, "/login", keep=True))
        answer = self.post(who, "/login", [("email", email), ("password", password)], keep=True)
        assert answer.status in (302, 303), answer
        self.tokens[who] = _token(self.get(who, "/tasks", keep=True))


def _token(page: Answer) -> str:
    found = _TOKEN.search(page.body)
    assert page.status == 200 and found is not None, page
    return found[1]


@contextmanager
def browsers(address: tuple[str, int]) -> Iterator[Browsers]:
    """Start the client process."""
    host, port = address
    command = [sys.executable, "-m", "tests.bench.client", host, str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Browsers(process=process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(20)
