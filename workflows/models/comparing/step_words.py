"""What changed in an element of a diagram, in a sentence: *Steget ”…” fick 15 arbetsdagar i stället för 20.*"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from workflows.models.comparing.change import Weight
from workflows.models.comparing.feel_words import condition_words
from workflows.models.comparing.moments import moment_words
from workflows.models.comparing.other_words import setting_changed
from workflows.models.comparing.outcome_words import outcomes
from workflows.models.comparing.period_words import PERIODS, period_said
from workflows.models.comparing.picture import GATE, QUIET
from workflows.models.comparing.said import Said, Told
from workflows.models.comparing.swedish import quoted, upper_first

FORMULAS = frozenset({"styr.each.@collection", "styr.each.@until", "timerEventDefinition.timeDate"}) | {
    "timerEventDefinition.timeDuration"
}
"""Attributes whose value is FEEL."""

_KINDS: Mapping[str, str] = {
    "checklist": "en checklista",
    "document": "ett dokument",
    "decision": "ett beslut",
    "review": "en granskning",
    "sign": "en underskrift",
    "record": "en uppgift",
}

_EFFECTS = {"freeze": "fryser underlaget", "record": "bokför beslutet", "notify": "säger till"}


def tell(one: Told) -> Iterator[Said]:
    """Yield what there is to say of the attribute; always at least one row."""
    if one.path == "styr.gate.@outcomes":
        yield from outcomes(one.new.names.gate(one.new[one.key].get(GATE)), one.before.split(), one.after.split())
        return
    if one.path in PERIODS:
        yield period_said(one)
        return
    told = _TELLERS.get(one.path)
    if told is not None:
        yield told(one)
        return
    weight = Weight.DUTY
    if one.path.endswith(("@id", "@type", "@targetNamespace")) or one.new[one.key].tag in QUIET:
        weight = Weight.LAYOUT
    yield Said(
        sentence=setting_changed(one.name, one.path, one.before, one.after),
        before=one.before,
        after=one.after,
        weight=weight,
    )


def _renamed(one: Told) -> Said:
    noun = one.new.call(one.key).partition("”")[0].strip()
    weight = Weight.LAYOUT if one.new[one.key].tag in QUIET else Weight.WORDING
    sentence = f"{upper_first(noun)} {quoted(one.before)} heter nu {quoted(one.after)}."
    if not one.before or not one.after or one.new.gate(one.key) or one.key in one.new.names.phases:
        sentence = f"{one.name} står nu som {quoted(one.after)} i diagrammet."
    return Said(sentence=sentence, before=one.before, after=one.after, weight=weight)


def _role(one: Told) -> Said:
    before = one.old.names.role(one.before) if one.before else ""
    after = one.new.names.role(one.after) if one.after else ""
    decides = one.new[one.key].get("styr.task.@kind") == "decision"
    sentence = f"{one.name} görs nu av {after or 'ingen bestämd roll'}"
    sentence += f" i stället för {before}." if before else "."
    return Said(sentence=sentence, before=before, after=after, weight=Weight.DECIDES if decides else Weight.DUTY)


def _form(one: Told) -> Said:
    before = one.old.names.form(one.before) if one.before else ""
    after = one.new.names.form(one.after) if one.after else ""
    return Said(sentence=f"{one.name} använder nu {after or 'inget formulär'}.", before=before, after=after)


def _kind(one: Told) -> Said:
    before, after = (_KINDS.get(side, side) for side in (one.before, one.after))
    return Said(sentence=f"{one.name} är nu {after or 'inget som någon gör'}.", before=before, after=after)


def _effect(one: Told) -> Said:
    before, after = (_EFFECTS.get(side, side) for side in (one.before, one.after))
    return Said(sentence=f"{one.name} {after or 'gör inte längre något'} nu.", before=before, after=after)


def _calls(one: Told) -> Said:
    sentence = f"{one.name} kör nu processen {one.new.names.step(one.after)}."
    return Said(sentence=sentence, before=one.old.names.step(one.before), after=one.new.names.step(one.after))


def _formula(start: str, gone: str) -> Callable[[Told], Said]:
    def said(one: Told) -> Said:
        before = condition_words(one.before, one.old.names) if one.before else ""
        after = condition_words(one.after, one.new.names) if one.after else ""
        sentence = f"{one.name} {start} {after}." if after else f"{one.name} {gone}."
        return Said(sentence=sentence, before=before, after=after)

    return said


def _timed(one: Told) -> Said:
    before, after = moment_words(one.before, one.old.names), moment_words(one.after, one.new.names)
    sentence = f"{one.name} inträffar nu {_at(after)}."
    if not one.after:
        sentence = f"{one.name} inträffar inte längre vid någon tid."
    return Said(sentence=sentence, before=before or one.before, after=after or one.after)


def _at(moment: str) -> str:
    """ "vid datumet i ”…”", "efter 7 dagar"; a moment that cannot be said is another time."""
    if not moment:
        return "vid en annan tid"
    if moment.startswith("datumet"):
        return f"vid {moment}"
    return moment if " efter " in moment or " före " in moment else f"efter {moment}"


def _times(one: Told) -> Said:
    sentence = f"{one.name} görs nu en gång för varje rad." if one.after else f"{one.name} görs nu bara en gång."
    return Said(sentence=sentence, before=_often(one.before), after=_often(one.after))


def _often(value: str) -> str:
    return "en gång för varje rad" if value else "en gång"


def _tag(one: Told) -> Said:
    before = one.old.call(one.key) if one.key in one.old else one.before
    after = one.new.call(one.key)
    return Said(sentence=f"{upper_first(before)} är nu {after}.", before=one.before, after=one.after)


def _stops(one: Told) -> Said:
    turned = "avbryter inte längre det den sitter på" if one.after == "false" else "avbryter nu det den sitter på"
    return Said(sentence=f"{one.name} {turned}.", before=one.before or "true", after=one.after or "true")


def _variable(one: Told) -> Said:
    sentence = f"Svaren i {one.new.call(one.key)} heter nu {quoted(one.after or one.key)} i villkor."
    return Said(sentence=sentence, before=one.before or one.key, after=one.after or one.key)


def _decision(one: Told) -> Said:
    sentence = f"{one.name} frågar nu beslutstabellen {quoted(one.after)}."
    return Said(sentence=sentence, before=one.before, after=one.after)


def _attached(one: Told) -> Said:
    sentence = f"{one.name} sitter nu på {one.new.call(one.after)}."
    return Said(sentence=sentence, before=one.old.call(one.before), after=one.new.call(one.after))


def _helped(one: Told) -> Said:
    sentence = f"{one.name} har ny hjälptext." if one.after else f"{one.name} har inte längre någon hjälptext."
    return Said(sentence=sentence, before=one.before, after=one.after, weight=Weight.WORDING)


def _wired(one: Told) -> Said:
    sentence = f"Filens noteringar om vilka vägar som når {one.new.call(one.key)} stämmer inte med vägarna."
    if not one.after:
        sentence = f"Filens noteringar om vilka vägar som når {one.new.call(one.key)} stämmer nu med vägarna."
    return Said(sentence=sentence, before=one.before, after=one.after, weight=Weight.LAYOUT)


_TELLERS: Mapping[str, Callable[[Told], Said]] = {
    "wiring": _wired,
    "documentation": _helped,
    "name": _renamed,
    "tag": _tag,
    "styr.task.@role": _role,
    "styr.task.@form": _form,
    "styr.task.@kind": _kind,
    "styr.task.@as": _variable,
    "styr.decision.@as": _variable,
    "styr.decision.@ref": _decision,
    "styr.effect.@kind": _effect,
    "styr.each.@collection": _formula("görs nu en gång för varje rad i", "har inte längre några rader"),
    "styr.each.@until": _formula("slutar nu när", "pågår nu tills alla är klara"),
    "multiInstanceLoopCharacteristics": _times,
    "timerEventDefinition.timeDate": _timed,
    "timerEventDefinition.timeDuration": _timed,
    "@calledElement": _calls,
    "@cancelActivity": _stops,
    "@attachedToRef": _attached,
}
