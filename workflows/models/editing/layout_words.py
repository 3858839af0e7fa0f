"""How much room words take in a diagram. Eleven pixels high in the viewer, so that seven pixels a letter are enough."""

from __future__ import annotations

from math import ceil

LETTER = 6.8
LINE = 14
LABEL = 90
"""The viewer breaks a name beside a shape or a flow at this width."""

TASK = (120, 80)
"""How wide and high a step is."""

WIDEST = 240.0
"""No step is wider, however long its words are."""


def task_width(name: str) -> float:
    """Return how wide a step must be for the viewer to break its name between words only (Swedish words are long)."""
    longest = max((len(word) for word in name.split()), default=0)
    return min(max(TASK[0], ceil(longest * LETTER) + 20), WIDEST)


def name_lines(name: str, width: float = LABEL) -> list[str]:
    """Return a name as the lines it is broken into."""
    fits = max(1, int((width - 6) / LETTER))
    lines: list[str] = []
    for paragraph in name.strip().splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            whole = f"{line} {word}".strip()
            if len(whole) > fits and line:
                lines.append(line)
                whole = word
            while len(whole) > fits:
                lines.append(whole[:fits])
                whole = whole[fits:]
            line = whole
        if line:
            lines.append(line)
    return lines


def label_size(name: str, width: float = LABEL) -> tuple[float, float]:
    """Return width and height of a name beside a shape or a flow."""
    lines = name_lines(name, width)
    return ceil(max((len(line) for line in lines), default=0) * LETTER) + 8, LINE * len(lines)
