"""An error in a row says which row, where it is read away from the row."""

from __future__ import annotations

from forms.telling import in_their_rows
from tests.forms.building import component, form

STAFFING = component("dynamiclist", path="staffing", label="Bemanning", components=[component("datetime", "end")])


def test_an_error_in_a_row_names_the_list_and_the_row() -> None:
    told = in_their_rows(form(STAFFING), {"staffing-1-end": "Skriv en slutdag"})
    assert told == {"staffing-1-end": "Bemanning, rad 2: Skriv en slutdag"}


def test_a_row_in_a_row_names_both() -> None:
    inner = component("dynamiclist", path="people", label="Personer", components=[component("textfield", "name")])
    outer = component("dynamiclist", path="teams", label="Grupper", components=[inner])
    assert in_their_rows(form(outer), {"teams-0-people-2-name": "Skriv namn"}) == {
        "teams-0-people-2-name": "Grupper, rad 1, Personer, rad 3: Skriv namn"
    }


def test_an_error_of_a_field_or_a_whole_list_stays_as_it_is() -> None:
    asked = form(STAFFING, component("textfield", "name"))
    errors = {"name": "Skriv namn", "staffing": "Lägg till minst en rad under bemanning"}
    assert in_their_rows(asked, errors) == errors
