from datetime import date, timedelta
from decimal import Decimal

import pytest

from spendo.ledger.models import Account
from spendo.ledger.money import Money
from spendo.ledger.periods import Period
from spendo.reports.selectors import (
    DebtPlanRefused,
    credit_utilisation,
    data_health,
    debt_plan,
    duplicate_charges,
    months_covered,
)
from spendo.users.models import User
from tests.ledger.book import Book, usd

TODAY = date(2026, 11, 26)
NOVEMBER = Period.of_days(date(2026, 11, 1), TODAY)


def owe(book: Book, name: str, kind: str, owed: str, **columns: object) -> Account:
    account = book.account(name, kind, opening=f"-{owed}")
    Account.objects.filter(pk=account.pk).update(**columns)
    return account


def test_avalanche_and_snowball_beside_each_other(book: Book, user: User) -> None:
    owe(book, "Car", "loan", "3000", interest_rate=Decimal(6), minimum_payment_minor=10_000)
    owe(book, "Store", "credit_card", "500", interest_rate=Decimal(12), minimum_payment_minor=2_500)
    owe(book, "Visa", "credit_card", "1000", interest_rate=Decimal(24), minimum_payment_minor=3_000)
    avalanche = debt_plan(user, extra=usd("200"))
    snowball = debt_plan(user, "snowball", extra=usd("200"))
    assert (avalanche.balance, avalanche.monthly) == (usd("4500"), usd("355"))
    assert avalanche.totals.interest.amount < snowball.totals.interest.amount
    assert avalanche.alternatives == (snowball.totals,)
    assert snowball.alternatives == (avalanche.totals,)
    first = {line.account: line.months for line in avalanche.debts}
    assert first["Visa"] < first["Store"] < first["Car"]
    assert {line.account: line.months for line in snowball.debts}["Store"] == 3
    # Month 1: 15.00 + 5.00 + 20.00 interest, 355 paid.
    month = avalanche.schedule[0]
    assert (month.month, month.interest, month.payment, month.balance) == (
        date(2026, 12, 1), usd("40"), usd("355"), usd("4185"),
    )  # fmt: skip
    assert avalanche.totals.paid == avalanche.balance + avalanche.totals.interest
    assert avalanche.totals.months == len(avalanche.schedule)


def test_what_a_plan_is_refused_for(book: Book, user: User) -> None:
    with pytest.raises(DebtPlanRefused) as nothing:
        debt_plan(user)
    assert nothing.value.code == "no_debts"
    car = owe(book, "Car", "loan", "1200")
    with pytest.raises(DebtPlanRefused) as no_rate:
        debt_plan(user, "fixed", payment=usd("100"))
    assert (no_rate.value.code, no_rate.value.missing) == ("no_rate", ("Car",))
    Account.objects.filter(pk=car.pk).update(interest_rate=Decimal(12))
    for arguments, code in (
        ({"strategy": "avalanche"}, "no_minimum"),
        ({"strategy": "fixed"}, "no_payment"),
        ({"strategy": "fixed", "payment": usd("0")}, "no_payment"),
        ({"strategy": "fixed", "payment": Money(Decimal(9), "EUR")}, "wrong_currency"),
        ({"strategy": "fixed", "payment": usd("12")}, "too_little"),  # 1200 × 1 % = 12.00
    ):
        with pytest.raises(DebtPlanRefused) as refused:
            debt_plan(user, **arguments)
        assert refused.value.code == code
    assert debt_plan(user, "fixed", payment=usd("12.01")).totals.months > 500


def test_a_debt_in_another_currency_or_of_another_user_is_left_out(book: Book, user: User) -> None:
    other = Book(User.objects.create(username="bob"))
    owe(other, "His", "loan", "9", interest_rate=Decimal(1))
    euro = book.account("Euro loan", "loan", currency="EUR", opening="-50")
    owe(book, "Car", "loan", "100", interest_rate=Decimal(0))
    plan = debt_plan(user, "fixed", payment=usd("50"))
    assert (plan.totals.months, plan.totals.interest, plan.left_out) == (
        2, usd("0"), (euro.name,),
    )  # fmt: skip


def test_utilisation_needs_a_limit(book: Book, user: User) -> None:
    book.add("-300", account="Card")
    book.add("-20", account="Card", pending=True)
    found = credit_utilisation(user)
    assert (found.percent, found.without_limit) == (None, ("Card",))
    owe(book, "Visa", "credit_card", "250", credit_limit_minor=100_000)
    owe(book, "Zero", "credit_card", "5", credit_limit_minor=0)
    found = credit_utilisation(user)
    assert (found.used, found.limit, found.percent) == (usd("255"), usd("1000"), Decimal("25.5"))
    uses = {card.account: card for card in found.cards}
    assert (uses["Card"].used, uses["Card"].pending, uses["Card"].percent) == (
        usd("300"), usd("-20"), None,
    )  # fmt: skip


def test_how_long_the_savings_last(book: Book, user: User) -> None:
    for month, amount in ((8, "1000"), (9, "3000"), (10, "2000")):
        book.add(f"-{amount}", "Groceries", on=date(2026, month, 9))
    found = months_covered(user)
    assert (found.savings, found.usual, found.months) == (usd("5000"), usd("2000"), Decimal("2.5"))
    assert found.period is not None
    assert found.period.words == "1 August – 31 October 2026"


def test_nothing_known_covers_nothing(book: Book, user: User) -> None:
    book.add("-3", "Groceries", on=TODAY)
    assert (months_covered(user).months, months_covered(user).usual) == (None, None)


def test_two_equal_charges_are_possible_and_never_more(book: Book, user: User) -> None:
    book.add("-89", on=date(2026, 11, 9), merchant="Hotel")
    book.add("-89", on=date(2026, 11, 11), merchant="Hotel", pending=True)
    book.add("-12", on=date(2026, 11, 1), merchant="Books")
    book.add("-12", on=date(2026, 11, 5), merchant="Books")  # four days apart
    book.add("-50", on=date(2026, 11, 2), merchant="Shoes")
    book.add("-50", on=date(2026, 11, 2), merchant="Shoes", account="Card")  # another account
    book.add("-7", on=date(2026, 11, 3), merchant="Stand", hidden=True)
    book.add("-7", on=date(2026, 11, 3), merchant="Stand")
    book.transfer("40", "Checking", "Savings", on=date(2026, 11, 4))
    found = duplicate_charges(user, NOVEMBER)
    (hotel,) = found.charges
    assert (hotel.merchant, hotel.amount, hotel.days, hotel.verdict) == (
        "Hotel", usd("89"), 2, "possible",
    )  # fmt: skip
    assert len(hotel.ids) == 2


def test_where_one_pays_all_the_time_only_one_day_counts(book: Book, user: User) -> None:
    for day in (2, 4, 6, 9, 10, 11, 13):
        book.add("-4.50", "Groceries", on=date(2026, 11, day), merchant="Coffee")
    book.add("-4.50", "Groceries", on=date(2026, 11, 10), merchant="Coffee")
    (twins,) = duplicate_charges(user, NOVEMBER).charges
    assert (twins.verdict, twins.days, len(twins.ids)) == ("routine", 0, 2)


def test_every_ten_days_on_average_is_all_the_time(book: Book, user: User) -> None:
    """From 1 June to 25 November are 177 days: every ten days takes 19 charges."""
    for before, merchant in ((16, "Bus"), (17, "Bar"), (19, "Bakery")):
        for number in range(before):
            day = date(2026, 6, 1) + timedelta(days=9 * number % 150)
            book.add(f"-{number + 1}", on=day, merchant=merchant)
        for _ in range(2):
            book.add("-90", on=date(2026, 11, 25), merchant=merchant)
    found = {each.merchant: each.verdict for each in duplicate_charges(user, NOVEMBER).charges}
    assert found == {"Bus": "possible", "Bar": "routine", "Bakery": "routine"}


def test_what_is_missing_and_doubtful(book: Book, user: User) -> None:
    for week in range(20):
        book.add("-9", "Groceries", on=date(2026, 4, 1) + timedelta(weeks=week))
    book.add("-9", "Groceries", on=date(2026, 11, 1))  # nothing since 12 August
    book.add("-5", on=date(2026, 11, 2))
    book.add("3", on=date(2026, 11, 2))
    book.add("-6", "Groceries", pending=True, on=date(2026, 11, 20))
    book.add("-6", "Groceries", pending=True, on=date(2026, 11, 10))
    book.add("-70", "Transfer", on=date(2026, 11, 3))
    for week in range(8):
        book.add("-1", "Groceries", account="Card", on=date(2026, 8, 3) + timedelta(weeks=week))
    book.account("Euros", currency="EUR")
    book.add("-8", "Groceries", account="Euros", on=date(2026, 11, 3))
    found = data_health(user)
    assert (found.uncategorised, found.uncategorised_out) == (2, usd("5"))
    assert (found.pending, found.pending_too_long, found.oldest_pending) == (
        2, 1, date(2026, 11, 10),
    )  # fmt: skip
    assert found.suspected == 1
    assert [(each.currency, each.transactions) for each in found.missing_rates] == [("EUR", 1)]
    accounts = {each.account: each for each in found.accounts}
    (gap,) = accounts["Checking"].gaps
    assert (gap.first, gap.last, gap.days) == (date(2026, 8, 13), date(2026, 10, 31), 80)
    # The card's last row is of 21 September.
    assert [each.account for each in found.stale] == ["Card"]
    assert accounts["Card"].days_since == 66
    assert (accounts["Savings"].first, accounts["Savings"].is_stale) == (None, False)
