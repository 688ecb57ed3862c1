"""Exact arithmetic over an expression that a model or a user wrote.

    sum     = product (("+" | "-") product)*
    product = signed (("*" | "/") signed)*
    signed  = "-" signed | "+" signed | share
    share   = value "%"*
    value   = number | "(" sum ")" | name "(" sum ("," sum)* ")"

Numbers are plain decimals. `%` divides by a hundred and nothing else: 100 + 10% is 100.1. Every
step is a fraction; nothing is rounded but by `round`, half-even.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

MAX_LENGTH = 500
MAX_DIGITS = 30
MAX_DEPTH = 20
MAX_STEPS = 200
MAX_PLACES = 12
MAX_SIZE = 10**400
"""Of a numerator or a denominator on the way."""
PRECISION = 28

_SPELLINGS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "\u00a0": " "})
_TOKEN = re.compile(
    r" *(?:(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(?P<name>[A-Za-z_]+)|(?P<sign>[-+*/%(),]))"
)
_ROUNDED = Context(prec=PRECISION, rounding=ROUND_HALF_EVEN)


class ArithmeticProblem(ValueError):  # noqa: N818
    """An expression without a result; the message says where and what would do."""


@dataclass(frozen=True, slots=True)
class Result:
    """`value` is a plain decimal. Not `exact`: rounded half-even to PRECISION digits, because the
    true value has no end. `operands` are the numbers of the expression as they were written."""

    value: str
    exact: bool
    operands: tuple[str, ...]


def evaluate(expression: str) -> Result:
    """The value of the expression. Raises ArithmeticProblem."""
    if len(expression) > MAX_LENGTH:
        raise ArithmeticProblem(f"The expression is longer than {MAX_LENGTH} characters.")
    reader = _Reader(list(_tokens(expression.translate(_SPELLINGS))))
    value = reader.sum(0)
    reader.expect_end()
    text, exact = _written(value)
    return Result(value=text, exact=exact, operands=tuple(reader.operands))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    end, last = 0, len(text.rstrip(" "))
    while end < last:
        found = _TOKEN.match(text, end)
        if found is None:
            start = end + len(text[end:]) - len(text[end:].lstrip(" "))
            raise ArithmeticProblem(
                f"{text[start]!r} at character {start + 1} means nothing here. Use plain decimals, "
                "+ - * / %, parentheses, min, max, abs and round."
            )
        kind = str(found.lastgroup)
        yield _Token(kind, found[kind], found.start(kind) + 1)
        end = found.end()
    yield _Token("end", "", last + 1)


@dataclass
class _Reader:
    tokens: list[_Token]
    position: int = 0
    steps: int = 0
    operands: list[str] = field(default_factory=list)

    def sum(self, depth: int) -> Fraction:
        if depth > MAX_DEPTH:
            raise ArithmeticProblem(f"There are more than {MAX_DEPTH} parentheses in each other.")
        value = self._product(depth)
        while sign := self._take("+", "-"):
            other = self._product(depth)
            value = self._step(value + other if sign.text == "+" else value - other)
        return value

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise self._unexpected()

    def _product(self, depth: int) -> Fraction:
        value = self._signed(depth)
        while sign := self._take("*", "/"):
            other = self._signed(depth)
            if sign.text == "/" and not other:
                raise ArithmeticProblem(
                    f"The division at character {sign.at} is by zero, which has no result."
                )
            value = self._step(value * other if sign.text == "*" else value / other)
        return value

    def _signed(self, depth: int) -> Fraction:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign.text == "-"
            self._step(Fraction(0))
        value = self._value(depth)
        while self._take("%"):
            value = self._step(value / 100)
        return -value if negative else value

    def _value(self, depth: int) -> Fraction:
        token = self._next
        if token.kind == "number":
            self.position += 1
            return self._number(token)
        if token.kind == "name":
            return self._function(depth)
        if self._take("("):
            value = self.sum(depth + 1)
            self._close()
            return value
        raise self._unexpected()

    def _number(self, token: _Token) -> Fraction:
        if len(token.text) > MAX_DIGITS:
            raise ArithmeticProblem(f"A number has more than {MAX_DIGITS} digits.")
        self.operands.append(token.text)
        return Fraction(token.text)

    def _function(self, depth: int) -> Fraction:
        name = self._next
        self.position += 1
        function = _FUNCTIONS.get(name.text.lower())
        if function is None or self._take("(") is None:
            raise ArithmeticProblem(
                f"{name.text!r} at character {name.at} is not known. There are min(a, b, …), "
                "max(a, b, …), abs(a) and round(a, places)."
            )
        values = [self.sum(depth + 1)]
        while self._take(","):
            values.append(self.sum(depth + 1))
        self._close()
        return self._step(function(values))

    def _step(self, value: Fraction) -> Fraction:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise ArithmeticProblem(f"There are more than {MAX_STEPS} steps in the expression.")
        if max(abs(value.numerator), value.denominator) > MAX_SIZE:
            raise ArithmeticProblem("The numbers become too large.")
        return value

    @property
    def _next(self) -> _Token:
        return self.tokens[self.position]

    def _take(self, *signs: str) -> _Token | None:
        token = self._next
        if token.kind != "sign" or token.text not in signs:
            return None
        self.position += 1
        return token

    def _close(self) -> None:
        if self._take(")") is None:
            raise self._unexpected(" A closing parenthesis is missing.")

    def _unexpected(self, hint: str = "") -> ArithmeticProblem:
        token = self._next
        if token.kind == "end":
            return ArithmeticProblem(f"The expression ends too early.{hint}")
        comma = " Write a number without commas." if token.text == "," else ""
        return ArithmeticProblem(f"{token.text!r} at character {token.at} is not expected.{comma}")


def _round(values: list[Fraction]) -> Fraction:
    value, places = values if len(values) == 2 else (values[0], Fraction(0))
    if len(values) > 2 or places.denominator != 1 or not 0 <= places <= MAX_PLACES:
        raise ArithmeticProblem(f"round takes a number and how many places: 0 to {MAX_PLACES}.")
    return Fraction(round(value, int(places)))


def _abs(values: list[Fraction]) -> Fraction:
    if len(values) != 1:
        raise ArithmeticProblem("abs takes one number.")
    return abs(values[0])


_FUNCTIONS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "min": min,
    "max": max,
    "abs": _abs,
    "round": _round,
}


def _written(value: Fraction) -> tuple[str, bool]:
    """As a decimal of at most PRECISION digits, and whether that is all of it."""
    rounded = _ROUNDED.divide(Decimal(value.numerator), Decimal(value.denominator))
    if not -MAX_DIGITS * 2 <= rounded.adjusted() <= MAX_DIGITS * 2 and rounded:
        raise ArithmeticProblem("The result is too large or too small to be written down.")
    text = format(rounded, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text in {"-0", ""} else text), Fraction(text) == value
