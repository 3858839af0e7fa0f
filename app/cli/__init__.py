"""The command `styr`: the frame. Each command is a file of its own here, with `add_to(commands)` and `run(options)`."""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Sequence

from app.cli.swedish import speak_swedish
from app.settings import SettingsError
from workflows.kernel.errors import StyrError

COMMANDS = ("serve", "demo", "user", "scenario", "model", "verify")

DESCRIPTION = """\
Styr driver en kommuns projektmodell: faser som avslutas med beslutspunkter, från idé till avslut.
"""

EPILOG = """\
kom igång:
  styr user add --name "Anna Berg" --email anna.berg@kommunen.se --administrator
  styr serve

Varje kommando har sin egen hjälp: styr serve --help
Inställningar läses ur miljön (STYR_VAR, STYR_BASE_URL, STYR_SMTP_URL …), se docs/operating.md.
"""

REFUSED = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code: 0 done, 1 found something wrong, 2 could not be done."""
    options = make_parser().parse_args(argv)
    try:
        code: int = options.run(options)
    except (StyrError, SettingsError) as error:
        print(f"styr: {error}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def make_parser() -> argparse.ArgumentParser:
    """Return the parser with every command of this installation."""
    speak_swedish()
    parser = argparse.ArgumentParser(
        prog="styr", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    version = importlib.metadata.version("styr")
    parser.add_argument("--version", action="version", version=f"styr {version}", help="visa versionen och sluta")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)
    for name in COMMANDS:
        if importlib.util.find_spec(f"app.cli.{name}"):
            importlib.import_module(f"app.cli.{name}").add_to(commands)
    return parser
