"""Log in and out, one's own page, and the administrator's pages: people, bodies, roles, handing over, settings."""

from typing import cast

from flask_babel import lazy_gettext

from app.accounts import bodies, deputies, handover, login, me, people, roles, settings  # their routes
from app.accounts.blueprint import PASSWORDS, bp
from app.shell.feature import Feature, NavigationItem
from app.shell.guard import holds
from workflows.people import ADMINISTRATOR

feature = Feature(
    blueprint=bp,
    navigation=(
        NavigationItem(
            key="accounts",
            endpoint="accounts.people",
            label=cast(str, lazy_gettext("Personer")),
            place=80,
            visible=lambda _ctx: holds(ADMINISTRATOR),
        ),
        NavigationItem(
            key="settings",
            endpoint="accounts.settings_now",
            label=cast(str, lazy_gettext("Inställningar")),
            place=85,
            visible=lambda _ctx: holds(ADMINISTRATOR),
        ),
    ),
)

__all__ = ["PASSWORDS", "bodies", "deputies", "feature", "handover", "login", "me", "people", "roles", "settings"]
