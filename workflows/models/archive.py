"""Reads zip files from strangers: bounded in number, size and ratio, and only of plain files with plain names."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from workflows.kernel.errors import StyrError, _l
from workflows.models.bundle import MAX_BYTES, MAX_FILES

MAX_RATIO = 250
"""Times a file may grow when it is unpacked; a diagram grows 10 to 30 times."""

SMALL = 100_000
"""Bytes under which nobody asks how much a file grew."""

_ENTRY = b"PK\x01\x02"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PLAIN = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_NESTED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, OverflowError)


class ArchiveRefused(StyrError):
    """A zip file is broken, hostile, too much, or not what it says it is; `reason` says which."""

    status = 422
    code = "archive_refused"
    message = _l("Zip-filen kan inte läsas. {reason}")

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason=reason)


def read_archive(data: bytes) -> Mapping[str, bytes]:
    """Return the files of a zip by path; a single top folder is left out. Raises ArchiveRefused.

    Folders are passed over, and so are hidden files and what macOS adds of its own.
    """
    if len(data) > MAX_BYTES:
        raise ArchiveRefused(f"Den är större än {MAX_BYTES // 1_000_000} MB.")
    if data.count(_ENTRY) > 2 * MAX_FILES:
        raise _too_many()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                _refuse_name(entry)
            entries = [entry for entry in archive.infolist() if not _is_hidden(entry)]
            _refuse(entries)
            found = {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except _BROKEN as error:
        raise ArchiveRefused("Den är skadad eller ingen zip-fil. Packa den igen.") from error
    for path, content in found.items():
        if content.startswith(_NESTED):
            raise _about(path, "är själv en packad fil. Packa upp den först.")
    if not found:
        raise ArchiveRefused("Den är tom.")
    return without_top_folder(found)


def without_top_folder(files: Mapping[str, bytes], kept: Iterable[str] = ("forms", "scenarios")) -> Mapping[str, bytes]:
    """Return the files with the one folder that holds all of them left out, unless it is among `kept`."""
    tops = {path.split("/", 1)[0] for path in files}
    if len(tops) != 1 or tops & set(kept) or any("/" not in path for path in files):
        return dict(files)
    return {path.split("/", 1)[1]: data for path, data in files.items()}


def _refuse(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Raise ArchiveRefused for the first entry that no model needs, before anything is unpacked."""
    seen: set[str] = set()
    files = total = 0
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise _about(entry.filename, "är krypterad. Packa utan lösenord.")
        if stat.S_IFMT(entry.external_attr >> 16) not in _PLAIN:
            raise _about(entry.filename, "är en länk. Packa filen själv.")
        if entry.compress_type not in _METHODS:
            raise _about(entry.filename, "är packad på ett sätt som inte läses. Packa som vanlig zip.")
        if entry.filename.casefold() in seen:
            raise _about(entry.filename, "finns två gånger. Behåll en.")
        seen.add(entry.filename.casefold())
        files += not entry.is_dir()
        total += entry.file_size
        if entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size):
            raise _about(entry.filename, "är orimligt hårt packad.")
        if files > MAX_FILES:
            raise _too_many()
        if total > MAX_BYTES:
            raise ArchiveRefused(f"Uppackad är den större än {MAX_BYTES // 1_000_000} MB.")


def _refuse_name(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    parts = name.removesuffix("/").split("/")
    odd = any(not part or part in (".", "..") for part in parts) or not name.isprintable()
    if odd or "\\" in name or ":" in name or name != entry.orig_filename:
        raise _about(name, "har ett namn som leder ut ur mappen. Döp om den.")


def _is_hidden(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is one that people do not know of: `.git`, `.DS_Store`, `__MACOSX`."""
    parts = entry.filename.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _too_many() -> ArchiveRefused:
    return ArchiveRefused(f"Den har fler än {MAX_FILES} filer.")


def _about(path: str, what: str) -> ArchiveRefused:
    shown = "".join(letter if letter.isprintable() else "?" for letter in path[:80])
    return ArchiveRefused(f"Filen {shown} {what}")
