"""The template that new models begin as passes the check without a word, and its scenarios go as they say."""

from __future__ import annotations

import pytest

from workflows.models import TEMPLATES, check, play, read_bundle, read_scenarios, shipped


@pytest.mark.parametrize("key", TEMPLATES)
def test_the_check_has_nothing_to_say(key: str) -> None:
    assert [finding.sentence for finding in check(shipped(key))] == []


@pytest.mark.parametrize("key", TEMPLATES)
def test_its_scenarios_go_as_they_say(key: str) -> None:
    bundle = read_bundle(shipped(key))
    assert [(one.title, play(bundle, one).failure) for one in read_scenarios(shipped(key))] == [
        (one.title, None) for one in read_scenarios(shipped(key))
    ]


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_form_speaks_swedish_and_english(key: str) -> None:
    bundle = read_bundle(shipped(key))
    titles = [form.title for form in bundle.forms.values()] + [one.title for one in bundle.checklists.values()]
    assert all(title.sv and title.en for title in titles)
