"""What the user has: accounts, balances, net worth, and how far the records go."""

from __future__ import annotations

from typing import Annotated

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import (
    AccountPart,
    AccountsEnvelope,
    DataRangeEnvelope,
    NetWorthEnvelope,
    bank_text,
)
from spendo.assistant.tools.parts import amount, left_out
from spendo.assistant.tools.periods import period_of
from spendo.assistant.turn import Turn
from spendo.ledger import selectors
from spendo.ledger.periods import Period


@function_tool(failure_error_function=refuse_arguments)
async def list_accounts(context: RunContextWrapper[Turn]) -> str:
    """List the user's own accounts with their balances, and the totals: all, cash (checking, cards,
    cash, loans), saving, investing and retirement. Use it for balances. `pending` is money on its
    way that is not in the balance. When `partial` is true, say what was left out."""
    turn = context.context

    def work() -> AccountsEnvelope:
        accounts = selectors.list_accounts(turn.user)
        totals = selectors.account_totals(turn.user)
        return AccountsEnvelope(
            count=len(accounts),
            accounts=tuple(
                AccountPart(
                    id=each.id,
                    name=bank_text(each.name),
                    institution=bank_text(each.institution),
                    kind=each.kind,
                    group=each.group,
                    balance=amount(each.balance),
                    pending=amount(each.pending),
                    as_of=each.as_of,
                )
                for each in accounts
            ),
            total=amount(totals.total),
            cash=amount(totals.cash),
            saving=amount(totals.saving),
            investing_retirement=amount(totals.investing_retirement),
            partial=totals.partial,
            left_out=left_out(totals.left_out),
        )

    return await answer_call(turn, "list_accounts", "Looking at your accounts", work)


@function_tool(failure_error_function=refuse_arguments)
async def net_worth(
    context: RunContextWrapper[Turn],
    as_of: Annotated[
        str | None,
        Field(
            description="A day ('2026-03-15', '15 March') or a period, whose last day is taken "
            "('last month', 'May 2026'). null: today."
        ),
    ] = None,
) -> str:
    """What the user owns minus what they owe, today or at the end of a day in the past."""
    turn = context.context

    def work() -> NetWorthEnvelope:
        period = period_of(turn, as_of) if as_of else None
        day = period.last_day if period else turn.today
        if day > turn.today:
            if period and period.start > turn.today:
                raise ToolProblemError("future_date", "That day has not come yet.")
            day = turn.today
        worth = selectors.net_worth(turn.user, as_of=day)
        return NetWorthEnvelope(
            count=len(selectors.list_accounts(turn.user)),
            on=worth.as_of,
            words=Period.of_days(worth.as_of, worth.as_of).words,
            assets=amount(worth.assets),
            liabilities=amount(worth.liabilities),
            total=amount(worth.total),
            partial=worth.partial,
            left_out=left_out(worth.left_out),
            hidden_accounts=worth.hidden_accounts,
        )

    return await answer_call(turn, "net_worth", "Working out your net worth", work)


@function_tool(failure_error_function=refuse_arguments)
async def data_range(context: RunContextWrapper[Turn]) -> str:
    """The first and last day that the user's records cover, and how many transactions they hold.
    Call it when the user asks what data there is, or when a result is unexpectedly empty."""
    turn = context.context

    def work() -> DataRangeEnvelope:
        found = selectors.data_range(turn.user)
        return DataRangeEnvelope(first=found.first, last=found.last, count=found.count)

    return await answer_call(turn, "data_range", "", work)
