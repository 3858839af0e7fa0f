"""A bundle that is broken, hostile or too much is refused with file, element and reason, and nothing is published."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from tests.models.telling import SECOND, files_of, with_json, with_text
from workflows.kernel.chain import EventRow
from workflows.kernel.context import Context
from workflows.models import BundleRefused, publish, published
from workflows.models.bundle import MAX_BYTES, MAX_FILES
from workflows.models.tables import BundleRow

WELL = files_of(SECOND)
END = '<bpmn:endEvent id="explore_end">'
STEP = '<bpmn:userTask id="{0}" name="Mer"><bpmn:extensionElements>{1}</bpmn:extensionElements></bpmn:userTask>'
DRAWN = '<styr:task kind="record" role="tester" form="mending"/>'
FLOW = '<bpmn:sequenceFlow id="{0}__{1}" sourceRef="{0}" targetRef="{1}" />'


def changed(path: str, data: bytes | str) -> dict[str, bytes]:
    return {**WELL, path: data.encode() if isinstance(data, str) else data}


def doctype(declaration: str) -> dict[str, bytes]:
    return with_text("project.bpmn", "<bpmn:definitions", f"<!DOCTYPE d {declaration}><bpmn:definitions")


def crowded(count: int) -> dict[str, bytes]:
    """The model with so many steps more, one after another."""
    nodes = [f"extra{number}" for number in range(count)]
    steps = "".join(STEP.format(node, DRAWN) for node in nodes)
    flows = "".join(FLOW.format(*pair) for pair in pairwise(["need", *nodes, "estimate"]))
    return with_text("project.bpmn", FLOW.format("need", "estimate"), steps + flows)


HOSTILE: dict[str, tuple[str, Mapping[str, bytes]]] = {
    "no model": ("model.json: Filen model.json saknas", {k: v for k, v in WELL.items() if k != "model.json"}),
    "model that is not JSON": ("model.json: Filen är inte JSON", changed("model.json", b"{")),
    "model of depth": ("model.json: Filen är inte JSON", changed("model.json", b"[" * 100_000)),
    "model of another kind": ("model.json: Ska vara namn med värden", changed("model.json", b"[]")),
    "model with an unknown key": (
        "model.json: python känns inte",
        with_json("model.json", lambda m: m.update(python=1)),
    ),
    "model without Swedish": (
        "model.json: boxes/1/label: sv saknas",
        with_json("model.json", lambda m: m["boxes"][0]["label"].pop("sv")),
    ),
    "outcome nobody knows": (
        "model.json: gates/1/outcomes/1: Ska vara approve",
        with_json("model.json", lambda m: m["gates"][0]["outcomes"].insert(0, "shrug")),
    ),
    "diagram that is not XML": ("project.bpmn: Filen går inte att läsa som XML", changed("project.bpmn", b"<a>")),
    "diagram that is not BPMN": ("project.bpmn: Filen är inte ett BPMN-diagram", changed("project.bpmn", b"<a/>")),
    "diagram missing": ("service: Processen service saknas", {k: v for k, v in WELL.items() if k != "project.bpmn"}),
    "doctype": ("project.bpmn: Filen har en DOCTYPE", doctype("[]")),
    "entity": ("project.bpmn: Filen har en DOCTYPE", doctype('[<!ENTITY a "b">]')),
    "entity from outside": ("project.bpmn: Filen har en DOCTYPE", doctype('[<!ENTITY a SYSTEM "file:///etc/passwd">]')),
    "Python in a condition": (
        "project.bpmn: accessible: Uttrycket",
        with_text("project.bpmn", 'ready_check.K02 = "yes"', '__import__("os").system("id")'),
    ),
    "script task": (
        "project.bpmn: run: scriptTask stöds inte",
        with_text(
            "project.bpmn", END, f'<bpmn:scriptTask id="run"><bpmn:script>1</bpmn:script></bpmn:scriptTask>{END}'
        ),
    ),
    "diagram of 2 MB": ("project.bpmn: Filen är större än 2 MB", changed("project.bpmn", b" " * 2_200_000)),
    "200 nodes": ("project.bpmn: service: Processen har 262 steg", crowded(220)),
    "table that is not XML": ("authority.dmn: Filen går inte att läsa som XML", changed("authority.dmn", b"<")),
    "table with an entity": (
        "authority.dmn: Filen har en DOCTYPE",
        changed("authority.dmn", b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]>' + b"<d/>"),
    ),
    "Python in a table": ("authority.dmn: ", with_text("authority.dmn", "<text>", "<text>__import__('os') ", SECOND)),
    "form that is not JSON": ("forms/opinion.form.json: ", changed("forms/opinion.form.json", b"{")),
    "form with a strange type": (
        "forms/opinion.form.json: ",
        with_json("forms/opinion.form.json", lambda form: form["components"][0].update(type="script")),
    ),
    "form that is deep": ("forms/opinion.form.json: ", changed("forms/opinion.form.json", b'{"a":' * 50_000)),
    "checklist that is not JSON": ("forms/k2_ready.checklist.json: ", changed("forms/k2_ready.checklist.json", b"{")),
    "checklist with a question twice": (
        "forms/k2_ready.checklist.json: ",
        with_json("forms/k2_ready.checklist.json", lambda c: c["items"].append(c["items"][0])),
    ),
    "checklist of another name": (
        "forms/k2_ready.checklist.json: Checklistan heter k3",
        with_json("forms/k2_ready.checklist.json", lambda c: c.update(key="k3")),
    ),
    "form and checklist of one name": (
        "forms/k2_ready.form.json: k2_ready är också en checklista",
        changed("forms/k2_ready.form.json", WELL["forms/opinion.form.json"]),
    ),
    "scenario that is not YAML": ("scenarios/stopped.yaml: Rad", changed("scenarios/stopped.yaml", b"a: [")),
    "scenario with Python": (
        "scenarios/stopped.yaml: Rad",
        changed("scenarios/stopped.yaml", b"!!python/object/apply:os.system ['id']"),
    ),
    "scenario without steps": ("scenarios/stopped.yaml: steps saknas", changed("scenarios/stopped.yaml", b"title: A")),
    "file of another kind": ("payload.py: Filen hör inte till en modell", changed("payload.py", b"import os")),
    "file outside": ("../../etc/passwd: Filen hör inte", changed("../../etc/passwd", b"")),
    "file that is not text": ("gate.bpmn: Filen är inte text i UTF-8", changed("gate.bpmn", b"\xff\xfe<")),
    "too many files": (
        f"Modellen har fler än {MAX_FILES} filer",
        {**WELL, **{f"scenarios/s{number}.yaml": b"" for number in range(MAX_FILES)}},
    ),
    "too much in all": (
        f"Modellen är större än {MAX_BYTES // 1_000_000} MB",
        {**WELL, **{f"scenarios/s{number}.yaml": b" " * 1_000_000 for number in range(9)}},
    ),
}


@pytest.mark.parametrize(("said", "files"), HOSTILE.values(), ids=[*HOSTILE])
def test_it_is_refused_and_nothing_is_published(ctx: Context, said: str, files: Mapping[str, bytes]) -> None:
    with pytest.raises(BundleRefused) as refused:
        publish(ctx, files)
    assert any(finding.sentence.startswith(said) for finding in refused.value.findings)
    assert all(finding.message for finding in refused.value.findings)
    with ctx.read() as session:
        assert session.scalar(select(func.count()).select_from(BundleRow)) == 0
        assert session.scalar(select(func.count()).select_from(EventRow)) == 0


def test_everything_that_cannot_be_read_is_told_at_once(ctx: Context) -> None:
    files = {**WELL, "model.json": b"{", "forms/opinion.form.json": b"{", "forms/k2_ready.checklist.json": b"{"}
    with pytest.raises(BundleRefused) as refused:
        publish(ctx, files)
    assert {finding.file for finding in refused.value.findings} == {
        "model.json",
        "forms/opinion.form.json",
        "forms/k2_ready.checklist.json",
    }


def test_its_twin_is_published_once(ctx: Context) -> None:
    first = publish(ctx, WELL)
    assert publish(ctx, dict(reversed(list(WELL.items())))) == first
    with ctx.read() as session:
        assert published(session, tenant=ctx.tenant) == (first,)
        assert session.scalar(select(func.count()).select_from(EventRow)) == 1


def test_a_changed_bundle_is_the_next_version(ctx: Context) -> None:
    publish(ctx, WELL)
    again = publish(ctx, with_text("model.json", "Björkviks modell", "Björkviks nya modell"))
    assert again.version == 2
