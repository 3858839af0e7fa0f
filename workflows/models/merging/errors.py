"""What merging refuses, and what to do instead."""

from __future__ import annotations

from workflows.kernel.errors import StyrError, _l


class CannotMerge(StyrError):
    """One of the versions is no diagram that can be read part by part."""

    status = 422
    code = "cannot_merge"
    message = _l("Ändringarna går inte att föra ihop här. Ta den andras version, eller ladda ned din.")
