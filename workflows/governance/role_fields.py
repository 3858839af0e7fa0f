"""Fields of forms that mean the holder of a role: what they begin with, and whom they may not name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.governance.loaded import Held
from workflows.kernel.errors import _l
from workflows.models.model import Label, Model
from workflows.people import holders_on

BOTH = _l("Välj någon annan. Samma person kan inte vara både {one} och {other}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A person whom a field may not name: they have the role `other`, and would decide on what they manage."""

    person: str
    one: Label
    other: Label

    @property
    def sentence(self) -> str:
        """What to do instead."""
        return BOTH.format(one=self.one["sv"].lower(), other=self.other["sv"].lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFields:
    """`begin`: who holds the role now, by field (a person's id or `body:<id>`); `barred` by field."""

    begin: Mapping[str, str]
    barred: Mapping[str, tuple[Barred, ...]]


NONE = RoleFields(begin={}, barred={})


def role_fields(session: Session, *, tenant: str, held: Held, form: str) -> RoleFields:
    """Return what a form's fields know of the project's roles today; only a form that has such fields costs a query."""
    model = held.bundle.model
    fields = dict(_fields(model, form))
    if not fields:
        return NONE
    now: dict[str, list[str]] = {}
    for one in holders_on(session, tenant=tenant, scope=held.project.id, on=held.today):
        now.setdefault(one.role, []).append(str(one.person) if one.person else f"body:{one.body}")
    apart = {model.duties.manager: model.duties.sponsor, model.duties.sponsor: model.duties.manager}
    appoints = {path for path, role in fields.items() if f"{form}.{path}" in model.holders.get(role, ())}
    return RoleFields(
        begin={path: now[role][0] for path, role in fields.items() if len(now.get(role, ())) == 1},
        barred={
            path: tuple(
                Barred(person=person, one=model.role(role).label, other=model.role(apart[role]).label)
                for person in now.get(apart[role], ())
            )
            for path, role in fields.items()
            if role in apart and path in appoints
        },
    )


def _fields(model: Model, form: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a form that appoint or show a role's holder, with the role."""
    for named in (model.held, model.holders):
        for role, sources in named.items():
            for source in sources:
                where, _, path = source.partition(".")
                if where == form:
                    yield path, role
