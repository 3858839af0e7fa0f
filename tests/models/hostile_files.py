"""Files that are meant to take long or much memory, each in a bundle that is well but for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from tests.engine.test_soundness import exploding
from tests.models.telling import SECOND, files_of

WELL = files_of(SECOND)
DIAGRAM = WELL["project.bpmn"].decode()
TABLE = WELL["authority.dmn"].decode()
FORM, CHECKLIST, SCENARIO = "forms/opinion.form.json", "forms/k2_ready.checklist.json", "scenarios/stopped.yaml"

ROW = (
    '<rule id="r{0}"><inputEntry><text>"g2"</text></inputEntry><inputEntry><text>{1}</text></inputEntry>'
    "<inputEntry><text>-</text></inputEntry>"
    + "".join(f'<outputEntry><text>"{word}"</text></outputEntry>' for word in ("sponsor", "single", "internal"))
    + "</rule>"
)
FLOW = (
    '<bpmn:sequenceFlow id="gx{0}" name="n" sourceRef="after_g1" targetRef="before_g1">'
    "<bpmn:conditionExpression>{1} = {0}</bpmn:conditionExpression></bpmn:sequenceFlow>"
)
NEEDS = '<informationRequirement><requiredDecision href="#d{}"/></informationRequirement>'
LONG = " + ".join(["1"] * 900)
COSTLY = "count(for x in 1..9000 return x)"

Files = Mapping[str, bytes]


def with_file(path: str, content: str | bytes) -> Files:
    return {**WELL, path: content if isinstance(content, bytes) else content.encode()}


def form(*components: Any, **more: Any) -> Files:
    return with_file(FORM, json.dumps({"schemaVersion": 19, "components": components, **more}))


def field(key: str, **more: Any) -> dict[str, Any]:
    return {"type": "textfield", "key": key, "label": "A", **more}


def model(**changed: Any) -> Files:
    return with_file("model.json", json.dumps({**json.loads(WELL["model.json"]), **changed}))


def rows(*cells: str) -> Files:
    drawn = "".join(ROW.format(number, cell) for number, cell in enumerate(cells))
    return with_file("authority.dmn", TABLE.replace('<rule id="rule_board">', drawn + '<rule id="rule_board">', 1))


def building(count: int) -> Files:
    """Decisions that each build on the two before: without a memory, twice as long for each."""
    drawn = "".join(
        f'<decision id="d{n}" name="d{n}">'
        + "".join(NEEDS.format(n - before) for before in (1, 2) if n >= before)
        + "<literalExpression><text>1</text></literalExpression></decision>"
        for n in range(count)
    )  # fmt: skip
    needs = NEEDS.format(count - 1)
    drawn_before = TABLE.replace('name="Vem beslutar">', f'name="Vem beslutar">{needs}', 1)
    return with_file("authority.dmn", drawn_before.replace("<decision id", f"{drawn}<decision id", 1))


def flows(count: int, condition: str) -> Files:
    drawn = "".join(FLOW.format(number, condition) for number in range(count))
    old = '<bpmn:sequenceFlow id="g1_defer"'
    return with_file("project.bpmn", DIAGRAM.replace(old, drawn + old, 1))


def inside(markup: str) -> Files:
    return with_file("project.bpmn", DIAGRAM.replace("</bpmn:definitions>", f"{markup}</bpmn:definitions>", 1))


def around(attributes: str) -> Files:
    return with_file("project.bpmn", DIAGRAM.replace("<bpmn:definitions ", f"<bpmn:definitions {attributes} ", 1))


def ladder(levels: int, each: int) -> Files:
    """Processes that each call the next many times: thirty times as many ways for each level."""
    head = '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
    found = dict(WELL)
    for level in range(levels):
        last = level == levels - 1
        ids = [f"c{level}_{number}" for number in range(1 if last else each)]
        called = f"p{level + 1}" if not last else "gate"
        nodes = [f'<bpmn:startEvent id="s{level}"/>', f'<bpmn:endEvent id="e{level}"/>']
        nodes += [f'<bpmn:callActivity id="{one}" name="n" calledElement="{called}"/>' for one in ids]
        way = [f"s{level}", *ids, f"e{level}"]
        nodes += [
            f'<bpmn:sequenceFlow id="f{level}_{n}" sourceRef="{a}" targetRef="{b}"/>'
            for n, (a, b) in enumerate(pairwise(way))
        ]
        process = f'<bpmn:process id="p{level}" isExecutable="true">{"".join(nodes)}</bpmn:process>'
        found[f"p{level}.bpmn"] = f"{head}{process}</bpmn:definitions>".encode()
    return found


def boom() -> Files:
    return {**WELL, "boom.bpmn": exploding(24)["project.bpmn"].replace(b'id="project"', b'id="boom"')}


HOSTILE: Mapping[str, Callable[[], Files]] = {
    "a form of 5,000 fields": lambda: form(*(field(f"a{n}") for n in range(5_000))),
    "a form of conditions": lambda: form(*(field(f"a{n}", conditional={"hide": f"={LONG} > {n}"}) for n in range(90))),
    "a form of patterns": lambda: form(
        *(field(f"a{n}", validate={"pattern": "(((a{1,9}){1,9}){1,9})*" + str(n)}) for n in range(290))
    ),
    "a form of texts": lambda: form(
        *({"type": "text", "text": "".join(f"{{{{{n * 100 + m}}}}}" for m in range(49))} for n in range(290))
    ),
    "a form of depth": lambda: with_file(FORM, '{"schemaVersion": 19, "components": ' + "[" * 900 + "]" * 900 + "}"),
    "a form of brackets": lambda: with_file(FORM, '{"a":' * 60_000),
    "a number of many digits": lambda: with_file(FORM, '{"schemaVersion": ' + "9" * 300_000 + "}"),
    "a number without end": lambda: with_file(FORM, '{"schemaVersion": 1e999}'),
    "a key twice": lambda: with_file(FORM, '{"schemaVersion": 19, "schemaVersion": 1, "components": []}'),
    "half a character": lambda: with_file(FORM, '{"schemaVersion": 19, "components": [{"label": "\\ud800"}]}'),
    "half a character as a key": lambda: with_file("model.json", '{"\\udc00": 1}'),
    "a model of roles": lambda: model(roles=[{"key": f"r{n}", "label": {"sv": "a"}} for n in range(2_000)]),
    "a model of prefills": lambda: model(prefill={f"k2_ready.K{n}": "service_need.cost" for n in range(3_900)}),
    "a model of depth": lambda: with_file("model.json", '{"boxes": ' + "[" * 900 + "]" * 900 + "}"),
    "a checklist of conditions": lambda: with_file(
        CHECKLIST,
        json.dumps({"key": "k2_ready", "title": "x", "phase": "trial", "items": [
            {"id": f"K{n}", "area": "a", "question": "q", "answer": "yes_no", "requirement": "must",
             "condition": f"{LONG} > {n}"} for n in range(95)
        ]}),
    ),
    "a scenario of steps": lambda: with_file(SCENARIO, "title: A\nsteps:\n" + "- do: need\n" * 17_000),
    "a scenario of wrong steps": lambda: with_file(SCENARIO, "title: A\nsteps:\n" + "- {x: 1, y: 2}\n" * 499),
    "a scenario of keys": lambda: with_file(SCENARIO, "{" + ", ".join(f"a{n}: 1" for n in range(17_000)) + "}"),
    "a billion laughs": lambda: with_file(SCENARIO, "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]"),
    "a scenario of depth": lambda: with_file(SCENARIO, "[" * 150_000),
    "a number in base 60": lambda: with_file(SCENARIO, "steps: [{facts: {a: " + ":".join("1" * 50_000) + "}}]"),
    "a table of rows": lambda: rows(*(str(n) for n in range(800))),
    "a table of lists": lambda: rows(*(",".join(str(n * 1_000 + m) for m in range(400)) for n in range(90))),
    "a table of loops": lambda: rows(*(f"{COSTLY} &gt; ?" for _ in range(100))),
    "decisions that build on two others": lambda: building(90),
    "a diagram of attributes": lambda: around(" ".join(f'a{n}="1"' for n in range(140_000))),
    "a diagram of name spaces": lambda: around(" ".join(f'xmlns:a{n}="u{n}"' for n in range(80_000))),
    "a diagram of empty elements": lambda: inside("<a/>" * 480_000),
    "a diagram of brackets": lambda: with_file("project.bpmn", "<a>" * 600_000),
    "a diagram of 50 MB": lambda: with_file("project.bpmn", "<a>" * 17_000_000),
    "a gate of flows": lambda: flows(2_400, "g1.round"),
    "a gate of loops": lambda: flows(2_400, COSTLY),
    "a gate of long conditions": lambda: flows(180, f"[{','.join('1' * 500)}]"),
    "a gate of outcomes": lambda: with_file(
        "project.bpmn", DIAGRAM.replace('outcomes="', 'outcomes="' + " ".join(f"x{n}" for n in range(200_000)) + " ", 1)
    ),
    "processes that call one another": lambda: ladder(6, 30),
    "states without number": boom,
    "a path that is no text": lambda: {**WELL, "\ud800.bpmn": b"", "x" * 100_000: b""},
    "forms in all": lambda: {
        **WELL, **{f"forms/x{n}.form.json": form(*(field(f"a{m}") for m in range(290)))[FORM] for n in range(80)}
    },
    "scenarios in all": lambda: {**WELL, **{f"scenarios/x{n}.yaml": b"- " * 99_000 for n in range(17)}},
}  # fmt: skip
