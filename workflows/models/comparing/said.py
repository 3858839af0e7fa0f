"""What the words of a diagram are made from, and what they make: one attribute in, rows out."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.models.comparing.change import Area, Weight, What
from workflows.models.comparing.picture import Picture
from workflows.models.comparing.swedish import upper_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One attribute of one element that changed."""

    key: str
    path: str
    before: str
    after: str
    old: Picture
    new: Picture

    @property
    def name(self) -> str:
        """The element as it begins a sentence, by its newer name."""
        return upper_first(self.new.call(self.key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A row about an attribute, without its place."""

    sentence: str
    before: str
    after: str
    weight: Weight = Weight.DUTY
    what: What = What.CHANGED
    area: Area | None = None
