"""The money that is there to be spent, and what of it is spoken for."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from spendo.budgets.months import month_after, month_of
from spendo.budgets.selectors import budget_status, budgets_in_force, goal_progress
from spendo.ledger.money import Money, round_money
from spendo.ledger.periods import Period
from spendo.ledger.selectors import AccountBalance, list_accounts
from spendo.ledger.selectors.trees import CategoryTree
from spendo.reports.selectors.bills import PayDay, UpcomingBills, bills_of, pay_day_of
from spendo.reports.selectors.recurring import find_recurring
from spendo.reports.selectors.series_type import Series
from spendo.users.models import User
from spendo.users.selectors import today

SPENDABLE_KINDS = ("checking", "cash", "credit_card")
"""Where the money for every day is; a card has what is owed on it, as a negative balance."""

SAFE_TO_SPEND_DEFINITION = (
    "Checking and cash less what is owed on cards, pending included; less bills and subscriptions "
    "due before the day; less regular transfers to other accounts; less what goals with a due day "
    "need this month and have not had; less what is left in budgets for the days until then. Pay "
    "that comes on the way is not counted."
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """One thing that part of the money is for: "bill", "transfer", "goal" or "budget"."""

    reason: Literal["bill", "transfer", "goal", "budget"]
    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class SafeToSpend:
    """`amount` is `spendable` less everything in `set_aside` and never below zero; `short` is
    what is missing if that is less than nothing. `until` is the first day after the days that
    are looked at; `pay_day` is set when that day was chosen because pay comes on it.
    """

    amount: Money
    short: Money
    per_day: Money
    spendable: Money
    set_aside: tuple[SetAside, ...]
    bills: UpcomingBills
    until: date
    days: int
    pay_day: PayDay | None
    accounts: tuple[AccountBalance, ...]
    left_out: tuple[str, ...]
    definition: str
    as_of: date


def safe_to_spend(
    user: User, until: date | None = None, *, as_of: date | None = None
) -> SafeToSpend:
    """What can be spent before `until` without touching what is spoken for.

    Without `until`: before the next pay day, or the end of the month when no pay is known.
    Raises ValueError unless `until` is after today. See SAFE_TO_SPEND_DEFINITION.
    """
    now = as_of or today(user)
    series = find_recurring(user, as_of=now).series
    pay_day = pay_day_of(user, series, now) if until is None else None
    end = until or (pay_day.on if pay_day else month_after(now.replace(day=1)))
    bills = bills_of(user, series, now, end)
    accounts = [each for each in list_accounts(user) if each.kind in SPENDABLE_KINDS]
    own = [each for each in accounts if each.currency == user.currency]
    spendable = Money.zero(user.currency)
    for account in own:
        spendable += account.balance + account.pending
    transfers = _transfers(user, series, {each.id for each in own}, now, end)
    set_aside = (
        *_of_bills(bills),
        *[SetAside("transfer", each.merchant, amount) for each, amount in transfers],
        *_of_goals(user, transfers, now),
        *_of_budgets(user, bills, now, end),
    )
    left = spendable
    for part in set_aside:
        left -= part.amount
    zero = Money.zero(user.currency)
    amount = left if left > zero else zero
    days = (end - now).days
    return SafeToSpend(
        amount=amount,
        short=zero if left > zero else -left,
        per_day=round_money(amount.amount / days, user.currency),
        spendable=spendable,
        set_aside=set_aside,
        bills=bills,
        until=end,
        days=days,
        pay_day=pay_day,
        accounts=tuple(own),
        left_out=tuple(sorted({each.currency for each in accounts} - {user.currency})),
        definition=SAFE_TO_SPEND_DEFINITION,
        as_of=now,
    )


def _transfers(
    user: User, series: tuple[Series, ...], spendable: set[int], now: date, until: date
) -> list[tuple[Series, Money]]:
    """Regular transfers out of the spendable accounts to others, with what is due before `until`.
    A card payment stays among them."""
    due = []
    for each in series:
        leaves = each.account_id in spendable and each.to_account_id not in spendable
        if each.kind == "transfer" and each.amount.amount < 0 and leaves:
            times = len(list(each.due_between(now, until - timedelta(days=1))))
            if times:
                due.append((each, round_money(-each.amount.amount * times, user.currency)))
    return due


def _of_bills(bills: UpcomingBills) -> list[SetAside]:
    return [
        SetAside("bill", bill.merchant, bill.amount)
        for bill in bills.bills
        if bill.amount.currency == bills.total.currency
    ]


def _of_goals(user: User, transfers: list[tuple[Series, Money]], now: date) -> list[SetAside]:
    """What each goal with a due day still needs this month: its share of the months left, at the
    state of the month's first day, less what has come in since and what a regular transfer will
    bring."""
    coming = {each.to_account_id: amount for each, amount in transfers}
    month_began = {goal.id: goal for goal in goal_progress(user, as_of=_day_before_month(now))}
    parts = []
    for goal in goal_progress(user, as_of=now):
        before = month_began[goal.id]
        if (
            goal.needed_per_month is None
            or goal.saved is None
            or before.missing is None
            or goal.target.currency != user.currency
            or goal.account_id is None
        ):
            needed = goal.needed_per_month
            if needed and goal.account_id is None and goal.target.currency == user.currency:
                parts.append(SetAside("goal", goal.name, needed))
            continue
        share = round_money(before.missing.amount / (goal.months_left or 1), user.currency)
        came = goal.saved - (before.saved or goal.saved)
        rest = share - came - coming.get(goal.account_id, Money.zero(user.currency))
        if rest.amount > 0:
            parts.append(SetAside("goal", goal.name, rest))
    return parts


def _day_before_month(now: date) -> date:
    return now.replace(day=1) - timedelta(days=1)


def _of_budgets(user: User, bills: UpcomingBills, now: date, until: date) -> list[SetAside]:
    """What is left in the outermost budgets for the days until then, less the bills among them."""
    tree = CategoryTree.of(user)
    parts: dict[int, tuple[str, Decimal]] = {}
    month = month_of(now)
    while month.start < until:
        first = max(now, month.start)
        days, covered = (month.end - first).days, (min(until, month.end) - first).days
        for category_id, (name, left) in _left(user, tree, month, now).items():
            label, so_far = parts.get(category_id, (name, Decimal(0)))
            parts[category_id] = (label, so_far + max(Decimal(0), left) * covered / days)
        month = month_of(month.end)
    return [
        SetAside("budget", label, rest)
        for category_id, (label, amount) in parts.items()
        if (rest := _less_bills(user, tree, category_id, amount, bills)).amount > 0
    ]


def _left(
    user: User, tree: CategoryTree, month: Period, now: date
) -> dict[int, tuple[str, Decimal]]:
    """What is left in each outermost budget: of a month to come the limit alone, for what this
    month will carry into it is not known yet."""
    if month.start <= now:
        lines = budget_status(user, month.start, as_of=now).lines
        return {
            line.category_id: (line.category, line.left.amount)
            for line in lines
            if line.within is None
        }
    limits = {
        category_id: months[month.start]
        for category_id, months in budgets_in_force(user, month.start, month.start).items()
    }
    return {
        category_id: (limit.category, limit.limit.amount)
        for category_id, limit in limits.items()
        if limit.limit.currency == user.currency
        and not set(tree.path(category_id)[1:]) & set(limits)
    }


def _less_bills(
    user: User, tree: CategoryTree, category_id: int, amount: Decimal, bills: UpcomingBills
) -> Money:
    rest = round_money(amount, user.currency)
    for bill in bills.bills:
        known = bill.category_id is not None and category_id in tree.path(bill.category_id)
        if known and bill.amount.currency == user.currency:
            rest -= bill.amount
    return rest
