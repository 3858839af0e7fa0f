"""Compare two versions of a model and say in plain Swedish what differs, the important first.

Pure: bytes in, frozen rows out. Each kind of file has its own reader that lets nothing go unseen, and its own words;
what has no words of its own is told by its path.
"""

from workflows.models.comparing.change import Area, Change, Comparison, Marks, Weight, What
from workflows.models.comparing.feel_words import plain_condition
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.rules_in_words import TableInWords, tables_in_words
from workflows.models.comparing.verbs import MAX_SENTENCES, compare, summary

__all__ = [
    "MAX_SENTENCES",
    "Area",
    "Change",
    "Comparison",
    "Lexicon",
    "Marks",
    "TableInWords",
    "Weight",
    "What",
    "compare",
    "plain_condition",
    "summary",
    "tables_in_words",
]
