"""What is due next, and when pay comes: from the known series only."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from spendo.ledger.money import Money
from spendo.ledger.periods import Period
from spendo.reports.selectors.recurring import find_recurring
from spendo.reports.selectors.series_type import Series
from spendo.users.models import User
from spendo.users.selectors import today


@dataclass(frozen=True, slots=True)
class Bill:
    """One payment to come; `amount` is positive. `is_late`: it was due before today.
    `is_estimate`: it costs something else each time, so this is the median of the last ones."""

    due_on: date
    merchant: str
    amount: Money
    account: str
    category_id: int | None
    category: str | None
    cadence: str
    is_late: bool
    is_estimate: bool
    series_key: str
    last_id: int | None


@dataclass(frozen=True, slots=True)
class UpcomingBills:
    """Bills and subscriptions due from today to the last day of `period`, in order, late ones
    first. `total` is in the user's currency; `left_out` names others. Transfers are none."""

    bills: tuple[Bill, ...]
    total: Money
    left_out: tuple[str, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class PayDay:
    """The next time money of an income series is due."""

    on: date
    merchant: str
    amount: Money
    account: str
    is_estimate: bool


def upcoming_bills(
    user: User,
    until: date,
    *,
    as_of: date | None = None,
    series: tuple[Series, ...] | None = None,
) -> UpcomingBills:
    """What is due from today up to, not including, `until`; of the series that `find_recurring`
    has just given, if it has. Raises ValueError unless that is after today."""
    now = as_of or today(user)
    known = find_recurring(user, as_of=now).series if series is None else series
    return bills_of(user, known, now, until)


def next_pay_day(
    user: User, *, as_of: date | None = None, series: tuple[Series, ...] | None = None
) -> PayDay | None:
    """The next day after today on which pay is due: that of the income series of at least half
    the largest one's yearly sum, so that some interest is no pay day. None if nothing comes
    regularly. `series` as for `upcoming_bills`."""
    now = as_of or today(user)
    known = find_recurring(user, as_of=now).series if series is None else series
    return pay_day_of(user, known, now)


def bills_of(user: User, series: tuple[Series, ...], now: date, until: date) -> UpcomingBills:
    if until <= now:
        raise ValueError("until must be after today.")
    bills = [
        _bill(each, due, late=place == 0 and each.is_late)
        for each in series
        if each.kind in ("bill", "subscription") and each.amount.amount < 0
        for place, due in enumerate(each.due_between(now, until - timedelta(days=1)))
    ]
    bills.sort(key=lambda bill: (bill.due_on, not bill.is_late, bill.merchant))
    total = Money.zero(user.currency)
    for bill in bills:
        if bill.amount.currency == user.currency:
            total += bill.amount
    return UpcomingBills(
        bills=tuple(bills),
        total=total,
        left_out=tuple(sorted({bill.amount.currency for bill in bills} - {user.currency})),
        period=Period.of_days(now, until - timedelta(days=1)),
    )


def _bill(series: Series, due: date, *, late: bool) -> Bill:
    return Bill(
        due_on=series.next_due if late and series.next_due else due,
        merchant=series.merchant,
        amount=abs(series.amount),
        account=series.account,
        category_id=series.category_id,
        category=series.category,
        cadence=series.cadence,
        is_late=late,
        is_estimate=series.amounts == "varying",
        series_key=series.key,
        last_id=series.ids[0] if series.ids else None,
    )


def pay_day_of(user: User, series: tuple[Series, ...], now: date) -> PayDay | None:
    incomes = [
        each
        for each in series
        if each.kind == "income" and each.amount.currency == user.currency and each.next_due
    ]
    most = max((each.per_year.amount for each in incomes), default=Decimal(0))
    days = [
        PayDay(
            on=each.rhythm.next_after(now),
            merchant=each.merchant,
            amount=each.amount,
            account=each.account,
            is_estimate=each.amounts == "varying",
        )
        for each in incomes
        if 2 * each.per_year.amount >= most
    ]
    return min(days, key=lambda pay: (pay.on, pay.merchant), default=None)
