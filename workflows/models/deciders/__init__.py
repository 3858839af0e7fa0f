"""Who decides which gate: the rows of a model's decision table on authority, read for people and changed one at a time.

Bytes in, bytes out: what is not meant by a change stays in the file as it was, comments and layout included.
"""

from workflows.models.deciders.cells import AmountTest, Gates, read_amount, read_gates, write_amount, write_gates
from workflows.models.deciders.covering import covers
from workflows.models.deciders.editing import add_decider, change_decider, move_decider, remove_decider
from workflows.models.deciders.naming import row_name
from workflows.models.deciders.table import (
    Column,
    ColumnKind,
    Decider,
    DecidersUnreadable,
    DeciderTable,
    deciders_file,
    read_deciders,
)

__all__ = [
    "AmountTest",
    "Column",
    "ColumnKind",
    "Decider",
    "DeciderTable",
    "DecidersUnreadable",
    "Gates",
    "add_decider",
    "change_decider",
    "covers",
    "deciders_file",
    "move_decider",
    "read_amount",
    "read_deciders",
    "read_gates",
    "remove_decider",
    "row_name",
    "write_amount",
    "write_gates",
]
