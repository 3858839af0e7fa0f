"""A question may take fewer kinds of file than the installation; what it takes is said as in HTML."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from workflows.kernel.file_refusals import FileNotWanted
from workflows.kernel.file_types import MEDIA_TYPES, NAMES, require_wanted
from workflows.kernel.files import store


def taken(accept: str) -> set[str]:
    """Return the kinds that a question takes."""
    kinds = set()
    for kind, media in MEDIA_TYPES.items():
        try:
            require_wanted(media, accept, name="fil")
        except FileNotWanted:
            continue
        kinds.add(kind)
    return kinds


@pytest.mark.parametrize(
    ("accept", "kinds"),
    [
        ("", set(MEDIA_TYPES)),
        (" , ", set(MEDIA_TYPES)),
        (".pdf", {"pdf"}),
        (".PDF, .jpeg", {"pdf", "jpg"}),
        ("image/*", {"png", "jpg"}),
        ("application/pdf,text/csv", {"pdf", "csv"}),
        ("*/*", set(MEDIA_TYPES)),
        (".exe", set()),
    ],
)
def test_a_question_takes_the_kinds_that_it_names(accept: str, kinds: set[str]) -> None:
    assert taken(accept) == kinds


def test_every_kind_has_a_name() -> None:
    assert NAMES.keys() == MEDIA_TYPES.keys()


def test_what_counts_is_the_content_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(FileNotWanted) as refused:
        store(tmp_path, io.BytesIO(b"Anteckningar"), name="mer.txt", limit=100, accept=".pdf,.png")
    assert refused.value.facts == {"name": "mer.txt", "kinds": "PDF eller PNG"}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
