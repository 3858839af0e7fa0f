"""A scenario as a table: what each row does, which one does not hold, and buttons that move and remove rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing, seeing_models
from app.designer.row_form import VERBS
from app.designer.row_words import check_sentences, fact_value, told_row
from app.designer.scenario_names import Names
from app.designer.scenario_offer import offer_for
from app.designer.scenario_results import finding_in_scenario, names_in, names_of_draft
from app.designer.scenario_told import ToldFailure, begun, told
from app.designer.scenarios import TAB, save_scenario
from app.designer.steps_words import role_name
from app.shell.dates import LONG_AGO, long_day
from workflows.kernel.clock import local_date
from workflows.kernel.errors import NotFound
from workflows.models import Finding, Played, ScenarioRun, ScenariosRefused, check, known_run, play
from workflows.models.scenario import FOLDER, Scenario, read_scenario, read_scenarios
from workflows.models.scenario_text import rewrite_scenario
from workflows.models.strict_yaml import YamlRefused, read_yaml

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A scenario of a draft that can be read, in a model that can be read."""

    page: DraftPage
    name: str
    text: str
    raw: Raw
    scenario: Scenario
    names: Names

    @property
    def path(self) -> str:
        """Its file."""
        return FOLDER + self.name + ".yaml"

    @property
    def steps(self) -> list[Raw]:
        """Its rows as they are written."""
        return list(self.raw.get("steps") or ())


class NotReadable(Exception):
    """The scenario, or the model, cannot be read: there is only the text to show."""


def opened(draft_id: str, name: str) -> Opened:
    """Return a scenario. Raises NotFound, and NotReadable where its text is all there is."""
    page = draft_page(draft_id, TAB)
    data = page.draft.files.get(FOLDER + name + ".yaml")
    if data is None or name.startswith("_"):
        raise NotFound
    names = names_of_draft(page.draft)
    try:
        scenario = read_scenario(page.draft.files, FOLDER + name + ".yaml")
        raw = read_yaml(data)
    except (ScenariosRefused, YamlRefused) as refused:
        raise NotReadable(draft_id, name) from refused
    if names is None:
        raise NotReadable(draft_id, name)
    own = Names(bundle=names.bundle, gone=names.gone, people=scenario.roles, today=local_date(scenario.start))
    return Opened(page=page, name=name, text=data.decode(), raw=raw, scenario=scenario, names=own)


@bp.errorhandler(NotReadable)
def only_text(error: NotReadable) -> ResponseReturnValue:
    """Lead to the text of a scenario that cannot be shown as rows."""
    draft_id, name = error.args
    return redirect(url_for(".scenario_text", draft_id=draft_id, name=name))


@bp.get("/models/drafts/<draft_id>/scenarios/<name>")
@seeing_models
def scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Show a scenario as a table of sentences, with how it goes."""
    at = opened(draft_id, name)
    found = [finding for finding in check(at.page.draft.files) if finding.file == at.path]
    run = known_run(at.page.draft.files)
    return show(
        at.page,
        "scenario",
        at=at,
        name=name,
        rows=[told_row(at.names, move) for move in at.scenario.moves],
        ending=list(check_sentences(at.names, at.scenario.expect or {})),
        failure=_failure(at, run),
        offer=offer_for(at.page, run),
        first_day=long_day(local_date(at.scenario.start), LONG_AGO),
        beginning=list(_beginning(at)),
        verbs=[(str(verb), gettext(words)) for verb, (words, _) in VERBS.items()],
        findings=[finding_in_scenario(at.page.draft.files, finding, at.names) for finding in found],
    )


def _failure(at: Opened, run: ScenarioRun | None) -> ToldFailure | None:
    ran = {one.scenario.file: one for one in run.results} if run is not None else {}
    played: Played = ran.get(at.path) or play(at.names.bundle, at.scenario)
    return told(names_in(at.names, played), played)


def _beginning(at: Opened) -> list[str]:
    """Return what a scenario begins with beside its first day, in sentences."""
    names, scenario = at.names, at.scenario
    said = [
        gettext("%(fact)s är %(value)s.", fact=begun(names.fact(name)), value=fact_value(names, name, value))
        for name, value in scenario.facts.items()
    ]
    said += [
        gettext("%(role)s är %(who)s.", role=role_name(names.bundle, key), who=who)
        for key, who in scenario.roles.items()
    ]
    for node, answers in (at.raw.get("usual") or {}).items():
        task = names.bundle.executable.tasks.get(node)
        words = names.answers(task.variable if task is not None else node, answers)
        said.append(gettext("I %(step)s svaras vanligen att %(answers)s.", step=names.element(node), answers=words))
    if scenario.process is not None:
        scope = names.bundle.executable.diagram.scopes.get(scenario.process)
        said.insert(
            0,
            gettext("Bara %(name)s spelas.", name=f"”{scope.name}”" if scope else gettext("en process som inte finns")),
        )
    return said


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/order")
@designing
def order_rows(draft_id: str, name: str) -> ResponseReturnValue:
    """Move a row up or down, or take it away; the history takes it back."""
    at = opened(draft_id, name)
    action = next((one for one in _ORDERS if one in request.form), "")
    pressed = request.form.get(action, "")
    number = int(pressed) if pressed.isdecimal() and len(pressed) < 4 else 0
    if not action or not 1 <= number <= len(at.steps):
        return redirect(url_for(".scenario", draft_id=draft_id, name=name), 303)
    origins, where = _ORDERS[action](list(range(len(at.steps))), number - 1)
    what = {
        "up": gettext("Flyttade upp rad %(number)s i %(title)s", number=number, title=at.scenario.title),
        "down": gettext("Flyttade ner rad %(number)s i %(title)s", number=number, title=at.scenario.title),
        "remove": gettext("Tog bort rad %(number)s i %(title)s", number=number, title=at.scenario.title),
    }[action]
    return save_rows(at, [at.steps[one] for one in origins], origins, what, where=where)


def save_rows(
    at: Opened,
    steps: Sequence[Raw],
    origins: Sequence[int | None],
    what: str,
    *,
    head: Raw | None = None,
    where: int | None = None,
    then: str = "",
) -> ResponseReturnValue:
    """Write a scenario with other rows (or another `head`), and show it at the row `where` (from 0)."""
    around = head if head is not None else {key: value for key, value in at.raw.items() if key != "steps"}
    text = rewrite_scenario(at.text, {**around, "steps": [dict(step) for step in steps]}, origins)
    anchor = f"row-{where}" if where is not None else None
    back = url_for(".scenario", draft_id=at.page.draft.id, name=at.name, _anchor=anchor)
    return save_scenario(at.page.draft.id, at.path, text.encode(), what, then=then or back)


def refused_by(at: Opened, steps: Sequence[Raw], head: Raw | None = None) -> tuple[Finding, ...]:
    """Return what the schema says against a scenario with these rows."""
    around = head if head is not None else {key: value for key, value in at.raw.items() if key != "steps"}
    text = rewrite_scenario(at.text, {**around, "steps": [dict(step) for step in steps]}, [None] * len(steps))
    try:
        read_scenarios({at.path: text.encode()})
    except ScenariosRefused as refused:
        return refused.findings
    return ()


_Order = Callable[[list[int], int], tuple[list[int], int | None]]


def _up(rows: list[int], at: int) -> tuple[list[int], int | None]:
    other = max(at - 1, 0)
    rows[at], rows[other] = rows[other], rows[at]
    return rows, other


def _down(rows: list[int], at: int) -> tuple[list[int], int | None]:
    other = min(at + 1, len(rows) - 1)
    rows[at], rows[other] = rows[other], rows[at]
    return rows, other


def _remove(rows: list[int], at: int) -> tuple[list[int], int | None]:
    del rows[at]
    return rows, min(at, len(rows) - 1) if rows else None


_ORDERS: Mapping[str, _Order] = {"up": _up, "down": _down, "remove": _remove}
