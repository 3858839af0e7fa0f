"""One change to a model that is well, the rule that finds it, and where; grouped by what the rule looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.models.telling import HARNOSAND, SECOND, files_of, with_json, with_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    rule: str
    where: str
    files: dict[str, bytes]


def model(rule: str, where: str, change: Callable[[Any], object], folder: Path = SECOND) -> Case:
    return Case(rule=rule, where=f"model.json: {where}", files=with_json("model.json", change, folder))


def drawn(rule: str, where: str, old: str, new: str) -> Case:
    return Case(rule=rule, where=f"project.bpmn: {where}", files=with_text("project.bpmn", old, new))


def told(line: str) -> Case:
    text = f"title: Prov\nsteps:\n{line}\n".encode()
    files = {**files_of(SECOND), "scenarios/told.yaml": text}
    return Case(rule="scenario-name", where="scenarios/told.yaml", files=files)


REFERENCES = [
    model("unknown-field", "subject/summary", lambda m: m["subject"].update(summary="service_need.nothing")),
    model("unknown-field", "subject/summary", lambda m: m["subject"].update(summary="nowhere.purpose")),
    model("unknown-field", "facts/total_cost", lambda m: m["facts"].update(total_cost=["service_need.price"])),
    model("unknown-field", "holders/sponsor", lambda m: m["holders"].update(sponsor=["service_need.boss"])),
    model("unknown-field", "held/sponsor", lambda m: m.update(held={"sponsor": ["service_need.boss"]})),
    model("unknown-field", "about/trial_report", lambda m: m.update(about={"trial_report": ["service_need.price"]})),
    model("unknown-form", "about/trial_report", lambda m: m.update(about={"trial_report": ["nowhere"]})),
    model("unknown-form", "about/nowhere", lambda m: m.update(about={"nowhere": ["service_need"]})),
    model("unknown-field", "prefill/k2_ready.K99", lambda m: m["prefill"].update({"k2_ready.K99": "need.x"})),
    model("unknown-field", "prefill/k2_ready.K03", lambda m: m["prefill"].update({"k2_ready.K03": "service_need.x"})),
    model("unknown-field", "money/1", lambda m: m["money"][0].update(field="service_need.price")),
    model("unknown-field", "risks/1", lambda m: m.update(risks=["service_need.risks"])),
    model("unknown-field", "registers/reviewers", lambda m: m.update(registers={"reviewers": "service_need.people"})),
    model("unknown-field", "roles/reviewer", lambda m: m["roles"][4].update(field="reader")),
    model("not-a-list", "registers/reviewers", lambda m: m.update(registers={"reviewers": "service_need.cost"})),
    model("not-a-list", "risks/1", lambda m: m.update(risks=["service_need.cost"])),
    model(
        "register-letter", "registers", lambda m: m["registers"].update(readers="service_need.reviewers")
    ),
    model("unknown-facts", "facts/colour", lambda m: m["facts"].update(colour=["service_need.cost"])),
    model("unknown-subject", "subject/colour", lambda m: m["subject"].update(colour="service_need.cost")),
    model("unknown-role", "holders/boss", lambda m: m["holders"].update(boss=["service_need.sponsor"])),
    model("unknown-role", "duties/group", lambda m: m["duties"].update(group="nobody")),
    model("unknown-form", "documents/takeover", lambda m: m["documents"][2].update(form="nowhere")),
    model("unknown-register", "documents/takeover", lambda m: m["documents"][2].update(register="nobody")),
    model("expression", "documents/takeover", lambda m: m["documents"][2].update(when="__import__('os')")),
    model("unknown-field", "documents/takeover", lambda m: m["documents"][2].update(when='colour = "red"')),
    model("duplicate-key", "documents/takeover", lambda m: m["documents"][1].update(key="takeover")),
    model("duplicate-key", "roles/sponsor", lambda m: m["roles"][0].update(key="sponsor")),
    model("unknown-checklists", "gates/g1", lambda m: m["gates"][0].update(checklists=["k9"])),
    model("unknown-documents", "gates/g1", lambda m: m["gates"][0].update(documents=["letter"])),
    model("unknown-rework_to", "gates/g1", lambda m: m["gates"][0].update(rework_to=["nowhere"])),
    model("unknown-rework_to", "gates/g1", lambda m: m["gates"][0].update(rework_to=[])),
    model("unknown-box", "gates/g1", lambda m: m["gates"][0].update(box=9)),
    model("unknown-gate", "gates/g1", lambda m: m["gates"][0].update(of="g9")),
    model("unknown-box", "phases/trial", lambda m: m["phases"][1].update(box=9)),
    model("empty-box", "boxes/4", lambda m: m["boxes"].append({"number": 4, "label": {"sv": "Tom"}})),
    model("unknown-checklists", "phases/trial", lambda m: m["phases"][1].update(checklist="k9")),
    model("closing-gate", "gates", lambda m: m["gates"][2].update(closing=False)),
    model("closing-gate", "gates", lambda m: m["gates"][0].update(closing=True)),
]  # fmt: skip

DIAGRAM = [
    model("unknown-work", "work", lambda m: m.update(work="nowhere")),
    model("phase-without-subprocess", "phases/testing", lambda m: m["phases"][1].update(key="testing")),
    Case(
        rule="subprocess-without-phase",
        where="project.bpmn: operate",
        files=with_json("model.json", lambda m: m["phases"].pop(2)),
    ),
    model("start-form", "start_form", lambda m: m.update(start_form="takeover")),
    model("gate-not-drawn", "gates/g9", lambda m: m["gates"][0].update(key="g9")),
    Case(
        rule="gate-not-told",
        where="project.bpmn: g1",
        files=with_text("project.bpmn", 'styr:gate key="g1"', 'styr:gate key="g7"'),
    ),
    model("gate-outcomes-differ", "gates/g1", lambda m: m["gates"][0].update(outcomes=["approve", "rework", "reject"])),
    model("unknown-end", "ends/nowhere", lambda m: m["ends"].update(nowhere="closed")),
    model("no-closed-end", "ends", lambda m: m["ends"].pop("service_live")),
    drawn("unknown-role", "trial_report", 'trial_report" role="project_manager"', 'trial_report" role="boss"'),
    Case(
        rule="deciding-form",
        where="gate.bpmn: decide_single",
        files=with_text("gate.bpmn", 'form="single"', 'form="request"'),
    ),
    drawn("task-without-form", "trial_report", ' form="trial_report"', ""),
    drawn("unknown-checklists", "trial_report", '"document" form="trial_report"', '"checklist" form="trial_report"'),
    drawn("unknown-form", "trial_report", 'form="trial_report"', 'form="nowhere"'),
    Case(
        rule="document-without-step",
        where="model.json: documents/takeover",
        files=with_text("project.bpmn", 'form="takeover"', 'form="mending"'),
    ),
    model("unknown-item", "gates/bp3k", lambda m: m["gates"][3].update(item="parcel"), HARNOSAND),
    drawn("unknown-name", "accessible", 'ready_check.K02 = "yes"', 'redy_check.K02 = "yes"'),
    drawn("unknown-field", "accessible", 'ready_check.K02 = "yes"', 'ready_check.K99 = "yes"'),
    drawn("unknown-field", "opinions", "facts.reviewers", "facts.readers"),
]  # fmt: skip


def table(rule: str, where: str, old: str, new: str) -> Case:
    return Case(rule=rule, where=f"authority.dmn: {where}", files=with_text("authority.dmn", old, new))


TWICE = (
    '<rule id="rule_other"><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>'
    "<inputEntry><text>-</text></inputEntry><outputEntry><text>null</text></outputEntry>"
    "<outputEntry><text>null</text></outputEntry><outputEntry><text>null</text></outputEntry></rule>"
)

TABLES = [
    table("decider-missing", "rule_owner: Beslutaren boss", '<text>"sponsor"', '<text>"boss"'),
    table("decider-missing", "rule_owner: I steget där beslut fattas ensam", '<text>"sponsor"', '<text>"tester"'),
    table("decider-missing", "rule_council: På möte", '<text>"service_council"', '<text>"sponsor"'),
    table("decider-missing", "rule_owner: Sättet ”genom röster”", '<text>"single"', '<text>"votes"'),
    table("no-row", "authority: Ingen rad gäller för G1", '"rule_owner_gate"><text>-', '"rule_owner_gate"><text>"g2"'),
    table(
        "no-row",
        "authority: Ingen rad gäller för G1 när ”Styrgrupp finns” är nej och",
        '"rule_owner_cost"><text>-',
        '"rule_owner_cost"><text>&gt;= 1000',
    ),
    table("row-never-used", "rule_other", "</decisionTable>", TWICE + "</decisionTable>"),
    table("rows-conflict", "rule_owner", 'hitPolicy="FIRST"', 'hitPolicy="UNIQUE"'),
]  # fmt: skip

EYES = [
    Case(
        rule="decider-asks",
        where="gate.bpmn: decide_single",
        files=with_text("gate.bpmn", 'role="sponsor"', 'role="project_manager"'),
    ),
    Case(
        rule="reviewer-writes",
        where="project.bpmn: opinions",
        files=with_text("project.bpmn", 'form="opinion" role="reviewer"', 'form="opinion" role="project_manager"'),
    ),
    Case(
        rule="reviewer-writes",
        where="project.bpmn: office_review",
        files=with_text("project.bpmn", 'role="project_office"', 'role="project_manager"', HARNOSAND),
    ),
    model("same-holder", "holders/project_manager", lambda m: m["holders"].update(
        project_manager=m["holders"]["sponsor"]
    )),
    Case(
        rule="form-unused",
        where="forms/spare.form.json: Inget steg",
        files={**files_of(SECOND), "forms/spare.form.json": files_of(SECOND)["forms/mending.form.json"]},
    ),
    Case(
        rule="form-unused",
        where="forms/k2_ready.checklist.json: Inget steg",
        files=with_text("project.bpmn", '"checklist" form="k2_ready"', '"record" form="mending"'),
    ),
    drawn(
        "gate-passed-by",
        "g2",
        'sourceRef="after_g2" targetRef="before_g2"',
        'sourceRef="after_g2" targetRef="enter_operate"',
    ),
]  # fmt: skip


def condition(item: str, text: str) -> Case:
    path = "forms/k2_ready.checklist.json"
    files = with_json(path, lambda checklist: checklist["items"][0].update(id=item, condition=text))
    return Case(rule="unknown-name", where=f"{path}: {item}", files=files)


def hidden_when(text: str) -> Case:
    path = "forms/takeover.form.json"
    files = with_json(path, lambda form: form["components"][0].update(conditional={"hide": text}))
    return Case(rule="unknown-name", where=path, files=files)


QUESTIONS = [
    condition("K11", "facts.colour = 1"),
    condition("K12", 'item.K99 = "yes"'),
    condition("K13", "colour = 1"),
    hidden_when("=colour = 1"),
]

SCENARIOS = [
    told("- do: nowhere"),
    told("- until: nowhere"),
    told("- {until: g1, with: {nowhere: {}}}"),
    told("- {decide: g9, with: {outcome: approve}}"),
    told("- facts: {colour: 1}"),
    told("- expect: {open: ['nowhere[r1]']}"),
    told("- expect: {gates: {g9: null}}"),
    told("- {do: need, by: Ingen Alls}"),
    told("- do: need\nroles: {boss: Nils Ek}"),
    told("- do: need\nfacts: {colour: 1}"),
    told("- do: need\nprocess: nowhere"),
    told("- do: need\nexpect: {passed: [nowhere]}"),
    Case(
        rule="scenario-name",
        where="scenarios/_usual.yaml",
        files={**files_of(SECOND), "scenarios/_usual.yaml": b"nowhere: {}"},
    ),
]
