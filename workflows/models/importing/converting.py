"""The import itself: from files of other tools to the files of a draft and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from workflows.models.bundle import MAX_BYTES, MAX_FILES, refused_files
from workflows.models.editing.layout import lay_out
from workflows.models.importing.drawing import Scope, Step
from workflows.models.importing.elements import map_elements
from workflows.models.importing.exemplars import keep_exemplars
from workflows.models.importing.forms import Forms
from workflows.models.importing.frame_placing import place_frame
from workflows.models.importing.framing import Frame, frame
from workflows.models.importing.leavings import tell_leavings
from workflows.models.importing.model_file import model_json
from workflows.models.importing.naming import Names, slug
from workflows.models.importing.placing import is_hand_laid, place_added
from workflows.models.importing.reading import ForeignFile, read_file
from workflows.models.importing.repairs import draw_meetings, draw_starts_and_ends, settle_errors
from workflows.models.importing.roles import SPONSOR, Roles
from workflows.models.importing.rows import Imported, ImportRefused, Place, Report
from workflows.models.importing.tables import Tables, authority, ids_in
from workflows.models.importing.ways import Conditions
from workflows.models.importing.work import Work
from workflows.models.importing.writing import write_bpmn
from workflows.models.shipped import shared

DIAGRAMS, TABLES, FORMS = (".bpmn", ".bpmn20.xml", ".xml"), (".dmn",), (".form", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """The process a model is made of, and those it calls."""

    main: Scope
    called: tuple[Scope, ...]


def import_model(files: Mapping[str, bytes], *, name: str = "", key: str = "") -> Imported:
    """Make a draft's files of BPMN, DMN and forms of another tool, with a row for all that was not taken over.

    `name` and `key` are the model's, else the process gives them. Raises ImportRefused when no diagram can be read.
    """
    _bounds(files)
    report = Report()
    base = shared()
    names = Names({"project", "gate", "authority", *ids_in(base["gate.bpmn"])})
    tables = Tables(report=report)
    for path in _of(files, TABLES):
        tables.take(path, files[path], names)
    read = _read(files, report, names)
    forms = Forms(
        report=report,
        given={path: files[path] for path in _of(files, FORMS)},
        embedded={form: (one.name, text) for one in read for form, text in one.forms.items()},
    )
    chosen = _choose(read, report)
    work = Work(
        report=report,
        names=names,
        forms=forms,
        roles=Roles(report),
        tables=tables.outputs,
        processes={written: process for one in read for written, process in one.called.items()},
        main=chosen.main.id,
    )
    for process in (chosen.main, *chosen.called):
        _convert(process, work, tables)
    title = (name or chosen.main.name or "Importerad process").strip()[:80]
    framed = frame(chosen.main, work, name=title)
    draw_meetings(framed.process, work)
    for process in chosen.called:
        draw_meetings(process, work)
    steps = [step for process in (framed.process, *chosen.called) for step in _steps(process)]
    made = {
        "project.bpmn": _written(framed.process, framed),
        **{f"{process.id}.bpmn": _written(process) for process in chosen.called},
        **tables.files(),
        **forms.files({step.styr["task"]["form"] for step in steps if "task" in step.styr}),
        "authority.dmn": authority(framed.gate, SPONSOR),
        "model.json": model_json(framed, work.roles, key=key or slug(title, "model"), name=title),
    }
    whole = {**base, **made}
    work.tell_conditions(whole)
    for finding in refused_files(whole):
        raise ImportRefused(finding.sentence)
    _strange(files, report)
    return Imported(name=title, source=_source(read), files=whole, rows=report.sorted())


def _bounds(files: Mapping[str, bytes]) -> None:
    if len(files) > MAX_FILES:
        raise ImportRefused(f"Det är fler än {MAX_FILES} filer.")
    if sum(map(len, files.values())) > MAX_BYTES:
        raise ImportRefused(f"Filerna är tillsammans större än {MAX_BYTES // 1_000_000} MB.")


def _of(files: Mapping[str, bytes], endings: tuple[str, ...]) -> list[str]:
    return [path for path in sorted(files) if path.lower().endswith(endings)]


def _read(files: Mapping[str, bytes], report: Report, names: Names) -> list[ForeignFile]:
    """Read every diagram; one that cannot be read is told of, unless there is no other."""
    read: list[ForeignFile] = []
    refused: dict[str, ImportRefused] = {}
    for path in _of(files, DIAGRAMS):
        try:
            read.append(read_file(path, files[path], report=report, names=names))
        except ImportRefused as error:
            refused[path] = error
    if not any(one.processes for one in read):
        reasons = [reason for error in refused.values() for reason in error.reasons]
        raise ImportRefused(*(reasons or ["Där finns ingen process i BPMN. Välj en fil som slutar på .bpmn."]))
    for path, unread in refused.items():
        for reason in unread.reasons:
            report.lost(Place(file=path), reason.removeprefix(f"{path}: "), "Filen togs inte med.", "")
    return read


def _choose(read: list[ForeignFile], report: Report) -> _Chosen:
    """Choose the main process: one that no other calls, that was meant to be run, and that has most steps."""
    processes = {process.id: process for one in read for process in one.processes}
    named = {written: process for one in read for written, process in one.called.items()}
    runs = {process for one in read for process in one.executable}
    calls = {
        key: {named[step.calls] for step in _steps(process) if step.calls in named} - {key}
        for key, process in processes.items()
    }
    called = set().union(*calls.values())
    main = max(processes.values(), key=lambda one: (one.id not in called, one.id in runs, sum(1 for _ in _steps(one))))
    reached, ahead = set[str](), [main.id]
    while ahead:
        key = ahead.pop()
        if key not in reached:
            reached.add(key)
            ahead += sorted(calls[key])
    for process in processes.values():
        if process.id not in reached:
            count = sum(1 for _ in _steps(process))
            was = f"Processen {process.name or process.id}, med {count} element, som ingen anropar."
            report.lost(process.place, was, "Den togs inte med.", "Importera den för sig, om den också ska köras.")
    return _Chosen(main=main, called=tuple(processes[key] for key in sorted(reached - {main.id})))


def _steps(process: Scope) -> list[Step]:
    return [step for scope in process.everywhere() for step in scope.steps.values()]


def _convert(process: Scope, work: Work, tables: Tables) -> None:
    """Make one process ours, all but the gateways in which ways meet."""
    tell_leavings(process, work.report)
    map_elements(process, work)
    settle_errors(process, work)
    draw_starts_and_ends(process, work)
    conditions = Conditions(process=process, work=work)
    for scope in list(process.everywhere()):
        for step in list(scope.of("businessRuleTask")):
            tables.say_in_our_names(step.hints.decision, conditions.asker(scope, step))
            ref = {"ref": step.hints.decision}
            step.styr["decision"] = ref
    keep_exemplars(conditions)
    conditions.write()


def _written(process: Scope, framed: Frame | None = None) -> bytes:
    """Return a process as a file, with a place for everything."""
    content = process if framed is None else framed.content
    if is_hand_laid(content):
        place_added(content)
        if framed is not None:
            place_frame(framed)
    return lay_out(write_bpmn(process), only_missing=True)


def _strange(files: Mapping[str, bytes], report: Report) -> None:
    for path in sorted(files.keys() - {*_of(files, DIAGRAMS), *_of(files, TABLES), *_of(files, FORMS)}):
        report.noted(Place(file=PurePosixPath(path).name), "En fil av annan sort.", "Den lästes inte.")


def _source(read: list[ForeignFile]) -> str:
    return next((one.dialect for one in read if one.dialect), "BPMN 2.0")
