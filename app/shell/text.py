"""Markdown from form definitions as safe HTML."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

ALLOWED = {"p", "em", "strong", "a", "ul", "ol", "li", "br", "code", "h3", "h4", "blockquote", "hr"}
_PARSER = MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": False})


def markdown(source: str) -> Markup:
    """Return markdown as HTML: raw HTML is shown as text, links lead only to http, https and mail addresses."""
    html = nh3.clean(
        _PARSER.render(source),
        tags=ALLOWED,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Markup(html)  # noqa: S704  # nh3 has just cleaned it
