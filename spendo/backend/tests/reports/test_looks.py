"""What is found without reading every row is what is found by reading them."""

import threading
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from spendo.ledger.models import SeriesLook, Transaction, Twin
from spendo.ledger.periods import Period
from spendo.ledger.rollups import rebuild, refresh
from spendo.ledger.selectors import posted
from spendo.reports.selectors import (
    duplicate_charges,
    duplicates,
    find_recurring,
    looks,
    payments,
)
from spendo.users.models import User
from tests.ledger.any_acts import ACTS, START, add, new_book
from tests.ledger.book import Book
from tests.ledger.random_ledgers import AS_FOUND, examples, undone

DAYS = (1, 90, 364, 400, 799, 800, 801, 830, 1199, 1200, 1201)


def pay_regularly(book: Book, roll: int, number: int) -> None:
    """A series, at a merchant where other things happen, too."""
    merchant, account = ("Shop", "Gym", "Bar")[roll % 3], ("Checking", "Card")[roll % 2]
    step = (7, 14, 30)[number % 3]
    for place in range(4 + roll % 9):
        book.add(
            f"{-9 - roll % 2}.99", account=account, merchant=merchant,
            on=START + timedelta(days=roll * 3 + step * place),
        )  # fmt: skip


def twice(book: Book, roll: int, number: int) -> None:
    """A few days apart, and across the ends of months."""
    for apart in (0, roll % 6):
        day = date(2024, 2 + roll % 9, 1) + timedelta(days=apart - number)
        book.add("-7", merchant="Bar", on=day, hidden=roll % 7 == 0, pending=roll % 5 == 0)


WAYS: dict[str, Callable[[Book, int, int], object]] = {
    **ACTS, "pay regularly": pay_regularly, "twice": twice,
}  # fmt: skip


def found(book: Book, day: date) -> list[object]:
    period = Period.of_days(START + timedelta(days=3), START + timedelta(days=220))
    return [
        find_recurring(book.user, which="all", as_of=day),
        duplicate_charges(book.user, period),
        posted.shown_days(book.user),
    ]


def by_reading_all(book: Book, day: date) -> list[object]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(looks, "_known", lambda user, day: None)
        for module in (duplicates, posted):
            patched.setattr(module, "are_fresh", lambda user: False)
        return found(book, day)


@pytest.mark.django_db
@settings(phases=AS_FOUND, max_examples=examples(6), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(WAYS)),
            st.integers(0, 40),
            st.integers(1, 3),
            st.sampled_from(DAYS),
        ),
        min_size=3,
        max_size=6,
    )
)
def test_after_any_acts_and_on_any_day_the_same_is_found(
    acts: list[tuple[str, int, int, int]],
) -> None:
    with undone():
        book, other = new_book(), new_book("bob")
        pay_regularly(other, 1, 2)
        for roll in (0, 1, 5):
            pay_regularly(book, roll, roll)
            add(book, roll * 5, 3)
            twice(book, roll, 1)
        for name, roll, number, days in acts:
            WAYS[name](book, roll, number)
            day = START + timedelta(days=days)
            assert found(book, day) == by_reading_all(book, day)


def test_a_change_makes_its_own_place_looked_at_and_no_other(
    book: Book, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for merchant in ("Gym", "Shop", "Bar"):
        for month in (8, 9, 10):
            book.add("-20", merchant=merchant, on=date(2026, month, 3))
    assert len(find_recurring(user).series) == 3
    searched: list[int] = []

    def search(group: Sequence[object]) -> list[bool]:
        searched.append(len(group))
        return [True]

    monkeypatch.setattr(payments, "find_series", search)
    find_recurring(user)
    assert searched == []
    book.add("-20", merchant="Gym", on=date(2026, 11, 3))
    find_recurring(user)
    assert searched == [4]
    Transaction.objects.filter(merchant="Shop").update(category=book.categories["Rent"])
    assert {each.category for each in find_recurring(user).series} == {None, "Rent"}


def test_what_was_seen_holds_until_the_oldest_payment_is_out_of_reach(
    book: Book, user: User
) -> None:
    for month in (1, 2, 3):
        book.add("-20", merchant="Gym", on=date(2024, month, 3))
    book.add("-20", merchant="Gym", on=date(2026, 12, 3))
    find_recurring(user, as_of=date(2026, 3, 13))
    look = SeriesLook.objects.get()
    # 3 January 2024 and 800 days; from the last payment on, before the next one.
    assert (look.holds_from, look.holds_until) == (date(2024, 3, 3), date(2026, 3, 13))
    find_recurring(user, as_of=date(2026, 3, 14))
    look = SeriesLook.objects.get()
    assert (look.holds_from, look.holds_until) == (date(2026, 3, 14), date(2026, 4, 13))


def test_twins_across_the_end_of_a_month_follow_a_change_in_either(book: Book, user: User) -> None:
    last = book.add("-20", merchant="Gym", on=date(2026, 8, 31))
    first = book.add("-20", merchant="Gym", on=date(2026, 9, 3))
    period = Period.of_days(date(2026, 8, 1), date(2026, 10, 1))
    assert duplicate_charges(user, period).possible == 1
    for row, day in ((first, 4), (first, 2), (last, 30), (last, 29)):  # 4, 2, 3 and 4 days apart
        month = row.date.month
        Transaction.objects.filter(pk=row.pk).update(date=date(2026, month, day))
        apart = {4: 4, 2: 2, 30: 3, 29: 4}[day]
        assert duplicate_charges(user, period).possible == (apart <= 3)


def test_nothing_stays_of_an_account_that_goes(book: Book, user: User) -> None:
    book.account("Second")
    for _ in range(2):
        book.add("-1.00", account="Second", merchant="Gym")
    find_recurring(user)
    assert (SeriesLook.objects.count(), Twin.objects.count()) == (1, 2)
    book.accounts["Second"].delete()
    assert (SeriesLook.objects.count(), Twin.objects.count()) == (0, 0)


def test_what_is_rebuilt_is_looked_at_again(book: Book, user: User) -> None:
    for month in (8, 9, 10):
        book.add("-20", merchant="Gym", on=date(2026, month, 3))
    find_recurring(user)
    SeriesLook.objects.all().delete()
    Twin.objects.create(user_id=user.pk, account_id=1, date=date(2026, 8, 3), transaction_id=1)
    rebuild(user)
    assert len(find_recurring(user).series) == 1


@pytest.mark.django_db(transaction=True)
def test_while_someone_else_looks_a_read_reads_all_and_does_not_wait() -> None:
    book = new_book()
    for month in (8, 9, 10):
        book.add("-20", merchant="Gym", on=date(2026, month, 3))
    busy, done = threading.Event(), threading.Event()

    def refresh_slowly() -> None:
        with transaction.atomic():
            refresh(book.user)
            busy.set()
            done.wait(20)
        connection.close()

    writer = threading.Thread(target=refresh_slowly)
    writer.start()
    try:
        assert busy.wait(20)
        assert len(find_recurring(book.user, as_of=date(2026, 10, 9)).series) == 1
        assert not SeriesLook.objects.filter(has_series=True).exists()
    finally:
        done.set()
        writer.join()
    assert len(find_recurring(book.user, as_of=date(2026, 10, 9)).series) == 1
    assert SeriesLook.objects.filter(has_series=True).exists()
