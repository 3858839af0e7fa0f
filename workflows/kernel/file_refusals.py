"""Why a file is not taken in, in words that say what to do instead."""

from __future__ import annotations

from workflows.kernel.errors import StyrError, _l


class FileRefused(StyrError):
    """A file that is not taken in; its message says why and what to do."""

    status = 422
    code = "file_refused"
    message = _l("Filen går inte att ta emot.")


class FileEmpty(FileRefused):
    """A file of no bytes."""

    code = "file_empty"
    message = _l("Filen {name} är tom. Välj en fil med innehåll.")


class FileTooLarge(FileRefused):
    """More bytes than the installation takes; `limit` is in MB."""

    status = 413
    code = "file_too_large"
    message = _l("Filen {name} är större än {limit} MB. Dela upp den eller spara den mindre.")


class FileKindRefused(FileRefused):
    """A kind that is not on the list."""

    code = "file_kind"
    message = _l(
        "Filen {name} är av en sort som inte tas emot. Spara den som PDF, Word, Excel, PowerPoint, "
        "OpenDocument, PNG, JPG, text eller CSV."
    )


class FileNotWanted(FileRefused):
    """A kind that is taken in elsewhere, but not by this question; `kinds` are those that are."""

    code = "file_not_wanted"
    message = _l("Filen {name} är av en sort som frågan inte tar emot. Spara den som {kinds}.")


class FileNameDisagrees(FileRefused):
    """The name says one kind, the content another."""

    code = "file_name"
    message = _l("Filen {name} har ett annat innehåll än namnet säger. Spara om den i rätt format.")


class FileHasMacros(FileRefused):
    """A document with programs in it."""

    code = "file_macros"
    message = _l("Filen {name} innehåller makron. Spara den utan makron, eller som PDF.")


class FileUnpacksTooLarge(FileRefused):
    """A packed file that would unpack beyond all measure."""

    code = "file_bomb"
    message = _l("Filen {name} blir orimligt stor när den packas upp och tas inte emot.")


class FileBroken(FileRefused):
    """A packed file that cannot be read."""

    code = "file_broken"
    message = _l("Filen {name} är skadad och går inte att läsa. Spara om den och försök igen.")
