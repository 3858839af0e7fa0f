"""What the login and the choice of a password refuse, in words for the one who asked."""

from __future__ import annotations

from workflows.kernel.errors import StyrError, _l
from workflows.people.errors import Refused


class PasswordTooShort(Refused):
    """A password below the least length."""

    code = "password_too_short"
    field = "password"
    message = _l("Skriv ett längre lösenord: minst {limit} tecken. Flera ord efter varandra går bra")


class PasswordTooLong(Refused):
    """A password above the greatest length (the hash would take the server's time)."""

    code = "password_too_long"
    field = "password"
    message = _l("Skriv ett kortare lösenord: högst {limit} tecken")


class PasswordGuessable(Refused):
    """A password that is the person's own name or address, one character over and over, or among the commonest."""

    code = "password_guessable"
    field = "password"
    message = _l("Välj ett lösenord som är svårare att gissa än namn, e-post eller vanliga ord")


class CurrentPasswordWrong(Refused):
    """Somebody who wants a new password and does not know the present one."""

    code = "current_password_wrong"
    field = "current"
    message = _l("Det är inte ditt nuvarande lösenord")


class LoginRefused(Refused):
    """Address and password do not belong together. Says the same whether the address is known or not."""

    code = "login_refused"
    field = "password"
    message = _l("E-postadressen och lösenordet hör inte ihop. Försök igen eller välj ett nytt lösenord")


class LinkSpent(StyrError):
    """A password link that is used, too old or not ours. Which of them is not said."""

    status = 410
    code = "link_spent"
    message = _l("Länken går inte att använda längre. Be om en ny.")
