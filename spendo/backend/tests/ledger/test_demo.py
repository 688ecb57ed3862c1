from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings
from pytest_django import DjangoDbBlocker

from spendo.budgets.selectors import budget_status, goal_progress
from spendo.ledger.changes import undo
from spendo.ledger.demo import load_demo
from spendo.ledger.models import Account, Category, Change, Transaction, Transfer, Valuation
from spendo.ledger.periods import resolve_period
from spendo.ledger.selectors import TransactionFilter, list_accounts, sum_transactions
from spendo.reports.selectors import credit_utilisation, debt_plan, find_recurring
from spendo.users.models import User

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def household(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo as it is loaded at NOON, once for all tests: each takes back what it does to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


def load(on: datetime = NOON) -> None:
    with time_machine.travel(on, tick=False), override_settings(DEBUG=True):
        call_command("load_demo", verbosity=0, stdout=StringIO())


def snapshot() -> dict[str, tuple[Any, ...]]:
    """Every row of a statement by its external id, with the other side of its transfer, its
    parts, its tags, and what it is the refund of."""
    sides = Transfer.objects.values_list("outflow__external_id", "inflow__external_id")
    pairs = dict(sides)
    rows = Transaction.objects.filter(parent=None).select_related("account", "category")
    return {
        row.external_id: (
            row.account.name, row.date, row.amount_minor, row.description, row.merchant,
            row.category and row.category.name, row.status, pairs.get(row.external_id),
            sorted(
                (part.amount_minor, part.category and part.category.name, part.description)
                for part in row.parts.all()
            ),
            sorted(tag.name for tag in row.tags.all()),
            row.refund_of and row.refund_of.description,
        )
        for row in rows.prefetch_related("parts__category", "tags").select_related("refund_of")
    }  # fmt: skip


def test_the_demo_covers_eighteen_months_up_to_today() -> None:
    days = Transaction.objects.order_by("date").values_list("date", flat=True)
    assert (days[0], max(days)) == (date(2025, 5, 1), date(2026, 11, 22))
    assert User.objects.get(username="demo").check_password("demo")
    assert {account.kind for account in Account.objects.all()} >= {
        "checking", "credit_card", "cash", "savings", "investment", "retirement", "loan",
        "property",
    }  # fmt: skip


def test_a_second_load_on_the_same_day_changes_nothing() -> None:
    before = snapshot()
    with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection) as queries:
        loaded = load_demo()
    assert (loaded.added, loaded.user_created) == (0, False)
    assert snapshot() == before
    assert len(queries) < 12


def test_a_later_day_adds_only_its_days_and_posts_what_was_pending() -> None:
    before = snapshot()
    load(NOON + timedelta(days=9))
    after = snapshot()
    added = {external_id: row for external_id, row in after.items() if external_id not in before}
    assert added
    assert min(row[1] for row in added.values()) == date(2026, 11, 23)
    for external_id, row in before.items():
        tipped = row[4] == "Night Owl Cabs" and row[6] == "pending"
        assert after[external_id] == (
            *row[:2], after[external_id][2] if tipped else row[2], *row[3:6], "posted", *row[7:],
        )  # fmt: skip


def pending_ride() -> Transaction:
    """A ride that is pending on a day soon after NOON."""
    for day in range(15):
        load(NOON + timedelta(days=day))
        rides = Transaction.objects.filter(merchant="Night Owl Cabs", status="pending")
        if ride := rides.first():
            return ride
    raise AssertionError("no ride in two weeks")


def test_a_tip_is_added_as_a_pending_ride_posts() -> None:
    ride = pending_ride()
    fare = ride.amount_minor
    Transaction.objects.filter(pk=ride.pk).update(note="to the airport")
    load(NOON + timedelta(days=20))
    ride.refresh_from_db()
    assert (ride.status, ride.note) == ("posted", "to the airport")
    assert fare * 6 // 5 - 10 <= ride.amount_minor < fare  # a fifth, in whole dimes


def test_a_pending_ride_that_the_user_has_changed_keeps_its_amount() -> None:
    ride = pending_ride()
    Transaction.objects.filter(pk=ride.pk).update(amount_minor=-1_700)
    load(NOON + timedelta(days=20))
    ride.refresh_from_db()
    assert (ride.amount_minor, ride.status) == (-1_700, "posted")


def test_loading_day_by_day_ends_where_loading_at_once_does() -> None:
    for day in range(0, 40, 3):
        load(NOON + timedelta(days=day))
    step_by_step = snapshot()
    User.objects.all().delete()
    assert not Transaction.objects.exists()
    with time_machine.travel(NOON, tick=False):
        load_demo()
    load(NOON + timedelta(days=39))
    assert snapshot() == step_by_step


def test_a_day_has_the_same_rows_whenever_the_data_begins() -> None:
    early = snapshot()
    User.objects.all().delete()
    load(NOON + timedelta(days=100))
    late = snapshot()
    shared = [
        external_id
        for external_id, row in late.items()
        if date(2025, 10, 1) <= row[1] <= date(2026, 11, 19)
    ]
    assert len(shared) > 500
    assert all(early[external_id] == late[external_id] for external_id in shared)


def test_what_the_user_changed_stays_changed() -> None:
    rent = Transaction.objects.filter(category__name="Rent").latest("date")
    Transaction.objects.filter(pk=rent.pk).update(
        description="Home", amount_minor=-1, category=None, hidden=True
    )
    coffee = Transaction.objects.filter(status="pending").earliest("date")
    Transaction.objects.filter(pk=coffee.pk).update(description="With Lee", hidden=True)
    Account.objects.filter(kind="checking").update(name="Main")
    groceries = Category.objects.get(name="Groceries")
    groceries.name = "Provisions"
    groceries.save()
    gone = Transaction.objects.filter(category__name="Coffee").earliest("date")
    Transaction.objects.filter(pk=gone.pk).delete()

    load(NOON + timedelta(days=30))

    rent.refresh_from_db()
    coffee.refresh_from_db()
    assert (rent.description, rent.amount_minor, rent.category, rent.hidden) == (
        "Home", -1, None, True,
    )  # fmt: skip
    assert (coffee.description, coffee.hidden) == ("With Lee", True)
    assert Account.objects.count() == 10
    assert not Category.objects.filter(name="Groceries").exists()
    assert not Transaction.objects.filter(external_id=gone.external_id).exists()
    new_rent = Transaction.objects.get(description="Maple Court Apartments", date="2026-12-01")
    assert new_rent.account.name == "Main"


def test_something_is_pending_on_every_day_of_the_week() -> None:
    for day in range(7):
        load(NOON + timedelta(days=day))
        pending = Transaction.objects.filter(status="pending")
        assert pending.exists()
        today = (NOON + timedelta(days=day)).date()
        assert all(today - timedelta(days=3) < row.date <= today for row in pending)


def test_the_traps_are_there() -> None:
    twins = Counter(
        Transaction.objects.filter(category__name="Coffee").values_list(
            "account", "date", "amount_minor", "merchant"
        )
    )
    assert max(twins.values()) >= 2
    refunds = Transaction.objects.filter(category__kind="expense", amount_minor__gt=0)
    assert {row.description for row in refunds} == {"Refund", "Partial refund"}
    back = {row.amount_minor: row.date for row in refunds.filter(description="Refund")}
    for minor, day in back.items():
        bought = Transaction.objects.filter(merchant="Northpeak Outfitters", amount_minor=-minor)
        assert any(row.date.month % 12 + 1 == day.month for row in bought)
    assert Transaction.objects.filter(category=None).exists()
    unpaired = Transaction.objects.filter(
        category__name="Card payment", transfer_out=None, transfer_in=None
    )
    assert unpaired.count() >= 2
    assert Transfer.objects.filter(outflow__category__name="Card payment").count() == 19


def test_a_card_payment_settles_the_statement_before_it() -> None:
    user = User.objects.get(username="demo")
    card = Account.objects.get(kind="credit_card")
    in_october = TransactionFilter(
        period=resolve_period("October 2026", NOON.date()), account_ids=(card.pk,)
    )
    spent = sum_transactions(user, where=in_october, measure="net").total
    payment = Transfer.objects.get(inflow__account=card, inflow__date=date(2026, 11, 20))
    assert Decimal(payment.inflow.amount_minor) / 100 == -spent.amount


def test_the_household_lives_within_its_means() -> None:
    balances = {
        account.kind: account.balance.amount
        for account in list_accounts(User.objects.get(username="demo"))
    }
    assert balances.pop("credit_card") < 0
    assert balances.pop("loan") < 0
    assert all(balance > 0 for balance in balances.values())


def test_a_loan_payment_is_interest_and_principal() -> None:
    user = User.objects.get(username="demo")
    loan = Account.objects.get(kind="loan")
    payment = Transaction.objects.get(
        merchant="Riverbend Auto Loan", account__kind="checking", date="2026-11-05", parent=None
    )
    # 18,500.00 at 5.9 % since September 2024: 14 months on, the 27th payment of 305.74.
    balance, interest = 1_850_000, 0
    for _ in range(27):
        interest = round(Decimal(balance) * Decimal("5.9") / 1200)
        balance -= 30_574 - interest
    assert sorted(payment.parts.values_list("amount_minor", "category__name")) == [
        (interest - 30_574, None), (-interest, "Loan interest"),
    ]  # fmt: skip
    owed = next(each.balance for each in list_accounts(user) if each.id == loan.pk)
    assert owed.amount == -Decimal(balance) / 100
    november = TransactionFilter(period=resolve_period("November 2026", NOON.date()))
    interest_only = sum_transactions(user, where=november, measure="spending", group_by="category")
    assert {group.label: group.total.amount for group in interest_only.groups}[
        "Loan interest"
    ] == Decimal(interest) / 100


def test_the_trip_has_a_cost_that_is_partial() -> None:
    user = User.objects.get(username="demo")
    trip = sum_transactions(user, where=TransactionFilter(tags=("Japan 2026",)), measure="spending")
    # Fourteen payments and the flight; the one of 29 April has no rate.
    assert (trip.count, trip.partial) == (14, True)
    (missing,) = trip.excluded.left_out
    assert (missing.transactions, str(missing.total), missing.currency) == (1, "3200", "JPY")
    assert 2_500 < trip.total.amount < 2_700


def test_what_a_user_does_is_there_and_can_be_undone() -> None:
    user = User.objects.get(username="demo")
    kinds = Counter(Change.objects.filter(user=user).values_list("kind", flat=True))
    assert kinds >= Counter({
        "edit_category": 1, "edit_account": 1, "add_rule": 1, "confirmed_series": 1,
        "set_budget": 6, "add_goal": 2,
    })  # fmt: skip
    renamed = Change.objects.get(kind="edit_category")
    undo(user, renamed.pk)
    assert Category.objects.filter(name="Eating out").exists()
    assert Account.objects.get(name="Old Joint Account").hidden


def test_budgets_goals_and_series_have_something_to_say() -> None:
    user = User.objects.get(username="demo")
    with time_machine.travel(NOON, tick=False):
        budgets = budget_status(user).lines
        goals = goal_progress(user)
        found = find_recurring(user).series
        series = {each.merchant: each for each in found}
        kinds = {(each.merchant, each.kind) for each in found}
        use = credit_utilisation(user)
        plan = debt_plan(user, "snowball")
    assert (len(budgets), budgets[0].category, budgets[0].is_over) == (6, "Rent", True)
    assert [goal.is_on_track for goal in goals] == [None, True]
    assert series["Streamhouse Video"].price_change is not None
    assert date(2026, 10, 16) in series["The Daily Ledger"].missed
    assert ("Riverbend Auto Loan", "bill") in kinds
    assert "Northpeak Outfitters" not in series
    assert use.percent is not None
    assert len(plan.alternatives) == 1


def test_an_account_that_the_user_deleted_is_not_made_again() -> None:
    Account.objects.filter(kind="loan").delete()
    Valuation.objects.all().delete()
    load(NOON + timedelta(days=20))
    assert not Account.objects.filter(kind="loan").exists()
    assert not Transaction.objects.filter(
        merchant="Riverbend Auto Loan", date__gt=NOON.date()
    ).exists()
    assert not Valuation.objects.exists()
