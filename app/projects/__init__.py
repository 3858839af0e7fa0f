"""Projects: list, new idea, the page of each with its record, what can be done at any time, and the bank."""

from flask_babel import lazy_gettext

from app.projects.views import bp
from app.shell.feature import Feature, NavigationItem

feature = Feature(
    blueprint=bp,
    navigation=(
        NavigationItem(key="projects", endpoint="projects.index", label=lazy_gettext("Projekt"), place=20),
        NavigationItem(key="bank", endpoint="projects.bank", label=lazy_gettext("Projektbanken"), place=30),
    ),
)
