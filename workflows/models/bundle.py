"""A bundle: one process model whole, from diagrams to scenarios; immutable and named by its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from forms.checklist import Checklist, read_checklist
from forms.definition import read_form
from forms.tree import Form, FormRefused
from workflows import engine
from workflows.engine import EngineRefused, Executable
from workflows.kernel.database import canonical
from workflows.kernel.errors import StyrError, _l
from workflows.models.finding import Finding
from workflows.models.model import Model, ModelRefused, read_model

MAX_FILES = 200
"""A bundle holds at most so many files; more is a mistake or an attack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A model that can run. `files` maps path to bytes; `digest` is SHA-256 over paths and contents."""

    digest: str
    files: Mapping[str, bytes]
    model: Model
    executable: Executable
    forms: Mapping[str, Form]
    checklists: Mapping[str, Checklist]


class BundleRefused(StyrError):
    """The files do not make a model that the engine runs correctly; `findings` say where and why."""

    status = 422
    code = "bundle_refused"
    message = _l("Modellen kan inte användas: {first}")

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(first=findings[0].sentence if findings else "")


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the digest that names these files, whatever order they come in."""
    return hashlib.sha256(
        canonical([[path, hashlib.sha256(files[path]).hexdigest()] for path in sorted(files)])
    ).hexdigest()


def read_bundle(files: Mapping[str, bytes]) -> Bundle:
    """Read and compile a bundle (cached by digest). Raises BundleRefused with file, element and reason."""
    if len(files) > MAX_FILES:
        _refuse("", "", f"Modellen har fler än {MAX_FILES} filer.")
    return _read(_Files(files))


class _Files:
    """Files compared by digest, so that the cache holds each bundle once."""

    __slots__ = ("digest", "files")

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.digest = digest_of(files)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files) and other.digest == self.digest


@lru_cache(maxsize=32)
def _read(key: _Files) -> Bundle:
    files = key.files
    model = _model(files)
    try:
        executable = engine.compile(files, process=model.process)
    except EngineRefused as error:
        raise BundleRefused(tuple(Finding.from_engine(finding) for finding in error.findings)) from error
    return Bundle(
        digest=key.digest,
        files=dict(files),
        model=model,
        executable=executable,
        forms={name: _form(name, path, files[path]) for name, path in _named(files, ".form.json")},
        checklists={name: _checklist(path, files[path]) for name, path in _named(files, ".checklist.json")},
    )


def _model(files: Mapping[str, bytes]) -> Model:
    if "model.json" not in files:
        _refuse("model.json", "", "Filen model.json saknas.")
    try:
        return read_model(files["model.json"])
    except ModelRefused as error:
        raise BundleRefused(
            tuple(
                Finding(rule="model", file="model.json", element=where, message=what) for where, what in error.problems
            )
        ) from error


def _named(files: Mapping[str, bytes], suffix: str) -> list[tuple[str, str]]:
    return [
        (path.removeprefix("forms/").removesuffix(suffix), path)
        for path in sorted(files)
        if path.startswith("forms/") and path.endswith(suffix)
    ]


def _form(name: str, path: str, data: bytes) -> Form:
    try:
        return read_form(data, key=name, file=path)
    except FormRefused as error:
        raise _refused("form", path, error) from error


def _checklist(path: str, data: bytes) -> Checklist:
    try:
        return read_checklist(data, file=path)
    except FormRefused as error:
        raise _refused("checklist", path, error) from error


def _refused(rule: str, path: str, error: FormRefused) -> BundleRefused:
    return BundleRefused((Finding(rule=rule, file=path, element=error.element or "", message=error.message),))


def _refuse(file: str, element: str, message: str) -> NoReturn:
    raise BundleRefused((Finding(rule="bundle", file=file, element=element, message=message),))
