from datetime import date, timedelta
from decimal import Decimal

from spendo.ledger.models import RecurringSeries, Transaction
from spendo.reports.selectors import (
    Series,
    find_recurring,
    next_pay_day,
    upcoming_bills,
)
from spendo.users.models import User
from tests.ledger.book import Book, usd

TODAY = date(2026, 11, 26)


def monthly(
    book: Book, merchant: str, amount: str, day: int, *, months: tuple[int, ...], **fields: object
) -> None:
    for month in months:
        book.add(amount, on=date(2026, month, day), merchant=merchant, **fields)  # type: ignore[arg-type]


def only(user: User) -> Series:
    (series,) = find_recurring(user, which="all").series
    return series


def test_a_subscription_by_hand(book: Book, user: User) -> None:
    monthly(book, "Streamhouse", "-15.99", 4, months=(4, 5, 6, 7), category="Subscriptions")
    monthly(book, "Streamhouse", "-17.99", 4, months=(8, 9, 10, 11), category="Subscriptions")
    series = only(user)
    assert (series.kind, series.cadence, series.status) == ("subscription", "monthly", "found")
    assert (series.amount, series.per_month, series.per_year) == (
        usd("-17.99"), usd("-17.99"), usd("-215.88"),
    )  # fmt: skip
    assert series.price_change is not None
    assert (series.price_change.old, series.price_change.new, series.price_change.on) == (
        usd("15.99"), usd("17.99"), date(2026, 8, 4),
    )  # fmt: skip
    assert series.price_change.dearer
    assert (series.next_due, series.is_late, series.missed) == (date(2026, 12, 4), False, ())
    assert (series.first_on, series.last_on, series.count) == (
        date(2026, 4, 4), date(2026, 11, 4), 8,
    )  # fmt: skip
    assert series.ids[0] == Transaction.objects.latest("date").pk
    found = find_recurring(user)
    assert (found.per_month, found.per_year) == (usd("17.99"), usd("215.88"))


def test_costs_per_month_and_year_of_every_cadence(book: Book, user: User) -> None:
    book.add("-10", on=date(2025, 3, 3), merchant="Domain")
    book.add("-10", on=date(2026, 3, 3), merchant="Domain")
    for month in (1, 4, 7, 10):
        book.add("-31", on=date(2026, month, 7), merchant="Filter")
    for week in range(8):
        book.add("-5", on=date(2026, 10, 5) + timedelta(weeks=week), merchant="Lunch club")
        if week % 2 == 0:
            book.add("-8", on=date(2026, 10, 6) + timedelta(weeks=week), merchant="Cleaner")
    assert {
        series.merchant: (series.cadence, series.per_year, series.per_month)
        for series in find_recurring(user).series
    } == {
        "Domain": ("yearly", usd("-10"), usd("-0.83")),
        "Filter": ("quarterly", usd("-124"), usd("-10.33")),
        "Lunch club": ("weekly", usd("-260"), usd("-21.67")),
        "Cleaner": ("every_two_weeks", usd("-208"), usd("-17.33")),
    }


def test_late_missed_and_lapsed(book: Book, user: User) -> None:
    monthly(book, "Late", "-10", 24, months=(6, 7, 8, 9, 10))  # due on 24 November, in grace
    monthly(book, "Missed", "-20", 3, months=(6, 7, 8, 9, 10))  # 3 November did not come
    monthly(book, "Gone", "-30", 3, months=(4, 5, 6, 7, 8, 9))  # nor did October's
    by_name = {series.merchant: series for series in find_recurring(user, which="all").series}
    late, missed, gone = by_name["Late"], by_name["Missed"], by_name["Gone"]
    assert (late.next_due, late.is_late, late.missed) == (date(2026, 11, 24), True, ())
    assert (missed.next_due, missed.is_late, missed.missed) == (
        date(2026, 12, 3), False, (date(2026, 11, 3),),
    )  # fmt: skip
    assert (gone.status, gone.next_due) == ("lapsed", None)
    assert {series.merchant for series in find_recurring(user).series} == {"Late", "Missed"}
    assert [series.merchant for series in find_recurring(user, which="ended").series] == ["Gone"]


def test_what_is_a_bill_income_or_transfer(book: Book, user: User) -> None:
    months = (8, 9, 10, 11)
    monthly(book, "Maple Court", "-1200", 1, months=months, category="Rent")
    monthly(book, "Harbor", "3000", 1, months=months, category="Pay")
    for month in months:
        book.add(f"-{60 + month}", on=date(2026, month, 8), merchant="Brightwater")
        book.add("-20", on=date(2026, month, 5), merchant="Gym")
        book.add("7", "Clothing", on=date(2026, month, 6), merchant="Returns")  # money back
    kinds = {series.merchant: series.kind for series in find_recurring(user).series}
    assert kinds == {
        "Maple Court": "bill", "Harbor": "income", "Brightwater": "bill", "Gym": "subscription",
    }  # fmt: skip
    assert [series.merchant for series in find_recurring(user, kind="income").series] == ["Harbor"]
    # Rent 1200; Brightwater 68 69 70 71, expected at 69.50, half-even of a cent; gym 20.
    assert find_recurring(user).per_month == usd("1289.50")


def test_both_sides_of_a_transfer_know_each_other(book: Book, user: User) -> None:
    for month in (8, 9, 10, 11):
        pair = book.transfer("300", "Checking", "Savings", on=date(2026, month, 2))
        Transaction.objects.filter(pk__in=[pair.outflow_id, pair.inflow_id]).update(
            merchant="To savings", merchant_key="to savings"
        )
    out, into = find_recurring(user).series
    assert (out.kind, out.to_account_id) == ("transfer", book.accounts["Savings"].pk)
    assert (into.kind, into.to_account_id) == ("transfer", book.accounts["Checking"].pk)
    assert find_recurring(user).per_month == usd("0")


def decide(book: Book, merchant: str, status: str, **fields: object) -> None:
    RecurringSeries.objects.create(
        user=book.user, merchant=merchant, account=book.accounts["Checking"], status=status,
        **{"kind": "bill", "cadence": "monthly", "amount_minor": -1_000,
           "first_on": date(2026, 12, 5), **fields},
    )  # fmt: skip


def test_the_user_has_the_last_word(book: Book, user: User) -> None:
    for name in ("Gym", "Club", "Loan"):
        monthly(book, name, "-20", 3, months=(5, 6, 7, 8, 9))
    decide(book, "Gym", "dismissed")
    decide(book, "Club", "ended", ended_on=date(2026, 9, 30))
    decide(book, "Loan", "confirmed")  # its payments stopped, and yet it is one
    decide(book, "Insurance", "confirmed", amount_minor=-4_500)  # nothing has come yet
    active = {series.merchant: series for series in find_recurring(user).series}
    assert set(active) == {"Loan", "Insurance"}
    assert active["Loan"].missed == (date(2026, 10, 3), date(2026, 11, 3))
    assert active["Loan"].kind == "bill"
    insurance = active["Insurance"]
    assert (insurance.count, insurance.amount, insurance.next_due) == (
        0, usd("-45"), date(2026, 12, 5),
    )  # fmt: skip
    assert {
        which: [series.merchant for series in find_recurring(user, which=which).series]
        for which in ("dismissed", "ended")
    } == {"dismissed": ["Gym"], "ended": ["Club"]}


def test_hidden_rows_and_others_are_not_looked_at(book: Book, user: User) -> None:
    other = Book(User.objects.create(username="bob"))
    other.account()
    monthly(other, "Gym", "-20", 3, months=(5, 6, 7, 8, 9, 10, 11))
    monthly(book, "Gym", "-20", 3, months=(5, 6, 7, 8, 9, 10, 11), hidden=True)
    book.account("Old", hidden=True)
    monthly(book, "Club", "-20", 3, months=(5, 6, 7, 8, 9, 10, 11), account="Old")
    assert find_recurring(user, which="all").series == ()


def test_a_split_payment_is_one_payment(book: Book, user: User) -> None:
    for month in (8, 9, 10, 11):
        whole = book.add("-900", on=date(2026, month, 1), merchant="Home Loan")
        Transaction.objects.filter(pk=whole.pk).update(is_split=True)
        for amount in (-60_000, -30_000):
            Transaction.objects.create(
                user=user, account=whole.account, parent=whole, date=whole.date,
                amount_minor=amount, description="part", merchant="Home Loan",
            )  # fmt: skip
    assert (only(user).amount, only(user).kind) == (usd("-900"), "bill")


def test_bills_to_come(book: Book, user: User) -> None:
    months = (8, 9, 10, 11)
    monthly(book, "Rent", "-1000", 1, months=months)
    monthly(book, "Late", "-10", 24, months=(7, 8, 9, 10))
    for week in range(8):
        book.add("-5", on=date(2026, 10, 2) + timedelta(weeks=week), merchant="Club")  # Fridays
    monthly(book, "Harbor", "3000", 15, months=months, category="Pay")
    bills = upcoming_bills(user, date(2026, 12, 5))
    # The club's next Friday is 27 November; the last one counted is 4 December.
    assert [(bill.due_on, bill.merchant, bill.is_late) for bill in bills.bills] == [
        (date(2026, 11, 24), "Late", True),
        (date(2026, 11, 27), "Club", False),
        (date(2026, 12, 1), "Rent", False),
        (date(2026, 12, 4), "Club", False),
    ]
    assert bills.total == usd("1020")
    assert bills.period.words == "26 November – 4 December 2026"


def test_a_series_at_a_shop_where_one_buys_often_is_found(book: Book, user: User) -> None:
    start = date(2025, 1, 1)
    for number in range(90):  # every seven days or so, something else each time
        book.add(
            f"-{13 + number * 7 % 41}.{number:02}",
            on=start + timedelta(days=7 * number + number * number % 6),
            merchant="Bazaar",
        )
    for month in range(1, 12):
        book.add("-14.99", on=date(2026, month, 19), merchant="Bazaar")
    (series,) = find_recurring(user).series
    assert (series.amount, series.count, series.first_on) == (
        usd("-14.99"), 11, date(2026, 1, 19),
    )  # fmt: skip


def test_the_next_pay_day_is_not_the_day_of_some_interest(book: Book, user: User) -> None:
    months = (8, 9, 10, 11)
    monthly(book, "Harbor", "3000", 15, months=months, category="Pay")
    monthly(book, "Bank", "2", 28, months=(7, 8, 9, 10), category="Pay", account="Savings")
    pay = next_pay_day(user)
    assert pay is not None
    assert (pay.on, pay.merchant, pay.amount.amount) == (
        date(2026, 12, 15), "Harbor", Decimal(3000),
    )  # fmt: skip


def test_without_income_there_is_no_pay_day(book: Book, user: User) -> None:
    assert next_pay_day(user) is None
