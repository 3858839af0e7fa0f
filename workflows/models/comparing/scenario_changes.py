"""Scenarios: added, removed, and step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from forms.swedish import lower_first
from workflows.models.comparing.change import Area, Change, Scribe, Weight, What
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.reading import text, told, yaml_of
from workflows.models.comparing.scenario_values import answers_words, expected_words, fact_value
from workflows.models.comparing.scenario_words import scenario_step
from workflows.models.comparing.swedish import quoted, shown

MAX_STEPS = 400
"""Steps that are told one by one; ours have twenty."""

_USUAL = "_usual.yaml"
_WORDS = {"start": "startdagen ändrad", "process": "processen ändrad", "expect": "vad som väntas till sist ändrat"}


def compare_scenarios(path: str, before: Lexicon, after: Lexicon) -> Iterator[Change]:
    """Yield what differs in a scenario that both versions have. Raises Unread."""
    old, new = yaml_of(before.files[path]), yaml_of(after.files[path])
    title = scenario_title(path, new)
    scribe = Scribe(area=Area.SCENARIO, file=path, where=title)
    if path.endswith(_USUAL):
        yield from _usual(scribe, old, new, after)
        return
    if text(old.get("title")) != text(new.get("title")):
        was, now = shown(old.get("title")), shown(new.get("title"))
        sentence = f"Scenariot {quoted(was)} heter nu {quoted(now)}."
        yield scribe.row("title", sentence, weight=Weight.WORDING, before=was, after=now)
    yield from _heads(scribe, title, (old, before), (new, after))
    yield from _steps(scribe, title, _list(old), _list(new), after)


def scenario_title(path: str, raw: Mapping[str, Any]) -> str:
    """What people call a scenario."""
    if path.endswith(_USUAL):
        return "Vanliga svar"
    return text(raw.get("title")) or path.removeprefix("scenarios/").removesuffix(".yaml")


def _usual(scribe: Scribe, old: Mapping[str, Any], new: Mapping[str, Any], names: Lexicon) -> Iterator[Change]:
    for node in dict.fromkeys([*old, *new]):
        if told(old.get(node)) != told(new.get(node)) or (node in old) != (node in new):
            what = What.CHANGED if node in old and node in new else What.ADDED if node in new else What.REMOVED
            sentence = f"Scenariernas vanliga svar i {names.step(node)} är ändrade."
            before, after = (answers_words(node, side[node], names) if node in side else "" for side in (old, new))
            yield scribe.row(node, sentence, what=what, weight=Weight.PROOF, before=before, after=after)


def _heads(
    scribe: Scribe, title: str, old: tuple[Mapping[str, Any], Lexicon], new: tuple[Mapping[str, Any], Lexicon]
) -> Iterator[Change]:
    """Yield what differs in what a scenario says beside its steps: facts, roles, usual answers, what is expected."""
    was, now = (dict(_leaves(side)) for side, _ in (old, new))
    for path in dict.fromkeys([*was, *now]):
        if told(was.get(path)) == told(now.get(path)) and (path in was) == (path in now):
            continue
        about, after = _head(path, now[path], new[1]) if path in now else ("", "")
        gone, before = _head(path, was[path], old[1]) if path in was else ("", "")
        sentence = f"I scenariot {quoted(title)} är {about or gone}."
        yield scribe.row(".".join(path), sentence, weight=Weight.PROOF, before=before, after=after)


def _leaves(raw: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield what is told by itself: each fact, role and step's answers; other parts whole."""
    for part, value in raw.items():
        if part in ("title", "steps"):
            continue
        if part in ("facts", "roles", "usual") and isinstance(value, Mapping) and value:
            yield from (((part, key), inner) for key, inner in value.items())
        else:
            yield (part,), value


def _head(path: tuple[str, ...], value: Any, names: Lexicon) -> tuple[str, str]:
    """What a part is called, with what became of it, and its value in words."""
    match path:
        case ("facts", name):
            label, said = fact_value(name, value, names)
            return f"uppgiften {quoted(label)} ändrad", said
        case ("roles", role):
            return f"den som är {lower_first(names.roles.get(role) or role)} en annan", shown(value)
        case ("usual", step):
            return f"de vanliga svaren i {names.step(step)} ändrade", answers_words(step, value, names)
        case ("expect",):
            return _WORDS["expect"], expected_words(value, names)
        case ("process",):
            return _WORDS["process"], names.step(shown(value))
    return _WORDS.get(path[0], f"{quoted('.'.join(path))} ändrat"), shown(value)


def _said(steps: list[Any], names: Lexicon) -> str:
    return "; ".join(scenario_step(step, names) for step in steps)


def _steps(scribe: Scribe, title: str, old: list[Any], new: list[Any], names: Lexicon) -> Iterator[Change]:
    if max(len(old), len(new)) > MAX_STEPS:
        if told(old) != told(new):
            yield scribe.row("steps", f"I scenariot {quoted(title)} är stegen ändrade.", weight=Weight.PROOF)
        return
    matcher = SequenceMatcher(None, [told(step) for step in old], [told(step) for step in new], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        what = {"insert": What.ADDED, "delete": What.REMOVED}.get(kind, What.CHANGED)
        place = _span(start, end) if kind != "delete" else _span(first, last)
        turned = {"insert": "är nya", "delete": "togs bort"}.get(kind, "är ändrade")
        sentence = f"I scenariot {quoted(title)}: {place} {_one(turned, place)}."
        before, after = (_said(steps, names) for steps in (old[first:last], new[start:end]))
        yield scribe.row(place, sentence, what=what, weight=Weight.PROOF, before=before, after=after)


def _span(start: int, end: int) -> str:
    return f"steg {start + 1}" if end - start == 1 else f"steg {start + 1}–{end}"


def _one(turned: str, place: str) -> str:
    return turned if "–" in place else {"är nya": "är nytt", "är ändrade": "är ändrat"}.get(turned, turned)


def _list(raw: Mapping[str, Any]) -> list[Any]:
    steps = raw.get("steps")
    return steps if isinstance(steps, list) else [steps]
