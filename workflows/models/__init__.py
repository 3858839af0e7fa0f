"""Process models as bundles: read, checked, published, and found again by digest; and the drafts they grow from.

Reading order: `model`, `bundle` ← `linting`, `playing` ← `publish` ← `drafting`. Over 2,500 lines, since everything a
process designer does to a model happens here, on files alone; what touches running projects lies in governance.
"""

from workflows.models.archive import ArchiveRefused, read_archive
from workflows.models.bundle import Bundle, BundleRefused, digest_of, read_bundle, refused_files
from workflows.models.coverage import Coverage, Covered, Unvisited, cover
from workflows.models.drafting import (
    DESIGN,
    SEE_MODELS,
    BundleFileRefused,
    CaughtUp,
    DraftBehind,
    DraftChange,
    DraftChanged,
    DraftClosed,
    DraftNotReady,
    ModelDraft,
    ModelDraftStatus,
    ModelDraftSummary,
    NothingToUndo,
    NotYourOwn,
    ask_for_publication,
    begin_model_draft,
    catch_up,
    change_model_draft,
    discard_model_draft,
    find_model_draft,
    model_draft_history,
    newer_version,
    open_model_drafts,
    publish_model_draft,
    return_model_draft,
    take_back_publication,
    undo_model_draft,
)
from workflows.models.drafting.publishing import is_own_work, publication_hindrance
from workflows.models.finding import Finding, Severity
from workflows.models.importing import OWN, Imported, ImportRefused, ImportRow, RowSeverity, import_model, read_upload
from workflows.models.kept_imports import (
    ImportOver,
    KeptImport,
    begin_imported_draft,
    find_import,
    import_behind,
    keep_import,
)
from workflows.models.linting import MAX_FINDINGS, Verdict, check, element_names, verdict
from workflows.models.model import Model, ModelRefused, read_model
from workflows.models.packing import pack_zip, unpack_zip
from workflows.models.playing import Failure, Played, play
from workflows.models.publish import Published, broken_bundle, latest, load_bundle, publish, publish_first, published
from workflows.models.retiring import retire_version
from workflows.models.running_scenarios import ScenarioRun, known_run, run_scenarios
from workflows.models.scenario import Scenario, ScenariosRefused, read_scenarios
from workflows.models.scopes import names_in_scope
from workflows.models.shipped import TEMPLATES, from_folder, shipped
from workflows.models.versions import Version, find_version, name_in, versions_of

__all__ = [
    "DESIGN",
    "MAX_FINDINGS",
    "OWN",
    "SEE_MODELS",
    "TEMPLATES",
    "ArchiveRefused",
    "Bundle",
    "BundleFileRefused",
    "BundleRefused",
    "CaughtUp",
    "Coverage",
    "Covered",
    "DraftBehind",
    "DraftChange",
    "DraftChanged",
    "DraftClosed",
    "DraftNotReady",
    "Failure",
    "Finding",
    "ImportOver",
    "ImportRefused",
    "ImportRow",
    "Imported",
    "KeptImport",
    "Model",
    "ModelDraft",
    "ModelDraftStatus",
    "ModelDraftSummary",
    "ModelRefused",
    "NotYourOwn",
    "NothingToUndo",
    "Played",
    "Published",
    "RowSeverity",
    "Scenario",
    "ScenarioRun",
    "ScenariosRefused",
    "Severity",
    "Unvisited",
    "Verdict",
    "Version",
    "ask_for_publication",
    "begin_imported_draft",
    "begin_model_draft",
    "broken_bundle",
    "catch_up",
    "change_model_draft",
    "check",
    "cover",
    "digest_of",
    "discard_model_draft",
    "element_names",
    "find_import",
    "find_model_draft",
    "find_version",
    "from_folder",
    "import_behind",
    "import_model",
    "is_own_work",
    "keep_import",
    "known_run",
    "latest",
    "load_bundle",
    "model_draft_history",
    "name_in",
    "names_in_scope",
    "newer_version",
    "open_model_drafts",
    "pack_zip",
    "play",
    "publication_hindrance",
    "publish",
    "publish_first",
    "publish_model_draft",
    "published",
    "read_archive",
    "read_bundle",
    "read_model",
    "read_scenarios",
    "read_upload",
    "refused_files",
    "retire_version",
    "return_model_draft",
    "run_scenarios",
    "shipped",
    "take_back_publication",
    "undo_model_draft",
    "unpack_zip",
    "verdict",
    "versions_of",
]
