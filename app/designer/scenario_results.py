"""What came of the scenarios of a draft, as its pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext

from app.designer.draft_pages import DraftPage
from app.designer.scenario_names import Names
from app.designer.scenario_told import ToldFailure, told
from app.shell.context import request_context
from workflows.kernel.clock import local_date
from workflows.kernel.errors import _l
from workflows.models import (
    BundleRefused,
    Finding,
    ModelDraft,
    Played,
    ScenarioRun,
    ScenariosRefused,
    element_names,
    files_begun_on,
    read_bundle,
)
from workflows.models.scenario import FOLDER, USUAL, read_scenario, scenario_paths
from workflows.models.strict_yaml import YamlRefused, read_yaml

NAME_RULE, NOT_THERE = "scenario-name", " finns inte i modellen."
"""The check's rule about names that scenarios use, and how its sentences end after a kind and a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A scenario of the list. `verdict` is ok, bad, broken (cannot be read) or wait (not run yet)."""

    name: str
    title: str
    verdict: str
    steps: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A scenario that went another way than it says."""

    name: str
    title: str
    failure: ToldFailure


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that cannot be read as a scenario: what it is called, and where in it the fault is."""

    name: str
    sentence: str


def name_of(path: str) -> str:
    """Return the name that a scenario's addresses use."""
    return path.removeprefix(FOLDER).removesuffix(".yaml")


def names_of_draft(draft: ModelDraft) -> Names | None:
    """Return what a draft calls its things, and what the version it began on called those that are gone."""
    ctx = request_context()
    try:
        bundle = read_bundle(draft.files)
    except BundleRefused:
        return None
    with ctx.read() as session:
        begun_on = files_begun_on(session, tenant=ctx.tenant, draft=draft)
    return Names(bundle=bundle, gone=element_names(begun_on) if begun_on else {})


def names_in(names: Names, played: Played) -> Names:
    """Return the names as one scenario uses them."""
    scenario = played.scenario
    return replace(names, people=scenario.roles, today=local_date(scenario.start))


def lines_of(page: DraftPage, run: ScenarioRun | None) -> Iterator[Line]:
    """Yield the scenarios in the order of their names."""
    files = page.draft.files
    played = {one.scenario.file: one for one in run.results} if run else {}
    names = names_of_draft(page.draft) if run else None
    for path in scenario_paths(files):
        try:
            title = read_scenario(files, path).title
        except ScenariosRefused as error:
            own = [finding for finding in error.findings if finding.file == path]
            why = unreadable(files, (own or error.findings)[0]).sentence
            yield Line(name=name_of(path), title=title_in(files, path), verdict="broken", why=why)
            continue
        yield _line(path, title, played.get(path), names)


def _line(path: str, title: str, played: Played | None, names: Names | None) -> Line:
    verdict = "wait" if played is None else "bad" if played.failure else "ok"
    failure = told(names_in(names, played), played) if played is not None and names is not None else None
    return Line(
        name=name_of(path),
        title=title,
        verdict=verdict,
        steps=played.steps if played else 0,
        why=failure.short if failure else "",
    )


def differing(page: DraftPage, results: tuple[Played, ...]) -> Iterator[Differing]:
    """Yield the scenarios that went another way, each with how."""
    names = names_of_draft(page.draft)
    for played in results:
        failure = told(names_in(names, played), played) if names is not None else None
        if failure is not None:
            yield Differing(name=name_of(played.scenario.file), title=played.scenario.title, failure=failure)


def unreadable(files: Mapping[str, bytes], finding: Finding) -> Unreadable:
    """Return where a file cannot be read; what is wrong there is said beside its text."""
    number = finding.element.removeprefix("steg ").partition(" ")[0]
    if finding.file == FOLDER + USUAL:
        what = gettext("De vanliga svaren går inte att läsa. Öppna texten, där står vad som är fel.")
    elif finding.element.startswith("steg ") and number.isdecimal():
        what = gettext("Rad %(number)s går inte att läsa. Öppna texten, där står vad som är fel.", number=number)
    else:
        what = gettext("Texten går inte att läsa. Öppna den, där står vad som är fel.")
    return Unreadable(name=name_of(finding.file), sentence=f"{title_in(files, finding.file)}: {what}")


def title_in(files: Mapping[str, bytes], path: str) -> str:
    """Return what a scenario's file says that it shows, whatever else is wrong with it."""
    if path == FOLDER + USUAL:
        return gettext("Vanliga svar")
    try:
        raw = read_yaml(files.get(path, b""))
    except YamlRefused:
        raw = {}
    title = raw.get("title") if isinstance(raw, Mapping) else None
    return title if isinstance(title, str) and title else gettext("Ett scenario utan läsbar rubrik")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInScenario:
    """What the check says of a scenario: in which one, in a sentence, and the page and field where it is mended."""

    name: str
    title: str
    sentence: str
    endpoint: str = "designer.scenario"
    anchor: str = ""


def finding_in_scenario(files: Mapping[str, bytes], finding: Finding, names: Names | None) -> FoundInScenario:
    """Return a finding of the check in the names of the model."""
    name, title = name_of(finding.file), title_in(files, finding.file)
    number = finding.element.removeprefix("steg ").partition(" ")[0]
    if finding.rule != NAME_RULE or names is None:
        sentence = unreadable(files, finding).sentence
        return FoundInScenario(name=name, title=title, sentence=sentence, endpoint="designer.scenario_text")
    what = _named(names, finding.message.removesuffix(NOT_THERE))
    if finding.file == FOLDER + USUAL:
        sentence = gettext("De vanliga svaren nämner %(what)s.", what=what)
        return FoundInScenario(name=name, title=title, sentence=sentence, endpoint="designer.scenario_text")
    if finding.element.startswith("steg ") and number.isdecimal():
        sentence = gettext("Rad %(number)s nämner %(what)s.", number=number, what=what)
        return FoundInScenario(name=name, title=title, sentence=sentence, anchor=f"row-{int(number) - 1}")
    sentence = gettext("Scenariot nämner %(what)s.", what=what)
    return FoundInScenario(name=name, title=title, sentence=sentence, anchor=finding.element)


def _named(names: Names, said: str) -> str:
    """Return what a scenario names and the model does not have; `said` is its kind and its key."""
    kind, _, key = said.rpartition(" ")
    others = {"Processen": _l("en process"), "Fakta": _l("ett faktum"), "Rollen": _l("en roll"), "Fasen": _l("en fas")}
    if kind in others:
        return gettext("%(what)s som inte finns i modellen", what=gettext(others[kind]))
    if kind == "Rollen eller personen":
        return gettext("en roll eller person som inte finns i modellen")
    return names.gate(key) if kind == "Beslutspunkten" else names.element(key)
