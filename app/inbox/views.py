"""The inbox itself: what waits, by when it is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from app.inbox.blueprint import bp
from app.inbox.index import COUNTED, After, Tab, load_inbox
from app.shell.context import request_context
from app.shell.guard import logged_in

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@bp.get("/tasks")
@logged_in
def index() -> ResponseReturnValue:
    """Show one tab of the inbox, a page at a time."""
    search = request.args.get("q", "").strip()
    page = load_inbox(request_context(), tab=_tab(request.args.get("tab")), after=_after(), search=search)
    setattr(g, COUNTED, page.mine)
    return render_template("inbox/index.html", page=page, search=search, onward=_onward(page.after))


def _tab(value: str | None) -> Tab:
    return Tab(value) if value in set(Tab) else Tab.MINE


def _after() -> After | None:
    """Read where the page begins from `after=<microseconds>.<task>`; anything else is the first page."""
    moment, _, task = request.args.get("after", "").partition(".")
    if not moment.isdecimal() or len(moment) > 18 or not task:
        return None
    try:
        return _EPOCH + timedelta(microseconds=int(moment)), task
    except OverflowError:  # beyond the year 9999
        return None


def _onward(after: After | None) -> str:
    return f"{(after[0] - _EPOCH) // timedelta(microseconds=1)}.{after[1]}" if after else ""
