"""House rules of the style sheet and the templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

import app
from app.shell.assets import STATIC, stylesheet

ROOT = Path(app.__file__).parent
TEMPLATES = sorted(
    path for path in ROOT.rglob("*.html") if path.parent.name != "dist" and "node_modules" not in path.parts
)
STYLES = sorted((STATIC / "css").glob("*.css"))
SURFACES = ("paper", "wash", "accent-wash")
ALLOWED = {"Styr", "readonly", "disabled"}
"""Words that are the same in every language, and bare attributes that a macro prints into a tag."""


def tokens() -> dict[str, tuple[str, str]]:
    """The colours of light and dark by name."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (STATIC / "css" / "01-tokens.css").read_text())
    return {name: (light, dark) for name, light, dark in pairs}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it."""
    low, high = sorted(_luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent", "ok", "warn", "bad"])
def test_text_can_be_read_on_every_surface(text: str, dark: bool) -> None:
    colours = tokens()
    own = [f"{text}-wash"] if f"{text}-wash" in colours else []
    for surface in [*SURFACES, *own]:
        assert contrast(colours[text][dark], colours[surface][dark]) >= 4.5, surface


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_controls_can_be_seen_on_every_surface(dark: bool) -> None:
    colours = tokens()
    assert contrast(colours["on-accent"][dark], colours["accent"][dark]) >= 4.5
    for surface in SURFACES:
        assert contrast(colours["edge"][dark], colours[surface][dark]) >= 3, surface


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_style_file_stays_in_its_layer_and_its_size(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 400
    assert "!important" not in text
    outside = re.sub(r"/\*.*?\*/|@layer [a-z, ]+;", "", text, flags=re.S)
    assert re.match(r"\s*@layer (tokens|elements|parts|print) \{", outside)


def test_every_class_has_the_prefix() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", stylesheet().content.decode(), flags=re.S)
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)(?=[^;{}]*\{)", sheet))
    assert {name for name in classes if not name.startswith(("s-", "is-"))} == set()


def test_no_template_uses_a_class_that_has_no_style() -> None:
    styled = set(re.findall(r"\.(s-[\w-]+)", stylesheet().content.decode()))
    used = {name for path in TEMPLATES for name in re.findall(r"\bs-[a-z]+(?:-[a-z]+)*", _classes(path))}
    assert used - styled - {"s-phase", "s-gate"} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|<script|<style|\son[a-z]+=", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_of_a_template_can_be_translated(app: Flask, path: Path) -> None:
    assert untranslated(app, path.read_text()) - ALLOWED == set()


def untranslated(app: Flask, source: str) -> set[str]:
    """The words that stand in a template outside `_()` and `{% trans %}`, in text or in spoken attributes."""
    written, hidden = [], False
    for _line, kind, value in app.jinja_env.lex(source):
        if kind == "name" and value in {"trans", "endtrans"}:
            hidden = value == "trans"
        elif kind == "data" and not hidden:
            written.append(value)
        elif kind.endswith("_begin"):
            written.append("\0")
    html = "".join(written)
    spoken = re.findall(r"(?:aria-label|title|alt|placeholder)=\"([^\"]*)", html)
    text = re.sub(r"<[^>]*>|&\w+;|[a-z-]+=\"[^\"]*\"|data-[a-z]+", " ", html)
    return set(re.findall(r"[^\W\d_]{2,}", text + " ".join(spoken)))


def _classes(path: Path) -> str:
    return " ".join(re.findall(r'class="([^"]*)"', path.read_text()))
