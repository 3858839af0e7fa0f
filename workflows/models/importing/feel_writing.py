"""Writes what a condition of another engine says as FEEL over our own names."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from forms import feel
from workflows.models.importing.foreign_expressions import COMPARE, Constant, Name, NotUnderstood, Operation, Tree

Written = Callable[[tuple[str, ...]], str | None]
"""What a variable is called in our model; None when nothing there is it."""


def to_feel(tree: Tree, written: Written) -> str | None:
    """Return the FEEL that says it of our own names; None when a variable has none, or it would not be FEEL."""
    try:
        text = _truth(tree, written)
        feel.parse(text)
    except (NotUnderstood, feel.FeelError):
        return None
    return text


def to_value(tree: Tree, written: Written) -> str | None:
    """Return the FEEL of something that is read rather than asked: an input of a decision table."""
    try:
        text = _value(tree, written)
        feel.parse(text)
    except (NotUnderstood, feel.FeelError):
        return None
    return text


def _truth(tree: Tree, written: Written) -> str:
    """Write something that is true or not: a variable is compared with true, since null is neither."""
    if isinstance(tree, Name):
        return f"{_value(tree, written)} = true"
    if isinstance(tree, Operation):
        if tree.sign in ("and", "or"):
            return f" {tree.sign} ".join(_grouped(part, written) for part in tree.parts)
        if tree.sign == "not":
            return f"not({_truth(tree.parts[0], written)})"
        if tree.sign in set(COMPARE.values()):
            left, right = (_value(part, written) for part in tree.parts)
            return f"{left} {tree.sign} {right}"
    if isinstance(tree, Constant) and isinstance(tree.value, bool):
        return str(tree.value).lower()
    raise NotUnderstood


def _grouped(part: Tree, written: Written) -> str:
    text = _truth(part, written)
    return f"({text})" if isinstance(part, Operation) and part.sign in ("and", "or") else text


def _value(tree: Tree, written: Written) -> str:
    if isinstance(tree, Name):
        name = written(tree.path)
        if name is None:
            raise NotUnderstood
        return name
    if isinstance(tree, Constant):
        return _literal(tree.value)
    if tree.sign == "-" and len(tree.parts) == 1:
        return f"-{_value(tree.parts[0], written)}"
    if tree.sign in "+-*/":
        left, right = (_value(part, written) for part in tree.parts)
        return f"({left} {tree.sign} {right})"
    raise NotUnderstood


def _literal(value: str | Decimal | bool | None) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return "null" if value is None else str(value).lower()
