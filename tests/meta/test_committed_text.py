"""What no committed file says."""

from __future__ import annotations

import re

import pytest

from tests.meta.sources import texts

ITSELF = "tests/meta/test_committed_text.py"
CODE = {".py", ".js", ".html", ".css", ".typ", ".toml", ".sh"}

NEVER = {
    "unfinished work": r"\b(TODO|FIXME|XXX)\b",
    "a package registry's host": r"registry\.npmjs|pypi\.org|pythonhosted|deb\.debian|registry\.yarnpkg",
    "a path of one machine": r"(?<![\w.$}/-])/(home|root|Users|work)/",
    "a folder outside the repository": r"\.\./shared\b|\bshared/(design|domain|spike)\b",
    "how it was made": r"(?i)\b(claude|anthropic|openai|chatgpt|copilot|llm|ai[- ]generated|sub-?agents?)\b",
    "a plan's numbering": r"(?i)\bslice 1[a-d]\b",
    "a test that is passed over": r"pytest\.(mark\.)?(skip|xfail)",
}


@pytest.mark.parametrize("what", NEVER)
def test_no_file_has(what: str) -> None:
    pattern = re.compile(NEVER[what])
    found = [
        f"{path}: {match.group()}"
        for path, text in texts(leaving_out=(ITSELF,))
        if not path.name.endswith("package-lock.json")
        for match in pattern.finditer(text)
    ]
    assert not found, "\n".join(found)


def test_every_exception_to_a_rule_gives_its_reason() -> None:
    """`# noqa: S603 — why` and `# type: ignore[misc]  # why`: three words at least, on the same line."""
    exception = re.compile(r"#\s*(?:noqa(?::[\sA-Z0-9,]+)?|type:\s*ignore(?:\[[\w, -]*\])?)(?P<reason>.*)$", re.M)
    found = [
        f"{path}: {match.group()}"
        for path, text in texts(leaving_out=(ITSELF,))
        if path.suffix == ".py"
        for match in exception.finditer(text)
        if len(re.findall(r"\w+", match["reason"])) < 3
    ]
    assert not found, "\n".join(found)


def test_locks_name_packages_and_no_address() -> None:
    locks = [(path, text) for path, text in texts() if path.suffix == ".lock" or path.name == "package-lock.json"]
    assert len(locks) >= 6
    assert [path for path, text in locks if "://" in text and path.suffix == ".lock"] == []
    assert [path for path, text in locks if '"resolved"' in text] == []
