"""Where an answer that must be mended stands, when the sentence about it is read away from its field."""

from __future__ import annotations

from collections.abc import Mapping

from forms.tree import Form, Group, Node, Rows, keyed


def in_their_rows(form: Form, errors: Mapping[str, str], language: str = "sv") -> dict[str, str]:
    """The sentences by field; one about a row begins with its list and number, "Bemanning, rad 1: …"."""
    return {
        name: ": ".join([", ".join(where), sentence]) if (where := _rows(form.nodes, name, language)) else sentence
        for name, sentence in errors.items()
    }


def _rows(nodes: tuple[Node, ...], name: str, language: str) -> tuple[str, ...]:
    """The lists and numbers on the way to a field."""
    head, _, rest = name.partition("-")
    node = next((node for node in keyed(nodes) if node.key == head), None)
    if isinstance(node, Group):
        return _rows(node.nodes, rest, language)
    number, _, below = rest.partition("-")
    if not isinstance(node, Rows) or not number.isdecimal():
        return ()
    row = f"row {int(number) + 1}" if language == "en" else f"rad {int(number) + 1}"
    label = node.label.in_language(language)
    return (*filter(None, [label, row]), *_rows(node.nodes, below, language))
