"""Files, kept under the digest of their content: the same bytes lie there once, and never change.

A file is written under a name of its own and moved into its place when it is whole and its kind is known, so a
refused or interrupted upload leaves nothing that anybody could open.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from workflows.kernel.errors import NotFound, StorageFull
from workflows.kernel.file_refusals import FileEmpty, FileTooLarge
from workflows.kernel.file_types import media_type, require_wanted
from workflows.kernel.ids import new_id

CHUNK = 1 << 18
NAME = 120
"""Longest file name in characters, its extension included."""

UNFINISHED = "unfinished"
"""The folder of files that are still being written."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FORBIDDEN = frozenset('<>:"|?*')
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file in the store: SHA-256 of its content, bytes, media type, and the name it may be shown under."""

    digest: str
    size: int
    media_type: str
    name: str


def store(folder: Path, stream: BinaryIO, *, name: str, limit: int, accept: str = "") -> StoredFile:
    """Keep what `stream` holds, at most `limit` bytes, when its content is of an allowed kind that agrees with `name`.

    `accept` narrows what is allowed, as in HTML (file_types.require_wanted).
    Raises FileRefused in one of its forms, or StorageFull; nothing is left behind then.
    """
    shown = clean_name(name)
    with _unfinished(folder) as draft:
        digest, size = _copy(stream, draft, shown, limit)
        if not size:
            raise FileEmpty(name=shown)
        kind = media_type(draft, name=shown)
        require_wanted(kind, accept, name=shown)
        _settle(draft, path_of(folder, digest))
    return StoredFile(digest=digest, size=size, media_type=kind, name=shown)


def keep(folder: Path, content: bytes, *, name: str, media_type: str) -> StoredFile:
    """Keep bytes of our own making (a rendered paper), whose kind need not be told."""
    digest = hashlib.sha256(content).hexdigest()
    with _unfinished(folder) as draft:
        with _full_disk(), draft.open("wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        _settle(draft, path_of(folder, digest))
    return StoredFile(digest=digest, size=len(content), media_type=media_type, name=clean_name(name))


def open_file(folder: Path, digest: str) -> BinaryIO:
    """Open a kept file for reading. Raises NotFound, also for what is no digest."""
    try:
        return path_of(folder, digest).open("rb")
    except FileNotFoundError as error:
        raise NotFound from error


def is_intact(folder: Path, digest: str, *, size: int) -> bool:
    """Tell whether the file is there, with so many bytes, and its content is still what its digest says."""
    try:
        with path_of(folder, digest).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == digest and stream.tell() == size
    except (NotFound, OSError):
        return False


def path_of(folder: Path, digest: str) -> Path:
    """Return where a file lies: ab/cdef… Raises NotFound for anything that is no digest."""
    if not _DIGEST.fullmatch(digest):
        raise NotFound
    return folder / digest[:2] / digest[2:]


def forget_unfinished(folder: Path, before: float) -> int:
    """Remove what uploads left that died before `before` (seconds since 1970), and return how many."""
    old = [path for path in (folder / UNFINISHED).glob("*") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def is_kept(folder: Path, digest: str) -> bool:
    """Tell whether a file lies in its place."""
    return path_of(folder, digest).is_file()


def old_files(folder: Path, before: float) -> Iterator[str]:
    """Yield the digests of the files that nobody has kept since `before` (seconds since 1970)."""
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        digest = path.parent.name + path.name
        if _DIGEST.fullmatch(digest) and path.stat().st_mtime < before:
            yield digest


def remove(folder: Path, digest: str) -> None:
    """Remove a file that nothing names."""
    path_of(folder, digest).unlink(missing_ok=True)


def clean_name(name: str) -> str:
    """Return a name that is safe to show, to store and to offer: no path, no control or direction characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join("_" if char in _FORBIDDEN else char for char in last if unicodedata.category(char)[0] != "C")
    stem, dot, ending = " ".join(plain.split()).strip(". ").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    room = NAME - len(dot) - len(ending)
    return f"{stem[: max(room, 1)].rstrip()}{dot}{ending}"[:NAME] or "fil"


def download_headers(file: StoredFile) -> dict[str, str]:
    """Return the headers under which a browser saves a file and never runs anything in it (RFC 6266, 8187)."""
    plain = unicodedata.normalize("NFKD", file.name).encode("ascii", "ignore").decode()
    fallback = re.sub(r"[^A-Za-z0-9._ -]", "_", plain) or "fil"
    return {
        "Content-Type": file.media_type,
        "Content-Length": str(file.size),
        "Content-Disposition": f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Lend a path to write to; what is still there afterwards is removed."""
    place = folder / UNFINISHED
    draft = place / new_id()
    with _full_disk():
        place.mkdir(parents=True, exist_ok=True)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _copy(stream: BinaryIO, draft: Path, name: str, limit: int) -> tuple[str, int]:
    """Write the stream to disk and return its digest and size; stops at the first byte too many."""
    seen, size = hashlib.sha256(), 0
    with _full_disk(), draft.open("wb") as target:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise FileTooLarge(name=name, limit=limit // 1_000_000)
            seen.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return seen.hexdigest(), size


def _settle(draft: Path, path: Path) -> None:
    """Move a whole file into its place for good; one that lies there already is young again."""
    with suppress(FileNotFoundError):
        os.utime(path)
        return
    with _full_disk():
        path.parent.mkdir(exist_ok=True)
        draft.chmod(0o440)
        draft.rename(path)
        for place in (path.parent, path.parent.parent):
            _sync(place)


def _sync(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _full_disk() -> Iterator[None]:
    """Say in our words that the disk takes no more."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise StorageFull from error
        raise
