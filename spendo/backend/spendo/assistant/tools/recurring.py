"""What comes again and again, and the bills that are due."""

from __future__ import annotations

from typing import Annotated, Literal

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import answer_call, refuse_arguments
from spendo.assistant.tools.envelope import MAX_GROUPS, bank_text
from spendo.assistant.tools.envelope.recurring import (
    BillPart,
    PayDayPart,
    PriceChangePart,
    RecurringEnvelope,
    SeriesPart,
    UpcomingBillsEnvelope,
)
from spendo.assistant.tools.links import ids_link
from spendo.assistant.tools.parts import amount
from spendo.assistant.tools.periods import period_part
from spendo.assistant.tools.series_rows import is_dearer, rows_of, sample_rows
from spendo.assistant.tools.until import UNTIL_HELP, until_day
from spendo.assistant.turn import Turn
from spendo.reports.selectors import Bill, PayDay, Series, find_recurring, next_pay_day
from spendo.reports.selectors import upcoming_bills as bills_until

CANNOT_TELL = (
    "Payments say what is paid for, not what is used: nobody can read from them which "
    "subscription is not used."
)


@function_tool(failure_error_function=refuse_arguments)
async def recurring(
    context: RunContextWrapper[Turn],
    kind: Annotated[
        Literal["subscription", "bill", "income", "transfer"] | None,
        Field(description="Only this kind. null: all of them."),
    ] = None,
    status: Annotated[
        Literal["active", "ended", "dismissed", "all"],
        Field(description="active: what still comes. ended: what has stopped coming."),
    ] = "active",
) -> str:
    """Payments that come again and again, found in the records and as the user has confirmed them:
    subscriptions, bills, pay, regular transfers. Each has its cost per month and per year, the last
    price change, the next due day, and due days on which nothing came. Use it for "my
    subscriptions", "which got more expensive", "when am I paid", "which payment did not come".
    Never say that a series is not used: `cannot_tell` says why."""
    turn = context.context

    def work() -> RecurringEnvelope:
        found = find_recurring(turn.user, kind=kind, which=status, as_of=turn.today)
        return RecurringEnvelope(
            series=tuple(_series(each) for each in found.series[:MAX_GROUPS]),
            per_month=amount(found.per_month),
            per_year=amount(found.per_year),
            missed_count=sum(1 for each in found.series if each.missed),
            dearer_count=sum(1 for each in found.series if is_dearer(each)),
            left_out=found.left_out,
            since=found.since,
            cannot_tell=CANNOT_TELL,
            count=len(found.series),
            rows=sample_rows(turn, [each.ids[0] for each in found.series if each.ids]),
            link=rows_of(turn, found.series).link,
            truncated=len(found.series) > MAX_GROUPS,
        )

    return await answer_call(turn, "recurring", "Looking for regular payments", work)


@function_tool(failure_error_function=refuse_arguments)
async def upcoming_bills(
    context: RunContextWrapper[Turn],
    until: Annotated[str, Field(description=UNTIL_HELP)] = "30 days",
) -> str:
    """The bills and subscriptions that are due from today until a day, with their total, and the
    next pay day. They come from the known regular payments only; one that varies is an estimate.
    Transfers between own accounts are none."""
    turn = context.context

    def work() -> UpcomingBillsEnvelope:
        series = find_recurring(turn.user, as_of=turn.today).series
        pay = next_pay_day(turn.user, as_of=turn.today, series=series)
        end = until_day(turn, until, pay)
        found = bills_until(turn.user, end, as_of=turn.today, series=series)
        last = [bill.last_id for bill in found.bills if bill.last_id is not None]
        return UpcomingBillsEnvelope(
            period=period_part(turn, found.period),
            total=amount(found.total),
            bills=tuple(bill_part(bill) for bill in found.bills[:MAX_GROUPS]),
            next_pay_day=pay_day_part(pay) if pay else None,
            left_out=found.left_out,
            count=len(found.bills),
            rows=sample_rows(turn, last),
            link=ids_link(last),
            truncated=len(found.bills) > MAX_GROUPS,
        )

    return await answer_call(turn, "upcoming_bills", "Looking at the bills to come", work)


def bill_part(bill: Bill) -> BillPart:
    return BillPart(
        merchant=bank_text(bill.merchant),
        amount=amount(bill.amount),
        due_on=bill.due_on,
        account=bank_text(bill.account),
        category=bank_text(bill.category) if bill.category else None,
        cadence=bill.cadence,
        late=bill.is_late,
        estimate=bill.is_estimate,
    )


def pay_day_part(pay: PayDay) -> PayDayPart:
    return PayDayPart(
        merchant=bank_text(pay.merchant),
        amount=amount(pay.amount),
        on=pay.on,
        account=bank_text(pay.account),
        estimate=pay.is_estimate,
    )


def _series(series: Series) -> SeriesPart:
    change = series.price_change
    return SeriesPart(
        key=series.key,
        merchant=bank_text(series.merchant),
        account=bank_text(series.account),
        category=bank_text(series.category) if series.category else None,
        kind=series.kind,
        cadence=series.cadence,
        status=series.status,
        amounts=series.amounts,
        amount=amount(series.amount),
        per_month=amount(series.per_month),
        per_year=amount(series.per_year),
        count=series.count,
        first_on=series.first_on,
        last_on=series.last_on,
        next_due=series.next_due,
        late=series.is_late,
        missed=series.missed,
        price_change=PriceChangePart(
            new=amount(change.new), old=amount(change.old), on=change.on, dearer=change.dearer
        )
        if change
        else None,
    )
