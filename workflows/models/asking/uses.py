"""Where a question, a checklist or a form is named elsewhere in its model, in words; diagrams may be half drawn."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflows.models.asking.reading import content_of
from workflows.models.comparing.feel_words import condition_words
from workflows.models.comparing.lexicon import Lexicon

_TASK = re.compile(r"<(?:[\w.-]+:)?(userTask|task)\b([^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LEAF = re.compile(r">([^<>]+)<")
_TITLE = re.compile(r"^title:\s*(.+)$", re.MULTILINE)


class UseKind(StrEnum):
    """What names it: only a scenario may be left behind, it tells of its own when it is run."""

    STEP = "step"
    MODEL = "model"
    EXPRESSION = "expression"
    SCENARIO = "scenario"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place: `words` complete "Används i …"."""

    kind: UseKind
    words: str


def steps_showing(files: Mapping[str, bytes]) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the steps by the form or checklist that they show."""
    found: dict[str, list[str]] = {}
    for path in sorted(path for path in files if path.endswith(".bpmn")):
        own: dict[str, str] = {}
        for tag in _TASK.finditer(_text(files[path])):
            said = _attributes(tag[2])
            if tag[1] == "userTask":
                own = said
            elif form := said.get("form"):
                found.setdefault(form, []).append(own.get("name") or own.get("id", ""))
    return {form: tuple(dict.fromkeys(names)) for form, names in found.items()}


def uses_of(files: Mapping[str, bytes], key: str) -> tuple[Use, ...]:
    """Return where a form or checklist is used."""
    steps = (Use(kind=UseKind.STEP, words=f"steget ”{name}”") for name in steps_showing(files).get(key, ()))
    named = re.compile(rf"{re.escape(key)}(\.|$)")
    model = _in_model(files, lambda value: named.match(value) is not None)
    expressions = _in_expressions(files, re.compile(rf"(?<![\w.\"']){re.escape(key)}\.\w"), but=key)
    scenarios = _in_scenarios(files, re.compile(rf"(?<![\w]){re.escape(key)}(?![\w])"))
    return (*steps, *model, *expressions, *scenarios)


def uses_of_question(files: Mapping[str, bytes], key: str, id: str) -> tuple[Use, ...]:
    """Return where one question of a checklist is used."""
    model = _in_model(files, lambda value: value == f"{key}.{id}")
    expressions = _in_expressions(files, re.compile(rf"\w\.{re.escape(id)}(?!\w)"), but="")
    scenarios = _in_scenarios(files, re.compile(rf"(?<!\w){re.escape(id)}(?!\w)"))
    return (*model, *expressions, *scenarios)


_PLACES = {
    "phases": "fasen",
    "gates": "beslutspunkten",
    "documents": "dokumentet",
    "about": "det som läses före",
    "prefill": "förifyllda svar i",
    "facts": "projektets fakta",
    "subject": "projektets uppgifter",
    "registers": "registret",
    "holders": "rollen",
    "held": "rollen",
    "money": "projektets siffror, rad",
    "risks": "projektets risker, rad",
    "start_form": "modellens första formulär",
}


def _in_model(files: Mapping[str, bytes], wanted: Any) -> Iterator[Use]:
    """Yield the places of `model.json` that name it, as a key or as a value."""
    model = content_of(files.get("model.json", b"{}"))
    for part, words in _PLACES.items():
        content = model.get(part) if isinstance(model, dict) else None
        entries = (
            content.items()
            if isinstance(content, dict)
            else enumerate(content if isinstance(content, list) else [content], 1)
        )
        for name, entry in entries:
            if any(isinstance(text, str) and wanted(text) for text in (name, *_strings(entry))):
                yield Use(kind=UseKind.MODEL, words=f"{words} {_called(name, entry)}".strip())


def _called(name: Any, entry: Any) -> str:
    """Return what people call an entry of `model.json`."""
    label = entry.get("label") if isinstance(entry, dict) else None
    if isinstance(label, dict) and label.get("sv"):
        return f"”{label['sv']}”"
    return "" if entry is None or (isinstance(entry, str) and isinstance(name, int)) else str(name)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for entry in value:
                yield from _strings(entry)
        case dict():
            for name, entry in value.items():
                if name not in {"label", "statement", "question", "short"}:
                    yield from _strings(entry)


def _in_expressions(files: Mapping[str, bytes], wanted: re.Pattern[str], *, but: str) -> Iterator[Use]:
    """Yield the expressions of diagrams, tables, forms and checklists that read it."""
    for path in sorted(files):
        if path.endswith((".bpmn", ".dmn")):
            leaves = (html.unescape(leaf[1]).strip() for leaf in _LEAF.finditer(_text(files[path])))
            where = "diagrammet" if path.endswith(".bpmn") else "beslutstabellen"
            for leaf in dict.fromkeys(leaf for leaf in leaves if wanted.search(leaf)):
                yield Use(kind=UseKind.EXPRESSION, words=f"{where} {path}: {leaf}")
        elif path.startswith("forms/") and path.split("/")[1].split(".")[0] != but:
            yield from _in_form(path, files, wanted)


def _in_form(path: str, files: Mapping[str, bytes], wanted: re.Pattern[str]) -> Iterator[Use]:
    key, names = path.split("/")[1].split(".")[0], Lexicon(files=files)
    for item, text in _conditions(content_of(files[path]), ""):
        if wanted.search(text):
            field = names.fields.get(key, {}).get(item)
            is_question = path.endswith(".checklist.json")
            called = f"frågan {item}" if is_question else f"”{field.label}”" if field else item or "texten"
            title = names.titles.get(key, key)
            words = condition_words(text, names, form=key)
            yield Use(kind=UseKind.EXPRESSION, words=f"villkoret för {called} i {title}: när {words}")


def _conditions(value: Any, item: str) -> Iterator[tuple[str, str]]:
    """Yield the expressions below with the question or field they stand at."""
    if isinstance(value, list):
        for entry in value:
            yield from _conditions(entry, item)
    if isinstance(value, dict):
        item = next((v for name in ("key", "path", "id") if isinstance(v := value.get(name), str) and v), item)
        for name, entry in value.items():
            if isinstance(entry, str) and (entry.startswith("=") or name in {"condition", "text"}):
                yield item, entry
            elif isinstance(entry, dict | list):
                yield from _conditions(entry, item)


def _in_scenarios(files: Mapping[str, bytes], wanted: re.Pattern[str]) -> Iterator[Use]:
    for path in sorted(files):
        text = _text(files[path]) if path.startswith("scenarios/") else ""
        if wanted.search(text):
            title = _TITLE.search(text)
            yield Use(
                kind=UseKind.SCENARIO,
                words=f"provet ”{title[1].strip()}”" if title else f"provens vanliga svar ({path})",
            )


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(text)}


def _text(data: bytes) -> str:
    return data.decode(errors="replace")
