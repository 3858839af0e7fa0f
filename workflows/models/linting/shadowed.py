"""Rows on authority that never decide a gate, since rows above them take all that they are for.

A row for more gates than one, of which a gate has its own twin above, is no mistake: the particular stands before the
general. Nor is the last row for all gates where one gate never comes to it. Nor is a row that would have named
the same decider.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from workflows.models.comparing.swedish import joined
from workflows.models.deciders import Decider, DecidersUnreadable, DeciderTable, covers, read_deciders, row_name
from workflows.models.finding import Finding, Severity
from workflows.models.linting.parts import Parts

RULE = "row-shadowed"

MAX_COMPARED = 200_000
"""Rows held against rows, at all gates together; Härnösand's table has 125. A larger table is only tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadowed:
    """What to say, and the ids of the rows it is said of."""

    findings: tuple[Finding, ...] = ()
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shadow:
    """`by` takes all that `row` is for; None where only several rows together do."""

    row: Decider
    by: Decider | None

    @property
    def always(self) -> bool:
        """Whether the row above holds whatever a project is like."""
        return self.by is not None and not self.by.tests

    @property
    def told_as(self) -> tuple[str, str]:
        """What one sentence is about: all rows below one that always holds are told at once."""
        return "" if self.always else self.row.id, self.by.id if self.by else ""


def shadowed(parts: Parts, file: str, gates: tuple[str, ...], held: Mapping[str, Set[str]] | None) -> Shadowed:
    """Return what to say of a table on authority of which the first row that holds decides.

    The attribute of a finding holds the keys of its gates, with spaces between.

    `held` are the ids of the rows that held at each gate in some trial; None when not all could be tried.
    """
    try:
        table = read_deciders(parts.files[file], path=file)
    except DecidersUnreadable:
        return Shadowed()
    if not table.first or len(table.rows) ** 2 * len(gates) > MAX_COMPARED:
        return Shadowed()
    found: dict[tuple[str, str], tuple[_Shadow, list[str]]] = {}
    rows: set[str] = set()
    for gate in parts.gates_in_order(gates):
        for shadow in _of_gate(table, gate, None if held is None else held.get(gate, frozenset())):
            found.setdefault(shadow.told_as, (shadow, []))[1].append(gate)
            rows.add(shadow.row.id)
    findings = (_finding(parts, file, table, shadow, at) for shadow, at in found.values())
    return Shadowed(findings=tuple(findings), rows=frozenset(rows))


def _of_gate(table: DeciderTable, gate: str, held: Set[str] | None) -> Iterator[_Shadow]:
    above: list[Decider] = []
    for row in table.for_gate(gate):
        by = next((one for one in above if covers(one, row, gate=gate)), None)
        above.append(row)
        if by is None and (held is None or row.id in held):
            continue
        harmless = by is not None and (_is_particular(by, row, gate) or _is_same(by, row, gate))
        if not _is_general(row, gate) and not harmless:
            yield _Shadow(row=row, by=by)


def _is_general(row: Decider, gate: str) -> bool:
    """Tell whether a row is what holds at all gates where nothing else does."""
    return not row.tests and row.gates is not None and not row.gates.only(gate)


def _is_particular(by: Decider, row: Decider, gate: str) -> bool:
    """Tell whether `by` says for one gate what `row`, under the same conditions, says for it and others."""
    alone = by.gates is not None and by.gates.only(gate)
    return alone and by.tests == row.tests and not (row.gates is not None and row.gates.only(gate))


def _is_same(by: Decider, row: Decider, gate: str) -> bool:
    """Tell whether a row for other gates too would have given this gate the decider that it has anyway."""
    shared = row.gates is not None and not row.gates.only(gate)
    return shared and (row.decider, row.mode) == (by.decider, by.mode)


def _finding(parts: Parts, file: str, table: DeciderTable, shadow: _Shadow, gates: list[str]) -> Finding:
    roles = {role.key: role.label["sv"] for role in parts.model.roles}
    at = joined(dict.fromkeys(parts.gate_name(gate) for gate in gates))
    row = f"raden ”{row_name(table, shadow.row, roles)}”"
    if shadow.by is None:
        told = f"{row} används aldrig, för raderna ovanför gäller i alla sådana fall. Flytta upp eller ta bort den."
    else:
        by = f"raden ”{row_name(table, shadow.by, roles)}”"
        told = (
            f"{by} gäller alltid, så raderna under den används aldrig. "
            "Flytta den under raderna med villkor, eller ge den ett villkor."
            if shadow.always
            else f"{row} används aldrig, för {by} står ovanför och gäller i alla sådana fall. "
            "Flytta upp den eller ändra dess villkor."
        )
    meant = shadow.by if shadow.by is not None and shadow.always else shadow.row
    return Finding(
        rule=RULE,
        file=file,
        element=meant.id,
        attribute=" ".join(dict.fromkeys(gates)),
        message=f"{at}: {told}",
        severity=Severity.WARNING,
    )
