"""Files: what is taken in lies under its digest for good; what is refused leaves nothing."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.kernel import files
from workflows.kernel.errors import NotFound, StorageFull
from workflows.kernel.file_types import (
    MEDIA_TYPES,
    FileBroken,
    FileEmpty,
    FileHasMacros,
    FileKindRefused,
    FileNameDisagrees,
    FileRefused,
    FileTooLarge,
    FileUnpacksTooLarge,
    extension,
)
from workflows.kernel.files import StoredFile, clean_name, download_headers, is_intact, open_file, path_of, store

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
    assert is_intact(tmp_path, file.digest)


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


def test_upload_stops_at_the_first_byte_too_many(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(FileTooLarge):
        store(tmp_path, stream, name="stor.txt", limit=1_000_000)  # type: ignore[arg-type]  # raw, not buffered
    assert stream.given <= 1_000_000 + 2 * files.CHUNK
    assert left(tmp_path) == []


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(10) or self.fail()

        @staticmethod
        def fail() -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store(tmp_path, Broken(b"x" * 100), name="a.txt", limit=LIMIT)
    assert left(tmp_path) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_full_disk_is_said_to_be_full_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageFull):
        keep(tmp_path, PDF, "plan.pdf")
    assert left(tmp_path) == []


def test_the_same_content_lies_there_once(tmp_path: Path) -> None:
    first, second = keep(tmp_path, PDF, "ett.pdf"), keep(tmp_path, PDF, "två.pdf")
    assert (first.digest, first.name, second.name) == (second.digest, "ett.pdf", "två.pdf")
    assert len(left(tmp_path)) == 1


def test_many_uploads_of_the_same_file_at_once_leave_one(tmp_path: Path) -> None:
    found = list[StoredFile]()
    threads = [threading.Thread(target=lambda: found.append(keep(tmp_path, PDF, "a.pdf"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({file.digest for file in found}) == 1
    assert (len(found), len(left(tmp_path))) == (8, 1)


def test_a_changed_or_missing_file_is_not_intact(tmp_path: Path) -> None:
    file = keep(tmp_path, PDF, "plan.pdf")
    path = path_of(tmp_path, file.digest)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    assert not is_intact(tmp_path, file.digest)
    path.unlink()
    assert not is_intact(tmp_path, file.digest)


def test_bytes_of_our_own_are_kept_too(tmp_path: Path) -> None:
    file = files.keep(tmp_path, PDF, name="beslut.pdf", media_type="application/pdf")
    assert file == keep(tmp_path, PDF, "beslut.pdf")


@pytest.mark.parametrize("digest", ["", "..", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n"])
def test_what_is_no_digest_is_not_found(tmp_path: Path, digest: str) -> None:
    with pytest.raises(NotFound):
        open_file(tmp_path, digest)


def test_a_digest_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_file(tmp_path, "a" * 64)


def test_what_dead_uploads_left_is_removed_when_it_is_old(tmp_path: Path) -> None:
    place = tmp_path / files.UNFINISHED
    place.mkdir()
    old, new = place / "old", place / "new"
    for path, age in ((old, 1000.0), (new, 2000.0)):
        path.touch()
        os.utime(path, (age, age))
    assert files.forget_unfinished(tmp_path, before=1500.0) == 1
    assert left(tmp_path) == [new]
    assert files.forget_unfinished(tmp_path / "nowhere", before=1500.0) == 0


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
