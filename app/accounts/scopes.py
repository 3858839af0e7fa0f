"""Where a role is held, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask_babel import gettext
from sqlalchemy.orm import Session

from app.shell.context import surroundings
from workflows.kernel.ids import ORGANISATION


def scope_names(session: Session, tenant: str, scopes: Collection[str]) -> Mapping[str, str]:
    """Return the municipality's name for its own scope and a project's title for a project's."""
    titles = {scope: gettext("Ett projekt") for scope in scopes}
    return {**titles, ORGANISATION: surroundings().settings.municipality}
