"""Steps that are done once for each of a list: kept where one of our fields is the list."""

from __future__ import annotations

from workflows.models.importing.drawing import Scope, Step
from workflows.models.importing.foreign_expressions import names_in
from workflows.models.importing.naming import slug
from workflows.models.importing.ways import Conditions, read_simply


def keep_exemplars(conditions: Conditions) -> None:
    """Say the lists of a process in our names; a step whose list nothing has is done once, with a row."""
    for scope in list(conditions.process.everywhere()):
        for step in scope.of("userTask", "callActivity", "subProcess"):
            _keep(conditions, scope, step)


def _keep(conditions: Conditions, scope: Scope, step: Step) -> None:
    """Keep a step in several exemplars when its list is one of our fields; else it is done once."""
    loop = step.loop
    if loop is None:
        return
    tree = read_simply(loop.collection)
    path = next(names_in(tree), None) if tree is not None else None
    name = _list_of(conditions, scope, step, path) if path else None
    if name is None or step.tag == "subProcess":
        step.loop = None
        was = "Steget görs flera gånger. Det sägs inte för vad."
        if loop.collection:
            was = f"Steget görs en gång för varje del av ”{loop.collection}”."
        advice = "Välj flerinstans på steget och en lista som modellen har, till exempel ett register."
        conditions.work.report.lost(step.place, was, "Det görs en gång.", advice)
        return
    item = slug(loop.item, "part")
    step.styr["each"] = {"item": item if item != step.id else f"{item}_part", "collection": name}
    if loop.sequential:
        conditions.work.report.changed(step.place, "Delarna görs en i taget.", "De görs samtidigt.", "")
    if loop.until:
        advice = "Skriv villkoret på steget igen, under Diagram."
        conditions.work.report.lost(step.place, f"Slutar när ”{loop.until}”.", "Villkoret togs inte med.", advice)


def _list_of(conditions: Conditions, scope: Scope, step: Step, path: tuple[str, ...]) -> str | None:
    """Return the name of a field that holds a list of texts."""
    name = conditions.name_of(scope, step, path)
    key = name.rpartition(".")[2] if name else ""
    lists = (
        component.get("key")
        for form in conditions.work.forms.made
        for component in form.components
        if component.get("type") in ("checklist", "taglist")
    )
    return name if key in set(lists) else None
