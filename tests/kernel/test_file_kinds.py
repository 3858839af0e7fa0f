"""What is taken in and what is refused, told by content; a refusal leaves nothing."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.kernel.file_refusals import (
    FileBroken,
    FileEmpty,
    FileHasMacros,
    FileKindRefused,
    FileNameDisagrees,
    FileRefused,
    FileTooLarge,
    FileUnpacksTooLarge,
)
from workflows.kernel.file_types import MEDIA_TYPES, extension
from workflows.kernel.files import StoredFile, is_intact, open_file, store

LIMIT = 5_000_000
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 40
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 40
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def packed(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()


def office(part: str, **more: bytes) -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", part: b"<document/>"} | more)


def opened(kind: str) -> bytes:
    return packed({"mimetype": MEDIA_TYPES[kind].encode(), "content.xml": b"<x/>"}, zipfile.ZIP_STORED)


GOOD = {
    "plan.pdf": PDF,
    "bild.png": PNG,
    "foto.jpg": JPG,
    "foto.JPEG": JPG,
    "direktiv.docx": office("word/document.xml"),
    "budget.xlsx": office("xl/workbook.xml"),
    "bilder.pptx": office("ppt/presentation.xml"),
    "plan.odt": opened("odt"),
    "kalkyl.ods": opened("ods"),
    "visning.odp": opened("odp"),
    "lista.csv": "namn;timmar\nÅsa;40\n".encode(),
    "gammal.csv": "namn;timmar\nÅsa;40\n".encode("cp1252"),
    "märkt.txt": b"\xef\xbb\xbf" + "Hej å ä ö".encode(),
    "BMW.txt": b"BMW is what a program once took for a picture",
}


def keep(folder: Path, content: bytes, name: str, limit: int = LIMIT) -> StoredFile:
    return store(folder, io.BytesIO(content), name=name, limit=limit)


def left(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", GOOD)
def test_an_allowed_file_lies_under_its_digest(tmp_path: Path, name: str) -> None:
    file = keep(tmp_path, GOOD[name], name)
    assert file.digest == hashlib.sha256(GOOD[name]).hexdigest()
    assert (file.size, file.media_type, file.name) == (len(GOOD[name]), MEDIA_TYPES[extension(name)], name)
    assert left(tmp_path) == [tmp_path / file.digest[:2] / file.digest[2:]]
    with open_file(tmp_path, file.digest) as stream:
        assert stream.read() == GOOD[name]
    assert is_intact(tmp_path, file.digest, size=file.size)


BAD: dict[str, tuple[str, bytes, type[FileRefused]]] = {
    "nothing at all": ("tom.pdf", b"", FileEmpty),
    "a program": ("setup.exe", b"MZ\x90\x00" + b"\x00" * 60, FileKindRefused),
    "a program called a document": ("setup.pdf", b"MZ\x90\x00" + b"\x00" * 60, FileKindRefused),
    "a page called a text": ("sida.txt", b"<!DOCTYPE html><script>alert(1)</script>", FileKindRefused),
    "a page after a byte order mark": ("sida.txt", b"\xef\xbb\xbf \n<HTML><body>", FileKindRefused),
    "a drawing that can hold scripts": ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileKindRefused),
    "a drawing called a picture": ("bild.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileKindRefused),
    "a picture called a document": ("bild.pdf", PNG, FileNameDisagrees),
    "a document called a picture": ("plan.png", PDF, FileNameDisagrees),
    "a spreadsheet called a letter": ("brev.docx", office("xl/workbook.xml"), FileNameDisagrees),
    "a text called a document": ("plan.docx", b"just text", FileNameDisagrees),
    "no extension": ("plan", PDF, FileKindRefused),
    "a plain archive": ("allt.zip", packed({"a.txt": b"a"}), FileKindRefused),
    "an archive called a letter": ("brev.docx", packed({"a.txt": b"a"}), FileKindRefused),
    "a letter with macros": ("brev.docx", office("word/document.xml", **{"word/vbaProject.bin": b"x"}), FileHasMacros),
    "a letter with macros, odt": ("brev.odt", packed({"mimetype": b"x", "Basic/Standard/m.xml": b"x"}), FileHasMacros),
    "a broken archive": ("brev.docx", b"PK\x03\x04" + b"\x00" * 200, FileBroken),
    "a truncated letter": ("brev.docx", office("word/document.xml")[:-30], FileBroken),
    "binary data called a text": ("data.txt", b"abc\x00\x01\x02", FileKindRefused),
    "a text with a late zero byte": ("data.csv", b"a;b\n" * 400_000 + b"\x00", FileKindRefused),
    "a zip bomb": ("bomb.docx", office("word/document.xml", **{"a": b"\0" * 30_000_000}), FileUnpacksTooLarge),
    "too many members": ("bomb.xlsx", packed({str(n): b"" for n in range(4_001)}), FileUnpacksTooLarge),
    "one byte too many": ("stor.txt", b"x" * (LIMIT + 1), FileTooLarge),
}


@pytest.mark.parametrize("case", BAD)
def test_a_refused_file_says_why_and_leaves_nothing(tmp_path: Path, case: str) -> None:
    name, content, refusal = BAD[case]
    with pytest.raises(refusal) as refused:
        keep(tmp_path, content, name)
    assert left(tmp_path) == []
    assert name in str(refused.value)
    assert "{" not in str(refused.value)
    assert refused.value.status in {413, 422}


def test_a_file_of_exactly_the_limit_is_taken_in(tmp_path: Path) -> None:
    assert keep(tmp_path, b"x" * 1000, "liten.txt", limit=1000).size == 1000


def test_a_huge_table_of_contents_is_refused_before_it_is_read(tmp_path: Path) -> None:
    content = bytearray(office("word/document.xml"))
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = (50_000_000).to_bytes(4, "little")
    with pytest.raises(FileUnpacksTooLarge):
        keep(tmp_path, bytes(content), "brev.docx")


def test_the_64_bit_archive_format_is_refused_before_it_is_read(tmp_path: Path) -> None:
    content = office("word/document.xml")
    end = content.rfind(b"PK\x05\x06")
    with pytest.raises(FileUnpacksTooLarge):
        keep(tmp_path, content[:end] + b"PK\x06\x07" + b"\x00" * 16 + content[end:], "brev.docx")


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_taken_in_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    outcome = _outcome(lambda: keep(folder, start + content, "a.docx"))
    assert outcome in {"kept", "refused"}
    assert len(left(folder)) == (outcome == "kept")


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except FileRefused:
        return "refused"
    return "kept"
