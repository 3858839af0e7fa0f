"""Three versions of a diagram in, one out, or what has to be chosen first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from workflows import engine
from workflows.engine.safe_xml import Unreadable
from workflows.models.comparing.reading import Unread
from workflows.models.editing.layout import lay_out
from workflows.models.merging.conflict import ConflictInWords, Side
from workflows.models.merging.deciding import Versions, decide
from workflows.models.merging.errors import CannotMerge
from workflows.models.merging.in_turn import put_in_turn
from workflows.models.merging.mending import mend
from workflows.models.merging.parts import Parts, TooLarge, read_parts
from workflows.models.merging.weaving import weave
from workflows.models.merging.words import in_words

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedDiagram:
    """The merged file; None while `conflicts` are left to choose."""

    data: bytes | None
    conflicts: tuple[ConflictInWords, ...] = ()


def merge_diagrams(
    path: str,
    files: Mapping[str, bytes],
    *,
    base: bytes,
    mine: bytes,
    theirs: bytes,
    choices: Mapping[str, Side],
) -> MergedDiagram:
    """Merge what two people made of `base`; `files` are the model's others, for the names of things.

    What one of them left as it was is taken from the other; a conflict without a choice comes back in words.
    Raises CannotMerge when one of the three is no diagram that can be read part by part.
    """
    try:
        versions = Versions(base=_read(base, path), mine=_read(mine, path), theirs=_read(theirs, path))
        if same_parts(versions.base, versions.theirs) or same_parts(versions.mine, versions.theirs):
            return MergedDiagram(data=mine)
        if same_parts(versions.base, versions.mine):
            return MergedDiagram(data=theirs)
        versions = put_in_turn(versions)
        plan = decide(versions, choices)
        left = [conflict for conflict in plan.conflicts if conflict.key not in choices]
        if left:
            return MergedDiagram(data=None, conflicts=in_words(path, files, versions, left))
        return MergedDiagram(data=_finished(mend(weave(versions, plan), versions, plan)))
    except (Unreadable, Unread, TooLarge) as error:
        raise CannotMerge from error


def same_parts(one: Parts, two: Parts) -> bool:
    """Tell whether two versions say the same, however they are written."""
    return one.by_key.keys() == two.by_key.keys() and all(one.values(key) == two.values(key) for key in one.by_key)


def _read(data: bytes, path: str) -> Parts:
    return read_parts(engine.read_xml(data, path))


def _finished(root: etree._Element) -> bytes:
    """Return the file as the modelers write it, with a place for whatever has none."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    etree.indent(root)
    text = etree.tostring(root, encoding="UTF-8").replace(b'"/>', b'" />')
    return lay_out(_DECLARATION + text + b"\n", only_missing=True)
