"""Patterns (regular expressions) matched in time linear in the text, so that no pattern can hang a server.

Python's `re` tries one way after the other and may need exponential time; this machine follows all ways at once
(R. Pike, R. Cox, "Regular Expression Matching: the Virtual Machine Approach").
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from forms.feel.pattern_syntax import Found, Jump, Program, Require, Save, Split, Take, program
from forms.feel.values import Meter, check_length

Positions = tuple[int, ...]
"""Where the whole (slots 0 and 1) and the groups (2 and 3, …) begin and end; -1 for a group that took no part."""

_REFERENCE = re.compile(r"\$([0-9])|\\(.)", re.DOTALL)


@lru_cache(512)
def compiled_pattern(pattern: str, flags: str) -> "Pattern":
    """The pattern ready to run. Raises PatternError."""
    return Pattern(*program(pattern, flags))


class Pattern:
    """A compiled pattern; every search is charged to the meter, which bounds it."""

    __slots__ = ("_nothing", "_program")

    def __init__(self, instructions: Program, groups: int) -> None:
        self._program = instructions
        self._nothing: Positions = (-1,) * (2 * groups + 2)

    def search(self, text: str, meter: Meter) -> bool:
        """Whether the pattern matches anywhere in the text."""
        return self.find(text, 0, meter) is not None

    def find(self, text: str, begin: int, meter: Meter) -> Positions | None:
        """The leftmost match at or after `begin`; of those the one that the pattern prefers."""
        threads: list[tuple[int, Positions]] = []
        found: Positions | None = None
        for at in range(begin, len(text) + 1):
            if found is None:
                threads.append((0, self._nothing))
            ready = self._follow(threads, text, at, meter)
            threads = []
            for place, positions in ready:
                instruction = self._program[place]
                if isinstance(instruction, Found):
                    found = positions
                    break
                if isinstance(instruction, Take) and at < len(text) and instruction.accepts(text[at]):
                    threads.append((place + 1, positions))
            if found is not None and not threads:
                break
        return found

    def replace(self, text: str, replacement: str, meter: Meter) -> str:
        """The text with every match replaced; `$1` is the first group, `$0` the whole. Raises ValueError where the
        pattern matches nothing at all."""
        parts: list[str] = []
        rest = 0
        for positions in self._matches(text, meter):
            parts += (text[rest : positions[0]], _filled(replacement, text, positions))
            meter.charge(len(parts[-1]) >> 6)
            rest = positions[1]
        parts.append(text[rest:])
        check_length(sum(map(len, parts)))
        return "".join(parts)

    def split(self, text: str, meter: Meter) -> list[str]:
        """What lies between the matches. Raises ValueError where the pattern matches nothing at all."""
        parts: list[str] = []
        rest = 0
        for positions in self._matches(text, meter):
            parts.append(text[rest : positions[0]])
            rest = positions[1]
        return [*parts, text[rest:]]

    def _matches(self, text: str, meter: Meter) -> Iterator[Positions]:
        at = 0
        while positions := self.find(text, at, meter):
            if positions[0] == positions[1]:
                raise ValueError("the pattern matches nothing at all")
            yield positions
            at = positions[1]

    def _follow(
        self, threads: list[tuple[int, Positions]], text: str, at: int, meter: Meter
    ) -> list[tuple[int, Positions]]:
        """The threads moved on to where each waits for a character or has matched, best first."""
        ready: list[tuple[int, Positions]] = []
        seen: set[int] = set()
        for thread in threads:
            stack = [thread]
            while stack:
                place, positions = stack.pop()
                if place in seen:
                    continue
                seen.add(place)
                match self._program[place]:
                    case Jump(offset):
                        stack.append((place + offset, positions))
                    case Split(first, second):
                        stack += ((place + second, positions), (place + first, positions))
                    case Save(slot):
                        stack.append((place + 1, (*positions[:slot], at, *positions[slot + 1 :])))
                    case Require(holds):
                        stack += [(place + 1, positions)] if holds(text, at) else []
                    case _:
                        ready.append((place, positions))
        meter.charge(1 + len(seen))
        return ready


def _filled(replacement: str, text: str, positions: Positions) -> str:
    references = len(_REFERENCE.findall(replacement))
    check_length(len(replacement) + references * (positions[1] - positions[0]))

    def part(match: re.Match[str]) -> str:
        if match[1] is None:
            return str(match[2])
        slot = 2 * int(match[1])
        return text[positions[slot] : positions[slot + 1]] if slot < len(positions) else ""

    return _REFERENCE.sub(part, replacement)
