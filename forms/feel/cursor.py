"""Walking over tokens, with errors that say what was expected."""

from enum import IntEnum
from typing import Protocol, TypeVar

from forms.feel.errors import MAX_DEPTH, FeelError
from forms.feel.tokens import Token, TokenKind, tokens
from forms.feel.tree import Node, children


class Power(IntEnum):
    """How tightly an operator binds."""

    NOTHING = 0
    OR = 1
    AND = 2
    COMPARISON = 3
    SUM = 4
    PRODUCT = 5
    EXPONENT = 6
    MINUS = 7
    INSTANCE = 8
    POSTFIX = 9


SomeNode = TypeVar("SomeNode", bound=Node)

_CLOSERS = frozenset({")", "]", "}", ",", ":"})


class Cursor:
    """The tokens of one source and the place reached; also keeps count of nesting."""

    def __init__(self, source: str) -> None:
        self._tokens = tokens(source)
        self.at = 0
        self._level = 0
        self._range_ends_awaited = 0
        # Kept with the nodes, so that an id is not given to another node meanwhile.
        self._heights: dict[int, tuple[int, Node]] = {}

    @property
    def token(self) -> Token:
        """The token at hand."""
        return self._tokens[self.at]

    def ahead(self, count: int) -> Token:
        """The token so many places on; END beyond the last."""
        return self._tokens[min(self.at + count, len(self._tokens) - 1)]

    def next(self) -> Token:
        """Take the token at hand."""
        token = self.token
        self.at = min(self.at + 1, len(self._tokens) - 1)
        return token

    def sees(self, *texts: str) -> bool:
        """Whether the token at hand is one of these signs or keywords."""
        token = self.token
        return token.kind in (TokenKind.SIGN, TokenKind.KEYWORD) and token.text in texts

    def reads(self, *texts: str) -> bool:
        """Whether these names, keywords and signs follow; a text in quotes is none of them."""
        return all(
            self.ahead(place).text == text and self.ahead(place).kind is not TokenKind.TEXT
            for place, text in enumerate(texts)
        )

    def skips(self, text: str) -> bool:
        """Take the token at hand if it is this sign or keyword."""
        found = self.sees(text)
        if found:
            self.next()
        return found

    def expect(self, text: str) -> Token:
        """Take the token at hand, which must be this sign or keyword. Raises FeelError."""
        if not self.sees(text):
            raise self.surprise(f"Här väntades ”{text}”")
        return self.next()

    def expect_name(self) -> str:
        """Take the name at hand. Raises FeelError."""
        if self.token.kind is not TokenKind.NAME:
            raise self.surprise("Här väntades ett namn")
        return self.next().text

    def expect_end(self) -> None:
        """Raises FeelError unless everything has been taken."""
        if self.token.kind is not TokenKind.END:
            raise FeelError(f"Här väntades slutet, men det står ”{self.token.text}”.", self.token.position)

    def surprise(self, expected: str) -> FeelError:
        """What was expected, and what stands there instead."""
        if self.token.kind is TokenKind.END:
            return FeelError(f"{expected}, men uttrycket tar slut.", self.token.position)
        return FeelError(f"{expected}, men det står ”{self.token.text}”.", self.token.position)

    def await_range_end(self, count: int) -> None:
        """Count one range more (1) or fewer (-1) whose upper end is being read."""
        self._range_ends_awaited += count

    def closes_open_range(self) -> bool:
        """Whether the `[` at hand ends a range like `[1..5[`: nothing that could be a filter follows it."""
        after = self.ahead(1)
        if not self._range_ends_awaited:
            return False
        if after.kind is TokenKind.KEYWORD:
            return after.text not in ("true", "false", "null", "if", "for", "some", "every")
        return after.kind is TokenKind.END or (after.kind is TokenKind.SIGN and after.text in _CLOSERS)

    def enter(self) -> None:
        """Go one level of nesting further in. Raises FeelError when that is too deep."""
        self._level += 1
        if self._level > MAX_DEPTH:
            raise self.too_deep()

    def leave(self) -> None:
        """Come back out of one level."""
        self._level -= 1

    def mark(self) -> tuple[int, int]:
        """The place reached, for `go_back`."""
        return self.at, self._level

    def go_back(self, mark: tuple[int, int]) -> None:
        """Return to a marked place."""
        self.at, self._level = mark

    def made(self, node: SomeNode) -> SomeNode:
        """The node itself. Raises FeelError when the tree below it is too high, as in a long row of additions."""
        height = 1 + max((self._heights.get(id(child), (0,))[0] for child in children(node)), default=0)
        if height > MAX_DEPTH:
            raise self.too_deep()
        self._heights[id(node)] = (height, node)
        return node

    def too_deep(self) -> FeelError:
        """The error of an expression with too many levels."""
        return FeelError(f"Uttrycket är nästlat i mer än {MAX_DEPTH} nivåer.", self.token.position)


class Reader(Protocol):
    """What the parts of the parser need of the whole."""

    cursor: Cursor

    def expression(self, power: Power = ...) -> Node:
        """The expression that follows, as far as operators bind tighter than `power`. Raises FeelError."""
