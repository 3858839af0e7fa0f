"""Diagrams for the linter: for every rule one that it refuses and a twin that it lets through."""

from __future__ import annotations

from tests.engine.drawing import bundle
from tests.engine.samples import AUTHORITY, GATE, one_gate

FRAME = """
start s > work
sub work {{
    start w0 > {first}
    {inside}
    end w9
}} > e
boundary on_terminate on=work message=terminate > in_stop
boundary on_terminated on=work error=terminated > in_stop
xor in_stop > stop
user stop kind=document role=pm > e
end e
"""


def model(inside: str, **processes: str) -> dict[str, bytes]:
    """Return a model whose work consists of `inside`: it begins with the first element there, and ends at `w9`."""
    first = inside.split()[1]
    called = (
        {"gate": GATE} if "calls=gate" in inside or any("calls=gate" in text for text in processes.values()) else {}
    )
    drawn = bundle(project=FRAME.format(first=first, inside=inside), **called, **processes)
    return {**drawn, "authority.dmn": AUTHORITY} if called else drawn


GATEWAY = """
xor in_bp1 > bp1
call bp1 calls=gate key=bp1 outcomes='{outcomes}' > g
xor g > w9 ? bp1.outcome = "approve" ; {ways} ; *in_bp1
"""
REJECT = 'rejected ? bp1.outcome = "reject"'
STOP = 'stopped ? bp1.outcome = "terminate"'
DEFER = 'in_bp1 ? bp1.outcome = "defer"'


def gate(outcomes: str, ways: str) -> dict[str, bytes]:
    """Return a model with one gate, and the ends its ways lead to."""
    ends = {"rejected": "end rejected", "stopped": "end stopped error=terminated"}
    drawn = [line for name, line in ends.items() if f"{name} ?" in ways]
    return model("\n".join([GATEWAY.format(outcomes=outcomes, ways=ways), *drawn]))


EACH_GATE = model(
    GATEWAY.format(outcomes="approve rework reject", ways=REJECT).replace("key=", "each=facts.members item=m key=")
    + "\nend rejected"
)
KEY_TWICE = model(
    "user a kind=record role=pm as=bp1 > in_bp1"
    + GATEWAY.format(outcomes="approve rework reject", ways=REJECT)
    + "\nend rejected"
)
USER = "user a kind=record role=pm > w9"
CASES: list[tuple[str, str, dict[str, bytes], dict[str, bytes]]] = [
    (
        "too-many-nodes",
        "project",
        model("\n".join(f"user u{n} kind=record role=pm > {f'u{n + 1}' if n < 194 else 'w9'}" for n in range(195))),
        model("\n".join(f"user u{n} kind=record role=pm > {f'u{n + 1}' if n < 180 else 'w9'}" for n in range(181))),
    ),
    ("forbidden-id", "Start", model("user Start kind=record role=pm > w9"), model(USER)),
    ("forbidden-id", "a.EndJoin", model("user a.EndJoin kind=record role=pm as=x > w9"), model(USER)),
    ("forbidden-id", "facts", model("effect facts kind=notify > w9"), model("effect tell kind=notify > w9")),
    ("unreachable", "b", model(f"{USER}\nuser b kind=record role=pm > w9"), model(USER)),
    (
        "no-way-to-end",
        "b",
        model("user a kind=record role=pm > g\nxor g > w9 ? facts.x ; *m\nxor m > b\nuser b kind=record role=pm > m"),
        model("user a kind=record role=pm > g\nxor g > w9 ? facts.x ; *b\nuser b kind=record role=pm > w9"),
    ),
    (
        "gateway-default",
        "g",
        model("xor g > w9 ? facts.x = 1 ; a ? facts.x = 2\nuser a kind=record role=pm > w9"),
        model("xor g > w9 ? facts.x = 1 ; *a\nuser a kind=record role=pm > w9"),
    ),
    (
        "gateway-default",
        "g",
        model("xor g > w9 ? facts.x = 1 ; *a ? facts.x = 2\nuser a kind=record role=pm > w9"),
        model("xor g > w9 ? facts.x = 1 ; *a\nuser a kind=record role=pm > w9"),
    ),
    (
        "gateway-condition",
        "g",
        model("xor g > w9 ; *a\nuser a kind=record role=pm > w9"),
        model("xor g > w9 ? facts.x = 1 ; *a\nuser a kind=record role=pm > w9"),
    ),
    (
        "parallel-join-in-loop",
        "j",
        model(
            """
            xor again > p
            par p > a ; b
            user a kind=record role=pm > j
            user b kind=record role=pm > j
            par j > g
            xor g > w9 ? b.x = 1 ; *again
            """
        ),
        model(
            """
            xor again > block
            sub block {
                start b0 > p
                par p > a ; b
                user a kind=record role=pm > j
                user b kind=record role=pm > j
                par j > b9
                end b9
            } > g
            xor g > w9 ? b.x = 1 ; *again
            """
        ),
    ),
    (
        "parallel-blocks-in-row",
        "j",
        model(
            """
            par p > a ; b
            user a kind=record role=pm > j
            user b kind=record role=pm > j
            par j > c ; d
            user c kind=record role=pm > j2
            user d kind=record role=pm > j2
            par j2 > w9
            """
        ),
        model(
            """
            par p > a ; b
            user a kind=record role=pm > j
            user b kind=record role=pm > j
            par j > c
            user c kind=record role=pm > w9
            """
        ),
    ),
    (
        "join-waits-forever",
        "j",
        model(
            """
            xor g > a ? facts.x = 1 ; *b
            user a kind=record role=pm > j
            user b kind=record role=pm > j
            par j > w9
            """
        ),
        model(
            """
            xor g > a ? facts.x = 1 ; *b
            user a kind=record role=pm > m
            user b kind=record role=pm > m
            xor m > w9
            """
        ),
    ),
    (
        "join-waits-forever",
        "j",
        model(
            """
            par p > a ; b
            user a kind=record role=pm > j
            boundary gone on=a timer='today()' > w9
            user b kind=record role=pm > j
            par j > w9
            """
        ),
        model(
            """
            par p > a ; b
            user a kind=record role=pm > m
            boundary gone on=a timer='today()' > m
            xor m > j
            user b kind=record role=pm > j
            boundary told on=b keeps timer='today()' > w8
            end w8
            par j > w9
            """
        ),
    ),
    (
        "uncontrolled-merge",
        "c",
        model("xor g > a ? facts.x = 1 ; *c\nuser a kind=record role=pm > c\nuser c kind=record role=pm > w9"),
        model(
            "xor g > a ? facts.x = 1 ; *m\nuser a kind=record role=pm > m\nxor m > c\nuser c kind=record role=pm > w9"
        ),
    ),
    (
        "loop-without-merge",
        "a",
        model("user a kind=record role=pm > g\nxor g > w9 ? a.ok = true ; *a"),
        model("xor again > a\nuser a kind=record role=pm > g\nxor g > w9 ? a.ok = true ; *again"),
    ),
    (
        "loop-without-waiting",
        "g",
        model("xor again > n\neffect n kind=notify > g\nxor g > w9 ? facts.x = 1 ; *again"),
        model("xor again > n\nuser n kind=record role=pm > g\nxor g > w9 ? facts.x = 1 ; *again"),
    ),
    (
        "several-timers",
        "race",
        model("race race > t1 ; t2\ncatch t1 timer='today()' > w9\ncatch t2 timer='today()' > w9"),
        model("race race > t1 ; m\ncatch t1 timer='today()' > w9\ncatch m message=paid > w9"),
    ),
    (
        "lonely-event-gateway",
        "race",
        model("race race > m\ncatch m message=paid > w9"),
        model("catch m message=paid > w9"),
    ),
    (
        "non-interrupting-event",
        "b",
        model(f"{USER}\nboundary b on=a keeps message=ping > w9"),
        model(f"{USER}\nboundary b on=a message=ping > w9"),
    ),
    (
        "error-uncaught",
        "boom",
        model("end boom error=other"),
        model("end boom error=terminated"),
    ),
    (
        "error-uncaught",
        "boom",
        model("call c calls=part > w9", part="start p0 > boom\nend boom error=other"),
        model("call c calls=part > w9", part="start p0 > boom\nend boom error=terminated"),
    ),
    ("task-without-role", "a", model("user a kind=record > w9"), model(USER)),
    ("task-without-role", "a", model("user a role=pm > w9"), model(USER)),
    ("task-without-name", "a", model("user a kind=record role=pm name='' > w9"), model(USER)),
    (
        "period",
        "a",
        model("user a kind=record role=pm due=10days > w9"),
        model("user a kind=record role=pm due=P10D remind=-P3D escalate=PT4H > w9"),
    ),
    (
        "period",
        "a",
        model("user a kind=record role=pm due=-P1D > w9"),
        model("user a kind=record role=pm due=P2W > w9"),
    ),
    ("forbidden-variable", "a", model("user a kind=record role=pm as=facts > w9"), model(USER)),
    (
        "forbidden-variable",
        "a",
        model("user a kind=sign role=m each=facts.members item=gate > w9"),
        model("user a kind=sign role=m each=facts.members item=member > w9"),
    ),
    (
        "unknown-name",
        "g",
        model("user a kind=record role=pm > g\nxor g > w9 ? b.ok = true ; *w9"),
        model("user a kind=record role=pm > g\nxor g > w9 ? a.ok = true ; *w9"),
    ),
    (
        "unknown-name",
        "g",
        model("xor g > w9 ? gate.key = 1 ; *w9"),
        model("xor g > w9 ? facts.key = 1 ; *w9"),
    ),
    (
        "unknown-name",
        "a",
        model("user a kind=record role=pm > w9\nboundary b on=a timer='date(plan.end)' > w9"),
        model("user a kind=record role=pm > w9\nboundary b on=a timer='date(facts.end)' > w9"),
    ),
    (
        "unknown-field",
        "g",
        gate("approve rework reject", REJECT.replace("bp1.outcome", "bp1.result") + " ; " + REJECT),
        gate("approve rework reject", REJECT),
    ),
    ("gate-outcomes", "bp1", gate("rework reject", REJECT), gate("approve rework reject", REJECT)),
    ("gate-outcomes", "bp1", gate("approve reject", REJECT), gate("approve rework reject", REJECT)),
    ("gate-outcome", "bp1", gate("approve rework reject maybe", f'{REJECT} ; w9 ? bp1.outcome = "maybe"'), one_gate()),
    (
        "gate-without-stop",
        "bp1",
        gate("approve rework defer", DEFER),
        gate("approve rework defer reject", f"{DEFER} ; {REJECT}"),
    ),
    ("gate-flow", "g", gate("approve rework defer reject", REJECT), gate("approve rework reject", REJECT)),
    (
        "gate-flow",
        "g",
        gate("approve rework reject defer", 'rejected ? bp1.outcome in ("reject", "defer")'),
        gate("approve rework reject defer", f"{REJECT} ; {DEFER}"),
    ),
    ("terminate-without-flow", "g", gate("approve rework terminate", REJECT), gate("approve rework terminate", STOP)),
    (
        "terminate-without-flow",
        "g",
        gate("approve rework terminate", 'rejected ? bp1.outcome = "terminate"'),
        gate("approve rework terminate", STOP),
    ),
    (
        "gate-gateway",
        "bp1",
        model("call bp1 calls=gate key=bp1 outcomes='approve rework reject' > w9"),
        gate("approve rework reject", REJECT),
    ),
    (
        "gate-key",
        "bp1",
        KEY_TWICE,
        gate("approve rework reject", REJECT),
    ),
    (
        "gate-each",
        "bp1",
        EACH_GATE,
        gate("approve rework reject", REJECT),
    ),
    ("terminate-frame", "project", bundle(project=f"start s > a\n{USER.replace('w9', 'e')}\nend e"), model(USER)),
    (
        "terminate-frame",
        "project",
        model(f"{USER}\nboundary again on=a message=terminate > w9"),
        model(f"{USER}\nboundary again on=a message=withdraw > w9"),
    ),
]
