"""What is owed, how full the cards are, and how debts get paid off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from spendo.budgets.months import month_after
from spendo.ledger.models import Account
from spendo.ledger.money import Money, from_minor, to_minor
from spendo.ledger.selectors import AccountBalance, list_accounts
from spendo.reports.amortisation import Debt, NeverPaidOff, Payoff, pay_off
from spendo.reports.selectors.statements import percent_of
from spendo.users.models import User
from spendo.users.selectors import today

Strategy = Literal["avalanche", "snowball", "fixed"]

DEBT_KINDS = ("credit_card", "loan")
DEBT_DEFINITION = (
    "From next month on, interest is added once a month (a twelfth of the yearly rate on the "
    "balance, to the cent, half-even), then the payment is taken off. Nothing new is charged. "
    "Avalanche puts what is left of the monthly sum on the highest rate, snowball on the smallest "
    "balance; what a paid-off debt no longer needs goes to the next."
)


class DebtPlanRefused(ValueError):  # noqa: N818
    """There is no plan to give; `missing` names the accounts that lack something."""

    def __init__(self, code: str, message: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.missing = missing


@dataclass(frozen=True, slots=True)
class DebtLine:
    """One debt: what is owed now, and under the plan the interest on it and its last month."""

    account_id: int
    account: str
    balance: Money
    rate: Decimal
    minimum: Money
    interest: Money
    months: int
    paid_off_in: date


@dataclass(frozen=True, slots=True)
class DebtMonth:
    """All debts in one month: interest added, what was paid, what is left."""

    month: date
    interest: Money
    payment: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """What a strategy comes to. `paid_off_in` is the first day of the last month."""

    strategy: Strategy
    interest: Money
    paid: Money
    months: int
    paid_off_in: date


@dataclass(frozen=True, slots=True)
class DebtPlan:
    """`totals` of the strategy asked for; `alternatives` has the other orders with the same
    monthly sum. `left_out` names debts in other currencies."""

    totals: PlanTotals
    alternatives: tuple[PlanTotals, ...]
    debts: tuple[DebtLine, ...]
    balance: Money
    monthly: Money
    schedule: tuple[DebtMonth, ...]
    left_out: tuple[str, ...]
    definition: str
    as_of: date


@dataclass(frozen=True, slots=True)
class CardUse:
    """`used` ÷ `limit` in percent, one decimal; None without a limit. `used` is what is owed,
    posted rows only; `pending` comes on top (negative: more will be owed)."""

    account_id: int
    account: str
    used: Money
    pending: Money
    limit: Money | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class CreditUtilisation:
    """Over the cards in the user's currency that have a limit. `without_limit` names those that
    have none: there is no figure for them. `percent` is None when no card has one."""

    cards: tuple[CardUse, ...]
    used: Money
    limit: Money
    percent: Decimal | None
    without_limit: tuple[str, ...]
    left_out: tuple[str, ...]
    as_of: date


def debt_plan(
    user: User,
    strategy: Strategy = "avalanche",
    *,
    extra: Money | None = None,
    payment: Money | None = None,
    account_ids: Collection[int] | None = None,
    as_of: date | None = None,
) -> DebtPlan:
    """When the user's debts (cards and loans) are paid off, and what that costs.

    "avalanche" and "snowball" pay every minimum and put `extra` on one debt after the other.
    "fixed" pays `payment` a month in all, without looking at minimums, highest rate first. Raises
    DebtPlanRefused with the code no_debts, no_rate, no_minimum, no_payment, too_little or
    wrong_currency. See DEBT_DEFINITION.
    """
    now = as_of or today(user)
    owed = [
        each
        for each in list_accounts(user)
        if each.kind in DEBT_KINDS
        and each.balance.amount < 0
        and (account_ids is None or each.id in set(account_ids))
    ]
    own = [each for each in owed if each.currency == user.currency]
    if not own:
        raise DebtPlanRefused("no_debts", "There is nothing owed on these accounts.")
    debts = _debts(user, own, strategy)
    more = _extra(user, strategy, extra, payment)
    plan = _pay_off(debts, "snowball" if strategy == "snowball" else "avalanche", more)
    others: list[Strategy] = [each for each in ("avalanche", "snowball") if each != strategy]
    return DebtPlan(
        totals=_totals(user, strategy, plan, now),
        alternatives=tuple(
            _totals(user, each, _pay_off(debts, each, more), now)  # type: ignore[arg-type]
            for each in others
            if strategy != "fixed" and len(debts) > 1
        ),
        debts=tuple(_line(user, each, debts, plan, now) for each in own),
        balance=from_minor(sum(debt.balance for debt in debts), user.currency),
        monthly=from_minor(sum(debt.minimum for debt in debts) + more, user.currency),
        schedule=_schedule(user, plan, now),
        left_out=tuple(sorted(each.name for each in owed if each.currency != user.currency)),
        definition=DEBT_DEFINITION,
        as_of=now,
    )


def credit_utilisation(user: User, *, as_of: date | None = None) -> CreditUtilisation:
    """How much of their limits the user's cards have used; nothing is assumed about a card
    without a limit."""
    found = [each for each in list_accounts(user) if each.kind == "credit_card"]
    limits = _accounts(user, found)
    cards = [_card(each, limits[each.id]) for each in found if each.currency == user.currency]
    counted = [each for each in cards if each.limit is not None]
    used = limit = Money.zero(user.currency)
    for card in counted:
        used += card.used
        limit += card.limit or Money.zero(user.currency)
    return CreditUtilisation(
        cards=tuple(cards),
        used=used,
        limit=limit,
        percent=percent_of(used, limit),
        without_limit=tuple(each.account for each in cards if each.limit is None),
        left_out=tuple(sorted(each.name for each in found if each.currency != user.currency)),
        as_of=as_of or today(user),
    )


def _accounts(user: User, chosen: list[AccountBalance]) -> dict[int, Account]:
    return Account.objects.of(user).in_bulk([each.id for each in chosen])


def _debts(user: User, owed: list[AccountBalance], strategy: Strategy) -> list[Debt]:
    rows = _accounts(user, owed)
    without_rate = tuple(each.name for each in owed if rows[each.id].interest_rate is None)
    if without_rate:
        raise DebtPlanRefused(
            "no_rate",
            "Without the yearly interest rate of every debt there is no plan. Enter it first.",
            without_rate,
        )
    without_minimum = tuple(
        each.name for each in owed if rows[each.id].minimum_payment_minor is None
    )
    if without_minimum and strategy != "fixed":
        raise DebtPlanRefused(
            "no_minimum",
            "Avalanche and snowball need the minimum payment of every debt. Enter it first, or "
            "ask for a fixed payment.",
            without_minimum,
        )
    return [
        Debt(
            id=each.id,
            balance=-to_minor(each.balance),
            rate=rows[each.id].interest_rate or Decimal(0),
            minimum=0 if strategy == "fixed" else rows[each.id].minimum_payment_minor or 0,
        )
        for each in owed
    ]


def _extra(user: User, strategy: Strategy, extra: Money | None, payment: Money | None) -> int:
    given = payment if strategy == "fixed" else extra
    if given is None:
        if strategy == "fixed":
            raise DebtPlanRefused("no_payment", "Say how much is paid each month.")
        return 0
    if given.currency != user.currency:
        raise DebtPlanRefused("wrong_currency", f"Give the payment in {user.currency}.")
    if given.amount < 0 or (strategy == "fixed" and not given):
        raise DebtPlanRefused("no_payment", "Say how much is paid each month, above zero.")
    return to_minor(given)


def _pay_off(debts: list[Debt], order: Literal["avalanche", "snowball"], extra: int) -> Payoff:
    try:
        return pay_off(debts, order, extra)
    except NeverPaidOff:
        raise DebtPlanRefused(
            "too_little", "The payment does not cover the interest, so the debt never ends."
        ) from None


def _totals(user: User, strategy: Strategy, plan: Payoff, now: date) -> PlanTotals:
    return PlanTotals(
        strategy=strategy,
        interest=from_minor(plan.interest, user.currency),
        paid=from_minor(plan.paid, user.currency),
        months=plan.months,
        paid_off_in=month_after(now.replace(day=1), plan.months),
    )


def _line(
    user: User, account: AccountBalance, debts: list[Debt], plan: Payoff, now: date
) -> DebtLine:
    debt = next(each for each in debts if each.id == account.id)
    months = plan.paid_off_in[account.id]
    interest = sum(row.interest for row in plan.schedule if row.debt == account.id)
    return DebtLine(
        account_id=account.id,
        account=account.name,
        balance=-account.balance,
        rate=debt.rate,
        minimum=from_minor(debt.minimum, user.currency),
        interest=from_minor(interest, user.currency),
        months=months,
        paid_off_in=month_after(now.replace(day=1), months),
    )


def _schedule(user: User, plan: Payoff, now: date) -> tuple[DebtMonth, ...]:
    sums: dict[int, tuple[int, int, int]] = {}
    for row in plan.schedule:
        interest, payment, balance = sums.get(row.month, (0, 0, 0))
        sums[row.month] = (
            interest + row.interest, payment + row.payment, balance + row.balance
        )  # fmt: skip
    return tuple(
        DebtMonth(
            month_after(now.replace(day=1), month),
            *(from_minor(part, user.currency) for part in parts),
        )
        for month, parts in sums.items()
    )


def _card(account: AccountBalance, row: Account) -> CardUse:
    zero = Money.zero(account.currency)
    used = -account.balance if account.balance < zero else zero
    limit = (
        None
        if row.credit_limit_minor is None
        else from_minor(row.credit_limit_minor, account.currency)
    )
    return CardUse(
        account_id=account.id,
        account=account.name,
        used=used,
        pending=account.pending,
        limit=limit,
        percent=percent_of(used, limit) if limit else None,
    )
