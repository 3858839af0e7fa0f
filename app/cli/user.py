"""`styr user`: the people of an installation, for whoever runs it. The first administrator comes from here."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable

from app.cli.account import account_of, password_link
from app.cli.opening import add_var, opened, settings_of
from workflows.kernel.clock import local_date
from workflows.kernel.errors import StyrError, _l
from workflows.kernel.ids import ORGANISATION
from workflows.people import (
    ADMINISTRATOR,
    LinkKind,
    Passwords,
    PersonDetails,
    add_person,
    check_password,
    deactivate_person,
    every_person,
    holders_on,
    role_label,
    set_password,
)

DESCRIPTION = """\
Personer i den här installationen: lägg till, lista, byt lösenord, stäng konton.

Det mesta av det här gör en administratör i webbläsaren. Kommandot behövs för den första
administratören, och när ingen kan logga in.
"""

EPILOG = """\
exempel:
  styr user add --name "Anna Berg" --email anna.berg@kommunen.se --administrator
  styr user list --search berg
  styr user password anna.berg@kommunen.se
  styr user deactivate anna.berg@kommunen.se
"""


_ADDING = """\
Lägger till en person och skriver ut en länk där personen väljer sitt lösenord.
Länken gäller i 7 dagar och kan användas en gång. Med --password frågar kommandot efter
ett lösenord i stället.
"""

_RENEWING = """\
Frågar efter ett nytt lösenord för personen, eller skriver med --link ut en länk där personen
väljer det själv. Alla som är inloggade med kontot loggas ut när lösenordet byts.
"""

_CLOSING = """\
Stänger ett konto: personen loggas ut och kan inte logga in igen. Historiken finns kvar.
Den som har roller eller platser måste först lämna över dem, i webbläsaren.
"""


FIELDS = ("name", "email", "title", "department", "phone")


class PasswordsDiffer(StyrError):
    """A password that was not written the same way twice."""

    status = 422
    code = "passwords_differ"
    message = _l("Du skrev två olika lösenord. Inget ändrades.")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its own commands to the parser of `styr`."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = commands.add_parser(
        "user",
        help="lägg till och hantera personer (den första administratören)",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=raw,
    )
    own = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)
    _add(own.add_parser("add", help="lägg till en person", description=_ADDING, formatter_class=raw))
    _list(own.add_parser("list", help="lista personer", description="Listar personer som kan logga in."))
    _password(own.add_parser("password", help="byt någons lösenord", description=_RENEWING, formatter_class=raw))
    _deactivate(own.add_parser("deactivate", help="stäng ett konto", description=_CLOSING, formatter_class=raw))


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, metavar="NAMN", help="för- och efternamn")
    parser.add_argument("--email", required=True, metavar="ADRESS", help="e-postadress att logga in med")
    parser.add_argument("--title", default="", metavar="TEXT", help="funktion, till exempel förvaltningschef")
    parser.add_argument("--department", default="", metavar="TEXT", help="förvaltning")
    parser.add_argument("--phone", default="", metavar="NUMMER", help="telefon")
    parser.add_argument("--administrator", action="store_true", help="får hantera personer, grupper och roller")
    parser.add_argument("--password", action="store_true", help="fråga efter ett lösenord i stället för en länk")
    add_var(parser)
    parser.set_defaults(run=add)


def _list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--search", default="", metavar="ORD", help="bara de vars namn, adress eller funktion passar")
    parser.add_argument("--closed", action="store_true", help="stängda konton i stället")
    add_var(parser)
    parser.set_defaults(run=show)


def _password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="ADRESS", help="personens e-postadress")
    parser.add_argument("--link", action="store_true", help="skriv ut en länk i stället för att fråga")
    add_var(parser)
    parser.set_defaults(run=password)


def _deactivate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="ADRESS", help="personens e-postadress")
    add_var(parser)
    parser.set_defaults(run=deactivate)


def add(options: argparse.Namespace) -> int:
    """Add a person."""
    settings = settings_of(options)
    details = PersonDetails(**{field: getattr(options, field) for field in FIELDS})
    chosen = asked_twice() if options.password else None
    if chosen is not None:
        check_password(chosen, name=details.name, email=details.email)
    with opened(settings) as ctx:
        person = add_person(ctx, details=details, roles=[ADMINISTRATOR] if options.administrator else [])
        if chosen is None:
            address = password_link(ctx, settings, person, LinkKind.WELCOME)
        else:
            set_password(ctx, person=person, password=chosen, passwords=Passwords())
    print(f"{options.name} är tillagd{' som administratör' if options.administrator else ''}.")
    if chosen is None:
        print(f"Välj lösenord inom 7 dagar, länken går att använda en gång:\n{address}")
    return 0


def show(options: argparse.Namespace) -> int:
    """List people with their roles in the organisation."""
    with opened(settings_of(options)) as ctx, ctx.read() as session:
        people = every_person(session, tenant=ctx.tenant, search=options.search, inactive=options.closed)
        held = holders_on(session, tenant=ctx.tenant, scope=ORGANISATION, on=local_date(ctx.now()))
    for person in people:
        roles = ", ".join(role_label(one.role) for one in held if one.person == person.id)
        print(f"{person.name:<28} {person.email:<40} {roles}".rstrip())
    print(f"{len(people)} {'person' if len(people) == 1 else 'personer'}", file=sys.stderr)
    return 0


def password(options: argparse.Namespace) -> int:
    """Set a person's password, or print a link with which they do."""
    settings = settings_of(options)
    with opened(settings) as ctx:
        person = account_of(ctx, options.email)
        if options.link:
            print(f"Länken gäller i en timme:\n{password_link(ctx, settings, person.id, LinkKind.FORGOTTEN)}")
        else:
            set_password(ctx, person=person.id, password=asked_twice(), passwords=Passwords())
            print(f"{person.name} har ett nytt lösenord och är utloggad överallt.")
    return 0


def deactivate(options: argparse.Namespace) -> int:
    """Close a person's account."""
    with opened(settings_of(options)) as ctx:
        person = account_of(ctx, options.email)
        deactivate_person(ctx, person=person.id)
    print(f"{person.name} kan inte längre logga in.")
    return 0


def asked_twice(ask: Callable[[str], str] = getpass.getpass) -> str:
    """Return a password typed twice at a terminal, or the first line of what is piped in. Raises PasswordsDiffer."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = ask("Lösenord: ")
    if ask("En gång till: ") != first:
        raise PasswordsDiffer
    return first
