"""The blueprint that the views of this feature hang on, and the words of the core that its templates say."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext

from workflows.governance.outcomes import LEGAL_LABELS, OUTCOME_DONE, OUTCOME_LABELS, LegalBasis, Outcome

bp = Blueprint("gates", __name__, template_folder="templates")


@bp.app_template_filter("outcome")
def outcome_words(outcome: str) -> str:
    """Return an outcome as it is chosen: "Godkänn med villkor"."""
    return gettext(OUTCOME_LABELS[Outcome(outcome)])


@bp.app_template_filter("outcome_done")
def outcome_done(outcome: str) -> str:
    """Return an outcome as it stands on record: "Godkänd med villkor"."""
    return gettext(OUTCOME_DONE[Outcome(outcome)])


@bp.app_template_filter("legal_basis")
def legal_words(basis: str) -> str:
    """Return a legal basis in words: "Internt styrbeslut"."""
    return gettext(LEGAL_LABELS[LegalBasis(basis)])
