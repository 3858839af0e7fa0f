"""Simple conditions of other engines said in FEEL: JUEL (`${amount > 100}`), Python (SpiffArena) and FEEL itself.

Comparisons, and/or/not and arithmetic look nearly the same in all three, so one small reader knows their words. What
calls functions or methods is not understood here, and is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LONGEST = 500
DEEPEST = 12

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"[^"\\\n]*"|'[^'\\\n]*')|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"""
    r"""|(?P<sign>==|!=|<>|<=|>=|&&|\|\||[=<>!+\-*/()]))""",
    re.ASCII,
)
COMPARE = {"==": "=", "=": "=", "eq": "=", "is": "=", "!=": "!=", "<>": "!=", "ne": "!="} | {
    **{sign: sign for sign in ("<", ">", "<=", ">=")},
    **{"lt": "<", "gt": ">", "le": "<=", "ge": ">="},
}
_CONSTANTS = {"true": True, "True": True, "false": False, "False": False, "null": None, "None": None}
_GETTER = re.compile(r"""(?:execution\.)?getVariable\(\s*['"](\w+)['"]\s*\)""")
_EQUALS = re.compile(r"([\w.]+)\.equals\(([^()]*)\)")


class NotUnderstood(Exception):
    """An expression says more than a simple comparison does. An inner signal."""


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or a part of one."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, a number, true, false or nothing."""

    value: str | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Operation:
    """`=`, `<`, `+`, `and`, `or` between two, `not` and `-` before one."""

    sign: str
    parts: tuple[Tree, ...]


Tree = Name | Constant | Operation


def read_expression(text: str) -> Tree:
    """Return what a condition says. Raises NotUnderstood."""
    source = _bare(text)
    if not source or len(source) > LONGEST:
        raise NotUnderstood
    reader = _Reader(list(_tokens(source)))
    tree = reader.either(0)
    if reader.tokens:
        raise NotUnderstood
    return tree


def names_in(tree: Tree) -> Iterator[tuple[str, ...]]:
    """Yield the variables that an expression reads."""
    if isinstance(tree, Name):
        yield tree.path
    elif isinstance(tree, Operation):
        for part in tree.parts:
            yield from names_in(part)


def compared(tree: Tree, path: tuple[str, ...]) -> Iterator[Any]:
    """Yield the constants that a variable is compared with; a variable that is a condition itself is true or not."""
    if tree == Name(path):
        yield True
    if not isinstance(tree, Operation):
        return
    if tree.sign in set(COMPARE.values()):
        if Name(path) in tree.parts:
            yield from (part.value for part in tree.parts if isinstance(part, Constant))
        return
    for part in tree.parts:
        yield from compared(part, path) if tree.sign in ("and", "or", "not") else ()


def _bare(text: str) -> str:
    """Take off what marks an expression (`${…}`, `#{…}`, `=`), and say two Java calls with signs."""
    source = text.strip()
    if source[:2] in ("${", "#{") and source.endswith("}"):
        source = source[2:-1]
    source = source.removeprefix("=").strip() if source[:2] != "==" else source
    source = _GETTER.sub(r"\1", source[: LONGEST + 1])
    return _EQUALS.sub(r"(\1 == \2)", source).strip()


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None or match.end() == at:
            raise NotUnderstood
        at = match.end()
        yield str(match.lastgroup), match[str(match.lastgroup)]


class _Reader:
    """Reads tokens from left to right; what binds least comes first."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens

    def either(self, depth: int) -> Tree:
        return self._chain(depth, self.both, "or", {"or", "||"})

    def both(self, depth: int) -> Tree:
        return self._chain(depth, self.negated, "and", {"and", "&&"})

    def negated(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise NotUnderstood
        if self._take({"!", "not"}):
            if self._take({"empty"}):
                return Operation("!=", (self.sum(depth + 1), Constant(None)))
            return Operation("not", (self.negated(depth + 1),))
        if self._take({"empty"}):
            return Operation("=", (self.sum(depth + 1), Constant(None)))
        return self.comparison(depth + 1)

    def comparison(self, depth: int) -> Tree:
        left = self.sum(depth)
        sign = self._take(set(COMPARE))
        if sign is None:
            return left
        if sign == "is" and self._take({"not"}):
            sign = "!="
        return Operation(COMPARE[sign], (left, self.sum(depth)))

    def sum(self, depth: int) -> Tree:
        return self._pairs(depth, self.product, {"+", "-"})

    def product(self, depth: int) -> Tree:
        return self._pairs(depth, self.single, {"*", "/"})

    def single(self, depth: int) -> Tree:
        if not self.tokens or depth > DEEPEST:
            raise NotUnderstood
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return Constant(Decimal(text))
        if kind == "text":
            return Constant(text[1:-1])
        if kind == "name":
            return Constant(_CONSTANTS[text]) if text in _CONSTANTS else Name(tuple(text.split(".")))
        if text == "-":
            return Operation("-", (self.single(depth + 1),))
        if text == "(":
            inner = self.either(depth + 1)
            if self._take({")"}):
                return inner
        raise NotUnderstood

    def _chain(self, depth: int, part: Callable[[int], Tree], sign: str, words: set[str]) -> Tree:
        parts = [part(depth + 1)]
        while self._take(words):
            parts.append(part(depth + 1))
        return parts[0] if len(parts) == 1 else Operation(sign, tuple(parts))

    def _pairs(self, depth: int, part: Callable[[int], Tree], signs: set[str]) -> Tree:
        left = part(depth)
        while sign := self._take(signs):
            left = Operation(sign, (left, part(depth)))
        return left

    def _take(self, words: set[str]) -> str | None:
        if self.tokens and self.tokens[0][0] in ("sign", "name") and self.tokens[0][1] in words:
            return self.tokens.pop(0)[1]
        return None
