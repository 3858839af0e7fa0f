"""File names as they are shown, and the headers under which a file is offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.kernel import files
from workflows.kernel.files import StoredFile, clean_name, download_headers


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Projektplan v4.docx", "Projektplan v4.docx"),
        ("..\\..\\windows\\plan.pdf", "plan.pdf"),
        ("/etc/cron.d/plan.pdf", "plan.pdf"),
        ("../../../plan.pdf", "plan.pdf"),
        ("A\u030asa.pdf", "Åsa.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("   .. plan .pdf  ", "plan.pdf"),
        ("", "fil"),
        ("...", "fil"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("a." + "y" * 300, "a." + "y" * 118),
    ],
)
def test_a_name_loses_what_could_mislead(given_name: str, shown: str) -> None:
    assert clean_name(given_name) == shown


@given(st.text(max_size=400))
def test_any_name_becomes_a_harmless_one(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= files.NAME
    assert clean == clean_name(clean)
    assert not set(clean) & set('/\\<>:"|?*\r\n\x00\u202e')
    assert clean not in {".", ".."}


def test_a_download_is_saved_and_never_run() -> None:
    name = 'Åsas "plan" – 50 %.pdf'
    file = StoredFile(digest="a" * 64, size=12, media_type="application/pdf", name=name)
    headers = download_headers(file)
    assert headers["Content-Disposition"] == (
        'attachment; filename="Asas _plan_  50 _.pdf"; '
        "filename*=UTF-8''%C3%85sas%20%22plan%22%20%E2%80%93%2050%20%25.pdf"
    )
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert (headers["Content-Type"], headers["Content-Length"]) == ("application/pdf", "12")


@given(st.text(max_size=60))
def test_no_name_can_break_out_of_its_header(name: str) -> None:
    file = StoredFile(digest="a" * 64, size=1, media_type="text/plain", name=name)
    line = download_headers(file)["Content-Disposition"]
    assert line.isascii()
    assert line.isprintable()
    assert line.count('"') == 2
