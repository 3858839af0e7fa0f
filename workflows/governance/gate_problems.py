"""What a decision lacks before it can stand: each outcome's compulsory input, and the law."""

from __future__ import annotations

from forms.values import clean
from workflows.governance.decision import DecisionInput
from workflows.governance.gate_gatherings import board_problems, meeting_problems
from workflows.governance.gate_setting import BEFORE_REQUEST, LONG_TEXT, TOO_LONG, Problems, Setting
from workflows.governance.outcomes import LegalBasis, Mode, Outcome
from workflows.kernel.errors import Text, _l

LIMITS = {"delegation_point": 120, "secrecy": 200, "registry_number": 80}


def problems_of(decision: DecisionInput, setting: Setting) -> dict[str, Text]:
    """Return what must be entered or changed before the decision can stand: field name → sentence."""
    problems = _outcome_problems(decision, setting) | _law_problems(decision, setting) | _lengths(decision)
    goes_on = decision.outcome is not None and decision.outcome.goes_on
    if setting.mode is Mode.MEETING:
        problems |= meeting_problems(decision.meeting, setting, goes_on=goes_on)
    elif setting.mode is Mode.BOARD:
        problems |= board_problems(decision.board, setting, goes_on=goes_on)
    elif not decision.no_conflict:
        problems["no_conflict"] = _l("Intyga att du inte är jävig, eller anmäl jäv")
    return problems


def blocked(outcome: Outcome, open_conditions: int) -> bool:
    """Tell whether an outcome is not possible now: open conditions forbid plain approval."""
    return outcome is Outcome.APPROVE and open_conditions > 0


def _outcome_problems(decision: DecisionInput, setting: Setting) -> Problems:
    outcome = decision.outcome
    if outcome is None or outcome not in setting.gate.outcomes:
        return {"outcome": _l("Välj ett beslut")}
    problems: Problems = {}
    if blocked(outcome, setting.open_conditions):
        problems["outcome"] = _l("Det finns öppna villkor. Gör klart dem, eller välj Godkänn med villkor")
    check = _INPUT.get(outcome)
    problems |= check(decision, setting) if check else {}
    if outcome in _MOTIVATED and not decision.motivation.strip():
        problems["motivation"] = _l("Skriv varför. Motiveringen blir en del av beslutet")
    return problems


def _conditions(decision: DecisionInput, setting: Setting) -> Problems:
    if not decision.conditions and not setting.open_conditions:
        return {"conditions-0-text": _l("Skriv minst ett villkor")}
    problems: Problems = {}
    for number, condition in enumerate(decision.conditions):
        where = f"conditions-{number}"
        if not condition.text.strip():
            problems[f"{where}-text"] = _l("Skriv vad villkoret är")
        elif len(condition.text) > LONG_TEXT:
            problems[f"{where}-text"] = TOO_LONG
        if condition.owner not in setting.people:
            problems[f"{where}-owner"] = _l("Välj vem som ansvarar för villkoret")
        if condition.due_on is None or condition.due_on < setting.today:
            problems[f"{where}-due_on"] = _l("Skriv när villkoret ska vara klart, i dag eller senare")
    return problems


def _rework(decision: DecisionInput, setting: Setting) -> Problems:
    problems: Problems = {}
    gate, target = setting.gate, decision.target
    if gate.rework_to and target not in gate.rework_to:
        problems["target"] = _l("Välj vad det går tillbaka till")
    asked_again = setting.reopenable.get(target or "", ())
    if any(setting.reopenable.values()) and not decision.reopen:
        problems["reopen"] = _l("Välj minst en punkt som ska kompletteras")
    elif "target" not in problems and not set(decision.reopen) <= set(asked_again):
        problems["reopen"] = _l(
            "En punkt hör till en tidigare fas än den du har valt. Välj den fasen, eller ta bort punkten"
        )
    if decision.due_on is None or decision.due_on < setting.today:
        problems["due_on"] = _l("Skriv när kompletteringen ska vara klar, i dag eller senare")
    return problems


def _defer(decision: DecisionInput, setting: Setting) -> Problems:
    if decision.defer_to is None or decision.defer_to <= setting.today:
        return {"defer_to": _l("Skriv vilken dag ärendet tas upp igen, tidigast i morgon")}
    return {}


def _hold(decision: DecisionInput, setting: Setting) -> Problems:
    if decision.resume_on is None or decision.resume_on <= setting.today:
        return {"resume_on": _l("Skriv när projektet kan återupptas, tidigast i morgon")}
    return {}


def _revised(decision: DecisionInput, setting: Setting) -> Problems:
    if decision.plan_version not in setting.plan_versions:
        return {"plan_version": _l("Välj vilken version av planen som ska revideras")}
    return {}


_MOTIVATED = frozenset({Outcome.REWORK, Outcome.HOLD, Outcome.REJECT, Outcome.TERMINATE})

_INPUT = {
    Outcome.APPROVE_CONDITIONAL: _conditions,
    Outcome.REWORK: _rework,
    Outcome.DEFER: _defer,
    Outcome.HOLD: _hold,
    Outcome.APPROVE_REVISED: _revised,
}


def _law_problems(decision: DecisionInput, setting: Setting) -> Problems:
    """A delegated decision names its point (KL 6:37–40); a board's decision rests on the board."""
    problems: Problems = {}
    if setting.mode is Mode.BOARD and decision.legal_basis is not LegalBasis.BOARD:
        problems["legal_basis"] = _l("Ett nämndbeslut har nämnden som beslutsstöd")
    if setting.mode is not Mode.BOARD and decision.legal_basis is LegalBasis.BOARD:
        problems["legal_basis"] = _l("Bara en nämnd kan fatta ett nämndbeslut")
    if setting.mode is Mode.MEETING and decision.legal_basis is LegalBasis.DELEGATED:
        problems["legal_basis"] = _l("En grupp kan inte besluta på delegation. Låt en namngiven delegat besluta")
    if decision.legal_basis is LegalBasis.DELEGATED and not clean(decision.delegation_point, lines=False):
        problems["delegation_point"] = _l("Skriv punkten i delegationsordningen, till exempel 3.2")
    if decision.decided_on is not None and decision.decided_on > setting.today:
        problems["decided_on"] = _l("Beslutsdagen kan inte ligga i framtiden")
    elif decision.decided_on is not None and decision.decided_on < setting.requested_on:
        problems["decided_on"] = BEFORE_REQUEST
    return problems


def _lengths(decision: DecisionInput) -> Problems:
    """Texts that the record cannot hold."""
    problems: Problems = {
        name: _l("Texten är för lång. Skriv kortare")
        for name, limit in LIMITS.items()
        if len(getattr(decision, name)) > limit
    }
    if len(decision.motivation) > LONG_TEXT:
        problems["motivation"] = TOO_LONG
    gathering = decision.meeting or decision.board
    if gathering is not None and len(gathering.minutes) > LONG_TEXT:
        problems["minutes"] = TOO_LONG
    return problems
