"""What each kind of visitor meets at the addresses of checklists and forms of a draft."""

from __future__ import annotations

from tests.hostile.designer_cases import DRAFT, design, see

CHECKLIST = f"{DRAFT}/checklists/c2_preparation"
QUESTION = f"{CHECKLIST}/questions/F03"
FORM = f"{DRAFT}/forms/parked_idea"
ASKED = {"area": "Risker", "question": "Är det klart?", "answer": "yes_no", "requirement": "must", "satisfied": "yes"}

FORMS = {
    ("designer.forms", "GET"): see(f"{DRAFT}/forms"),
    ("designer.new_checklist_page", "GET"): design(f"{DRAFT}/new-checklist"),
    ("designer.new_checklist_page", "POST"): design(
        f"{DRAFT}/new-checklist", 303, title="Ny", phase="planning", **ASKED
    ),
    ("designer.new_form_page", "GET"): design(f"{DRAFT}/new-form"),
    ("designer.new_form_page", "POST"): design(f"{DRAFT}/new-form", 303, title="Ny"),
    ("designer.checklist", "GET"): see(CHECKLIST),
    ("designer.checklist_title", "GET"): design(f"{CHECKLIST}/title"),
    ("designer.checklist_title", "POST"): design(f"{CHECKLIST}/title", 303, title="Ny"),
    ("designer.drop_checklist", "GET"): design(f"{CHECKLIST}/remove"),
    ("designer.drop_checklist", "POST"): design(f"{CHECKLIST}/remove", 409),
    ("designer.new_question", "GET"): design(f"{CHECKLIST}/questions/new"),
    ("designer.new_question", "POST"): design(f"{CHECKLIST}/questions/new", 303, **ASKED),
    ("designer.question", "GET"): design(QUESTION),
    ("designer.question", "POST"): design(QUESTION, 303, **ASKED),
    ("designer.weigh_question", "POST"): design(f"{QUESTION}/requirement", 303, requirement="warn"),
    ("designer.shift_question", "POST"): design(f"{QUESTION}/move", 303, to="up"),
    ("designer.drop_question", "GET"): design(f"{QUESTION}/remove"),
    ("designer.drop_question", "POST"): design(f"{QUESTION}/remove", 303),
    ("designer.checklist_preview", "GET"): see(f"{CHECKLIST}/preview"),
    ("designer.checklist_preview", "POST"): see(f"{CHECKLIST}/preview"),
    ("designer.form", "GET"): see(FORM),
    ("designer.form_title", "GET"): design(f"{FORM}/title"),
    ("designer.form_title", "POST"): design(f"{FORM}/title", 303, title="Ny"),
    ("designer.drop_form", "GET"): design(f"{FORM}/remove"),
    ("designer.drop_form", "POST"): design(f"{FORM}/remove", 409),
    ("designer.new_field", "GET"): design(f"{FORM}/fields/new"),
    ("designer.new_field", "POST"): design(f"{FORM}/fields/new", 303, type="number", label="Antal"),
    ("designer.field", "GET"): design(f"{FORM}/fields/0"),
    ("designer.field", "POST"): design(f"{FORM}/fields/0", 409, label="Nytt", was="x"),
    ("designer.shift_field", "POST"): design(f"{FORM}/fields/0/move", 303, to="up"),
    ("designer.drop_field", "GET"): design(f"{FORM}/fields/0/remove"),
    ("designer.drop_field", "POST"): design(f"{FORM}/fields/0/remove", 409, was="x"),
    ("designer.form_editor", "GET"): design(f"{FORM}/editor"),
    ("designer.save_form_file", "POST"): design(f"{FORM}/save", 400),
    ("designer.form_preview", "GET"): see(f"{FORM}/preview"),
    ("designer.form_preview", "POST"): see(f"{FORM}/preview"),
}
