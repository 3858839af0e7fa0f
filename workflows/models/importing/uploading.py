"""What somebody hands in: a zip of ours, diagrams and forms one by one, or a zip of another tool's files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from workflows.models.archive import read_archive
from workflows.models.importing.converting import import_model
from workflows.models.importing.rows import Imported, ImportRefused
from workflows.models.packing import MODEL, unpack_zip
from workflows.models.shipped import shared
from workflows.models.versions import name_in

OWN = "Styr"
"""The source of a model that Styr wrote itself."""


def read_upload(files: Mapping[str, bytes]) -> Imported:
    """Return the draft that files make, whatever tool wrote them. Raises ImportRefused and ArchiveRefused.

    A zip comes alone. One of ours comes back as it went; what all models share and it does not have is added.
    """
    zips = [name for name in files if name.lower().endswith(".zip")]
    if not zips:
        return import_model(files)
    if len(files) > 1:
        raise ImportRefused("Välj zip-filen ensam, eller filerna en och en.")
    data = files[zips[0]]
    inside = read_archive(data)
    if MODEL in inside:
        own = {**shared(), **unpack_zip(data)}
        name = name_in(own, PurePosixPath(zips[0]).stem)["sv"]
        return Imported(name=name, source=OWN, files=own, rows=())
    return import_model(_flat(inside))


def _flat(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return files by their name alone; where two folders have one of the same name, the folder stays in it."""
    names = [PurePosixPath(path).name for path in files]
    return {
        path.replace("/", "_") if names.count(name) > 1 else name: files[path]
        for path, name in zip(files, names, strict=True)
    }
