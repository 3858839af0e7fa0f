"""A file that is no scenario is refused with its name, its step and the reason."""

from __future__ import annotations

import pytest

from workflows.models import ScenariosRefused, read_scenarios
from workflows.models.strict_yaml import MAX_BYTES

VERBS = "do, until, decide, wait, send, facts, cancel, expect"
BESIDE_DO = "do, note, item, at, by, every, refused, with"
EXPECTATIONS = "Här kan stå open, open_has, closed, due, gates, variables, effects, phase, passed, end, ended."
KEYS = "title, process, start, facts, roles, usual, steps, expect"


def refused(data: bytes | str, *, name: str = "prov.yaml") -> list[str]:
    data = data.encode() if isinstance(data, str) else data
    with pytest.raises(ScenariosRefused) as error:
        read_scenarios({f"scenarios/{name}": data})
    return [finding.sentence.removeprefix(f"scenarios/{name}: ") for finding in error.value.findings]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: A\nsteps: [{do: a, wait: P1D}]", f"steg 1: Ska ha precis en av {VERBS}."),
        ("title: A\nsteps: [{}]", f"steg 1: Ska ha precis en av {VERBS}."),
        ("title: A\nsteps: [{decide: g1, with: {target: x}}]", "steg 1 (with): outcome saknas."),
        ("title: A\nsteps: [{do: a, mode: single}]", f"steg 1: mode hör inte hit. Här kan stå {BESIDE_DO}."),
        ("title: A\nsteps: [{wait: P5}]", "steg 1 (wait): Fel form: ”P5”."),
        ('title: A\nsteps: [{wait: "2026-02-31"}]', "steg 1 (wait): Fel form: ”2026-02-31”."),
        ("title: A\nsteps: [{wait: P99999D}]", "steg 1 (wait): Fel form: ”P99999D”."),
        ("title: A\nsteps: [{send: terminate}]", "steg 1: at saknas."),
        ("title: A\nsteps: [{cancel: false}]", "steg 1 (cancel): Ska vara ”true”, inte ”false”."),
        ("title: A\nsteps: [{expect: {opens: []}}]", f"steg 1 (expect): opens känns inte igen. {EXPECTATIONS}"),
        ("title: A", "steps saknas."),
        ("steps: []", "title saknas."),
        ("title: 7\nsteps: []", "title: Ska vara text, inte ”7”."),
        ("title: A\nsteps: []\nstep: 1", f"step känns inte igen. Här kan stå {KEYS}."),
        ("- a", "Ska vara namn med värden, inte ”[\"a\"]”."),
        ("", "Ska vara namn med värden, inte ”null”."),
    ],
)  # fmt: skip
def test_what_the_format_does_not_know_is_named(text: str, said: str) -> None:
    assert refused(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: A\nsteps: [{wait: 2026-02-03}]", 'steps/1/wait: skriv dagen inom citattecken: "2026-02-03".'),
        ("title: A\nfacts: {x: .inf}\nsteps: []", "facts/x: talet har inget slut."),
        ("title: A\nfacts: {x: !!binary aGVq}\nsteps: []", "facts/x: bytes används inte här."),
        ("title: A\nfacts: {7: x}\nsteps: []", "facts: nyckeln 7 ska stå inom citattecken."),
        ("title: A\ntitle: B\nsteps: []", "Rad 1: En nyckel står två gånger."),
        ("title: &a A\nsteps: [{do: *a}]", "Rad 2: Alias (*) används inte här."),
        ("title: A\nsteps: " + "[" * 5000, "Rad 2: För många nivåer."),
    ],
)
def test_what_only_yaml_can_say_is_refused(text: str, said: str) -> None:
    assert refused(text) == [said]


@pytest.mark.parametrize(
    "data",
    [
        b"title: [",
        b"\xff\xfe\x00",
        b"title: A\x00",
        b"!!python/object/apply:os.system ['echo hej']",
        b"facts: {x: " + b"9" * 5000 + b"}",
        b"#" * (MAX_BYTES + 1),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_file(data: bytes) -> None:
    (sentence,) = refused(data)
    assert sentence


def test_every_broken_file_is_named() -> None:
    files = {"scenarios/a.yaml": b"title: A", "scenarios/b.yaml": b"[", "scenarios/_usual.yaml": b"need: 7"}
    with pytest.raises(ScenariosRefused) as error:
        read_scenarios(files)
    assert [finding.file for finding in error.value.findings] == sorted(files)


def test_files_that_begin_with_an_underscore_are_no_scenarios() -> None:
    assert read_scenarios({"scenarios/_notes.yaml": b"vad som helst"}) == ()
