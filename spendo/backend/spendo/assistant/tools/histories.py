"""What the user had over time: balances and net worth at the ends of days, weeks and months."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Literal

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.accounts import Day, account_filters, chosen_accounts, day_of
from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import (
    AccountSeries,
    Amount,
    BalanceHistoryEnvelope,
    BalancePoint,
    NetWorthEnvelope,
    NetWorthPoint,
    bank_text,
)
from spendo.assistant.tools.filters import Accounts
from spendo.assistant.tools.links import balance_link
from spendo.assistant.tools.parts import amount, left_out
from spendo.assistant.tools.periods import PERIOD_HELP, period_of, period_part
from spendo.assistant.turn import Turn
from spendo.ledger import selectors
from spendo.ledger.periods import Period

Step = Literal["day", "week", "month"]
StepWord = Annotated[
    Step | None,
    Field(description="How far apart the points are. null: as close as there is room for."),
]
STEPS: dict[Step, int] = {"day": 1, "week": 7, "month": 28}
"""With the least days that one takes."""

MAX_POINTS = 100
USUAL_POINTS = 35
FEW_ACCOUNTS = 3


@function_tool(failure_error_function=refuse_arguments)
async def balance_history(
    context: RunContextWrapper[Turn],
    period: Annotated[str, Field(description=PERIOD_HELP)],
    accounts: Accounts = None,
    step: StepWord = None,
) -> str:
    """How the balance of some of the user's accounts, or of all together, went over a period.
    `lowest` and `highest` look at the end of every day, whatever the step: use them for "lowest
    balance last month, and when"."""
    turn = context.context

    def work() -> BalanceHistoryEnvelope:
        chosen = chosen_accounts(turn, accounts)
        ids = chosen.account_ids if accounts else None
        daily = selectors.balance_history(turn.user, ids, _past(turn, period), "day")
        used = _step(daily.period, step)
        found = daily
        if used != "day":
            found = selectors.balance_history(turn.user, ids, daily.period, used)
        ends = _points(daily)
        return BalanceHistoryEnvelope(
            count=len(found.accounts),
            period=period_part(turn, found.period),
            filters=account_filters(chosen),
            step=used,
            first=ends[0] if ends else None,
            last=ends[-1] if ends else None,
            change=_change([each.balance for each in ends]),
            lowest=_first_of(ends, min),
            highest=_first_of(ends, max),
            points=_points(found)[-MAX_POINTS:],
            truncated=len(found.total) > MAX_POINTS,
            series=_series(found) if 1 < len(found.accounts) <= FEW_ACCOUNTS else (),
            partial=any(each.partial for each in ends),
            left_out=left_out(found.left_out) if len(found.accounts) > 1 else (),
            link=balance_link(found.period.last_day, chosen.account_ids),
        )

    return await answer_call(turn, "balance_history", "Looking at your balances", work)


@function_tool(failure_error_function=refuse_arguments)
async def net_worth(
    context: RunContextWrapper[Turn],
    as_of: Day = None,
    period: Annotated[
        str | None,
        Field(description=f"For how it changed over time. {PERIOD_HELP} null: one day only."),
    ] = None,
    step: StepWord = None,
) -> str:
    """What the user owns minus what they owe: at the end of a day (`as_of`), or over a `period`
    with a point at the end of each day, week or month and the `change` from the first to the last.
    """
    turn = context.context

    def work() -> NetWorthEnvelope:
        if period and as_of:
            raise ToolProblemError(
                "invalid_arguments", "Give either as_of or period, and null for the other."
            )
        if period:
            return _over_time(turn, _past(turn, period), step)
        worth = selectors.net_worth(turn.user, as_of=day_of(turn, as_of))
        return _worth_envelope(turn, worth)

    return await answer_call(turn, "net_worth", "Working out your net worth", work)


def _over_time(turn: Turn, period: Period, step: Step | None) -> NetWorthEnvelope:
    monthly = selectors.net_worth_history(turn.user, period, "month")
    used = _step(monthly.period, step)
    found = monthly
    if used != "month":
        found = selectors.net_worth_history(turn.user, monthly.period, used)
    points = tuple(
        NetWorthPoint(
            date=each.as_of,
            total=amount(each.total),
            assets=amount(each.assets),
            liabilities=amount(each.liabilities),
            partial=each.partial,
        )
        for each in found.points
    )
    return _worth_envelope(turn, found.points[-1]).model_copy(
        update={
            "period": period_part(turn, found.period),
            "step": used,
            "points": points[-MAX_POINTS:],
            "truncated": len(points) > MAX_POINTS,
            "change": _change([each.total for each in points]),
            "partial": found.partial,
        }
    )


def _worth_envelope(turn: Turn, worth: selectors.NetWorth) -> NetWorthEnvelope:
    return NetWorthEnvelope(
        count=selectors.count_accounts(turn.user),
        on=worth.as_of,
        words=Period.of_days(worth.as_of, worth.as_of).words,
        total=amount(worth.total),
        assets=amount(worth.assets),
        liabilities=amount(worth.liabilities),
        partial=worth.partial,
        left_out=left_out(worth.left_out),
        hidden_accounts=worth.hidden_accounts,
        link=balance_link(worth.as_of),
    )


def _past(turn: Turn, text: str) -> Period:
    """The period up to today. Raises ToolProblemError for one that has not begun."""
    period = period_of(turn, text)
    if period.start > turn.today:
        raise ToolProblemError("future_date", "That time has not come yet.")
    return Period.of_days(period.start, min(period.last_day, turn.today))


def _step(period: Period, asked: Step | None) -> Step:
    """The step that was asked for, else the finest one that has few points.

    Raises ToolProblemError where the one asked for has more than MAX_POINTS.
    """
    days = (period.end - period.start).days
    if asked is None:
        few: list[Step] = [step for step, least in STEPS.items() if days <= least * USUAL_POINTS]
        return few[0] if few else "month"
    if days > STEPS[asked] * MAX_POINTS:
        raise ToolProblemError(
            "too_many_points",
            f"That would be more than {MAX_POINTS} points. Take a longer step or a shorter period.",
            tuple(step for step, least in STEPS.items() if days <= least * MAX_POINTS),
        )
    return asked


def _points(history: selectors.BalanceHistory) -> tuple[BalancePoint, ...]:
    """Of one account in its own currency, of several together in the user's."""
    if not history.accounts:
        return ()
    alone = len(history.accounts) == 1
    return _parts(history.accounts[0].points if alone else history.total)


def _series(history: selectors.BalanceHistory) -> tuple[AccountSeries, ...]:
    return tuple(
        AccountSeries(name=bank_text(each.account.name), points=_parts(each.points[-MAX_POINTS:]))
        for each in history.accounts
    )


def _parts(points: Sequence[selectors.BalancePoint]) -> tuple[BalancePoint, ...]:
    return tuple(
        BalancePoint(date=each.date, balance=amount(each.balance), partial=each.partial)
        for each in points
    )


def _change(amounts: Sequence[Amount]) -> Amount | None:
    """The last less the first."""
    if not amounts:
        return None
    change = Decimal(amounts[-1].amount) - Decimal(amounts[0].amount)
    return Amount(amount=str(change), currency=amounts[0].currency)


def _first_of(
    points: Sequence[BalancePoint], choose: Callable[[Iterable[Decimal]], Decimal]
) -> BalancePoint | None:
    """The first point of the lowest (`min`) or the highest balance (`max`)."""
    if not points:
        return None
    extreme = choose(Decimal(each.balance.amount) for each in points)
    return next(each for each in points if Decimal(each.balance.amount) == extreme)
