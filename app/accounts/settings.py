"""The administrator's pages on what the organisation sets: the board's cost limit, and the periods of steps."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.accounts.blueprint import bp
from app.accounts.entry import fill_in, request_id
from app.accounts.setting_schemas import LimitEntry, LimitSchema, PeriodsEntry, PeriodsSchema
from app.shell.context import request_context, today
from app.shell.guard import allow
from app.shell.numbers import number
from forms.swedish import NBSP
from workflows.governance.setting_change import set_cost_limit, set_workdays
from workflows.governance.setting_page import cost_limit_page, settings_page, step_periods_page
from workflows.models.deadlines import Unit, span_of
from workflows.people import ADMINISTRATOR


@bp.get("/settings")
@allow(ADMINISTRATOR)
def settings_now() -> ResponseReturnValue:
    """Show what holds, what comes and what was; `changed` is the setting that has just been saved."""
    page, changed = settings_page(request_context()), request.args.get("changed")
    saved = next((one for one in page.history if one.key == changed), None)
    touched = sum(one.is_touched for model in page.models for part in model.parts for one in part.steps)
    own = touched + bool(page.limit.current or page.limit.coming)
    return render_template("accounts/settings.html", page=page, saved=saved, own=own)


@bp.route("/settings/cost-limit", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def edit_cost_limit() -> ResponseReturnValue:
    """Set what a project may cost before a board decides it."""
    ctx = request_context()
    limit, history = cost_limit_page(ctx)

    def verb(entry: LimitEntry) -> str:
        return set_cost_limit(
            ctx,
            amount=entry.amount,
            valid_from=entry.valid_from,
            reason=entry.reason,
            version=entry.version,
            request_id=request_id(),
        )

    return fill_in(
        "accounts/settings_limit.html",
        LimitSchema(),
        verb,
        _saved,
        values={"amount": number(limit.amount), "valid_from": today()},
        limit=limit,
        history=history,
    )


@bp.route("/settings/steps/<model>/<step>", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def edit_step(model: str, step: str) -> ResponseReturnValue:
    """Set after how many working days a step is due, reminded of and escalated."""
    ctx = request_context()
    one, history = step_periods_page(ctx, model=model, node=step)

    def verb(entry: PeriodsEntry) -> str:
        return set_workdays(
            ctx,
            model=model,
            step=step,
            workdays=entry.workdays,
            valid_from=entry.valid_from,
            reason=entry.reason,
            version=entry.version,
            request_id=request_id(),
        )

    own = {"due": one.own.due, "remind": one.own.remind, "escalate": one.own.escalate}
    return fill_in(
        "accounts/settings_step.html",
        PeriodsSchema(),
        verb,
        _saved,
        values={**{name: days or "" for name, days in own.items()}, "valid_from": today()},
        one=one,
        history=history,
    )


def _saved(key: str) -> str:
    return url_for(".settings_now", changed=key)


@bp.app_template_filter("workdays")
def _workdays(days: int) -> str:
    """Return "10 arbetsdagar"."""
    return ngettext("%(num)s arbetsdag", "%(num)s arbetsdagar", days).replace(" ", NBSP, 1)


@bp.app_template_filter("period")
def _period_in_words(period: str | None) -> str:
    """Return a period of a diagram as people say it; "" where there is none."""
    if period is None:
        return ""
    span = span_of(period)
    count = span.count
    said = {
        Unit.WORKDAYS: _workdays(count),
        Unit.WEEKS: ngettext("%(num)s vecka", "%(num)s veckor", count),
        Unit.MONTHS: ngettext("%(num)s månad", "%(num)s månader", count),
        Unit.YEARS: gettext("%(num)s år", num=count),
        Unit.MINUTES: ngettext("%(num)s minut", "%(num)s minuter", count),
    }
    if span.unit is Unit.MINUTES and count % 60 == 0:
        said[Unit.MINUTES] = ngettext("%(num)s timme", "%(num)s timmar", count // 60)
    words = said[span.unit].replace(" ", NBSP, 1)
    return gettext("%(span)s före sista dagen", span=words) if span.back else words
