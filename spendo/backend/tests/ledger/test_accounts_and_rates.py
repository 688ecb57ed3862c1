"""Accounts, valuations, rates and series: what the user says about them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from spendo.ledger.changes import undo
from spendo.ledger.models import Account, Change, ExchangeRate, RecurringSeries, Valuation
from spendo.ledger.money import Money
from spendo.ledger.services import (
    LedgerError,
    NewRate,
    NewSeries,
    add_account,
    add_rates,
    confirm_series,
    delete_rate,
    delete_valuation,
    dismiss_series,
    edit_account,
    end_series,
    forget_series,
    set_rate,
    set_valuation,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd
from tests.ledger.snapshots import snapshot


def rates() -> set[tuple[str, str, str, str]]:
    return {
        (rate.base, rate.quote, str(rate.date), format(rate.rate.normalize(), "f"))
        for rate in ExchangeRate.objects.all()
    }


def test_an_account_is_edited(book: Book) -> None:
    account = book.accounts["Checking"]
    before = snapshot()
    edit_account(
        book.user, account.pk, name="Card", kind="credit_card", institution="Other Bank",
        opening=usd("-5"), opened_on=date(2024, 2, 29), credit_limit=usd("2000"),
        minimum_payment=usd("25"), interest_rate=Decimal("19.99"), external_id="4411", hidden=True,
    )  # fmt: skip
    account.refresh_from_db()
    assert (account.name, account.kind, account.institution.name) == (
        "Card", "credit_card", "Other Bank",
    )  # fmt: skip
    assert (account.opening_balance_minor, account.opened_on) == (-500, date(2024, 2, 29))
    assert (account.credit_limit_minor, account.minimum_payment_minor) == (200000, 2500)
    assert (account.interest_rate, account.external_id) == (Decimal("19.99"), "4411")
    undo(book.user, Change.objects.get().pk)
    assert snapshot() == before
    edit_account(book.user, account.pk, credit_limit=None, interest_rate=None)
    assert Change.objects.count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"currency": "EUR"},
        {"name": " "},
        {"kind": "sofa"},
        {"opening": Money(Decimal(1), "EUR")},
        {"credit_limit": usd("-1")},
        {"minimum_payment": Money(Decimal(1), "EUR")},
        {"interest_rate": Decimal("-1")},
        {"interest_rate": Decimal("NaN")},
        {"interest_rate": Decimal("1000")},
        {"interest_rate": Decimal("1.23456")},
        {"opened_on": date(1800, 1, 1)},
        {"external_id": "taken"},
        {"institution": ""},
    ],
)
def test_an_account_that_cannot_be(book: Book, fields: dict[str, Any]) -> None:
    Account.objects.filter(pk=book.account("Other").pk).update(external_id="taken")
    before = snapshot()
    with pytest.raises(LedgerError):
        edit_account(book.user, book.accounts["Checking"].pk, **fields)
    assert snapshot() == before


def test_a_new_account_is_checked_as_an_edited_one(book: Book) -> None:
    made = new_account(book, credit_limit=usd("10"), interest_rate=Decimal("1.5"), external_id="a")
    assert (made.credit_limit_minor, made.external_id) == (1000, "a")
    for fields in ({"credit_limit": usd("-1")}, {"external_id": "a"}, {"balance": usd("1")}):
        with pytest.raises(LedgerError):
            new_account(book, **fields)


def new_account(book: Book, **fields: Any) -> Account:
    return add_account(
        book.user, institution=book.bank, name="x", kind="cash", opening=usd("0"), opened_on=DAY,
        **fields,
    )  # fmt: skip


def test_a_day_has_one_rate_between_two_currencies(book: Book) -> None:
    day = date(2026, 1, 2)
    set_rate(book.user, base="EUR", quote="USD", date=day, rate=Decimal("1.1"))
    set_rate(book.user, base="EUR", quote="USD", date=day, rate=Decimal("1.2"))
    assert rates() == {("EUR", "USD", "2026-01-02", "1.2")}
    set_rate(book.user, base="USD", quote="EUR", date=day, rate=Decimal("0.8"))
    assert rates() == {("USD", "EUR", "2026-01-02", "0.8")}
    undo(book.user, Change.objects.latest("id").pk)
    assert rates() == {("EUR", "USD", "2026-01-02", "1.2")}


def test_many_rates_come_at_once_and_the_last_of_a_day_stays(book: Book) -> None:
    def new(rate: str, day: int = 1, base: str = "EUR", quote: str = "USD") -> NewRate:
        return NewRate(base, quote, date(2026, 1, day), Decimal(rate))

    assert add_rates(book.user, [new("1.1"), new("1.2", 2), new("1.3")]) == 2
    assert add_rates(book.user, [new("1.3"), new("0.7", 2, "USD", "EUR")]) == 1
    assert rates() == {
        ("EUR", "USD", "2026-01-01", "1.3"),
        ("USD", "EUR", "2026-01-02", "0.7"),
    }
    delete_rate(book.user, ExchangeRate.objects.latest("date").pk)
    assert len(rates()) == 1


@pytest.mark.parametrize(
    ("base", "quote", "rate"),
    [
        ("EUR", "EUR", "1"),
        ("EUR", "XXX", "1"),
        ("euro", "USD", "1"),
        ("EUR", "USD", "0"),
        ("EUR", "USD", "-1"),
        ("EUR", "USD", "NaN"),
        ("EUR", "USD", "Infinity"),
        ("EUR", "USD", "1E+12"),
        ("EUR", "USD", "0.0000000000001"),
        ("EUR", "USD", "1234.567890123456"),  # sixteen digits: SQLite would keep another rate
    ],
)
def test_what_is_no_rate(book: Book, base: str, quote: str, rate: str) -> None:
    with pytest.raises(LedgerError):
        set_rate(book.user, base=base, quote=quote, date=DAY, rate=Decimal(rate))
    with pytest.raises(LedgerError):
        set_rate(book.user, base="EUR", quote="USD", date=date(1, 1, 1), rate=Decimal(1))
    assert not rates()


def test_a_day_has_one_valuation(book: Book) -> None:
    home = book.account("Home", "property").pk
    set_valuation(book.user, home, DAY, usd("100"))
    set_valuation(book.user, home, DAY, usd("120"))
    set_valuation(book.user, home, date(2026, 5, 15), usd("-1"))
    assert sorted(Valuation.objects.values_list("value_minor", flat=True)) == [-100, 12000]
    with pytest.raises(LedgerError):
        set_valuation(book.user, home, DAY, Money(Decimal(1), "EUR"))
    delete_valuation(book.user, Valuation.objects.latest("date").pk)
    undo(book.user, Change.objects.latest("id").pk)
    assert Valuation.objects.count() == 2


def test_what_is_said_of_a_series(book: Book) -> None:
    series = NewSeries(
        book.accounts["Checking"].pk, "Netflix", "subscription", "monthly", usd("-15.49"), DAY
    )
    said = confirm_series(book.user, series)
    assert (said.status, said.amount_minor, said.merchant_key) == ("confirmed", -1549, "netflix")
    assert dismiss_series(book.user, series).pk == said.pk
    with pytest.raises(LedgerError, match="before it begins"):
        end_series(book.user, said.pk, ended_on=date(2026, 1, 1))
    ended = end_series(book.user, said.pk, ended_on=date(2026, 8, 1))
    assert (ended.status, ended.ended_on) == ("ended", date(2026, 8, 1))
    assert confirm_series(book.user, series).ended_on is None
    forget_series(book.user, said.pk)
    assert not RecurringSeries.objects.exists()
    undo(book.user, Change.objects.latest("id").pk)
    assert RecurringSeries.objects.get().status == "confirmed"


def test_what_is_someone_elses_is_not_there(book: Book) -> None:
    bob = User.objects.create(username="bob")
    account = book.accounts["Checking"].pk
    valuation = set_valuation(book.user, account, DAY, usd("1"))
    rate = set_rate(book.user, base="EUR", quote="USD", date=DAY, rate=Decimal(1))
    series = NewSeries(account, "x", "bill", "monthly", usd("-1"), DAY)
    said = confirm_series(book.user, series)
    before = snapshot()
    for act in (
        lambda: edit_account(bob, account, name="x"),
        lambda: set_valuation(bob, account, DAY, usd("2")),
        lambda: delete_valuation(bob, valuation.pk),
        lambda: delete_rate(bob, rate.pk),
        lambda: confirm_series(bob, series),
        lambda: end_series(bob, said.pk, ended_on=DAY),
        lambda: forget_series(bob, said.pk),
    ):
        with pytest.raises(LedgerError, match="no such"):
            act()
    assert snapshot() == before
