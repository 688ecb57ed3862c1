"""Exchange rates: what one currency was worth in the user's own."""

from __future__ import annotations

from typing import Annotated

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.accounts import Day, day_of
from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope.base import RatePart
from spendo.assistant.tools.envelope.rates import RateEnvelope
from spendo.assistant.turn import Turn
from spendo.ledger.money import MoneyError, exponent
from spendo.ledger.periods import Period
from spendo.ledger.selectors import other_currencies, rate_on


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
) -> str:
    """The rate at which totals convert a currency into the user's own on a day: that of the day,
    else of the nearest day before it within a week. `rate` is null when none is known: then such
    money is in no total, and never count it one to one."""
    turn = context.context

    def work() -> RateEnvelope:
        base = _other_currency(turn) if currency is None else currency.strip().upper()
        try:
            exponent(base)
        except MoneyError:
            raise ToolProblemError("unknown_currency", "Give an ISO code such as 'EUR'.") from None
        day = day_of(turn, on)
        found = rate_on(turn.user, base, turn.user.currency, day)
        return RateEnvelope(
            currency=base,
            on=day,
            words=Period.of_days(day, day).words,
            rate=RatePart(
                base=base,
                quote=turn.user.currency,
                rate=format(found.decimal, "f"),
                date=found.date,
            )
            if found
            else None,
        )

    return await answer_call(turn, "exchange_rate", "Looking up a rate", work)


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
