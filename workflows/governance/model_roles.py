"""Roles that process models name beside those every municipality has, with their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.governance.tables import ProjectRow
from workflows.models import load_bundle, published
from workflows.models.model import Label, Model, RoleScope
from workflows.people import ROLE_LABELS


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRole:
    """A role in a model's own words; `model` is the name of the model that brings it."""

    key: str
    label: Label
    model: Label
    scope: RoleScope


def model_roles(session: Session, *, tenant: str) -> Mapping[str, ModelRole]:
    """Return by key the roles that only models name: those of each newest version and of what projects run on.

    Where several name the same role, the words are those of the model that comes first.
    """
    found: dict[str, ModelRole] = {}
    for model in _models(session, tenant):
        for role in model.roles:
            if role.key not in ROLE_LABELS:
                found.setdefault(
                    role.key, ModelRole(key=role.key, label=role.label, model=model.name, scope=role.scope)
                )
    return found


def organisation_roles_of_models(session: Session, *, tenant: str) -> tuple[ModelRole, ...]:
    """Return those of them that are held for the whole municipality, in the models' order."""
    own = model_roles(session, tenant=tenant).values()
    return tuple(role for role in own if role.scope is RoleScope.ORGANISATION)


def _models(session: Session, tenant: str) -> Iterator[Model]:
    newest = [one.digest for one in published(session, tenant=tenant)]
    running = session.scalars(
        select(ProjectRow.bundle).where(ProjectRow.tenant == tenant, ProjectRow.closed_at.is_(None)).distinct()
    )
    for digest in dict.fromkeys([*newest, *sorted(running)]):
        yield load_bundle(session, tenant=tenant, digest=digest).model
