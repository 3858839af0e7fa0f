"""Names by which people tell the phases and the gates of a model apart."""

from __future__ import annotations

from workflows.models.editing.errors import NameTaken
from workflows.models.editing.work import Work


def require_own_name(work: Work, part: str, said: str, name: str, *, field: str, key: str = "") -> None:
    """Refuse a name that another than `key` has: `part` is phases or gates, `said` label or short.

    Upper and lower case are one, as they are to whoever reads. Raises NameTaken.
    """
    wanted = _plain(name)
    for one in work.value(part):
        if one["key"] != key and _plain(one[said]["sv"]) == wanted:
            raise NameTaken(field=field, name=one[said]["sv"])


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
