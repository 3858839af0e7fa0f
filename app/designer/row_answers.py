"""The answers of a scenario's row as the step's own fields, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from app.designer.row_asks import Ask, AskKind, Kept, Part, Raw, Typed, select, text
from app.designer.row_options import Known
from forms.checklist import Item
from forms.tree import Field, FieldType, Moment, keyed

PREFIX = "answer-"
SAID = "="
"""Before a value in a select, so that an empty answer is not taken for none."""
NONE = "!"

_MOMENTS = {Moment.DATE: AskKind.DATE, Moment.TIME: AskKind.TIME}


def answer_parts(known: Known, node: str, said: Raw) -> tuple[Part, ...]:
    """Return the questions of a step: those that steer the way first, the others folded."""
    task = known.task(node)
    if task is None:
        return ()
    usual = known.scenario.usual.get(node, {})
    asks = dict(_asks(known, node, said, usual))
    steering = known.bundle.executable.named.get(task.variable, frozenset())
    first = tuple(ask for name, ask in asks.items() if name in steering or name in said)
    rest = tuple(ask for name, ask in asks.items() if name not in steering and name not in said)
    kept = tuple(
        Kept(name=f"drop-{PREFIX}{name}", words=known.names.answers(task.variable, {name: value}))
        for name, value in said.items()
        if name not in asks
    )
    hint = (
        gettext("Det du lämnar orört besvaras som vanligt.")
        if first
        else gettext("Inga svar här styr vart projektet går.")
    )
    parts = [Part(key="answers", title=gettext("Svar"), hint=hint, asks=first, kept=kept)]
    if rest:
        words = gettext("De här svaren styr inte vart projektet går.")
        parts.append(Part(key="others", title=gettext("Fler svar"), hint=words, asks=rest, folded=True))
    return tuple(parts)


def read_answers(known: Known, node: str, said: Raw, typed: Typed) -> dict[str, Any]:
    """Return the answers that were given; what has no field stays unless it was dropped."""
    parts = answer_parts(known, node, said)
    dropped = typed.drops(kept for part in parts for kept in part.kept)
    asks = {ask.name.removeprefix(PREFIX): ask for part in parts for ask in part.asks}
    found = {name: value for name, value in said.items() if name not in asks and f"drop-{PREFIX}{name}" not in dropped}
    for name, ask in asks.items():
        if ask.name not in typed.form:
            continue
        if typed.form[ask.name] == ask.value:
            found |= {name: said[name]} if name in said else {}
            continue
        value = _read(ask, typed)
        if value is not None:
            found[name] = value[0]
    return {
        name: found[name]
        for name in (*(one for one in said if one in found), *(one for one in found if one not in said))
    }


def _read(ask: Ask, typed: Typed) -> tuple[Any] | None:
    """Return a value that was given, None for none."""
    match ask.kind:
        case AskKind.SELECT:
            chosen = typed.choice(ask, gettext("Välj ett svar som frågan har"))
            if chosen == NONE:
                return (None,)
            return (_value(ask, chosen.removeprefix(SAID)),) if chosen else None
        case AskKind.NUMBER:
            number = typed.number(ask.name, gettext("Skriv svaret med siffror"))
            return (number,) if number is not None else None
        case AskKind.DATE:
            return (day,) if (day := typed.day(ask.name)) else None
        case _:
            return (words,) if (words := typed.lines(ask.name)) else None


def _value(ask: Ask, chosen: str) -> Any:
    """Return what a choice stands for: of a box, true or false."""
    boxed = {f"{SAID}true", f"{SAID}false"} <= {key for key, _ in ask.options}
    return chosen == "true" if boxed else chosen


def _asks(known: Known, node: str, said: Raw, usual: Mapping[str, Any]) -> Iterator[tuple[str, Ask]]:
    task = known.task(node)
    key = task.form if task is not None else None
    checklist, form = known.bundle.checklists.get(key or ""), known.bundle.forms.get(key or "")
    for item in checklist.items if checklist is not None else ():
        if _fits(said.get(item.id), item.answer.chosen):
            yield item.id, _question(item, said, usual)
    for field in keyed(form.nodes) if form is not None else ():
        if isinstance(field, Field) and field.type is not FieldType.COMPUTED and not field.many:
            chosen = bool(field.options.values) or field.type is FieldType.CHECKBOX
            if _fits(said.get(field.key), chosen):
                yield field.key, _field(field, said, usual)


def _fits(value: Any, chosen: bool) -> bool:
    """Tell whether a value can stand in a field; in one that is typed nothing that is no text or number can."""
    return isinstance(value, str | bool | None) if chosen else value is None or type(value) in (str, int, float)


def _question(item: Item, said: Raw, usual: Mapping[str, Any]) -> Ask:
    words = (("yes", gettext("Ja")), ("no", gettext("Nej")), ("not_applicable", gettext("Gäller inte")))
    label = item.question.sv
    if item.answer.chosen:
        return _chosen(item.id, label, words, said, usual)
    kind = {"number": AskKind.NUMBER, "date": AskKind.DATE}.get(str(item.answer), AskKind.TEXT)
    return _open(item.id, label, kind, said, usual)


def _field(field: Field, said: Raw, usual: Mapping[str, Any]) -> Ask:
    label = field.label.sv or gettext("Ett fält utan namn")
    if field.type is FieldType.CHECKBOX:
        return _chosen(field.key, label, (("true", gettext("Ja")), ("false", gettext("Nej"))), said, usual)
    if field.options.values:
        return _chosen(field.key, label, tuple((one.value, one.label.sv) for one in field.options.values), said, usual)
    kind = AskKind.TEXT
    if field.type is FieldType.NUMBER:
        kind = AskKind.NUMBER
        label = f"{label} ({field.unit})" if field.unit else label
    elif field.type is FieldType.DATETIME:
        kind = _MOMENTS.get(field.moment, AskKind.TEXT)
    elif field.type is FieldType.TEXTAREA:
        kind = AskKind.AREA
    return _open(field.key, label, kind, said, usual)


def _chosen(name: str, label: str, values: tuple[tuple[str, str], ...], said: Raw, usual: Mapping[str, Any]) -> Ask:
    words = {_spelt(value): word for value, word in values}
    as_usual = words.get(_spelt(usual.get(name)), "")
    first = gettext("Som vanligt: %(answer)s", answer=as_usual) if as_usual else gettext("Inget svar")
    options = [("", first), *((SAID + value, word) for value, word in values)]
    if as_usual or (name in said and said[name] is None):
        options.append((NONE, gettext("Inget svar")))
    value = "" if name not in said else NONE if said[name] is None else SAID + _spelt(said[name])
    return select(PREFIX + name, label, options, value)


def _spelt(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _open(name: str, label: str, kind: AskKind, said: Raw, usual: Mapping[str, Any]) -> Ask:
    value = said.get(name)
    shown = "" if value is None else f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
    hint = gettext("Som vanligt: %(answer)s", answer=usual[name]) if usual.get(name) not in (None, "") else ""
    return text(PREFIX + name, label, shown, hint, kind)
