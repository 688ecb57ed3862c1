"""Paying debts off, month by month, to the cent.

In each month interest is added first: balance × yearly rate ÷ 12, rounded half-even to the
currency's smallest unit. Then the payment is taken off; the last one is what is still owed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Literal

Order = Literal["avalanche", "snowball"]

MOST_MONTHS = 1200
"""A plan that takes longer than a hundred years is none."""

_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)


class NeverPaidOff(ValueError):  # noqa: N818
    """The payments do not outrun the interest."""


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed, in minor units (positive); `rate` is in percent a year."""

    id: int
    balance: int
    rate: Decimal
    minimum: int


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """One debt in one month, numbered from 1; the balance is what is left after the payment."""

    month: int
    debt: int
    interest: int
    payment: int
    balance: int


@dataclass(frozen=True, slots=True)
class Payoff:
    """`paid_off_in` has the month (from 1) in which each debt ends."""

    months: int
    interest: int
    paid: int
    paid_off_in: dict[int, int]
    schedule: tuple[MonthPaid, ...]


def interest_of_month(balance: int, rate: Decimal) -> int:
    exact = _CONTEXT.divide(_CONTEXT.multiply(Decimal(balance), rate), Decimal(1200))
    return int(exact.to_integral_value(rounding=ROUND_HALF_EVEN))


def pay_off(debts: Sequence[Debt], order: Order, extra: int) -> Payoff:
    """Minimums on every debt, and what is left of the monthly sum on the first one in order.

    The monthly sum is all minimums and `extra`; it stays the same when a debt is paid off.
    "avalanche" puts the highest rate first, "snowball" the smallest balance. Raises NeverPaidOff.
    """
    ordered = sorted(debts, key=_ORDERS[order])
    monthly = sum(debt.minimum for debt in debts) + extra
    left = {debt.id: debt.balance for debt in ordered}
    schedule: list[MonthPaid] = []
    paid_off_in: dict[int, int] = {}
    month = 0
    while any(left.values()):
        month += 1
        before = sum(left.values())
        rows = _one_month(month, ordered, left, monthly)
        schedule += rows
        paid_off_in |= {row.debt: month for row in rows if row.balance == 0}
        if month > MOST_MONTHS or (month == 1 and sum(left.values()) >= before):
            raise NeverPaidOff
    return Payoff(
        months=month,
        interest=sum(row.interest for row in schedule),
        paid=sum(row.payment for row in schedule),
        paid_off_in=paid_off_in,
        schedule=tuple(schedule),
    )


def _one_month(
    month: int, ordered: Sequence[Debt], left: dict[int, int], monthly: int
) -> list[MonthPaid]:
    """One month for every debt that is still owed; `left` is what is owed after it."""
    owing = [debt for debt in ordered if left[debt.id]]
    interest = {debt.id: interest_of_month(left[debt.id], debt.rate) for debt in owing}
    owed = {debt.id: left[debt.id] + interest[debt.id] for debt in owing}
    payment = {debt.id: min(debt.minimum, owed[debt.id]) for debt in owing}
    spare = monthly - sum(payment.values())
    for debt in owing:
        more = min(spare, owed[debt.id] - payment[debt.id])
        payment[debt.id] += more
        spare -= more
    for debt in owing:
        left[debt.id] = owed[debt.id] - payment[debt.id]
    return [
        MonthPaid(month, debt.id, interest[debt.id], payment[debt.id], left[debt.id])
        for debt in owing
    ]


def _highest_rate(debt: Debt) -> tuple[Decimal, int, int]:
    return (-debt.rate, debt.balance, debt.id)


def _smallest_balance(debt: Debt) -> tuple[int, Decimal, int]:
    return (debt.balance, -debt.rate, debt.id)


_ORDERS = {"avalanche": _highest_rate, "snowball": _smallest_balance}
