"""What argparse says by itself, in Swedish: it looks its words up by their English, as gettext does."""

from __future__ import annotations

import argparse
from types import MappingProxyType

WORDS = MappingProxyType(
    {
        "usage: ": "så här: ",
        "options": "väljare",
        "positional arguments": "argument",
        "show this help message and exit": "visa den här hjälpen och sluta",
        "%(prog)s: error: %(message)s\n": "%(prog)s: fel: %(message)s\n",
        "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
        "the following arguments are required: %s": "det här måste anges: %s",
        "one of the arguments %s is required": "något av det här måste anges: %s",
        "unrecognized arguments: %s": "det här känns inte igen: %s",
        "not allowed with argument %s": "går inte tillsammans med %s",
        "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r finns inte, välj bland %(choices)s",
        "invalid %(type)s value: %(value)r": "%(value)r går inte att använda här",
        "ignored explicit argument %r": "tar inget värde: %r",
        "expected one argument": "skriv ett värde efter",
        "expected at most one argument": "skriv högst ett värde efter",
        "expected at least one argument": "skriv minst ett värde efter",
        "expected %s argument": "skriv %s värde efter",
        "expected %s arguments": "skriv %s värden efter",
        "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan betyda %(matches)s",
    }
)
"""By argparse's own words. What only a programmer can cause is left as it is."""


def speak_swedish() -> None:
    """Let argparse say its own words in Swedish.

    It takes them from gettext, which finds a catalogue by the reader's locale; Styr speaks Swedish wherever it runs.
    """
    own = vars(argparse)
    own["_"] = lambda said: WORDS.get(said, said)
    own["ngettext"] = lambda one, many, number: WORDS.get(said := one if number == 1 else many, said)
