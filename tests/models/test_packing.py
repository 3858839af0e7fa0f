"""A bundle travels as a zip file; one that is broken, hostile or false is refused with a sentence."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.models.telling import HARNOSAND, SECOND, files_of
from workflows.models import ArchiveRefused, digest_of, pack_zip, unpack_zip
from workflows.models.bundle import MAX_BYTES, MAX_FILES

FILES = files_of(SECOND)
ZIP = pack_zip(FILES)
Entry = tuple[str | zipfile.ZipInfo, bytes]


def zipped(*entries: Entry, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return whole.getvalue()


def around(*entries: Entry) -> bytes:
    """The model as somebody packed the folder, and these entries with it."""
    return zipped(*FILES.items(), *entries)


def with_manifest(change: Callable[[dict[str, Any]], object]) -> bytes:
    manifest = orjson.loads(zipfile.ZipFile(io.BytesIO(ZIP)).read("manifest.json"))
    change(manifest)
    return around(("manifest.json", orjson.dumps(manifest)))


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


def encrypted() -> bytes:
    """Every entry says in both its headers that it is encrypted."""
    data = bytearray(around())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def lying_about_size() -> bytes:
    """An entry of a megabyte that says it has ten bytes."""
    data = bytearray(zipped(("model.json", b"{" * 1_000_000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature)
        data[at + offset : at + offset + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def test_a_model_comes_back_as_it_went() -> None:
    assert unpack_zip(ZIP) == FILES
    large = files_of(HARNOSAND)
    assert unpack_zip(pack_zip(large)) == large


def test_the_same_files_give_the_same_bytes() -> None:
    assert pack_zip(dict(reversed(list(FILES.items())))) == ZIP


def test_the_manifest_says_what_it_is() -> None:
    manifest = orjson.loads(zipfile.ZipFile(io.BytesIO(ZIP)).read("manifest.json"))
    assert manifest["format"] == 1
    assert manifest["model"] == "ny_tjanst"
    assert manifest["name"]["sv"] == "Björkviks modell för nya tjänster"
    assert manifest["digest"] == digest_of(FILES)
    assert manifest["files"].keys() == FILES.keys()


def test_a_draft_that_nobody_can_read_travels_as_well() -> None:
    for broken in (b"{", b"[]", b'{"key": 7}'):
        files = {**FILES, "model.json": broken}
        assert unpack_zip(pack_zip(files)) == files


def test_a_folder_that_somebody_packed_is_read() -> None:
    assert unpack_zip(around()) == FILES
    inside = [(f"ny-tjanst/{path}", data) for path, data in FILES.items()]
    hidden = [("__MACOSX/ny-tjanst/._model.json", b"x"), ("ny-tjanst/.DS_Store", b"x"), ("ny-tjanst/.git/config", b"x")]
    assert unpack_zip(zipped(("ny-tjanst/", b""), ("ny-tjanst/forms/", b""), *inside, *hidden)) == FILES


REFUSED = {
    "no zip": ("skadad eller ingen zip-fil", b"hej"),
    "nothing": ("skadad eller ingen zip-fil", b""),
    "cut off": ("skadad eller ingen zip-fil", ZIP[: len(ZIP) // 2]),
    "empty": ("Den är tom", zipped()),
    "too large": (f"större än {MAX_BYTES // 1_000_000} MB", ZIP + b"\0" * MAX_BYTES),
    "no model": ("model.json saknas", zipped(("project.bpmn", b"<a/>"))),
    "a way out": ("leder ut ur mappen", around(("../evil.bpmn", b""))),
    "a way out further in": ("leder ut ur mappen", around(("forms/../../evil.bpmn", b""))),
    "absolute": ("leder ut ur mappen", around(("/etc/passwd", b""))),
    "a drive": ("leder ut ur mappen", around(("C:evil.bpmn", b""))),
    "back slashes": ("leder ut ur mappen", around(("..\\evil.bpmn", b""))),
    "a line break": ("leder ut ur mappen", around(("a\nb.bpmn", b""))),
    "a link": ("är en länk", around((link("more.bpmn"), b"/etc/passwd"))),
    "encrypted": ("är krypterad", encrypted()),
    "a name twice": ("finns två gånger", around(("forms/opinion.FORM.json", b"{}"))),
    "zip in zip": ("är själv en packad fil", around(("more.bpmn", ZIP))),
    "gzip in zip": ("är själv en packad fil", around(("more.bpmn", b"\x1f\x8b\x08"))),
    "another way to pack": ("packad på ett sätt", zipped(("more.bpmn", b"x"), method=zipfile.ZIP_BZIP2)),
    "a bomb": ("orimligt hårt packad", around(("more.bpmn", b" " * 7_000_000))),
    "a slow bomb": ("Uppackad är den större", around(*((f"more{n}.bpmn", b" " * 99_999) for n in range(90)))),
    "a lie about size": ("skadad eller ingen zip-fil", lying_about_size()),
    "too many": (f"fler än {MAX_FILES} filer", around(*((f"more{n}.bpmn", b"") for n in range(MAX_FILES)))),
    "far too many": (f"fler än {MAX_FILES} filer", zipped(*((f"{n}/", b"") for n in range(3 * MAX_FILES)))),
    "a file of another kind": ("Filen hör inte till en modell", around(("payload.py", b"import os"))),
    "a file that is not text": ("inte text i UTF-8", around(("more.bpmn", b"\xff\xfe<"))),
    "a changed file": ("den som manifest.json säger", with_manifest(lambda m: m["files"].update({"gate.bpmn": ""}))),
    "a file too many": ("den som manifest.json säger", with_manifest(lambda m: m["files"].pop("project.bpmn"))),
    "a missing file": ("men saknas", with_manifest(lambda m: m["files"].update({"more.bpmn": ""}))),
    "another model": ("beskriver en annan modell", with_manifest(lambda m: m.update(model="harnosand"))),
    "another digest": ("beskriver en annan modell", with_manifest(lambda m: m.update(digest="0" * 64))),
    "a newer format": ("gjord av en nyare Styr", with_manifest(lambda m: m.update(format=2))),
    "no format": ("har inget format", with_manifest(lambda m: m.update(format="1"))),
    "no list": ("räknar inte upp", with_manifest(lambda m: m.update(files=[]))),
    "no manifest at all": ("manifest.json går inte att läsa", around(("manifest.json", b"[" * 100_000))),
}  # fmt: skip


@pytest.mark.parametrize(("said", "data"), REFUSED.values(), ids=[*REFUSED])
def test_it_is_refused_with_a_sentence(said: str, data: bytes) -> None:
    with pytest.raises(ArchiveRefused) as refused:
        unpack_zip(data)
    assert said in str(refused.value)


@given(st.lists(st.tuples(st.integers(0, len(ZIP) - 1), st.integers(0, 255)), min_size=1, max_size=12))
@settings(max_examples=300, deadline=2000)
def test_a_damaged_zip_is_refused_or_read(changes: list[tuple[int, int]]) -> None:
    data = bytearray(ZIP)
    for at, value in changes:
        data[at] = value
    try:
        files = unpack_zip(bytes(data))
    except ArchiveRefused as refused:
        assert str(refused)
    else:
        assert files == FILES


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ArchiveRefused):
        unpack_zip(data)
