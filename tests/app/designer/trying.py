"""The try tab of a draft as a browser without JavaScript uses it."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.models.drafting.conftest import Studio
from workflows.models.trying import Trial, find_trial

WHY = {"motivation": "Riskerna är inte bedömda.", "due_on": "2026-10-01", "reopen": "F01"}
"""What a decision that sends back says beside its outcome."""


class TryPage:
    """The try tab of a draft in somebody's browser."""

    def __init__(self, client: FlaskClient, draft: str) -> None:
        self.client = client
        self.base = f"/models/drafts/{draft}/try"

    def get(self, more: str = "") -> str:
        answer = self.client.get(self.base + more, follow_redirects=True)
        assert answer.status_code == 200
        return answer.text

    def post(self, more: str, **data: Any) -> TestResponse:
        seen = html.fromstring(self.get()).xpath("string((//input[@name='seen'])[1]/@value)")
        return self.client.post(self.base + more, data={"seen": str(seen), **data})

    def begin(self) -> None:
        assert self.client.post(self.base + "/begin", data={"start": "2026-09-07"}).status_code == 303

    def forward(self, target: str) -> None:
        assert self.post("/forward", target=target).status_code == 303

    def submit(self, node: str, *buttons: str, **data: Any) -> TestResponse:
        """Open a step's form, press its buttons one after another, and return the last answer."""
        document: Any = html.fromstring(self.get())
        address = next(one for one in document.xpath("//main//a/@href") if f"/steps/{node}" in one)
        answer = self.client.get(address)
        for button in buttons:
            shown: Any = html.fromstring(answer.text)
            form = next(form for form in shown.forms if "/steps/" in (form.action or ""))
            posted: dict[str, Any] = {}
            for name, value in form.form_values():
                posted.setdefault(name, []).append(value)
            posted = {name: value for name, value in posted.items() if not name.startswith("_")} | data
            answer = self.client.post(form.action, data={**posted, button: "1"})
        return answer

    def save(self, title: str) -> str:
        """Save the trial as a scenario with all that holds now; return the scenario's address."""
        shown: Any = html.fromstring(self.get("/save"))
        form = next(form for form in shown.forms if "/save" in (form.action or ""))
        expect = [str(one) for one in form.xpath(".//input[@name='expect']/@value")]
        answer = self.client.post(form.action, data={**dict(form.form_values()), "title": title, "expect": expect})
        assert answer.status_code == 303
        return answer.location


def trial_of(studio: Studio, draft: str) -> Trial:
    trial = find_trial(studio.as_("dag"), draft_id=draft)
    assert trial is not None
    return trial


def text(answer: str) -> str:
    document: Any = html.fromstring(answer)
    return " ".join(document.text_content().split())


def to_decision(page: TryPage) -> None:
    """Begin, and ask for the first gate's decision."""
    page.begin()
    page.forward("bp1")
    assert page.submit("request", "_sample", "_done").status_code == 303


def to_meeting(page: TryPage) -> None:
    """Begin, and ask a steering group for the second gate's decision."""
    page.begin()
    page.post("/facts", **{"fact-has_steering_group": "1"})
    page.forward("bp2")
    assert page.submit("request", "_sample", "_done").status_code == 303


def to_board(page: TryPage) -> None:
    """Begin, and ask a board for the first gate's decision."""
    page.begin()
    page.post("/facts", **{"fact-principle_matter": "1"})
    page.forward("bp1")
    assert page.submit("request", "_sample", "_done").status_code == 303
