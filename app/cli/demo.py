"""`styr demo`: fill an empty installation with invented people and projects."""

from __future__ import annotations

import argparse

from app.cli.opening import add_var, system_context

DESCRIPTION = """\
Fyller en tom installation med påhittade personer, grupper och projekt, så att allt går att prova.

Projekten står i olika lägen: idéer, väntande beslut, genomförande, vilande, avslutade och avbrutna.
Dagarna räknas från i dag. Finns det redan personer i databasen ändras inget. Använd en egen mapp:
demodata ska inte blandas med riktiga projekt.
"""

EPILOG = """\
exempel:
  styr demo --var /tmp/prova
  styr serve --var /tmp/prova

Kommandot skriver ut vilka som kan logga in. styr serve --demo gör samma sak vid första starten.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser of `styr`."""
    parser = commands.add_parser(
        "demo",
        help="fyll en tom installation med påhittade projekt",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_var(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Load the demo and print who can log in; return the exit code."""
    from app.demo import load_demo, print_accounts

    with system_context(options) as ctx:
        loaded = load_demo(ctx, told=lambda title: print(f"  {title}", flush=True))
    print_accounts(loaded)
    return 0 if loaded.accounts else 1
