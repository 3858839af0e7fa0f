"""What happened in a project, one sentence an event, newest first. Sentences are filled from the event's own body."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workflows.engine import TaskKind
from workflows.flow import Event
from workflows.governance.afterwards import AFTERWARDS
from workflows.governance.behalf import Holdings, behalf_of
from workflows.governance.decision_record import Decision
from workflows.governance.outcomes import OUTCOME_LABELS, Outcome
from workflows.governance.packs import Pack
from workflows.governance.readiness import DocumentVersion
from workflows.kernel.clock import local_date
from workflows.kernel.errors import Text, _l
from workflows.models import Bundle
from workflows.models.deadlines import Mark
from workflows.models.model import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event in words: `sentence` with `{names}` that stand in `facts` (texts, labels, dates).

    `task`, `decision`, `document` and `file` name what it leads to; `by` is the person's name, "" for the system.
    """

    seq: int
    verb: str
    at: datetime
    by: str
    sentence: Text
    facts: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    is_decision: bool = False
    task: str | None = None
    decision: str | None = None
    document: DocumentVersion | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """Who did something for another: "Bo Rask (för Anna Berg)" once it is put in words."""

    name: str
    behalf: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What events refer to: a project's decisions, packs and documents, its model, and names by id."""

    bundle: Bundle
    decisions: Sequence[Decision]
    packs: Sequence[Pack]
    documents: Sequence[DocumentVersion]
    names: Mapping[str, str]
    holdings: Holdings = field(default_factory=dict)

    def gate(self, key: Any) -> Label:
        """Return a gate in words."""
        return next((gate.label for gate in self.bundle.model.gates if gate.key == key), {"sv": str(key or "")})

    def role(self, key: Any) -> Label:
        """Return a role in words."""
        return next((role.label for role in self.bundle.model.roles if role.key == key), {"sv": str(key or "")})

    def person(self, person: Any) -> str:
        """Return a name, or what stands for somebody nobody knows any more."""
        return self.names.get(str(person or ""), _l("Någon"))

    def actor(self, event: Event) -> str | Acted:
        """Return who did what an event tells, and for whom where it was not in their own right."""
        name = self.person(event.actor)
        day, model = local_date(event.at), self.bundle.model
        behalf = behalf_of(event.on_behalf_of, day=day, model=model, holdings=self.holdings)
        return Acted(name=name, behalf=behalf) if behalf else name


Sentence = tuple[Text, dict[str, Any]]
Tell = Callable[[Event, Records], Sentence]

STOPPED = _l("{who} avbröt projektet")

UNKNOWN = _l("Något hände som sidan inte har ord för ({verb})")
"""For an event that a later version wrote; a test sees to it that no verb of this version needs it."""


def timeline(events: Sequence[Event], records: Records) -> tuple[Happened, ...]:
    """Tell events in words, in the order given."""
    return tuple(_tell(event, records) for event in events)


def people_in(events: Sequence[Event]) -> set[str]:
    """Return the ids of people (and bodies) that the sentences name."""
    parts = ("holder", "from", "to", "about")
    named = {event.actor for event in events} | {event.body.get(part) for event in events for part in parts}
    return {str(one).removeprefix("body:") for one in named if one}


def _tell(event: Event, records: Records) -> Happened:
    decision = next((one for one in records.decisions if one.id == event.body.get("decision")), None)
    document = _document(event, records)
    if decision is not None:
        sentence, facts = _decided(event, decision, records)
    elif document is not None:
        sentence, facts = _documented(event, document, records)
    else:
        sentence, facts = TELL.get(event.verb, _unknown)(event, records)
    return Happened(
        seq=event.seq,
        verb=event.verb,
        at=event.at,
        by=records.person(event.actor) if event.actor else "",
        sentence=sentence,
        facts=facts,
        note=decision.motivation if decision else str(event.body.get("reason") or event.body.get("note") or ""),
        is_decision=decision is not None,
        task=_task(event),
        decision=decision.id if decision else None,
        document=document,
        file=event.body.get("file"),
    )


def _decided(event: Event, decision: Decision, records: Records) -> Sentence:
    facts = {"gate": records.gate(decision.gate), "outcome": OUTCOME_LABELS[decision.outcome]}
    number = len(decision.detail.get("conditions") or decision.detail.get("reopen") or ())
    if decision.outcome is Outcome.APPROVE_CONDITIONAL and number == 1:
        return _l("{gate}: {outcome}. Ett villkor följer med."), facts
    if decision.outcome is Outcome.APPROVE_CONDITIONAL and number:
        return _l("{gate}: {outcome}. {number} villkor följer med."), facts | {"number": number}
    if decision.outcome is Outcome.REWORK and number == 1:
        return _l("{gate}: {outcome}. En punkt skickades tillbaka."), facts
    if decision.outcome is Outcome.REWORK and number:
        return _l("{gate}: {outcome}. {number} punkter skickades tillbaka."), facts | {"number": number}
    if decision.outcome is Outcome.DEFER:
        return _l("{gate}: {outcome} till {day}"), facts | {"day": _day(decision.detail.get("defer_to"))}
    if decision.outcome is Outcome.HOLD:
        return _l("{gate}: {outcome} till {day}"), facts | {"day": _day(decision.detail.get("resume_on"))}
    return _l("{gate}: {outcome}"), facts


def _documented(event: Event, document: DocumentVersion, records: Records) -> Sentence:
    kind = next(one for one in records.bundle.model.documents if one.key == document.key)
    facts = {"who": records.actor(event), "document": kind.label, "version": document.version}
    return _l("{who} lämnade in {document}, version {version}"), facts


def _started(event: Event, records: Records) -> Sentence:
    return _l("{who} lämnade idén"), {"who": records.actor(event)}


def _handed_in(event: Event, records: Records) -> Sentence:
    facts: dict[str, Any] = {"who": records.actor(event), "step": str(event.body.get("name", ""))}
    pack = next((pack for pack in records.packs if _asked_for(pack, event)), None)
    if pack is not None:
        facts |= {"gate": records.gate(pack.gate), "round": pack.round}
        if pack.with_deviation:
            return _l("{who} begärde {gate} med avvikelse, omgång {round}"), facts
        return _l("{who} begärde {gate}, omgång {round}"), facts
    checklist = records.bundle.checklists.get(str(event.body.get("form")))
    if checklist is not None:
        return _l("{who} lämnade in {checklist}"), facts | {"checklist": checklist.title}
    if event.body.get("kind") == TaskKind.SIGN:
        return _l("{who} svarade på ”{step}”"), facts
    return _l("{who} gjorde klart ”{step}”"), facts


def _asked_for(pack: Pack, event: Event) -> bool:
    """Tell whether an event requested the gate that a pack was frozen for."""
    same = (pack.gate, pack.item) == (event.body.get("gate"), event.body.get("item"))
    return same and pack.requested_at == event.at


def _answered_afterwards(event: Event, records: Records) -> Sentence:
    answered = event.body.get("answered", ())
    checklist = records.bundle.checklists.get(str(event.body.get("form")))
    facts: dict[str, Any] = {"who": records.actor(event), "number": len(answered)}
    facts["checklist"] = checklist.title if checklist else str(event.body.get("name", ""))
    item = checklist.by_id.get(answered[0]) if checklist and len(answered) == 1 else None
    if item is not None:
        facts["question"] = str(item.question.sv)
        return _l("{who} svarade i efterhand på ”{question}” i {checklist}"), facts
    return _l("{who} svarade i efterhand på {number} frågor i {checklist}"), facts


def _withdrawn(event: Event, records: Records) -> Sentence:
    facts = {"who": records.actor(event), "gate": records.gate(event.body.get("gate"))}
    return _l("{who} återtog begäran om {gate}"), facts | {"round": event.body.get("round")}


def _terminated(event: Event, records: Records) -> Sentence:
    who = {"who": records.actor(event)}
    return (_l("{who} avbröt projektet, som var vilande") if "held_since" in event.body else STOPPED), who


def _recused(event: Event, records: Records) -> Sentence:
    facts = {"who": records.actor(event), "gate": records.gate(event.body.get("gate"))}
    return _l("{who} anmälde jäv i {gate}"), facts


def _replaced(event: Event, records: Records) -> Sentence:
    holder = str(event.body.get("holder", "")).removeprefix("body:")
    facts = {"role": records.role(event.body.get("role")), "holder": records.person(holder)}
    return _l("{role} är nu {holder}"), facts


def _role_handed_over(event: Event, records: Records) -> Sentence:
    day = {"role": records.role(event.body.get("role")), "day": _day(event.body.get("valid_from"))}
    return _l("{who} lät {successor} ta över rollen {role} efter {leaver}, från och med {day}"), _parties(
        event, records
    ) | day


def _condition_handed_over(event: Event, records: Records) -> Sentence:
    facts = _parties(event, records) | {"number": event.body.get("number")}
    return _l("{who} lät {successor} ta över villkor {number} efter {leaver}"), facts


def _row_handed_over(event: Event, records: Records) -> Sentence:
    about = str(event.body.get("about", ""))
    facts = {"role": records.role(event.body.get("role")), "about": records.names.get(about, about)}
    sentence = _l("{who} lät {successor} ta över rollen {role} för {about} efter {leaver}")
    return sentence, _parties(event, records) | facts


def _parties(event: Event, records: Records) -> dict[str, Any]:
    """Say who handed over what one had to another."""
    people = {"leaver": event.body.get("from"), "successor": event.body.get("to")}
    return {"who": records.actor(event), **{name: records.person(person) for name, person in people.items()}}


def _held(event: Event, records: Records) -> Sentence:
    facts = {"who": records.actor(event), "day": _day(event.body.get("resume_on"))}
    return _l("{who} gjorde projektet vilande till {day}"), facts


def _held_longer(event: Event, records: Records) -> Sentence:
    facts = {"who": records.actor(event), "day": _day(event.body.get("resume_on"))}
    return _l("{who} lät projektet vila längre, till {day}"), facts


def _resumed(event: Event, records: Records) -> Sentence:
    return _l("{who} återupptog projektet"), {"who": records.actor(event)}


def _condition_met(event: Event, records: Records) -> Sentence:
    facts = {"who": records.actor(event), "number": event.body.get("number")}
    return _l("{who} uppfyllde villkor {number}"), facts


def _file_added(event: Event, records: Records) -> Sentence:
    return _l("{who} lade till filen {file}"), {
        "who": records.actor(event),
        "file": str(event.body.get("name", "")),
    }


def _moved(sentence: Text) -> Tell:
    return lambda event, records: (sentence, _versions(event, records))


def _versions(event: Event, records: Records) -> dict[str, Any]:
    versions = {"before": event.body.get("from_version"), "after": event.body.get("to_version")}
    return {"who": records.actor(event), **versions}


def _moved_over(event: Event, records: Records) -> Sentence:
    """Say from which version to which, and what became of work whose step the other one does not have."""
    replaced, fallen = event.body.get("replaced", ()), event.body.get("fallen", ())
    facts = _versions(event, records)
    facts["replaced"] = ", ".join(f"”{before}” → ”{after}”" for before, after in replaced)
    facts["fallen"] = ", ".join(f"”{name}”" for name, _ in fallen)
    if len(replaced) == 1:
        facts |= {"step": replaced[0][0], "other": replaced[0][1]}
    return _MOVED[min(len(replaced), 2), bool(fallen)], facts


_MOVED: Mapping[tuple[int, bool], Text] = {
    (0, False): _l("{who} flyttade projektet från modellversion {before} till {after}"),
    (0, True): _l("{who} flyttade projektet från modellversion {before} till {after}. Arbetet i {fallen} föll bort."),
    (1, False): _l(
        "{who} flyttade projektet från modellversion {before} till {after}. "
        "Arbetet med ”{step}” gick vidare till ”{other}”."
    ),
    (1, True): _l(
        "{who} flyttade projektet från modellversion {before} till {after}. "
        "Arbetet med ”{step}” gick vidare till ”{other}”. Arbetet i {fallen} föll bort."
    ),
    (2, False): _l(
        "{who} flyttade projektet från modellversion {before} till {after}. Arbetet gick vidare: {replaced}."
    ),
    (2, True): _l(
        "{who} flyttade projektet från modellversion {before} till {after}. "
        "Arbetet gick vidare: {replaced}. Arbetet i {fallen} föll bort."
    ),
}
"""By how many steps another took over (two are many), and whether work ended."""


def _marked(sentence: Text) -> Tell:
    return lambda event, _records: (sentence, {"step": str(event.body.get("name", ""))})


def _reminded(event: Event, records: Records) -> Sentence:
    facts = {"who": records.actor(event), "step": str(event.body.get("name", ""))}
    return _l("{who} påminde om ”{step}”"), facts


def _ticked(event: Event, _records: Records) -> Sentence:
    opened = len(event.body.get("opened", ()))
    if opened == 1:
        return _l("Tiden var inne: en ny uppgift öppnades"), {}
    if opened:
        return _l("Tiden var inne: {number} nya uppgifter öppnades"), {"number": opened}
    return _l("En tidsgräns i modellen passerades"), {}


def _unknown(event: Event, _records: Records) -> Sentence:
    return UNKNOWN, {"verb": event.verb}


TELL: Mapping[str, Tell] = {
    "start": _started,
    "submit": _handed_in,
    "decide": _handed_in,
    AFTERWARDS: _answered_afterwards,
    "withdraw": _withdrawn,
    "terminate": _terminated,
    "declare_conflict": _recused,
    "replace_holder": _replaced,
    "hand_over_role": _role_handed_over,
    "hand_over_condition": _condition_handed_over,
    "hand_over_row": _row_handed_over,
    "hold": _held,
    "extend_hold": _held_longer,
    "resume": _resumed,
    "complete_condition": _condition_met,
    "add_file": _file_added,
    f"mark_{Mark.REMIND}": _marked(_l("Påminnelse om ”{step}”")),
    f"mark_{Mark.DUE}": _marked(_l("Tiden gick ut för ”{step}”")),
    f"mark_{Mark.ESCALATE}": _marked(_l("”{step}” är försenad och lyftes vidare")),
    "remind": _reminded,
    "tick": _ticked,
    "move": _moved_over,
    "undo_move": _moved(_l("{who} ångrade flytten: projektet följer modellversion {after} igen")),
}
"""Every verb that writes an event in a project's record, with the words for it."""

_WITH_RECEIPT = frozenset({"submit", "complete_condition"})


def _task(event: Event) -> str | None:
    """Return the step that an event leads to: the one that was done, or the first whose work ended with a move."""
    fallen = next((task for _, task in event.body.get("fallen", ())), None)
    task: str | None = event.body.get("task") if event.verb in _WITH_RECEIPT else fallen
    return task


def _document(event: Event, records: Records) -> DocumentVersion | None:
    submission = event.body.get("submission")
    return next((one for one in records.documents if submission and one.submission == submission), None)


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None
