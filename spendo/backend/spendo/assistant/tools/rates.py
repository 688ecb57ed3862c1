"""Exchange rates: what one currency was worth in the user's own, and an amount of either in the
other."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.accounts import Day, day_of
from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope.rates import RateEnvelope
from spendo.assistant.tools.parts import amount as amount_part
from spendo.assistant.tools.parts import rate_part
from spendo.assistant.turn import Turn
from spendo.ledger.money import MAX_MINOR, Money, MoneyError, exponent, from_minor, to_minor
from spendo.ledger.periods import Period
from spendo.ledger.selectors import Rate, newest_rate, other_currencies, rate_on


@function_tool(failure_error_function=refuse_arguments)
async def exchange_rate(
    context: RunContextWrapper[Turn],
    currency: Annotated[
        str | None,
        Field(
            description="An ISO code such as 'EUR'. null: the other currency of the user's "
            "accounts, if there is one.",
            max_length=3,
        ),
    ] = None,
    on: Day = None,
    amount: Annotated[
        str | None,
        Field(
            description="An amount of `currency` to convert into the user's own, as a plain "
            "decimal such as '250.00'.",
            max_length=30,
        ),
    ] = None,
    from_own: Annotated[
        bool,
        Field(description="true: `amount` is in the user's own, to convert into `currency`."),
    ] = False,
) -> str:
    """The rate at which totals convert a currency into the user's own on a day: that of the day,
    else of the nearest day before it within a week; and what an amount is at that rate, rounded
    half-even. `rate` is null when none is known: then such money is in no total, and never count
    it one to one; `newest` is the last one before that, if there is any."""
    turn = context.context

    def work() -> RateEnvelope:
        base = _other_currency(turn) if currency is None else currency.strip().upper()
        try:
            exponent(base)
        except MoneyError:
            raise ToolProblemError("unknown_currency", "Give an ISO code such as 'EUR'.") from None
        day = day_of(turn, on)
        given = _given(amount, turn.user.currency if from_own else base)
        found = rate_on(turn.user, base, turn.user.currency, day)
        newest = None if found else newest_rate(turn.user, base, turn.user.currency, day)
        return RateEnvelope(
            currency=base,
            on=day,
            words=Period.of_days(day, day).words,
            rate=rate_part(found) if found else None,
            newest=rate_part(newest) if newest else None,
            amount=amount_part(given) if given else None,
            converted=amount_part(_converted(given, found)) if given and found else None,
        )

    return await answer_call(turn, "exchange_rate", "Looking up a rate", work)


def _given(amount: str | None, currency: str) -> Money | None:
    if amount is None:
        return None
    try:
        value = Decimal(amount.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value <= from_minor(MAX_MINOR, currency).amount:
        raise ToolProblemError("invalid_amount", "Give a plain decimal such as '250.00'.")
    try:
        return Money(value, currency)
    except MoneyError:
        places = exponent(currency)
        raise ToolProblemError(
            "too_fine", f"{currency} is counted with {places} decimals. Round the amount to them."
        ) from None


def _converted(given: Money, rate: Rate) -> Money:
    minor = to_minor(given)
    if given.currency == rate.base:
        return from_minor(round(rate.convert(minor)), rate.quote)
    return from_minor(round(rate.convert_back(minor)), rate.base)


def _other_currency(turn: Turn) -> str:
    others = other_currencies(turn.user)
    if not others:
        raise ToolProblemError(
            "no_other_currency", "All accounts are in the user's currency: nothing is converted."
        )
    if len(others) > 1:
        raise ToolProblemError(
            "ambiguous_currency", "There are several. Give one of choices.", tuple(others)
        )
    return others[0]
