"""Hand-written fields: what `_fields.html` prints, with hints, errors and what a choice leads to."""

from __future__ import annotations

from markupsafe import Markup

from tests.app.shell.conftest import Render


def test_a_hand_written_field_ties_hint_and_error_to_its_control(render: Render) -> None:
    shown = render("{{ fields.field('epost', 'E-post', 'x@', 'Din adress', 'Skriv hela adressen', 'email') }}")
    assert '<label for="epost">E-post</label>' in shown
    assert 'aria-describedby="epost-help epost-error" aria-invalid="true"' in shown
    assert '<p class="s-error" id="epost-error"><span class="s-hidden">Fel: </span>Skriv hela adressen</p>' in shown
    assert "aria-" not in render("{{ fields.field('epost', 'E-post') }}")


def test_a_password_is_never_printed_again(render: Render) -> None:
    assert "hemligt" not in render("{{ fields.field('losen', 'Lösenord', 'hemligt', type='password') }}")


def test_a_text_of_many_lines_keeps_its_first_empty_line(render: Render) -> None:
    assert ">\n\nrad</textarea>" in render("{{ fields.field('t', 'Text', '\nrad', rows=3) }}")


def test_choices_say_their_consequence_and_why_they_cannot_be_taken(render: Render) -> None:
    source = "{% call fields.choice('outcome', 'approve', 'Godkänn', 'Går vidare.', blocked=why) %}dolt{% endcall %}"
    blocked = render(source, why=Markup('Går inte än: <a href="#v">villkor 2</a>.'))
    assert "disabled" in blocked
    assert '<p id="outcome-approve-then">Går inte än: <a href="#v">villkor 2</a>.</p>' in blocked
    assert "dolt" not in blocked
    open_ = render(source, why="")
    assert '<p id="outcome-approve-then">Går vidare.</p>' in open_
    assert '<div class="s-more">dolt</div>' in open_


def test_select_check_and_segments_print_their_state(render: Render) -> None:
    options = [("", "Alla"), ("red", "Rött")]
    assert '<option value="red" selected>Rött</option>' in render(
        "{{ fields.select('lage', 'Läge', options, 'red') }}", options=options
    )
    assert 'value="1" checked' in render("{{ fields.check('jav', 'Inte jävig', true) }}")
    segments = render("{{ fields.segments('lage', 'Läge', options, 'red', opens=['red']) }}", options=options)
    assert 'value="red" data-opens checked' in segments


def test_the_error_summary_takes_focus_and_leads_to_the_fields(render: Render) -> None:
    one = render("{{ fields.summary({'a': 'Skriv varför'}) }}")
    assert 'role="alert" tabindex="-1" autofocus' in one
    assert "1 svar behöver ändras" in one
    assert '<a href="#a">Skriv varför</a>' in one
    assert render("{{ fields.summary({}) }}").strip() == ""
