"""Writes scenarios as YAML, and rewrites one so that what was not changed stays as it was written, comments included.

PyYAML reads no comments. So a change exchanges the lines of the keys and steps that it concerns, and no others; a
comment above a step goes where the step goes. A file in which steps do not stand on lines of their own is written
anew as a whole, and loses its comments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from workflows.models.strict_yaml import YamlRefused, read_yaml

Raw = Mapping[str, Any]

ORDER = ("title", "process", "start", "facts", "roles", "usual", "steps", "expect")
"""How the keys of a scenario follow one another."""

_COMMENT = re.compile(r"\s+#.*$")


class _Dumper(yaml.SafeDumper):
    """Puts texts that YAML would take for something else in double quotes, as the shipped scenarios do."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    resolve: Callable[..., str] = dumper.resolve
    plain = resolve(yaml.ScalarNode, value, (True, False)) == "tag:yaml.org,2002:str"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain and "\n" not in value else '"')


_Dumper.add_representer(str, _text)


def write_scenario(raw: Raw) -> str:
    """Return a scenario as its file says it, keys in their usual order."""
    return "".join(_key(name, raw[name]) for name in ORDER if name in raw)


def rewrite_scenario(text: str, wanted: Raw, origins: Sequence[int | None]) -> str:
    """Return `text` with what `wanted` says otherwise; what it says the same stays as it is written.

    `origins` tells for each of the wanted steps which of the old ones (from 0) it was, None for a new one.
    """
    old = read_yaml(text.encode())
    sections = _sections(text)
    if sections is None or not isinstance(old, Mapping):
        return write_scenario(wanted)
    new = "".join(_rewritten(sections, old, wanted, origins))
    return new if _says(new, wanted) else write_scenario(wanted)


def rewrite_usual(text: str, wanted: Raw) -> str:
    """Return usual answers as a file; what `text` says the same stays as it is written, new ones come last."""
    old = read_yaml(text.encode()) if text.strip() else {}
    sections = _sections(text) if old else []
    if sections is None or not isinstance(old, Mapping):
        return "".join(_key(name, value) for name, value in wanted.items())
    parts: list[str] = []
    for section in sections:
        if section.name:
            kept = section.name in wanted
            same = kept and old[section.name] == wanted[section.name]
            body = section.body if same else _key(section.name, wanted[section.name]) if kept else ""
            parts.append(section.before + body)
    new = [_key(name, value) for name, value in wanted.items() if name not in (old or {})]
    return "".join([*parts, *new, *(section.before for section in sections if not section.name)])


def _says(text: str, wanted: Raw) -> bool:
    """Tell whether a text is read as what was wanted."""
    try:
        return bool(read_yaml(text.encode()) == wanted)
    except YamlRefused:
        return False


def write_step(step: Raw) -> str:
    """Return a step as an entry of a list: its verb first, answers last, a key a line."""
    names = sorted(step, key=lambda name: (name == "with", _STEP.index(name) if name in _STEP else len(_STEP)))
    return "- " + "\n  ".join(f"{name}: {write_value(step[name])}" for name in names) + "\n"


_STEP = ("do", "until", "decide", "wait", "send", "facts", "cancel", "expect", "at", "item", "by", "mode")


def write_value(value: Any) -> str:
    """Return a value on one line."""
    dumped = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return dumped.removesuffix("\n").removesuffix("\n...").rstrip()


def _key(name: str, value: Any) -> str:
    if name == "steps":
        return "steps:\n" + "".join(map(write_step, value)) if value else "steps: []\n"
    return f"{name}: {write_value(value)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """The lines of one key of the file; `before` are the comments above it. `steps` are those of the list of steps."""

    name: str
    before: str
    body: str
    steps: tuple[_Step, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """The lines of a step, with the comments above it."""

    before: str
    body: str


def _rewritten(sections: Sequence[_Section], old: Raw, wanted: Raw, origins: Sequence[int | None]) -> Iterator[str]:
    """Yield the file's parts; a new key comes before the first of those that usually follow it."""
    new = [name for name in ORDER if name in wanted and name not in old]
    for section in sections:
        while section.name and new and ORDER.index(new[0]) < _place(section.name):
            yield _key(new[0], wanted[new.pop(0)])
        if not section.name:
            yield from (_key(name, wanted[name]) for name in new)
            new = []
            yield section.before
        elif section.name not in wanted:
            yield section.before
        elif section.name == "steps" and section.steps is not None:
            yield section.before + _steps(section, old["steps"], wanted["steps"], origins)
        elif old[section.name] == wanted[section.name]:
            yield section.before + section.body
        else:
            yield section.before + _key(section.name, wanted[section.name])


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _steps(section: _Section, old: Sequence[Raw], wanted: Sequence[Raw], origins: Sequence[int | None]) -> str:
    assert section.steps is not None
    if not wanted:
        return _key("steps", [])
    parts = [section.body if section.steps else "steps:\n"]
    for step, origin in zip(wanted, origins, strict=True):
        if origin is None or not 0 <= origin < len(section.steps):
            parts.append(write_step(step))
            continue
        known = section.steps[origin]
        same = old[origin] == step
        parts.append(known.before + (known.body if same else _with_comments(known.body, write_step(step))))
    return "".join(parts)


def _with_comments(old: str, new: str) -> str:
    """Return a new step with the comments at the ends of the old one's lines, where they are comments for sure."""
    bare = [_COMMENT.sub("", line) for line in old.splitlines()]
    said = [line[len(short) :].strip() for line, short in zip(old.splitlines(), bare, strict=True) if line != short]
    if not said or yaml.safe_load(old) != yaml.safe_load("\n".join(bare)):
        return new
    first, _, rest = new.partition("\n")
    return f"{first}  {' '.join(said)}\n{rest}"


def _sections(text: str) -> list[_Section] | None:
    """Return the keys of a file with their lines, the end of the file last; None when they share lines."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = [key.start_mark.line for key, _ in root.value]
    sections, before = [], "".join(lines[: starts[0]])
    for (key, value), start, end in zip(root.value, starts, [*starts[1:], len(lines)], strict=True):
        body, after = _without_tail(lines[start:end])
        steps = _step_lines(value, body, start) if key.value == "steps" else None
        if key.value == "steps" and steps is None:
            return None
        if steps:
            body = body[: value.value[0].start_mark.line - start - steps[0].before.count("\n")]
        sections.append(_Section(name=key.value, before=before, body="".join(body), steps=steps))
        before = "".join(after)
    return [*sections, _Section(name="", before=before, body="")]


def _step_lines(value: yaml.Node, body: Sequence[str], offset: int) -> tuple[_Step, ...] | None:
    """Return the lines of each step; None when they do not begin lines of their own."""
    if not isinstance(value, yaml.SequenceNode) or (value.flow_style and value.value):
        return None
    starts = [item.start_mark.line - offset for item in value.value]
    if any(not body[start].startswith("-") for start in starts) or len(set(starts)) < len(starts):
        return None
    steps, before = [], "".join(body[1 : starts[0]]) if starts else ""
    for start, end in zip(starts, [*starts[1:], len(body)], strict=False):
        own, after = _without_tail(body[start:end])
        steps.append(_Step(before=before, body="".join(own)))
        before = "".join(after)
    return tuple(steps)


def _without_tail(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part lines from the comments and empty lines at their end."""
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return list(lines[:end]), list(lines[end:])
