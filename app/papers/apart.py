"""Renders a paper in a process of its own, which is gone when the paper is done.

Typst's compiler and fonts take about forty megabytes for good in the process that has once used them, and nothing
stops a compilation that does not end; a server answers people for months.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict
from typing import Final

import orjson

from app.papers.content import Paper
from app.papers.rendering import cleaned, render_content

PATIENCE: Final = 120
"""Seconds after which a paper is given up; the longest one in the tests takes one."""

MOST_SAID: Final = 2000
"""Characters kept of what the process said, from its end."""

_WHAT = "from app.papers.apart import main; main()"


class PaperFailed(Exception):
    """A paper could not be rendered; the message is what the process that tried said last."""


def render_apart(paper: Paper, *, patience: float = PATIENCE) -> bytes:
    """Return the same as `render` does. Raises PaperFailed when it cannot be made, or not within `patience` seconds."""
    told = orjson.dumps({"template": paper.template, "content": cleaned(asdict(paper))})
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and a constant; what users wrote goes to its input
            (sys.executable, "-c", _WHAT), input=told, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PaperFailed(f"{paper.template}: not done in {patience} s") from error
    if done.returncode:
        raise PaperFailed(f"{paper.template}: {done.stderr.decode(errors='replace').strip()[-MOST_SAID:]}")
    return done.stdout


def main() -> None:
    """Read a template's name and a paper's content on standard input and write the PDF."""
    told = orjson.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(render_content(told["template"], told["content"]))
