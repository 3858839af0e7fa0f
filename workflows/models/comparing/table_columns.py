"""The columns of a decision table: they are looks, since the rows say what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflows.models.comparing.change import Change, Scribe, Weight, What
from workflows.models.comparing.other_words import setting_changed
from workflows.models.comparing.pairing import differing
from workflows.models.comparing.table_words import Speaker


def columns_changed(scribe: Scribe, before: Speaker, after: Speaker) -> Iterator[Change]:
    """Yield what is told of the columns; what they test and answer is told by the rows."""
    for kind, was, now in (
        ("Villkoret", _inputs(before), _inputs(after)),
        ("Svaret", _outputs(before), _outputs(after)),
    ):
        for name in dict.fromkeys([*was, *now]):
            label = (now.get(name) or was[name])["label"]
            if name in was and name in now:
                yield from _column(scribe, f"{kind} {label}", name, was[name], now[name])
                continue
            what, turned = (What.ADDED, "har fått") if name in now else (What.REMOVED, "har inte längre")
            sentence = f"Tabellen {scribe.where} {turned} kolumnen {label}."
            yield scribe.row(name, sentence, what=what, weight=Weight.LAYOUT)
        both = [name for name in was if name in now]
        if both != [name for name in now if name in was]:
            yield scribe.row(
                after.table.key, "Beslutstabellens kolumner står i en annan ordning.", weight=Weight.LAYOUT
            )


def _column(scribe: Scribe, said: str, name: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for path, old, new in differing(was, now):
        worded = path == "label"
        weight = Weight.WORDING if worded else Weight.LAYOUT
        sentence = f"{said} har ny rubrik." if worded else setting_changed(said, path, old, new)
        yield scribe.row(name, sentence, weight=weight, before=old or "", after=new or "")


def _inputs(speaker: Speaker) -> dict[str, dict[str, str]]:
    return {
        one.expression or one.id: {"label": one.label or f"({speaker.subject(one).label})", "id": one.id, **one.beside}
        for one in speaker.table.inputs
    }


def _outputs(speaker: Speaker) -> dict[str, dict[str, str]]:
    return {
        one.name or one.id: {"label": one.label or one.name, "id": one.id, **one.beside}
        for one in speaker.table.outputs
    }
