"""What was typed in the rows of a scenario, and the steps of a file that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext

from app.designer.scenario_rows import FLAGS, HEAD, MAPPED, TEXTS, Row, Sheet, keys_by_name
from workflows.models.scenario import Verb
from workflows.models.strict_yaml import YamlRefused, read_lines

MOST_ROWS = 500
LONGEST = 20_000


class RowsRefused(Exception):
    """Fields that make no scenario; `errors` are sentences by the id of the field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(errors.values()))


def posted_sheet(form: Mapping[str, str]) -> Sheet:
    """Return what was typed."""
    numbers = sorted({int(part) for name in form if (part := _number(name)) is not None})[:MOST_ROWS]
    return Sheet(
        title=" ".join(form.get("title", "").split())[:300],
        start=form.get("start", "").strip()[:40],
        process=form.get("process", "").strip()[:80],
        head={name: form.get(name, "")[:LONGEST] for name in HEAD},
        rows=tuple(_posted_row(form, f"row-{number}-") for number in numbers),
    )


def _number(name: str) -> str | None:
    parts = name.split("-")
    return parts[1] if len(parts) == 3 and parts[0] == "row" and parts[1].isdecimal() and len(parts[1]) < 4 else None


def _posted_row(form: Mapping[str, str], prefix: str) -> Row:
    origin = form.get(prefix + "origin", "")
    return Row(
        verb=form.get(prefix + "verb", ""),
        subject=form.get(prefix + "subject", "").strip()[:400],
        answers=form.get(prefix + "answers", "")[:LONGEST],
        origin=int(origin) if origin.isdecimal() and len(origin) < 4 else None,
        item=form.get(prefix + "item", "").strip()[:80],
        at=form.get(prefix + "at", "").strip()[:400],
        by=form.get(prefix + "by", "").strip()[:120],
        mode=form.get(prefix + "mode", "").strip()[:40],
        note=form.get(prefix + "note", "").strip()[:400],
        every=bool(form.get(prefix + "every")),
        refused=bool(form.get(prefix + "refused")),
    )


def with_rows_changed(sheet: Sheet, form: Mapping[str, str]) -> Sheet:
    """Return the sheet with a row added, removed or moved, where a button asked for it."""
    rows = list(sheet.rows)
    action = next((name for name in ("_add", "_remove", "_up", "_down") if name in form), "")
    pressed = form.get(action, "")
    number = int(pressed) if pressed.isdecimal() and len(pressed) < 4 else len(rows)
    if action == "_add" and len(rows) < MOST_ROWS:
        rows.insert(number, Row())
    elif action == "_remove" and number < len(rows):
        del rows[number]
    elif action in ("_up", "_down"):
        other = number - 1 if action == "_up" else number + 1
        if number < len(rows) and 0 <= other < len(rows):
            rows[number], rows[other] = rows[other], rows[number]
    return replace(sheet, rows=tuple(rows))


def row_in_hand(form: Mapping[str, str]) -> int | None:
    """Return the row that a button was about, where it stands afterwards: the page is shown there again."""
    moves = {"_add": 0, "_remove": 0, "_up": -1, "_down": 1}
    action = next((name for name in moves if name in form), "")
    pressed = form.get(action, "")
    return max(0, int(pressed) + moves[action]) if pressed.isdecimal() and len(pressed) < 4 else None


def raw_of(sheet: Sheet, known: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return the scenario that the fields say. Raises RowsRefused with every field that cannot be read.

    `known` are the steps and gates that a row may name, each with what people call it, which may be typed as well.
    """
    errors: dict[str, str] = {}
    keys = keys_by_name(known)
    head = {name: _read(sheet.head[name], name, errors) for name in HEAD}
    steps = [_step(row, f"row-{number}", keys, errors) for number, row in enumerate(sheet.rows)]
    if not sheet.title:
        errors = {"title": gettext("Skriv i en mening vad scenariot visar"), **errors}
    if errors:
        raise RowsRefused(errors)
    whole = {"title": sheet.title, "process": sheet.process, "start": sheet.start, **head, "steps": steps}
    return {name: value for name, value in whole.items() if value or name == "steps"}


def _step(row: Row, where: str, keys: Mapping[str, str], errors: dict[str, str]) -> dict[str, Any]:
    if row.verb not in list(Verb):
        errors[f"{where}-verb"] = gettext("Välj vad raden gör")
        return {}
    verb = Verb(row.verb)
    answers = _read(row.answers, f"{where}-answers", errors)
    step: dict[str, Any] = {str(verb): _subject(verb, row.subject, answers, keys)}
    if step[verb] in ("", [], {}):
        field = "answers" if verb in MAPPED else "subject"
        errors.setdefault(f"{where}-{field}", gettext("Skriv vad det gäller"))
    step |= {name: getattr(row, name) for name in (*TEXTS, *FLAGS) if getattr(row, name)}
    if answers and verb not in MAPPED:
        step["with"] = answers
    return step


def _subject(verb: Verb, typed: str, answers: Mapping[str, Any], keys: Mapping[str, str]) -> Any:
    if verb in MAPPED:
        return dict(answers)
    if verb is Verb.CANCEL:
        return True
    if verb not in (Verb.DO, Verb.UNTIL, Verb.DECIDE):
        return typed
    if typed.casefold() in keys:
        return keys[typed.casefold()]
    parts = [keys.get(part.strip().casefold(), part.strip()) for part in typed.split(",") if part.strip()]
    return parts if verb is Verb.DO and len(parts) > 1 else typed


def _read(typed: str, where: str, errors: dict[str, str]) -> dict[str, Any]:
    try:
        return dict(read_lines(typed))
    except YamlRefused as refused:
        errors[where] = gettext("Skriv ett namn, kolon och ett värde på varje rad. %(why)s", why=str(refused))
        return {}


def origins_of(sheet: Sheet) -> list[int | None]:
    """Return which of the file's steps each row was."""
    return [row.origin for row in sheet.rows]
