"""Reads the inside of a single element: what an event waits for, how often an activity is done, what is left of it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from workflows.engine.reading import BPMN
from workflows.models.importing.drawing import Loop, Trigger
from workflows.models.importing.file_reader import FileReader, name_of, tag_of
from workflows.models.importing.foreign import read_hints

_NAMED_BY_EVENT = frozenset({"message", "signal", "escalation"})
"""What has the name of its event where it has none itself. An error's code is compared, and is never made up."""


def read_trigger(reader: FileReader, element: etree._Element) -> Trigger | None:
    """Return what an event waits for or throws; of several, the first."""
    definitions = [
        child for child in element if isinstance(child.tag, str) and tag_of(child).endswith("EventDefinition")
    ]
    if not definitions:
        return None
    definition = definitions[0]
    kind = tag_of(definition).removesuffix("EventDefinition")
    named = {**reader.messages, **reader.errors, **reader.others}
    reference = definition.get(f"{kind}Ref") or ""
    own = name_of(element) if kind in _NAMED_BY_EVENT else ""
    shared = reference if kind not in ("signal", "escalation") else ""
    value = named.get(reference) or definition.get("name") or own or shared
    for child in definition.iterchildren(f"{BPMN}*"):
        if tag_of(child) in ("timeDate", "timeDuration", "timeCycle"):
            return Trigger(kind=kind, value=(child.text or "").strip(), form=tag_of(child))
        if tag_of(child) == "condition":
            value = (child.text or "").strip()
    return Trigger(kind=kind, value=" ".join(value.split()))


def read_loop(reader: FileReader, element: etree._Element) -> Loop | None:
    """Return how often an activity is done, None for once."""
    if element.find(f"{BPMN}standardLoopCharacteristics") is not None:
        return Loop(kind="standard")
    found = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if found is None:
        return None
    hints = read_hints(found, reader.resources)
    item = found.find(f"{BPMN}inputDataItem")
    return Loop(
        kind="each",
        sequential=found.get("isSequential") == "true",
        collection=hints.collection or found.findtext(f"{BPMN}loopDataInputRef") or "",
        item=hints.item or ("" if item is None else item.get("name") or item.get("id") or ""),
        until=(found.findtext(f"{BPMN}completionCondition") or "").strip(),
    )


def left_inside(reader: FileReader, element: etree._Element, apart: frozenset[str]) -> Iterator[str]:
    """Yield what other engines would run or read in an element's own parts; `apart` are parts told of by themselves."""
    for child in element.iterchildren(f"{BPMN}*"):
        if tag_of(child) not in apart:
            hints = reader.hints(child)
            yield from (*hints.runs, *hints.left)
