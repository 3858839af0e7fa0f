"""Bring two people's changes of one diagram together, element by element.

Pure: three versions in (the one both began on, theirs, mine), one out. What only one of them changed is taken as it is;
where both changed the same value a conflict is told in Swedish words, and somebody has to choose.
"""

from workflows.models.merging.conflict import Conflict, ConflictInWords, Side
from workflows.models.merging.errors import CannotMerge
from workflows.models.merging.verbs import MergedDiagram, merge_diagrams

__all__ = ["CannotMerge", "Conflict", "ConflictInWords", "MergedDiagram", "Side", "merge_diagrams"]
