"""`styr model`: models as files, for a Git repository and what tests it: check, import, export, publish."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.opening import add_var, system_context

if TYPE_CHECKING:
    from workflows.models import Finding, Imported

DESCRIPTION = """\
Processmodeller som filer: kontrollera, importera, exportera och publicera.

PLATS är en mapp med modellens filer, en zip-fil som Styr har skrivit, eller namnet på en modell som
följer med (harnosand). Så kan modellen ligga i ett Git-arkiv, kontrolleras när den ändras och
publiceras därifrån.
"""

EPILOG = """\
exempel:
  styr model check modeller/ny_tjanst                    felen, en rad för varje; slutkod 1 om något finns
  styr model check --json ny_tjanst.zip                  detsamma för program
  styr model import inkop.bpmn inkop.dmn -o inkop.zip    filer från Camunda, Flowable eller SpiffArena
  styr model import inkop.zip --draft "Inköp"            ett utkast i den här installationen
  styr model export harnosand --version 3 -o bp.zip      en publicerad version
  styr model publish modeller/ny_tjanst --note "Frågan K03 är obligatorisk"

Slutkod 0 när allt gick, 1 när kontrollen fann fel, 2 när något inte kunde läsas eller göras.
"""

SIGNS = {"lost": "FÖRLORAT", "changed": "ändrat", "noted": "notera"}
"""How the rows of an import begin, by their severity."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser of `styr`."""
    parser = commands.add_parser(
        "model",
        help="kontrollera, importera, exportera och publicera processmodeller",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)
    check = verbs.add_parser("check", help="säg vad som hindrar att en modell publiceras")
    check.add_argument("path", metavar="PLATS")
    check.add_argument("--json", action="store_true", help="skriv ut det som JSON")
    check.set_defaults(run=run_check)
    bring = verbs.add_parser("import", help="läs filer från andra verktyg, eller en zip-fil från Styr")
    bring.add_argument("files", nargs="+", type=Path, metavar="FIL")
    bring.add_argument("--draft", metavar="NAMN", help="skapa ett utkast med det namnet i installationen")
    bring.add_argument("--key", default="", metavar="KORT", help="modellens korta namn, om det ska vara ett annat")
    bring.add_argument("-o", "--output", type=Path, metavar="FIL.zip", help="skriv modellen till en zip-fil")
    add_var(bring)
    bring.set_defaults(run=run_import)
    send = verbs.add_parser("export", help="skriv en publicerad version till en zip-fil")
    send.add_argument("model", metavar="MODELL", help="modellens korta namn")
    send.add_argument("--version", type=int, metavar="N", help="versionens nummer; annars den nyaste")
    send.add_argument("-o", "--output", type=Path, required=True, metavar="FIL.zip")
    add_var(send)
    send.set_defaults(run=run_export)
    release = verbs.add_parser("publish", help="publicera modellen som nästa version")
    release.add_argument("path", metavar="PLATS")
    release.add_argument("--note", required=True, metavar="TEXT", help="vad som är nytt i versionen")
    add_var(release)
    release.set_defaults(run=run_publish)


def run_check(options: argparse.Namespace) -> int:
    """Print what the check finds; return 1 when something keeps the model from being published."""
    from workflows.models import Severity, check

    files = _read(options.path)
    if files is None:
        return 2
    found = check(files)
    if options.json:
        print(json.dumps([_as_json(finding) for finding in found], ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(line_of, found)) or "Inget att anmärka.")
    return 1 if any(finding.severity is Severity.ERROR for finding in found) else 0


def run_import(options: argparse.Namespace) -> int:
    """Read files, print the report, and write or keep the model where that is asked for."""
    from workflows.models import begin_model_draft, pack_zip, read_upload

    given = _bytes_of(options.files)
    if given is None:
        return 2
    imported = read_upload(given)
    print("\n".join(report(imported)))
    key, files = _keyed(imported, options.key)
    if options.output:
        options.output.write_bytes(pack_zip(files))
        print(f"Skrev {options.output}")
    if options.draft:
        what = f"Importerades från {imported.source}"
        with system_context(options) as ctx:
            draft = begin_model_draft(ctx, model=key, name=options.draft, files=files, what=what)
        print(f"Utkastet finns på /models/drafts/{draft}")
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write a published version to a file."""
    from workflows.kernel.errors import NotFound
    from workflows.models import find_version, latest, load_bundle, pack_zip

    with system_context(options) as ctx, ctx.read() as session:
        try:
            number = options.version or latest(session, tenant=ctx.tenant, model=options.model, retired=True).version
            version = find_version(session, tenant=ctx.tenant, model=options.model, version=number)
        except NotFound:
            print(f"Finns inte: {options.model}, version {options.version or '(någon)'}", file=sys.stderr)
            return 2
        data = pack_zip(load_bundle(session, tenant=ctx.tenant, digest=version.digest).files)
    options.output.write_bytes(data)
    print(f"Skrev {options.output}: {options.model}, version {version.version}, {version.digest}")
    return 0


def run_publish(options: argparse.Namespace) -> int:
    """Publish a model as the system itself; check and scenarios come first, and the note is part of the record."""
    from workflows.models import Severity, check, play, publish, read_bundle, read_scenarios

    note = options.note.strip()
    if not note:
        print("Skriv med --note vad som är nytt i versionen.", file=sys.stderr)
        return 2
    files = _read(options.path)
    if files is None:
        return 2
    errors = [finding for finding in check(files) if finding.severity is Severity.ERROR]
    if errors:
        print("\n".join(map(line_of, errors)), file=sys.stderr)
        return 1
    bundle = read_bundle(files)
    failed = [played.scenario for one in read_scenarios(files) if (played := play(bundle, one)).failure is not None]
    if failed:
        print("\n".join(f"{scenario.file}: Scenariot går inte som det ska." for scenario in failed), file=sys.stderr)
        return 1
    with system_context(options) as ctx:
        published = publish(ctx, files, note=note)
    print(f"{published.model}, version {published.version}, {published.digest}")
    return 0


def line_of(finding: Finding) -> str:
    """Return a finding as `file:element: sentence`, as editors and build servers read it."""
    advice = "" if finding.severity == "error" else "råd: "
    return f"{finding.file}:{finding.element}: {advice}{finding.message}"


def report(imported: Imported) -> Iterator[str]:
    """Yield the lines of an import's report, the worst first."""
    yield f"{imported.name} (från {imported.source}): {len(imported.rows)} rader"
    for row in imported.rows:
        where = ":".join(part for part in (row.file, row.element) if part)
        yield " ".join(part for part in (f"{SIGNS[row.severity]:<8} {where}:", row.was, row.done, row.advice) if part)


def _as_json(finding: Finding) -> Mapping[str, str]:
    names = ("rule", "severity", "file", "element", "attribute", "message")
    return {name: str(getattr(finding, name)) for name in names}


def _read(path: str) -> Mapping[str, bytes] | None:
    """Return a model's files from a folder, a zip file or by the name of a shipped model; None when it is not there."""
    from workflows.models import from_folder, shipped, unpack_zip
    from workflows.models.shipped import shared

    place = Path(path)
    try:
        if place.is_dir():
            return from_folder(place)
        if place.is_file():
            return {**shared(), **unpack_zip(place.read_bytes())}
        return shipped(path)
    except OSError as error:
        print(f"Finns inte: {error.filename or error}", file=sys.stderr)
        return None


def _bytes_of(paths: Sequence[Path]) -> Mapping[str, bytes] | None:
    try:
        return {path.name: path.read_bytes() for path in paths}
    except OSError as error:
        print(f"Finns inte: {error.filename or error}", file=sys.stderr)
        return None


def _keyed(imported: Imported, key: str) -> tuple[str, Mapping[str, bytes]]:
    """Return the model's key and files, with another key where one is given."""
    from workflows.models.kept_imports import keyed
    from workflows.models.packing import told_in

    key = key or told_in(imported.files)[0] or "modell"
    return key, keyed(imported.files, key)
