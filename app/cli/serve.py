"""`styr serve`: bring the database up to date and answer requests."""

from __future__ import annotations

import argparse
import importlib
import ipaddress
import os
import sys
from datetime import timedelta

from app.cli.opening import add_var, opened, settings_of
from app.settings import Settings
from workflows.kernel.alone import WorkerRunning, alone
from workflows.kernel.errors import StyrError, _l

DESCRIPTION = """\
Startar Styr. Databasen uppgraderas först om det behövs. Servern stannar på Ctrl-C eller SIGTERM
när pågående anrop och jobb är klara.
"""

EPILOG = """\
exempel:
  styr serve                                   http://127.0.0.1:8000, data i ./var
  styr serve --host 0.0.0.0 --var /srv/styr    bakom en webbserver som sköter https
  styr serve --demo --dev-mail                 prova med påhittade personer och projekt

Bakom en webbserver: sätt STYR_BASE_URL till adressen som folk skriver och STYR_PROXIES=1.
"""

SHIPPED = "harnosand"
"""The model that a new installation begins with."""

LOOPBACK = "127.0.0.1"
PATIENCE = timedelta(seconds=20)
"""How long to wait for a server that is just stopping."""


class OpenDevMail(StyrError):
    """Mails with links to passwords would be shown to the network."""

    code = "open_dev_mail"
    message = _l("--dev-mail visar alla mejl och går bara med --host 127.0.0.1")


class OneWorker(StyrError):
    """More than one worker process on a SQLite file."""

    code = "one_worker"
    message = _l("Med SQLite går bara --workers 1. En databasserver (STYR_DATABASE_URL) klarar fler")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser of `styr`."""
    parser = commands.add_parser(
        "serve",
        help="starta servern",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default=LOOPBACK, metavar="ADRESS", help=f"adress att svara på ({LOOPBACK})")
    parser.add_argument("--port", type=_port, default=8000, metavar="NUMMER", help="port att svara på (8000)")
    add_var(parser)
    parser.add_argument("--demo", action="store_true", help="fyll en tom databas med påhittade personer och projekt")
    parser.add_argument("--dev-mail", action="store_true", help="skicka inga mejl, visa dem på sidan /dev/mail")
    parser.add_argument("--workers", type=int, default=1, metavar="ANTAL", help="processer som svarar (1)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prepare the installation, then become the server."""
    settings = _settings(options)
    if options.workers != 1 and settings.database_url.startswith("sqlite"):
        raise OneWorker
    prepare(settings, demo=options.demo)
    from app.cli.server import Place, Server

    place = Place(host=options.host, port=options.port, workers=options.workers)
    Server(settings, place, lambda address: print(f"Styr svarar på {address}", flush=True)).run()
    return 0


def prepare(settings: Settings, *, demo: bool) -> None:
    """Bring the database up to date, with demo data when asked for. Raises WorkerRunning when a server is running."""
    settings.var.mkdir(parents=True, exist_ok=True)
    with alone(settings.var, _patience(settings)), opened(settings) as ctx:
        if demo:
            data = importlib.import_module("app.demo")
            data.print_accounts(data.load_demo(ctx))
        from workflows.models import publish_first, shipped
        from workflows.people import every_person

        publish_first(ctx, shipped(SHIPPED))
        with ctx.read() as session:
            empty = not every_person(session, tenant=ctx.tenant, search="", inactive=False)
    if empty:
        print("Ingen kan logga in än. Lägg till den första administratören: styr user add --help", file=sys.stderr)


def _patience(settings: Settings) -> timedelta:
    """Return how long to wait for another server, and say so when there is one."""
    try:
        with alone(settings.var, timedelta(0)):
            return timedelta(0)
    except WorkerRunning:
        print("Väntar på att en annan Styr-process ska stanna …", file=sys.stderr, flush=True)
        return PATIENCE


def _settings(options: argparse.Namespace) -> Settings:
    """Return the settings; on one's own machine the addresses in mails carry the port that was chosen."""
    own = _is_loopback(options.host)
    if options.dev_mail and not own:
        raise OpenDevMail
    more = {"STYR_DEV_MAIL": "1"} if options.dev_mail else {}
    if own and "STYR_BASE_URL" not in os.environ:
        more["STYR_BASE_URL"] = f"http://{options.host if ':' not in options.host else LOOPBACK}:{options.port}"
    return settings_of(options, **more)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 2**16:
        return int(text)
    raise argparse.ArgumentTypeError("skriv ett tal från 0 till 65535")
