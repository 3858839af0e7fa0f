"""What templates may call: dates, numbers, texts in the reader's language, addresses of pages that exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, g, url_for
from flask_babel import Babel, get_locale, get_translations, gettext
from flask_login import current_user
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from app.shell import dates, numbers
from app.shell.assets import Manifest, file_digest, stylesheet
from app.shell.context import page_moment, request_context, surroundings, today
from app.shell.feature import Link, Navigation
from app.shell.text import clean_html, linked, markdown, names
from app.shell.track import shapes
from workflows.kernel.ids import new_id


def equip(app: Flask, navigation: Navigation) -> None:
    """Give the application's templates their language, filters and functions."""
    Babel(app, locale_selector=lambda: "sv")  # type: ignore[no-untyped-call]  # ships no types
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    _speak(env)
    env.filters.update(FILTERS)
    env.globals.update(FUNCTIONS, menu=lambda: _menu(navigation), asset=Manifest().tags, current_user=current_user)
    app.url_defaults(_name_by_content)


def _speak(env: Environment) -> None:
    """Let templates look their texts up themselves: Flask-Babel asks anew for each text whose language it is in."""
    env.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension puts it there
        lambda text: _texts().ugettext(text),
        lambda one, many, number: _texts().ungettext(one, many, number),
        newstyle=True,
    )
    env.globals["_"] = env.globals["gettext"]


def _texts() -> Any:
    """Return the texts in the reader's language, found once a page; outside a request they are as written."""
    if not g:
        return get_translations()
    if (texts := g.get("styr_texts")) is None:
        texts = g.styr_texts = get_translations()
    return texts


def language() -> str:
    """Return the reader's language, found once a page; outside a request it is Swedish."""
    if not g:
        return "sv"
    if (known := g.get("styr_language")) is None:
        known = g.styr_language = str(get_locale() or "sv")
    return cast(str, known)


def say(text: Any) -> str:
    """Return a text of the core in the reader's language: {"sv": …, "en": …}, an object with both, or a msgid."""
    if isinstance(text, Mapping):
        return str(text.get(language()) or text["sv"])
    if hasattr(text, "in_language"):
        return str(text.in_language(language()))
    return gettext(str(text)) if text else ""


def time_tag(value: date | datetime | str, words: str, whole: str = "") -> Markup:
    """Return a `time` element: what people read, and the machine form beside it.

    `whole` are the words with the year: where it is left out on screen, it has its place for paper.
    """
    exact = dates.as_day(value) if isinstance(value, str) else value
    year = dates.as_day(value).year
    if parts := dates.parted_at_year(words, whole, year):
        return Markup('<time datetime="{}">{}<span data-year="{}"></span>{}</time>').format(
            dates.iso(exact), parts[0], year, parts[1]
        )
    return Markup('<time datetime="{}">{}</time>').format(dates.iso(exact), words)


def href(endpoint: str, **values: Any) -> str:
    """Return the address of a page, "" when this installation has no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def _seen_today(words: Callable[..., Any]) -> Callable[..., Any]:
    return lambda value, **options: words(value, today(), **options)


def _element(words: Callable[[Any, date], str]) -> Callable[..., Markup]:
    return lambda value: time_tag(value, words(value, today()), words(value, dates.LONG_AGO))


def _menu(navigation: Navigation) -> tuple[Link, ...]:
    context = request_context()
    return navigation.links(context) if context.actor else ()


def _stylesheet() -> str:
    return url_for("shell.stylesheet_file", v=stylesheet().digest)


def _name_by_content(endpoint: str, values: dict[str, Any]) -> None:
    """Add the digest of a static file to its address; built files carry it in their name already."""
    name = str(values.get("filename", ""))
    if endpoint != "static" or "v" in values or name.startswith("dist/") or not current_app.static_folder:
        return
    if digest := file_digest(Path(current_app.static_folder) / name):
        values["v"] = digest


FILTERS: Mapping[str, Callable[..., Any]] = {
    "say": say,
    "linked": linked,
    "markdown": markdown,
    "clean_html": clean_html,
    "names": names,
    # These give a time element; add |striptags where only text may stand.
    "day": _element(dates.long_day),
    "short_day": _element(dates.short_day),
    "near_day": _element(dates.near_day),
    "moment": _element(dates.moment),
    "full_moment": _element(dates.full_moment),
    "due": _seen_today(dates.due),
    "waiting": _seen_today(dates.waiting),
    "clock": dates.clock,
    "number": numbers.number,
    "signed": numbers.signed,
    "percent": numbers.percent,
    "kronor": numbers.kronor,
    "unit": numbers.unit,
    "file_size": numbers.file_size,
    "digest": numbers.digest,
}

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "language": language,
    "href": href,
    "shapes": shapes,
    "today": today,
    "page_moment": page_moment,
    "new_request_id": new_id,
    "day_span": lambda start, end: dates.day_span(start, end, today()),
    "clock_span": dates.clock_span,
    "installation": lambda: surroundings().settings,
    "stylesheet_url": _stylesheet,
}
