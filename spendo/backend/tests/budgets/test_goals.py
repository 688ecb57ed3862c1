from datetime import date
from decimal import Decimal

import pytest

from spendo.budgets.models import Budget, Goal
from spendo.budgets.months import months_until
from spendo.budgets.selectors import goal_progress, list_budgets
from spendo.budgets.services import (
    add_goal,
    drop_goal,
    edit_goal,
    end_budget,
    set_budget,
)
from spendo.ledger.changes import undo
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Account, Change
from spendo.ledger.money import Money
from spendo.users.models import User
from tests.ledger.book import Book, usd

TODAY = date(2026, 11, 26)


def test_progress_by_hand(book: Book, user: User) -> None:
    savings = book.accounts["Savings"]
    add_goal(user, name="Roof", target=usd("8000"), due_on=date(2027, 2, 26), account_id=savings.pk)
    for month, amount in ((8, "100"), (9, "200"), (10, "0.01")):
        book.add(amount, "Transfer", account="Savings", on=date(2026, month, 5))
    book.add("50", "Transfer", account="Savings", on=date(2026, 11, 5))
    (roof,) = goal_progress(user)
    # 5000 + 100 + 200 + 0.01 + 50; left 2649.99 in three months: 883.33.
    assert (roof.saved, roof.missing) == (usd("5350.01"), usd("2649.99"))
    assert (roof.percent, roof.months_left) == (Decimal("66.9"), 3)
    assert roof.needed_per_month == usd("883.33")
    # August to October: 300.01 ÷ 3 = 100.003…; 2649.99 ÷ 100.00 -> 27 months: February 2029.
    assert roof.pace_per_month == usd("100.00")
    assert roof.reached_on == date(2029, 2, 1)
    assert roof.is_on_track is False


def test_what_is_needed_is_rounded_up_so_that_it_suffices(book: Book, user: User) -> None:
    add_goal(user, name="Trip", target=usd("100"), due_on=date(2027, 2, 26))
    (trip,) = goal_progress(user)
    assert trip.needed_per_month == usd("33.34")
    assert (trip.pace_per_month, trip.is_on_track) == (None, None)


@pytest.mark.parametrize(
    ("due", "months"),
    [
        (date(2026, 11, 25), 0),
        (date(2026, 11, 26), 1),
        (date(2026, 12, 26), 1),
        (date(2026, 12, 27), 2),
        (date(2027, 1, 26), 2),
        (date(2027, 11, 1), 12),
    ],
)
def test_a_month_begun_counts_whole(due: date, months: int) -> None:
    assert months_until(TODAY, due) == months


def test_a_goal_that_is_reached_overdue_shared_or_hidden(book: Book, user: User) -> None:
    savings = book.accounts["Savings"]
    add_goal(user, name="Done", target=usd("4000"), account_id=savings.pk)
    add_goal(user, name="Late", target=usd("6000"), due_on=date(2026, 1, 1), account_id=savings.pk)
    late, done = goal_progress(user)
    assert (late.is_overdue, late.needed_per_month, late.shared_with) == (True, None, ("Done",))
    assert (done.is_reached, done.percent, done.is_on_track) == (True, Decimal(100), True)
    Account.objects.filter(pk=savings.pk).update(hidden=True)
    assert [(goal.saved, goal.account) for goal in goal_progress(user)] == [(None, None)] * 2


def test_what_a_goal_may_not_be(book: Book, user: User) -> None:
    other = Book(User.objects.create(username="bob"))
    foreign = other.account("Savings", "savings").pk
    book.account("Euros", "savings", currency="EUR")
    for fields in (
        {"name": " ", "target": usd("1")},
        {"name": "x" * 121, "target": usd("1")},
        {"name": "A", "target": usd("0")},
        {"name": "A", "target": Money(Decimal(1), "EUR")},
        {"name": "A", "target": usd("1"), "account_id": book.accounts["Euros"].pk},
        {"name": "A", "target": usd("1"), "account_id": foreign},
        {"name": "A", "target": usd("1"), "saved": usd("-1")},
    ):
        with pytest.raises(LedgerError):
            add_goal(user, **fields)  # type: ignore[arg-type]
    assert not Goal.objects.exists()
    add_goal(user, name="Roof", target=usd("1"))
    with pytest.raises(LedgerError, match="already"):
        add_goal(user, name="ROOF", target=usd("2"))
    made = add_goal(other.user, name="Roof", target=usd("1"))
    with pytest.raises(LedgerError, match="no such goal"):
        edit_goal(user, made.pk, name="Mine")
    with pytest.raises(LedgerError, match="no such goal"):
        drop_goal(user, made.pk)


def test_a_goal_is_changed_and_every_step_undone(book: Book, user: User) -> None:
    goal = add_goal(user, name="Roof", target=usd("100"), saved=usd("10"))
    edit_goal(user, goal.pk, name="New roof", due_on=date(2027, 1, 1), saved=usd("20"))
    edit_goal(user, goal.pk, account_id=book.accounts["Savings"].pk, target=usd("7000"))
    goal.refresh_from_db()
    assert (goal.name, goal.saved_minor, goal.target_minor) == ("New roof", 2_000, 700_000)
    drop_goal(user, goal.pk)
    for change in list(Change.objects.filter(user=user).order_by("-id"))[:3]:
        undo(user, change.pk)
    goal.refresh_from_db()
    assert (goal.name, goal.account, goal.target_minor) == ("Roof", None, 10_000)


def test_budgets_are_set_ended_and_undone(book: Book, user: User) -> None:
    groceries = book.categories["Groceries"].pk
    set_budget(user, groceries, month=date(2026, 9, 14), limit=usd("100"))
    set_budget(user, groceries, month=date(2026, 9, 1), limit=usd("120"), rollover=True)
    set_budget(user, groceries, month=date(2026, 11, 1), limit=usd("150"))
    end_budget(user, groceries, month=date(2026, 10, 3))
    assert [(row.month, row.limit) for row in list_budgets(user)] == [
        (date(2026, 9, 1), usd("120")),
        (date(2026, 10, 1), None),
    ]
    with pytest.raises(LedgerError, match="no budget"):
        end_budget(user, groceries, month=date(2026, 12, 1))
    latest = Change.objects.filter(user=user).latest("id")
    assert latest.summary == "Ended the budget of Groceries from October 2026 on"
    undo(user, latest.pk)
    assert Budget.objects.count() == 2
    end_budget(user, groceries, month=date(2026, 9, 1))
    assert not Budget.objects.exists()


def test_what_a_budget_may_not_be(book: Book, user: User) -> None:
    groceries, pay = book.categories["Groceries"].pk, book.categories["Pay"].pk
    month = date(2026, 11, 1)
    for category_id, limit in (
        (groceries, usd("-1")),
        (groceries, Money(Decimal(1), "EUR")),
        (groceries, usd("99999999999999")),
        (pay, usd("1")),
        (10**20, usd("1")),
    ):
        with pytest.raises(LedgerError):
            set_budget(user, category_id, month=month, limit=limit)
    assert not Budget.objects.exists()
