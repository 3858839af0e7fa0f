"""Edit the text of a scenario's file, or of the usual answers: what has no field, and what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping

import yaml
from flask import make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing, seeing_models
from app.designer.scenario_results import NAME_RULE, finding_in_scenario, names_of_draft, title_in
from app.designer.scenarios import TAB, save_scenario
from workflows.kernel.errors import NotFound
from workflows.models import Finding, ScenariosRefused, check
from workflows.models.scenario import FOLDER, USUAL, read_scenarios
from workflows.models.strict_yaml import YamlRefused, read_yaml


@bp.get("/models/drafts/<draft_id>/scenarios/<name>/text")
@seeing_models
def scenario_text(draft_id: str, name: str) -> ResponseReturnValue:
    """Show the text of a scenario's file, or of the usual answers."""
    page = draft_page(draft_id, TAB)
    path, text = FOLDER + name + ".yaml", _text(page, name)
    return _show_text(page, name, text, _sentences(text, _refused({path: text.encode()})))


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/text")
@designing
def edit_scenario_text(draft_id: str, name: str) -> ResponseReturnValue:
    """Save the text of a file that is a scenario; what is wrong is said with its line."""
    page = draft_page(draft_id, TAB)
    _text(page, name)
    path = FOLDER + name + ".yaml"
    typed = request.form.get("text", "").replace("\r\n", "\n")
    wrong = _sentences(typed, _refused({path: typed.encode()})) or _new_names(page, path, typed)
    if wrong:
        return make_response(_show_text(page, name, typed, wrong, tried=True), 422)
    then = url_for(".scenario_text", draft_id=draft_id, name=name)
    what = gettext("Ändrade texten i %(title)s", title=title_in({path: typed.encode()}, path))
    return save_scenario(draft_id, path, typed.encode(), what, then=then)


def _text(page: DraftPage, name: str) -> str:
    """Return the text of a scenario's file. Raises NotFound."""
    data = page.draft.files.get(FOLDER + name + ".yaml")
    if data is None:
        raise NotFound
    return data.decode()


def _refused(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    try:
        read_scenarios(files)
    except ScenariosRefused as refused:
        return refused.findings
    return ()


def _new_names(page: DraftPage, path: str, typed: str) -> list[str]:
    """Return the names that a text brings in and the model does not have, each where it stands."""
    files = {**page.draft.files, path: typed.encode()}
    before = [finding.message for finding in check(page.draft.files) if finding.file == path]
    found = [one for one in check(files) if one.file == path and one.rule == NAME_RULE and one.message not in before]
    names = names_of_draft(page.draft) if found else None
    return [finding_in_scenario(files, one, names).sentence for one in found]


def _sentences(text: str, findings: tuple[Finding, ...]) -> list[str]:
    """Return what is wrong with a text, each with the line that it is about where that is known."""
    lines = _lines_of_steps(text)
    return [_sentence(finding, lines) for finding in findings]


def _sentence(finding: Finding, lines: list[int]) -> str:
    number = finding.element.removeprefix("steg ").partition(" ")[0]
    if finding.element.startswith("steg ") and number.isdecimal() and int(number) <= len(lines):
        return gettext("Rad %(line)s: %(what)s", line=lines[int(number) - 1], what=finding.message)
    return f"{finding.element}: {finding.message}" if finding.element else finding.message


def _lines_of_steps(text: str) -> list[int]:
    """Return the line on which each step of a text begins, none when it is no YAML that we read."""
    try:
        read_yaml(text.encode())
    except YamlRefused:
        return []
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return []
    steps = next((value for key, value in root.value if key.value == "steps"), None)
    return [step.start_mark.line + 1 for step in steps.value] if isinstance(steps, yaml.SequenceNode) else []


def _show_text(page: DraftPage, name: str, text: str, wrong: list[str], *, tried: bool = False) -> str:
    errors = {"text": wrong[0]} if tried and wrong else {}
    title = title_in(page.draft.files, FOLDER + name + ".yaml")
    usual = f"{name}.yaml" == USUAL
    return show(page, "scenario_text", name=name, title=title, text=text, wrong=wrong, errors=errors, usual=usual)
