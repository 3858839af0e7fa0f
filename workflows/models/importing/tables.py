"""Decision tables that came along: kept when our engine reads them, their inputs said in our names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from workflows.engine.decisions import DMN, read_decisions
from workflows.engine.errors import EngineRefused
from workflows.engine.safe_xml import Unreadable, read_xml
from workflows.models.importing.feel_writing import Written, to_value
from workflows.models.importing.foreign_expressions import NotUnderstood, names_in, read_expression
from workflows.models.importing.naming import Names, slug
from workflows.models.importing.rows import Place, Report

_OLDER = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
"""Namespaces of other versions; a plain decision table is the same in all of them."""

OURS = "authority"


@dataclass(slots=True, kw_only=True)
class Tables:
    """The tables by file as they will be called, and the outputs of each decision by its id."""

    report: Report
    roots: dict[str, etree._Element] = field(default_factory=dict)
    outputs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def take(self, name: str, content: bytes, names: Names) -> None:
        """Keep a file that our engine reads; tell why it is not kept otherwise."""
        try:
            root = read_xml(_newer(content), name)
            decisions = read_decisions(root)
        except Unreadable as error:
            self._refused(name, error.finding.message)
            return
        except EngineRefused as error:
            self._refused(name, error.findings[0].message)
            return
        if clash := sorted(decisions.keys() & {OURS, *self.outputs}):
            self._refused(name, f"Beslutet {clash[0]} finns redan.")
            return
        self.outputs |= {key: tuple(sorted(decision.outputs)) for key, decision in decisions.items()}
        self.roots[f"{names.free(slug(PurePosixPath(name).stem, 'table'))}.dmn"] = root

    def say_in_our_names(self, decision: str, ask: Callable[[tuple[str, ...]], str | None]) -> None:
        """Write the inputs of the file that holds a decision in our names; `ask` gives them."""
        for root in self.roots.values():
            keys = {element.get("id") for element in root.iterfind(f"{DMN}decision")}
            if decision not in keys:
                continue
            inside = keys | {element.get("name") for element in root.iterfind(f"{DMN}decision")}
            for text in root.iterfind(f".//{DMN}inputExpression/{DMN}text"):
                _write_input(text, ask, inside)

    def files(self) -> Mapping[str, bytes]:
        """Return the files."""
        return {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
            for name, root in self.roots.items()
        }

    def _refused(self, name: str, why: str) -> None:
        advice = "Rita tabellen igen under Beslutstabeller, i FEEL."
        self.report.lost(Place(file=name), f"En beslutstabell: {why}", "Den togs inte med.", advice)


def _write_input(text: etree._Element, written: Written, inside: Collection[str | None]) -> None:
    """Say an input in our names, unless it reads another decision of the file."""
    try:
        tree = read_expression(text.text or "")
    except NotUnderstood:
        return
    read = {path[0] for path in names_in(tree)}
    if read and not read & set(inside) and (said := to_value(tree, written)) is not None:
        text.text = said


def _newer(content: bytes) -> bytes:
    for namespace in _OLDER:
        content = content.replace(namespace.encode(), DMN.strip("{}").encode())
    return content


def authority(gate: str, role: str) -> bytes:
    """Return the table that says who decides: one role, alone, whatever the facts are."""
    return _AUTHORITY.format(gate=gate, role=role).encode()


_AUTHORITY = """\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="authority_definitions" name="Beslutsordning" namespace="urn:styr:model">
  <decision id="authority" name="Vem beslutar">
    <decisionTable id="authority_table" hitPolicy="FIRST">
      <input id="in_gate" label="Beslutspunkt">
        <inputExpression id="in_gate_expression"><text>gate.key</text></inputExpression>
      </input>
      <output id="out_decider" name="decider" typeRef="string" />
      <output id="out_mode" name="mode" typeRef="string" />
      <output id="out_legal_basis" name="legal_basis" typeRef="string" />
      <rule id="rule_{gate}">
        <inputEntry id="rule_{gate}_gate"><text>"{gate}"</text></inputEntry>
        <outputEntry id="rule_{gate}_decider"><text>"{role}"</text></outputEntry>
        <outputEntry id="rule_{gate}_mode"><text>"single"</text></outputEntry>
        <outputEntry id="rule_{gate}_legal_basis"><text>"internal"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""  # noqa: E501  # one long line of XML


def ids_in(content: bytes) -> Iterator[str]:
    """Yield the ids of a BPMN file of ours."""
    root = etree.fromstring(content)
    return (str(element.get("id")) for element in root.iter() if isinstance(element.tag, str) and element.get("id"))
