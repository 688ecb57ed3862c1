from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from spendo.ledger.demo import load_demo
from spendo.ledger.models import Account, Category, Transaction, Transfer
from spendo.ledger.periods import resolve_period
from spendo.ledger.selectors import TransactionFilter, list_accounts, sum_transactions
from spendo.users.models import User

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEBUG = True


def load(on: datetime = NOON) -> None:
    with time_machine.travel(on, tick=False):
        call_command("load_demo", verbosity=0, stdout=StringIO())


def snapshot() -> dict[str, tuple[Any, ...]]:
    """Every row by its external id, with the other side of its transfer."""
    sides = Transfer.objects.values_list("outflow__external_id", "inflow__external_id")
    pairs = dict(sides)
    return {
        row.external_id: (
            row.account.name, row.date, row.amount_minor, row.description, row.merchant,
            row.category and row.category.name, row.status, pairs.get(row.external_id),
        )
        for row in Transaction.objects.select_related("account", "category")
    }  # fmt: skip


def test_the_demo_is_refused_without_debug(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        load()
    assert not User.objects.exists()


def test_a_user_who_is_named_demo_is_left_alone() -> None:
    User.objects.create_user("Demo", password="something else")
    with pytest.raises(CommandError, match="already"):
        load()
    assert not Account.objects.exists()


def test_the_demo_covers_eighteen_months_up_to_today() -> None:
    load()
    days = Transaction.objects.order_by("date").values_list("date", flat=True)
    assert (days[0], max(days)) == (date(2025, 5, 1), date(2026, 11, 22))
    assert User.objects.get(username="demo").check_password("demo")
    assert {account.kind for account in Account.objects.all()} >= {
        "checking", "credit_card", "savings", "investment", "retirement",
    }  # fmt: skip


def test_a_second_load_on_the_same_day_changes_nothing() -> None:
    load()
    before = snapshot()
    with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection) as queries:
        loaded = load_demo()
    assert (loaded.added, loaded.user_created) == (0, False)
    assert snapshot() == before
    assert len(queries) < 12


def test_a_later_day_adds_only_its_days_and_posts_what_was_pending() -> None:
    load()
    before = snapshot()
    load(NOON + timedelta(days=9))
    after = snapshot()
    added = {external_id: row for external_id, row in after.items() if external_id not in before}
    assert added
    assert min(row[1] for row in added.values()) == date(2026, 11, 23)
    for external_id, row in before.items():
        assert after[external_id] == (*row[:6], "posted", *row[7:])


def test_loading_day_by_day_ends_where_loading_at_once_does() -> None:
    for day in range(40):
        load(NOON + timedelta(days=day))
    step_by_step = snapshot()
    User.objects.all().delete()
    assert not Transaction.objects.exists()
    with time_machine.travel(NOON, tick=False):
        load_demo()
    load(NOON + timedelta(days=39))
    assert snapshot() == step_by_step


def test_a_day_has_the_same_rows_whenever_the_data_begins() -> None:
    load()
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
    load()
    rent = Transaction.objects.filter(category__name="Rent").latest("date")
    Transaction.objects.filter(pk=rent.pk).update(
        description="Home", amount_minor=-1, category=None, hidden=True
    )
    coffee = Transaction.objects.filter(status="pending").earliest("date")
    Transaction.objects.filter(pk=coffee.pk).update(description="With Lee", hidden=True)
    Account.objects.filter(kind="checking").update(name="Main")
    groceries = Category.objects.get(name="Groceries")
    groceries.name = "Food"
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
    assert Account.objects.count() == 6
    assert not Category.objects.filter(name="Groceries").exists()
    assert not Transaction.objects.filter(external_id=gone.external_id).exists()
    new_rent = Transaction.objects.get(description="Maple Court Apartments", date="2026-12-01")
    assert new_rent.account.name == "Main"


@pytest.mark.parametrize("day", range(7))
def test_something_is_pending_on_every_day_of_the_week(day: int) -> None:
    load(NOON + timedelta(days=day))
    pending = Transaction.objects.filter(status="pending")
    assert pending.exists()
    today = (NOON + timedelta(days=day)).date()
    assert all(today - timedelta(days=3) < row.date <= today for row in pending)


def test_the_traps_are_there() -> None:
    load()
    twins = Counter(
        Transaction.objects.filter(category__name="Coffee").values_list(
            "account", "date", "amount_minor", "merchant"
        )
    )
    assert max(twins.values()) >= 2
    refunds = Transaction.objects.filter(category__kind="expense", amount_minor__gt=0)
    assert {row.description for row in refunds} == {"Refund", "Partial refund"}
    bought = Transaction.objects.filter(merchant="Northpeak Outfitters", amount_minor=-8_995)
    assert {row.date.month % 12 + 1 for row in bought if row.date < date(2026, 11, 1)} == {
        row.date.month for row in refunds if row.description == "Refund"
    }
    assert Transaction.objects.filter(category=None).exists()
    unpaired = Transaction.objects.filter(
        category__name="Card payment", transfer_out=None, transfer_in=None
    )
    assert unpaired.count() >= 2
    assert Transfer.objects.filter(outflow__category__name="Card payment").count() == 19


def test_a_card_payment_settles_the_statement_before_it() -> None:
    load()
    user = User.objects.get(username="demo")
    card = Account.objects.get(kind="credit_card")
    in_october = TransactionFilter(
        period=resolve_period("October 2026", NOON.date()), account_ids=(card.pk,)
    )
    spent = sum_transactions(user, where=in_october, measure="net").total
    payment = Transfer.objects.get(inflow__account=card, inflow__date=date(2026, 11, 20))
    assert Decimal(payment.inflow.amount_minor) / 100 == -spent.amount


def test_the_household_lives_within_its_means() -> None:
    load()
    balances = {
        account.kind: account.balance.amount
        for account in list_accounts(User.objects.get(username="demo"))
    }
    assert balances.pop("credit_card") < 0
    assert all(balance > 0 for balance in balances.values())
