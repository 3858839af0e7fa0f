"""Compares files and papers, in the database and on the disk, with what the record says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from workflows.governance.papers import Source
from workflows.governance.tables import DecisionRow, DocumentRow, FileRow, PaperRow
from workflows.governance.verify_record import Broken, Record
from workflows.kernel import files
from workflows.kernel.files import StoredFile


def uploads(record: Record) -> Iterator[Broken]:
    """A file is the one that was added, on the disk too."""
    told = {event.body["file"]: event for event in record.told("add_file")}
    for row in record.rows(FileRow):
        event = told.pop(row.id, None)
        kept = {field.name: getattr(row, field.name) for field in fields(StoredFile)}
        named = event is not None and (
            {**kept, **{name: event.body[name] for name in kept if name in event.body}} == kept
            and (event.body["task"], event.at, event.actor) == (row.task, row.uploaded_at, row.uploaded_by)
        )
        if not named or not files.is_intact(record.ctx.files, row.digest, size=row.size):
            yield Broken(where=f"file {row.name}", problem="file")
    for event in told.values():
        yield Broken(where=f"file {event.body['name']}", problem="file")


def papers(record: Record) -> Iterator[Broken]:
    """A paper is of something on record, and its bytes are those that were rendered.

    No event names its digest: it can be made again at any time, and bears the digest of what it was made of.
    """
    of = {str(Source(decision=row.id)) for row in record.rows(DecisionRow)}
    of |= {str(Source(document=row.key, item=row.item, version=row.version)) for row in record.rows(DocumentRow)}
    for row in record.rows(PaperRow):
        if row.source not in of or not files.is_intact(record.ctx.files, row.digest, size=row.size):
            yield Broken(where=f"paper {row.source}", problem="paper")
