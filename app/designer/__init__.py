"""Models: their versions, and drafts that are changed as diagram, table and forms, tried, compared and published."""

from typing import cast

from flask_babel import lazy_gettext

from app.designer.guards import MAY_SEE
from app.designer.views import bp
from app.shell.feature import Feature, NavigationItem
from app.shell.guard import holds

feature = Feature(
    blueprint=bp,
    navigation=(
        NavigationItem(
            key="designer",
            endpoint="designer.models",
            label=cast(str, lazy_gettext("Modell")),
            place=40,
            visible=lambda _ctx: holds(*MAY_SEE),
        ),
    ),
)
