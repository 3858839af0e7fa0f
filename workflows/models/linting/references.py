"""What `model.json` names in forms, checklists, registers and roles exists, and is of the right kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from forms.feel import FeelError, names, parse
from workflows.models.facts import ANSWERED, SUBJECT
from workflows.models.finding import Finding
from workflows.models.linting.parts import Parts, in_model, numbered


def check(parts: Parts) -> Iterator[Finding]:
    """Return what `model.json` names and nothing has."""
    for rule in (_fields, _about, _known_names, _lists, _documents, _gates, _phases, _roles, _closing):
        yield from rule(parts)


def _fields(parts: Parts) -> Iterator[Finding]:
    """Every `<form>.<field>` is asked for."""
    return numbered("unknown-field", ((place, parts.missing(named)) for place, named in _named(parts)))


def _named(parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield every reference to a field and the place it stands at."""
    model = parts.model
    for kind, single in (("subject", model.subject), ("registers", model.registers), ("prefill", model.prefill)):
        yield from ((f"{kind}/{name}", source) for name, source in single.items())
    for kind, several in (("facts", model.facts), ("holders", model.holders), ("held", model.held)):
        yield from ((f"{kind}/{name}", source) for name, sources in several.items() for source in sources)
    yield from ((f"prefill/{target}", target) for target in model.prefill)
    yield from (
        (f"about/{form}", source) for form, sources in model.about.items() for source in sources if "." in source
    )
    yield from ((f"money/{number}", row.field) for number, row in enumerate(model.money, 1))
    yield from ((f"risks/{number}", source) for number, source in enumerate(model.risks, 1))


def _about(parts: Parts) -> Iterator[Finding]:
    """A form is about forms and checklists that the model has."""
    for form, sources in parts.model.about.items():
        for key in (form, *(source for source in sources if "." not in source)):
            if parts.names_of(key) is None:
                yield in_model("unknown-form", f"about/{form}", f"Formuläret {key} finns inte i modellen.")


def _known_names(parts: Parts) -> Iterator[Finding]:
    """The project has only some facts and columns that forms can fill."""
    for kind, given, known in (("facts", parts.model.facts, ANSWERED), ("subject", parts.model.subject, SUBJECT)):
        for name in sorted(set(given) - known):
            message = f"{name} finns inte. Här kan stå {', '.join(sorted(known))}."
            yield in_model(f"unknown-{kind}", f"{kind}/{name}", message)


def _lists(parts: Parts) -> Iterator[Finding]:
    """Registers and risks come from lists of rows."""
    places = [(f"registers/{name}", source) for name, source in parts.model.registers.items()]
    places += [(f"risks/{number}", source) for number, source in enumerate(parts.model.risks, 1)]
    for place, source in places:
        if parts.missing(source) is None and not parts.is_list(source):
            yield in_model("not-a-list", place, f"{source} är ingen lista med rader.")
    firsts = [name[0] for name in parts.model.registers]
    if len(set(firsts)) < len(firsts):
        message = "Två register börjar på samma bokstav, och raderna skulle få samma nycklar. Byt namn på ett."
        yield in_model("register-letter", "registers", message)


def _documents(parts: Parts) -> Iterator[Finding]:
    """A document has a form, a register that exists, and a condition that reads the form's own fields."""
    seen: set[str] = set()
    for document in parts.model.documents:
        place = f"documents/{document.key}"
        if document.key in seen:
            yield in_model("duplicate-key", place, f"Nyckeln {document.key} används två gånger.")
        seen.add(document.key)
        if document.form not in parts.forms:
            yield in_model("unknown-form", place, f"Formuläret {document.form} finns inte i modellen.")
        if document.register is not None and document.register not in parts.model.registers:
            yield in_model("unknown-register", place, f"Registret {document.register} finns inte.")
        if document.when is not None:
            yield from _condition(parts, place, document.form, document.when)


def _condition(parts: Parts, place: str, form: str, condition: str) -> Iterator[Finding]:
    try:
        read = names(parse(condition))
    except FeelError as error:
        yield in_model("expression", place, f"Villkoret ”{condition}” går inte att läsa: {error}")
        return
    for name in sorted({path[0] for path in read} - (parts.names_of(form) or frozenset())):
        yield in_model("unknown-field", place, f"Formuläret {form} har inget fält {name}.")


def _gates(parts: Parts) -> Iterator[Finding]:
    """A gate names boxes, checklists, documents, phases and gates of the model."""
    model = parts.model
    known = {
        "checklists": set(parts.checklists),
        "documents": {document.key for document in model.documents},
        "rework_to": {phase.key for phase in model.phases},
    }
    words = {"checklists": "Checklistan", "documents": "Dokumentet", "rework_to": "Fasen"}
    boxes = {box.number for box in model.boxes}
    for gate in model.gates:
        place = f"gates/{gate.key}"
        for kind, allowed in known.items():
            for name in getattr(gate, kind):
                if name not in allowed:
                    yield in_model(f"unknown-{kind}", place, f"{words[kind]} {name} finns inte i modellen.")
        if gate.box not in boxes:
            yield in_model("unknown-box", place, f"Fasruta {gate.box} finns inte.")
        if gate.of is not None and gate.of not in {other.key for other in model.gates} - {gate.key}:
            yield in_model("unknown-gate", place, f"Beslutspunkten {gate.of} finns inte.")
        if "rework" in gate.outcomes and not gate.rework_to:
            yield in_model("unknown-rework_to", place, "Komplettering behöver minst en fas i rework_to.")


def _phases(parts: Parts) -> Iterator[Finding]:
    """A phase stands in a box and has a checklist that exists; a box has a phase."""
    model = parts.model
    boxes = {box.number for box in model.boxes}
    for phase in model.phases:
        place = f"phases/{phase.key}"
        if phase.box not in boxes:
            yield in_model("unknown-box", place, f"Fasruta {phase.box} finns inte.")
        if phase.checklist is not None and phase.checklist not in parts.checklists:
            yield in_model("unknown-checklists", place, f"Checklistan {phase.checklist} finns inte i modellen.")
    for number in sorted(boxes - {phase.box for phase in model.phases}):
        yield in_model("empty-box", f"boxes/{number}", f"Fasruta {number} har ingen fas.")


def _roles(parts: Parts) -> Iterator[Finding]:
    """Duties and holders name roles; an item's role names a field of a register's rows."""
    model = parts.model
    keys = {role.key for role in model.roles}
    duties = {name: getattr(model.duties, name) for name in model.duties.__slots__}
    named = [
        *((f"duties/{name}", role) for name, role in duties.items()),
        *((f"holders/{r}", r) for r in model.holders),
        *((f"held/{r}", r) for r in model.held),
    ]
    for place, role in named:
        if role not in keys:
            yield in_model("unknown-role", place, f"Rollen {role} finns inte i modellen.")
    columns = frozenset().union(*(parts.rows_fields(source) for source in model.registers.values()))
    for role in model.roles:
        if role.field is not None and role.field not in columns:
            yield in_model("unknown-field", f"roles/{role.key}", f"Inget register har ett fält {role.field}.")


def _closing(parts: Parts) -> Iterator[Finding]:
    """Exactly one gate closes the project, and its keys are told apart."""
    closing = [gate.key for gate in parts.model.gates if gate.closing]
    if len(closing) != 1:
        yield in_model("closing-gate", "gates", "Precis en beslutspunkt ska avsluta projektet (closing).")
    for kind in ("gates", "phases", "roles"):
        keys = Counter(row.key for row in getattr(parts.model, kind))
        for key in sorted(key for key, count in keys.items() if count > 1):
            yield in_model("duplicate-key", f"{kind}/{key}", f"Nyckeln {key} används två gånger.")
