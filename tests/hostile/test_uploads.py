"""Files that are not what they say, not wanted or not one's own: nothing of a refused one is kept anywhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.hostile.conftest import Browser
from tests.hostile.world import World
from workflows.governance.tables import FileRow

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 40


def packed(**members: bytes) -> bytes:
    """Return a packed document with these members beside what makes it one of Word's."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", b"<Types/>")
        target.writestr("word/document.xml", b"<document/>")
        for name, content in members.items():
            target.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


REFUSED = {
    "html that calls itself pdf": ("rapport.pdf", b"<!doctype html><script>alert(1)</script>", 422),
    "html as text": ("rapport.txt", b"<html><script>alert(1)</script></html>", 422),
    "svg": ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422),
    "svg as picture": ("bild.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422),
    "xml": ("data.xml", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>", 422),
    "a program": ("setup.exe", b"MZ\x90\x00" + b"\x00" * 60, 422),
    "a program with two endings": ("rapport.pdf.exe", PDF, 422),
    "a program that calls itself pdf": ("rapport.exe.pdf", b"MZ\x90\x00" + b"\x00" * 60, 422),
    "a picture that calls itself pdf": ("rapport.pdf", PNG, 422),
    "pdf that calls itself picture": ("bild.png", PDF, 422),
    "no ending": ("rapport", PDF, 422),
    "only an ending": (".pdf", b"x", 422),
    "macros": ("direktiv.docx", packed(word__vbaProject_bin=b"x"), 422),
    "a bomb": ("direktiv.docx", packed(word__media__big_bin=bytes(40_000_000)), 422),
    "broken": ("direktiv.docx", packed()[:60], 422),
    "packed but no document": ("arkiv.zip", packed(), 422),
    "a script": ("kör.sh", b"#!/bin/sh\nrm -rf /\n", 422),
    "null bytes in text": ("lista.csv", b"namn;\x00\x00", 422),
    "empty": ("tom.pdf", b"", 422),
    "too large": ("stor.txt", b"x" * 200_001, 413),
}
"""What is refused, under which name, with which status; the limit of this installation is 200 kB."""

NAMES = {
    "../../../etc/passwd.txt": "passwd.txt",
    "rad%0D%0ASet-Cookie: a=b.txt": "rad%0D%0ASet-Cookie_ a=b.txt",
    "a\u202etxt.fdp.txt": "atxt.fdp.txt",
    "  mellanslag  .txt": "mellanslag.txt",
    "<img src=x onerror=alert(1)>.txt": "_img src=x onerror=alert(1)_.txt",
    "citat%22.txt": "citat_.txt",
    "å" * 300 + ".txt": "å" * 116 + ".txt",
    "a\u030angstro\u0308m.txt": "ångström.txt",
    "CON.txt": "CON.txt",
}
"""Names that somebody might send, and what they are kept as."""

Sending = Callable[[bytes, str], TestResponse]


@pytest.fixture(params=["on the page of the project", "in a step"])
def sending(request: pytest.FixtureRequest, world: World, browser: Browser) -> Sending:
    """Karin's two ways to hand in a file."""
    karin, place = browser("karin"), world.places["ours"]
    addresses = {
        "on the page of the project": (f"/projects/{place.project}/files", "file"),
        "in a step": (f"/tasks/{place.task}", "schedule_files"),
    }
    address, field = addresses[request.param]

    def send(content: bytes, name: str) -> TestResponse:
        sent = {"version": "0", "_draft": "1", field: (io.BytesIO(content), name)}
        return karin.post(address, data=sent, content_type="multipart/form-data")

    return send


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_file_is_told_about_and_leaves_nothing(world: World, sending: Sending, kind: str) -> None:
    name, content, status = REFUSED[kind]
    with world.untouched():
        answer = sending(content, name)
    assert answer.status_code == status
    assert "Filen " in answer.text
    assert "alert(1)" not in answer.text


def test_what_was_typed_beside_a_refused_file_is_shown_again(world: World, browser: Browser) -> None:
    sent = {
        "version": "0",
        "summary": "En lång och noga tänkt bakgrund",
        "schedule_files": (io.BytesIO(b"<html>"), "tid.pdf"),
    }
    with world.untouched():
        answer = browser("karin").post(f"/tasks/{world.places['ours'].task}", data=sent)
    assert answer.status_code == 422
    assert "En lång och noga tänkt bakgrund" in answer.text
    assert "tid.pdf" in answer.text


@pytest.mark.parametrize(
    ("who", "place", "field", "status"),
    [
        ("karin", "ours", "evil", 400),
        ("karin", "ours", "summary", 400),
        ("karin", "ours", "_evil", 400),
        ("karin", "ours", "csrf_token", 400),
        ("karin", "held", "schedule_files", 409),
        ("karin", "stopping", "anything", 400),
        ("sofia", "gate", "schedule_files", 409),
        ("sofia", "ours", "schedule_files", 403),
        ("axel", "ours", "schedule_files", 403),
        ("frida", "ours", "schedule_files", 404),
        ("karin", "theirs", "schedule_files", 404),
        ("mats", "ours", "note", 403),
    ],
)
def test_a_file_is_kept_for_a_field_that_asks_and_a_person_who_answers(
    world: World, browser: Browser, who: str, place: str, field: str, status: int
) -> None:
    sent = {"version": "0", "_draft": "1", field: (io.BytesIO(b"Anteckningar"), "mer.txt")}
    with world.untouched():
        answer = browser(who).post(f"/tasks/{world.places[place].task}", data=sent)
    assert answer.status_code == status


@pytest.mark.parametrize("draft", [{}, {"_draft": "1"}])
@pytest.mark.parametrize(("content", "name"), [(b"Anteckningar", "mer.txt"), (b"a;b", "lista.csv")])
def test_a_kind_that_the_question_does_not_take_is_refused_and_nothing_is_saved(
    world: World, browser: Browser, draft: dict[str, str], content: bytes, name: str
) -> None:
    sent = {"version": "0", "schedule_files": (io.BytesIO(content), name), **draft}
    with world.untouched():
        answer = browser("karin").post(f"/tasks/{world.places['ours'].task}", data=sent)
    assert answer.status_code == 422
    assert f"Filen {name} är av en sort som frågan inte tar emot." in answer.text
    assert "Spara den som PDF, Word, Excel, PNG eller JPG." in answer.text


def test_a_kind_that_the_question_takes_is_kept(world: World, browser: Browser) -> None:
    sent = {"version": "0", "_draft": "1", "schedule_files": (io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "tid.pdf")}
    browser("karin").post(f"/tasks/{world.places['ours'].task}", data=sent)
    with world.ctx.read() as session:
        assert session.scalars(select(FileRow.name).order_by(FileRow.id.desc())).first() == "tid.pdf"


def test_a_file_for_a_step_that_somebody_closed_is_not_kept(world: World, browser: Browser) -> None:
    handed = world.places["ours"].handed
    sent = {"version": "0", "schedule_files": (io.BytesIO(b"Anteckningar"), "mer.txt")}
    with world.untouched():
        assert browser("karin").post(f"/tasks/{handed}", data=sent).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("axel", 403), ("rut", 403), ("ada", 404), ("frida", 404), ("mats", 303)])
def test_who_only_reads_a_project_adds_no_file_to_it(world: World, browser: Browser, who: str, status: int) -> None:
    address = f"/projects/{world.places['ours'].project}/files"
    before = world.dump()
    answer = browser(who).post(address, data={"file": (io.BytesIO(b"Anteckningar"), "mer.txt")})
    assert answer.status_code == status
    assert (world.dump() == before) is (status != 303)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_without_what_could_do_harm(world: World, browser: Browser, name: str) -> None:
    karin, project = browser("karin"), world.places["ours"].project
    sent = karin.post(f"/projects/{project}/files", data={"file": (io.BytesIO(b"Anteckningar"), name)})
    assert sent.status_code == 303
    with world.ctx.read() as session:
        assert session.scalars(select(FileRow.name).order_by(FileRow.id.desc())).first() == NAMES[name]
    page = karin.get(f"/projects/{project}").text
    assert "<img src=x" not in page
    assert not list(world.var.rglob("passwd*")) and not list(world.var.rglob("*.txt"))


def test_a_file_comes_back_as_a_download_that_runs_nowhere(world: World, browser: Browser) -> None:
    karin, place = browser("karin"), world.places["ours"]
    answer = karin.get(f"/projects/{place.project}/files/{place.file}")
    assert answer.data == b"Anteckningar"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="minnen.txt"')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "name", ['a\\"; X-Evil: yes; b=\\".txt', "a%22%0D%0AX-Evil: yes.txt", "..\\\\..\\\\a.txt", "a\tX-Evil: yes.txt"]
)
def test_a_name_cannot_add_a_header(world: World, browser: Browser, name: str) -> None:
    karin, project = browser("karin"), world.places["ours"].project
    body = (
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: text/html\r\n\r\nAnteckningar\r\n--x--\r\n"
    )
    sent = karin.post(f"/projects/{project}/files", data=body.encode(), content_type="multipart/form-data; boundary=x")
    assert sent.status_code == 303
    with world.ctx.read() as session:
        file: str = session.scalars(select(FileRow.id).order_by(FileRow.id.desc())).first() or ""
    answer = karin.get(f"/projects/{project}/files/{file}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    assert "X-Evil" not in answer.headers
    said = answer.headers["Content-Disposition"]
    assert said.count('"') == 2 and "\n" not in said and said.startswith('attachment; filename="')


def test_a_file_is_found_only_under_its_own_project_and_by_who_sees_it(world: World, browser: Browser) -> None:
    ours, theirs = world.places["ours"], world.places["theirs"]
    karin, office = browser("karin"), browser("ulla")
    for address in (
        f"/projects/{theirs.project}/files/{theirs.file}",
        f"/projects/{ours.project}/files/{theirs.file}",
        f"/projects/{theirs.project}/files/{ours.file}",
        f"/projects/{ours.project}/files/..%2f..%2fstyr.sqlite",
        f"/projects/{ours.project}/files/%00",
        f"/projects/{ours.project}/files/{'0' * 32}",
    ):
        assert karin.get(address).status_code == 404, address
    assert office.get(f"/projects/{theirs.project}/files/{theirs.file}").status_code == 200
    assert office.get(f"/projects/{ours.project}/files/{theirs.file}").status_code == 404


def test_a_step_takes_no_reference_to_a_file_of_another_project(world: World, browser: Browser) -> None:
    """The id of somebody else's file, typed in by hand, is no way to read its name."""
    theirs, plan = world.places["theirs"], world.places["ours"].task
    answer = browser("karin").post(
        f"/tasks/{plan}", data={"version": "0", "_draft": "1", "schedule_files": theirs.file}, follow_redirects=True
    )
    assert "minnen.txt" not in answer.text
    assert answer.status_code in {200, 404}


def test_the_same_bytes_lie_there_once_and_stay_when_one_project_is_told_no(world: World, browser: Browser) -> None:
    karin, project = browser("karin"), world.places["ours"].project
    before = world.files()
    for name in ("ett.txt", "två.txt"):
        karin.post(f"/projects/{project}/files", data={"file": (io.BytesIO(b"Anteckningar"), name)})
    assert world.files() == before
    karin.post(f"/projects/{project}/files", data={"file": (io.BytesIO(b"Anteckningar"), "ond.exe")})
    assert world.files() == before
