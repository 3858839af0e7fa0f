"""Rules on the single step: who does it, with what, by when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from workflows.engine.diagram import Diagram, Node, NodeKind, at
from workflows.engine.errors import Finding

Fields = Callable[[str], frozenset[str] | None]
"""The fields a form declares; None when there is no such form."""

_SPAN = re.compile(r"P(?:\d{1,3}W|\d{1,4}D|\d{1,3}M|\d{1,2}Y|T(?=\d)(?:\d{1,4}H)?(?:\d{1,5}M)?)")


def tasks(diagram: Diagram) -> Iterator[Finding]:
    """Every user task says what is done and by which function, and its periods can be read."""
    for node in diagram.nodes.values():
        if node.kind is not NodeKind.USER:
            continue
        drawn = node.styr.get("task", {})
        if not drawn.get("kind") or not drawn.get("role"):
            lacking = "role" if drawn.get("kind") else "kind"
            message = "Steget säger inte vad som görs eller av vem. Välj det bredvid diagrammet."
            yield at(node, "task-without-role", message, attribute=lacking)
        if not node.name:
            message = "Steget saknar namn. Skriv vad som ska göras, med ett verb först."
            yield at(node, "task-without-name", message, attribute="name")
        for word in ("due", "remind", "escalate"):
            if word in drawn and not _is_period(drawn[word], word):
                message = (
                    f"Tiden ”{drawn[word]}” går inte att läsa. Skriv till exempel P10D (arbetsdagar), P2W eller PT4H."
                )
                yield at(node, "period", message, attribute=word)


def _is_period(text: str, word: str) -> bool:
    """Tell whether a period can be read; only a reminder may count back from the due moment."""
    before = word != "due" and text.startswith("-")
    return _SPAN.fullmatch(text.removeprefix("-") if before else text) is not None


def forms(diagram: Diagram, fields: Fields) -> Iterator[Finding]:
    """Every form that a step shows exists."""
    for node in diagram.nodes.values():
        form = node.styr.get("task", {}).get("form")
        if form is not None and fields(form) is None:
            message = f"Formuläret {form} finns inte i modellen. Lägg till det, eller välj ett annat."
            yield at(node, "unknown-form", message, attribute="form")


def foreign(diagram: Diagram) -> Iterator[Finding]:
    """What another engine would act upon is never read here, so nobody should believe in it."""
    for node in diagram.nodes.values():
        if node.foreign:
            message = (
                f"{', '.join(sorted(node.foreign))} läses inte. Ange det med styr:task, styr:gate eller styr:effect."
            )
            yield at(node, "foreign-execution", message)


def variables(diagram: Diagram) -> Iterator[Finding]:
    """What a step writes has a name that expressions can read, and that nothing else owns."""
    for node in diagram.nodes.values():
        if _writes(node) and (not node.variable.isidentifier() or node.variable in ("facts", "gate", "item")):
            message = f"Variabeln {node.variable} går inte att använda. Välj ett namn av bokstäver, siffror och _."
            yield at(node, "forbidden-variable", message, attribute="as")
        if node.each is not None and node.each.item in ("facts", "gate", "item"):
            message = f"Delen får inte heta {node.each.item}. Välj ett annat namn på den."
            yield at(node, "forbidden-variable", message, attribute="item")


def _writes(node: Node) -> bool:
    return node.kind in (NodeKind.USER, NodeKind.DECISION) or "gate" in node.styr or node.each is not None


RULES = (tasks, foreign, variables)
