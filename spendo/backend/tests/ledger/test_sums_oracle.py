"""The selectors against plain Python over every row, on random ledgers and on the demo."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spendo.ledger.demo import load_demo
from spendo.ledger.models import Account, Transaction, Transfer
from spendo.ledger.periods import Period, resolve_period
from spendo.ledger.selectors import (
    Direction,
    GroupBy,
    Measure,
    Sort,
    SumGroup,
    TransactionFilter,
    TransactionPage,
    account_totals,
    count_transactions,
    list_accounts,
    net_worth,
    search_transactions,
    sum_transactions,
)
from spendo.users.models import User
from spendo.users.selectors import today
from tests.ledger.book import Book

EXPONENTS = {"USD": 2, "EUR": 2, "JPY": 0}
MEASURES: tuple[Measure, ...] = get_args(Measure)
GROUPINGS: tuple[GroupBy, ...] = get_args(GroupBy)
SORTS: tuple[Sort, ...] = get_args(Sort)
START = date(2026, 1, 28)


@dataclass(frozen=True)
class Row:
    """A transaction as the oracle knows it, read once from the tables without any selector."""

    id: int
    user: int
    account: int
    account_hidden: bool
    currency: str
    date: date
    minor: int
    category: int | None
    kind: str | None
    merchant: str
    pending: bool
    hidden: bool
    paired: bool

    @property
    def amount(self) -> Decimal:
        return Decimal(self.minor).scaleb(-EXPONENTS[self.currency])

    @property
    def transfer(self) -> bool:
        return self.paired or self.kind == "transfer"

    @property
    def out_of_sight(self) -> bool:
        return self.hidden or self.account_hidden


def all_rows() -> list[Row]:
    paired = {
        number
        for pair in Transfer.objects.values_list("outflow_id", "inflow_id")
        for number in pair
    }
    accounts = Account.objects.in_bulk()
    return [
        Row(
            row.pk, row.user_id, row.account_id, accounts[row.account_id].hidden,
            accounts[row.account_id].currency, row.date, row.amount_minor, row.category_id,
            row.category.kind if row.category else None, row.merchant,
            row.status == "pending", row.hidden, row.pk in paired,
        )
        for row in Transaction.objects.select_related("category")
    ]  # fmt: skip


def matching(rows: list[Row], user: User, where: TransactionFilter) -> list[Row]:
    return [row for row in rows if row.user == user.pk and _matches(row, user, where)]


def _matches(row: Row, user: User, where: TransactionFilter) -> bool:
    if where.period and not where.period.start <= row.date < where.period.end:
        return False
    if where.category_ids or where.uncategorised:
        in_none = where.uncategorised and row.category is None
        if row.category not in where.category_ids and not in_none:
            return False
    if where.merchants and row.merchant.lower() not in where.merchants:
        return False
    if where.account_ids and row.account not in where.account_ids:
        return False
    if where.direction == "in" and row.minor <= 0:
        return False
    if where.direction == "out" and row.minor >= 0:
        return False
    if row.currency == user.currency:
        if where.min_amount is not None and abs(row.amount) < where.min_amount:
            return False
        if where.max_amount is not None and abs(row.amount) > where.max_amount:
            return False
    return True


def measured(row: Row, measure: Measure) -> bool:
    if measure == "net":
        return True
    money_out = row.minor < 0
    if row.transfer or row.kind is None:
        return money_out if measure == "spending" else not money_out
    return row.kind == ("expense" if measure == "spending" else "income")


def check_sum(
    rows: list[Row], user: User, where: TransactionFilter, measure: Measure, group_by: GroupBy
) -> None:
    """Compare one call with the oracle: the total, the groups, and every part left out."""
    result = sum_transactions(user, where=where, measure=measure, group_by=group_by)
    sign = -1 if measure == "spending" else 1
    found = [row for row in matching(rows, user, where) if measured(row, measure)]
    hidden = [row for row in found if row.out_of_sight]
    found = [row for row in found if not row.out_of_sight]
    transfers = [row for row in found if row.transfer and not where.include_transfers]
    found = [row for row in found if row not in transfers]
    suspected = [row for row in transfers if not row.paired and row.minor < 0 and not row.pending]
    pending = [row for row in found if row.pending and row.currency == user.currency]
    counted = [row for row in found if not row.pending and row.currency == user.currency]
    foreign = [row for row in found if not row.pending and row.currency != user.currency]

    assert result.total.amount == sign * sum((row.amount for row in counted), Decimal(0))
    assert result.count == len(counted)
    assert result.excluded.hidden == len(hidden)
    assert result.excluded.transfers == len(transfers) - len(suspected)
    assert result.excluded.suspected_count == len(suspected)
    newest = sorted(suspected, key=lambda row: (row.date, row.id), reverse=True)
    assert [row.id for row in result.excluded.suspected_transfers] == [
        row.id for row in newest[:10]
    ]
    assert result.excluded.pending.count == len(pending)
    assert result.excluded.pending.total.amount == sign * sum(
        (row.amount for row in pending), Decimal(0)
    )
    assert {
        part.currency: (part.total.amount, part.transactions, part.accounts)
        for part in result.excluded.left_out
    } == {
        currency: (
            sign * sum((row.amount for row in foreign if row.currency == currency), Decimal(0)),
            sum(row.currency == currency for row in foreign),
            len({row.account for row in foreign if row.currency == currency}),
        )
        for currency in {row.currency for row in foreign}
    }
    sample = sorted(counted, key=lambda row: (row.date, row.id), reverse=True)[:10]
    assert [row.id for row in result.sample] == [row.id for row in sample]
    _check_groups(result.groups, counted, sign, group_by)


def _check_groups(groups: list[SumGroup], counted: list[Row], sign: int, group_by: GroupBy) -> None:
    keys: dict[GroupBy, Callable[[Row], str]] = {
        "category": lambda row: str(row.category or ""),
        "merchant": lambda row: row.merchant.lower(),
        "month": lambda row: f"{row.date:%Y-%m}",
        "account": lambda row: str(row.account),
    }
    expected: dict[str, tuple[Decimal, int]] = {}
    for row in counted:
        total, count = expected.get(keys[group_by](row), (Decimal(0), 0))
        expected[keys[group_by](row)] = (total + sign * row.amount, count + 1)
    assert {group.key: (group.total.amount, group.count) for group in groups} == expected
    if group_by == "month":
        assert [group.key for group in groups] == sorted(expected)
    else:
        totals = [group.total.amount for group in groups]
        assert totals == sorted(totals, reverse=True)


@contextmanager
def undone() -> Iterator[None]:
    """Every example on a fresh ledger."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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
        account=st.sampled_from(["Checking", "Card", "Old", "Euro", "Yen"]),
        day=st.integers(0, 6),
        minor=st.integers(-500, 500) | st.sampled_from([10**15 - 1, 1 - 10**15, 0, -450]),
        category=st.sampled_from([None, "Groceries", "Clothing", "Pay", "Transfer"]),
        merchant=st.sampled_from(["", "shop", "SHOP", "café"]),
        pending=st.sampled_from([False, False, True]),
        hidden=st.sampled_from([False, False, False, True]),
        paired=st.booleans(),
    ),
    max_size=25,
)
FILTERS = st.builds(
    Asked,
    days=st.none() | st.tuples(st.integers(0, 6), st.integers(0, 6)),
    categories=st.lists(st.integers(0, 3), max_size=2),
    merchants=st.lists(st.sampled_from(["shop", "café", "none"]), max_size=2),
    accounts=st.lists(st.integers(0, 4), max_size=2),
    uncategorised=st.booleans(),
    direction=st.sampled_from([None, None, "in", "out"]),
    min_amount=st.none() | st.decimals(0, 6, places=3),
    max_amount=st.none() | st.decimals(0, 6, places=3),
    include_transfers=st.booleans(),
)
random_ledgers = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def write_down(ledger: list[Written]) -> Book:
    """The ledger in the database, for two users; returns the book of the one who asks."""
    books = {name: _empty_book(name) for name in ("ann", "bob")}
    unpaired: dict[str, Transaction] = {}
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
        )
        if row.paired and (other := unpaired.pop(row.user, None)):
            Transfer.objects.create(user=book.user, outflow=other, inflow=made)
        elif row.paired:
            unpaired[row.user] = made
    return books["ann"]


def _empty_book(name: str) -> Book:
    book = Book(User.objects.create(username=name))
    book.account("Checking", opening="100.10")
    book.account("Card", "credit_card", opening="-20.00")
    book.account("Old", "savings", hidden=True, opening="7.00")
    book.account("Euro", "savings", currency="EUR")
    book.account("Yen", "investment", currency="JPY", opened_on=START + timedelta(days=3))
    for category in ("Groceries", "Clothing"):
        book.category(category)
    book.category("Pay", "income")
    book.category("Transfer", "transfer")
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


@pytest.mark.django_db
@random_ledgers
@given(LEDGERS, FILTERS, st.sampled_from(MEASURES), st.sampled_from(GROUPINGS))
def test_every_sum_is_that_of_plain_python(
    ledger: list[Written], asked: Asked, measure: Measure, group_by: GroupBy
) -> None:
    with undone():
        book = write_down(ledger)
        check_sum(all_rows(), book.user, as_filter(book, asked), measure, group_by)


@pytest.mark.django_db
@random_ledgers
@given(LEDGERS, FILTERS)
def test_net_is_income_less_spending(ledger: list[Written], asked: Asked) -> None:
    with undone():
        book = write_down(ledger)
        where = as_filter(book, asked)
        spending, income, net = (
            sum_transactions(book.user, where=where, measure=measure)
            for measure in ("spending", "income", "net")
        )
        assert net.total == income.total - spending.total
        assert net.count == income.count + spending.count


@pytest.mark.django_db
@random_ledgers
@given(LEDGERS, FILTERS, st.sampled_from(SORTS), st.integers(1, 4))
def test_pages_together_are_every_row_once_in_order(
    ledger: list[Written], asked: Asked, sort: Sort, limit: int
) -> None:
    with undone():
        book = write_down(ledger)
        where = as_filter(book, asked)
        amounts_compared = asked.min_amount is not None or asked.max_amount is not None
        found = [
            row
            for row in matching(all_rows(), book.user, where)
            if not row.out_of_sight and (where.include_transfers or not row.transfer)
        ]
        assert count_transactions(book.user, where=where) == sum(
            not amounts_compared or row.currency == "USD" for row in found
        )
        if amounts_compared or sort == "largest":
            found = [row for row in found if row.currency == "USD"]
        orders: dict[Sort, Callable[[Row], tuple[object, ...]]] = {
            "newest": lambda row: (-row.date.toordinal(), -row.id),
            "oldest": lambda row: (row.date, row.id),
            "largest": lambda row: (-abs(row.minor), -row.id),
        }
        pages = list(_pages(book.user, where, sort, limit))
        assert [row.id for page in pages for row in page.rows] == [
            row.id for row in sorted(found, key=orders[sort])
        ]
        assert {page.total_count for page in pages} == {len(found)}


def _pages(
    user: User, where: TransactionFilter, sort: Sort, limit: int
) -> Iterator[TransactionPage]:
    after = None
    while True:
        page = search_transactions(user, where=where, sort=sort, limit=limit, after=after)
        yield page
        if not page.truncated:
            return
        after = page.after


@pytest.mark.django_db
@random_ledgers
@given(LEDGERS, st.integers(-2, 8))
def test_balances_are_openings_and_posted_rows(ledger: list[Written], day: int) -> None:
    with undone():
        book = write_down(ledger)
        as_of = START + timedelta(days=day)
        balances = {
            account.pk: Decimal(
                account.opening_balance_minor * (account.opened_on <= as_of)
                + sum(
                    row.minor
                    for row in all_rows()
                    if row.account == account.pk and not row.pending and row.date <= as_of
                )
            )
            / 100
            for account in book.accounts.values()
            if account.currency == "USD" and not account.hidden
        }
        worth = net_worth(book.user, as_of=as_of)
        assert worth.assets.amount == sum(max(each, Decimal(0)) for each in balances.values())
        assert worth.liabilities.amount == -sum(min(each, Decimal(0)) for each in balances.values())
        assert worth.total.amount == sum(balances.values())
        assert [part.currency for part in worth.left_out] == ["EUR", "JPY"]
        assert (worth.partial, worth.hidden_accounts) == (True, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("measure", MEASURES)
def test_the_demo_adds_up(measure: Measure) -> None:
    load_demo()
    user, rows = User.objects.get(username="demo"), all_rows()
    now = today(user)
    for text in ("last month", "this month", "last 30 days", "this year", "all time"):
        where = TransactionFilter(period=resolve_period(text, now))
        for group_by in GROUPINGS:
            check_sum(rows, user, where, measure, group_by)


@pytest.mark.django_db
def test_the_demos_balances_add_up() -> None:
    load_demo()
    user = User.objects.get(username="demo")
    balances = list_accounts(user)
    openings = {account.pk: account.opening_balance_minor for account in Account.objects.all()}
    for account in balances:
        rows = [row for row in all_rows() if row.account == account.id]
        posted = sum(row.minor for row in rows if not row.pending)
        assert account.balance.amount == Decimal(openings[account.id] + posted) / 100
        assert (
            account.pending.amount == Decimal(sum(row.minor for row in rows if row.pending)) / 100
        )
    totals = account_totals(user)
    assert totals.total.amount == sum(account.balance.amount for account in balances)
    assert totals.total == totals.cash + totals.saving + totals.investing_retirement
    assert totals.total == net_worth(user).total
