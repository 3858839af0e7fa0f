"""The blueprint that this feature's pages hang on, and what they share."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app
from flask_babel import gettext

from workflows.people import Passwords, role_label

bp = Blueprint("accounts", __name__, template_folder="templates")

PASSWORDS = "styr_passwords"
"""Key of the application's extensions under which cheaper hashes may lie, for tests and demonstration."""


def passwords() -> Passwords:
    """Return what hashes and checks passwords in this application."""
    return cast(Passwords, current_app.extensions.setdefault(PASSWORDS, Passwords()))


@bp.app_template_filter("role_label")
def _role_in_words(key: str) -> str:
    return gettext(role_label(key))
