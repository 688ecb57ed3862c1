"""Figures that no tool gives by itself, worked out by `calc` from figures that one did."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from spendo.assistant.analyst.plan import Call, ask, ask_all
from spendo.assistant.analyst.wording import of_calc
from spendo.assistant.tools.envelope import Amount, AnyEnvelope
from spendo.assistant.tools.envelope.calc import CalcEnvelope


def calc(expression: str) -> Call:
    return Call("calc", {"expression": expression})


def difference(left: Amount, right: Amount) -> Generator[list[Call], list[AnyEnvelope], Amount]:
    """`left` less `right`, of one currency."""
    found = yield from ask(CalcEnvelope, calc(f"{left.amount} - ({right.amount})"))
    return of_calc(found, left.currency)


def total(amounts: Sequence[Amount]) -> Generator[list[Call], list[AnyEnvelope], Amount]:
    """The sum of amounts of one currency."""
    found = yield from ask(CalcEnvelope, calc(" + ".join(f"({each.amount})" for each in amounts)))
    return of_calc(found, amounts[0].currency)


def totals(
    groups: Sequence[Sequence[Amount]],
) -> Generator[list[Call], list[AnyEnvelope], list[Amount]]:
    """The sums of several groups, each of one currency, at once."""
    sums = [" + ".join(f"({each.amount})" for each in group) for group in groups]
    found = yield from ask_all(CalcEnvelope, [calc(expression) for expression in sums])
    return [of_calc(one, group[0].currency) for one, group in zip(found, groups, strict=True)]


def share(
    part: Amount, whole: Amount, places: int = 1
) -> Generator[list[Call], list[AnyEnvelope], CalcEnvelope]:
    """How many percent `part` is of `whole`, which is not zero."""
    expression = f"round({part.amount} / ({whole.amount}) * 100, {places})"
    found = yield from ask(CalcEnvelope, calc(expression))
    return found
