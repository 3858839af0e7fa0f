"""Import that explains: BPMN of Camunda, Flowable, Activiti and SpiffArena becomes a draft, with a row for every loss.

Reading order: `rows` (what comes out), `drawing` ← `reading` ← `foreign`; `elements`, `events`, `ways`, `repairs` (how
it is made ours), `framing` (the project round it), `writing`; `converting` is the whole. Nothing is looked up or kept
here: files in, files and rows out.
"""

from workflows.models.importing.converting import import_model
from workflows.models.importing.rows import Imported, ImportRefused, ImportRow, RowSeverity
from workflows.models.importing.uploading import OWN, read_upload

__all__ = ["OWN", "ImportRefused", "ImportRow", "Imported", "RowSeverity", "import_model", "read_upload"]
