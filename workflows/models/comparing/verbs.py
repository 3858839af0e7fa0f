"""Compares two versions of a model file by file, and says it in a few sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from forms.swedish import lower_first
from workflows.models.comparing.change import Area, Change, Comparison, Marks, Weight, What
from workflows.models.comparing.checklists import compare_checklists
from workflows.models.comparing.diagrams import compare_diagrams
from workflows.models.comparing.following import without_followers
from workflows.models.comparing.forms import compare_forms
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.model_facts import compare_models
from workflows.models.comparing.placing import in_phases, phases_in_order
from workflows.models.comparing.plain_text import compare_text
from workflows.models.comparing.reading import Unread
from workflows.models.comparing.scenario_changes import compare_scenarios
from workflows.models.comparing.table_changes import compare_tables
from workflows.models.comparing.whole_files import only_one, renamed

MAX_SENTENCES = 12
"""So many sentences a summary has at most; the last then counts the rest."""

_Compare = Callable[[str, Lexicon, Lexicon], Iterator[Change]]
MODEL_FILE = "model.json"
_KINDS: tuple[tuple[str, Area, _Compare | None], ...] = (
    (".bpmn", Area.DIAGRAM, None),
    (".dmn", Area.TABLE, compare_tables),
    (".checklist.json", Area.CHECKLIST, compare_checklists),
    (".form.json", Area.FORM, compare_forms),
    (MODEL_FILE, Area.MODEL, compare_models),
    (".yaml", Area.SCENARIO, compare_scenarios),
)
_PLACES = list(Area)


def compare(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Comparison:
    """Return what differs between two versions of a model, the important first.

    Equality is of meaning: a file written down in another way gives no row and stands in `rewritten`. Files may be
    broken on either side: they are then compared as text.
    """
    old, new = Lexicon(files=before), Lexicon(files=after)
    moved = dict(_moved_files(before, after))
    changes: list[Change] = [renamed(was, now, new, _kind(now)[0]) for was, now in moved.items()]
    marks: dict[str, Marks] = {}
    rewritten: list[str] = []
    for path in sorted(before.keys() | after.keys()):
        if path in moved or path in moved.values() or before.get(path) == after.get(path):
            continue
        rows, marked = _compare_file(path, old, new)
        changes += rows
        if marked is not None:
            marks[path] = marked
        if not rows:
            rewritten.append(path)
    placed = tuple(_ordered(in_phases(without_followers(changes, old, new), old, new)))
    return Comparison(
        changes=placed, marks=marks, rewritten=tuple(rewritten), phases=phases_in_order(old, new) if placed else ()
    )


def summary(comparison: Comparison) -> tuple[str, ...]:
    """Return what changed in at most twelve sentences: the weightiest rows, then how many there are besides."""
    loud = [change for change in comparison.changes if change.weight is not Weight.LAYOUT] or list(comparison.changes)
    said = list(dict.fromkeys(_placed(change) for change in loud))
    if len(said) <= MAX_SENTENCES:
        return tuple(said)
    told = said[: MAX_SENTENCES - 1]
    rest = sum(_placed(change) not in told for change in loud)
    return (*told, f"Och {rest} ändringar till.")


def _placed(change: Change) -> str:
    """A sentence that also says where, when it speaks of a field."""
    if change.area is Area.FORM and change.where not in change.sentence:
        return f"{change.where}: {lower_first(change.sentence)}"
    return change.sentence


def _kind(path: str) -> tuple[Area, _Compare | None]:
    return next(((area, verb) for end, area, verb in _KINDS if path.endswith(end)), (Area.OTHER, None))


def _compare_file(path: str, old: Lexicon, new: Lexicon) -> tuple[list[Change], Marks | None]:
    area, verb = _kind(path)
    if path not in old.files:
        return [only_one(path, new, area, What.ADDED)], None
    if path not in new.files:
        return [only_one(path, old, area, What.REMOVED)], None
    try:
        if area is Area.DIAGRAM:
            rows, marks = compare_diagrams(path, old, new)
            return list(rows), marks
        if verb is not None:
            return list(verb(path, old, new)), None
        unread = ""
    except Unread:
        unread = _unread_side(path, old, new)
    return list(compare_text(path, old.files[path], new.files[path], area=area, unread=unread)), None


def _unread_side(path: str, old: Lexicon, new: Lexicon) -> str:
    """Say on which side a file cannot be read: by comparing each side with itself."""
    return " och ".join(
        said for said, side in (("den äldre versionen", old), ("den nyare versionen", new)) if not _reads(path, side)
    )


def _reads(path: str, side: Lexicon) -> bool:
    area, verb = _kind(path)
    try:
        if area is Area.DIAGRAM:
            compare_diagrams(path, side, side)
        elif verb is not None:
            list(verb(path, side, side))
    except Unread:
        return False
    return True


def _moved_files(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield files of one kind that only changed their names."""
    gone = [path for path in sorted(before) if path not in after]
    come = [path for path in sorted(after) if path not in before]
    for was in gone:
        same = [now for now in come if after[now] == before[was] and _kind(now)[0] is _kind(was)[0]]
        if len(same) == 1 and sum(before[one] == before[was] for one in gone) == 1:
            yield was, same[0]


def _ordered(changes: Iterable[Change]) -> list[Change]:
    """Put the weightiest first; of those whole phases, then what is new or gone, then by area.

    What a diagram and `model.json` both say becomes one row.
    """
    rows = list(dict.fromkeys(changes))
    listed = {(row.sentence, row.what): row for row in rows if row.file == MODEL_FILE}
    twins = {key: row for row in rows if row.file != MODEL_FILE and (key := (row.sentence, row.what)) in listed}
    both = {id(row): _merged(row, listed[key]) for key, row in twins.items()}
    gone = {id(listed[key]) for key in twins}
    kept = (both.get(id(row), row) for row in rows if id(row) not in gone)
    return sorted(kept, key=_place)


def _place(row: Change) -> tuple[int, bool, bool, int]:
    stays = row.what in (What.CHANGED, What.MOVED)
    is_phase = not stays and bool(row.phase) and row.element in (row.phase, f"phases/{row.phase}")
    return row.weight, not is_phase, stays, _PLACES.index(row.area)


def _merged(drawn: Change, listed: Change) -> Change:
    """The row of the diagram, with the values of the model's where it has none."""
    return replace(drawn, before=drawn.before or listed.before, after=drawn.after or listed.after)
