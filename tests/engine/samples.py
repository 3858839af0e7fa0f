"""Diagrams that many tests share: the gate every model calls, a small project round it, and a whole one."""

from __future__ import annotations

from tests.engine.drawing import bundle
from tests.engine.tabling import table

GATE = """
start gs > again
xor again > in_decide ? gate.last = "defer" ; *in_gate
xor in_gate > request
user request kind=record form=gate_request role=project_manager > ready
xor ready > authority ? facts.missing = 0 or request.with_deviation = true ; *in_gate
rule authority ref=authority > freeze
effect freeze kind=freeze > in_decide
xor in_decide > decide
sub decide {
    start ds > by_mode
    xor by_mode > decide_single ? authority.mode = "single" ;
        decide_meeting ? authority.mode = "meeting" ; *decide_board
    user decide_single kind=decision form=single role=sponsor as=decision > decided
    user decide_meeting kind=decision form=meeting role=secretary as=decision > decided
    user decide_board kind=decision form=board role=secretary as=decision > decided
    xor decided > de
    end de
} > record
boundary withdraw on=decide message=withdraw > in_gate
effect record kind=record > ge
end ge
"""

AUTHORITY = table(
    "authority",
    ["gate.key", "facts.has_steering_group", "facts.total_cost"],
    ["decider", "mode"],
    [
        ["-", "-", ">= 5000000", '"board"', '"board"'],
        ['"bp1"', "-", "-", '"sponsor"', '"single"'],
        ["-", "true", "-", '"steering_group"', '"meeting"'],
        ["-", "-", "-", '"sponsor"', '"single"'],
    ],
)

ONE_GATE = """
start s > work
sub work {
    start w0 > in_prep
    xor in_prep > prep
    sub prep {
        start p0 > idea
        user idea kind=document form=idea role=project_manager > p9
        end p9
    } > in_bp1
    xor in_bp1 > bp1
    call bp1 calls=gate key=bp1 outcomes='approve rework defer reject terminate' > g_bp1
    xor g_bp1 > done ? bp1.outcome = "approve" ; rejected ? bp1.outcome = "reject" ;
        stopped ? bp1.outcome = "terminate" ; in_bp1 ? bp1.outcome = "defer" ; *in_prep
    end done
    end rejected
    end stopped error=terminated
} > finished
end finished
boundary on_terminate on=work message=terminate > in_stop
boundary on_terminated on=work error=terminated > in_stop
xor in_stop > stop
call stop calls=short_closure > stopped_early
end stopped_early
"""

SHORT_CLOSURE = """
start sc0 > stop_report
user stop_report kind=document form=final_report role=project_manager > sc9
end sc9
"""


def one_gate() -> dict[str, bytes]:
    """A project with one phase and one gate, and a short closure."""
    return {**bundle(project=ONE_GATE, gate=GATE, short_closure=SHORT_CLOSURE), "authority.dmn": AUTHORITY}


FACTS = {
    "missing": 0,
    "has_steering_group": False,
    "total_cost": 100_000,
    "members": ["m1", "m2"],
    "deliverables": ["d1", "d2"],
}
