"""What a page of the product makes a browser load."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import app.shell
from tests.bench.browser import Browsers
from tests.bench.installation import Installation
from tests.bench.player import turns

_SCRIPT = re.compile(r'<(?:script[^>]* src|link rel="modulepreload" href)="([^"]+)"')
STATIC = Path(app.shell.__file__).parent


def js_kb(place: Installation, clients: Browsers) -> float:
    """Return the JavaScript of the heaviest page that everybody uses, compressed, in KB."""
    who = place.town.people["olle"]
    started = place.town.start("olle", "Digital avtalssignering")
    task = turns(place.town, started.project_id)[0].task_id
    return max(_scripts(clients.get(who, path, keep=True).body) for path in ("/tasks", f"/tasks/{task}"))


def _scripts(page: str) -> float:
    addresses = set(_SCRIPT.findall(page))
    if not addresses:
        raise RuntimeError("the front end has not been built, so there is nothing to measure")
    return sum(len(gzip.compress((STATIC / address.lstrip("/")).read_bytes())) for address in addresses) / 1000
