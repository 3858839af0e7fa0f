"""Model drafts: begun from files, changed file by file with every change kept, reviewed by somebody else, published."""

from workflows.models.drafting.beginning import begin_model_draft, discard_model_draft
from workflows.models.drafting.catching_up import CaughtUp, catch_up, newer_version
from workflows.models.drafting.changed import changes_of_draft, files_before_last, files_begun_on
from workflows.models.drafting.changing import change_model_draft, undo_model_draft
from workflows.models.drafting.errors import (
    BundleFileRefused,
    DraftBehind,
    DraftChanged,
    DraftClosed,
    DraftNotReady,
    NothingToUndo,
    NotYourOwn,
)
from workflows.models.drafting.history import DraftChange, model_draft_history, taken_back_by_hand
from workflows.models.drafting.merging import BroughtTogether, merge_into_model_draft
from workflows.models.drafting.model_draft import (
    DESIGN,
    SEE_MODELS,
    ModelDraft,
    ModelDraftStatus,
    ModelDraftSummary,
    find_model_draft,
    open_model_drafts,
)
from workflows.models.drafting.naming import draft_name
from workflows.models.drafting.publishing import (
    ask_for_publication,
    publish_model_draft,
    return_model_draft,
    take_back_publication,
)

__all__ = [
    "DESIGN",
    "SEE_MODELS",
    "BroughtTogether",
    "BundleFileRefused",
    "CaughtUp",
    "DraftBehind",
    "DraftChange",
    "DraftChanged",
    "DraftClosed",
    "DraftNotReady",
    "ModelDraft",
    "ModelDraftStatus",
    "ModelDraftSummary",
    "NotYourOwn",
    "NothingToUndo",
    "ask_for_publication",
    "begin_model_draft",
    "catch_up",
    "change_model_draft",
    "changes_of_draft",
    "discard_model_draft",
    "draft_name",
    "files_before_last",
    "files_begun_on",
    "find_model_draft",
    "merge_into_model_draft",
    "model_draft_history",
    "newer_version",
    "open_model_drafts",
    "publish_model_draft",
    "return_model_draft",
    "take_back_publication",
    "taken_back_by_hand",
    "undo_model_draft",
]
