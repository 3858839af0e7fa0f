"""Facts in a scenario's row, or at its beginning, as fields: only those that are said are changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext

from app.designer.row_asks import Ask, AskKind, Kept, Part, Raw, Typed, select, text
from app.designer.row_options import Known
from app.designer.scenario_told import begun
from app.designer.try_facts import FactField, fact_fields, in_unit

PREFIX = "fact-"
_NUMBERED = re.compile(r"([A-Za-z]+)(\d+)")


def facts_part(known: Known, said: Raw, *, unsaid: str = "") -> Part:
    """Return a field for each fact; `unsaid` is what an unused one is called."""
    unsaid = unsaid or gettext("Ändras inte")
    fields = fact_fields(known.bundle.model, said)
    asks = tuple(_ask(known, one, said, unsaid) for one in fields if _fits(one, said))
    shown = {ask.name.removeprefix(PREFIX) for ask in asks}
    kept = tuple(Kept(name=f"drop-{PREFIX}{name}", words=known.names.fact(name)) for name in said if name not in shown)
    hint = gettext("Fyll bara i det som ska gälla.")
    return Part(key="facts", title=gettext("Fakta om projektet"), hint=hint, asks=asks, kept=kept)


def read_facts(known: Known, said: Raw, typed: Typed, *, required: bool = True) -> dict[str, Any]:
    """Return the facts that were said."""
    part = facts_part(known, said)
    dropped = typed.drops(part.kept)
    fields = {one.key: one for one in fact_fields(known.bundle.model, said)}
    asks = {ask.name.removeprefix(PREFIX): ask for ask in part.asks}
    found = {name: value for name, value in said.items() if name not in asks and f"drop-{PREFIX}{name}" not in dropped}
    for name, ask in asks.items():
        found |= dict(_read(fields[name], ask, said, typed))
    if required and not found and not typed.errors:
        typed.errors[next(iter(asks.values())).name] = gettext("Välj minst ett faktum som ändras")
    order = [*said, *(name for name in found if name not in said)]
    return {name: found[name] for name in order if name in found}


def _fits(one: FactField, said: Raw) -> bool:
    """Tell whether what a file says of a fact can stand in its field."""
    if one.key not in said:
        return True
    value = said[one.key]
    match one.kind:
        case "check":
            return isinstance(value, bool)
        case "list":
            return isinstance(value, list) and _numbers(value) is not None
        case "number":
            return type(value) in (int, float)
        case _:
            return isinstance(value, str)


def _ask(known: Known, one: FactField, said: Raw, unsaid: str) -> Ask:
    name, is_said = PREFIX + one.key, one.key in said
    label = in_unit(begun(known.names.fact(one.key).strip("”")), one.key)
    match one.kind:
        case "check":
            options = (("", unsaid), ("true", gettext("Ja")), ("false", gettext("Nej")))
            return select(name, label, options, {True: "true", False: "false"}[said[one.key]] if is_said else "")
        case "choice":
            return select(name, label, (("", unsaid), *one.options), said.get(one.key, ""))
        case "list":
            numbers = _numbers(said[one.key]) if is_said else None
            value = "" if numbers is None else ", ".join(map(str, numbers)) or "0"
            hint = gettext("Nummer med komma emellan, till exempel 1, 2, 3. Skriv 0 för inga.")
            return text(name, label, value, hint)
        case _:
            shown = f"{said[one.key]:,}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",") if is_said else ""
            return text(name, label, shown, kind=AskKind.NUMBER)


def _numbers(keys: list[Any]) -> list[int] | None:
    """Return the numbers of a register's keys (m1, m2); None where they are called something else."""
    found = [_NUMBERED.fullmatch(key) if isinstance(key, str) else None for key in keys]
    return [int(one[2]) for one in found if one is not None] if all(found) else None


def _read(one: FactField, ask: Ask, said: Raw, typed: Typed) -> Iterator[tuple[str, Any]]:
    if typed.form.get(ask.name, "") == ask.value:
        if one.key in said:
            yield one.key, said[one.key]
        return
    match one.kind:
        case "check" | "choice":
            value: Any = typed.choice(ask, gettext("Välj ett av alternativen"))
            if value:
                yield one.key, value == "true" if one.kind == "check" else value
        case "list":
            if (words := typed.words(ask.name)) and (keys := _keys(one.key, words)) is not None:
                yield one.key, keys
            elif words:
                typed.errors[ask.name] = gettext("Skriv nummer med komma emellan, till exempel 1, 2, 3")
        case _:
            number = typed.number(ask.name, gettext("Skriv värdet med siffror"))
            if number is not None:
                yield one.key, number


def _keys(register: str, words: str) -> list[str] | None:
    parts = [part for part in words.replace(",", " ").split() if part]
    if not all(part.isdecimal() and len(part) < 3 for part in parts):
        return None
    return [f"{register[0]}{int(part)}" for part in dict.fromkeys(parts) if int(part)]
