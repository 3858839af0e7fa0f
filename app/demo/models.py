"""The demo's models: a second version of the shipped one, and a draft of a third."""

from __future__ import annotations

from dataclasses import replace

from app.demo.clock import DemoClock
from app.demo.people import Cast
from workflows.kernel.context import Context
from workflows.models import (
    ask_for_publication,
    begin_model_draft,
    change_model_draft,
    draft_name,
    latest,
    publish_model_draft,
    shipped,
)

CHECKLIST = "forms/c2_preparation.checklist.json"
PUBLISHED = (
    "Är de största riskerna med att göra – och med att inte göra – projektet bedömda (sannolikhet × konsekvens)?",
    "Är de största riskerna bedömda, både med att göra projektet och med att låta bli (sannolikhet × konsekvens)?",
)
DRAFTED = (
    "Finns risker som i sig stoppar projektet (juridik, upphandling, teknik, opinion)?",
    "Finns risker som i sig stoppar projektet (juridik, upphandling, teknik, klimat, opinion)?",
)
"""A question before and after, as it stands in the checklist."""


def work_on_the_model(ctx: Context, clock: DemoClock, cast: Cast) -> None:
    """Publish version 2 three weeks ago, so that projects under way follow version 1; begin a draft of version 3."""
    designer, office = (replace(ctx, actor=cast.people[who]) for who in ("nils", "ture"))
    files = dict(shipped("harnosand"))
    clock.begin("24")
    draft = _begin(designer, files, 2)
    files[CHECKLIST] = _reworded(files[CHECKLIST], *PUBLISHED)
    what = "Checklista Förberedelse: ändrade frågan F01"
    seen = change_model_draft(designer, draft_id=draft, changes={CHECKLIST: files[CHECKLIST]}, seen=1, what=what)
    note = "Frågan om riskbedömning i checklistan Förberedelse är tydligare."
    ask_for_publication(designer, draft_id=draft, seen=seen, note=note)
    clock.go_to("21")
    publish_model_draft(office, draft_id=draft, seen=seen)
    clock.go_to("2")
    draft = _begin(designer, files, 3)
    change = {CHECKLIST: _reworded(files[CHECKLIST], *DRAFTED)}
    what = "Checklista Förberedelse: ändrade frågan F02"
    change_model_draft(designer, draft_id=draft, changes=change, seen=1, what=what)


def _begin(designer: Context, files: dict[str, bytes], number: int) -> str:
    with designer.read() as session:
        newest = latest(session, tenant=designer.tenant)
    return begin_model_draft(
        designer,
        model=newest.model,
        name=draft_name(number),
        files=files,
        base=newest.digest,
        what=f"Började på version {newest.version}",
    )


def _reworded(data: bytes, before: str, after: str) -> bytes:
    text = data.decode()
    if before not in text:
        raise ValueError(f"not in the checklist: {before}")
    return text.replace(before, after, 1).encode()
