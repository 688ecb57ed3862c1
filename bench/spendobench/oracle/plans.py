"""What is to come: the payments that the generator makes again and again, and debts paid down."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from bench.spendobench.events import Regular, World
from bench.spendobench.oracle.periods import add_months

_CENT = Decimal("0.01")


def amount_on(regular: Regular, day: date) -> Decimal:
    return [
        amount for first, amount in regular.amounts if first <= day or first == regular.first_on
    ][-1]


def due_days(regular: Regular, start: date, end: date) -> list[date]:
    """When it comes due from `start` up to, not including, `end`."""
    found = []
    month = start.replace(day=1)
    while month < end:
        if regular.cadence != "yearly" or month.month == regular.first_on.month:
            following = add_months(month, 1)
            day = min(
                month + timedelta(days=regular.first_on.day - 1), following - timedelta(days=1)
            )
            if start <= day < end:
                found.append(day)
        month = add_months(month, 1)
    return found


def subscriptions(world: World, cadence: str) -> list[Regular]:
    return [
        each for each in world.regulars if each.kind == "subscription" and each.cadence == cadence
    ]


def pay_days(world: World) -> list[date]:
    """When each salary comes next, the first of them first."""
    days = set()
    for regular in world.regulars:
        if regular.kind == "income":
            days.add(min(day for day in _income_days(world, regular) if day > world.today))
    return sorted(days)


def _income_days(world: World, regular: Regular) -> set[date]:
    horizon = world.today + timedelta(days=62)
    months = {regular.first_on.day}
    for event in world.events:
        if getattr(event, "merchant", "") == regular.merchant:
            months.add(event.on.day)  # type: ignore[union-attr]
    days: set[date] = set()
    for day in months:
        step = Regular(regular.merchant, "income", "monthly", regular.account,
                       regular.first_on.replace(day=day), regular.amounts)  # fmt: skip
        days |= set(due_days(step, world.today, horizon))
    return days


@dataclass(frozen=True, slots=True)
class Debt:
    name: str
    owed: Decimal
    rate: Decimal
    minimum: Decimal


@dataclass(frozen=True, slots=True)
class PaidOff:
    months: int
    interest: Decimal


def paid_off(owed: Decimal, rate: Decimal, payment: Decimal) -> PaidOff | None:
    """Each month a twelfth of the yearly rate is added, then the payment taken off; None when the
    payment never catches up."""
    months, interest = 0, Decimal(0)
    while owed > 0:
        added = (owed * rate / 1200).quantize(_CENT, ROUND_HALF_EVEN)
        if added >= payment or months > 1200:
            return None
        owed, interest, months = (
            max(owed + added - payment, Decimal(0)),
            interest + added,
            months + 1,
        )
    return PaidOff(months, interest)


def strategy(
    debts: list[Debt], *, highest_rate: bool, extra: Decimal = Decimal(0)
) -> PaidOff | None:
    """All minimums are paid; what they free, and the extra, goes to one debt after another."""
    budget = sum((debt.minimum for debt in debts), extra)
    left = {debt.name: debt.owed for debt in debts}
    order = sorted(debts, key=lambda debt: -debt.rate if highest_rate else debt.owed)
    months, interest = 0, Decimal(0)
    while any(left.values()):
        if months > 1200:
            return None
        months += 1
        free = budget
        for debt in debts:
            added = (left[debt.name] * debt.rate / 1200).quantize(_CENT, ROUND_HALF_EVEN)
            left[debt.name] += added
            interest += added
        for debt in debts:
            paid = min(debt.minimum, left[debt.name])
            left[debt.name] -= paid
            free -= paid
        for debt in order:
            paid = min(free, left[debt.name])
            left[debt.name] -= paid
            free -= paid
    return PaidOff(months, interest)
