"""Hands in steps over HTTP as a browser does: for the long parts of a story, where clicking is slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from lxml import html
from playwright.sync_api import APIRequestContext, APIResponse

from app.demo.filling import fill
from app.demo.playing import Answers, Player
from forms.posted import flatten
from tests.browser.conftest import Visits
from workflows.flow import Task
from workflows.governance.answers import Questions
from workflows.governance.submit import Receipt
from workflows.governance.task_page import task_page
from workflows.kernel.clock import local_date
from workflows.kernel.ids import PersonId

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPost(Player):
    """A player whose people send the forms of the pages; what is decided is left to a person with a mouse."""

    visit: Visits

    def _submit(self, task: Task, chosen: Answers, by: PersonId | None) -> Receipt:
        person = by or self.who(task)
        page = task_page(self._as(person), task_id=task.id)
        assert page.questions is not None
        said = {**self.usual.get(task.node, {}), **chosen}
        answers = fill(page.questions, said, today=local_date(self.ctx.now()))
        sender, address = self.visit.requests(person), f"/tasks/{task.id}"
        empty = [(name, value) for name, value in _form(sender.get(address)) if name in {"csrf_token", "version"}]
        shown = _send(sender, address, [*empty, *_posted(page.questions, answers), ("_show", "1")])
        review = _send(sender, address, [*_form(shown), ("_review", "1")])
        assert review.url.endswith("/check"), f"{task.node}: {review.status} {_told(review)}"
        receipt = _send(sender, f"{address}/submit", _form(review))
        assert receipt.url.endswith("/receipt"), f"{task.node}: {receipt.status} {_told(receipt)}"
        return Receipt(task_id=task.id, project_id=self.project_id, number=None, version=None, opened=())


def _send(sender: APIRequestContext, address: str, fields: Iterable[tuple[str, str]]) -> APIResponse:
    kind = "application/x-www-form-urlencoded"
    return sender.post(address, data=urlencode(list(fields)), headers={"Content-Type": kind})


def _form(page: APIResponse) -> Fields:
    """Return what the page's own form would send as it stands."""
    document: Any = html.fromstring(page.text())
    form = next(form for form in document.forms if "logout" not in form.action)
    return [(name, value) for name, value in form.form_values() if value is not None]


def _told(page: APIResponse) -> list[str]:
    """Return the errors that a page lists, and its heading."""
    document: Any = html.fromstring(page.text())
    found = [*document.findall(".//*[@role='alert']//a"), *document.findall(".//h1")]
    return [str(one.text_content()).strip() for one in found]


def _posted(questions: Questions, answers: Mapping[str, Any]) -> Fields:
    if questions.form is not None:
        return flatten(questions.form, answers)
    return [field for name, answer in answers.items() for field in _item(name, answer)]


def _item(name: str, answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields of one question of a checklist."""
    if answer.get("answer") != "value":
        yield name, str(answer["answer"])
    for part in ("value", "reason", "comment"):
        if answer.get(part) is not None:
            yield f"{name}-{part}", str(answer[part])
    for proof in answer.get("evidence") or ():
        yield f"{name}-{proof['kind']}", str(proof["value"])
