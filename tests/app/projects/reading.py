"""Read pages as people do: by headings and words."""

from __future__ import annotations

from typing import Any

from lxml import html


def words(text: str) -> str:
    """Return a text with every white space as a single plain one."""
    return " ".join(text.split())


def find(page: str, path: str) -> list[Any]:
    """Return the elements at an XPath."""
    document: Any = html.fromstring(page)
    return list(document.xpath(path))


def text(page: str) -> str:
    """Return all words of a page."""
    return words(" ".join(find(page, "/html")[0].itertext()))


def texts(page: str, path: str) -> list[str]:
    """Return the words of each element at an XPath."""
    return [words(" ".join(one.itertext())) for one in find(page, path)]


def attributes(page: str, path: str, name: str) -> list[str | None]:
    """Return an attribute of each element at an XPath."""
    return [one.get(name) for one in find(page, path)]


def section(page: str, heading: str) -> str:
    """Return the words of the section with a heading that begins so."""
    return next(
        words(" ".join(one.itertext()))
        for one in find(page, "//section")
        if any(words(" ".join(title.itertext())).startswith(heading) for title in one.iter("h2"))
    )
