"""What a file is, told from its content; the name must agree. A list of what is allowed, everything else refused."""

from __future__ import annotations

import codecs
import struct
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

import filetype

from workflows.kernel.file_refusals import (
    FileBroken,
    FileHasMacros,
    FileKindRefused,
    FileNameDisagrees,
    FileNotWanted,
    FileUnpacksTooLarge,
)

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": OFFICE + "wordprocessingml.document",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "pptx": OFFICE + "presentationml.presentation",
    "odt": OPEN + "text",
    "ods": OPEN + "spreadsheet",
    "odp": OPEN + "presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "csv": "text/csv",
    "txt": "text/plain",
}
"""Every kind of file that is taken in, by its extension."""

NAMES = {
    "pdf": "PDF", "docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint", "odt": "OpenDocument-text",
    "ods": "OpenDocument-kalkyl", "odp": "OpenDocument-presentation", "png": "PNG", "jpg": "JPG", "csv": "CSV",
    "txt": "text",
}  # fmt: skip
"""What people call each kind."""

SAME = {"jpeg": "jpg", "jpe": "jpg", "text": "txt"}
"""Other extensions of the same kinds."""

TEXT = frozenset({"txt", "csv"})
"""Kinds that content cannot tell apart."""

_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_MACROS = ("vbaproject.bin", "scripts/", "basic/")
_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<body", "<head", "<!--")
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}

ENTRIES = 4_000
"""Most members of a packed file."""

DIRECTORY = 1_000_000
"""Largest table of contents of a packed file, in bytes; read before Python makes an object of each entry."""

UNPACKED = 200_000_000
"""Most bytes a packed file may unpack to."""

RATIO = 100
"""Most times larger a file of more than `SMALL` bytes unpacked may be than packed."""

SMALL = 10_000_000


def media_type(path: Path, *, name: str) -> str:
    """Return the media type of the content at `path`, which is to be called `name`. Raises FileRefused."""
    said = extension(name)
    if said not in MEDIA_TYPES:
        raise FileKindRefused(name=name)
    found = _kind(path, name)
    if found != said and not (found == "txt" and said in TEXT):
        raise FileNameDisagrees(name=name)
    return MEDIA_TYPES[said]


def require_wanted(found: str, accept: str, *, name: str) -> None:
    """Raise FileNotWanted unless a question takes the media type `found`.

    `accept` is as in HTML: extensions, media types and `image/*`, with commas between; "" takes every kind.
    """
    wanted = [_wanted(token.strip().lower()) for token in accept.split(",") if token.strip()]
    kinds = [kind for kind, media in MEDIA_TYPES.items() if any(fnmatchcase(media, part) for part in wanted)]
    if wanted and found not in {MEDIA_TYPES[kind] for kind in kinds}:
        raise FileNotWanted(name=name, kinds=_listed([NAMES[kind] for kind in kinds]))


def _wanted(token: str) -> str:
    """Return the media type that a part of `accept` names; an extension that we never take in names none."""
    return MEDIA_TYPES.get(extension(token), token) if token.startswith(".") else token


def _listed(words: list[str]) -> str:
    *first, last = words or ["en annan sort"]
    return f"{', '.join(first)} eller {last}" if first else last


def extension(name: str) -> str:
    """Return the kind that a file's name says, "" when it says none."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return SAME.get(ending, ending)


def _kind(path: Path, name: str) -> str:
    guess = filetype.guess(str(path))  # type: ignore[no-untyped-call]  # the library has no types
    ending = guess.extension if guess else ""
    if ending in {"pdf", "png", "jpg"}:
        return str(ending)
    with path.open("rb") as stream:
        if stream.read(4) == b"PK\x03\x04":
            return _packed_kind(stream, path.stat().st_size, name)
        if not _is_text(stream):
            raise FileKindRefused(name=name)
    return "txt"


def _packed_kind(stream: BinaryIO, size: int, name: str) -> str:
    """Return the kind of a packed document after weighing it, so that reading it cannot hurt."""
    if _directory_size(stream, size) > DIRECTORY:
        raise FileUnpacksTooLarge(name=name)
    try:
        with zipfile.ZipFile(stream) as packed:
            members = packed.infolist()
            _weigh(members, size, name)
            return _document_kind(packed, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, struct.error, UnicodeDecodeError) as error:
        raise FileBroken(name=name) from error


def _directory_size(stream: BinaryIO, size: int) -> int:
    """Return the size that a packed file gives its table of contents; beyond all measure for the 64-bit format."""
    stream.seek(max(0, size - 22 - 65_535))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0
    if b"PK\x06\x07" in tail[max(0, at - 20) : at]:
        return DIRECTORY + 1
    return int.from_bytes(tail[at + 12 : at + 16], "little")


def _weigh(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > ENTRIES or total > UNPACKED or (total > SMALL and total > RATIO * size):
        raise FileUnpacksTooLarge(name=name)


def _document_kind(packed: zipfile.ZipFile, name: str) -> str:
    names = {member.filename.lower() for member in packed.infolist()}
    if any(part.endswith(_MACROS[0]) or part.startswith(_MACROS[1:]) for part in names):
        raise FileHasMacros(name=name)
    if "[content_types].xml" in names:
        for part, kind in _PARTS.items():
            if part in names:
                return kind
    if "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
        said = packed.read("mimetype").decode("ascii", "replace").strip()
        for kind in ("odt", "ods", "odp"):
            if said == MEDIA_TYPES[kind]:
                return kind
    raise FileKindRefused(name=name)


def _is_text(stream: BinaryIO) -> bool:
    """Tell whether a stream is plain text (UTF-8, or what older Windows programs write) and not markup."""
    stream.seek(0)
    start = stream.read(1024).removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith(tuple(mark.encode() for mark in _MARKUP)):
        return False
    return not any(_CONTROLS.intersection(chunk) for chunk in _chunks(stream))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(1 << 20):
        yield chunk
