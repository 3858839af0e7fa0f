"""Who reads what a step writes."""

from __future__ import annotations

from collections.abc import Mapping, Set

from workflows import engine
from workflows.models.bundle import read_bundle


def read_elsewhere(files: Mapping[str, bytes], gone: Set[str]) -> tuple[str, ...]:
    """Return, in words, where elements that stay read what only the elements in `gone` write. Raises BundleRefused."""
    executable = read_bundle(files).executable
    nodes = executable.diagram.nodes
    writes = (engine.NodeKind.USER, engine.NodeKind.DECISION)
    variables = {node.variable for key, node in nodes.items() if key in gone and (node.kind in writes or node.each)}
    variables |= {node.variable for key, node in nodes.items() if key in gone and "gate" in node.styr}
    kept = {node.variable for key, node in nodes.items() if key not in gone}
    places: list[str] = []
    for variable in sorted(variables - kept):
        for reader in engine.where_read(executable, variable):
            if reader.node not in gone:
                places.append(reader.words)
    return tuple(dict.fromkeys(places))
