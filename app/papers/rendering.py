"""From content to PDF. Typst is imported at first use: its wheel carries a whole compiler and its fonts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import orjson

from app.papers.content import Paper

if TYPE_CHECKING:
    import typst

STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1): a tagged PDF that a screen reader can follow."""

MISSING = "\u25a1"
"""Stands for a character that no font here can show."""

NOTICE = "Tecken som inte går att skriva ut visas som \u25a1."

_KEPT = frozenset("\n\t\u00ad")
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_SAFE = ((0x20, 0x05FF), (0x1E00, 0x206F), (0x2070, 0x23FF), (0x2500, 0x27BF))
"""Blocks that the embedded fonts mostly cover; what lies outside goes as soon as anything is missing."""


def render(paper: Paper) -> bytes:
    """Return `paper` as PDF/UA-1. The same paper gives the same bytes, so a job done twice leaves one file."""
    return render_content(paper.template, asdict(paper))


def render_content(template: str, said: dict[str, Any]) -> bytes:
    """Return what a paper says, as a dict of its fields, set by `template`."""
    from typst import TypstError

    content = cleaned(said)
    missing: set[str] = set()
    while True:
        try:
            return _compile(template, content)
        except TypstError as error:
            named = _named(error.message)
            if not named or named in missing:
                raise
            content = _without(content, named, sweep=not missing)
            if not missing:
                content["colophon"] = [*content["colophon"], NOTICE]
            missing.add(named)


def _compile(template: str, content: dict[str, Any]) -> bytes:
    import typst

    with resources.as_file(resources.files("app.papers") / "templates") as folder:
        return typst.compile(
            folder / template,
            root=folder,
            font_paths=_fonts(),
            sys_inputs={"data": orjson.dumps(content).decode()},
            pdf_standards=STANDARD,
            timestamp=0,
        )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Only the fonts that come with Typst, so that a paper looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def cleaned(value: Any) -> Any:
    """Return the content in composed form without control and direction characters, which a PDF cannot hold."""
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
        return "".join(_shown(char) for char in composed)
    return _each(value, cleaned)


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    return "" if category in {"Cc", "Cf"} and char not in _KEPT else char


def _without(value: Any, named: str, *, sweep: bool) -> Any:
    """Return the content with a mark for the characters `named` and, in a sweep, for all that are out of reach."""
    if isinstance(value, str):
        return "".join(MISSING if char in named or (sweep and not _within_reach(char)) else char for char in value)
    return _each(value, lambda item: _without(item, named, sweep=sweep))


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, dict):
        return {key: change(item) for key, item in value.items()}
    return [change(item) for item in value] if isinstance(value, list | tuple) else value


def _within_reach(char: str) -> bool:
    return char in _KEPT or any(first <= ord(char) <= last for first, last in _SAFE)


def _named(message: str) -> str:
    """Return the characters that Typst says it has no glyph for, "" when the error is another one."""
    found = _NO_GLYPH.search(message)
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), found[1]) if found else ""
