"""Patterns (regular expressions) to a program for `patterns`.

The subset: characters, `.`, classes, \\d \\w \\s \\D \\W \\S \\p{…}, `^ $ \\b \\B`, groups, `|`, the quantifiers and
their reluctant forms. Look-around and back-references are refused, since no program of this kind can run them.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

MAX_PATTERN = 200
"""Characters in one pattern."""

MAX_GROUP_DEPTH = 20
"""Groups within groups."""

MAX_PROGRAM = 1_000
"""Instructions that one pattern may become; `{m,n}` writes its part out n times."""

Accepts = Callable[[str], bool]


class PatternError(ValueError):
    """A pattern outside the subset; the text is a Swedish sentence."""


@dataclass(frozen=True, slots=True)
class Take:
    """Go on past one character that is accepted."""

    accepts: Accepts


@dataclass(frozen=True, slots=True)
class Split:
    """Try the first way, then the second; both are offsets."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Jump:
    """Go on at an offset."""

    offset: int


@dataclass(frozen=True, slots=True)
class Save:
    """Remember the position: where a group begins (even slot) or ends (odd slot)."""

    slot: int


@dataclass(frozen=True, slots=True)
class Require:
    """Go on where the text holds something at this position."""

    holds: Callable[[str, int], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """The pattern has matched."""


Instruction = Take | Split | Jump | Save | Require | Found
Program = list[Instruction]

_QUANTIFIER = re.compile(r"([*+?]|\{([0-9]{1,4})(,([0-9]{0,4}))?\})(\??)")
_CATEGORY = re.compile(r"\{([A-Z][a-z]?)\}")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_CLASSES: dict[str, Accepts] = {
    "d": str.isdecimal,
    "w": lambda char: char.isalnum() or char == "_",
    "s": str.isspace,
}


def program(pattern: str, flags: str) -> tuple[Program, int]:
    """The program and its number of groups. Raises PatternError; flags are those of the standard: s, m, i, x."""
    if len(pattern) > MAX_PATTERN:
        raise PatternError(f"Mönstret är längre än {MAX_PATTERN} tecken.")
    if set(flags) - set("smix"):
        raise PatternError("Ett mönster tar flaggorna s, m, i och x.")
    reader = _Reader(re.sub(r"\s", "", pattern) if "x" in flags else pattern, flags)
    body = reader.alternatives()
    if reader.rest():
        raise PatternError("Mönstret har en parentes för mycket.")
    return [Save(0), *body, Save(1), Found()], reader.groups


class _Reader:
    """Recursive descent over one pattern; every method returns the program of what it read."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = pattern
        self.flags = flags
        self.at = 0
        self.groups = 0
        self.depth = 0

    def rest(self) -> str:
        return self.pattern[self.at :]

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def next(self) -> str:
        char = self.peek()
        if not char:
            raise PatternError("Mönstret tar slut för tidigt.")
        self.at += 1
        return char

    def alternatives(self) -> Program:
        ways = [self.sequence()]
        while self.peek() == "|":
            self.next()
            ways.append(self.sequence())
        result = ways.pop()
        while ways:
            first = ways.pop()
            result = [Split(1, len(first) + 2), *first, Jump(len(result) + 1), *result]
        return result

    def sequence(self) -> Program:
        parts: Program = []
        while self.peek() not in ("", "|", ")"):
            parts += self.quantified(self.atom())
            if len(parts) > MAX_PROGRAM:
                raise PatternError("Mönstret är för stort.")
        return parts

    def quantified(self, part: Program) -> Program:
        match = _QUANTIFIER.match(self.pattern, self.at)
        if match is None:
            return part
        self.at = match.end()
        if _QUANTIFIER.match(self.pattern, self.at) or self.peek() == "+":
            raise PatternError("Mönstret upprepar en upprepning.")
        sign, low, comma, high, reluctant = match.groups()
        least = int(low) if low else int(sign == "+")
        most = 1 if sign == "?" else None if sign in "*+" or (comma and not high) else int(high or low)
        return _repeated(part, least, most, greedy=not reluctant)

    def atom(self) -> Program:
        char = self.next()
        if char == "(":
            return self.group()
        if char == "[":
            return [self.take(self.character_class())]
        if char == "\\":
            return [self.escape()]
        if char in "*+?{":
            raise PatternError(f"Mönstret har ett ”{char}” utan något framför.")
        if char == ".":
            return [Take((lambda _: True) if "s" in self.flags else (lambda char: char not in "\n\r"))]
        if char in "^$":
            return [Require(self.anchor(char))]
        return [self.take(_exactly(char))]

    def group(self) -> Program:
        slot = 0
        if self.peek() != "?":
            self.groups += 1
            slot = 2 * self.groups
        elif self.rest()[:2] == "?:":
            self.at += 2
        else:
            raise PatternError("Mönstret använder en grupp som inte stöds: skriv ( ) eller (?: ).")
        body = self.nested()
        return [Save(slot), *body, Save(slot + 1)] if slot else body

    def nested(self) -> Program:
        self.depth += 1
        if self.depth > MAX_GROUP_DEPTH:
            raise PatternError(f"Mönstret har grupper i mer än {MAX_GROUP_DEPTH} nivåer.")
        body = self.alternatives()
        if self.peek() != ")":
            raise PatternError("Mönstret saknar en slutparentes.")
        self.next()
        self.depth -= 1
        return body

    def escape(self) -> Instruction:
        char = self.next()
        if char in "bB":
            return Require(_at_word_end if char == "b" else lambda text, at: not _at_word_end(text, at))
        return self.take(self.escaped(char))

    def escaped(self, char: str) -> Accepts:
        if char.lower() in _CLASSES:
            accepts = _CLASSES[char.lower()]
            return accepts if char.islower() else _not(accepts)
        if char in "pP":
            category = _CATEGORY.match(self.pattern, self.at)
            if category is None:
                raise PatternError("Skriv en teckengrupp som \\p{L} eller \\p{Lu}.")
            self.at = category.end()
            accepts = _in_category(category[1])
            return accepts if char == "p" else _not(accepts)
        if char.isalnum() and char not in _CONTROLS:
            raise PatternError(f"Mönstret använder ”\\{char}”, som inte stöds.")
        return _exactly(_CONTROLS.get(char, char))

    def character_class(self) -> Accepts:
        negated = self.peek() == "^"
        self.at += negated
        parts: list[Accepts] = []
        while self.peek() != "]" or not parts:
            parts.append(self.class_part())
        self.next()
        accepts = _any_of(parts)
        return _not(self.folded(accepts)) if negated else accepts

    def class_part(self) -> Accepts:
        low = self.next()
        if low == "[":
            raise PatternError("Skriv \\[ för en hakparentes i en teckenklass.")
        if low == "\\":
            low = self.next()
            if low.lower() in "dwsp":
                return self.escaped(low)
            low = _CONTROLS.get(low, low)
        if self.peek() != "-" or self.rest()[1:2] in ("]", ""):
            return _exactly(low)
        self.next()
        high = self.next()
        high = self.next() if high == "\\" else high
        if high < low or high == "[":
            raise PatternError(f"Mönstret har ett omvänt intervall: {low}-{high}.")
        return lambda char: low <= char <= high

    def take(self, accepts: Accepts) -> Take:
        return Take(self.folded(accepts))

    def folded(self, accepts: Accepts) -> Accepts:
        if "i" not in self.flags:
            return accepts
        return lambda char: accepts(char) or accepts(char.lower()) or accepts(char.upper())

    def anchor(self, char: str) -> Callable[[str, int], bool]:
        many = "m" in self.flags
        if char == "^":
            return lambda text, at: at == 0 or (many and text[at - 1] == "\n")
        return lambda text, at: at == len(text) or (many and text[at] == "\n")


def _repeated(part: Program, least: int, most: int | None, *, greedy: bool) -> Program:
    if len(part) * max(least, most or 1) > MAX_PROGRAM or (most is not None and most < least):
        raise PatternError("Mönstret upprepar för mycket.")

    def choice(go: int, leave: int) -> Split:
        return Split(go, leave) if greedy else Split(leave, go)

    if most is None:
        tail: Program = [choice(1, len(part) + 2), *part, Jump(-len(part) - 1)]
        return part * least + tail
    tail = []
    for _ in range(most - least):
        inner = part + tail
        tail = [choice(1, len(inner) + 1), *inner]
    return part * least + tail


def _exactly(wanted: str) -> Accepts:
    return lambda char: char == wanted


def _not(accepts: Accepts) -> Accepts:
    return lambda char: not accepts(char)


def _any_of(parts: list[Accepts]) -> Accepts:
    return lambda char: any(accepts(char) for accepts in parts)


def _in_category(prefix: str) -> Accepts:
    return lambda char: len(char) == 1 and unicodedata.category(char).startswith(prefix)


def _at_word_end(text: str, at: int) -> bool:
    word = _CLASSES["w"]
    before = at > 0 and word(text[at - 1])
    after = at < len(text) and word(text[at])
    return before != after
