"""The sums that the database keeps are those of the rows, whatever has happened to these."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from spendo.ledger.models import Rollup, StaleMonth, Total, Transaction
from spendo.ledger.periods import Period
from spendo.ledger.rollups import (
    Grain,
    are_fresh,
    find_drift,
    in_period,
    rebuild,
    refresh,
    triggers,
)
from spendo.ledger.selectors import (
    GroupBy,
    TransactionFilter,
    count_transactions,
    list_accounts,
    match_names,
    rolled,
    sum_transactions,
)
from spendo.ledger.selectors import posted as posted_selectors
from spendo.users.models import User
from tests.ledger.any_acts import ACTS, START, add, new_book
from tests.ledger.book import Book, usd
from tests.ledger.random_ledgers import AS_FOUND, examples, undone

ALL = TransactionFilter()
GROUPS: list[GroupBy | None] = [
    None, "category", "merchant", "account", "day", "week", "month",
]  # fmt: skip


def everything(book: Book) -> list[Any]:
    """Every kind of answer that rollups give."""
    month = Period.of_days(date(2024, 2, 28), date(2024, 4, 2))
    wheres = (
        ALL,
        TransactionFilter(period=month, include_transfers=True),
        TransactionFilter(
            period=Period.of_days(START, START + timedelta(days=500)),
            category_ids=(book.categories["Food"].pk,),
            direction="out",
        ),
        TransactionFilter(
            period=Period.of_days(date(2024, 3, 4), date(2024, 6, 27)),
            merchants=("shop", "new"),
            pending="without",
        ),
    )
    found: list[Any] = []
    for place, where in enumerate(wheres):
        found += [
            sum_transactions(book.user, where=where, measure="net", group_by=group)
            for group in (GROUPS[place], GROUPS[place + 3])
        ]
    days = Period.of_days(START + timedelta(days=11), START + timedelta(days=300))
    for where in (ALL, TransactionFilter(period=days), TransactionFilter(period=month)):
        found += [
            sum_transactions(book.user, where=where, measure="spending", group_by=group)
            for group in ("merchant", "top_category")
        ]
    found.append(count_transactions(book.user, where=wheres[2]))
    found.append(count_transactions(book.user, where=wheres[1]))
    found += [list_accounts(book.user, as_of=START + timedelta(days=days)) for days in (0, 35, 900)]
    found.append(match_names(book.user, text="shop"))
    return found


def from_rows(book: Book, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    with monkeypatch.context() as patched:
        patched.setattr(rolled, "are_fresh", lambda user: False)
        patched.setattr(posted_selectors, "are_fresh", lambda user: False)
        return everything(book)


@pytest.mark.django_db
@settings(phases=AS_FOUND, max_examples=examples(15), deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 40), st.integers(1, 3)),
        min_size=4,
        max_size=12,
    )
)
def test_after_any_acts_rollups_are_what_the_rows_add_up_to(
    acts: list[tuple[str, int, int]],
) -> None:
    with undone(), pytest.MonkeyPatch.context() as monkeypatch:
        book, other = new_book(), new_book("bob")
        for roll in range(5):
            add(book, roll * 5, 3)
        add(other, 3, 3)
        assert are_fresh(book.user)
        for name, roll, number in acts:
            ACTS[name](book, roll, number)
        expected = from_rows(book, monkeypatch)
        assert everything(book) == expected
        assert not StaleMonth.objects.filter(user_id=book.user.pk).exists()
        assert find_drift(book.user) == []


def days_in(piece: str) -> list[date]:
    """The days that a piece stands for, by its name."""
    year, part, day = map(int, [*piece[1:].split("-"), "1", "1"][:3])
    first = date(year, 3 * part - 2 if piece[0] == "Q" else part, day)
    months = {"M": 1, "Q": 3, "Y": 12}.get(piece[0], 0)
    end = first + timedelta(days={"D": 1, "E": 8}.get(piece[0], 0))
    if months or (piece[0] == "E" and first.day == 25):
        over = first.year * 12 + first.month - 1 + max(months, 1)
        end = date(over // 12, over % 12 + 1, 1)
    return [first + timedelta(days=number) for number in range((end - first).days)]


@given(st.dates(date(1999, 1, 1), date(2030, 1, 1)), st.integers(0, 1000))
@settings(phases=AS_FOUND, deadline=None)
def test_the_pieces_of_a_period_are_each_of_its_days_once(first: date, length: int) -> None:
    period = Period.of_days(first, first + timedelta(days=length))
    grains: tuple[Grain, Grain] = ("month", "year")
    for grain in grains:
        ((_, pieces),) = cast("list[tuple[str, list[str]]]", in_period(period, grain).children)
        days = [day for piece in pieces for day in days_in(piece)]
        assert days == [first + timedelta(days=number) for number in range(length + 1)]
        assert sum(piece[0] in "DE" for piece in pieces) <= 2 * (7 + 3)


def test_each_day_is_in_the_pieces_that_have_it(book: Book) -> None:
    days = [date(2024, 2, day) for day in range(1, 30)]
    for day in days:
        book.add(f"-{2 ** (day.day - 1)}", "Groceries", on=day)
    assert are_fresh(book.user)
    for first in days:
        for last in days[first.day - 1 :]:
            where = TransactionFilter(period=Period.of_days(first, last))
            found = sum_transactions(book.user, where=where, measure="spending", sample=0)
            assert found.total == usd(str(2**last.day - 2 ** (first.day - 1)))


def test_each_change_makes_its_month_stale_and_no_other(user: User) -> None:
    book = new_book("eve")
    row = book.add("-1.00", "Food", on=date(2024, 2, 29))
    book.add("-1.00", "Food", on=date(2024, 3, 1))
    assert refresh(book.user)
    months: Callable[[], set[str]] = lambda: set(StaleMonth.objects.values_list("month", flat=True))  # noqa: E731
    Transaction.objects.filter(pk=row.pk).update(note="n")
    assert months() == set()
    Transaction.objects.filter(pk=row.pk).update(date=date(2024, 5, 1))
    assert months() == {"2024-02", "2024-05"}


def test_a_refund_follows_what_it_refunds_when_that_moves(book: Book) -> None:
    purchase = book.add("-9.00", "Groceries", on=date(2024, 1, 5))
    refund = book.add("4.00", on=date(2024, 4, 5))
    Transaction.objects.filter(pk=refund.pk).update(refund_of=purchase)
    clothing = TransactionFilter(category_ids=(book.categories["Clothing"].pk,))
    assert sum_transactions(book.user, where=clothing, measure="spending").count == 0
    Transaction.objects.filter(pk=purchase.pk).update(category=book.categories["Clothing"])
    assert sum_transactions(book.user, where=clothing, measure="spending").total == usd("5.00")


def test_hidden_accounts_and_kinds_of_categories_need_no_new_rollups(book: Book) -> None:
    book.add("-9.00", "Groceries")
    assert are_fresh(book.user)
    made = set(Rollup.objects.values_list("pk", flat=True))
    assert sum_transactions(book.user, where=ALL, measure="spending").count == 1
    book.categories["Groceries"].kind = "transfer"
    book.categories["Groceries"].save()
    assert sum_transactions(book.user, where=ALL, measure="spending").excluded.suspected_count == 1
    book.accounts["Checking"].hidden = True
    book.accounts["Checking"].save()
    assert sum_transactions(book.user, where=ALL, measure="spending").excluded.hidden == 1
    assert set(Rollup.objects.values_list("pk", flat=True)) == made


def test_nothing_stays_of_an_account_or_a_user_that_goes(book: Book) -> None:
    book.account("Second")
    book.add("-1.00")
    book.add("-1.00", account="Second")
    assert are_fresh(book.user)
    book.accounts["Second"].delete()
    assert sum_transactions(book.user, where=ALL, measure="spending").total == usd("1.00")
    assert not Rollup.objects.filter(account_id=book.accounts["Second"].pk).exists()
    number = book.user.pk
    book.user.delete()
    assert not Rollup.objects.filter(user_id=number).exists()
    assert not Total.objects.filter(user_id=number).exists()
    assert not StaleMonth.objects.filter(user_id=number).exists()


def test_a_change_that_no_trigger_saw_is_found_and_mended(book: Book) -> None:
    book.add("-1.00", "Groceries")
    assert are_fresh(book.user)
    Rollup.objects.filter(scope="category", piece__startswith="D").update(low=-5)
    drifts = find_drift(book.user)
    assert [(drift.scope, drift.grain, drift.kept, drift.made) for drift in drifts] == [
        ("category", "D", (1, -5, 0), (1, -100, 0)),
        ("total of all", "D", (1, -100, 0), (1, -5, 0)),
    ]
    with pytest.raises(CommandError, match="2 sums differ"):
        call_command("check_rollups", user=book.user.username)
    call_command("check_rollups", user=book.user.username, rebuild=True)
    assert find_drift(book.user) == []


def test_triggers_that_were_lost_come_back_and_all_is_stale(book: Book) -> None:
    book.add("-1.00", "Groceries")
    rebuild(book.user)
    with connection.cursor() as cursor:
        name = f"{triggers._PREFIX}added"
        table = "" if connection.vendor == "sqlite" else " ON ledger_transaction"
        cursor.execute(f"DROP TRIGGER {name}{table}")
    book.add("-2.00", "Groceries")
    assert not StaleMonth.objects.exists()
    assert find_drift(book.user) != []
    triggers.install("default")
    assert are_fresh(book.user)
    assert find_drift(book.user) == []


@pytest.mark.django_db(transaction=True)
def test_while_someone_else_writes_a_read_adds_up_the_rows_and_does_not_wait() -> None:
    book = new_book()
    book.add("-1.00", "Food")
    busy, done = threading.Event(), threading.Event()

    def make_rollups_slowly() -> None:
        with transaction.atomic():
            refresh(book.user)
            busy.set()
            done.wait(20)
            transaction.set_rollback(True)
        connection.close()

    writer = threading.Thread(target=make_rollups_slowly)
    writer.start()
    try:
        assert busy.wait(20)
        assert not are_fresh(book.user)
        result = sum_transactions(book.user, where=ALL, measure="spending")
        assert result.total == usd("1.00")
    finally:
        done.set()
        writer.join()
    assert are_fresh(book.user)
    assert find_drift(book.user) == []
