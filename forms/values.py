"""One field's raw answer, posted text or JSON, to the value that is stored, or the sentence that says what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from forms.sentences import sentence
from forms.swedish import MAX_DIGITS, format_number, parse_date, parse_moment, parse_number, parse_time
from forms.tree import Field, FieldType, Moment, Option, Rules, TextKind

MAX_TEXTFIELD = 500
MAX_TEXTAREA = 10_000
MAX_CHOICES = 300
MAX_REFERENCE = 300
"""A file reference is short: what it points at is the application's to check."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[\d\s()-]{6,24}", re.ASCII)
_SHAPELESS = frozenset({"Cc", "Cf"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Read:
    """A value, or None and the sentence about it; `too_long` when not even a draft keeps it."""

    value: Any = None
    problem: str = ""
    too_long: bool = False


def read_value(field: Field, raw: Any, *, options: Sequence[Option] | None, language: str) -> Read:
    """Check `raw` for `field`. `options` = its choices, None when nobody knows them: then any short text will do.

    Empty input is the value None without a problem: whether an answer is required is asked later.
    """
    if raw is None or raw in ("", []) or (isinstance(raw, str) and not raw.strip()):
        return Read(False if field.type is FieldType.CHECKBOX else None)
    asked = _Asked(field, language)
    match field.type:
        case FieldType.CHECKBOX:
            return Read(raw) if isinstance(raw, bool) else asked.problem("yes_or_no")
        case FieldType.NUMBER:
            return _number(asked, raw)
        case FieldType.CHECKLIST | FieldType.TAGLIST | FieldType.FILEPICKER:
            return _choices(asked, raw, options)
    if isinstance(raw, list):
        return asked.problem("one_answer")
    if not isinstance(raw, str):
        return asked.problem("only_text")
    if field.type is FieldType.DATETIME:
        return _moment(asked, raw)
    if field.type in {FieldType.RADIO, FieldType.SELECT} and options is not None:
        known = raw in {option.value for option in options}
        return Read(raw) if known else asked.problem("not_an_option")
    return _text(asked, raw)


def unread(raw: Any) -> Any:
    """What a draft keeps of an answer that cannot be read yet: its text, or its list of texts."""
    if isinstance(raw, list):
        return [clean(text, lines=True) for text in raw if isinstance(text, str)]
    return clean(raw, lines=True) if isinstance(raw, str) else None


def clean(text: str, *, lines: bool) -> str:
    """`text` as it is stored: NFC, no control characters, no lone surrogates, and line ends only where `lines`.

    A single line (a title, a name, a number) also loses what has no shape of its own: marks that turn the direction of
    writing or that take no room can make one name look like another. Every letter stays.
    """
    text = text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text)
    if lines:
        return unicodedata.normalize("NFC", text).strip()
    if not text.isprintable():
        text = "".join(mark for mark in text if mark.isspace() or unicodedata.category(mark) not in _SHAPELESS)
    return unicodedata.normalize("NFC", " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A field and the language it is answered in."""

    field: Field
    language: str

    @property
    def rules(self) -> Rules:
        return self.field.rules

    def problem(self, code: str, *, too_long: bool = False, **words: Any) -> Read:
        label = self.field.label.in_language(self.language) or self.field.key
        return Read(None, sentence(code, self.language, label=label, **words), too_long)


def _text(asked: _Asked, raw: str) -> Read:
    lines = asked.field.type is FieldType.TEXTAREA
    longest = asked.rules.max_length or (MAX_TEXTAREA if lines else MAX_TEXTFIELD)
    if len(raw) > 4 * longest + 1000:
        return asked.problem("too_long", too_long=True, count=format_number(longest))
    text = clean(raw, lines=lines)
    if len(text) > longest:
        return asked.problem("too_long", too_long=len(text) > MAX_TEXTAREA, count=format_number(longest))
    if text and len(text) < (asked.rules.min_length or 0):
        return asked.problem("too_short", count=asked.rules.min_length)
    if asked.rules.kind is TextKind.EMAIL and not _EMAIL.fullmatch(text):
        return asked.problem("not_email")
    if asked.rules.kind is TextKind.PHONE and not _PHONE.fullmatch(text):
        return asked.problem("not_phone")
    if (pattern := asked.rules.pattern) and not (len(text) <= MAX_TEXTFIELD and pattern.search(text)):
        message = asked.rules.pattern_message
        return Read(None, message) if message else asked.problem("other_form")
    return Read(text or None)


def _number(asked: _Asked, raw: Any) -> Read:
    if isinstance(raw, list):
        return asked.problem("one_answer")
    typed = isinstance(raw, str | int | float) and not isinstance(raw, bool)
    number = parse_number(str(raw), asked.field.unit) if typed else None
    if number is None:
        return asked.problem("not_a_number", too_long=isinstance(raw, str) and len(raw) > MAX_TEXTFIELD)
    if len(number.normalize().as_tuple().digits) > MAX_DIGITS or abs(number) >= Decimal(10) ** MAX_DIGITS:
        return asked.problem("too_many_digits", count=MAX_DIGITS)
    rules = asked.rules
    if rules.decimals is not None and number != round(number, rules.decimals):
        return asked.problem("decimals" if rules.decimals else "whole", count=rules.decimals)
    low, high = rules.minimum, rules.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        code = "at_most" if low is None else "at_least" if high is None else "between"
        return asked.problem(
            code, low=_shown(low, grouped=asked.field.grouped), high=_shown(high, grouped=asked.field.grouped)
        )
    if rules.increment and (number - (low or 0)) % rules.increment:
        return asked.problem("steps", count=_shown(rules.increment))
    return Read(json_number(number))


def json_number(number: Decimal) -> int | float:
    """A number as JSON keeps it; up to 15 digits come back unchanged."""
    return int(number) if number == number.to_integral_value() else float(number)


def _shown(number: Decimal | None, *, grouped: bool = True) -> str:
    return format_number(number, grouped=grouped) if number is not None else ""


def _moment(asked: _Asked, raw: str) -> Read:
    if len(raw) > 100:
        return asked.problem("not_a_date", too_long=len(raw) > MAX_TEXTFIELD)
    match asked.field.moment:
        case Moment.TIME:
            at = parse_time(raw)
            return Read(f"{at:%H:%M}") if at else asked.problem("not_a_time")
        case Moment.DATETIME:
            moment = parse_moment(raw)
            good = moment is not None and sensible(moment.date())
            return Read(f"{moment:%Y-%m-%dT%H:%M}") if good else asked.problem("not_a_moment")
        case Moment.DATE:
            day = parse_date(raw)
            return Read(day.isoformat()) if day and sensible(day) else asked.problem("not_a_date")


def sensible(day: date) -> bool:
    """Whether a year is one that people mean: "0026" is a slip of the finger."""
    return 1900 <= day.year < 2200


def _choices(asked: _Asked, raw: Any, options: Sequence[Option] | None) -> Read:
    if not isinstance(raw, list) or not all(isinstance(choice, str) for choice in raw):
        return asked.problem("not_an_option", too_long=True)
    chosen = list(dict.fromkeys(choice for choice in raw if choice))
    if len(chosen) > MAX_CHOICES:
        return asked.problem("too_many_choices", too_long=True, count=MAX_CHOICES)
    if asked.field.type is FieldType.FILEPICKER:
        if not asked.field.multiple and len(chosen) > 1:
            return asked.problem("too_many_choices", count=1)
        options = None
    known = {option.value for option in options} if options is not None else None
    if any(len(choice) > MAX_REFERENCE or (known is not None and choice not in known) for choice in chosen):
        return asked.problem("not_an_option", too_long=True)
    return Read([clean(choice, lines=False) for choice in chosen] or None)
