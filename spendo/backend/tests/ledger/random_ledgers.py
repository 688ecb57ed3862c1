"""Random ledgers of two users, and random questions about them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from spendo.ledger.models import ExchangeRate, Transaction, Transfer
from spendo.ledger.periods import Period
from spendo.ledger.selectors import Direction, TransactionFilter
from spendo.users.models import User
from tests.ledger.book import Book

AS_FOUND = [phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)]
"""A failure is told as it was found: making ledgers for minutes to find a smaller one helps nobody
who waits for it."""

START = date(2026, 1, 28)
SHARE = 1 if connection.vendor == "sqlite" else 3
T = TypeVar("T")


@dataclass(frozen=True)
class Written:
    """One transaction of a random ledger, by names."""

    user: str
    account: str
    day: int
    minor: int
    category: str | None
    merchant: str
    pending: bool
    hidden: bool
    paired: bool
    refund: bool
    split: bool


@dataclass(frozen=True)
class Asked:
    """A random filter, by places in the lists of the user's accounts and categories."""

    days: tuple[int, int] | None
    categories: list[int]
    merchants: list[str]
    accounts: list[int]
    uncategorised: bool
    direction: Direction | None
    min_amount: Decimal | None
    max_amount: Decimal | None
    include_transfers: bool


LEDGERS = st.lists(
    st.builds(
        Written,
        user=st.sampled_from(["ann", "ann", "ann", "bob"]),
        account=st.sampled_from(["Checking", "Card", "Old", "Euro", "Yen", "Dinar"]),
        day=st.integers(0, 6),
        minor=st.integers(-500, 500) | st.sampled_from([10**15 - 1, 1 - 10**15, 0, -450]),
        category=st.sampled_from([None, "Groceries", "Bakery", "Clothing", "Pay", "Transfer"]),
        merchant=st.sampled_from(["", "shop", "SHOP", "café"]),
        pending=st.sampled_from([False, False, True]),
        hidden=st.sampled_from([False, False, False, True]),
        paired=st.booleans(),
        refund=st.sampled_from([False, False, True]),
        split=st.sampled_from([False, False, True]),
    ),
    min_size=5,
    max_size=25,
)


RATES = st.lists(
    st.tuples(
        st.sampled_from([("EUR", "USD"), ("USD", "EUR"), ("USD", "JPY"), ("KWD", "USD")]),
        st.integers(-9, 6),
        st.decimals("0.003", "160", places=4),
    ),
    max_size=8,
)


def seldom(strategy: SearchStrategy[T], otherwise: T) -> SearchStrategy[T]:
    """Mostly not: several narrow filters at once leave nothing to add up."""
    return st.integers(0, 4).flatmap(lambda roll: st.just(otherwise) if roll else strategy)


FILTERS = st.builds(
    Asked,
    days=seldom(st.tuples(st.integers(0, 6), st.integers(0, 6)), None),
    categories=seldom(st.lists(st.integers(0, 4), max_size=2), []),
    merchants=seldom(st.lists(st.sampled_from(["shop", "café", "none"]), max_size=2), []),
    accounts=seldom(st.lists(st.integers(0, 5), max_size=2), []),
    uncategorised=seldom(st.just(True), False),
    direction=seldom(st.sampled_from(["in", "out"]), None),
    min_amount=seldom(st.decimals(0, 6, places=3), None),
    max_amount=seldom(st.decimals(0, 6, places=3), None),
    include_transfers=st.booleans(),
)


def examples(number: int) -> int:
    """So many on SQLite; fewer on a slower database, which is tried after it: what is thought
    wrongly fails on both, and what an engine does in its own way has tests that are no dice."""
    return max(number // SHARE, 3)


random_ledgers = settings(
    phases=AS_FOUND,
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def write_down(
    ledger: list[Written], rates: Sequence[tuple[tuple[str, str], int, Decimal]] = ()
) -> Book:
    """The ledger in the database, for two users; returns the book of the one who asks."""
    books = {name: _empty_book(name) for name in ("ann", "bob")}
    unpaired: dict[str, Transaction] = {}
    last: dict[str, Transaction] = {}
    for row in ledger:
        book = books[row.user]
        made = Transaction.objects.create(
            user=book.user,
            account=book.accounts[row.account],
            date=START + timedelta(days=row.day),
            amount_minor=row.minor,
            description="x",
            merchant=row.merchant,
            category=book.categories[row.category] if row.category else None,
            status="pending" if row.pending else "posted",
            hidden=row.hidden,
            refund_of=last.get(row.user) if row.refund else None,
        )
        last[row.user] = made
        if row.paired and (other := unpaired.pop(row.user, None)):
            Transfer.objects.create(user=book.user, outflow=other, inflow=made)
        elif row.paired:
            unpaired[row.user] = made
        elif row.split and not row.pending:
            _split(book, made)
    for (base, quote), day, rate in rates:
        ExchangeRate.objects.update_or_create(
            user=books["ann"].user,
            base=base,
            quote=quote,
            date=START + timedelta(days=day),
            defaults={"rate": rate},
        )
    return books["ann"]


def _split(book: Book, row: Transaction) -> None:
    row.is_split = True
    row.save()
    first = row.amount_minor // 3
    for minor, category in ((first, "Bakery"), (row.amount_minor - first, None)):
        Transaction.objects.create(
            user=book.user,
            account=row.account,
            date=row.date,
            amount_minor=minor,
            description="part",
            merchant=row.merchant,
            category=book.categories[category] if category else None,
            hidden=row.hidden,
            parent=row,
        )


def _empty_book(name: str) -> Book:
    book = Book(User.objects.create(username=name))
    book.account("Checking", opening="100.10")
    book.account("Card", "credit_card", opening="-20.00")
    book.account("Old", "savings", hidden=True, opening="7.00")
    book.account("Euro", "savings", currency="EUR")
    book.account("Yen", "investment", currency="JPY", opened_on=START + timedelta(days=3))
    book.account("Dinar", "loan", currency="KWD")
    for category in ("Groceries", "Clothing"):
        book.category(category)
    book.category("Pay", "income")
    book.category("Transfer", "transfer")
    book.category("Bakery").parent = book.categories["Groceries"]
    book.categories["Bakery"].save()
    return book


def as_filter(book: Book, asked: Asked) -> TransactionFilter:
    accounts, categories = list(book.accounts.values()), list(book.categories.values())
    first, last = sorted(asked.days or (0, 0))
    return TransactionFilter(
        period=Period.of_days(START + timedelta(days=first), START + timedelta(days=last))
        if asked.days
        else None,
        category_ids=tuple(categories[place].pk for place in asked.categories),
        merchants=tuple(asked.merchants),
        account_ids=tuple(accounts[place].pk for place in asked.accounts),
        uncategorised=asked.uncategorised,
        direction=asked.direction,
        min_amount=asked.min_amount,
        max_amount=asked.max_amount,
        include_transfers=asked.include_transfers,
    )


@contextmanager
def undone() -> Iterator[None]:
    """Every example on a fresh ledger."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
