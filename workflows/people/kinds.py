"""The kinds of things in this room, as they are stored."""

from __future__ import annotations

from enum import StrEnum


class BodyKind(StrEnum):
    """What a body is in law: a project's own group, or a board (nämnd) with powers of its own."""

    STEERING_GROUP = "steering_group"
    BOARD = "board"


class QuorumRule(StrEnum):
    """When a body may decide: more than half of its members present, or a fixed number of them."""

    MAJORITY = "majority"
    COUNT = "count"


class SeatRole(StrEnum):
    """What a person is in a body. The secretary has no vote; a substitute votes in a member's place."""

    CHAIR = "chair"
    MEMBER = "member"
    SUBSTITUTE = "substitute"
    SECRETARY = "secretary"


class LinkKind(StrEnum):
    """Why somebody was given a link to choose a password."""

    FORGOTTEN = "forgotten"
    WELCOME = "welcome"
