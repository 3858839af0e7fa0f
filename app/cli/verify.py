"""`styr verify`: does the record add up? One line a project, and what was altered first where it does not."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.cli.opening import add_var, system_context

if TYPE_CHECKING:
    from workflows.governance.verify import Broken
    from workflows.kernel.context import Context

DESCRIPTION = """\
Kontrollerar att ingen har ändrat i det som är bokfört.

Varje projekt har en kedja av händelser där varje länk bär den förras kontrollsumma. Kommandot räknar om
kedjan och jämför svar, dokument, beslutsunderlag, beslut, villkor och filer med vad händelserna säger.
Personernas, modellernas och inställningarnas händelser kontrolleras på samma sätt. Inget ändras.
"""

EPILOG = """\
exempel:
  styr verify                 alla projekt
  styr verify P-2026-014      ett av dem

Slutkod 0 när allt stämmer, 1 när något är ändrat, 2 när projektet inte finns.
"""

STREAMS = {"people": "Personer och roller", "models": "Processmodeller", "settings": "Inställningar"}

WHERE = {
    "event": "händelse",
    "submission": "svar",
    "document": "dokument",
    "pack": "beslutsunderlag",
    "decision": "beslut",
    "condition": "villkor",
    "recusal": "jävsanmälan",
    "file": "fil",
    "paper": "utskrift",
    "project": "projekt",
    "bundle": "modellversion",
}

PROBLEMS = {
    "gap": "saknas eller står på fel plats",
    "unlinked": "hänger inte ihop med händelsen före",
    "changed": "har ändrats i efterhand",
    "head": "är den sista som finns kvar, men det har funnits fler",
    "state": "stämmer inte med projektets läge",
    "gone": "har händelser men projektet är borttaget",
}
"""What a problem's code says; rows that differ from their event are all "changed or gone"."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser of `styr`."""
    parser = commands.add_parser(
        "verify",
        help="kontrollera att inget bokfört har ändrats",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("number", nargs="?", metavar="NUMMER", help="projektets nummer; utan det kontrolleras alla")
    add_var(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check what was asked for, a line for each; return the exit code."""
    count = broken = 0
    with system_context(options) as ctx:
        for number, events, title, problem in _checked(ctx, options.number):
            count += 1
            broken += problem is not None
            print(f"{'BRUTEN' if problem else 'ok':<7} {number:<12} {events:>6} händelser  {title}", flush=True)
            if problem is not None:
                print(f"        {sentence(problem)}")
    if not count:
        print(f"Inget projekt har numret {options.number}." if options.number else "Inget är bokfört.", file=sys.stderr)
        return 2
    print(f"{broken} av {count} stämmer inte." if broken else f"Allt stämmer ({count} kontrollerade).")
    return 1 if broken else 0


def sentence(broken: Broken) -> str:
    """Return what was found, in Swedish: ”Händelse 7 har ändrats i efterhand.”"""
    kind, _, name = broken.where.partition(" ")
    what = f"{WHERE.get(kind, kind)} {name}".strip()
    return f"{what[0].upper()}{what[1:]} {PROBLEMS.get(broken.problem, 'har ändrats eller tagits bort')}."


def _checked(ctx: Context, number: str | None) -> Iterator[tuple[str, int, str, Broken | None]]:
    """Yield number, events, title and what is broken; the registers only when all is asked for."""
    from workflows.governance.verify import verify, verify_streams

    for project in verify(ctx, number=number):
        yield project.number, project.events, project.title, project.broken
    if number is None:
        for stream in verify_streams(ctx):
            title = STREAMS.get(stream.stream, "Borttaget projekt")
            yield "–", stream.events, title, stream.broken
