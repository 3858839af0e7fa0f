"""Reading a call of a built-in function: names of several words, arguments by place or by name."""

from forms.feel.cursor import Cursor, Reader
from forms.feel.errors import FeelError
from forms.feel.functions import FUNCTIONS, Signature
from forms.feel.pattern_syntax import PatternError
from forms.feel.patterns import compiled_pattern
from forms.feel.tokens import Token, TokenKind
from forms.feel.tree import Call, Literal, Node

_WORD = (TokenKind.NAME, TokenKind.KEYWORD)
_MOST_WORDS = max(len(name.split()) for name in FUNCTIONS)
_FLAGS_AT = {"matches": 2, "replace": 3, "split": 2}
"""The functions whose second argument is a pattern, and where its flags stand."""


def read_function_name(cursor: Cursor, first: Token) -> str | None:
    """The function whose name begins with the token just taken, its further words taken too; None for a variable.

    Raises FeelError for a call of something that is no function.
    """
    for count in range(_MOST_WORDS - 1, -1, -1):
        rest = [cursor.ahead(place) for place in range(count)]
        name = " ".join([first.text, *(token.text for token in rest)])
        if name in FUNCTIONS and _is_sign(cursor.ahead(count), "(") and all(t.kind in _WORD for t in rest):
            for _ in rest:
                cursor.next()
            return name
    if cursor.sees("("):
        raise FeelError(f"Funktionen ”{first.text}” finns inte.", first.position)
    return None


def read_call(reader: Reader, name: str, position: int) -> Call:
    """The call of a function whose name, at `position`, has been taken. Raises FeelError."""
    cursor = reader.cursor
    cursor.expect("(")
    if cursor.skips(")"):
        arguments = _by_place(name, [], position)
    elif _named_argument(cursor):
        arguments = _by_name(name, _read_named(reader), position)
    else:
        arguments = _by_place(name, _read_listed(reader), position)
    if name in _FLAGS_AT:
        _check_pattern(arguments, _FLAGS_AT[name], position)
    return Call(function=name, arguments=arguments)


def _read_listed(reader: Reader) -> list[Node]:
    arguments = [reader.expression()]
    while reader.cursor.skips(","):
        arguments.append(reader.expression())
    reader.cursor.expect(")")
    return arguments


def _read_named(reader: Reader) -> list[tuple[str, Node]]:
    cursor = reader.cursor
    arguments: list[tuple[str, Node]] = []
    while not arguments or cursor.skips(","):
        words = _named_argument(cursor)
        if not words:
            raise cursor.surprise("Här väntades ett namn och ett kolon")
        for _ in words:
            cursor.next()
        cursor.expect(":")
        arguments.append((" ".join(words), reader.expression()))
    cursor.expect(")")
    return arguments


def _named_argument(cursor: Cursor) -> list[str]:
    """The words before a colon; empty when no named argument follows."""
    words: list[str] = []
    while cursor.ahead(len(words)).kind in _WORD:
        words.append(cursor.ahead(len(words)).text)
    return words if _is_sign(cursor.ahead(len(words)), ":") else []


def _by_place(name: str, arguments: list[Node], position: int) -> tuple[Node | None, ...]:
    if any(signature.accepts(len(arguments)) for signature in FUNCTIONS[name]):
        return tuple(arguments)
    raise FeelError(f"Så här skrivs funktionen: {_usage(name)}.", position)


def _by_name(name: str, arguments: list[tuple[str, Node]], position: int) -> tuple[Node | None, ...]:
    names = [argument for argument, _ in arguments]
    for signature in FUNCTIONS[name]:
        places = signature.order(names)
        if places is not None:
            return tuple(None if place is None else arguments[place][1] for place in places)
    raise FeelError(f"Så här skrivs funktionen: {_usage(name)}.", position)


def _usage(name: str) -> str:
    return " eller ".join(f"{name}({_parameters(signature)})" for signature in FUNCTIONS[name])


def _parameters(signature: Signature) -> str:
    shown = [p.name + "…" * p.rest + "?" * p.optional for p in signature.parameters]
    return ", ".join(shown)


def _check_pattern(arguments: tuple[Node | None, ...], flags_at: int, position: int) -> None:
    """Refuse a pattern that is written out and can't run, before anyone meets it."""
    pattern, flags = (_text(argument) for argument in (arguments[1], (*arguments, None, None)[flags_at]))
    try:
        compiled_pattern(pattern, flags)
    except PatternError as error:
        raise FeelError(str(error), position) from None


def _text(node: Node | None) -> str:
    """A text that is written out; empty for anything else."""
    return node.value if isinstance(node, Literal) and isinstance(node.value, str) else ""


def _is_sign(token: Token, text: str) -> bool:
    return token.kind is TokenKind.SIGN and token.text == text
