"""`styr model`: what is printed, what is written, and the exit code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from tests.models.importing.foreign_files import HERE
from tests.models.telling import SECOND, files_of
from workflows.models import pack_zip, unpack_zip

Running = Callable[..., tuple[int, str, str]]


@pytest.fixture
def styr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Running:
    """`styr("model", "check", …)` runs the command and returns code, output and errors."""

    def run(*words: str | Path, var: bool = True) -> tuple[int, str, str]:
        place = ["--var", str(tmp_path / "var")] if var else []
        code = main([*map(str, words), *place])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of a model in which nobody has written who decides."""
    folder = tmp_path / "trasig"
    shutil.copytree(SECOND, folder)
    (folder / "authority.dmn").unlink()
    return folder


def test_a_sound_model_has_nothing_against_it(styr: Running, tmp_path: Path) -> None:
    zipped = tmp_path / "modell.zip"
    zipped.write_bytes(pack_zip(files_of(SECOND)))
    for place in (SECOND, zipped, "harnosand"):
        code, out, _ = styr("model", "check", place, var=False)
        assert code == 0, out
        assert not [line for line in out.splitlines() if ": råd: " not in line and line != "Inget att anmärka."]


def test_errors_are_lines_with_file_and_element(styr: Running, broken: Path) -> None:
    code, out, _ = styr("model", "check", broken, var=False)
    assert code == 1
    assert out.splitlines()[0].startswith("gate.bpmn:authority: Beslutstabellen authority finns inte")


def test_errors_are_json_for_programs(styr: Running, broken: Path) -> None:
    code, out, _ = styr("model", "check", "--json", broken, var=False)
    assert code == 1
    [first, *_] = json.loads(out)
    assert first == {
        "rule": "unknown-table",
        "severity": "error",
        "file": "gate.bpmn",
        "element": "authority",
        "attribute": "",
        "message": first["message"],
    }


def test_what_is_not_there_is_named(styr: Running) -> None:
    for words in (("check", "ingenstans"), ("import", "ingen.bpmn"), ("publish", "ingenstans", "--note", "Ny")):
        code, _, err = styr("model", *words, var=words[0] != "check")
        assert code == 2
        assert "Finns inte" in err


def test_an_import_prints_its_report_and_writes_the_model(styr: Running, tmp_path: Path) -> None:
    target = tmp_path / "rapport.zip"
    code, out, _ = styr("model", "import", HERE / "activiti" / "report.bpmn", "--key", "arsrapport", "-o", target)
    assert code == 0
    assert out.splitlines()[0] == "Arsrapport (från Activiti): 11 rader"
    assert out.splitlines()[1].startswith("FÖRLORAT report.bpmn:write: Formuläret ”report.form”, som inte")
    assert b'"key": "arsrapport"' in unpack_zip(target.read_bytes())["model.json"]


def test_an_import_can_become_a_draft(styr: Running) -> None:
    code, out, _ = styr("model", "import", HERE / "activiti" / "report.bpmn", "--draft", "Årsrapport")
    assert code == 0
    assert out.splitlines()[-1].startswith("Utkastet finns på /models/drafts/")


def test_a_file_that_cannot_be_read_is_refused_in_words(styr: Running, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"hej")
    code, _, err = styr("model", "import", tmp_path / "a.zip")
    assert code == 2
    assert "styr: Zip-filen kan inte läsas." in err


def test_a_published_model_comes_back_as_it_went(styr: Running, tmp_path: Path) -> None:
    code, out, _ = styr("model", "publish", SECOND, "--note", "Först")
    assert code == 0
    assert out.startswith("ny_tjanst, version 1, ")
    code, out, _ = styr("model", "export", "ny_tjanst", "-o", tmp_path / "ut.zip")
    assert code == 0
    assert "version 1" in out
    assert unpack_zip((tmp_path / "ut.zip").read_bytes()) == files_of(SECOND)


def test_publishing_the_same_again_changes_nothing(styr: Running) -> None:
    first = styr("model", "publish", SECOND, "--note", "Först")
    assert styr("model", "publish", SECOND, "--note", "Igen") == first


def test_a_model_with_errors_is_not_published(styr: Running, broken: Path, tmp_path: Path) -> None:
    code, _, err = styr("model", "publish", broken, "--note", "Trasig")
    assert code == 1
    assert "gate.bpmn:authority:" in err
    assert styr("model", "export", "ny_tjanst", "-o", tmp_path / "ut.zip")[0] == 2
    assert not (tmp_path / "ut.zip").exists()


def test_a_model_whose_scenarios_fail_is_not_published(styr: Running, tmp_path: Path) -> None:
    folder = tmp_path / "modell"
    shutil.copytree(SECOND, folder)
    (folder / "scenarios" / "eget.yaml").write_text("title: Eget\nsteps:\n- do: need\nexpect: {ended: true}\n")
    code, _, err = styr("model", "publish", folder, "--note", "Ny")
    assert code == 1
    assert "scenarios/eget.yaml: Scenariot går inte som det ska." in err


def test_a_version_without_a_note_is_not_published(styr: Running) -> None:
    code, _, err = styr("model", "publish", SECOND, "--note", "  ")
    assert code == 2
    assert "--note" in err


@pytest.mark.parametrize("version", ["1", "7"])
def test_a_version_that_is_not_there_is_named(styr: Running, tmp_path: Path, version: str) -> None:
    code, _, err = styr("model", "export", "ingen", "--version", version, "-o", tmp_path / "ut.zip")
    assert code == 2
    assert err == f"Finns inte: ingen, version {version}\n"
