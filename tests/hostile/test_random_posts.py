"""Any form of any page, filled in with anything: a clear answer, all or nothing, and a record that still adds up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from tests.conftest import TestClock
from tests.forms.odd import texts
from tests.hostile.conftest import Browser, point_at
from tests.hostile.world import World, copy_of
from workflows.governance.verify import verify, verify_streams

PAGES: Mapping[str, tuple[str, str]] = {
    "an idea": ("olle", "/projects/new"),
    "an idea sheet": ("olle", "/tasks/{idea.task}"),
    "a plan": ("karin", "/tasks/{ours.task}"),
    "a condition": ("mats", "/tasks/{ours.condition}"),
    "a decision": ("sofia", "/gates/{gate.task}"),
    "a conflict of interest": ("sofia", "/gates/{gate.task}/conflict"),
    "a withdrawal": ("karin", "/gates/{gate.task}/withdraw"),
    "a hold": ("sofia", "/projects/{ours.project}/hold"),
    "a resumption": ("sofia", "/projects/{held.project}"),
    "a termination": ("sofia", "/projects/{ours.project}/terminate"),
    "a new holder": ("sofia", "/projects/{ours.project}/roles/project_manager"),
    "a last report": ("karin", "/tasks/{stopping.task}"),
    "a person": ("ada", "/people/new"),
    "a limit": ("ada", "/settings/cost-limit"),
    "a group": ("ada", "/bodies/new"),
    "a role": ("ada", "/roles/archivist/new"),
    "oneself": ("karin", "/account/password"),
    "the door": ("", "/login"),
}
"""A form by what it is for: who sees it, and where."""

posted_texts = texts.filter(lambda text: "\ud800" not in text)
"""What a request can carry: half a character cannot be encoded at all."""

NAMES = st.one_of(
    posted_texts.filter(bool), st.sampled_from(["request_id", "version", "_draft", "_add", "project", "tenant"])
)

Fresh = Callable[[], World]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as the page offers it: its address, its fields with what stands in them, its choices and its buttons."""

    action: str
    fields: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, tuple[str, ...]]
    buttons: tuple[str, ...]


def forms_of(page: str, address: str) -> list[Form]:
    """Return every form of a page that posts, but that which logs out; without an action it posts to `address`."""
    document: Any = html.fromstring(page)
    posting = [one for one in document.forms if one.method == "POST"]
    return [_form(one, one.action or address) for one in posting if one.action != "/logout"]


def _form(form: Any, action: str) -> Form:
    fields: dict[str, tuple[str, ...]] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for one in form.xpath(".//*[@name][not(self::button)]"):
        name, kind = one.get("name"), one.get("type")
        offered = tuple(one.xpath(".//option/@value")) if one.tag == "select" else ()
        if kind in {"radio", "checkbox"}:
            choices[name] = (*choices.get(name, ()), one.get("value", "on"))
        elif offered:
            choices[name] = offered
        fields.setdefault(name, ())
    for name, value in form.form_values():
        fields[name] = (*fields.get(name, ()), value or "")
    buttons = tuple(form.xpath(".//button/@name"))
    return Form(action=action, fields=fields, choices=choices, buttons=buttons)


@st.composite
def filled(draw: st.DrawFn, form: Form) -> dict[str, list[str]]:
    """Draw what is posted: fields left as they are, left out, chosen, doubled or filled with anything; and others."""
    posted: dict[str, list[str]] = {}
    for name, value in form.fields.items():
        ways = [st.just(list(value)), st.just([]), st.lists(posted_texts, min_size=1, max_size=2)]
        if name in form.choices:
            ways += [st.sampled_from(form.choices[name]).map(lambda chosen: [chosen])] * 3
        posted[name] = draw(st.one_of(ways))
    posted |= draw(st.dictionaries(NAMES, st.lists(posted_texts, max_size=2), max_size=1))
    pressed = draw(st.sampled_from(["", *form.buttons]))
    return posted | ({pressed: ["1"]} if pressed else {})


@pytest.fixture
def fresh(seed: World, tmp_path: Path, clock: TestClock, app: Flask) -> Fresh:
    """`fresh()` puts the application on a new copy of the town and closes the one before."""
    made: list[World] = []

    def copy() -> World:
        if made:
            made[-1].ctx.database.close()
        made.append(copy_of(seed, tmp_path / f"fresh-{len(made)}", clock))
        point_at(app, made[-1])
        return made[-1]

    return copy


@pytest.mark.full
@pytest.mark.parametrize("which", PAGES)
def test_whatever_is_posted_is_answered_and_done_whole_or_not_at_all(
    fresh: Fresh, browser: Browser, which: str
) -> None:
    who, address = PAGES[which]

    def town() -> tuple[World, Any]:
        world = fresh()
        return world, browser(who)

    world, client = town()
    page = client.get(address.format(**world.places), follow_redirects=True)
    assert page.status_code == 200
    offered = forms_of(page.text, page.request.path)
    assert offered

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(data=st.data())
    def post(data: st.DataObject) -> None:
        world, client = town()
        form = data.draw(st.sampled_from(offered))
        posted = data.draw(filled(form))
        before = world.dump()
        answer = client.post(form.action, data=posted)
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            assert world.dump() == before
            assert "<script>alert(1)</script>" not in answer.text
        assert [one.broken for one in verify(world.ctx) if one.broken] == []
        assert [one.broken for one in verify_streams(world.ctx) if one.broken] == []
        assert client.get("/tasks", follow_redirects=True).status_code == 200

    post()
