"""Markdown from form definitions as safe HTML, and names in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

import nh3
from flask_babel import gettext
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

ALLOWED = {"p", "em", "strong", "a", "ul", "ol", "li", "br", "code", "h2", "h3", "h4", "blockquote", "hr"}
_PARSER = MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": False})


def markdown(source: str) -> Markup:
    """Return markdown as HTML: raw HTML is shown as text, links lead only to http, https and mail addresses.

    A first-level heading becomes a second-level one, since the page has its own.
    """
    tokens = _PARSER.parse(source)
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    html = nh3.clean(
        _PARSER.renderer.render(tokens, _PARSER.options, {}),
        tags=ALLOWED,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Markup(html)  # noqa: S704  # nh3 has just cleaned it


HTML = ALLOWED | {"b", "i", "u", "s", "sub", "sup", "dl", "dt", "dd", "pre", "abbr", "h5", "h6"}
HTML |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}


def clean_html(source: str) -> Markup:
    """Return HTML of a form with nothing in it but words and their order: no script, style, picture, form or id."""
    html = nh3.clean(
        source,
        tags=HTML,
        attributes={"a": {"href"}, "th": {"scope"}, "abbr": {"title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Markup(html)  # noqa: S704  # nh3 has just cleaned it


def names(people: Iterable[object]) -> str:
    """Return names as a sentence lists them: "Anna Berg, Bo Rask och Per Wallin"."""
    *first, last = list(map(str, people)) or [""]
    return gettext("%(first)s och %(last)s", first=", ".join(first), last=last) if first else last


_LINK = re.compile(r"\[([^\]]+)\]\((/[^/\s)][^\s)]*|https://[^\s)]+)\)")
"""A link as markdown writes it, to a page of our own or to a safe address."""


def linked(text: str) -> Markup:
    """Return a line of text with its links; they open beside the form that it helps with, so nothing typed is lost."""
    shown, end = Markup(), 0
    for link in _LINK.finditer(text):
        opens = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{} ({})</a>')
        shown += escape(text[end : link.start()]) + opens.format(link[2], link[1], gettext("öppnas i ny flik"))
        end = link.end()
    return shown + escape(text[end:])
