"""What a scenario checks to be waiting, as fields: which step, for whom, of which gate, in which round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from app.designer.row_asks import Ask, AskKind, Kept, Part, Raw, Typed, select, slots, text
from app.designer.row_options import Known
from app.designer.scenario_open_words import detail
from workflows.models.expecting import as_mapping


def none(label: str) -> tuple[tuple[str, str], ...]:
    """Return the option that says nothing."""
    return (("", label),)


def lines(form: Mapping[str, str], key: str, said: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Yield the lines of a list with what the file says there, None for a new one."""
    for number in range(slots(form, key, len(said))):
        yield number, said[number] if number < len(said) else None


def _open_key(expect: Raw) -> str:
    return "open" if "open" in expect else "open_has" if "open_has" in expect else ""


def open_part(known: Known, expect: Raw, form: Mapping[str, str]) -> Part:
    """Return the fields: whether exactly these wait, and a line for each."""
    key = _open_key(expect)
    entries = [as_mapping(one) for one in expect.get(key) or ()]
    ways = (
        ("", gettext("Kontrolleras inte")),
        ("open", gettext("Precis det här väntar, och inget annat")),
        ("open_has", gettext("Det här väntar, vad mer som än väntar")),
    )
    kept: list[Kept] = []
    if key == "open" and "open_has" in expect:
        kept.append(Kept(name="drop-open_has", words=gettext("att vissa andra steg väntar")))
    for number, entry in enumerate(entries):
        more = [
            said for name, value in entry.items() if name not in _ENTRY and (said := detail(known.names, name, value))
        ]
        if more:
            words = gettext("%(step)s: %(more)s", step=known.names.element(entry["node"]), more=", ".join(more))
            kept.append(Kept(name=f"drop-open-{number}", words=words))
    return Part(
        key="open",
        title=gettext("Väntar på"),
        hint=gettext(
            "Välj steget i listan. Beslut står som ”Beslut:” och den som beslutar. Töm en rad för att ta bort den."
        ),
        asks=(select("open_way", gettext("Vad som kontrolleras"), ways, key),),
        entries=tuple(tuple(_entry(known, number, entry or {})) for number, entry in lines(form, "open", entries)),
        kept=tuple(kept),
        folded=True,
        says=bool(key),
    )


_ENTRY = ("node", "item", "by", "gate", "round")


def _entry(known: Known, number: int, entry: Raw) -> Iterator[Ask]:
    at = f"open-{number}"
    yield select(f"{at}-node", gettext("Steg"), (*none(gettext("Inget")), *known.steps()), entry.get("node", ""))
    if known.items or entry.get("item"):
        yield select(
            f"{at}-item", gettext("Vilken"), (*none(gettext("Sägs inte")), *known.several()), entry.get("item", "")
        )
    yield select(
        f"{at}-by", gettext("Görs av"), (*none(gettext("Kontrolleras inte")), *known.holders()), entry.get("by", "")
    )
    if not entry or {"gate", "round"} & set(entry) or known.in_gate(entry["node"]):
        gates = (*none(gettext("Kontrolleras inte")), *known.gates())
        yield select(f"{at}-gate", gettext("Inför"), gates, entry.get("gate", ""))
        yield text(f"{at}-round", gettext("Omgång"), entry.get("round"), kind=AskKind.NUMBER)


def read_open(known: Known, expect: Raw, part: Part, typed: Typed) -> dict[str, Any]:
    """Return what shall wait."""
    dropped = typed.drops(part.kept)
    way = typed.choice(part.asks[0], gettext("Välj vad som kontrolleras"))
    said = [*(expect.get(_open_key(expect)) or ())]
    rest = {"open_has": expect["open_has"]} if {"open", "open_has"} <= set(expect) else {}
    rest = {} if "drop-open_has" in dropped or way == "open_has" else rest
    entries = [
        _read_entry(entry, said[number] if number < len(said) else {}, number, typed, f"drop-open-{number}" in dropped)
        for number, entry in enumerate(part.entries)
    ]
    found = [entry for entry in entries if entry]
    if not way:
        if found and found != said:
            typed.errors["open_way"] = gettext("Välj vad som kontrolleras, eller töm raderna under")
        return rest
    if way == "open_has" and not found:
        typed.errors["open-0-node"] = gettext("Välj minst ett steg som ska vänta")
    return {way: found, **rest}


def _read_entry(asks: tuple[Ask, ...], old: Any, number: int, typed: Typed, drop: bool) -> Any:
    """Return an entry; one that says the same as before stays as it was written."""
    before = as_mapping(old) if old else {}
    found: dict[str, Any] = {}
    for ask in asks:
        name = ask.name.rpartition("-")[2]
        if name == "round":
            value: Any = typed.number(ask.name, gettext("Skriv omgången med en siffra"))
        else:
            value = typed.choice(
                ask,
                gettext("Välj ett steg som modellen har") if name == "node" else gettext("Välj något som modellen har"),
            )
        if value not in ("", None):
            found[name] = value
    if "node" not in found:
        if found and f"open-{number}-node" not in typed.errors:
            typed.errors[f"open-{number}-node"] = gettext("Välj vilket steg som ska vänta")
        return None
    if found["node"] == before.get("node") and not drop:
        found |= {name: value for name, value in before.items() if name not in _ENTRY}
    if found == dict(before):
        return old
    short = set(found) <= {"node", "item"}
    return (found["node"] + (f"[{found['item']}]" if "item" in found else "")) if short else found
