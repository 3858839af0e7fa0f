"""The part of a text where a search found something, with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.flow import fold

BEFORE, LONGEST = 80, 320
"""Letters shown before the first word found, and in all."""

DOTS = "\u2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of letters, inside a word that was looked for or not."""

    text: str
    found: bool = False


def excerpt(text: str, words: Sequence[str], *, longest: int = LONGEST) -> tuple[Part, ...]:
    """Return the surroundings of the first of some folded words, all of them marked; the beginning if none is there."""
    marked = _marked(text, words)
    first = next((number for number, found in enumerate(marked) if found), 0)
    begin = _word_begins(text, first - BEFORE) if first > BEFORE else 0
    end = len(text) if len(text) <= begin + longest else _word_begins(text, begin + longest)
    parts: list[Part] = [Part(text=DOTS)] if begin else []
    for number in range(begin, end):
        if parts and parts[-1].found is marked[number] and not (begin and number == begin):
            parts[-1] = Part(text=parts[-1].text + text[number], found=marked[number])
        else:
            parts.append(Part(text=text[number], found=marked[number]))
    return (*parts, *([Part(text=DOTS)] if end < len(text) else []))


def _marked(text: str, words: Sequence[str]) -> list[bool]:
    """Tell of each letter whether it belongs to a word that was looked for."""
    folded, origin = "", []
    for number, letter in enumerate(text):
        plain = fold(letter) or " "
        folded += plain
        origin += [number] * len(plain)
    marked = [False] * len(text)
    for word in filter(None, words):
        found = folded.find(word)
        while found >= 0:
            for number in origin[found : found + len(word)]:
                marked[number] = True
            found = folded.find(word, found + len(word))
    return marked


def _word_begins(text: str, number: int) -> int:
    """Return where the word begins that the letter `number` stands in."""
    return text.rfind(" ", 0, number) + 1 or number
