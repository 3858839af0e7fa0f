"""The outcomes that `model.json` says a gate allows, set without touching anything else in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

import orjson

from workflows.models.model import read_model

_LIST = r'("outcomes"\s*:\s*)\[[^\]]*\]'


def tell_outcomes(content: bytes, *, gate: str, outcomes: Sequence[str]) -> bytes:
    """Return `model.json` with the outcomes of one gate. KeyError for an unknown gate; raises ModelRefused."""
    before = read_model(content)
    if list(before.gate(gate).outcomes) == list(outcomes):
        return content
    listed = ", ".join(f'"{outcome}"' for outcome in outcomes)
    text = content.decode()
    wanted = orjson.loads(content)
    for told in wanted["gates"]:
        if told["key"] == gate:
            told["outcomes"] = list(outcomes)
    # Objects of gates hold objects only as labels: the list that follows the key within the gate is its own.
    pattern = re.compile(rf'("key"\s*:\s*"{re.escape(gate)}"(?:(?!"key"\s*:).)*?){_LIST}', re.S)
    for found in pattern.finditer(text):
        changed = f"{text[: found.start()]}{found[1]}{found[2]}[{listed}]{text[found.end() :]}".encode()
        if orjson.loads(changed) == wanted:
            return changed
    return orjson.dumps(wanted, option=orjson.OPT_INDENT_2) + b"\n"
