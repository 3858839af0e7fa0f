"""A bundle: one process model whole, from diagrams to scenarios; immutable and named by its digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from forms.checklist import Checklist, read_checklist
from forms.definition import read_form
from forms.tree import Form, FormRefused
from workflows import engine
from workflows.engine import EngineRefused, Executable
from workflows.kernel.database import canonical
from workflows.kernel.errors import StyrError, _l
from workflows.kernel.parsed import Parsed, fingerprint
from workflows.models.finding import Finding
from workflows.models.model import Model, ModelRefused, read_model

MAX_FILES = 200
"""A bundle holds at most so many files; more is a mistake or an attack."""

MAX_BYTES = 4_000_000
"""All files together; Härnösand's model is half a megabyte. Each file has a bound of its own."""

MAX_FORM_BYTES = 1_200_000
"""All forms and checklists together; Härnösand's have a quarter of it."""

_PATH = re.compile(
    r"[a-z0-9_]{1,60}\.(bpmn|dmn)|model\.json|forms/[a-z0-9_]{1,60}\.(form|checklist)\.json"
    r"|scenarios/[A-Za-z0-9_-]{1,60}\.yaml"
)


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
    strange = tuple(refused_files(files))
    if strange:
        raise BundleRefused(strange)
    digest = digest_of(files)
    return _BUNDLES.get(digest, sum(map(len, files.values())), lambda: _read(files, digest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What a bundle says beside its diagrams: the model, and its forms and checklists by key."""

    files: Mapping[str, bytes]
    model: Model
    forms: Mapping[str, Form]
    checklists: Mapping[str, Checklist]


def read_definitions(files: Mapping[str, bytes]) -> Definitions:
    """Read everything but diagrams, tables and scenarios. Raises BundleRefused with everything that cannot be read."""
    findings = list(refused_files(files))
    if findings:
        raise BundleRefused(tuple(findings))
    forms = _read_each(files, ".form.json", _form, findings)
    checklists = _read_each(files, ".checklist.json", _checklist, findings)
    findings += _misnamed(forms, checklists)
    model = None
    try:
        model = _model(files)
    except BundleRefused as error:
        findings += error.findings
    if model is None or findings:
        raise BundleRefused(tuple(findings))
    return Definitions(files=dict(files), model=model, forms=forms, checklists=checklists)


_BUNDLES: Parsed[Bundle] = Parsed(64_000_000)
_MODELS: Parsed[Model] = Parsed(4_000_000)
_FORMS: Parsed[Form] = Parsed(16_000_000)
_CHECKLISTS: Parsed[Checklist] = Parsed(16_000_000)


def _read(files: Mapping[str, bytes], digest: str) -> Bundle:
    read = read_definitions(files)
    try:
        executable = engine.compile(read.files, process=read.model.process)
    except EngineRefused as error:
        raise BundleRefused(tuple(Finding.from_engine(finding) for finding in error.findings)) from error
    return Bundle(
        digest=digest,
        files=read.files,
        model=read.model,
        executable=executable,
        forms=read.forms,
        checklists=read.checklists,
    )


def refused_files(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Tell of files that no model has: too many, too large, of another kind, not text.

    This is all that is asked of a draft's files when they are saved.
    """
    if len(files) > MAX_FILES:
        yield _finding("", f"Modellen har fler än {MAX_FILES} filer.")
        return
    if sum(map(len, files.values())) > MAX_BYTES:
        yield _finding("", f"Modellen är större än {MAX_BYTES // 1_000_000} MB.")
        return
    if sum(len(data) for path, data in files.items() if path.startswith("forms/")) > MAX_FORM_BYTES:
        yield _finding("", f"Formulären och checklistorna är större än {MAX_FORM_BYTES // 1000} kB tillsammans.")
        return
    for path, data in sorted(files.items()):
        if not _PATH.fullmatch(path):
            yield _finding(_shown(path), "Filen hör inte till en modell. Namn skrivs med högst 60 av a–z, 0–9 och _.")
        elif not _is_text(data):
            yield _finding(path, "Filen är inte text i UTF-8.")


def _shown(path: str) -> str:
    """Return a strange path as text that can be shown."""
    return path[:80].encode("utf-8", "replace").decode()


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _model(files: Mapping[str, bytes]) -> Model:
    if "model.json" not in files:
        _refuse("model.json", "Filen model.json saknas.")
    try:
        data = files["model.json"]
        return _MODELS.get(fingerprint(data), len(data), lambda: read_model(data))
    except ModelRefused as error:
        raise BundleRefused(
            tuple(
                Finding(rule="model", file="model.json", element=where, message=what) for where, what in error.problems
            )
        ) from error


_Read = TypeVar("_Read")


def _read_each(
    files: Mapping[str, bytes],
    suffix: str,
    read: Callable[[bytes, str, str], _Read],
    findings: list[Finding],
) -> dict[str, _Read]:
    """Read the files of one kind by their key; what is refused goes to `findings`."""
    found: dict[str, _Read] = {}
    for path in sorted(path for path in files if path.startswith("forms/") and path.endswith(suffix)):
        name = path.removeprefix("forms/").removesuffix(suffix)
        try:
            found[name] = read(files[path], name, path)
        except FormRefused as error:
            rule = suffix.split(".")[1]
            message = error.message.removeprefix(f"{path}: ")
            message = message[:1].upper() + message[1:].rstrip(".") + "."
            findings.append(Finding(rule=rule, file=path, element=error.element or "", message=message))
    return found


def _form(data: bytes, name: str, path: str) -> Form:
    return _FORMS.get((path, fingerprint(data)), len(data), lambda: read_form(data, key=name, file=path))


def _checklist(data: bytes, _name: str, path: str) -> Checklist:
    return _CHECKLISTS.get((path, fingerprint(data)), len(data), lambda: read_checklist(data, file=path))


def _misnamed(forms: Mapping[str, Form], checklists: Mapping[str, Checklist]) -> Iterator[Finding]:
    """Tell of keys that two files share, and of checklists that call themselves something else than their file."""
    for name in sorted(forms.keys() & checklists.keys()):
        yield _finding(f"forms/{name}.form.json", f"{name} är också en checklista. Byt namn på en av dem.")
    for name, checklist in checklists.items():
        if checklist.key != name:
            yield _finding(f"forms/{name}.checklist.json", f"Checklistan heter {checklist.key}. Döp filen så.")


def _refuse(file: str, message: str) -> NoReturn:
    raise BundleRefused((_finding(file, message),))


def _finding(file: str, message: str) -> Finding:
    return Finding(rule="bundle", file=file, message=message)
