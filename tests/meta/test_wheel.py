"""The wheel: everything the product reads is in it, it holds nothing else, and it serves without Node."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.meta.sources import PRODUCT, ROOT, files

pytestmark = pytest.mark.full

NO_NODE = {"PATH": os.defpath, "HOME": os.environ.get("HOME", "/")}
DIST = "app/shell/static/dist/"
READ_DATA = """
import json, sys
from importlib.resources import files
from importlib.metadata import entry_points, version
def walk(folder):
    for child in folder.iterdir():
        yield from walk(child) if child.is_dir() else [str(child)]
found = [path for name in sys.argv[1:] for path in walk(files(name))]
print(json.dumps({"version": version("styr"), "files": found, "command": bool(entry_points(name="styr"))}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built where there is no Node: the assets are there already."""
    assert (ROOT / DIST / ".vite/manifest.json").exists(), "python3 dev.py test builds the front end"
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=NO_NODE)
    (built,) = folder.glob("styr-*.whl")
    return built


def test_the_wheel_carries_every_file_of_the_product_and_no_other(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    product = {str(path) for path in files() if path.parts[0] in PRODUCT and path.parts[:2] != ("app", "ui")}
    assert sorted(product - inside) == []
    assert [name for name in sorted(inside - product) if not name.startswith(DIST)] == []


def test_the_wheel_carries_the_front_end_and_its_licences(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    manifest = json.loads(archive.read(f"{DIST}.vite/manifest.json"))
    needed = {DIST + name for chunk in manifest.values() for name in [chunk["file"], *chunk.get("css", [])]}
    assert needed <= set(archive.namelist())
    assert "The source code responsible for displaying the bpmn.io" in archive.read(f"{DIST}licenses.md").decode()
    carried = {Path(name).name for name in archive.namelist() if ".dist-info/licenses/" in name}
    assert carried == {"LICENSE", "NOTICE"}


def test_an_installed_wheel_finds_its_data_and_its_command(wheel: Path, tmp_path: Path) -> None:
    """Installed into an environment of its own, beside the packages it needs, away from the checkout."""
    python = new_environment(tmp_path / "env", wheel)
    command = [str(python), "-I", "-c", READ_DATA, *PRODUCT]
    told = json.loads(subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout)
    assert told["command"] is True
    assert all(Path(name).is_relative_to(tmp_path / "env") for name in told["files"])
    data = [path for path in files() if path.parts[0] in ("bpmn", "forms") and path.suffix != ".py"]
    assert {Path(name).name for name in told["files"]} >= {path.name for path in data}


def new_environment(folder: Path, wheel: Path) -> Path:
    """Make a virtual environment with the wheel in it; return its Python. It borrows our third-party packages."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    zipfile.ZipFile(wheel).extractall(site)
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return python
