"""What a way through a model met that does not come to its end, in sentences, as scenario_verb_words has the others."""

from __future__ import annotations

from flask_babel import gettext

from app.designer.scenario_names import Names
from app.shell.numbers import number
from workflows.models.differing import Difference
from workflows.models.playing import MOST_STEPS, Failure

Said = tuple[str, str, str]


def too_long(names: Names, one: Difference, failure: Failure) -> Said:
    """Say that a scenario goes on for longer than one may."""
    return (
        gettext("Ett scenario får ta högst %(most)s steg i motorn.", most=number(MOST_STEPS)),
        gettext("Det fortsatte, så Styr slutade spela här."),
        gettext("Ta bort rader som gör samma sak om och om igen, eller dela upp scenariot."),
    )


def round_and_round(names: Names, one: Difference, failure: Failure) -> Said:
    """Say that a way leads round and round."""
    return (
        gettext("Projektet ska komma fram till %(target)s.", target=names.target(one.wanted)),
        gettext("Projektet gick runt utan att komma dit."),
        gettext("Lägg till rader som svarar annorlunda där projektet går runt."),
    )


def only_decisions(names: Names, one: Difference, failure: Failure) -> Said:
    """Say that a way stops where somebody has to decide, where nothing is left, or leads to what is gone."""
    expected = gettext("Projektet ska komma fram till %(target)s.", target=names.target(one.wanted))
    if not names.has(one.wanted):
        return (
            expected,
            gettext("Det finns inte i modellen."),
            gettext("Välj ett annat steg i raden, eller ta bort den."),
        )
    if not one.found:
        return (
            expected,
            gettext("Inget steg var öppet längre, och det var inte nått."),
            gettext("Se efter om projektet slutar tidigare nu, och ändra raderna före."),
        )
    return (
        expected,
        gettext("Projektet stannade vid beslut som scenariot inte fattar."),
        gettext("Lägg till en rad före som fattar beslutet."),
    )
