"""How far goals are, and when they would be reached."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

from django.db.models import Q

from spendo.budgets.models import Goal
from spendo.budgets.months import month_after, months_until
from spendo.ledger.models import Account
from spendo.ledger.money import Money, exponent, from_minor, round_money, to_minor
from spendo.ledger.prepared import names_of
from spendo.ledger.selectors.balances import Balances
from spendo.users.models import User
from spendo.users.selectors import today

PACE_MONTHS = 3
_FAR = 1200


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """`saved` is the balance of the goal's account at the end of `as_of`, or what the user has
    put down; None when the account is hidden. Not below zero.

    `percent` is saved ÷ target, at most 100, one decimal. `months_left` counts a month begun
    whole; `needed_per_month` is what is missing ÷ those months, rounded up so that it suffices.
    `pace_per_month` is how much the account grew a month in the last three whole months in which
    it was open; `reached_on` is the month (its first day) in which the target is reached at that
    pace. None where there is no due day, no account, or no growth. `shared_with` names other
    goals that count the same account's money.
    """

    id: int
    name: str
    target: Money
    saved: Money | None
    missing: Money | None
    percent: Decimal | None
    due_on: date | None
    months_left: int | None
    needed_per_month: Money | None
    pace_per_month: Money | None
    reached_on: date | None
    account_id: int | None
    account: str | None
    shared_with: tuple[str, ...]
    as_of: date

    @property
    def is_reached(self) -> bool:
        return self.missing is not None and not self.missing

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < self.as_of and not self.is_reached

    @property
    def is_on_track(self) -> bool | None:
        """Whether the pace of the last months is enough; None when there is nothing to compare."""
        if self.is_reached:
            return True
        if self.needed_per_month is None or self.pace_per_month is None:
            return None
        return not self.pace_per_month < self.needed_per_month


def goal_names(user: User) -> list[str]:
    """What the user's goals are called."""
    return names_of(Goal, "name_key", where=Q(user_id=user.pk))


def goal_progress(user: User, *, as_of: date | None = None) -> list[GoalProgress]:
    """The user's goals, those due first at the top."""
    now = as_of or today(user)
    goals = list(
        Goal.objects.filter(user=user)
        .select_related("account__user")
        .order_by("due_on", "name_key")
    )
    goals.sort(key=lambda goal: goal.due_on or date.max)
    return [_progress(goal, _sharing(goal, goals), now) for goal in goals]


def _sharing(goal: Goal, goals: list[Goal]) -> tuple[str, ...]:
    return tuple(
        other.name
        for other in goals
        if goal.account_id is not None
        and other.account_id == goal.account_id
        and other.pk != goal.pk
    )


def _progress(goal: Goal, shared_with: tuple[str, ...], now: date) -> GoalProgress:
    target = from_minor(goal.target_minor, goal.currency)
    zero = Money.zero(goal.currency)
    hidden = goal.account is not None and goal.account.hidden
    saved = None if hidden else _saved(goal, now)
    missing = None if saved is None else max(zero, target - saved, key=lambda money: money.amount)
    months_left = months_until(now, goal.due_on) if goal.due_on else None
    pace = _pace(goal.account, now) if goal.account and not hidden else None
    return GoalProgress(
        id=goal.pk,
        name=goal.name,
        target=target,
        saved=saved,
        missing=missing,
        percent=None if saved is None else _percent(saved, target),
        due_on=goal.due_on,
        months_left=months_left,
        needed_per_month=_needed(missing, months_left) if missing is not None else None,
        pace_per_month=pace,
        reached_on=_reached_on(missing, pace, now) if missing is not None else None,
        account_id=None if hidden else goal.account_id,
        account=goal.account.name if goal.account and not hidden else None,
        shared_with=shared_with,
        as_of=now,
    )


def _saved(goal: Goal, now: date) -> Money:
    minor = _balance(goal.account, now) if goal.account else goal.saved_minor
    return from_minor(max(0, minor), goal.currency)


def _balance(account: Account, day: date) -> int:
    (minor,) = Balances(account.user, [account], day, day).on(account.pk, [day])
    return minor


def _percent(saved: Money, target: Money) -> Decimal:
    exact = min(Decimal(100), 100 * saved.amount / target.amount)
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)


def _needed(missing: Money, months_left: int | None) -> Money | None:
    if months_left is None or (months_left == 0 and missing):
        return None
    unit = Decimal(1).scaleb(-exponent(missing.currency))
    exact = missing.amount / max(1, months_left)
    return Money(exact.quantize(unit, rounding=ROUND_CEILING), missing.currency)


def _pace(account: Account, now: date) -> Money | None:
    """The growth a month over the last whole months in which the account was open."""
    end = now.replace(day=1)
    opened = account.opened_on
    first_whole = opened if opened.day == 1 else month_after(opened.replace(day=1))
    start = max(month_after(end, -PACE_MONTHS), first_whole)
    months = (end.year - start.year) * 12 + end.month - start.month
    if months < 1:
        return None
    day_before = start - timedelta(days=1)
    before = _balance(account, day_before) if opened < start else account.opening_balance_minor
    grown = from_minor(_balance(account, end - timedelta(days=1)) - before, account.currency)
    return round_money(grown.amount / months, account.currency)


def _reached_on(missing: Money, pace: Money | None, now: date) -> date | None:
    if pace is None or not missing or pace.amount <= 0:
        return None
    months = -(-to_minor(missing) // to_minor(pace))
    return month_after(now.replace(day=1), months) if months <= _FAR else None
