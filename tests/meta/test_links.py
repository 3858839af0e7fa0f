"""No dead link between our own pages."""

from __future__ import annotations

import re

from tests.meta.sources import ROOT, files

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)")


def heading_ids(text: str) -> set[str]:
    """Return the anchors that a page's headings make."""
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_every_link_leads_somewhere() -> None:
    dead = []
    for page in (path for path in files() if path.suffix == ".md"):
        for link in LINK.findall((ROOT / page).read_text()):
            name, _, anchor = link.partition("#")
            target = (ROOT / page).parent / name if name else ROOT / page
            if not target.exists() or (anchor and anchor not in heading_ids(target.read_text())):
                dead.append(f"{page}: {link}")
    assert not dead, "\n".join(dead)
