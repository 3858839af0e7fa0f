"""Documents to read in a form: stored files by their references, and never an address that some answer says."""

from __future__ import annotations

from typing import Any

import pytest

from forms.field_view import DocumentView, FieldView
from forms.references import MAX_SHOWN, references_in
from forms.tree import FormRefused
from tests.forms.building import component, form, page

PLAN = DocumentView(id="f1", name="Tidplan.pdf", media_type="application/pdf", size=31_000)
DRAWING = DocumentView(id="f2", name="Ritning.png", media_type="image/png", size=96_000)
STORED = {"f1": PLAN, "f2": DRAWING}
SHOWN = component("documentPreview", label="Underlag", dataSource="=earlier.plan.files")


def shown(value: Any, *, component: dict[str, Any] = SHOWN, **about: Any) -> FieldView:
    context = {"earlier": {"plan": {"files": value}}}
    (view,) = page(component, context=context, documents=STORED, **about)
    return view


def test_the_files_of_an_earlier_answer_are_shown_in_their_order() -> None:
    view = shown(["f2", "f1"])
    assert (view.kind, view.label, view.documents, view.unseen) == ("documents", "Underlag", (DRAWING, PLAN), 0)


def test_documents_as_other_tools_describe_them_are_found_by_their_reference_alone() -> None:
    said = {"documentId": "f1", "endpoint": "https://evil.example/x", "metadata": {"fileName": "<b>.pdf"}}
    assert shown([said]).documents == (PLAN,)


@pytest.mark.parametrize(
    "value",
    [
        "https://evil.example/x.pdf",
        "javascript:alert(1)",
        ["../../etc/passwd", "f9"],
        [{"endpoint": "https://evil.example", "id": "f1"}],
        [[["f9"]]],
    ],
)
def test_what_is_no_stored_file_is_counted_and_never_shown(value: Any) -> None:
    view = shown(value)
    assert view.documents == ()
    assert "evil" not in repr(view) and "javascript" not in repr(view) and "passwd" not in repr(view)


@pytest.mark.parametrize("value", [None, [], {}, 17, True, [None, 3, {}], ""])
def test_nothing_to_show_is_nothing(value: Any) -> None:
    view = shown(value)
    assert (view.documents, view.unseen) == ((), 0)


def test_a_list_without_end_is_cut() -> None:
    assert len(references_in([f"x{number}" for number in range(100_000)])) == MAX_SHOWN
    nested: Any = "f1"
    for _ in range(50):
        nested = [nested]
    assert references_in(nested) == ()


def test_a_hidden_one_asks_for_nothing() -> None:
    view = shown(["f1"], component={**SHOWN, "conditional": {"hide": "=true"}})
    assert view.hidden and view.documents == () and view.unseen == 0


def test_examples_stand_in_for_files_where_there_is_no_project() -> None:
    assert shown(["f9"], examples=(DRAWING,)).documents == (DRAWING,)


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"dataSource": ""}, "”dataSource” saknas. Skriv ett uttryck"),
        ({"dataSource": "=1 +"}, "går inte att läsa"),
        ({"endpointKey": "url"}, "”endpointKey” används inte i Styr: filerna hämtas ur projektet"),
        ({"endpoint": "https://evil.example"}, "”endpoint” används inte i Styr"),
        ({"maxHeight": -1}, "”maxHeight” ska vara ett heltal"),
        ({"maxHeight": "hög"}, "”maxHeight” ska vara ett tal"),
    ],
)
def test_what_of_it_is_not_supported_is_refused_in_a_sentence(extra: dict[str, Any], reason: str) -> None:
    with pytest.raises(FormRefused) as refused:
        form({**SHOWN, **extra})
    assert reason in refused.value.message


def test_what_it_reads_is_known_to_the_check() -> None:
    assert form(SHOWN).outside == {"earlier"}
    assert form(SHOWN).shows_documents and not form(component("textfield", "a")).shows_documents
