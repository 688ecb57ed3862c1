"""What the user has now: accounts, balances, and how far the records go."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import (
    AccountBalanceEnvelope,
    AccountsEnvelope,
    DataRangeEnvelope,
    Filters,
    bank_text,
)
from spendo.assistant.tools.filters import Accounts, check_size
from spendo.assistant.tools.links import balance_link, rows_link
from spendo.assistant.tools.names import ChosenNames, choose_names
from spendo.assistant.tools.parts import account_part, amount, left_out
from spendo.assistant.tools.periods import period_of
from spendo.assistant.turn import Turn
from spendo.ledger import selectors
from spendo.ledger.money import Money
from spendo.ledger.periods import Period

Day = Annotated[
    str | None,
    Field(
        description="A day ('2026-03-15', '15 March') or a period, whose last day is taken "
        "('last month', 'May 2026'). null: today."
    ),
]

Kinds = Annotated[
    list[selectors.AccountKind] | None,
    Field(description="Only accounts of these kinds. null: any."),
]


def day_of(turn: Turn, text: str | None) -> date:
    """The day that the words name: the last one of a period, or today while it still runs."""
    if not text:
        return turn.today
    period = period_of(turn, text)
    if period.start > turn.today:
        raise ToolProblemError("future_date", "That day has not come yet.")
    return min(period.last_day, turn.today)


def chosen_accounts(turn: Turn, accounts: list[str] | None) -> ChosenNames:
    """The accounts of these names. Raises ToolProblemError."""
    check_size(accounts)
    return choose_names(turn.user, None, None, accounts)


def account_filters(chosen: ChosenNames) -> Filters:
    return Filters(accounts=tuple(bank_text(name) for name in chosen.accounts))


@function_tool(failure_error_function=refuse_arguments)
async def list_accounts(
    context: RunContextWrapper[Turn], accounts: Accounts = None, kinds: Kinds = None
) -> str:
    """List the user's own accounts, or some of them, with their balances of today, and the totals
    of those listed: all, cash (checking, cash, less cards), saving, investing and retirement,
    property, loans. `pending` is money on its way that is not in the balance. When `partial` is
    true, say what was left out."""
    turn = context.context

    def work() -> AccountsEnvelope:
        chosen = chosen_accounts(turn, accounts)
        found = [
            each
            for each in selectors.list_accounts(turn.user)
            if (not accounts or each.id in chosen.account_ids) and (not kinds or each.kind in kinds)
        ]
        totals = selectors.account_totals(turn.user, found)
        return AccountsEnvelope(
            count=len(found),
            filters=account_filters(chosen),
            accounts=tuple(account_part(each) for each in found),
            total=amount(totals.total),
            cash=amount(totals.cash),
            saving=amount(totals.saving),
            investing_retirement=amount(totals.investing_retirement),
            property=amount(totals.property),
            loans=amount(totals.loans),
            partial=totals.partial,
            left_out=left_out(totals.left_out),
            link=balance_link(turn.today, [each.id for each in found] if accounts or kinds else ()),
        )

    return await answer_call(turn, "list_accounts", "Looking at your accounts", work)


@function_tool(failure_error_function=refuse_arguments)
async def account_balance(
    context: RunContextWrapper[Turn], accounts: Accounts = None, as_of: Day = None
) -> str:
    """What was in some of the user's accounts, or in all of them, at the end of a day: each
    balance in its own currency, and the total. Use it for "my balance on 15 March"."""
    turn = context.context

    def work() -> AccountBalanceEnvelope:
        day = day_of(turn, as_of)
        chosen = chosen_accounts(turn, accounts)
        found = [
            each
            for each in selectors.list_accounts(turn.user, as_of=day)
            if not accounts or each.id in chosen.account_ids
        ]
        day_alone = Period.of_days(day, day)
        together = selectors.balance_history(turn.user, [each.id for each in found], day_alone)
        return AccountBalanceEnvelope(
            count=len(found),
            filters=account_filters(chosen),
            on=day,
            words=day_alone.words,
            total=amount(together.total[-1].balance)
            if found
            else amount(Money.zero(turn.user.currency)),
            accounts=tuple(account_part(each, today=turn.today) for each in found),
            partial=together.partial,
            left_out=left_out(together.left_out),
            link=balance_link(day, chosen.account_ids),
        )

    return await answer_call(turn, "account_balance", "Looking at your balances", work)


@function_tool(failure_error_function=refuse_arguments)
async def data_range(context: RunContextWrapper[Turn]) -> str:
    """The first and last day that the user's records cover, and how many transactions they hold.
    Call it when the user asks what data there is, or when a result is unexpectedly empty."""
    turn = context.context

    def work() -> DataRangeEnvelope:
        found = selectors.data_range(turn.user)
        return DataRangeEnvelope(
            first=found.first,
            last=found.last,
            count=found.count,
            link=rows_link(
                selectors.RowsQuery(selectors.TransactionFilter(include_transfers=True))
            ),
        )

    return await answer_call(turn, "data_range", "", work)
