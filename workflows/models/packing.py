"""The exchange format of a bundle: a zip file of its files and a `manifest.json` that says what they were.

The same files give the same bytes. A zip without a manifest (a folder that somebody packed) is read as well; a
manifest that does not fit its files is refused, since then somebody believes in something that is not there.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import zipfile
from collections.abc import Mapping
from typing import Any

import orjson

from workflows.models.archive import ArchiveRefused, read_archive
from workflows.models.bundle import digest_of, refused_files

FORMAT = 1
"""Number of the format; it counts up when an older Styr could no longer read what a newer one writes."""

MANIFEST = "manifest.json"
MODEL = "model.json"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The moment a zip file gives to files without one."""


def pack_zip(files: Mapping[str, bytes]) -> bytes:
    """Return a bundle's files as a zip with its manifest; a draft that cannot be read may be packed as well."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for path, data in sorted({**files, MANIFEST: _manifest(files)}.items()):
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return whole.getvalue()


def unpack_zip(data: bytes) -> Mapping[str, bytes]:
    """Return the files of a zipped bundle, the manifest left out. Raises ArchiveRefused with a sentence.

    What the files say is not asked here: they may be a draft that nobody could publish yet.
    """
    files = dict(read_archive(data))
    manifest = files.pop(MANIFEST, None)
    if manifest is not None:
        _compare(manifest, files)
    if MODEL not in files:
        raise ArchiveRefused("Filen model.json saknas, så detta är ingen modell från Styr.")
    for finding in refused_files(files):
        raise ArchiveRefused(finding.sentence)
    return files


def _manifest(files: Mapping[str, bytes]) -> bytes:
    key, name = told_in(files)
    said = {
        "format": FORMAT,
        "styr": importlib.metadata.version("styr"),
        "model": key,
        "name": name,
        "digest": digest_of(files),
        "files": _digests(files),
    }
    return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _compare(manifest: bytes, files: Mapping[str, bytes]) -> None:
    """Raise ArchiveRefused where a manifest says something else than the files it came with."""
    said = _read(manifest)
    number = said.get("format")
    if number != FORMAT:
        reason = "är gjord av en nyare Styr" if isinstance(number, int) and number > FORMAT else "har inget format"
        raise ArchiveRefused(f"Den {reason} ({str(number)[:20]}); här läses format {FORMAT}.")
    listed, found = said.get("files"), _digests(files)
    if not isinstance(listed, dict):
        raise ArchiveRefused("Filen manifest.json räknar inte upp några filer. Exportera modellen igen.")
    for path in sorted(listed.keys() | found.keys()):
        if path not in found:
            raise ArchiveRefused(f"Filen {path[:80]} står i manifest.json men saknas. Exportera modellen igen.")
        if listed.get(path) != found[path]:
            raise ArchiveRefused(
                f"Filen {path[:80]} är inte den som manifest.json säger. Exportera igen, eller ta bort manifest.json."
            )
    if said.get("digest") != digest_of(files) or said.get("model") != told_in(files)[0]:
        raise ArchiveRefused("Filen manifest.json beskriver en annan modell. Exportera igen, eller ta bort den.")


def _read(manifest: bytes) -> Mapping[str, Any]:
    try:
        said = orjson.loads(manifest)
    except orjson.JSONDecodeError:
        said = None
    if not isinstance(said, dict):
        raise ArchiveRefused("Filen manifest.json går inte att läsa. Exportera modellen igen, eller ta bort den.")
    return said


def told_in(files: Mapping[str, bytes]) -> tuple[str, Any]:
    """Return key and name as `model.json` says them, where it can be read at all."""
    try:
        said = orjson.loads(files.get(MODEL, b""))
    except orjson.JSONDecodeError:
        return "", None
    if not isinstance(said, dict):
        return "", None
    key = said.get("key")
    return (key if isinstance(key, str) else ""), said.get("name")


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
