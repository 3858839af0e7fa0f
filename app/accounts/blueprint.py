"""The blueprint that this feature's pages hang on, and what they share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import Blueprint, current_app, g

from app.shell.context import request_context
from app.shell.filters import say
from workflows.governance.model_roles import ModelRole, model_roles
from workflows.people import ROLE_LABELS, Passwords

bp = Blueprint("accounts", __name__, template_folder="templates")

PASSWORDS = "styr_passwords"
"""Key of the application's extensions under which cheaper hashes may lie, for tests and demonstration."""


def passwords() -> Passwords:
    """Return what hashes and checks passwords in this application."""
    return cast(Passwords, current_app.extensions.setdefault(PASSWORDS, Passwords()))


@bp.app_template_filter("role_label")
def role_in_words(key: str) -> str:
    """Return a role in the reader's language, a model's own in the model's words."""
    if key in ROLE_LABELS:
        return say(ROLE_LABELS[key])
    own = _roles_of_models().get(key)
    return say(own.label) if own else key


def _roles_of_models() -> Mapping[str, ModelRole]:
    """Return the roles that only models name, asked for once a page."""
    if "styr_model_roles" not in g:
        ctx = request_context()
        with ctx.read() as session:
            g.styr_model_roles = model_roles(session, tenant=ctx.tenant)
    return cast(Mapping[str, ModelRole], g.styr_model_roles)
