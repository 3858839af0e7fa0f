"""Each macro of `_m.html` and `_gate.html` prints what its contract says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from app.shell.track import Piece, PieceKind, PieceState
from tests.app.shell.conftest import Render


@dataclass(frozen=True, slots=True)
class Entry:
    text: str
    at: date
    by: str = ""
    kind: str = ""


PIECES = (
    Piece(kind=PieceKind.PHASE, label="Planering", note="4 maj–16 nov", state=PieceState.DONE),
    Piece(kind=PieceKind.GATE, label="BP2", note="senast fre 27 nov", state=PieceState.NOW),
    Piece(kind=PieceKind.PHASE, label="Genomförande"),
)


@pytest.mark.parametrize("name", ["gate", "gate-done", "list", "doc", "sign", "pulse", "up", "down"])
def test_an_icon_is_drawn_and_silent(render: Render, name: str) -> None:
    drawn = render("{{ m.icon(name) }}", name=name)
    assert '<path d="' in drawn
    assert 'aria-hidden="true"' in drawn


def test_a_tag_is_a_shape_with_words(render: Render) -> None:
    assert render("{{ m.tag('warn', '2 avvikelser') }}") == '<span class="s-tag" data-tone="warn">2 avvikelser</span>'


def test_words_from_people_are_escaped_everywhere(render: Render) -> None:
    hostile = "<b onclick=x>"
    source = (
        "{{ m.tag('ok', x) }}{{ m.row('list', x, x, x, x) }}{{ fields.field('a', x, x, x, x) }}{{ m.pairs([(x, x)]) }}"
    )
    assert "<b" not in render(source, x=hostile)


def test_the_head_holds_one_heading_and_the_sentence(render: Render) -> None:
    shown = render("{% call m.head('Att göra', 'list', 'Granvik') %}6 ärenden.{% endcall %}")
    assert "<h1>Att göra</h1>" in shown
    assert '<p class="s-lead">6 ärenden.</p>' in shown
    assert "s-lead" not in render("{{ m.head('Att göra') }}")


def test_a_task_row_is_one_link_with_its_deadline(render: Render) -> None:
    row = render(
        "{{ m.task('gate', 'Tallbacken', 'Leder planen till målet?', 'från Karin Lind', day|due, '/uppgift/1') }}",
        day=date(2026, 11, 20),
    )
    assert row.count("<a ") == 1
    assert '<a href="/uppgift/1">Tallbacken <span>Leder planen till målet?</span></a>' in row
    assert 'data-kind="gate"' in row
    assert '<span class="s-tag" data-tone="bad">4\u00a0dagar sen</span>' in row
    assert '<time datetime="2026-11-20">skulle vara klart fre\u00a020\u00a0nov</time>' in row


def test_a_distant_deadline_is_quiet(render: Render) -> None:
    assert "data-tone" not in render("{{ m.due(day|due) }}", day=date(2026, 12, 11))


def test_a_row_without_an_address_is_no_link_and_may_hold_something_of_its_own(render: Render) -> None:
    row = render("{% call m.row('pulse', 'Mejl') %}<button>Försök igen</button>{% endcall %}")
    assert "<a " not in row
    assert '<div class="s-when"><button>Försök igen</button></div>' in row


def test_the_track_marks_where_the_project_stands(render: Render) -> None:
    shown = render("{{ m.track(pieces) }}", pieces=PIECES)
    assert (
        '<li class="s-gate" data-state="now" aria-current="step"><b>BP2</b><span>senast fre 27 nov</span></li>' in shown
    )
    assert shown.count("aria-current") == 1
    assert 'aria-label="Faser och beslutspunkter"' in shown


@pytest.mark.parametrize("state", [PieceState.LATE, PieceState.STOPPED])
def test_a_late_or_resting_piece_is_where_the_project_stands_too(render: Render, state: PieceState) -> None:
    piece = Piece(kind=PieceKind.GATE, label="BP2", state=state)
    assert 'data-state="now" aria-current="step"' in render("{{ m.track([piece]) }}", piece=piece)


def test_the_mini_track_is_named_in_words(render: Render) -> None:
    shown = render("{{ m.mini(pieces, 'Planering klar, BP2 väntar') }}", pieces=PIECES)
    assert 'role="img" aria-label="Planering klar, BP2 väntar"' in shown
    assert (shown.count("<line"), shown.count("<path")) == (2, 1)
    assert 'class="is-done"' in shown
    assert 'class="is-now"' in shown


def test_name_and_value_may_be_changed(render: Render) -> None:
    shown = render("{{ m.pairs([('Budget', '48,2 mkr', '/andra#budget'), ('Utfall', '1,7 mkr')]) }}")
    assert '<a href="/andra#budget">Ändra<span class="s-hidden"> Budget</span></a>' in shown
    assert shown.count("Ändra") == 1


def test_a_fold_states_its_conclusion(render: Render) -> None:
    shown = render("{% call m.fold('risker', 'Risker', 'warn', '1 hög', true) %}x{% endcall %}")
    assert shown.startswith('<details class="s-fold" id="risker" open><summary><h2>Risker</h2>')
    assert "1 hög" in shown


def test_the_log_marks_decisions_with_a_diamond(render: Render) -> None:
    entries = [
        Entry("Beslutspunkt 1: Godkänn", date(2026, 3, 3), "Anna Berg", "gate"),
        Entry("Begärd", datetime(2026, 11, 16, 13, 2, tzinfo=UTC)),
    ]
    shown = render("{{ m.log(entries) }}", entries=entries)
    assert shown.count('data-kind="gate"') == 1
    assert '<time datetime="2026-03-03">tis\u00a03\u00a0mars<span data-year="2026"></span></time> · Anna Berg' in shown
    year = '<span data-year="2026"></span>'
    assert f'<time datetime="2026-11-16T14:02+01:00">mån\u00a016\u00a0nov{year}\u00a014.02</time></span>' in shown


def test_crumbs_chips_and_tabs_are_lists_of_links(render: Render) -> None:
    items = [("Mina", "/a", 6, True), ("Klara", "/b", 0, False)]
    chips = render("{{ m.chips(items) }}", items=items)
    assert '<a href="/a" aria-current="true">Mina <span class="s-count">6</span></a>' in chips
    assert '<a href="/b">Klara</a>' in chips
    assert 'aria-current="page"' in render("{{ m.tabs(items, 'Visa') }}", items=items)
    assert '<li><a href="/projekt">Projekt</a></li>' in render("{{ m.crumbs([('Projekt', '/projekt')]) }}")


def test_note_panel_group_and_empty_say_their_piece(render: Render) -> None:
    assert "<h2>Obs</h2><p>x</p>" in render("{% call m.note('Obs', 'warn') %}<p>x</p>{% endcall %}")
    assert '<section class="s-panel"><h2>Hjälp</h2>x' in render("{% call m.panel('Hjälp') %}x{% endcall %}")
    assert '<h2>Senare</h2><span class="s-soft">0</span>' in render("{{ m.group('Senare', 0) }}")
    assert "<h2>Inget väntar på dig</h2>" in render("{{ m.empty('Inget väntar på dig') }}")


def test_a_posting_form_carries_its_token_and_its_request(render: Render) -> None:
    hidden = render("{{ m.csrf(new_request_id()) }}")
    assert 'name="csrf_token" value="' in hidden
    assert 'name="request_id" value="' in hidden
    assert "request_id" not in render("{{ m.csrf() }}")


def test_the_gate_room_has_facts_a_panel_and_a_way_to_it(render: Render) -> None:
    facts = render("{{ gate.facts([('bad', '1 hinder', '#villkor', 'öppet villkor')]) }}")
    assert '<a href="#villkor">öppet villkor</a>' in facts
    panel = render(
        "{% call gate.panel('/g', 'Ditt beslut', 'Internt', 'Granska beslutet', 'Inget är beslutat än.', 'r1') %}"
        "<fieldset></fieldset>{% endcall %}"
    )
    assert '<form class="s-decide" id="beslut" method="post" action="/g" novalidate tabindex="-1">' in panel
    assert 'name="csrf_token"' in panel
    assert '<button class="s-btn">Granska beslutet</button>' in panel
    assert 'href="#beslut"' in render("{{ gate.jump(day) }}", day=date(2026, 11, 27))
    paper = render("{{ gate.paper(['Godkänn'], ['Anna Berg'], 'Kontrollsumma 9f3c') }}")
    assert "<li>Godkänn</li>" in paper
    assert "Kontrollsumma 9f3c" in paper
