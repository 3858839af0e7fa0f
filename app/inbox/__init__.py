"""Att göra: what waits for a person, and the pages where a step is done."""

from flask_babel import lazy_gettext

from app.inbox import afterwards as afterwards
from app.inbox import conditions as conditions
from app.inbox import handing_in as handing_in
from app.inbox import tasks as tasks
from app.inbox import views as views
from app.inbox.blueprint import bp
from app.inbox.index import count_waiting
from app.shell.feature import Feature, NavigationItem

feature = Feature(
    blueprint=bp,
    navigation=(
        NavigationItem(
            key="inbox", endpoint="inbox.index", label=lazy_gettext("Att göra"), place=10, count=count_waiting
        ),
    ),
)
