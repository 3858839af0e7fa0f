"""What a scenario shows and begins with: its title, first day, what is played, facts and people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.guards import designing
from app.designer.row_asks import AskKind, Kept, Part, Typed, select, text
from app.designer.row_facts import facts_part, read_facts
from app.designer.row_options import Known, known_at
from app.designer.row_show import show_parts
from app.designer.scenario_page import Opened, opened, save_rows
from app.designer.steps_words import role_options

LONGEST_TITLE = 300


@bp.route("/models/drafts/<draft_id>/scenarios/<name>/about", methods=["GET", "POST"])
@designing
def scenario_about(draft_id: str, name: str) -> ResponseReturnValue:
    """Change what a scenario begins with."""
    at = opened(draft_id, name)
    known = known_at(at.names, at.scenario, 0)
    if request.method != "POST":
        return _show(at, known, {})
    typed = Typed(form=request.form)
    head = _read(at, known, typed)
    if typed.errors:
        return make_response(_show(at, known, typed.errors), 422)
    what = gettext("Ändrade vad scenariot %(title)s börjar med", title=head["title"])
    return save_rows(at, at.steps, list(range(len(at.steps))), what, head=head)


def _parts(at: Opened, known: Known) -> tuple[Part, ...]:
    raw = at.raw
    usual = tuple(
        Kept(name=f"drop-usual-{node}", words=gettext("egna vanliga svar i %(step)s", step=at.names.element(node)))
        for node in raw.get("usual") or {}
    )
    start = str(raw.get("start") or "")
    asks = [
        text("title", gettext("Vad det visar"), raw["title"], gettext("En mening.")),
        text("start", gettext("Första dagen"), start[:10], gettext("Tomt: måndag 12 januari 2026."), AskKind.DATE),
    ]
    if len(processes := _processes(at)) > 1:
        asks.append(select("process", gettext("Vad som spelas"), processes, raw.get("process", "")))
    roles: Mapping[str, str] = raw.get("roles") or {}
    people = tuple(text(f"role-{key}", label, roles.get(key, "")) for key, label in role_options(at.names.bundle))
    hint = gettext("Skriv ett påhittat namn för den roll som en rad frågar efter. Tomt: ingen bestämd person.")
    return (
        Part(key="about", title=gettext("Scenariot"), asks=tuple(asks), kept=usual),
        facts_part(known, raw.get("facts") or {}, unsaid=gettext("Som vanligt")),
        Part(key="roles", title=gettext("Personer i rollerna"), hint=hint, asks=people, folded=True, says=bool(roles)),
    )


def _read(at: Opened, known: Known, typed: Typed) -> dict[str, Any]:
    """Return everything round the rows, as it was typed."""
    raw, parts = at.raw, _parts(at, known)
    head = {key: value for key, value in raw.items() if key != "steps"}
    title = typed.words("title")[:LONGEST_TITLE]
    if not title:
        typed.errors["title"] = gettext("Skriv i en mening vad scenariot visar")
    start = typed.day("start")
    said = str(raw.get("start") or "")
    head |= {"title": title, "start": said if said[:10] == start else start}
    if (process := next((ask for ask in parts[0].asks if ask.name == "process"), None)) is not None:
        head["process"] = typed.choice(process, gettext("Välj något som modellen har"))
    head["facts"] = read_facts(known, raw.get("facts") or {}, typed, required=False)
    own = {ask.name.removeprefix("role-") for ask in parts[2].asks}
    roles = {key: who for key, who in (raw.get("roles") or {}).items() if key not in own or typed.words(f"role-{key}")}
    roles |= {key: who[:80] for key in sorted(own) if (who := typed.words(f"role-{key}"))}
    dropped = typed.drops(parts[0].kept)
    usual = {node: one for node, one in (raw.get("usual") or {}).items() if f"drop-usual-{node}" not in dropped}
    head |= {"roles": roles, "usual": usual}
    return {
        key: value for key, value in head.items() if value not in ("", None, {}) or (key in raw and raw[key] == value)
    }


def _processes(at: Opened) -> list[tuple[str, str]]:
    bundle = at.names.bundle
    drawn = [
        (scope.id, scope.name or gettext("En process utan namn")) for scope in bundle.executable.diagram.processes()
    ]
    return [("", gettext("Hela modellen")), *(one for one in drawn if one[0] != bundle.model.process)]


def _show(at: Opened, known: Known, errors: Mapping[str, str]) -> str:
    return show_parts(
        at,
        _parts(at, known),
        errors,
        heading=gettext("Vad scenariot visar och börjar med"),
        action=url_for(".scenario_about", draft_id=at.page.draft.id, name=at.name),
    )
