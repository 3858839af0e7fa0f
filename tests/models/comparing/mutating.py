"""Every single change that can be made to a file of a model: what a comparison must never pass over in silence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from lxml import etree

Mutation = tuple[str, Callable[[], bytes]]
"""What was done, in a few words, and what writes the file down; to be called before the next mutation is asked for."""


def json_mutations(data: bytes) -> Iterator[Mutation]:
    """Yield the file with each leaf altered, each key and list entry removed, and each pair of neighbours swapped."""
    raw = json.loads(data)
    yield from ((said, lambda: json.dumps(raw, ensure_ascii=False).encode()) for said in _walk(raw, ""))


def yaml_mutations(data: bytes) -> Iterator[Mutation]:
    """The same for YAML."""
    raw = yaml.safe_load(data)
    yield from ((said, lambda: yaml.safe_dump(raw, allow_unicode=True).encode()) for said in _walk(raw, ""))


def _walk(value: Any, where: str) -> Iterator[str]:
    """Change `value` in one place, yield where, and put it back; again for the next place."""
    if isinstance(value, dict):
        for key in list(value):
            yield from _each(value, key, f"{where}/{key}")
            kept = dict(value)
            if value[key] not in (None, "", [], {}, False):
                del value[key]
                yield f"remove {where}/{key}"
                value.clear()
                value.update(kept)
        return
    for number in range(len(value)):
        yield from _each(value, number, f"{where}/{number}")
        gone = value.pop(number)
        yield f"remove {where}/{number}"
        value.insert(number, gone)
        if number and value[number - 1] != gone:
            value[number - 1], value[number] = value[number], value[number - 1]
            yield f"swap {where}/{number}"
            value[number - 1], value[number] = value[number], value[number - 1]


def _each(holder: Any, key: Any, where: str) -> Iterator[str]:
    value = holder[key]
    if isinstance(value, dict | list):
        yield from _walk(value, where)
        return
    for other in _others(value):
        holder[key] = other
        yield f"alter {where}"
    holder[key] = value


def _others(value: Any) -> list[Any]:
    match value:
        case bool():
            return [not value]
        case int() | float():
            return [value + 1]
        case str():
            return [f"{value}x"]
    return ["x"]


def xml_mutations(data: bytes) -> Iterator[Mutation]:
    """Yield the file with each attribute and text altered, each attribute and element removed, neighbours swapped."""
    root = etree.fromstring(data)
    for element in [one for one in root.iter() if isinstance(one.tag, str) and not _is_label(one)]:
        where = f"{etree.QName(element).localname} {element.get('id', '')}"
        for act in (_attributes, _text, _removal):
            yield from ((f"{said} {where}", lambda: etree.tostring(root)) for said in act(element))


def _is_label(element: etree._Element) -> bool:
    """Whether an element says where a name is drawn, which editors write anew by themselves."""
    around = [element, *element.iterancestors()]
    return any(etree.QName(one).localname == "BPMNLabel" for one in around)


def _attributes(element: etree._Element) -> Iterator[str]:
    for name, value in [(str(name), str(value)) for name, value in element.attrib.items()]:
        element.set(name, f"{value}1")
        yield f"alter {name} of"
        del element.attrib[name]
        yield f"remove {name} of"
        element.set(name, value)


def _text(element: etree._Element) -> Iterator[str]:
    words = element.text
    if words and words.strip():
        element.text = f"{words}1"
        yield "alter text of"
        element.text = words


def _removal(element: etree._Element) -> Iterator[str]:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent.remove(element)
    yield "remove"
    parent.insert(place, element)


def mutations(path: str) -> Callable[[bytes], Iterator[Mutation]]:
    """Return what makes mutations of a file of this name."""
    if path.endswith((".bpmn", ".dmn")):
        return xml_mutations
    return yaml_mutations if path.endswith(".yaml") else json_mutations
