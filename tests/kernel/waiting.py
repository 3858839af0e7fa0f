"""Waiting, bounded, for what another thread or process does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

WAIT = 30.0
"""Seconds after which a test gives up; what it waits for takes well under two."""


def until(condition: Callable[[], object]) -> None:
    """Wait for what no event announces."""
    pause, deadline = threading.Event(), time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        pause.wait(0.02)
