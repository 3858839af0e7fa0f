"""Starts the Chromium that dev.py found, for every test that looks at a page."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class NoBrowser(Exception):
    """No Chromium was named in CHROMIUM or found on PATH; `python3 dev.py test` sees to that."""


def launch(playwright: Playwright) -> Browser:
    """Start the browser without a window; as root it runs without its sandbox, which root may not have."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        raise NoBrowser
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *as_root])
