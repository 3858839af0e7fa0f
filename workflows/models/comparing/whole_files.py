"""Files that only one side has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.models.comparing.change import Area, Change, Scribe, Weight, What
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.reading import Unread, json_of, objects, text, yaml_of
from workflows.models.comparing.scenario_changes import scenario_title
from workflows.models.comparing.swedish import joined, quoted

_NEW = {Area.FORM: "Nytt formulär", Area.CHECKLIST: "Ny checklista", Area.DIAGRAM: "Nytt diagram"} | {
    Area.TABLE: "Ny fil med beslutstabeller",
    Area.SCENARIO: "Nytt scenario",
}
_NAMED = {Area.FORM: "Formuläret", Area.CHECKLIST: "Checklistan", Area.DIAGRAM: "Diagrammet"} | {
    Area.TABLE: "Filen med beslutstabeller",
    Area.SCENARIO: "Scenariot",
}


def only_one(path: str, names: Lexicon, area: Area, what: What) -> Change:
    """Return the row for a file that only the side of `names` has."""
    title, said = _title(path, names, area), joined(_contents(path, names, area))
    scribe = Scribe(area=area, file=path, where=title)
    weight = Weight.PROOF if area is Area.SCENARIO else Weight.DUTY
    if what is What.ADDED:
        return scribe.row(path, f"{_NEW.get(area, 'Ny fil')}: {title}.", what=what, weight=weight, after=said)
    sentence = f"{_NAMED.get(area, 'Filen')} {title} togs bort."
    return scribe.row(path, sentence, what=what, weight=weight, before=said)


def renamed(before: str, after: str, names: Lexicon, area: Area) -> Change:
    """Return the row for a file that has another name and the same content."""
    scribe = Scribe(area=area, file=after, where=_title(after, names, area))
    sentence = f"{_NAMED.get(area, 'Filen')} {_title(after, names, area)} har ett nytt filnamn."
    return scribe.row(after, sentence, weight=Weight.WORDING, before=before, after=after)


def _title(path: str, names: Lexicon, area: Area) -> str:
    if area in {Area.FORM, Area.CHECKLIST}:
        return names.titles.get(path.removeprefix("forms/").split(".")[0], path).removeprefix("Checklista ")
    if area is Area.SCENARIO:
        try:
            return quoted(scenario_title(path, yaml_of(names.files[path])))
        except Unread:
            return path
    return names.diagrams.get(path, path)


def _contents(path: str, names: Lexicon, area: Area) -> Iterator[str]:
    """Yield the fields of a form, or the questions of a checklist."""
    if area not in {Area.FORM, Area.CHECKLIST}:
        return
    try:
        raw = json_of(names.files[path])
    except Unread:
        return
    for item in objects(raw.get("items")):
        yield f"{text(item.get('id'))} {quoted(text(item.get('question')))}"
    yield from _labels(raw)


def _labels(raw: Mapping[str, Any]) -> Iterator[str]:
    for part in objects(raw.get("components")):
        if label := text(part.get("label")) or text(part.get("dateLabel")):
            yield label
        yield from _labels(part)
