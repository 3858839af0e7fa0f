"""What the record of a meeting or of a board lacks before a decision can rest on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workflows.governance.decision import Attendance, BoardRecord, Meeting, Way
from workflows.governance.gate_setting import BEFORE_REQUEST, Problems, Setting
from workflows.kernel.errors import Text, _l

NOT_THE_PROPOSAL = _l("Det här är förslaget om att gå vidare. Skriv det som beslutades i stället")


def meeting_problems(meeting: Meeting | None, setting: Setting, *, goes_on: bool) -> Problems:
    """Return what a meeting's record lacks: day, enough members without a conflict of interest, votes, minutes.

    The proposal asks to go on, so it cannot stand as the decision of a meeting that decided something else.
    """
    if meeting is None:
        return {"held_on": _l("Skriv vilken dag mötet hölls")}
    problems: Problems = {}
    if meeting.held_on is None or meeting.held_on > setting.today:
        problems["held_on"] = _l("Skriv vilken dag mötet hölls, i dag eller tidigare")
    elif meeting.held_on < setting.requested_on:
        problems["held_on"] = BEFORE_REQUEST
    problems |= dict(_attendance_problems(meeting, setting))
    if meeting.way is None:
        problems["way"] = _l("Välj hur beslutet fattades")
    problems |= _vote_problems(meeting)
    if not meeting.minutes.strip():
        problems["minutes"] = _l("Skriv beslutet som det ska stå i protokollet")
    elif not goes_on and meeting.minutes.split() == setting.proposal.split():
        problems["minutes"] = NOT_THE_PROPOSAL
    if meeting.adjusted_by and meeting.adjusted_by not in {one.decides for one in meeting.attendance}:
        problems["adjusted_by"] = _l("Välj någon som deltog i beslutet att justera protokollet")
    return problems


def _attendance_problems(meeting: Meeting, setting: Setting) -> Iterator[tuple[str, Text]]:
    """Enough members take part, each once; nobody decides a gate they manage or have declared a conflict in."""
    listed = [one.person for one in meeting.attendance]
    deciding = Counter(who for one in meeting.attendance if (who := one.decides))
    if len(set(listed)) < len(listed) or not set(listed) <= set(setting.members):
        yield "attendance", _l("Närvaron kan bara ange gruppens ledamöter, var och en en gång")
    elif len(deciding) < setting.needed:
        yield "attendance", _l("Mötet är inte beslutfört: för få ledamöter deltar i ärendet")
    for one in meeting.attendance:
        yield from _seat_problems(one, setting, deciding)


def _seat_problems(one: Attendance, setting: Setting, deciding: Counter[str]) -> Iterator[tuple[str, Text]]:
    if one.present and one.person in setting.managers:
        yield f"presence-{one.person}", _l("Projektledaren deltar inte i beslut om sitt eget projekt")
    elif one.present and one.person in setting.recused:
        yield f"presence-{one.person}", _l("Ledamoten har anmält jäv och deltar inte i ärendet")
    if one.recused and not one.recusal_reason.strip():
        yield f"recusal_reason-{one.person}", _l("Skriv varför ledamoten är jävig")
    elif one.recusal_reason.strip() and not one.recused:
        yield f"presence-{one.person}", _l("Välj Jävig, eller ta bort skälet till jäv")
    if one.reservation.strip() and not one.decides:
        yield f"reservation-{one.person}", _l("Bara den som deltog i beslutet kan reservera sig")
    if one.substitute and _unfit(one, setting, deciding):
        yield f"substitute-{one.person}", _l("Välj en ersättare som inte redan deltar, är projektledare eller jävig")


def _unfit(one: Attendance, setting: Setting, deciding: Counter[str]) -> bool:
    """Tell whether the substitute cannot serve on this seat."""
    barred = {*setting.managers, *setting.recused}
    return (
        one.present
        or one.substitute not in setting.substitutes
        or one.substitute in barred
        or deciding[one.substitute] > 1
    )


def _vote_problems(meeting: Meeting) -> Problems:
    if meeting.way in (None, Way.UNANIMOUS):
        return {}
    deciding = sum(one.decides is not None for one in meeting.attendance)
    if meeting.in_favour is None or meeting.against is None or min(meeting.in_favour, meeting.against) < 0:
        return {"in_favour": _l("Skriv hur många som röstade ja och nej")}
    if meeting.in_favour + meeting.against > deciding:
        return {"in_favour": _l("Rösterna är fler än de som deltog i ärendet")}
    if meeting.way is Way.CASTING_VOTE and meeting.in_favour != meeting.against:
        return {"way": _l("Utslagsröst används bara när rösterna är lika")}
    if meeting.way is Way.VOTE and meeting.in_favour <= meeting.against:
        return {"in_favour": _l("Beslutet ska ha fler röster för än emot")}
    return {}


def board_problems(board: BoardRecord | None, setting: Setting, *, goes_on: bool) -> Problems:
    """A board's decision is known by its section and meeting; adjustment, notice and appeal follow in that order."""
    if board is None:
        return {"section": _l("Skriv paragrafen, till exempel § 41")}
    problems: Problems = {}
    if not board.body.strip():
        problems["body"] = _l("Skriv vilken nämnd som beslutade")
    if not board.section.strip():
        problems["section"] = _l("Skriv paragrafen, till exempel § 41")
    if board.held_on is None or board.held_on > setting.today:
        problems["held_on"] = _l("Skriv vilken dag nämnden sammanträdde, i dag eller tidigare")
    elif board.held_on < setting.requested_on:
        problems["held_on"] = BEFORE_REQUEST
    elif board.adjusted_on is not None and board.adjusted_on < board.held_on:
        problems["adjusted_on"] = _l("Justeringen kan inte ligga före sammanträdet")
    if board.notice_on is not None and board.adjusted_on is not None and board.notice_on < board.adjusted_on:
        problems["notice_on"] = _l("Anslaget kan inte ligga före justeringen")
    if board.appeal_ends_on is not None and board.notice_on is not None and board.appeal_ends_on <= board.notice_on:
        problems["appeal_ends_on"] = _l("Överklagandetiden slutar efter anslagsdagen")
    if not goes_on and board.minutes.strip() and board.minutes.split() == setting.proposal.split():
        problems["minutes"] = NOT_THE_PROPOSAL
    return problems
