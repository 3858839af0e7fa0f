"""Files: what is taken in lies under its digest for good; what is refused leaves nothing."""

from __future__ import annotations

import errno
import io
import os
import threading
from pathlib import Path

import pytest

from tests.kernel.test_file_kinds import LIMIT, PDF, keep, left
from workflows.kernel import files
from workflows.kernel.errors import NotFound, StorageFull
from workflows.kernel.file_refusals import (
    FileTooLarge,
)
from workflows.kernel.files import StoredFile, is_intact, open_file, path_of, store


def test_upload_stops_at_the_first_byte_too_many(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(FileTooLarge):
        store(tmp_path, stream, name="stor.txt", limit=1_000_000)  # type: ignore[arg-type]  # raw, not buffered
    assert stream.given <= 1_000_000 + 2 * files.CHUNK
    assert left(tmp_path) == []


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(10) or self.fail()

        @staticmethod
        def fail() -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store(tmp_path, Broken(b"x" * 100), name="a.txt", limit=LIMIT)
    assert left(tmp_path) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_full_disk_is_said_to_be_full_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageFull):
        keep(tmp_path, PDF, "plan.pdf")
    assert left(tmp_path) == []


def test_the_same_content_lies_there_once(tmp_path: Path) -> None:
    first, second = keep(tmp_path, PDF, "ett.pdf"), keep(tmp_path, PDF, "två.pdf")
    assert (first.digest, first.name, second.name) == (second.digest, "ett.pdf", "två.pdf")
    assert len(left(tmp_path)) == 1


def test_many_uploads_of_the_same_file_at_once_leave_one(tmp_path: Path) -> None:
    found = list[StoredFile]()
    threads = [threading.Thread(target=lambda: found.append(keep(tmp_path, PDF, "a.pdf"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({file.digest for file in found}) == 1
    assert (len(found), len(left(tmp_path))) == (8, 1)


def test_a_changed_or_missing_file_is_not_intact(tmp_path: Path) -> None:
    file = keep(tmp_path, PDF, "plan.pdf")
    assert is_intact(tmp_path, file.digest, size=file.size)
    assert not is_intact(tmp_path, file.digest, size=file.size + 1)
    path = path_of(tmp_path, file.digest)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    assert not is_intact(tmp_path, file.digest, size=len(b"something else"))
    path.unlink()
    assert not is_intact(tmp_path, file.digest, size=file.size)
    assert not is_intact(tmp_path, "no digest", size=file.size)


def test_bytes_of_our_own_are_kept_too(tmp_path: Path) -> None:
    file = files.keep(tmp_path, PDF, name="beslut.pdf", media_type="application/pdf")
    assert file == keep(tmp_path, PDF, "beslut.pdf")


@pytest.mark.parametrize("digest", ["", "..", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n"])
def test_what_is_no_digest_is_not_found(tmp_path: Path, digest: str) -> None:
    with pytest.raises(NotFound):
        open_file(tmp_path, digest)


def test_a_digest_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_file(tmp_path, "a" * 64)


def test_what_dead_uploads_left_is_removed_when_it_is_old(tmp_path: Path) -> None:
    place = tmp_path / files.UNFINISHED
    place.mkdir()
    old, new = place / "old", place / "new"
    for path, age in ((old, 1000.0), (new, 2000.0)):
        path.touch()
        os.utime(path, (age, age))
    assert files.forget_unfinished(tmp_path, before=1500.0) == 1
    assert left(tmp_path) == [new]
    assert files.forget_unfinished(tmp_path / "nowhere", before=1500.0) == 0
