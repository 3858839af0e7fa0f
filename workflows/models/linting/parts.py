"""What the rules look at: a bundle that can be read, with its diagram when that can be run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from forms.checklist import Checklist
from forms.tree import Form, Group, Keyed, Rows, keyed
from workflows import engine
from workflows.engine import EngineRefused, Executable
from workflows.models.bundle import Definitions
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.finding import Finding
from workflows.models.model import Model

MODEL = "model.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A bundle's parts by key. `diagram` is None when the engine refuses the diagrams."""

    files: Mapping[str, bytes]
    model: Model
    forms: Mapping[str, Form]
    checklists: Mapping[str, Checklist]
    diagram: Executable | None

    def names_of(self, key: str) -> frozenset[str] | None:
        """Return the fields that a form or checklist declares at the top; None when there is no such form."""
        if key in self.forms:
            return self.forms[key].names
        return self.checklists[key].names if key in self.checklists else None

    def called(self, key: str) -> str:
        """Return what people call a form or checklist, quoted; its key when it has no title."""
        named = self.forms.get(key) or self.checklists.get(key)
        return f"”{named.title.sv if named is not None and named.title.sv else key}”"

    def role_name(self, key: str | None) -> str:
        """Return what people call a role; its key when the model has none of that key."""
        label = next((role.label["sv"] for role in self.model.roles if role.key == key), None)
        return label.lower() if label else key or "ingen"

    @property
    def names(self) -> Lexicon:
        """What people call what expressions speak of; made anew each time, and read only as far as it is asked."""
        return Lexicon(files=self.files)

    def gate_name(self, key: str) -> str:
        """Return what people call a gate where space is short; its key when the model has none of that key."""
        return next((gate.short["sv"] for gate in self.model.gates if gate.key == key), key)

    def gates_in_order(self, keys: Collection[str]) -> list[str]:
        """Return gates in the order of the model; those it does not tell of come last."""
        known = [gate.key for gate in self.model.gates if gate.key in keys]
        return [*known, *(key for key in keys if key not in known)]

    def is_list(self, reference: str) -> bool:
        """Tell whether `<form>.<path>` names a list of rows."""
        return isinstance(self._node(reference), Rows)

    def rows_fields(self, reference: str) -> frozenset[str]:
        """Return the fields of the rows that a reference names."""
        node = self._node(reference)
        return (
            frozenset(field.key for field in keyed(node.nodes) if field.key) if isinstance(node, Rows) else frozenset()
        )

    def missing(self, reference: str) -> str | None:
        """Say what is not there of `<form>.<path>`; None when all of it is."""
        form, _, path = reference.partition(".")
        if self.names_of(form) is None:
            return f"Formuläret {form} finns inte i modellen."
        if form in self.checklists:
            title = self.checklists[form].title.sv or form
            return None if path in self.checklists[form].by_id else f"Checklistan {title} har ingen fråga {path}."
        title = self.forms[form].title.sv or form
        return None if self._node(reference) else f"Formuläret {title} har inget fält som heter ”{path}”."

    def _node(self, reference: str) -> Keyed | None:
        """Find the node that a dotted path of groups names."""
        form, _, path = reference.partition(".")
        nodes = self.forms[form].nodes if form in self.forms else ()
        found: Keyed | None = None
        for key in path.split("."):
            found = next((node for node in keyed(nodes) if node.key == key), None)
            nodes = found.nodes if isinstance(found, Group) else ()
        return found


def parts_of(read: Definitions) -> Parts:
    """Put the parts together; what the engine refuses is told by its own rules."""
    try:
        diagram = engine.compile(read.files, process=read.model.process)
    except EngineRefused:
        diagram = None
    return Parts(files=read.files, model=read.model, forms=read.forms, checklists=read.checklists, diagram=diagram)


def in_model(rule: str, element: str, message: str) -> Finding:
    """Return a finding about `model.json`; `element` is the place there."""
    return Finding(rule=rule, file=MODEL, element=element, message=message)


def numbered(rule: str, pairs: Iterator[tuple[str, str | None]]) -> Iterator[Finding]:
    """Yield a finding for each (place, sentence) that has a sentence."""
    return (in_model(rule, place, message) for place, message in pairs if message is not None)
