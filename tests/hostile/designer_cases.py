"""What each kind of visitor meets at the addresses of models and drafts."""

from __future__ import annotations

from tests.hostile.expectations import Case, every

SEES = ("office", "designer", "administrator", "auditor")
DESIGNS = ("office", "designer")
PUBLISHES = ("office", "administrator")
"""Those who may publish what the designer has written: not the designer."""

DRAFT = "/models/drafts/{model_draft}"
ASKED = "/models/drafts/{asked_draft}"
SEEN = {"request_id": "matrix", "seen": "1"}


def see(address: str, status: int = 200) -> Case:
    """What everybody may read who sees models."""
    return Case(address=address, can=every(status, *SEES), hidden=403)


def design(address: str, status: int = 200, **data: str) -> Case:
    """What is the designers' own."""
    return Case(address=address, can=every(status, *DESIGNS), hidden=403, data={**SEEN, **data})


def answer(address: str, **data: str) -> Case:
    """What answers a request for publication: 422 for whoever made it, or gives no reason where one is wanted."""
    can = every(303, "office") | every(422, "designer", "administrator")
    return Case(address=address, can=can, hidden=403, data={**SEEN, **data})


def move(address: str, status: int = 200, **data: str) -> Case:
    """What is for those who move projects from one version to another."""
    data = {"request_id": "matrix", **data}
    return Case(address=address, can=every(status, "office", "administrator"), hidden=403, data=data)


MOVES = "/models/{model}/moves"

DESIGNER = {
    ("designer.moves", "GET"): move(MOVES),
    ("designer.begin_move", "POST"): move(MOVES, 422, from_version="1", to_version="1"),
    ("designer.move", "GET"): move(f"{MOVES}/{{model_move}}"),
    ("designer.carry_out", "POST"): move(f"{MOVES}/{{model_move}}", 422),
    ("designer.replace_steps_page", "POST"): move(f"{MOVES}/{{model_move}}/steps", 303),
    ("designer.retry_move_page", "POST"): move(f"{MOVES}/{{model_move}}/retry", 303),
    ("designer.undo_move_page", "GET"): move(f"{MOVES}/{{model_move}}/undo", 303),
    ("designer.undo_move_page", "POST"): move(f"{MOVES}/{{model_move}}/undo", 303),
    ("designer.models", "GET"): see("/models"),
    ("designer.model", "GET"): see("/models/{model}"),
    ("designer.version", "GET"): see("/models/{model}/versions/1"),
    ("designer.version_file", "GET"): see("/models/{model}/versions/1/files/model.json"),
    ("designer.compare_versions", "GET"): see("/models/{model}/compare"),
    ("designer.compare_draft", "GET"): see(f"{DRAFT}/compare"),
    ("designer.retire", "GET"): design("/models/{model}/versions/1/retire"),
    ("designer.retire", "POST"): design("/models/{model}/versions/1/retire", 303, retire="1", reason="Ersatt"),
    ("designer.new_model", "GET"): design("/models/new"),
    ("designer.new_model", "POST"): design("/models/new", 422, name="Ny", key="Inte så", template="x"),
    ("designer.import_model", "GET"): design("/models/import"),
    ("designer.import_model", "POST"): design("/models/import", 422),
    ("designer.import_report", "GET"): see("/models/imports/{model_import}"),
    ("designer.draft_of_import", "POST"): design("/models/imports/{model_import}/draft", 303, name="Ny", key="inlagd"),
    ("designer.new_draft", "POST"): design("/models/{model}/drafts", 303),
    ("designer.draft", "GET"): see(DRAFT, 302),
    ("designer.discard", "GET"): design(f"{DRAFT}/discard"),
    ("designer.discard", "POST"): design(f"{DRAFT}/discard", 303),
    ("designer.draft_file", "GET"): see(f"{DRAFT}/files/model.json"),
    ("designer.save_draft_file", "POST"): design(f"{DRAFT}/files/model.json", 400),
    ("designer.merge_draft_file", "POST"): design(f"{DRAFT}/merge/project.bpmn", 415),
    ("designer.draft_state", "GET"): see(f"{DRAFT}/state"),
    ("designer.check_overlay", "POST"): see(f"{DRAFT}/check", 415),
    ("designer.export_version", "GET"): see("/models/{model}/versions/1/export"),
    ("designer.export_draft", "GET"): see(f"{DRAFT}/export"),
    ("designer.check_page", "GET"): see(f"{DRAFT}/check"),
    ("designer.diagram", "GET"): see(f"{DRAFT}/diagram"),
    ("designer.names", "GET"): see(f"{DRAFT}/names"),
    ("designer.tables", "GET"): see(f"{DRAFT}/tables"),
    ("designer.deciders", "GET"): see(f"{DRAFT}/deciders/bp2"),
    ("designer.decider", "GET"): design(f"{DRAFT}/deciders/bp2/new"),
    ("designer.save_decider", "POST"): design(f"{DRAFT}/deciders/bp2/new", 422),
    ("designer.save_outcomes", "POST"): design(f"{DRAFT}/gates/bp2/outcomes", 415),
    ("designer.steps", "GET"): see(f"{DRAFT}/steps"),
    ("designer.move_in_table", "POST"): design(f"{DRAFT}/steps/project_plan/move", 303),
    ("designer.step_page", "GET"): design(f"{DRAFT}/steps/project_plan"),
    ("designer.step_page", "POST"): design(f"{DRAFT}/steps/project_plan", 422, due_number="x"),
    ("designer.new_step", "GET"): design(f"{DRAFT}/new-step"),
    ("designer.new_step", "POST"): design(f"{DRAFT}/new-step", 422),
    ("designer.remove_step_page", "GET"): design(f"{DRAFT}/steps/project_plan/remove"),
    ("designer.remove_step_page", "POST"): design(f"{DRAFT}/steps/office_review/remove", 409),
    ("designer.gate_page", "GET"): design(f"{DRAFT}/gates/bp2"),
    ("designer.gate_page", "POST"): design(f"{DRAFT}/gates/bp2", 422),
    ("designer.new_phase", "GET"): design(f"{DRAFT}/new-phase"),
    ("designer.new_phase", "POST"): design(f"{DRAFT}/new-phase", 422),
    ("designer.phase_page", "GET"): design(f"{DRAFT}/phases/planning"),
    ("designer.phase_page", "POST"): design(f"{DRAFT}/phases/planning", 422),
    ("designer.remove_phase_page", "GET"): design(f"{DRAFT}/phases/planning/remove"),
    ("designer.remove_phase_page", "POST"): design(f"{DRAFT}/phases/closure/remove", 409),
    ("designer.history", "GET"): see(f"{DRAFT}/history"),
    ("designer.undo", "POST"): design(f"{DRAFT}/undo", 409),
    ("designer.publish_draft", "GET"): see(f"{DRAFT}/publish"),
    ("designer.ask", "POST"): design(f"{DRAFT}/ask", 303, note="Bättre frågor"),
    ("designer.take_back", "POST"): design(f"{ASKED}/take-back", 303),
    ("designer.send_back", "POST"): Case(
        address=f"{ASKED}/return",
        can=every(303, "office", "administrator", "designer"),
        hidden=403,
        data={**SEEN, "why": "Fel ord"},
    ),
    ("designer.publish_now", "POST"): answer(f"{ASKED}/publish"),
    ("designer.take_over", "POST"): design(f"{DRAFT}/catch-up", 303),
}
