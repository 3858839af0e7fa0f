"""What a decision says beside its outcome, in words that go on in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from flask_babel import gettext

from app.shell.dates import LONG_AGO, short_day
from app.shell.filters import say
from workflows.governance.outcomes import LEGAL_LABELS, LegalBasis
from workflows.kernel.errors import Text, _l
from workflows.models import Bundle

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

WAYS: tuple[tuple[str, Text], ...] = (
    ("unanimous", _l("Enhälligt")),
    ("vote", _l("Efter votering")),
    ("casting_vote", _l("Med ordförandens utslagsröst")),
)

SENTENCES: Mapping[str, Text] = {
    "motivation": _l("motivering: %(words)s"),
    "due_on": _l("kompletteringen ska vara klar %(words)s"),
    "defer_to": _l("tas upp igen %(words)s"),
    "resume_on": _l("återupptas tidigast %(words)s"),
    "plan_version": _l("planens version %(words)s ska revideras"),
    "held_on": _l("mötet hölls %(words)s"),
    "place": _l("platsen var %(words)s"),
    "present": _l("med i ärendet: %(words)s"),
    "remote": _l("på distans: %(words)s"),
    "absent": _l("frånvarande: %(words)s"),
    "decided_by": _l("%(words)s beslutar i stället"),
    "in_favour": _l("röster för: %(words)s"),
    "against": _l("röster emot: %(words)s"),
    "minutes": _l("protokollet säger: %(words)s"),
    "adjusted_by": _l("%(words)s justerar protokollet"),
    "body": _l("%(words)s beslutar"),
    "section": _l("paragraf: %(words)s"),
    "adjusted_on": _l("protokollet justerades %(words)s"),
    "notice_on": _l("beslutet anslogs %(words)s"),
    "appeal_ends_on": _l("överklagandetiden slutar %(words)s"),
    "delegation_point": _l("punkt %(words)s i delegationsordningen"),
    "decided_on": _l("beslutsdagen är %(words)s"),
    "secrecy": _l("sekretess enligt %(words)s"),
    "registry_number": _l("diarienummer %(words)s"),
}
"""What is said by a text, a number, a day or some names."""


def said_words(bundle: Bundle, name: str, value: Any) -> str:
    """Return what a decision says in a field; what cannot be read is told as something more."""
    words = "; ".join(_words(bundle, name, value))
    return words or gettext("något mer som sägs om beslutet")


def told_briefly(bundle: Bundle, said: Mapping[str, Any]) -> list[str]:
    """Return what a reader of a log wants to know of a decision beside its outcome."""
    wanted = ("motivation", "recused", "decided_by", "reservations", "body", "section")
    return [said_words(bundle, name, said[name]) for name in wanted if said.get(name)]


def _words(bundle: Bundle, name: str, value: Any) -> Iterator[str]:
    if (own := _OWN.get(name)) is not None:
        yield from own(bundle, value)
    elif name in SENTENCES and (shown := _listed(value)):
        yield gettext(SENTENCES[name], words=shown)


def _day(value: str) -> str:
    """Return a day with its year; what is none as it was written."""
    try:
        return short_day(value, LONG_AGO)
    except ValueError:
        return value


def _listed(value: Any) -> str:
    """Return a text, a number or a list of them; "" for anything else."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _day(value)
    if isinstance(value, list):
        return ", ".join(map(str, value)) if all(isinstance(one, str | int) for one in value) else ""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _pairs(value: Any) -> Iterable[tuple[str, str]]:
    """Return who and what; nothing of what is no list of texts by name."""
    return [(who, said) for who, said in value.items() if isinstance(said, str)] if isinstance(value, Mapping) else []


def _reopened(bundle: Bundle, value: Any) -> Iterator[str]:
    if isinstance(value, list) and value:
        yield gettext("ska kompletteras: %(points)s", points=", ".join(topic_of(bundle, str(one)) for one in value))


def topic_of(bundle: Bundle, point: str) -> str:
    """Return what a checklist's item is about."""
    found = (known.by_id[point] for known in bundle.checklists.values() if point in known.by_id)
    return next((say(item.topic) for item in found), gettext("en fråga som modellen inte har"))


def _conditions(_: Bundle, value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else ():
        said = one if isinstance(one, Mapping) else {"text": one}
        more = [_listed(said[part]) for part in ("owner", "due_on") if said.get(part)]
        words = str(said.get("text") or gettext("utan text"))
        words = f"{words} ({', '.join(more)})" if more else words
        yield gettext("villkor: %(words)s", words=words)


def _recused(_: Bundle, value: Any) -> Iterator[str]:
    for who, why in _pairs(value):
        yield (
            gettext("%(who)s är jävig och deltar inte: %(why)s", who=who, why=why)
            if why
            else gettext("%(who)s är jävig och deltar inte", who=who)
        )


def _substitutes(_: Bundle, value: Any) -> Iterator[str]:
    for who, other in _pairs(value):
        yield gettext("%(who)s ersätts av %(other)s", who=who, other=other)


def _reservations(_: Bundle, value: Any) -> Iterator[str]:
    for who, said in _pairs(value):
        yield gettext("%(who)s reserverar sig: %(words)s", who=who, words=said)


def _way(_: Bundle, value: Any) -> Iterator[str]:
    if isinstance(value, str) and value in dict(WAYS):
        yield gettext("beslutades %(way)s", way=gettext(dict(WAYS)[value]).lower())


def _legal_basis(_: Bundle, value: Any) -> Iterator[str]:
    if value in list(LegalBasis):
        yield gettext("beslutsstöd: %(words)s", words=gettext(LEGAL_LABELS[LegalBasis(value)]).lower())


_OWN: Mapping[str, Callable[[Bundle, Any], Iterator[str]]] = {
    "reopen": _reopened,
    "conditions": _conditions,
    "recused": _recused,
    "substitutes": _substitutes,
    "reservations": _reservations,
    "way": _way,
    "legal_basis": _legal_basis,
}
