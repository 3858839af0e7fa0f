"""The four facts that lead down the page of a gate: what stands in the way, deviates, is locked, and who decides."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from app.shell.filters import say
from workflows.governance.gate_deciders import Deciders
from workflows.governance.gate_pack import PackView
from workflows.governance.outcomes import Mode

Fact = tuple[str, str, str, str]
"""Tone, words, the address of what it sums up, and what that is about."""

ELSEWHERE = "#proposal"
"""Where a fact leads that has no section of its own."""


def facts_of(view: PackView, deciders: Deciders) -> tuple[Fact, Fact, Fact, Fact]:
    """Return the four facts."""
    return _obstacles(view), _deviations(view), _documents(view), _deciders(deciders)


def _checklist(view: PackView) -> str:
    first = next((one for one in view.checklists if one.deviating), next(iter(view.checklists), None))
    return f"#checklist-{first.key}" if first else ELSEWHERE


def _obstacles(view: PackView) -> Fact:
    """Only open conditions stand in the way of plain approval; what is missing or deviates is told, and decided on."""
    still, address = len(view.open_conditions), "#conditions" if view.conditions else ELSEWHERE
    if not still:
        return "ok", gettext("Inga hinder"), address, gettext("inga öppna villkor")
    words = ngettext("%(num)s hinder", "%(num)s hinder", still)
    return "bad", words, address, ngettext("öppet villkor", "öppna villkor", still)


def _deviations(view: PackView) -> Fact:
    if not view.questions:
        return "ok", gettext("Inga avvikelser"), ELSEWHERE, gettext("ingen checklista hör hit")
    about = ngettext("av %(num)s fråga", "av %(num)s frågor", view.questions)
    if not view.deviations:
        return "ok", gettext("Inga avvikelser"), _checklist(view), about
    words = ngettext("%(num)s avvikelse", "%(num)s avvikelser", view.deviations)
    return "warn", words, _checklist(view), about


def _documents(view: PackView) -> Fact:
    whole = sum(not document.missing for document in view.documents)
    words = gettext("%(some)s av %(all)s", some=whole, all=len(view.documents))
    address = "#documents" if view.documents else ELSEWHERE
    return "bad" if view.missing_documents else "ok", words, address, gettext("dokument låsta")


def _deciders(deciders: Deciders) -> Fact:
    address = "#deciders"
    if deciders.mode is Mode.BOARD:
        return "wait", gettext("Nämnden"), address, gettext("väntar på protokollet")
    if deciders.mode is Mode.MEETING:
        about = gettext(
            "%(able)s av %(all)s kan delta, minst %(needed)s krävs",
            able=deciders.able,
            all=len(deciders.members),
            needed=deciders.needed,
        )
        return (
            ("ok", gettext("Kan bli beslutför"), address, about)
            if deciders.able_to_decide
            else ("bad", gettext("Inte beslutför"), address, about)
        )
    role = say(deciders.role)
    if not deciders.waits_for:
        return (
            "bad",
            gettext("Ingen kan besluta"),
            address,
            gettext("%(role)s saknas eller är jävig", role=role.lower()),
        )
    return "ok", role, address, gettext("%(names)s beslutar", names=", ".join(deciders.waits_for))
