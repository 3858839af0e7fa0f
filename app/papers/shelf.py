"""What stands on the papers of projects: decisions and document versions, as the record has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.papers.content import Block, DecisionPaper, DocumentPaper, NameAndValue, Pairs, Paper, Section, Table
from app.shell import dates
from app.shell.numbers import digest
from forms.summary import ChecklistSection, ItemRow, SummarySection
from workflows.governance.outcomes import LEGAL_LABELS, OUTCOME_DONE, Outcome, Publicity
from workflows.governance.papers import Source, keep_paper
from workflows.governance.record_page import DecisionPage, DocumentPage, load_for_paper, read_decision, read_document
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.files import StoredFile

LONG_AGO = date(1, 1, 1)
"""Days are said as seen from here: with their year, whenever the paper is read."""

PUBLICITY = {Publicity.PUBLIC_RECORD: "Allmän handling", Publicity.WORKING_MATERIAL: "Arbetsmaterial"}
MODES = {
    "single": "Beslut av en person",
    "meeting": "Beslut av styrgruppen vid ett möte",
    "board": "Beslut av nämnd",
}
PRESENCE = {"in_place": "På plats", "remote": "På distans", "absent": "Frånvarande"}
WAYS = {"unanimous": "Enhälligt", "vote": "Efter votering", "casting_vote": "Med ordförandens utslagsröst"}
WORDINGS = {
    Outcome.APPROVE: "{gate} godkänns.",
    Outcome.APPROVE_CONDITIONAL: "{gate} godkänns med villkor.",
    Outcome.APPROVE_REVISED: "Projektet fortsätter enligt reviderad plan.",
    Outcome.REWORK: "Underlaget ska kompletteras.",
    Outcome.DEFER: "Beslutet skjuts upp.",
    Outcome.HOLD: "Projektet görs vilande.",
    Outcome.REJECT: "Projektet avslås.",
    Outcome.TERMINATE: "Projektet avbryts.",
}
"""A decision as a sentence where no minutes say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceShelf:
    """Reads papers from the record and notes where they lie. `municipality` stands at the head of each."""

    municipality: str = ""

    def paper(self, ctx: Context, *, project: str, source: str) -> Paper | None:
        """Return what is to be printed, None when there is no such thing (any more)."""
        try:
            with ctx.read() as session:
                wanted = Source.read(source)
                found, bundle = load_for_paper(session, ctx, project)
                if wanted.decision:
                    page = read_decision(session, ctx, found, bundle, decision_id=wanted.decision)
                    return decision_paper(page, self.municipality)
                document = read_document(
                    session, ctx, found, bundle, key=wanted.document, version=wanted.version, item=wanted.item
                )
                return document_paper(document, self.municipality)
        except NotFound:
            return None

    def keep(self, ctx: Context, *, project: str, source: str, file: StoredFile) -> None:
        """Note the rendered paper."""
        keep_paper(ctx, project, source, file)


def document_paper(page: DocumentPage, municipality: str) -> DocumentPaper:
    """Return a document version as it is printed."""
    version, kind = page.version, page.kind.label["sv"]
    about = f"{kind} – {page.item_name}" if page.item_name else kind
    return DocumentPaper(
        title=f"{about}, {page.project.title}",
        kind=kind,
        municipality=municipality,
        registry_number=version.registry_number,
        running=f"{version.registry_number} · {about} · version {version.version}",
        facts=(
            ("Projekt", f"{page.project.title}, {page.project.number}"),
            ("Version", str(version.version)),
            ("Inlämnad av", page.names.get(version.recorded_by, "")),
            ("Registrerat", dates.full_moment(version.recorded_on, LONG_AGO)),
            *_registration(version.publicity, version.secrecy),
        ),
        sections=(*map(_section, page.form), *map(_questions, page.checklist)),
        colophon=(f"Version {version.version}. Kontrollsumma {digest(version.digest)}.",),
    )


def decision_paper(page: DecisionPage, municipality: str) -> DecisionPaper:
    """Return a decision as it is printed: the record of who decided what, on what grounds."""
    decision, gate = page.decision, page.gate.label["sv"]
    gathering = decision.detail.get("meeting") or decision.detail.get("board") or {}
    return DecisionPaper(
        title=f"{gate} – {page.project.title}",
        kind="Beslutsprotokoll",
        municipality=municipality,
        registry_number=decision.registry_number,
        running=f"{decision.registry_number} · {gate}",
        gate=f"{gate}, {page.item_name}" if page.item_name else gate,
        project=f"{page.project.title}, {page.project.number}",
        statement=page.gate.statement["sv"],
        decision=OUTCOME_DONE[decision.outcome],
        wording=str(gathering.get("minutes") or WORDINGS[decision.outcome].format(gate=gate)),
        motivation=decision.motivation,
        conditions=tuple(
            (one.text, page.names.get(one.owner, ""), dates.long_day(one.due_on, LONG_AGO)) for one in page.conditions
        ),
        facts=tuple(_decision_facts(page)),
        sections=tuple(_decision_sections(page)),
        signatures=_signatures(page),
        colophon=tuple(_decision_origin(page)),
    )


def _decision_facts(page: DecisionPage) -> Iterator[NameAndValue]:
    decision = page.decision
    yield "Beslutsdag", dates.long_day(decision.decided_on, LONG_AGO)
    yield "Så beslutades det", MODES.get(decision.mode, "")
    legal = LEGAL_LABELS[decision.legal_basis]
    yield "Beslutsstöd", f"{legal}, {decision.delegation_point}" if decision.delegation_point else legal
    yield "Omgång", str(decision.round)
    yield from _registration(decision.publicity, decision.secrecy)
    yield "Registrerat", dates.full_moment(decision.recorded_on, LONG_AGO)
    for name, words in (("due_on", "Klart senast"), ("defer_to", "Tas upp igen"), ("resume_on", "Vilar till")):
        if day := decision.detail.get(name):
            yield words, dates.long_day(day, LONG_AGO)
    if version := decision.detail.get("plan_version"):
        yield "Gäller plan version", str(version)


def _decision_sections(page: DecisionPage) -> Iterator[Section]:
    if page.reopened:
        rows = tuple(page.reopened)
        yield Section(title="Ska kompletteras", blocks=(Table(columns=("Punkt", "Fråga"), rows=rows),))
    if meeting := page.decision.detail.get("meeting"):
        yield _meeting(meeting, page.names)
    if board := page.decision.detail.get("board"):
        yield Section(title="Nämndens beslut", blocks=(Pairs(rows=tuple(_board(board))),))
    if page.pack is not None:
        yield _pack(page.pack.content)


def _meeting(meeting: Mapping[str, Any], names: Mapping[str, str]) -> Section:
    votes = ""
    if meeting.get("in_favour") is not None and meeting.get("way") != "unanimous":
        votes = f": {meeting['in_favour']} ja, {meeting['against']} nej"
    pairs: tuple[NameAndValue, ...] = (
        ("Grupp", str(meeting.get("group") or "")),
        ("Dag", dates.long_day(meeting["held_on"], LONG_AGO) if meeting.get("held_on") else ""),
        ("Plats", str(meeting.get("place") or "")),
        ("Så beslutades det", WAYS.get(str(meeting.get("way")), "") + votes),
        ("Justeras av", names.get(str(meeting.get("adjusted_by")), "")),
    )
    rows = tuple(
        (
            _member(one["person"], names, str(meeting.get("chair"))),
            "\n".join(_taking_part(one, names)),
            str(one.get("reservation") or ""),
        )
        for one in meeting.get("attendance", ())
    )
    table = Table(columns=("Ledamot", "I ärendet", "Reservation"), rows=rows)
    return Section(title="Mötet", blocks=(Pairs(rows=pairs), table))


def _member(person: str, names: Mapping[str, str], chair: str) -> str:
    name = names.get(person, "")
    return f"{name}, ordförande" if person == chair else name


def _taking_part(seat: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """Yield how a member took part, and who served in the member's place."""
    if seat.get("recused"):
        yield f"Jäv: {seat.get('recusal_reason') or 'deltog inte'}"
    else:
        yield PRESENCE.get(str(seat.get("presence")), "")
    if seat.get("substitute"):
        yield f"Ersatt av {names.get(seat['substitute'], '')}"


def _board(board: Mapping[str, Any]) -> Iterator[NameAndValue]:
    yield "Nämnd", str(board.get("body") or "")
    yield "Paragraf", str(board.get("section") or "")
    for name, words in (
        ("held_on", "Sammanträde"),
        ("adjusted_on", "Justerat"),
        ("notice_on", "Anslaget"),
        ("appeal_ends_on", "Överklagandetiden går ut"),
    ):
        if day := board.get(name):
            yield words, dates.long_day(day, LONG_AGO)


def _pack(content: Mapping[str, Any]) -> Section:
    """Return what the decision was taken on: documents with their versions, checklists with their deviations."""
    documents = tuple(
        (document["label"]["sv"], f"version {one['version']}", one["registry_number"], digest(one["digest"]))
        for document in content["documents"]
        for one in document["versions"]
    )
    checklists = tuple((one["title"], _deviations(one["deviations"])) for one in content["checklists"])
    blocks: tuple[Block, ...] = ()
    if proposal := str(content["request"].get("proposal") or ""):
        blocks += (Pairs(rows=(("Förslag till beslut", proposal),)),)
    if documents:
        blocks += (Table(columns=("Dokument", "Version", "Diarienummer", "Kontrollsumma"), rows=documents),)
    if checklists:
        blocks += (Table(columns=("Checklista", "Utfall"), rows=checklists),)
    return Section(title="Underlag", blocks=blocks)


def _deviations(number: int) -> str:
    return "inga avvikelser" if not number else "1 avvikelse" if number == 1 else f"{number} avvikelser"


def _signatures(page: DecisionPage) -> tuple[str, ...]:
    """Return who signs: who decided alone; for a meeting its secretary, chair and who adjusts the minutes."""
    meeting = page.decision.detail.get("meeting")
    if not meeting:
        return (_signed(page),)
    chair, adjuster = (page.names.get(str(meeting.get(part)), "") for part in ("chair", "adjusted_by"))
    titled = ((_signed(page), "sekreterare"), (chair, "ordförande"), (adjuster, "justerare"))
    return tuple(f"{name}, {title}" for name, title in dict(titled).items() if name)


def _signed(page: DecisionPage) -> str:
    name = page.names.get(page.decision.recorded_by, "")
    return f"{name}, som ersättare" if page.decision.on_behalf_of else name


def _decision_origin(page: DecisionPage) -> Iterator[str]:
    if page.pack is not None:
        yield f"Underlag omgång {page.pack.round}. Kontrollsumma {digest(page.pack.digest)}."
    yield f"Beslutets kontrollsumma {digest(page.decision.digest)}."


def _registration(publicity: str, secrecy: str | None) -> tuple[NameAndValue, ...]:
    return (("Offentlighet", PUBLICITY[Publicity(publicity)]), ("Sekretess", secrecy or ""))


def _section(section: SummarySection) -> Section:
    blocks: tuple[Block, ...] = ()
    if section.pairs:
        blocks += (Pairs(rows=tuple((pair.label, pair.value) for pair in section.pairs)),)
    title, parts = section.title or "Svar", list[Section]()
    for table in section.tables:
        rows = Table(columns=table.columns, rows=table.rows)
        if section.is_named_by(table):
            blocks += (rows,)
        else:
            parts.append(Section(title=table.title, blocks=(rows,)))
    return Section(title=title, blocks=blocks, parts=tuple(parts))


def _questions(section: ChecklistSection) -> Section:
    rows = tuple((row.question, row.words, "\n".join(_grounds(row))) for row in section.rows)
    return Section(title=section.title, blocks=(Table(columns=("Fråga", "Svar", "Skäl och belägg"), rows=rows),))


def _grounds(row: ItemRow) -> Iterator[str]:
    """Yield why an answer was given, and what shows it."""
    yield from filter(None, (row.reason, row.comment, *(proof.label for proof in row.evidence)))
