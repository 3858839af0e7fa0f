"""The maps of `model.json`: where titles, facts, holders, registers and first answers come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.comparing.change import Change, Scribe, Weight, What
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.reading import told
from workflows.models.comparing.swedish import joined, quoted, shown

_ENDS = {
    "closed": "avslutat",
    "rejected": "avslaget",
    "terminated": "avbrutet",
    "not_project": "inget projekt",
}
_SUBJECT = {"title": "namn", "summary": "sammanfattning", "department": "förvaltning", "light": "status"}
_DUTIES = {
    "initiator": "Den som lämnar idéer",
    "manager": "Den som leder projektet",
    "sponsor": "Den som beställer",
    "group": "De som beslutar tillsammans",
    "office": "De som förvaltar modellen",
}

_Key = Callable[[str, Lexicon], str]
_Value = Callable[[Any, Lexicon], str]


def _from(value: Any, names: Lexicon) -> str:
    """One field or several, in words."""
    listed = value if isinstance(value, list) else [value]
    return joined((names.reference(shown(one)) for one in listed if one), "eller")


def _end(value: Any, _names: Lexicon) -> str:
    return _ENDS.get(shown(value), shown(value))


def _role(value: Any, names: Lexicon) -> str:
    return names.role(shown(value))


def _fact(key: str, names: Lexicon) -> str:
    found = names.subject(("facts", key))
    return quoted(found.label if found else key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Map:
    """How a map is spoken of: `said` has {key} and {value}."""

    key: _Key
    value: _Value
    said: str
    gone: str
    weight: Weight = Weight.DUTY


MAPS: Mapping[str, _Map] = {
    "duties": _Map(
        key=lambda key, _: _DUTIES.get(key, key),
        value=_role,
        said="{key} är nu {value}.",
        gone="{key} är inte längre bestämd.",
        weight=Weight.DECIDES,
    ),
    "ends": _Map(
        key=lambda key, names: names.step(key),
        value=_end,
        said="Slutet {key} gör nu projektet {value}.",
        gone="Slutet {key} säger inte längre vad projektet blir.",
    ),
    "subject": _Map(
        key=lambda key, _: _SUBJECT.get(key, key),
        value=_from,
        said="Projektets {key} hämtas nu från {value}.",
        gone="Projektets {key} hämtas inte längre från något formulär.",
    ),
    "facts": _Map(
        key=_fact,
        value=_from,
        said="Uppgiften {key} hämtas nu från {value}.",
        gone="Uppgiften {key} hämtas inte längre från något formulär.",
    ),
    "holders": _Map(
        key=lambda key, names: names.role(key),
        value=_from,
        said="Vem som är {key} bestäms nu av {value}.",
        gone="Vem som är {key} bestäms inte längre av något formulär.",
        weight=Weight.DECIDES,
    ),
    "held": _Map(
        key=lambda key, names: names.role(key),
        value=_from,
        said="Vem som är {key} visas nu i {value}.",
        gone="Vem som är {key} visas inte längre i något formulär.",
    ),
    "registers": _Map(
        key=lambda key, _: quoted(key),
        value=_from,
        said="Registret {key} fylls nu av {value}.",
        gone="Registret {key} fylls inte längre av något formulär.",
    ),
    "prefill": _Map(
        key=lambda key, names: names.reference(key),
        value=_from,
        said="Fältet {key} börjar nu med svaret från {value}.",
        gone="Fältet {key} börjar nu tomt.",
    ),
    "about": _Map(
        key=lambda key, names: names.form(key),
        value=_from,
        said="Ovanför {key} visas nu andra svar.",
        gone="Ovanför {key} visas inte längre några svar.",
    ),
}
"""By key of `model.json`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One of the maps, on both sides."""

    scribe: Scribe
    name: str
    old: Lexicon
    new: Lexicon


def references(one: Reference, before: Any, after: Any) -> Iterator[Change]:
    """Yield the entries of a map that are new, gone or lead elsewhere."""
    old, new = (side if isinstance(side, Mapping) else {} for side in (before, after))
    words = MAPS[one.name]
    for key in dict.fromkeys([*old, *new]):
        if told(old.get(key)) == told(new.get(key)):
            continue
        was = words.value(old[key], one.old) if key in old else ""
        now = words.value(new[key], one.new) if key in new else ""
        said = words.said if key in new else words.gone
        names = one.new if key in new else one.old
        what = What.CHANGED if key in old and key in new else What.ADDED if key in new else What.REMOVED
        sentence = said.format(key=words.key(key, names), value=now)
        sentence = sentence[:1].upper() + sentence[1:]
        element = f"{one.name}/{key}"
        yield one.scribe.row(element, sentence, what=what, weight=words.weight, before=was, after=now)
