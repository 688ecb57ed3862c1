"""The forecast and what is safe to spend: by hand, and against an oracle of plain days."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spendo.budgets.services import add_goal, set_budget
from spendo.ledger.models import RecurringSeries, Transaction
from spendo.reports.selectors import (
    ForecastRefused,
    find_recurring,
    forecast_balance,
    safe_to_spend,
)
from spendo.users.models import User
from tests.ledger.book import Book, usd
from tests.ledger.random_ledgers import AS_FOUND, examples, undone

TODAY = date(2026, 11, 26)
MONTHS = (7, 8, 9, 10, 11)


def monthly(book: Book, merchant: str, amount: str, day: int, **more: object) -> None:
    for month in MONTHS:
        if date(2026, month, day) <= TODAY:
            book.add(amount, on=date(2026, month, day), merchant=merchant, **more)  # type: ignore[arg-type]


def test_day_by_day_with_the_lowest_point(book: Book, user: User) -> None:
    monthly(book, "Rent", "-900", 1, category="Rent")
    monthly(book, "Harbor", "1000", 15, category="Pay")
    monthly(book, "Gym", "-40", 20, account="Card")
    book.add("-25", account="Card", pending=True, on=TODAY)
    found = forecast_balance(user, date(2027, 1, 2))
    # 1000 + 5 × 1000 - 5 × 900 in checking, 5 × -40 on the card: 1300; pending -25.
    assert (found.start, found.pending) == (usd("1300"), usd("-25"))
    assert [(event.on, event.amount) for event in found.events] == [
        (date(2026, 12, 1), usd("-900")),
        (date(2026, 12, 15), usd("1000")),
        (date(2026, 12, 20), usd("-40")),
        (date(2027, 1, 1), usd("-900")),
    ]
    balances = {day.on: day.balance for day in found.days}
    assert len(balances) == 38
    assert balances[date(2026, 11, 30)] == usd("1275")
    assert balances[date(2026, 12, 14)] == usd("375")
    assert balances[date(2026, 12, 31)] == usd("1335")
    assert (found.lowest, found.lowest_on, found.end) == (
        usd("375"), date(2026, 12, 1), usd("435"),
    )  # fmt: skip
    assert found.first_below_zero is None
    assert (found.money_in, found.money_out) == (usd("1000"), usd("1840"))


def test_what_cancelling_would_change_and_when_it_gets_below_zero(book: Book, user: User) -> None:
    monthly(book, "Rent", "-199", 1)
    monthly(book, "Gym", "-40", 20)
    keys = {series.merchant: series.key for series in find_recurring(user).series}
    # 1000 - 5 × 239 = -195 already.
    plain = forecast_balance(user, date(2026, 12, 31))
    assert (plain.first_below_zero, plain.end) == (TODAY, usd("-434"))
    changed = forecast_balance(user, date(2026, 12, 31), cancel=[keys["Gym"]])
    assert (changed.end, changed.saved_by_cancelling, changed.cancelled) == (
        usd("-394"), usd("40"), ("Gym",),
    )  # fmt: skip
    assert changed.end_without_changes == plain.end


def test_paying_a_card_changes_nothing_together_but_does_in_one_account(
    book: Book, user: User
) -> None:
    for month in (8, 9, 10, 11):
        pair = book.transfer("100", "Checking", "Card", on=date(2026, month, 20))
        Transaction.objects.filter(pk__in=[pair.outflow_id, pair.inflow_id]).update(
            merchant="Card payment", merchant_key="card payment"
        )
    assert forecast_balance(user, date(2026, 12, 31)).events == ()
    checking = book.accounts["Checking"].pk
    alone = forecast_balance(user, date(2026, 12, 31), account_ids=[checking])
    assert [event.amount for event in alone.events] == [usd("-100")]


def test_what_cannot_be_forecast(book: Book, user: User) -> None:
    book.account("Euros", currency="EUR")
    for until in (TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=367)):
        with pytest.raises(ForecastRefused):
            forecast_balance(user, until)
    both = [book.accounts["Euros"].pk, book.accounts["Checking"].pk]
    for arguments in ({"account_ids": both}, {"account_ids": [10**9]}, {"cancel": ["7:x"]}):
        with pytest.raises(ForecastRefused):
            forecast_balance(user, date(2026, 12, 31), **arguments)
    assert forecast_balance(user, date(2026, 12, 31)).other_currencies == ("EUR",)


@settings(
    phases=AS_FOUND,
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    series=st.lists(
        st.tuples(st.integers(1, 31), st.integers(-90_000, 90_000).filter(bool)), max_size=5
    ),
    days=st.integers(1, 120),
)
def test_every_day_is_that_of_the_oracle(
    book: Book, user: User, series: list[tuple[int, int]], days: int
) -> None:
    with undone():
        for number, (day, cents) in enumerate(series):
            RecurringSeries.objects.create(
                user=user, merchant=f"Place {number}", account=book.accounts["Checking"],
                kind="income" if cents > 0 else "bill", cadence="monthly", amount_minor=cents,
                first_on=date(2026, 1, day),
            )  # fmt: skip
        found = forecast_balance(user, TODAY + timedelta(days=days))
        balance = Decimal(1000)
        for offset in range(days + 1):
            on = TODAY + timedelta(days=offset)
            last = monthrange(on.year, on.month)[1]
            for due, cents in series:
                if on.day == min(due, last):
                    balance += Decimal(cents) / 100
            assert found.days[offset].balance.amount == balance
            assert found.days[offset].on == on
        assert found.lowest.amount == min(each.balance.amount for each in found.days)


def test_what_is_safe_by_hand(book: Book, user: User) -> None:
    monthly(book, "Harbor", "2000", 15, category="Pay")
    monthly(book, "Rent", "-500", 1, category="Rent")
    for month in MONTHS:
        pair = book.transfer("150", "Checking", "Savings", on=date(2026, month, 5))
        Transaction.objects.filter(pk__in=[pair.outflow_id, pair.inflow_id]).update(
            merchant="To savings", merchant_key="to savings"
        )
    book.add("-60", "Groceries", account="Card", on=date(2026, 11, 10))
    book.add("-40", account="Card", pending=True, on=date(2026, 11, 25))
    set_budget(user, book.categories["Groceries"].pk, month=date(2026, 11, 1), limit=usd("210"))
    set_budget(user, book.categories["Rent"].pk, month=date(2026, 11, 1), limit=usd("500"))
    add_goal(
        user, name="Roof", target=usd("7000"), due_on=date(2027, 1, 26),
        account_id=book.accounts["Savings"].pk,
    )  # fmt: skip
    found = safe_to_spend(user)
    # Checking 1000 + 5 × (2000 - 500 - 150) = 7750; the card -60, pending -40.
    assert found.spendable == usd("7650")
    assert (found.until, found.days) == (date(2026, 12, 15), 19)
    assert [(part.reason, part.label, part.amount) for part in found.set_aside] == [
        ("bill", "Rent", usd("500")),
        ("transfer", "To savings", usd("150")),
        # Savings: 5600 at the end of October, 5750 now; 1400 in two months is 700, of which 150
        # came in November and 150 will: 400.
        ("goal", "Roof", usd("400")),
        # Groceries: 150 left of November, and 14 of December's 31 days: 210 × 14 ÷ 31 = 94.84.
        ("budget", "Groceries", usd("244.84")),
    ]
    assert found.amount == usd("6355.16")
    assert found.per_day == usd("334.48")
    assert found.short == usd("0")


def test_when_nothing_is_safe(book: Book, user: User) -> None:
    monthly(book, "Rent", "-300", 1)
    found = safe_to_spend(user, date(2026, 12, 2))
    # 1000 - 5 × 300 = -500, and 300 to come.
    assert (found.amount, found.short, found.per_day) == (usd("0"), usd("800"), usd("0"))
    with pytest.raises(ValueError, match="after today"):
        safe_to_spend(user, TODAY)
