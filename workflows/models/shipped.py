"""The models that come with Styr: read from the installed packages `bpmn` and `forms.definitions`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

TEMPLATES = ("simple",)
"""Shipped models that nobody runs projects on, but new models begin as."""

_SHARED = "shared"


@lru_cache(maxsize=8)
def shipped(key: str) -> Mapping[str, bytes]:
    """Return the files of the shipped model `key`, the shared gate and its forms copied in.

    Raises FileNotFoundError when no model of that name is shipped.
    """
    return collect(files("bpmn").joinpath(key), files("forms").joinpath("definitions", key))


def from_folder(folder: Path) -> Mapping[str, bytes]:
    """Return the files of a model that lies in a folder: diagrams, tables, `model.json`, `forms/`, `scenarios/`.

    Forms of a shipped model stand beside the package instead: `bpmn/harnosand` takes them from `forms/definitions`.
    """
    own = folder / "forms"
    if not own.is_dir():
        own = Path(str(files("forms").joinpath("definitions", folder.resolve().name)))
    return collect(folder, own)


def shared() -> Mapping[str, bytes]:
    """Return what all models share: the gate, and the forms in which a decision is requested and taken."""
    return {
        **_files(files("bpmn").joinpath(_SHARED), ""),
        **_files(files("forms").joinpath("definitions", _SHARED), "forms/"),
    }


def collect(diagrams: Traversable, forms: Traversable) -> Mapping[str, bytes]:
    """Put a bundle together; what the model has itself wins over what is shared."""
    if not diagrams.is_dir():
        raise FileNotFoundError(str(diagrams))
    scenarios = diagrams.joinpath("scenarios")
    own = {
        **_files(diagrams, ""),
        **(_files(forms, "forms/") if forms.is_dir() else {}),
        **(_files(scenarios, "scenarios/") if scenarios.is_dir() else {}),
    }
    return {**shared(), **own}


_KINDS = (".bpmn", ".dmn", ".json", ".yaml")


def _files(folder: Traversable, prefix: str) -> dict[str, bytes]:
    return {
        prefix + entry.name: entry.read_bytes()
        for entry in folder.iterdir()
        if entry.is_file() and entry.name.endswith(_KINDS) and not entry.name.endswith(".schema.json")
    }
