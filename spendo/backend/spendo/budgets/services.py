"""Changing budgets and goals. Every change is recorded and can be undone."""

from datetime import date
from typing import Any

from spendo.budgets.models import Budget, Goal
from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Account, Category
from spendo.ledger.money import Money, format_money, from_minor
from spendo.ledger.periods.period import MONTHS
from spendo.ledger.services.checks import (
    in_currency,
    named,
    only,
    own,
    own_account,
    own_category,
    real_day,
)
from spendo.users.fields import fold
from spendo.users.models import User
from spendo.users.selectors import today

_NAME_LIMIT = 120


def set_budget(
    user: User, category_id: int, *, month: date, limit: Money, rollover: bool = False
) -> Budget:
    """The category's limit from the month that `month` is in, until a later entry.

    With `rollover` what is left (or overspent) of a month goes to the next. Raises LedgerError.
    """
    first = real_day(month).replace(day=1)
    with changing(user, kind="set_budget") as change:
        category = _spent_category(user, category_id)
        minor = in_currency(limit, user.currency, whose="user")
        if minor < 0:
            raise LedgerError("A budget is not negative.")
        change.summary = (
            f"Set the budget of {category.name} to {format_money(limit)} from {_words(first)} on"
        )
        values = {"limit_minor": minor, "currency": user.currency, "rollover": rollover}
        known = Budget.objects.filter(user=user, category=category, month=first).first()
        if known is None:
            return change.create(Budget(user=user, category=category, month=first, **values))
        change.update(known, **values)
        return known


def end_budget(user: User, category_id: int, *, month: date) -> None:
    """Let the category have no budget from that month on. Raises LedgerError if it has none."""
    first = real_day(month).replace(day=1)
    with changing(user, kind="end_budget") as change:
        category = _spent_category(user, category_id)
        change.summary = f"Ended the budget of {category.name} from {_words(first)} on"
        rows = list(Budget.objects.filter(user=user, category=category).order_by("month"))
        before = [row for row in rows if row.month < first]
        from_then_on = [row for row in rows if row.month >= first]
        in_force = bool(before) and before[-1].limit_minor is not None
        if not in_force and all(row.limit_minor is None for row in from_then_on):
            raise LedgerError(f"{category.name} has no budget from {_words(first)} on.")
        change.delete_many(from_then_on)
        if in_force:
            currency = before[-1].currency
            change.create(Budget(user=user, category=category, month=first, currency=currency))


def add_goal(
    user: User,
    *,
    name: str,
    target: Money,
    due_on: date | None = None,
    account_id: int | None = None,
    saved: Money | None = None,
) -> Goal:
    """An amount to have by a day; what counts is the account's balance, or what `saved` says.

    Raises LedgerError: the target is above zero, in the account's currency if there is one, else
    in the user's.
    """
    with changing(user, kind="add_goal") as change:
        account = None if account_id is None else own_account(user, account_id)
        goal = Goal(user=user, account=account, created_on=today(user), currency=target.currency)
        values = _values(user, goal, {"name": name, "target": target, "due_on": due_on})
        if saved is not None:
            values |= _values(user, goal, {"saved": saved})
        for field, value in values.items():
            setattr(goal, field, value)
        change.summary = f"Added the goal {goal.name}"
        return change.create(goal)


def edit_goal(user: User, goal_id: int, **fields: Any) -> Goal:
    """Change `name`, `target`, `due_on`, `account_id` (None: none) or `saved` of a goal."""
    only(fields, "name", "target", "due_on", "account_id", "saved")
    with changing(user, kind="edit_goal") as change:
        goal = own(user, Goal, goal_id, "goal")
        change.summary = f"Changed the goal {goal.name}"
        values: dict[str, Any] = {}
        if "account_id" in fields:
            account_id = fields.pop("account_id")
            goal.account = None if account_id is None else own_account(user, account_id)
            values["account_id"] = account_id
            fields.setdefault("target", _target(goal))
        values |= _values(user, goal, fields)
        change.update(own(user, Goal, goal_id, "goal"), **values)
        return own(user, Goal, goal_id, "goal")


def drop_goal(user: User, goal_id: int) -> None:
    with changing(user, kind="drop_goal") as change:
        goal = own(user, Goal, goal_id, "goal")
        change.summary = f"Dropped the goal {goal.name}"
        change.delete(goal)


def _spent_category(user: User, category_id: int) -> Category:
    category = own_category(user, category_id)
    if category is None or category.kind != Category.Kind.EXPENSE:
        raise LedgerError("A budget is for a category of expenses.")
    return category


def _values(user: User, goal: Goal, fields: dict[str, Any]) -> dict[str, Any]:
    """The checked values by column."""
    values: dict[str, Any] = {}
    for field, value in fields.items():
        match field:
            case "name":
                values["name"] = named(value, "goal's name", _NAME_LIMIT)
                _require_new_name(user, goal, values["name"])
            case "target":
                values["target_minor"] = _above_zero(_in_goal_currency(user, goal.account, value))
                values["currency"] = value.currency
            case "due_on":
                values["due_on"] = None if value is None else real_day(value)
            case "saved":
                values["saved_minor"] = in_currency(value, goal.currency, whose="goal")
                if values["saved_minor"] < 0:
                    raise LedgerError("What is saved is not negative.")
    return values


def _in_goal_currency(user: User, account: Account | None, target: Money) -> int:
    currency, whose = (account.currency, "account") if account else (user.currency, "user")
    return in_currency(target, currency, whose=whose)


def _above_zero(minor: int) -> int:
    if minor <= 0:
        raise LedgerError("A goal's target is above zero.")
    return minor


def _require_new_name(user: User, goal: Goal, name: str) -> None:
    others = Goal.objects.filter(user=user, name_key=fold(name)).exclude(pk=goal.pk)
    if others.exists():
        raise LedgerError("There is a goal of this name already.")


def _target(goal: Goal) -> Money:
    return from_minor(goal.target_minor, goal.currency)


def _words(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"
