"""What a template prints: every decision is taken before, a macro only picks by `kind`."""

from __future__ import annotations

from dataclasses import dataclass

PICTURES = frozenset({"image/png", "image/jpeg"})
LONGEST_ENDING = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One choice; `chosen` is ticked. `tone` (ok, warn, bad) makes it a traffic light."""

    id: str
    value: str
    label: str
    help: str = ""
    tone: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that was uploaded before: its reference and the name people know it by."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A stored file as a page shows it. `id` is what its address is made of, "" for an example that leads nowhere."""

    id: str
    name: str
    media_type: str
    size: int

    @property
    def kind(self) -> str:
        """The sort of file by its ending: "PDF", "PNG"."""
        _, dot, ending = self.name.rpartition(".")
        return ending.upper() if dot and len(ending) <= LONGEST_ENDING and ending.isalnum() else ""

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it as it is."""
        return self.media_type in PICTURES


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row of a list; `remove` is the value of its remove button, "" when it stays."""

    number: int
    label: str
    children: tuple[FieldView, ...]
    remove: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One component of a page. `kind` picks the macro; what the kind does not use is empty.

    `inline` = two or three short choices that stand beside one another. `opens` = another field depends on this one.
    `documents` are files to read, `unseen` how many more were meant that are not there or not for this reader.
    The children of a `beside` stand in one row, each `span` sixteenths of it where one is given.
    """

    kind: str
    id: str = ""
    name: str = ""
    label: str = ""
    help: str = ""
    error: str = ""
    value: str = ""
    checked: bool = False
    options: tuple[OptionView, ...] = ()
    required: bool = False
    optional: bool = False
    readonly: bool = False
    disabled: bool = False
    hidden: bool = False
    opens: bool = False
    inline: bool = False
    input_type: str = "text"
    input_mode: str = ""
    autocomplete: str = ""
    width: str = ""
    unit: str = ""
    lines: int = 0
    max_length: int | None = None
    accept: str = ""
    multiple: bool = False
    kept: tuple[KeptFile, ...] = ()
    markdown: str = ""
    formal: bool = False
    children: tuple[FieldView, ...] = ()
    rows: tuple[RowView, ...] = ()
    add: str = ""
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    documents: tuple[DocumentView, ...] = ()
    unseen: int = 0
    span: int | None = None

    @property
    def described_by(self) -> str:
        """The value of aria-describedby: the ids of the help and error texts that are shown."""
        shown = [f"{self.id}-help"] * bool(self.help) + [f"{self.id}-error"] * bool(self.error)
        return " ".join(shown)
