"""Identifiers: 32 hex characters that sort by the time they were made (UUID version 7, RFC 9562)."""

from __future__ import annotations

import secrets
import time
from typing import NewType

PersonId = NewType("PersonId", str)
BodyId = NewType("BodyId", str)
InstanceId = NewType("InstanceId", str)
ProjectId = NewType("ProjectId", str)
TaskId = NewType("TaskId", str)
RequestId = NewType("RequestId", str)
Principal = NewType("Principal", str)
"""Who may act, as one flat text: `person:<id>`, `role:<scope>:<role>` (scope = a project id or `organisation`)."""


def new_id() -> str:
    """Return a new identifier; later calls sort after earlier ones to the millisecond."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (2**62 - 1)
    return f"{value:032x}"


def person_principal(person: str) -> Principal:
    """Return the principal that is one person."""
    return Principal(f"person:{person}")


def role_principal(scope: str, role: str) -> Principal:
    """Return the principal of whoever holds `role` in `scope` (a project id, or `organisation`)."""
    return Principal(f"role:{scope}:{role}")


ORGANISATION = "organisation"
"""The scope of roles held for the whole municipality (project office, administrator, registrar …)."""
