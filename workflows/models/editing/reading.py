"""Who reads what a step writes: what must be mended before it can go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from workflows import engine
from workflows.models.bundle import read_bundle
from workflows.models.comparing import Lexicon
from workflows.models.comparing.feel_words import plain_condition
from workflows.models.editing.errors import AnswersRead
from workflows.models.finding import Finding
from workflows.models.linting import check, element_names

Changes = Mapping[str, bytes]

READ = "answers-read"


def read_elsewhere(files: Mapping[str, bytes], gone: Set[str]) -> tuple[Finding, ...]:
    """Return where elements that stay read what only the elements in `gone` write. Raises BundleRefused.

    Each is told as a finding whose message says what is read there: the condition in words, or that a table asks.
    """
    executable = read_bundle(files).executable
    nodes = executable.diagram.nodes
    names = Lexicon(files=files)
    found: dict[tuple[str, str, str], Finding] = {}
    for variable in sorted(_written(nodes.values(), gone)):
        for reader in engine.where_read(executable, variable):
            if reader.node not in gone:
                said = plain_condition(reader.source, names) if reader.source else ""
                read = f"gäller när {said}" if said else "läser svaren"
                element = reader.node if reader.source else ""
                one = Finding(rule=READ, file=reader.file, element=element, message=read)
                found.setdefault((reader.file, element, read), one)
    return tuple(found.values())


def _written(nodes: Iterable[engine.Node], gone: Set[str]) -> set[str]:
    """Return the variables that only elements in `gone` write."""
    writes = (engine.NodeKind.USER, engine.NodeKind.DECISION)
    variables = {
        node.variable for node in nodes if node.id in gone and (node.kind in writes or node.each or "gate" in node.styr)
    }
    return variables - {node.variable for node in nodes if node.id not in gone}


def unless_read(files: Mapping[str, bytes], changes: Changes, gone: Set[str], what: str) -> Changes:
    """Return the changes that take `gone` away; raise AnswersRead when something that stays reads what they write.

    The changed model is checked as well: of an expression that reads a field which nobody writes any more.
    """
    places = read_elsewhere(files, gone)
    told = {(one.file, one.element) for one in places}
    left = {(one.file, one.element): one for one in _gaps({**files, **changes})}
    known = {(one.file, one.element) for one in _gaps(files)}
    lost = (one for place, one in sorted(left.items()) if place not in known | told)
    places += tuple(replace(one, rule=READ, message="läser ett svar som bara ges här") for one in lost)
    if places:
        names = element_names(files)
        where = dict.fromkeys(f"”{names.get(one.element) or one.element}”" for one in places if one.element)
        raise AnswersRead(what=what, where=", ".join(where) or "en beslutstabell", places=places)
    return changes


def _gaps(files: Mapping[str, bytes]) -> Iterable[Finding]:
    return (finding for finding in check(files) if finding.rule in ("unknown-name", "unknown-field"))
