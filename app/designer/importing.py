"""Import a model: files are read, the report is shown, and only then is a draft made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.designer.blueprint import bp
from app.designer.draft_pages import verdict_of
from app.designer.finding_links import finding_url
from app.designer.guards import designing, seeing_models
from app.shell.context import posted_request_id, request_context
from app.shell.guard import holds
from workflows.kernel.errors import NotFound
from workflows.models import (
    DESIGN,
    OWN,
    ArchiveRefused,
    Finding,
    ImportRefused,
    ImportRow,
    KeptImport,
    RowSeverity,
    begin_imported_draft,
    find_import,
    find_model_draft,
    keep_import,
    latest,
    open_model_drafts,
    read_upload,
    versions_of,
)
from workflows.models.bundle import MAX_BYTES, MAX_FILES
from workflows.models.packing import told_in

LONGEST = 120
NEW = ""
"""The choice of a new model, among the models that are there."""

_ID = re.compile(rb'\bid="([A-Za-z_][A-Za-z0-9_]*)"')
_KEY = re.compile(r"[a-z][a-z0-9_]{1,38}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows that say the same of several elements: (words, the address where it is mended or "")."""

    row: ImportRow
    elements: tuple[tuple[str, str], ...]


@bp.route("/models/import", methods=["GET", "POST"])
@designing
def import_model() -> ResponseReturnValue:
    """Read what is handed in and lead to the report; what cannot be read is said above the form."""
    if request.method != "POST":
        return render_template("designer/import_model.html", errors={})
    try:
        imported = read_upload(_uploaded())
    except (ImportRefused, ArchiveRefused) as refused:
        reasons = refused.reasons if isinstance(refused, ImportRefused) else (str(refused),)
        errors = {"files": " ".join(reasons[:5])}
        return make_response(render_template("designer/import_model.html", errors=errors), 422)
    return redirect(url_for(".import_report", import_id=keep_import(request_context(), imported)), 303)


@bp.get("/models/imports/<import_id>")
@seeing_models
def import_report(import_id: str) -> ResponseReturnValue:
    """Show what an import did, the worst first, and let a draft be made of it."""
    kept = find_import(request_context(), import_id=import_id)
    return _report(kept, {"name": kept.name, "key": _key(kept), "model": NEW}, {})


@bp.post("/models/imports/<import_id>/draft")
@designing
def draft_of_import(import_id: str) -> ResponseReturnValue:
    """Make a draft of an import: a new model, or the next version of one."""
    ctx = request_context()
    kept = find_import(ctx, import_id=import_id)
    if kept.draft is not None:
        return redirect(url_for(".draft", draft_id=kept.draft), 303)
    typed = {name: request.form.get(name, "").strip() for name in ("name", "key", "model")}
    errors = _wrong(typed)
    if errors:
        return make_response(_report(kept, typed, errors), 422)
    base = None
    if typed["model"]:
        with ctx.read() as session:
            base = latest(session, tenant=ctx.tenant, model=typed["model"], retired=True).digest
    draft = begin_imported_draft(
        ctx,
        import_id=import_id,
        model=typed["model"] or typed["key"],
        name=typed["name"],
        base=base,
        what=gettext("Importerades från %(source)s", source=kept.source),
        request_id=posted_request_id(),
    )
    return redirect(url_for(".draft", draft_id=draft), 303)


def _uploaded() -> Mapping[str, bytes]:
    """Return what was uploaded by name, bounded. Raises ImportRefused."""
    given = [file for file in request.files.getlist("files") if file.filename]
    if not given:
        raise ImportRefused(gettext("Välj minst en fil."))
    if len(given) > MAX_FILES:
        raise ImportRefused(gettext("Det är fler än %(limit)s filer.", limit=MAX_FILES))
    found: dict[str, bytes] = {}
    for file in given:
        name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
        if name in found:
            raise ImportRefused(gettext("Filen %(name)s finns två gånger.", name=name))
        found[name] = file.stream.read(MAX_BYTES + 1)
        if sum(map(len, found.values())) > MAX_BYTES:
            raise ImportRefused(gettext("Filerna är tillsammans större än %(limit)s MB.", limit=MAX_BYTES // 1_000_000))
    return found


def _report(kept: KeptImport, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    ctx = request_context()
    with ctx.read() as session:
        known = {one.model: one for one in reversed(versions_of(session, tenant=ctx.tenant))}
    files = kept.files or _drafted(kept)
    groups = tuple(_grouped(kept.rows, _addresses(kept.draft, files)))
    return render_template(
        "designer/import_report.html",
        kept=kept,
        own=kept.source == OWN,
        groups=groups,
        may_design=holds(*DESIGN.organisation),
        counts=_counts(group.row for group in groups),
        verdict=verdict_of(files) if files else None,
        models=tuple(known.values()),
        typed=typed,
        errors=errors,
    )


def _drafted(kept: KeptImport) -> Mapping[str, bytes]:
    try:
        return find_model_draft(request_context(), draft_id=kept.draft or "").files
    except NotFound:
        return {}


def _addresses(draft: str | None, files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return where each element that the draft still has is mended."""
    if draft is None:
        return {}
    found = {
        element.decode(): Finding(rule="", message="", file=path, element=element.decode())
        for path, data in files.items()
        if path.endswith(".bpmn")
        for element in _ID.findall(data)
    }
    return {element: finding_url(draft, finding) for element, finding in found.items()}


def _grouped(rows: Iterable[ImportRow], addresses: Mapping[str, str]) -> Iterator[RowGroup]:
    """Put rows that say the same together, where the first of them stands."""
    found: dict[tuple[str, ...], list[ImportRow]] = {}
    for row in rows:
        found.setdefault((row.severity, row.file, row.was, row.done, row.advice), []).append(row)
    for same in found.values():
        named = [row for row in same if row.element or row.name]
        elements = tuple((row.name or row.element, addresses.get(row.element, "")) for row in named)
        yield RowGroup(row=same[0], elements=elements)


def _counts(rows: Iterable[ImportRow]) -> str:
    """Say in a sentence how much there is to do, as the table below counts it."""
    rows = tuple(rows)
    count = {severity: sum(row.severity is severity for row in rows) for severity in RowSeverity}
    if not any(count.values()):
        return gettext("Allt togs över som det var.")
    lost = ngettext("%(num)s sak gick förlorad", "%(num)s saker gick förlorade", count[RowSeverity.LOST])
    changed = ngettext("%(num)s sägs på ett annat sätt", "%(num)s sägs på ett annat sätt", count[RowSeverity.CHANGED])
    noted = ngettext("%(num)s är bra att veta", "%(num)s är bra att veta", count[RowSeverity.NOTED])
    return gettext("%(lost)s, %(changed)s och %(noted)s.", lost=lost, changed=changed, noted=noted)


def _key(kept: KeptImport) -> str:
    """Return the key that the model calls itself, where that can be read."""
    return told_in(kept.files)[0]


def _wrong(typed: Mapping[str, str]) -> dict[str, str]:
    ctx = request_context()
    with ctx.read() as session:
        published = {one.model for one in versions_of(session, tenant=ctx.tenant)}
        taken = published | {one.model for one in open_model_drafts(session, tenant=ctx.tenant)}
    errors = {}
    if typed["model"] and typed["model"] not in published:
        errors["model"] = gettext("Välj en modell i listan")
    if not typed["name"] or len(typed["name"]) > LONGEST:
        errors["name"] = gettext("Skriv vad utkastet heter, högst %(limit)s tecken", limit=LONGEST)
    if not typed["model"] and not _KEY.fullmatch(typed["key"]):
        errors["key"] = gettext("Skriv ett kort namn med små bokstäver a–z, siffror och _, till exempel ostra_modellen")
    elif not typed["model"] and typed["key"] in taken:
        errors["key"] = gettext("Det finns redan en modell med det korta namnet. Välj ett annat")
    return errors
