"""What the diagram's panel needs to know of a draft: its forms, roles, gates and processes, in the words of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext

from app.designer.condition_examples import flow_examples
from app.designer.draft_pages import DraftPage
from app.shell.dates import clock
from app.shell.filters import say
from forms.checklist import read_checklist
from forms.definition import read_form
from forms.swedish import alphabetical
from forms.tree import FormRefused
from workflows.engine import EffectKind, TaskKind
from workflows.governance.outcomes import OUTCOME_LABELS
from workflows.kernel.errors import Text, _l
from workflows.models import Model, ModelDraft, ModelRefused, read_model
from workflows.models.drawn import DrawnProcess, processes_of, tables_of
from workflows.models.linting.model import DECIDING_FORMS

Choice = tuple[str, str]

KINDS: Mapping[TaskKind, Text] = {
    TaskKind.RECORD: _l("Fylla i ett formulär"),
    TaskKind.CHECKLIST: _l("Svara på en checklista"),
    TaskKind.DOCUMENT: _l("Skriva ett dokument"),
    TaskKind.REVIEW: _l("Granska"),
    TaskKind.SIGN: _l("Skriva under"),
    TaskKind.DECISION: _l("Besluta"),
}
EFFECTS: Mapping[EffectKind, Text] = {
    EffectKind.FREEZE: _l("Fryser underlaget"),
    EffectKind.RECORD: _l("För in beslutet"),
    EffectKind.NOTIFY: _l("Meddelar"),
}
MODES = {"single": _l("Ensam"), "meeting": _l("På möte"), "board": _l("Av nämnden")}


def panel_words(page: DraftPage, path: str) -> dict[str, Any]:
    """Return what the island of the diagram reads from the page."""
    draft = page.draft
    model = model_of(draft)
    forms, checklists = _forms(draft.files)
    return {
        "draft": draft.id,
        "path": path,
        "canChange": page.can_change,
        "changedAt": clock(draft.changed_at),
        "revisions": dict(draft.revisions),
        "files": [(one, url_for(".diagram", draft_id=draft.id, file=one)) for one, _ in diagrams(draft)],
        "urls": addresses(draft, path),
        "kinds": [(kind.value, gettext(label)) for kind, label in KINDS.items()],
        "effects": [(kind.value, gettext(label)) for kind, label in EFFECTS.items()],
        "outcomes": [(outcome.value, gettext(label)) for outcome, label in OUTCOME_LABELS.items()],
        "deciding": [(form, gettext(MODES.get(form, form))) for form in sorted(DECIDING_FORMS)],
        "forms": forms,
        "checklists": checklists,
        "roles": [] if model is None else [(role.key, say(role.label)) for role in model.roles],
        "phases": [] if model is None else [(phase.key, say(phase.label)) for phase in model.phases],
        "examples": flow_examples(draft.files),
        "gates": [] if model is None else _gates(model, dict(checklists)),
        "processes": [(one.id, one.name) for one in processes_of(draft.files)],
        "decisions": list(tables_of(draft.files)),
    }


def addresses(draft: ModelDraft, path: str) -> dict[str, str]:
    """Return where the islands of a draft read, save, check and ask; diagrams also where they are merged."""
    merge = {"merge": url_for(".merge_draft_file", draft_id=draft.id, path=path)} if path.endswith(".bpmn") else {}
    return merge | {
        "file": url_for(".draft_file", draft_id=draft.id, path=path),
        "check": url_for(".check_overlay", draft_id=draft.id),
        "state": url_for(".draft_state", draft_id=draft.id, path=path),
        "newPhase": url_for(".new_phase", draft_id=draft.id, back="diagram"),
        "names": url_for(".names", draft_id=draft.id),
        "outcomes": url_for(".save_outcomes", draft_id=draft.id, gate="-gate-"),
        "deciders": url_for(".deciders", draft_id=draft.id, gate="-gate-", part=1),
    }


def model_of(draft: ModelDraft) -> Model | None:
    """Return a draft's model.json; None while it cannot be read."""
    try:
        return read_model(draft.files.get("model.json", b""))
    except ModelRefused:
        return None


def diagrams(draft: ModelDraft) -> list[Choice]:
    """Return a draft's diagrams by path with what they are called, the main process first."""
    named: dict[str, list[DrawnProcess]] = {}
    for process in processes_of(draft.files):
        named.setdefault(process.file, []).append(process)
    model = model_of(draft)
    main = "project" if model is None else model.process
    paths = sorted(path for path in draft.files if path.endswith(".bpmn"))
    paths.sort(key=lambda path: all(one.id != main for one in named.get(path, [])))
    return [(path, ", ".join(one.name for one in named.get(path, [])) or path) for path in paths]


def _forms(files: Mapping[str, bytes]) -> tuple[list[Choice], list[Choice]]:
    """Return the keys and titles of a draft's forms and of its checklists; of what cannot be read, the key."""
    forms: list[Choice] = []
    checklists: list[Choice] = []
    for path in sorted(files):
        name = path.removeprefix("forms/")
        key = name.partition(".")[0]
        if name.endswith(".checklist.json"):
            checklists.append((key, _title(key, path, files[path])))
        elif name.endswith(".form.json"):
            forms.append((key, _title(key, path, files[path])))
    return sorted(forms, key=_by_title), sorted(checklists, key=_by_title)


def _by_title(choice: Choice) -> str:
    return alphabetical(choice[1])


def _title(key: str, path: str, data: bytes) -> str:
    try:
        is_checklist = path.endswith(".checklist.json")
        read = read_checklist(data, file=path) if is_checklist else read_form(data, key=key, file=path)
    except FormRefused:
        return key
    return say(read.title) or key


def _gates(model: Model, checklists: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "key": gate.key,
            "label": say(gate.label),
            "statement": say(gate.statement),
            "checklists": [checklists.get(key, key) for key in gate.checklists],
        }
        for gate in model.gates
    ]
