"""The lexer: source text to a list of tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from unicodedata import normalize

from forms.feel.errors import MAX_SOURCE, FeelError


class TokenKind(Enum):
    """What a token is; keywords are never names, built-in function names are."""

    NUMBER = "number"
    TEXT = "text"
    MOMENT = "moment"
    NAME = "name"
    KEYWORD = "keyword"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token; `text` is decoded for texts and moments, `position` counts characters from 0."""

    kind: TokenKind
    text: str
    position: int


KEYWORDS = frozenset(
    {"and", "or", "if", "then", "else", "in", "between", "some", "every", "satisfies", "for", "return"}
    | {"true", "false", "null", "instance", "function"}
)

_TOKEN = re.compile(
    r"""
      (?P<blank> \s+ | //[^\n]* | /\*.*?\*/ )
    | (?P<number> [0-9]+(?:\.[0-9]+)? | \.[0-9]+ )
    | (?P<moment> @"[^"\n]*" )
    | (?P<text> "(?:\\.|[^"\\\n])*" )
    | (?P<sign> \*\* | \.\. | <= | >= | != | [-+*/<>=()\[\]{},.:?] )
    | (?P<name> [^\W\d][\w\u0300-\u036f]* )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([nrt\"'\\]))")
_SHORT_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


def tokens(source: str) -> list[Token]:
    """The tokens of `source`, closed by one END token. Raises FeelError."""
    if len(source) > MAX_SOURCE:
        raise FeelError(f"Uttrycket är längre än {MAX_SOURCE} tecken.", MAX_SOURCE)
    return [*_scan(source), Token(kind=TokenKind.END, text="", position=len(source))]


def _scan(source: str) -> Iterator[Token]:
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise _unreadable(source, position)
        if match.lastgroup != "blank":
            yield _token(match)
        position = match.end()


def _token(match: re.Match[str]) -> Token:
    kind, text, position = TokenKind(match.lastgroup), match.group(), match.start()
    if kind is TokenKind.TEXT:
        text = _unescape(text[1:-1], position)
    elif kind is TokenKind.MOMENT:
        text = text[2:-1]
    elif kind is TokenKind.NAME:
        # Text typed on a Mac may carry å as two characters; names compare in composed form.
        text = normalize("NFC", text)
        kind = TokenKind.KEYWORD if text in KEYWORDS else kind
    return Token(kind=kind, text=text, position=position)


def _unescape(text: str, position: int) -> str:
    """Text with its escapes resolved; an unknown one keeps its backslash, as in "\\d"."""
    if "\\" not in text:
        return text
    # A character outside the first plane may be written as two \u escapes: join the pair.
    decoded = _ESCAPE.sub(_escaped, text).encode("utf-16-le", "surrogatepass")
    try:
        return decoded.decode("utf-16-le")
    except UnicodeDecodeError:
        raise FeelError("Texten har ett ofullständigt tecken efter \\u.", position) from None


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code is None:
        return _SHORT_ESCAPES[match[3]]
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else match.group()


def _unreadable(source: str, position: int) -> FeelError:
    if source[position] == '"' or source.startswith('@"', position):
        return FeelError("Texten saknar avslutande citattecken.", position)
    return FeelError(f"Tecknet ”{source[position]}” går inte att använda här.", position)
