"""Reading what stands in brackets: parentheses, lists, ranges and contexts. The opening bracket has been taken."""

from collections.abc import Container

from forms.feel.cursor import Cursor, Power, Reader
from forms.feel.errors import FeelError
from forms.feel.tokens import TokenKind
from forms.feel.tree import ContextOf, Entry, ListOf, Node, RangeOf


def after_parenthesis(reader: Reader) -> Node:
    """`(a)` or `(a..b)`. Raises FeelError."""
    inner = reader.expression()
    if reader.cursor.skips(".."):
        return range_from(reader, inner, low_closed=False)
    reader.cursor.expect(")")
    return inner


def after_bracket(reader: Reader) -> Node:
    """`[a, b]` or `[a..b]`. Raises FeelError."""
    if reader.cursor.skips("]"):
        return ListOf(items=())
    items = [reader.expression()]
    if reader.cursor.skips(".."):
        return range_from(reader, items[0], low_closed=True)
    while reader.cursor.skips(","):
        items.append(reader.expression())
    reader.cursor.expect("]")
    return ListOf(items=tuple(items))


def after_turned_bracket(reader: Reader) -> Node:
    """`]a..b]`. Raises FeelError."""
    low = reader.expression(Power.COMPARISON)
    reader.cursor.expect("..")
    return range_from(reader, low, low_closed=False)


def range_from(reader: Reader, low: Node, *, low_closed: bool) -> Node:
    """A range whose lower end and two points have been taken. Raises FeelError."""
    cursor = reader.cursor
    cursor.await_range_end(1)
    high = reader.expression(Power.COMPARISON)
    cursor.await_range_end(-1)
    if not cursor.sees("]", ")", "["):
        raise cursor.surprise("Här väntades intervallets slut")
    return RangeOf(low=low, high=high, low_closed=low_closed, high_closed=cursor.next().text == "]")


def after_brace(reader: Reader) -> Node:
    """`{a: 1, "b c": 2}`. Raises FeelError."""
    cursor = reader.cursor
    entries: dict[str, Entry] = {}
    while not cursor.skips("}"):
        if entries:
            cursor.expect(",")
        key = _key(cursor, entries)
        cursor.expect(":")
        entries[key] = cursor.made(Entry(key=key, value=reader.expression()))
    return ContextOf(entries=tuple(entries.values()))


def _key(cursor: Cursor, taken: Container[str]) -> str:
    token = cursor.token
    if token.kind not in (TokenKind.NAME, TokenKind.KEYWORD, TokenKind.TEXT):
        raise cursor.surprise("Här väntades en nyckel")
    if token.text in taken:
        raise FeelError(f"Nyckeln ”{token.text}” står två gånger.", token.position)
    return cursor.next().text
