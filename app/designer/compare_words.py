"""A comparison as its page shows it: the sentence on top, groups of rows, chips, and the pictures with their marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from app.designer.place_words import file_words
from workflows.kernel.errors import Text, _l
from workflows.models.comparing import Area, Change, Comparison, Lexicon, Marks, Weight, What
from workflows.models.deciders import deciders_file

MOST_ROWS = 400
"""So many rows stand on one page; the chips narrow down the rest."""

AREAS: Mapping[Area, Text] = {
    Area.GATE: _l("Beslutspunkter"),
    Area.TABLE: _l("Beslutstabeller"),
    Area.DIAGRAM: _l("Diagram"),
    Area.MODEL: _l("Modellens uppgifter"),
    Area.CHECKLIST: _l("Checklistor"),
    Area.FORM: _l("Formulär"),
    Area.SCENARIO: _l("Scenarier"),
    Area.OTHER: _l("Annat"),
}
SIGNS: Mapping[What, str] = {What.ADDED: "+", What.REMOVED: "–", What.CHANGED: "~", What.MOVED: "↕"}
"""The marks of rows; the sentence says the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A change with where it can be read (`href`, `steps` in the table of steps) and in which picture it is seen."""

    change: Change
    sign: str
    href: str
    steps: str
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The rows of one phase, of the whole model, or of its scenarios."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A diagram on both sides: addresses of the drawings, and the ids to mark in each by kind."""

    key: str
    name: str
    before: str
    after: str
    marks_before: Mapping[str, tuple[str, ...]]
    marks_after: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A version or draft: what it is called, its files, where one of them is read and where it is edited."""

    label: str
    files: Mapping[str, bytes]
    file_address: Callable[[str], str]
    element_address: Callable[[Change], str]
    steps_address: Callable[[Change], str] = lambda _change: ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    """What the page shows. `looks` are the rows on looks alone. `hidden` rows have no place on it; `rewritten` files
    differ only in how they are written.
    """

    lead: str
    groups: tuple[Group, ...]
    looks: tuple[Row, ...]
    areas: tuple[tuple[str, str, int, bool], ...]
    pictures: tuple[Picture, ...]
    hidden: int
    rewritten: tuple[str, ...]


def compare_page(
    comparison: Comparison, before: Side, after: Side, *, area: Area | None, address: Callable[[str], str]
) -> ComparePage:
    """Return the page of a comparison; `address` gives the same page for one area ("" = all)."""
    changes = comparison.of_area(area) if area else comparison.changes
    pictures = dict(_pictures(comparison, before, after)) if area in (None, Area.DIAGRAM, Area.GATE) else {}
    shown = changes[:MOST_ROWS]
    rows = [_row(change, before, after, pictures) for change in shown]
    names = Lexicon(files=after.files)
    return ComparePage(
        lead=lead(comparison),
        groups=tuple(_groups([row for row in rows if not _is_look(row)], comparison.phases)),
        looks=tuple(row for row in rows if _is_look(row)),
        areas=tuple(_areas(comparison, area, address)),
        pictures=tuple(pictures.values()),
        hidden=len(changes) - len(shown),
        rewritten=tuple(file_words(path, names, deciders_file(after.files)) for path in comparison.rewritten),
    )


def lead(comparison: Comparison) -> str:
    """Return the sentence on top: how many changes, and how many of them change who decides."""
    number = len(comparison.changes)
    if not number:
        return gettext("Inget skiljer i sak.") if comparison.rewritten else gettext("Inget skiljer.")
    decides, duties = (len(comparison.of_weight(weight)) for weight in (Weight.DECIDES, Weight.DUTY))
    if number == 1:
        return _alone(comparison.changes[0].weight)
    looks = len(comparison.of_weight(Weight.LAYOUT))
    if looks == number:
        return ngettext("%(num)s ändring av bara utseende.", "%(num)s ändringar av bara utseende.", looks)
    said = ngettext("%(num)s ändring", "%(num)s ändringar", number - looks)
    if decides:
        part = ngettext("varav %(num)s ändrar vem som beslutar", "varav %(num)s ändrar vem som beslutar", decides)
    elif duties:
        part = ngettext("varav %(num)s ändrar vad någon ska göra", "varav %(num)s ändrar vad någon ska göra", duties)
    else:
        part = gettext("och ingen av dem ändrar vad någon ska göra")
    besides = gettext(" Därtill %(num)s av bara utseende.", num=looks) if looks else ""
    return f"{said}, {part}.{besides}"


def _alone(weight: Weight) -> str:
    if weight is Weight.DECIDES:
        return gettext("En ändring, som ändrar vem som beslutar.")
    if weight is Weight.DUTY:
        return gettext("En ändring, som ändrar vad någon ska göra.")
    return gettext("En ändring, som inte ändrar vad någon ska göra.")


def area_of(sent: str | None) -> Area | None:
    """Return the area that an address asks for; None for all of them."""
    return Area(sent) if sent in set(Area) else None


def _is_look(row: Row) -> bool:
    return row.change.weight is Weight.LAYOUT


def _groups(rows: list[Row], phases: tuple[tuple[str, str], ...]) -> Iterator[Group]:
    """Yield what concerns the whole model first, then phase by phase, then how the model is tried."""
    tried = [row for row in rows if row.change.area is Area.SCENARIO]
    others = [row for row in rows if row.change.area is not Area.SCENARIO]
    parts = [("", gettext("Hela modellen"))]
    parts += [(key, gettext("Fasen %(name)s", name=label)) for key, label in phases]
    for key, title in parts:
        found = [row for row in others if row.change.phase == key]
        if found:
            whole_phase = (key, f"phases/{key}")
            found.sort(key=lambda row: row.change.element not in whole_phase)
            yield Group(title=title, rows=tuple(found))
    if tried:
        yield Group(title=gettext("Hur modellen provas"), rows=tuple(tried))


def _row(change: Change, before: Side, after: Side, pictures: Mapping[str, Picture]) -> Row:
    side = before if change.what is What.REMOVED else after
    picture = pictures.get(change.file)
    drawn = picture is not None and any(
        change.element in ids for marks in (picture.marks_before, picture.marks_after) for ids in marks.values()
    )
    return Row(
        change=change,
        sign=SIGNS[change.what],
        href=side.element_address(change),
        steps=side.steps_address(change),
        picture=picture.key if picture is not None and drawn else "",
    )


def _areas(
    comparison: Comparison, area: Area | None, address: Callable[[str], str]
) -> Iterator[tuple[str, str, int, bool]]:
    yield gettext("Allt"), address(""), len(comparison.changes), area is None
    for one, title in AREAS.items():
        if number := len(comparison.of_area(one)):
            yield gettext(title), address(one), number, area is one


def _pictures(comparison: Comparison, before: Side, after: Side) -> Iterator[tuple[str, Picture]]:
    """Yield the diagrams that differ, by file."""
    names = Lexicon(files=after.files)
    marked = [(file, marks) for file, marks in comparison.marks.items() if marks != Marks()]
    for number, (file, marks) in enumerate(marked, 1):
        changed = tuple(sorted(marks.changed))
        yield (
            file,
            Picture(
                key=f"picture-{number}",
                name=file_words(file, names),
                before=before.file_address(file),
                after=after.file_address(file),
                marks_before={"removed": tuple(sorted(marks.removed)), "changed": changed},
                marks_after={"added": tuple(sorted(marks.added)), "changed": changed},
            ),
        )
