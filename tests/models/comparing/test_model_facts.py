"""What is said when `model.json` changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.models.comparing.changing import MODEL, compared, only, with_json
from workflows.models.comparing import Area, Weight, What, compare

MODEL_FILE = "model.json"


@pytest.mark.parametrize(
    ("change", "sentence", "weight"),
    [
        (
            lambda raw: raw["roles"][9].update(label={"sv": "Controller", "en": "Controller"}),
            "Rollen ”Ekonom” heter nu ”Controller”.",
            Weight.WORDING,
        ),
        (
            lambda raw: raw["roles"][9].update(scope="project"),
            "Rollen Ekonom utses nu i projektet.",
            Weight.DECIDES,
        ),
        (
            lambda raw: raw["gates"][1]["documents"].remove("person_contract"),
            "Dokumentet Personkontrakt ingår inte längre i underlaget till BP2.",
            Weight.DUTY,
        ),
        (
            lambda raw: raw["gates"][1]["checklists"].append("c2_preparation"),
            "BP2 prövas nu mot checklistan Förberedelse.",
            Weight.DUTY,
        ),
        (
            lambda raw: raw["gates"][2]["rework_to"].reverse(),
            "Komplettera vid BP3 leder nu tillbaka till fasen Planering, om inget annat väljs.",
            Weight.DUTY,
        ),
        (
            lambda raw: raw["gates"][1]["statement"].update(sv="Planen håller."),
            "Beslutsmeningen vid BP2 har ny lydelse.",
            Weight.WORDING,
        ),
        (
            lambda raw: raw["phases"][2].update(checklist="c2_preparation"),
            "Fasen Planering avslutas nu med checklistan Förberedelse.",
            Weight.DUTY,
        ),
        (
            lambda raw: raw["holders"].update(sponsor=["organisation.sponsor"]),
            "Vem som är beställaren bestäms nu av ”Beställare” i formuläret Organisation.",
            Weight.DECIDES,
        ),
        (
            lambda raw: raw["prefill"].pop("status_report.budget"),
            "Fältet ”Budget” i formuläret Statusrapport börjar nu tomt.",
            Weight.DUTY,
        ),
        (
            lambda raw: raw["ends"].update(project_stopped="rejected"),
            "Slutet ”Projektet avbrutet och avvecklat” gör nu projektet avslaget.",
            Weight.DUTY,
        ),
    ],
)
def test_a_fact_of_the_model_is_said_in_a_sentence(
    change: Callable[[Any], object], sentence: str, weight: Weight
) -> None:
    row = only(with_json(MODEL_FILE, change))
    assert (row.sentence, row.weight) == (sentence, weight)


def test_a_new_phase_with_a_gate_is_told_together() -> None:
    def add(raw: Any) -> None:
        raw["boxes"].append({"number": 5, "label": {"sv": "Upphandling"}})
        raw["phases"].append({"key": "procurement", "box": 5, "label": {"sv": "Upphandling"}})
        gate = {**raw["gates"][1], "key": "bp2b", "box": 5, "short": {"sv": "BP2b"}, "statement": {"sv": "Köp."}}
        raw["gates"].append(gate)

    rows = compared(with_json(MODEL_FILE, add)).changes
    said = {row.sentence: (row.area, row.what) for row in rows}
    assert said["Ny fas Upphandling med beslutspunkten BP2b."] == (Area.MODEL, What.ADDED)
    assert said["Ny beslutspunkt BP2b: ”Köp”."] == (Area.GATE, What.ADDED)


def test_boxes_that_only_moved_along_change_nobody_s_work() -> None:
    def put_in(raw: Any) -> None:
        for one in [*raw["boxes"], *raw["phases"], *raw["gates"]]:
            key = "number" if "number" in one else "box"
            one[key] += one[key] > 2
        raw["boxes"].insert(2, {"number": 3, "label": {"sv": "Upphandling"}})

    rows = compared(with_json(MODEL_FILE, put_in)).changes
    assert [(row.sentence, row.weight) for row in rows] == [
        ("Ny fasruta Upphandling.", Weight.DUTY),
        ("Fasrutan Genomförande har nummer 4 i stället för 3.", Weight.LAYOUT),
        ("Fasrutan Uppföljning – Avslut har nummer 5 i stället för 4.", Weight.LAYOUT),
    ]


def test_the_order_of_phases_is_one_quiet_row() -> None:
    row = only(with_json(MODEL_FILE, lambda raw: raw["phases"].insert(0, raw["phases"].pop(3))))
    assert (row.sentence, row.weight) == ("Faserna står i en annan ordning.", Weight.LAYOUT)


def test_a_null_left_out_is_no_change() -> None:
    after = with_json(MODEL_FILE, lambda raw: [gate.pop("of") for gate in raw["gates"] if gate["of"] is None])
    assert compare(MODEL, after).changes == ()
    assert compare(MODEL, after).rewritten == (MODEL_FILE,)
