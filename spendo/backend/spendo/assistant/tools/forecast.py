"""What can be spent, and how a balance will go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import MAX_GROUPS, Amount, bank_text
from spendo.assistant.tools.envelope.forecast import (
    ForecastDayPart,
    ForecastEnvelope,
    ForecastEventPart,
    SafeToSpendEnvelope,
    SetAsidePart,
)
from spendo.assistant.tools.names import choose_names
from spendo.assistant.tools.parts import amount
from spendo.assistant.tools.periods import period_part
from spendo.assistant.tools.recurring import bill_part, pay_day_part
from spendo.assistant.tools.series_rows import sample_rows
from spendo.assistant.tools.until import UNTIL_HELP, period_until, until_day
from spendo.assistant.turn import Turn
from spendo.ledger.money import Money
from spendo.reports.selectors import (
    Forecast,
    ForecastRefused,
    SafeToSpend,
    Series,
    find_recurring,
)
from spendo.reports.selectors import forecast_balance as forecast_of
from spendo.reports.selectors import safe_to_spend as safe_until


@function_tool(failure_error_function=refuse_arguments)
async def safe_to_spend(
    context: RunContextWrapper[Turn],
    until: Annotated[
        str | None, Field(description=UNTIL_HELP + " null: until the next pay day.")
    ] = None,
) -> str:
    """What the user can spend until a day without touching what is spoken for: checking and cash
    less what is owed on cards, less bills due, regular transfers, and what goals and budgets need.
    Show `definition` with the answer, and the parts that were set aside. When `short` is above
    zero, nothing is safe to spend and so much is missing."""
    turn = context.context

    def work() -> SafeToSpendEnvelope:
        end = until_day(turn, until) if until else None
        found = safe_until(turn.user, end, as_of=turn.today)
        return SafeToSpendEnvelope(
            period=period_part(turn, period_until(turn, found.until)),
            amount=amount(found.amount),
            short=amount(found.short),
            per_day=amount(found.per_day),
            spendable=amount(found.spendable),
            bills_total=_set_aside(found, "bill"),
            transfers_total=_set_aside(found, "transfer"),
            goals_total=_set_aside(found, "goal"),
            budgets_total=_set_aside(found, "budget"),
            days=found.days,
            set_aside=tuple(
                SetAsidePart(
                    reason=each.reason, label=bank_text(each.label), amount=amount(each.amount)
                )
                for each in found.set_aside[:MAX_GROUPS]
            ),
            bills=tuple(bill_part(bill) for bill in found.bills.bills[:MAX_GROUPS]),
            pay_day=pay_day_part(found.pay_day) if found.pay_day else None,
            accounts=tuple(bank_text(each.name) for each in found.accounts),
            left_out=found.left_out,
            definition=found.definition,
            count=len(found.accounts),
            rows=sample_rows(
                turn, tuple(bill.last_id for bill in found.bills.bills if bill.last_id is not None)
            ),
            truncated=len(found.set_aside) > MAX_GROUPS,
        )

    return await answer_call(turn, "safe_to_spend", "Working out what is safe to spend", work)


@function_tool(failure_error_function=refuse_arguments)
async def forecast_balance(
    context: RunContextWrapper[Turn],
    until: Annotated[str, Field(description=UNTIL_HELP)] = "3 months",
    accounts: Annotated[
        list[str] | None,
        Field(description="Account names. null: checking, cash and cards together."),
    ] = None,
    cancel: Annotated[
        list[str] | None,
        Field(
            description="Series to leave out, to see what cancelling them would change: their "
            "`key` from recurring, or the merchant's name. null: none."
        ),
    ] = None,
) -> str:
    """How a balance will go day by day from the known regular payments and what is pending, with
    its lowest point and that day. Use it for "which date should I worry about", "will I run out",
    "what if I cancel these". Everyday spending is not in it: say so, and show `definition`."""
    turn = context.context

    def work() -> ForecastEnvelope:
        end = until_day(turn, until)
        names = choose_names(turn.user, None, None, accounts)
        try:
            found = forecast_of(
                turn.user,
                end - timedelta(days=1) if end > turn.today + timedelta(days=1) else end,
                account_ids=names.account_ids if accounts else None,
                cancel=_keys(turn, cancel or ()),
                as_of=turn.today,
            )
        except ForecastRefused as refused:
            raise ToolProblemError("no_forecast", str(refused)) from None
        return _envelope(turn, found)

    return await answer_call(turn, "forecast_balance", "Looking ahead", work)


def _set_aside(found: SafeToSpend, reason: str) -> Amount:
    total = Money.zero(found.amount.currency)
    for part in found.set_aside:
        if part.reason == reason:
            total += part.amount
    return amount(total)


def _keys(turn: Turn, cancel: Sequence[str]) -> list[str]:
    """The keys of the series meant, by key or by merchant."""
    if not cancel:
        return []
    known = [
        each
        for each in find_recurring(turn.user, as_of=turn.today).series
        if each.kind in ("subscription", "bill")
    ]
    return [key for wanted in cancel for key in _meant(wanted, known)]


def _meant(wanted: str, known: Sequence[Series]) -> list[str]:
    folded = " ".join(wanted.casefold().split())
    exact = [each for each in known if folded in (each.key.casefold(), each.merchant.casefold())]
    found = exact or [each for each in known if folded and folded in each.merchant.casefold()]
    if not found:
        raise ToolProblemError(
            "unknown_series",
            "No regular payment has that name. Choose one of choices, or call recurring.",
            tuple(bank_text(each.merchant) for each in known[:10]),
        )
    if len({each.merchant for each in found}) > 1:
        raise ToolProblemError(
            "ambiguous_series",
            "More than one regular payment fits. Give one of choices exactly.",
            tuple(bank_text(each.merchant) for each in found[:10]),
        )
    return [each.key for each in found]


def _envelope(turn: Turn, found: Forecast) -> ForecastEnvelope:
    changing = {event.on for event in found.events} | {found.as_of, found.until, found.lowest_on}
    days = [day for day in found.days if day.on in changing]
    return ForecastEnvelope(
        period=period_part(turn, period_until(turn, found.until + timedelta(days=1))),
        end=amount(found.end),
        end_on=found.until,
        lowest=amount(found.lowest),
        lowest_on=found.lowest_on,
        first_below_zero=found.first_below_zero,
        start=amount(found.start),
        pending=amount(found.pending),
        money_in=amount(found.money_in),
        money_out=amount(found.money_out),
        cancelled=tuple(bank_text(name) for name in found.cancelled),
        end_without_changes=amount(found.end_without_changes),
        lowest_without_changes=amount(found.lowest_without_changes),
        saved_by_cancelling=amount(found.saved_by_cancelling),
        days=tuple(
            ForecastDayPart(on=day.on, balance=amount(day.balance)) for day in days[:MAX_GROUPS]
        ),
        events=tuple(
            ForecastEventPart(
                label=bank_text(event.label),
                amount=amount(event.amount),
                on=event.on,
                account=bank_text(event.account),
                estimate=event.is_estimate,
            )
            for event in found.events[:MAX_GROUPS]
        ),
        accounts=tuple(bank_text(each.name) for each in found.accounts),
        other_currencies=found.other_currencies,
        definition=found.definition,
        count=len(found.events),
        truncated=len(days) > MAX_GROUPS or len(found.events) > MAX_GROUPS,
    )
