"""Where a role is held, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask_babel import gettext
from sqlalchemy.orm import Session

from app.shell.context import surroundings
from workflows.governance.projects import project_titles
from workflows.kernel.ids import ORGANISATION


def scope_names(session: Session, tenant: str, scopes: Collection[str]) -> Mapping[str, str]:
    """Return the municipality's name for its own scope, a project's title for a project's."""
    titles = project_titles(session, tenant=tenant, projects=set(scopes) - {ORGANISATION})
    unknown = gettext("Ett projekt som inte finns")
    own = {ORGANISATION: surroundings().settings.municipality}
    return dict.fromkeys(scopes, unknown) | dict(titles) | own
