"""`dev.py test --interchange`: every diagram gets a line; only an import that breaks fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import interchange
from tests.models.importing.foreign_files import HERE


def test_each_diagram_gets_a_line_with_what_became_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(HERE / "activiti" / "report.bpmn", tmp_path)
    (tmp_path / "broken.bpmn").write_text("<a>")
    assert interchange.main(str(tmp_path)) == 0
    _, broken, report, counts = capsys.readouterr().out.splitlines()
    assert broken.split()[:2] == ["broken.bpmn", "refused"]
    assert "går inte att läsa som XML" in broken
    assert report.split()[:2] == ["report.bpmn", "accepted"]
    assert report.endswith("Activiti")
    assert counts == "1 accepted, 1 refused, 0 CRASHED"


def test_an_import_that_breaks_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(HERE / "activiti" / "report.bpmn", tmp_path)

    def broken(_: object) -> None:
        raise KeyError("oväntat")

    monkeypatch.setattr(interchange, "import_model", broken)
    assert interchange.main(str(tmp_path)) == 1
    assert "CRASHED" in capsys.readouterr().out


def test_a_folder_without_diagrams_fails(tmp_path: Path) -> None:
    assert interchange.main(str(tmp_path)) == 1
