"""The Pratt parser: tokens to a syntax tree.

What binds tighter stands further down: or, and, comparison, + -, * /, **, unary minus, instance of, path and filter.
"""

from collections.abc import Callable
from decimal import Decimal

from forms.feel.brackets import after_brace, after_bracket, after_parenthesis, after_turned_bracket, range_from
from forms.feel.cursor import Cursor, Power
from forms.feel.errors import FeelError
from forms.feel.invocation import read_call, read_function_name
from forms.feel.paths import TWO_WORD_FIELDS
from forms.feel.temporal import read_literal
from forms.feel.tokens import Token, TokenKind
from forms.feel.tree import (
    Against,
    Among,
    And,
    Arithmetic,
    Between,
    Binding,
    Comparison,
    Filter,
    For,
    Holds,
    If,
    In,
    InstanceOf,
    Literal,
    Name,
    Negation,
    Node,
    Or,
    Path,
    Quantified,
    RangeOf,
    is_condition,
)
from forms.feel.values import NUMBERS, TYPES

_INFIX: dict[str, Power] = {
    "or": Power.OR,
    "and": Power.AND,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "in", "between"), Power.COMPARISON),
    **dict.fromkeys("+-", Power.SUM),
    **dict.fromkeys("*/", Power.PRODUCT),
    "**": Power.EXPONENT,
    "instance": Power.INSTANCE,
    ".": Power.POSTFIX,
    "[": Power.POSTFIX,
}
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_CONSTANTS = {"true": True, "false": False, "null": None}


def parse_source(source: str) -> Node:
    """The tree of an expression, with or without a leading `=`. Raises FeelError."""
    parser = Parser(source)
    parser.cursor.skips("=")
    root = parser.expression()
    parser.cursor.expect_end()
    return root


def parse_tests(source: str) -> tuple[tuple[Node, ...], bool]:
    """The tests of a decision table's cell, and whether they stand in `not(…)`. Raises FeelError."""
    parser = Parser(source, in_cell=True)
    cursor = parser.cursor
    if cursor.token.kind is TokenKind.END:
        return (), False
    if cursor.sees("-") and cursor.ahead(1).kind is TokenKind.END:
        return (), False
    negated = parser.negated_tests()
    return (negated, True) if negated else (parser.all_tests(), False)


class Parser:
    """One pass over one source; in a cell `?` stands for the value that is tested."""

    def __init__(self, source: str, *, in_cell: bool = False) -> None:
        self.cursor = Cursor(source)
        self._in_cell = in_cell
        self._signs: dict[str, Callable[[], Node]] = {
            "-": self._minus,
            "(": lambda: after_parenthesis(self),
            "[": lambda: after_bracket(self),
            "]": lambda: after_turned_bracket(self),
            "{": lambda: after_brace(self),
        }
        self._keywords: dict[str, Callable[[], Node]] = {
            "if": self._if,
            "for": self._for,
            "some": lambda: self._quantified(every=False),
            "every": lambda: self._quantified(every=True),
        }

    def expression(self, power: Power = Power.NOTHING) -> Node:
        """What follows, as far as operators bind tighter than `power`. Raises FeelError."""
        self.cursor.enter()
        node = self.cursor.made(self._operand())
        while (binding := self._binding()) > power:
            node = self.cursor.made(self._infix(node, binding))
        self.cursor.leave()
        return node

    def all_tests(self) -> tuple[Node, ...]:
        """The tests of a cell, to its end."""
        tests = self._tests()
        self.cursor.expect_end()
        return tests

    def negated_tests(self) -> tuple[Node, ...] | None:
        """The tests of a cell that is `not(…)` from end to end; None, nothing taken, for any other cell."""
        cursor = self.cursor
        if not cursor.reads("not", "("):
            return None
        mark = cursor.mark()
        cursor.next()
        cursor.next()
        tests = self._tests()
        if cursor.skips(")") and cursor.token.kind is TokenKind.END:
            return tests
        cursor.go_back(mark)
        return None

    def _tests(self) -> tuple[Node, ...]:
        tests = [self._test()]
        while self.cursor.skips(","):
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Node:
        made = self.cursor.made
        if self.cursor.token.text in _COMPARISONS and self.cursor.token.kind is TokenKind.SIGN:
            operator = self.cursor.next().text
            return made(Against(operator=operator, operand=self.expression(Power.COMPARISON)))
        operand = self.expression()
        if self._in_cell and is_condition(operand):
            return made(Holds(condition=operand))
        return made(Among(operand=operand))

    def _binding(self) -> Power:
        """How tightly the operator at hand binds; NOTHING when there is none."""
        token = self.cursor.token
        if token.kind not in (TokenKind.SIGN, TokenKind.KEYWORD):
            return Power.NOTHING
        if token.text == "[" and self.cursor.closes_open_range():
            return Power.NOTHING
        return _INFIX.get(token.text, Power.NOTHING)

    def _operand(self) -> Node:
        token = self.cursor.token
        if token.kind is TokenKind.SIGN and token.text in self._signs:
            self.cursor.next()
            return self._signs[token.text]()
        if token.kind is TokenKind.KEYWORD and token.text in self._keywords:
            self.cursor.next()
            return self._keywords[token.text]()
        if token.kind is TokenKind.NAME:
            return self._name(self.cursor.next())
        literal = self._literal(token)
        self.cursor.next()
        return literal

    def _literal(self, token: Token) -> Node:
        match token.kind:
            case TokenKind.NUMBER:
                return Literal(value=NUMBERS.create_decimal(token.text))
            case TokenKind.TEXT:
                return Literal(value=token.text)
            case TokenKind.MOMENT:
                return _moment(token)
            case TokenKind.KEYWORD if token.text in _CONSTANTS:
                return Literal(value=_CONSTANTS[token.text])
            case TokenKind.KEYWORD if token.text == "function":
                raise FeelError("Egna funktioner går inte att skriva, bara anropa inbyggda.", token.position)
            case TokenKind.SIGN if token.text == "?":
                return self._tested(token)
        raise self.cursor.surprise("Här väntades ett värde")

    def _tested(self, token: Token) -> Node:
        if self._in_cell:
            return Name(name="?")
        raise FeelError("Tecknet ”?” betyder något bara i en beslutstabell.", token.position)

    def _name(self, token: Token) -> Node:
        function = read_function_name(self.cursor, token)
        if function is None:
            return Name(name=token.text)
        return read_call(self, function, token.position)

    def _minus(self) -> Node:
        token = self.cursor.token
        if token.kind is TokenKind.NUMBER:
            self.cursor.next()
            return Literal(value=NUMBERS.minus(Decimal(token.text)))
        return Negation(operand=self.expression(Power.MINUS))

    def _if(self) -> Node:
        condition = self.expression()
        self.cursor.expect("then")
        then = self.expression()
        self.cursor.expect("else")
        return If(condition=condition, then=then, otherwise=self.expression())

    def _for(self) -> Node:
        bindings = self._bindings()
        self.cursor.expect("return")
        return For(bindings=bindings, body=self.expression())

    def _quantified(self, *, every: bool) -> Node:
        bindings = self._bindings()
        self.cursor.expect("satisfies")
        return Quantified(every=every, bindings=bindings, condition=self.expression())

    def _bindings(self) -> tuple[Binding, ...]:
        bindings = [self._one_binding()]
        while self.cursor.skips(","):
            bindings.append(self._one_binding())
        return tuple(bindings)

    def _one_binding(self) -> Binding:
        name = self.cursor.expect_name()
        self.cursor.expect("in")
        source = self.expression()
        if self.cursor.skips(".."):
            high = self.expression()
            source = self.cursor.made(RangeOf(low=source, high=high, low_closed=True, high_closed=True))
        return self.cursor.made(Binding(name=name, source=source))

    def _infix(self, left: Node, binding: Power) -> Node:
        operator = self.cursor.next().text
        match binding:
            case Power.OR:
                return Or(parts=self._row(left, operator, binding))
            case Power.AND:
                return And(parts=self._row(left, operator, binding))
            case Power.COMPARISON:
                return self._comparison(left, operator)
            case Power.INSTANCE:
                return self._instance_of(left)
            case Power.POSTFIX:
                return self._field(left) if operator == "." else self._filter(left)
        return Arithmetic(operator=operator, left=left, right=self.expression(binding))

    def _row(self, left: Node, operator: str, binding: Power) -> tuple[Node, ...]:
        """All parts that the same `and` or `or` joins: a long row is flat, not deep."""
        parts = [left, self.expression(binding)]
        while self.cursor.skips(operator):
            parts.append(self.expression(binding))
        return tuple(parts)

    def _comparison(self, left: Node, operator: str) -> Node:
        node: Node
        if operator == "in":
            node = In(operand=left, tests=self._in_tests())
        elif operator == "between":
            low = self.expression(Power.COMPARISON)
            self.cursor.expect("and")
            node = Between(operand=left, low=low, high=self.expression(Power.COMPARISON))
        else:
            node = Comparison(operator=operator, left=left, right=self.expression(Power.COMPARISON))
        if self._binding() is Power.COMPARISON:
            raise FeelError(
                "Jämförelser kan inte stå i rad: skriv and mellan dem, eller parenteser.",
                self.cursor.token.position,
            )
        return node

    def _in_tests(self) -> tuple[Node, ...]:
        made = self.cursor.made
        if not self.cursor.skips("("):
            if self._binding() is Power.COMPARISON:
                return (self._test(),)
            return (made(Among(operand=self.expression(Power.COMPARISON))),)
        first = self._list_test()
        if isinstance(first, Among) and self.cursor.skips(".."):
            return (made(Among(operand=made(range_from(self, first.operand, low_closed=False)))),)
        tests = [first]
        while self.cursor.skips(","):
            tests.append(self._list_test())
        self.cursor.expect(")")
        return tuple(tests)

    def _list_test(self) -> Node:
        test = self._test()
        # A condition among the tests of `in` is a value like any other: only a cell has a value of its own to test.
        return self.cursor.made(Among(operand=test.condition)) if isinstance(test, Holds) else test

    def _field(self, source: Node) -> Node:
        token = self.cursor.token
        if token.kind not in (TokenKind.NAME, TokenKind.KEYWORD):
            raise self.cursor.surprise("Efter punkten väntades ett namn")
        field = self.cursor.next().text
        two_words = f"{field} {self.cursor.token.text}"
        if two_words in TWO_WORD_FIELDS and self.cursor.token.kind is TokenKind.NAME:
            self.cursor.next()
            field = two_words
        return Path(source=source, field=field)

    def _filter(self, source: Node) -> Node:
        condition = self.expression()
        self.cursor.expect("]")
        return Filter(source=source, condition=condition)

    def _instance_of(self, operand: Node) -> Node:
        if not self.cursor.reads("of"):
            raise self.cursor.surprise("Här väntades ”of”")
        self.cursor.next()
        return InstanceOf(operand=operand, type_name=self._type_name())

    def _type_name(self) -> str:
        position = self.cursor.token.position
        for count in range(5, 0, -1):
            name = " ".join(self.cursor.ahead(place).text for place in range(count))
            if name in TYPES and self.cursor.reads(*name.split()) and self.cursor.ahead(count).text != "<":
                for _ in range(count):
                    self.cursor.next()
                return name
        raise FeelError(f"Typen finns inte. Välj en av: {', '.join(TYPES)}.", position)


def _moment(token: Token) -> Node:
    value = read_literal(token.text)
    if value is None:
        raise FeelError(
            f"”{token.text}” är varken datum, tid eller varaktighet, som 2026-12-01 eller P10D.", token.position
        )
    return Literal(value=value)
