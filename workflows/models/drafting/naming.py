"""What a draft is called: by the version that it will be, which moves on when another draft is published first."""

from __future__ import annotations

import re

from workflows.kernel.errors import Text, _l

_NAME: Text = _l("Utkast till version {number}")
_NUMBERED = re.compile(re.escape(_NAME).replace(r"\{number\}", r"\d+") + r"(?P<again> \(\d+\))?")


def draft_name(number: int) -> str:
    """Return what a draft of a version is called."""
    return _NAME.format(number=number)


def name_now(name: str, newest: int | None) -> str:
    """Return what an open draft is called when `newest` is the newest version of its model.

    A name by number says the version that the draft becomes; one that somebody gave it stays.
    """
    numbered = _NUMBERED.fullmatch(name)
    if numbered is None or newest is None:
        return name
    return draft_name(newest + 1) + (numbered["again"] or "")
