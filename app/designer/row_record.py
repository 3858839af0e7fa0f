"""The record of a decision as fields of a scenario's row: meeting, votes, a board's paragraph, in which right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext

from app.designer.decision_words import WAYS
from app.designer.row_asks import Ask, AskKind, Part, Raw, Typed, select, text
from workflows.governance.outcomes import LEGAL_LABELS, LegalBasis
from workflows.kernel.errors import Text, _l

_FIELDS: Mapping[str, tuple[tuple[str, Text, AskKind], ...]] = {
    "meeting": (
        ("held_on", _l("Mötets dag"), AskKind.DATE),
        ("place", _l("Plats"), AskKind.TEXT),
        ("way", _l("Så beslutades det"), AskKind.SELECT),
        ("in_favour", _l("Ja"), AskKind.NUMBER),
        ("against", _l("Nej"), AskKind.NUMBER),
        ("adjusted_by", _l("Justeras av"), AskKind.TEXT),
        ("minutes", _l("Protokollstext"), AskKind.AREA),
    ),
    "board": (
        ("body", _l("Nämnd"), AskKind.TEXT),
        ("section", _l("Paragraf"), AskKind.TEXT),
        ("adjusted_on", _l("Justerat"), AskKind.DATE),
        ("notice_on", _l("Anslaget"), AskKind.DATE),
        ("appeal_ends_on", _l("Överklagandetiden slutar"), AskKind.DATE),
    ),
    "formal": (
        ("decided_by", _l("Vem som beslutar i stället för en jävig"), AskKind.TEXT),
        ("legal_basis", _l("Beslutsstöd"), AskKind.SELECT),
        ("delegation_point", _l("Punkt i delegationsordningen"), AskKind.TEXT),
        ("decided_on", _l("Beslutsdag"), AskKind.DATE),
        ("secrecy", _l("Sekretess"), AskKind.TEXT),
        ("registry_number", _l("Diarienummer"), AskKind.TEXT),
    ),
}
_TITLES: Mapping[str, Text] = {
    "meeting": _l("Mötet eller sammanträdet"),
    "board": _l("Nämndens protokoll"),
    "formal": _l("Beslutsstöd, dag och sekretess"),
}

RECORD = tuple(name for fields in _FIELDS.values() for name, _, _ in fields)
"""What the fields say of a decision."""


def record_parts(said: Raw) -> tuple[Part, ...]:
    """Return the fields of the record, folded where nothing is said."""
    return tuple(
        Part(
            key=key,
            title=gettext(_TITLES[key]),
            asks=tuple(_ask(name, gettext(label), kind, said.get(name)) for name, label, kind in fields),
            folded=True,
            says=any(name in said for name, _, _ in fields),
        )
        for key, fields in _FIELDS.items()
    )


def _ask(name: str, label: str, kind: AskKind, value: Any) -> Ask:
    if kind is not AskKind.SELECT:
        return text(name, label, value, kind=kind)
    chosen = WAYS if name == "way" else tuple((str(one), LEGAL_LABELS[one]) for one in LegalBasis)
    return select(name, label, (("", gettext("Sägs inte")), *((key, gettext(words)) for key, words in chosen)), value)


def read_record(parts: Iterable[Part], typed: Typed) -> dict[str, Any]:
    """Return the record as it was typed."""
    asks = [ask for part in parts if part.key in _FIELDS for ask in part.asks]
    found = {ask.name: _read(ask, typed) for ask in asks}
    if found.get("way") in ("vote", "casting_vote") and None in (found["in_favour"], found["against"]):
        typed.errors.setdefault("in_favour", gettext("Skriv hur många som röstade ja och hur många som röstade nej"))
    return found


def _read(ask: Ask, typed: Typed) -> Any:
    match ask.kind:
        case AskKind.SELECT:
            return typed.choice(ask, gettext("Välj något i listan"))
        case AskKind.DATE:
            return typed.day(ask.name)
        case AskKind.NUMBER:
            return _votes(ask, typed)
        case AskKind.AREA:
            return typed.lines(ask.name)
        case _:
            return typed.words(ask.name)


def _votes(ask: Ask, typed: Typed) -> int | None:
    count = typed.number(ask.name, gettext("Skriv antalet röster med siffror"))
    if count is None:
        return None
    if count != int(count) or not 0 <= count < 1000:
        typed.errors[ask.name] = gettext("Skriv antalet röster med siffror")
    return int(count)
