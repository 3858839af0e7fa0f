"""Scenarios: added, removed, and step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from workflows.models.comparing.change import Area, Change, Scribe, Weight, What
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.pairing import differing
from workflows.models.comparing.reading import flat, text, told, yaml_of
from workflows.models.comparing.scenario_words import scenario_step
from workflows.models.comparing.swedish import quoted, shown

MAX_STEPS = 400
"""Steps that are told one by one; ours have twenty."""

_USUAL = "_usual.yaml"
_WORDS = {
    "facts": "projektets uppgifter",
    "roles": "rollerna",
    "usual": "de vanliga svaren",
    "expect": "vad som väntas till sist",
    "start": "startdagen",
    "process": "processen",
}


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
    leave = frozenset({"title", "steps"})
    for name, was, now in differing(flat(old, leave=leave), flat(new, leave=leave)):
        part = _WORDS.get(name.partition(".")[0], quoted(name))
        sentence = f"I scenariot {quoted(title)} är {part} ändrade."
        yield scribe.row(name, sentence, weight=Weight.PROOF, before=shown(was), after=shown(now))
    for name in sorted(_empty(old) ^ _empty(new)):
        sentence = f"I scenariot {quoted(title)} är {quoted(name)} ändrat till eller från tomt."
        yield scribe.row(name, sentence, weight=Weight.PROOF)
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
            before, after = shown(old.get(node)), shown(new.get(node))
            yield scribe.row(node, sentence, what=what, weight=Weight.PROOF, before=before, after=after)


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


def _empty(raw: Mapping[str, Any], prefix: str = "") -> set[str]:
    """The paths whose value says nothing: an empty list is expected, and no expectation is another thing."""
    found: set[str] = set()
    for key, value in raw.items():
        if isinstance(value, Mapping) and value:
            found |= _empty(value, f"{prefix}{key}.")
        elif value in (None, "", []) or value == {}:
            found.add(prefix + key)
    return found
