"""`styr scenario`: play a model's scenarios and say what differed."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflows.models import Bundle, Played, Scenario

DESCRIPTION = """\
Spelar upp en processmodells prov (scenarier) utan databas och utan att något sparas.

Ett prov är en YAML-fil i modellens mapp scenarios/: vem gör vad, i vilken ordning, och vad som
sedan ska vara öppet, beslutat eller slut. Formatet beskrivs i docs/scenarios.md. Sist kontrolleras
modellen som den gör innan den publiceras: att diagram, formulär och prov nämner varandra rätt.
"""

EPILOG = """\
exempel:
  styr scenario bpmn/harnosand                          alla prov
  styr scenario bpmn/harnosand straight_through.yaml    ett av dem
  styr scenario bpmn/harnosand /tmp/eget.yaml           ett eget, mot samma modell

Slutkod 0 när alla prov håller och inget fel finns, 1 när något skiljer, 2 när en fil inte kan läsas.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser of `styr`."""
    parser = commands.add_parser(
        "scenario",
        help="spela upp en modells prov och se vad som skiljer",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "folder",
        type=Path,
        metavar="MAPP",
        help="modellens mapp (bpmn/harnosand), eller namnet på en som följer med (harnosand)",
    )
    parser.add_argument("files", nargs="*", metavar="FIL", help="bara dessa prov; utan filer spelas alla")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Play the chosen scenarios, a line for each as it is done; return the exit code."""
    from workflows.models import BundleRefused, ScenariosRefused, check, play, read_bundle, read_scenarios

    try:
        files = _files(options.folder, options.files)
        bundle = read_bundle(files)
        scenarios = _chosen(read_scenarios(files), options.files)
    except (BundleRefused, ScenariosRefused) as error:
        return _refuse(*(finding.sentence for finding in error.findings))
    except FileNotFoundError as error:
        return _refuse(f"Finns inte: {error.filename or error}")
    began, failed = time.monotonic(), 0
    print(_heading(bundle, scenarios))
    for scenario in scenarios:
        played = play(bundle, scenario)
        failed += played.failure is not None
        print("\n".join(report(played)), flush=True)
    print(_summary(len(scenarios), failed, time.monotonic() - began))
    found = [finding.sentence for finding in check(files)]
    if found:
        print("\n".join(["Kontrollen av modellen fann:", *(f"  {sentence}" for sentence in found)]))
    return 1 if failed or found else 0


def report(played: Played) -> Iterator[str]:
    """Yield the line of a scenario and, when it failed, where and how."""
    failure, name = played.failure, Path(played.scenario.file).stem
    yield f"{'FEL' if failure else 'ok ':<4} {name:<28} {played.steps:>4} steg  {played.scenario.title}"
    if failure is None:
        return
    yield f"     {failure.where}"
    if failure.move is not None and failure.move.note:
        yield f"     {failure.move.note}"
    for difference in failure.differences:
        yield f"       {difference.about}"
        yield f"         väntat: {difference.expected}"
        yield f"         fick:   {difference.got}"
    yield f"       öppet då: {', '.join(failure.open) or 'inget'}"


def _files(folder: Path, names: Sequence[str]) -> Mapping[str, bytes]:
    """Return the model's files, with scenarios that lie elsewhere; a shipped model may be called by its name only.

    Raises FileNotFoundError.
    """
    from workflows.models import from_folder, shipped

    files = from_folder(folder) if folder.is_dir() else shipped(str(folder))
    return {**files, **{f"scenarios/{Path(name).name}": Path(name).read_bytes() for name in names if _is_file(name)}}


def _is_file(name: str) -> bool:
    return Path(name).suffix == ".yaml" and Path(name).is_file()


def _chosen(scenarios: Sequence[Scenario], names: Sequence[str]) -> Sequence[Scenario]:
    """Return the scenarios of these names (file names, with or without folder and ending). Raises FileNotFoundError."""
    by_name = {Path(scenario.file).stem: scenario for scenario in scenarios}
    stems = [Path(name).stem for name in names]
    for name, stem in zip(names, stems, strict=True):
        if stem not in by_name:
            raise FileNotFoundError(name)
    return [by_name[stem] for stem in stems] if stems else scenarios


def _heading(bundle: Bundle, scenarios: Sequence[Scenario]) -> str:
    return f"{bundle.model.name['sv']}: {len(scenarios)} prov"


def _summary(count: int, failed: int, seconds: float) -> str:
    verdict = f"{failed} av {count} prov håller inte" if failed else "alla håller"
    return f"{count} prov, {verdict} ({seconds:.1f} s, {count / max(seconds, 0.001):.0f} i sekunden)"


def _refuse(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 2
