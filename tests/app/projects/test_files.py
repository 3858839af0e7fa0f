"""Files on a project's page: taken in when they are what they say, given out to who sees the project."""

from __future__ import annotations

import io
import zipfile

import pytest
from werkzeug.test import TestResponse

from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import attributes, section
from tests.stories.town import Town
from workflows.governance.files import ProjectFile, add_file, files_of
from workflows.people import assign_organisation_role

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def bomb() -> bytes:
    """Return a workbook that unpacks to far more than it should."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return packed.getvalue()


def upload(log_in: LogIn, who: str, project: str, name: str, content: bytes) -> TestResponse:
    return log_in(who).post(f"/projects/{project}/files", data={"file": (io.BytesIO(content), name)})


def kept(town: Town, project: str) -> tuple[ProjectFile, ...]:
    with town.ctx.read() as session:
        return files_of(session, tenant=town.ctx.tenant, project_id=project)


def test_a_file_is_kept_listed_and_given_out_as_it_came(log_in: LogIn, town: Town, planned: str) -> None:
    answer = upload(log_in, "karin", planned, "Tidplan åäö.pdf", PDF)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/projects/{planned}#files")
    page = log_in("anna").get(f"/projects/{planned}").text
    assert "Tidplan åäö.pdf" in section(page, "Filer")
    assert "Karin Lind lade till filen Tidplan åäö.pdf" in section(page, "Händelser")
    (file,) = kept(town, planned)
    given = log_in("anna").get(f"/files/{file.id}", buffered=True)
    assert given.data == PDF
    assert given.mimetype == "application/pdf"
    assert given.headers["Content-Disposition"].startswith("attachment; filename=")
    assert given.headers["Content-Security-Policy"].startswith("sandbox")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("skript.html", b"<html><script>alert(1)</script></html>"),
        ("program.exe", b"MZ\x90\x00"),
        ("tidplan.pdf", b"<html></html>"),
        ("tidplan.xlsx", PDF),
        ("bomb.xlsx", bomb()),
        ("trasig.docx", b"PK\x03\x04trasig"),
        ("tom.txt", b""),
        ("stor.txt", b"x" * 200_001),
    ],
)
def test_what_is_no_honest_file_is_refused_and_nothing_is_left(
    log_in: LogIn, town: Town, planned: str, name: str, content: bytes
) -> None:
    answer = upload(log_in, "karin", planned, name, content)
    assert answer.status_code in (413, 422)
    assert attributes(answer.text, "//input[@id='file']", "aria-invalid") == ["true"]
    assert "<title>Fel:" in answer.text
    assert kept(town, planned) == ()
    assert [path for path in town.ctx.files.rglob("*") if path.is_file()] == []


def test_no_file_at_all_is_said_at_the_field(log_in: LogIn, town: Town, planned: str) -> None:
    answer = log_in("karin").post(f"/projects/{planned}/files", data={})
    assert answer.status_code == 422
    assert "Välj en fil" in answer.text


def test_a_name_is_never_a_path(log_in: LogIn, town: Town, planned: str) -> None:
    upload(log_in, "karin", planned, "../../etc/tidplan\u202efdp.txt", b"hej")
    assert [file.name for file in kept(town, planned)] == ["tidplanfdp.txt"]


def test_strangers_cannot_add_open_or_guess(log_in: LogIn, town: Town, planned: str) -> None:
    upload(log_in, "karin", planned, "hemligt.txt", b"hej")
    (file,) = kept(town, planned)
    nils = log_in("nils")
    assert upload(log_in, "nils", planned, "x.txt", b"hej").status_code == 404
    assert nils.get(f"/files/{file.id}").status_code == 404
    assert nils.get(f"/files/{'0' * 32}").status_code == 404
    assert nils.get("/files/..%2f..%2fetc%2fpasswd").status_code == 404
    assert len(kept(town, planned)) == 1


def test_an_auditor_reads_files_and_adds_none(log_in: LogIn, town: Town, planned: str) -> None:
    upload(log_in, "karin", planned, "plan.txt", b"hej")
    (file,) = kept(town, planned)
    assign_organisation_role(town.ctx, role="auditor", person=town.people["nils"], valid_from=town.ctx.now().date())
    nils = log_in("nils")
    assert nils.get(f"/files/{file.id}", buffered=True).data == b"hej"
    assert "Lägg till en fil" not in nils.get(f"/projects/{planned}").text
    assert upload(log_in, "nils", planned, "x.txt", b"hej").status_code == 403


def test_what_was_given_in_a_step_is_open_to_who_does_that_step(log_in: LogIn, town: Town, contracting: str) -> None:
    task = town.player(contracting).task("union_consultation").id
    file = add_file(
        town.as_("karin"), project_id=contracting, task_id=task, stream=io.BytesIO(b"hej"), name="a.txt", limit=1000
    )
    seen = {who: log_in(who).get(f"/files/{file.id}", buffered=True).status_code for who in ("karin", "bo", "per")}
    assert seen == {"karin": 200, "bo": 200, "per": 200}
    assert log_in("rut").get(f"/projects/{contracting}/files/{file.id}", buffered=True).status_code == 200
    other = town.start("rut", "Ruts idé").project_id
    assert log_in("rut").get(f"/projects/{other}/files/{file.id}").status_code == 404
    stranger = town.start("ture", "Tures idé").project_id
    assert log_in("ture").get(f"/projects/{stranger}/files/{file.id}").status_code == 404
