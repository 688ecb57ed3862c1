"""`calc`: exact, bounded, and clear about what it cannot read."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spendo.assistant.tools.arithmetic import ArithmeticProblem, evaluate
from spendo.assistant.tools.envelope import CalcEnvelope, Figure
from spendo.users.models import User
from tests.assistant.test_tools import call


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("0.1 + 0.2", "0.3"),
        ("1 - 0.9", "0.1"),
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("8 / 4 / 2", "1"),
        ("10 - 4 - 3", "3"),
        ("-3 * -2", "6"),
        ("2 - -3", "5"),
        ("--3", "3"),
        ("100 + 10%", "100.1"),
        ("200 * 15%", "30"),
        ("-50%", "-0.5"),
        ("50%%", "0.005"),
        ("1 / 8", "0.125"),
        ("1/3*3", "1"),
        ("12.50 − 3.20 × 2 ÷ 4", "10.9"),
        ("min(3, 1.5, 2)", "1.5"),
        ("MAX(3, (1 + 4), 2)", "5"),
        ("abs(2 - 5)", "3"),
        ("round(2.5)", "2"),
        ("round(3.5)", "4"),
        ("round(-0.125, 2)", "-0.12"),
        ("round(0.135, 2)", "0.14"),
        ("round((412.30 - 380.10) / 380.10 * 100, 1)", "8.5"),
        (".5 + 1", "1.5"),
        ("1000000.00", "1000000"),
        ("0 * -1", "0"),
        ("99999999999999999999999999.99 + 0.01", "100000000000000000000000000"),
    ],
)
def test_a_value_is_exact(expression: str, value: str) -> None:
    found = evaluate(expression)
    assert (found.value, found.exact) == (value, True)


def test_a_value_without_end_is_cut_and_says_so() -> None:
    assert evaluate("2 / 3").value == "0.6666666666666666666666666667"
    assert not evaluate("2 / 3").exact
    assert evaluate("round(2 / 3, 4)").exact


def test_the_operands_are_told_as_they_were_written() -> None:
    assert evaluate("(412.30 - 380.10) / 380.10").operands == ("412.30", "380.10", "380.10")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("", "The expression ends too early."),
        ("   ", "The expression ends too early."),
        ("1 +", "The expression ends too early."),
        ("(1 + 2", "The expression ends too early. A closing parenthesis is missing."),
        ("1 + 2)", "')' at character 6 is not expected."),
        ("1 2", "'2' at character 3 is not expected."),
        ("1,234.50 + 1", "',' at character 2 is not expected. Write a number without commas."),
        ("5 / (3 - 3)", "The division at character 3 is by zero, which has no result."),
        ("2 ^ 9", "'^' at character 3 means nothing here."),
        ("2 ** 9", "'*' at character 4 is not expected."),
        ("$5", "'$' at character 1 means nothing here."),
        ("1e309", "'e' at character 2 is not expected."),
        ("NaN", "'NaN' at character 1 is not known."),
        ("__import__('os')", '"\'" at character 12 means nothing here.'),
        ("round(1, 99)", "round takes a number and how many places: 0 to 12."),
        ("round(1, 0.5)", "round takes a number"),
        ("abs(1, 2)", "abs takes one number."),
        ("min()", "')' at character 5 is not expected."),
        ("1 < 2", "'<' at character 3 means nothing here."),
        ("٣ + 1", "'٣' at character 1 means nothing here."),
        ("1\n+ 1", "'\\n' at character 2 means nothing here."),
        ("1" * 31, "A number has more than 30 digits."),
        ("1+" * 250 + "1", "The expression is longer than 500 characters."),
        ("(" * 21 + "1" + ")" * 21, "There are more than 20 parentheses in each other."),
        ("-" * 201 + "1", "There are more than 200 steps in the expression."),
        ("*".join(["9" * 29] * 16), "The numbers become too large."),
        ("*".join(["9" * 29] * 3), "The result is too large or too small to be written down."),
        ("1/" + "/".join(["9" * 29] * 3), "The result is too large or too small"),
    ],
)
def test_what_has_no_result_is_refused_in_words(expression: str, message: str) -> None:
    with pytest.raises(ArithmeticProblem) as refused:
        evaluate(expression)
    assert str(refused.value).startswith(message)


NUMBERS = st.decimals(0, 10**6, places=2).map(lambda number: (str(number), Fraction(number)))


def _joined(pair: tuple[tuple[str, Fraction], str, tuple[str, Fraction]]) -> tuple[str, Fraction]:
    (left, a), sign, (right, b) = pair
    value = {"+": a + b, "-": a - b, "*": a * b}[sign]
    return f"({left} {sign} {right})", value


EXPRESSIONS = st.recursive(
    NUMBERS,
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(_joined),
    max_leaves=4,
)


@settings(max_examples=50)
@given(EXPRESSIONS)
def test_sums_and_products_are_those_of_fractions(drawn: tuple[str, Fraction]) -> None:
    expression, value = drawn
    found = evaluate(expression)
    if found.exact:
        assert Fraction(found.value) == value
    with localcontext(prec=28):
        assert Decimal(found.value) == +Decimal(value.numerator) / Decimal(value.denominator)


@settings(max_examples=50)
@given(st.text("0123456789.+-*/%(), minaxbsroud", max_size=40))
def test_any_text_has_a_value_or_a_refusal(text: str) -> None:
    try:
        value = evaluate(text).value
    except ArithmeticProblem:
        return
    assert Decimal(value).is_finite()


async def test_the_tool_records_what_it_worked_out(ann: User) -> None:
    envelope = await call(ann, "calc", expression=" round(100 / 3,  2) ")
    envelope.pop("as_of")
    assert envelope == {
        "tool": "calc",
        "expression": "round(100 / 3, 2)",
        "result": "33.33",
        "exact": True,
        "operands": ["100", "3", "2"],
    }
    assert list(CalcEnvelope.model_validate(envelope).figures()) == [
        Figure("calc", "round(100 / 3, 2)", "33.33", "number")
    ]
    refused = await call(ann, "calc", expression="1/0")
    assert refused["error"]["code"] == "invalid_expression"
