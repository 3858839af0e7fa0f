"""Tells of what stands round the processes of a BPMN file and means nothing to how they run."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from workflows.engine.reading import BPMN, OTHER_ENGINES, STYR_NAMESPACE
from workflows.models.importing.file_reader import FileReader, label_of
from workflows.models.importing.leavings import tell_left
from workflows.models.importing.rows import Place, shortened

_BESIDE = frozenset({"participant", "messageFlow", "lane", "message", "signal", "error", "escalation"}) | frozenset(
    {"dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "correlationKey", "correlationProperty"}
)
"""What stands round the steps, and may hold what another engine reads."""


def tell_surroundings(reader: FileReader) -> None:
    """Add a row for every pool, lane and kind of extension that is left out."""
    for pool in reader.root.iterfind(f"{BPMN}collaboration/{BPMN}participant"):
        if pool.get("processRef") not in reader.renamed:
            reader.report.noted(reader.place(), f"Poolen {label_of(pool)}, utan egen process.", "Den togs inte med.")
    flows = len(reader.root.findall(f"{BPMN}collaboration/{BPMN}messageFlow"))
    if flows:
        reader.report.noted(
            reader.place(),
            f"Meddelandeflöden mellan pooler, {flows} stycken.",
            "De togs inte med: Styr kör en process.",
        )
    for lane in dict.fromkeys(reader.lanes.values()):
        if lane:
            reader.report.noted(
                reader.place(),
                f"Banan {lane}.",
                "Banan ritas inte. Steg i den utan egen roll fick rollen med dess namn.",
            )
    for element in reader.root.iter(*(f"{BPMN}{tag}" for tag in _BESIDE)):
        hints = reader.hints(element)
        place = Place(file=reader.file, name=label_of(element))
        tell_left(reader.report, place, (*hints.runs, *hints.left))
    if reader.technical:
        told = ", ".join(f"{word} ({count})" for word, count in sorted(reader.technical.items()))
        reader.report.noted(reader.place(), f"Tekniska inställningar: {told}", "De togs inte med: Styr har egna.")
    for namespace, count in sorted(_extras(reader.root).items()):
        reader.report.noted(reader.place(), f"Tillägg från {namespace} ({count})", "De togs inte med.")
    changed = {old: new for old, new in reader.renamed.items() if old != new and old}
    if changed:
        shown = ", ".join(f"{shortened(old)[:24]} → {new}" for old, new in list(changed.items())[:3])
        reader.report.noted(
            reader.place(), f"{len(changed)} id:n som Styr inte kan använda ({shown} …)", "De skrevs om."
        )


def _extras(root: etree._Element) -> Counter[str]:
    """Count the extension elements of tools that draw or analyse, and run nothing."""
    found: Counter[str] = Counter()
    for holder in root.iter(f"{BPMN}extensionElements"):
        for child in holder:
            namespace = etree.QName(child).namespace if isinstance(child.tag, str) else None
            if namespace and namespace not in OTHER_ENGINES | {STYR_NAMESPACE}:
                found[namespace] += 1
    return found
