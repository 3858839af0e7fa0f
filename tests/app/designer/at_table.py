"""A designer at the table of steps: what the tests of its pages share."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.models.drafting.conftest import Studio
from workflows.models import Severity, check, find_model_draft

PHASE = {
    "after": "planning",
    "name": "Upphandling",
    "question": "Av vem?",
    "gate_label": "Beslutspunkt 2b",
    "gate_short": "BP2b",
    "statement": "Avtalet ger projektet vad det behöver.",
    "decider": "group",
    "area": "Avtal",
    "first_question": "Är avtalet undertecknat?",
}

STEP = {
    "place": "after:project_plan",
    "name": "Stäm av planen",
    "kind": "review",
    "form": "office_review",
    "role": "controller",
    "due_number": "2",
    "due_unit": "W",
    "remind_number": "3",
    "remind_unit": "D",
    "remind_when": "before",
}


Sent = Mapping[str, str | list[str]]


class Table:
    """A designer at a draft's table; `seen` is the revision of the page that was opened last."""

    def __init__(self, client: FlaskClient, studio: Studio, draft: str) -> None:
        self.client, self.studio, self.draft, self.sent = client, studio, draft, 0

    def get(self, page: str = "steps") -> str:
        answer = self.client.get(f"/models/drafts/{self.draft}/{page}")
        assert answer.status_code == 200, answer.text
        return answer.text.replace("\N{NO-BREAK SPACE}", " ")

    def post(self, page: str, data: Sent | None = None, *, seen: int | None = None) -> tuple[int, str]:
        answer = self._post(page, data, seen)
        return answer.status_code, answer.text

    def sent_to(self, page: str, data: Sent | None = None) -> tuple[int, str]:
        """Post, and return the status and where the answer leads."""
        answer = self._post(page, data, None)
        return answer.status_code, answer.headers.get("Location", "")

    def _post(self, page: str, data: Sent | None, seen: int | None) -> TestResponse:
        self.sent += 1
        seen = self.revision if seen is None else seen
        sent = {"request_id": f"r{self.sent}", "seen": str(seen), **(data or {})}
        return self.client.post(f"/models/drafts/{self.draft}/{page}", data=sent)

    @property
    def files(self) -> dict[str, bytes]:
        return dict(find_model_draft(self.studio.ctx, draft_id=self.draft).files)

    @property
    def revision(self) -> int:
        return find_model_draft(self.studio.as_("dag"), draft_id=self.draft).revision


@pytest.fixture
def table(designer: FlaskClient, studio: Studio, draft: str) -> Table:
    return Table(designer, studio, draft)


def rows(page: str) -> list[str]:
    """The names of the rows, in order."""
    found = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", row).strip() for row in found]


def errors(files: dict[str, bytes]) -> list[str]:
    return [one.sentence for one in check(files) if one.severity is Severity.ERROR]
