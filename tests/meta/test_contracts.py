"""Who may import whom: the contracts of pyproject.toml hold, and each of them would notice."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.meta.sources import ROOT, python_files

BREACHES = {
    "the core knows no page": ("workflows/flow/bad.py", "import app.shell"),
    "the forms know no core": ("forms/bad.py", "import workflows.kernel"),
    "a room knows none above it": ("workflows/people/bad.py", "import workflows.governance"),
    "features are strangers": ("app/inbox/bad.py", "import app.projects"),
    "the shell knows no feature": ("app/shell/bad.py", "import app.inbox"),
    "no room without a place": ("workflows/reports/__init__.py", ""),
    "no feature without a place": ("app/reports/__init__.py", ""),
    "expressions stand alone": ("forms/feel/bad.py", "import forms.validation"),
    "no Flask in the core": ("workflows/governance/bad.py", "import flask"),
    "no Flask in the forms": ("forms/bad.py", "from werkzeug.datastructures import MultiDict"),
    "SpiffWorkflow in the engine only": ("workflows/flow/bad.py", "import SpiffWorkflow"),
    "DBOS in the job adapter only": ("workflows/flow/bad.py", "import dbos"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a folder that looks like the project."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages."""
    copy = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for path, _ in python_files("app", "forms", "workflows"):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, copy / path)
    return copy


def test_the_contracts_hold(project: Path) -> None:
    verdict = lint_imports(project)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


@pytest.mark.full
@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_noticed(project: Path, breach: str) -> None:
    name, content = BREACHES[breach]
    bad = project / name
    bad.parent.mkdir(exist_ok=True)
    bad.write_text(content)
    try:
        verdict = lint_imports(project)
    finally:
        shutil.rmtree(bad.parent) if bad.name == "__init__.py" else bad.unlink()
    assert verdict.returncode == 1
    assert "BROKEN" in verdict.stdout


def test_the_expression_language_imports_the_standard_library_alone() -> None:
    imported = {
        (path, name.partition(".")[0])
        for path, tree in python_files("forms")
        if path.parts[1] == "feel"
        for name in imports(tree)
        if not name.startswith("forms.feel")
    }
    assert [(path, name) for path, name in imported if name not in sys.stdlib_module_names] == []


def imports(tree: ast.Module) -> list[str]:
    """Return the modules that a file imports by their whole name, wherever in it."""
    nodes = list(ast.walk(tree))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
