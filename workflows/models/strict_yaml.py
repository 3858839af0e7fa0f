"""YAML from strangers: only what JSON can say. No aliases, tags or repeated keys; bounded in size and depth."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable
from datetime import date
from typing import Any

import yaml
from yaml.composer import Composer

MAX_BYTES = 200_000
"""A scenario written by hand is a hundredth of this."""

MAX_NODES = 20_000
"""Keys and values together; our longest scenario has 400."""

MAX_DEPTH = 12
"""Lists within mappings within lists; a step's answers go five deep."""


MAX_NUMBER = 2**53
"""Beyond this a number is not the same for every program that reads it."""


class YamlRefused(Exception):
    """The text is not YAML that we read; the message is Swedish and says where."""


def read_yaml(data: bytes) -> Any:
    """Return what the text says, as JSON values. Raises YamlRefused."""
    value = _read(data, _Loader)
    _require_json(value, "")
    return value


def read_lines(text: str) -> dict[str, Any]:
    """Return names and values as people type them, one a line: yes, no and days are text. Raises YamlRefused."""
    value = _read(text.encode(), _PlainLoader)
    _require_json(value, "")
    if value is not None and not isinstance(value, dict):
        raise YamlRefused("Det är inte namn och värden.")
    return value or {}


def _read(data: bytes, loader: type[_Loader]) -> Any:
    if len(data) > MAX_BYTES:
        raise YamlRefused(f"Filen är större än {MAX_BYTES // 1000} kB.")
    try:
        return loader(data.decode()).get_single_data()
    except UnicodeDecodeError as error:
        raise YamlRefused("Filen är inte text i UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        raise YamlRefused(_sentence(error)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise YamlRefused("Filen går inte att läsa som YAML.") from error


class _Loader(Composer, yaml.CSafeLoader):
    """Refuses what makes a small file large (aliases), deep, or ambiguous (a key twice).

    The text is taken apart by libyaml, which is several times faster; putting it together stays here, to be strict.
    """

    depth = nodes = 0

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise self._refusal("Alias (*) används inte här.")
        self.depth += 1
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self._refusal(f"Filen har fler än {MAX_NODES} värden.")
        if self.depth > MAX_DEPTH:
            raise self._refusal("För många nivåer.")
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            raise yaml.MarkedYAMLError(problem="En nyckel står två gånger.", problem_mark=node.start_mark)
        return mapping

    def _refusal(self, problem: str) -> yaml.MarkedYAMLError:
        mark: Any = getattr(self.peek_event(), "start_mark", None)
        return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


class _PlainLoader(_Loader):
    """Takes only true, false, null and numbers for anything else than text."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf"))


def _sentence(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark
    where = f"Rad {mark.line + 1}: " if mark is not None else ""
    problem = error.problem or "något saknas"
    return where + (problem if problem.endswith(".") else f"Går inte att läsa som YAML ({problem}).")


def _require_json(value: Any, where: str) -> None:
    """Raise YamlRefused for what YAML knows and JSON does not; dates are what people stumble on."""
    place = where.strip("/") or "filen"
    match value:
        case dict():
            for key, inner in value.items():
                if not isinstance(key, str):
                    raise YamlRefused(f"{place}: nyckeln {key!r} ska stå inom citattecken.")
                _require_json(inner, f"{where}/{key}")
        case list():
            for number, inner in enumerate(value, 1):
                _require_json(inner, f"{where}/{number}")
        case date():
            raise YamlRefused(f'{place}: skriv dagen inom citattecken: "{value}".')
        case float() if not math.isfinite(value):
            raise YamlRefused(f"{place}: talet har inget slut.")
        case int() if abs(value) > MAX_NUMBER:
            raise YamlRefused(f"{place}: talet är för stort.")
        case str() | bool() | int() | float() | None:
            pass
        case _:
            raise YamlRefused(f"{place}: {type(value).__name__} används inte här.")
