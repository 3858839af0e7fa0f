"""Remove the bytes that no row names: what an upload left whose record could not be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from sqlalchemy import select, union

from workflows.governance.tables import FileRow, PaperRow
from workflows.kernel import files
from workflows.kernel.context import Context
from workflows.kernel.errors import StyrError

_BATCH = 200
"""So many files are looked up at once, so that nobody waits long for the lock."""


@contextmanager
def named_or_removed(ctx: Context, digest: str) -> Iterator[None]:
    """Remove a kept file at once when the block fails that was to name it; what cannot be now is removed at night."""
    try:
        yield
    except Exception:
        with suppress(StyrError, OSError):
            _remove_unnamed(ctx, [digest])
        raise


def remove_old_unnamed(ctx: Context, before: float) -> int:
    """Remove the files that no row names and nobody has kept since `before` (seconds since 1970); return how many.

    The age spares an upload under way: its bytes lie in their place before its row is written.
    """
    old = list(files.old_files(ctx.files, before))
    return sum(_remove_unnamed(ctx, old[start : start + _BATCH]) for start in range(0, len(old), _BATCH))


def _remove_unnamed(ctx: Context, digests: Sequence[str]) -> int:
    """Remove these files unless a row names them. No row is written meanwhile, and each write looks for its bytes."""
    with ctx.write() as session:
        rows = [select(table.digest).where(table.digest.in_(digests)) for table in (FileRow, PaperRow)]
        unnamed = set(digests).difference(session.scalars(union(*rows)))
        for digest in unnamed:
            files.remove(ctx.files, digest)
    return len(unnamed)
