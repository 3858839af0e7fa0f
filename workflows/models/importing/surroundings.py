"""Tells of what stands round the processes of a BPMN file and means nothing to how they run."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from lxml import etree

from workflows.engine.reading import BPMN, OTHER_ENGINES, STYR_NAMESPACE
from workflows.models.comparing.swedish import joined, quoted
from workflows.models.importing.file_reader import FileReader, label_of
from workflows.models.importing.leavings import tell_left
from workflows.models.importing.rows import Place

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
    lanes = [lane for lane in dict.fromkeys(reader.lanes.values()) if lane]
    if lanes:
        was = f"{'Banan' if len(lanes) == 1 else 'Banorna'} {joined(lanes)}."
        reader.report.noted(reader.place(), was, "Banor ritas inte. Vem som gör ett steg står på steget.")
    for element in reader.root.iter(*(f"{BPMN}{tag}" for tag in _BESIDE)):
        hints = reader.hints(element)
        place = Place(file=reader.file, name=label_of(element))
        tell_left(reader.report, place, (*hints.runs, *hints.left))
    if reader.technical:
        told = ", ".join(f"{word} ({count})" for word, count in sorted(reader.technical.items()))
        reader.report.noted(reader.place(), f"Tekniska inställningar: {told}", "De togs inte med: Styr har egna.")
    if extras := _extras(reader.root):
        makers = joined(dict.fromkeys(_maker(namespace) for namespace in sorted(extras)))
        was = f"{extras.total()} tillägg av program som ritar och analyserar: {makers}."
        reader.report.noted(reader.place(), was, "De togs inte med: de ändrar inte hur arbetet går till.")
    changed = {old: new for old, new in reader.renamed.items() if old != new and old}
    if changed:
        one = len(changed) == 1
        told = f"{'En intern beteckning' if one else f'{len(changed)} interna beteckningar'} som Styr inte kan använda"
        example = f", {'' if one else 'till exempel '}{quoted(next(iter(changed)))}."
        done = f"{'Den' if one else 'De'} skrevs om. Namnen som visas är desamma."
        reader.report.noted(reader.place(), told + example, done)


def _maker(namespace: str) -> str:
    """Return who wrote an extension: the host of its namespace, without what all hosts begin with."""
    return (urlsplit(namespace).hostname or namespace).removeprefix("www.")


def _extras(root: etree._Element) -> Counter[str]:
    """Count the extension elements of tools that draw or analyse, and run nothing."""
    found: Counter[str] = Counter()
    for holder in root.iter(f"{BPMN}extensionElements"):
        for child in holder:
            namespace = etree.QName(child).namespace if isinstance(child.tag, str) else None
            if namespace and namespace not in OTHER_ENGINES | {STYR_NAMESPACE}:
                found[namespace] += 1
    return found
