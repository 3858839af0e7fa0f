"""Brings scenarios back in step with a model that was changed: rows for steps that are new, none for those gone,
and who decides a gate now.

Pure: files in, changed files and what was changed out. Nothing is guessed that playing the scenario does not bear out.
"""

from workflows.models.mending.deciding import Decided, deciders_found
from workflows.models.mending.gaps import Gaps
from workflows.models.mending.mend import Mended, Mending, gaps_in, mend_scenarios, scenarios_naming
from workflows.models.mending.sheet import Changed, RowChange

__all__ = [
    "Changed",
    "Decided",
    "Gaps",
    "Mended",
    "Mending",
    "RowChange",
    "deciders_found",
    "gaps_in",
    "mend_scenarios",
    "scenarios_naming",
]
