"""What steps ask: the pure changes of checklists and forms in a model draft, and what is said of them.

Everything takes the files of a draft and returns the files that change, so that a page saves them in one go.
"""

from workflows.models.asking.components import address_of, component_at, place_of
from workflows.models.asking.errors import ChangedMeanwhile, EntryRefused, FileUnreadable
from workflows.models.asking.field_changes import add_field, change_field, move_field, relocate_field, remove_field
from workflows.models.asking.forms import (
    FormOutline,
    blank,
    copy_form,
    form_outline,
    form_path,
    new_form,
    refusal_of,
    rename_form,
    save_form,
)
from workflows.models.asking.ids import ids_in, key_of, keys_in, next_id
from workflows.models.asking.properties import SECTIONS, TYPES, Kind, Property, Section, properties_of
from workflows.models.asking.putting import put_properties, read_property
from workflows.models.asking.question_changes import (
    add_question,
    change_question,
    move_question,
    new_checklist,
    remove_question,
    rename_checklist,
    require_question,
)
from workflows.models.asking.questions import Outline, Question, outline
from workflows.models.asking.questions import path_of as checklist_path
from workflows.models.asking.rows import Row
from workflows.models.asking.scope import FACT_WORDS, ScopeName, form_scope, question_scope
from workflows.models.asking.statements import Chosen, Stated, Statement, Together, chosen_from, statements, written
from workflows.models.asking.uses import Use, UseKind, steps_showing, uses_of, uses_of_question
from workflows.models.linting.advice import advise, advise_all, advise_checklist, advise_file

__all__ = [
    "FACT_WORDS",
    "SECTIONS",
    "TYPES",
    "ChangedMeanwhile",
    "Chosen",
    "EntryRefused",
    "FileUnreadable",
    "FormOutline",
    "Kind",
    "Outline",
    "Property",
    "Question",
    "Row",
    "ScopeName",
    "Section",
    "Stated",
    "Statement",
    "Together",
    "Use",
    "UseKind",
    "add_field",
    "add_question",
    "address_of",
    "advise",
    "advise_all",
    "advise_checklist",
    "advise_file",
    "blank",
    "change_field",
    "change_question",
    "checklist_path",
    "chosen_from",
    "component_at",
    "copy_form",
    "form_outline",
    "form_path",
    "form_scope",
    "ids_in",
    "key_of",
    "keys_in",
    "move_field",
    "move_question",
    "new_checklist",
    "new_form",
    "next_id",
    "outline",
    "place_of",
    "properties_of",
    "put_properties",
    "question_scope",
    "read_property",
    "refusal_of",
    "relocate_field",
    "remove_field",
    "remove_question",
    "rename_checklist",
    "rename_form",
    "require_question",
    "save_form",
    "statements",
    "steps_showing",
    "uses_of",
    "uses_of_question",
    "written",
]
