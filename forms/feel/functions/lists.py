"""Functions over lists. Positions count from 1, from the end when negative."""

from decimal import Decimal
from functools import cmp_to_key
from operator import gt, lt

from forms.feel.evaluation import Run
from forms.feel.functions.signature import builtin
from forms.feel.logic import equal, ordered
from forms.feel.values import Value, check_depth


@builtin("list contains", "list: list", "element: any", run=True)
def _list_contains(run: Run, items: list[Value], element: Value) -> bool:
    return any(equal(item, element, run) is True for item in items)


@builtin("count", "list: list")
def _count(items: list[Value]) -> Decimal:
    return Decimal(len(items))


@builtin("is empty", "list: list")
def _is_empty(items: list[Value]) -> bool:
    return not items


@builtin("sublist", "list: list", "start position: number", "length: number?")
def _sublist(items: list[Value], start: Decimal, length: Decimal | None = None) -> list[Value] | None:
    first = _index(items, start)
    if first is None or (length is not None and length < 0):
        return None
    return items[first:] if length is None else items[first : first + int(min(length, Decimal(len(items))))]


@builtin("append", "list: list", "*item")
def _append(items: list[Value], *more: Value) -> list[Value]:
    return [*items, *more]


@builtin("concatenate", "*list")
def _concatenate(*lists: Value) -> list[Value] | None:
    if None in lists:
        return None
    return [item for part in lists for item in (part if isinstance(part, list) else [part])]


@builtin("union", "*list", run=True)
def _union(run: Run, *lists: Value) -> list[Value] | None:
    joined = _concatenate(*lists)
    return None if joined is None else _distinct(run, joined)


@builtin("distinct values", "list: list", run=True)
def _distinct(run: Run, items: list[Value]) -> list[Value]:
    kept: list[Value] = []
    for item in items:
        run.charge(1 + len(kept))
        if not any(equal(item, other, run) is True for other in kept):
            kept.append(item)
    return kept


@builtin("insert before", "list: list", "position: number", "newItem: any")
def _insert_before(items: list[Value], position: Decimal, new: Value) -> list[Value] | None:
    if position == len(items) + 1:
        return [*items, new]
    index = _index(items, position)
    return None if index is None else [*items[:index], new, *items[index:]]


@builtin("remove", "list: list", "position: number")
def _remove(items: list[Value], position: Decimal) -> list[Value] | None:
    index = _index(items, position)
    return None if index is None else items[:index] + items[index + 1 :]


@builtin("reverse", "list: list")
def _reverse(items: list[Value]) -> list[Value]:
    return items[::-1]


@builtin("index of", "list: list", "match: any", run=True)
def _index_of(run: Run, items: list[Value], match: Value) -> list[Value]:
    return [Decimal(place) for place, item in enumerate(items, 1) if equal(item, match, run) is True]


@builtin("flatten", "list: list", run=True)
def _flatten(run: Run, items: list[Value]) -> list[Value]:
    return _flat(run, items, 0)


@builtin("sort", "list: list", run=True)
def _sort(run: Run, items: list[Value]) -> list[Value] | None:
    """In rising order; null unless all items are of one kind that has an order."""
    run.charge(len(items) * len(items).bit_length())

    def order(left: Value, right: Value) -> int:
        before = ordered(lt, left, right)
        if before is None:
            raise ValueError(left)
        return -1 if before else int(ordered(gt, left, right) is True)

    return sorted(items, key=cmp_to_key(order))


def _flat(run: Run, items: list[Value], depth: int) -> list[Value]:
    check_depth(depth)
    run.charge(1 + len(items))
    parts = (_flat(run, item, depth + 1) if isinstance(item, list) else [item] for item in items)
    return [item for part in parts for item in part]


def _index(items: list[Value], position: Decimal) -> int | None:
    if position == 0 or abs(position) > len(items) or position != int(position):
        return None
    return int(position) - 1 if position > 0 else len(items) + int(position)
