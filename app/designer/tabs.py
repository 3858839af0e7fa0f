"""The tabs of a draft, in order."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.kernel.errors import Text, _l


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A way to look at a draft: `endpoint` takes its id. `designing`: only those who may change drafts open it."""

    key: str
    endpoint: str
    label: Text
    designing: bool = False


TABS: tuple[Tab, ...] = (
    Tab(key="diagram", endpoint="designer.diagram", label=_l("Diagram")),
    Tab(key="steps", endpoint="designer.steps", label=_l("Steg som tabell")),
    Tab(key="tables", endpoint="designer.tables", label=_l("Beslutstabeller")),
    Tab(key="check", endpoint="designer.check_page", label=_l("Kontroll")),
    Tab(key="compare", endpoint="designer.compare_draft", label=_l("Jämför")),
    Tab(key="forms", endpoint="designer.forms", label=_l("Formulär")),
    Tab(key="scenarios", endpoint="designer.scenarios", label=_l("Scenarier")),
    Tab(key="try", endpoint="designer.try_draft", label=_l("Prova"), designing=True),
    Tab(key="publish", endpoint="designer.publish_draft", label=_l("Publicera")),
    Tab(key="history", endpoint="designer.history", label=_l("Historik")),
)

ORDER = ("diagram", "steps", "forms", "tables", "scenarios", "try", "check", "compare", "publish", "history")
"""How people work: change, prove, publish."""


def tabs_in_order(*, may_design: bool) -> tuple[Tab, ...]:
    """Return the tabs that somebody may open, as they stand on the page."""
    mine = [tab for tab in TABS if may_design or not tab.designing]
    return tuple(sorted(mine, key=lambda tab: ORDER.index(tab.key) if tab.key in ORDER else len(ORDER)))
