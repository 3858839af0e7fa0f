"""What is outside the grammar: refused with a sentence and a place."""

from __future__ import annotations

import pytest

from forms.feel import FeelError, parse, parse_unary


@pytest.mark.parametrize(
    ("source", "position", "sentence"),
    [
        ("", 0, "Här väntades ett värde, men uttrycket tar slut."),
        ("1 +", 3, "Här väntades ett värde, men uttrycket tar slut."),
        ("a b", 2, "Här väntades slutet, men det står ”b”."),
        ("(1", 2, "Här väntades ”)”, men uttrycket tar slut."),
        ("[1, 2", 5, "Här väntades ”]”, men uttrycket tar slut."),
        ("if a then b", 11, "Här väntades ”else”, men uttrycket tar slut."),
        ("for 1 in x return 2", 4, "Här väntades ett namn, men det står ”1”."),
        ("a.", 2, "Efter punkten väntades ett namn, men uttrycket tar slut."),
        ("{a: 1, a: 2}", 7, "Nyckeln ”a” står två gånger."),
        ("{1: 2}", 1, "Här väntades en nyckel, men det står ”1”."),
        ('"abc', 0, "Texten saknar avslutande citattecken."),
        ("a § b", 2, "Tecknet ”§” går inte att använda här."),
        ("a == b", 3, "Här väntades ett värde, men det står ”=”."),
        ("a && b", 2, "Tecknet ”&” går inte att använda här."),
        ("1 < x < 5", 6, "Jämförelser kan inte stå i rad: skriv and mellan dem, eller parenteser."),
        ("1 + eval(2)", 4, "Funktionen ”eval” finns inte."),
        ("a.b(1)", 3, "Här väntades slutet, men det står ”(”."),
        ("substring(1)", 0, "Så här skrivs funktionen: substring(string, start position, length?)."),
        ("abs(x: 1)", 0, "Så här skrivs funktionen: abs(n)."),
        ("date(1, 2)", 0, "Så här skrivs funktionen: date(from) eller date(year, month, day)."),
        ("substring(string: a, 2)", 21, "Här väntades ett namn och ett kolon, men det står ”2”."),
        ("function(x) x", 0, "Egna funktioner går inte att skriva, bara anropa inbyggda."),
        ("? > 1", 0, "Tecknet ”?” betyder något bara i en beslutstabell."),
        ('@"i morgon"', 0, "”i morgon” är varken datum, tid eller varaktighet, som 2026-12-01 eller P10D."),
        ('@"2026-11-31"', 0, "”2026-11-31” är varken datum, tid eller varaktighet, som 2026-12-01 eller P10D."),
        ("1 + matches(x, \"(a\")", 4, "Mönstret saknar en slutparentes."),
        ('replace(x, "a(?=b)", "")', 0, "Mönstret använder en grupp som inte stöds: skriv ( ) eller (?: )."),
        ('matches(x, "a", "q")', 0, "Ett mönster tar flaggorna s, m, i och x."),
        ('"\\ud800"', 0, "Texten har ett ofullständigt tecken efter \\u."),
        ("x[1..", 3, "Här väntades ”]”, men det står ”..”."),
        ("[1..2", 5, "Här väntades intervallets slut, men uttrycket tar slut."),
    ],
)  # fmt: skip
def test_what_is_outside_the_grammar_is_refused_with_a_sentence_and_a_place(
    source: str, position: int, sentence: str
) -> None:
    with pytest.raises(FeelError) as refused:
        parse(source)

    assert (refused.value.position, refused.value.message) == (position, sentence)
    assert str(refused.value) == f"{sentence} (tecken {position + 1})"


def test_an_unknown_type_is_refused_with_those_that_exist() -> None:
    with pytest.raises(FeelError, match=r"Typen finns inte\. Välj en av: number, string"):
        parse("x instance of money")
    with pytest.raises(FeelError, match="Typen finns inte"):
        parse("x instance of list<number>")
    with pytest.raises(FeelError, match="Typen finns inte"):
        parse('x instance of "number"')


@pytest.mark.parametrize("cell", ["<", "1,", "1 2", "not(", "not(1", "- 1,", "1 < 2 < 3", "?? > 1", "not()"])
def test_a_cell_outside_the_grammar_is_refused(cell: str) -> None:
    with pytest.raises(FeelError):
        parse_unary(cell)
