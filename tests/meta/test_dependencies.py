"""Each dependency is declared, used, locked, and has its reason in ADR 0010."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

from tests.meta.sources import PRODUCT, ROOT, python_files

BY_NAME_ONLY = {"gunicorn", "psycopg"}
"""Used without an import of ours: the server is a program, the driver is named by the database's address."""


def normal(name: str) -> str:
    """Return a distribution's name as locks write it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[~=<>! ]", name)[0]).lower()


@cache
def project() -> dict[str, list[str]]:
    """Return what pyproject.toml declares: `runtime`, and its dependency groups."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = {"runtime": read["project"]["dependencies"], **read["dependency-groups"]}
    return {group: [normal(name) for name in names] for group, names in groups.items()}


def imported() -> set[str]:
    """Return the distributions that the product imports, wherever in a file."""
    modules: set[str] = set()
    for _, tree in python_files("app", "forms", "workflows"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules.add((node.module or "").partition(".")[0])
    shipped_by = packages_distributions()
    third_party = modules - set(PRODUCT) - set(sys.stdlib_module_names)
    return {normal(name) for module in third_party for name in shipped_by.get(module, [module])}


def test_what_is_imported_is_declared() -> None:
    """Werkzeug, Jinja, MarkupSafe and click come with Flask, as its own face."""
    assert imported() - set(project()["runtime"]) - {"werkzeug", "jinja2", "markupsafe", "click"} == set()


def test_what_is_declared_is_used() -> None:
    assert set(project()["runtime"]) - imported() - BY_NAME_ONLY == set()


def test_what_is_declared_is_locked() -> None:
    locks = {"runtime": "requirements.lock", "test": "requirements-test.lock"}
    locks |= {"build": "requirements-build.lock", "node": "requirements-node.lock"}
    assert locks.keys() == project().keys()
    for group, lock in locks.items():
        locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(), re.M))
        assert set(project()[group]) <= locked, lock


def test_the_test_lock_holds_the_runtime_lock() -> None:
    """Or tests would run on other versions than the product."""
    pinned = re.compile(r"^[a-z0-9-]+==[^ ]+", re.M)
    runtime = set(pinned.findall((ROOT / "requirements.lock").read_text()))
    assert runtime - set(pinned.findall((ROOT / "requirements-test.lock").read_text())) == set()


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs/adr/0010-dependencies.md").read_text().lower()
    script = json.loads((ROOT / "app/ui/package.json").read_text())
    names = [*project()["runtime"], *script["dependencies"], *script["devDependencies"]]
    assert [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", page)] == []


def test_script_packages_are_pinned() -> None:
    for package in ("app/ui/package.json", ".ci/chromium/package.json"):
        script = json.loads((ROOT / package).read_text())
        versions = [*script.get("dependencies", {}).values(), *script.get("devDependencies", {}).values()]
        assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
