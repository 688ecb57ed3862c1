"""The selectors against plain Python over every row, on random ledgers and on the demo."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import cycle, islice, product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spendo.ledger.demo import load_demo
from spendo.ledger.models import Account, Category, ExchangeRate, Valuation
from spendo.ledger.periods import Period, resolve_period
from spendo.ledger.selectors import (
    GroupBy,
    Measure,
    Sort,
    SumGroup,
    TransactionFilter,
    TransactionPage,
    account_totals,
    balance_history,
    count_transactions,
    list_accounts,
    net_worth,
    search_transactions,
    sum_transactions,
)
from spendo.users.models import User
from spendo.users.selectors import today
from tests.ledger.oracle import EXPONENTS, Row, all_rows, matching, measured
from tests.ledger.random_ledgers import (
    FILTERS,
    LEDGERS,
    RATES,
    START,
    Asked,
    Written,
    as_filter,
    random_ledgers,
    undone,
    write_down,
)

MEASURES: tuple[Measure, ...] = get_args(Measure)
GROUPINGS: tuple[GroupBy, ...] = tuple(each for each in get_args(GroupBy) if each != "tag")
SORTS: tuple[Sort, ...] = get_args(Sort)


def check_sum(
    rows: list[Row], user: User, where: TransactionFilter, measure: Measure, group_by: GroupBy
) -> None:
    """Compare one call with the oracle: the total, the groups, and every part left out."""
    result = sum_transactions(user, where=where, measure=measure, group_by=group_by)
    sign = -1 if measure == "spending" else 1
    found = [row for row in matching(rows, user, where) if measured(row, measure)]
    hidden = [row for row in found if row.out_of_sight]
    found = [row for row in found if not row.out_of_sight]
    transfers = [
        row for row in found if (row.transfer or row.came_to_card) and not where.include_transfers
    ]
    found = [row for row in found if row not in transfers]
    suspected = [
        row
        for row in transfers
        if row.came_to_card or (not row.paired and row.minor < 0 and not row.pending)
    ]
    pending = [row for row in found if row.pending and row.worth is not None]
    counted = [row for row in found if not row.pending and row.worth is not None]
    foreign = [row for row in found if not row.pending and row.worth is None]

    assert result.total.amount == sign * rounded(counted)
    assert result.partial is bool(foreign)
    assert {part.currency: part.count for part in result.converted} == Counter(
        row.currency for row in counted if row.currency != user.currency
    )
    assert result.count == len(counted)
    assert result.excluded.hidden == len(hidden)
    assert result.excluded.transfers == len(transfers) - len(suspected)
    assert result.excluded.suspected_count == len(suspected)
    newest = sorted(suspected, key=lambda row: (row.date, row.id), reverse=True)
    assert [row.id for row in result.excluded.suspected_transfers] == [
        row.id for row in newest[:10]
    ]
    assert result.excluded.pending.count == len(pending)
    assert result.excluded.pending.total.amount == sign * rounded(pending)
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


def rounded(rows: list[Row]) -> Decimal:
    """What the rows were worth together, in whole cents; a half goes to the even one."""
    exact = sum((row.worth for row in rows if row.worth is not None), Fraction(0))
    return Decimal(round(exact * 100)) / 100


def _root(category: int | None) -> int | None:
    """The category above, and above that, and so on."""
    above = dict(Category.objects.values_list("id", "parent_id"))
    while category is not None and above[category] is not None:
        category = above[category]
    return category


def _check_groups(groups: list[SumGroup], counted: list[Row], sign: int, group_by: GroupBy) -> None:
    keys: dict[GroupBy, Callable[[Row], str]] = {
        "category": lambda row: str(row.category or ""),
        "merchant": lambda row: row.merchant.lower(),
        "month": lambda row: f"{row.date:%Y-%m}",
        "week": lambda row: str(row.date - timedelta(days=row.date.weekday())),
        "day": lambda row: str(row.date),
        "top_category": lambda row: str(_root(row.category) or ""),
        "account": lambda row: str(row.account),
    }
    members: dict[str, list[Row]] = {}
    for row in counted:
        members.setdefault(keys[group_by](row), []).append(row)
    expected = {key: (sign * rounded(rows), len(rows)) for key, rows in members.items()}
    assert {group.key: (group.total.amount, group.count) for group in groups} == expected
    if group_by in ("day", "week", "month"):
        assert [group.key for group in groups] == sorted(expected)
    else:
        totals = [group.total.amount for group in groups]
        assert totals == sorted(totals, reverse=True)


@pytest.mark.django_db
@random_ledgers
@given(LEDGERS, RATES, FILTERS, st.sampled_from(MEASURES), st.sampled_from(GROUPINGS))
def test_every_sum_is_that_of_plain_python(
    ledger: list[Written],
    rates: list[tuple[tuple[str, str], int, Decimal]],
    asked: Asked,
    measure: Measure,
    group_by: GroupBy,
) -> None:
    with undone():
        book = write_down(ledger, rates)
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
@given(LEDGERS, RATES, FILTERS, st.sampled_from(SORTS), st.integers(1, 4))
def test_pages_together_are_every_row_once_in_order(
    ledger: list[Written],
    rates: list[tuple[tuple[str, str], int, Decimal]],
    asked: Asked,
    sort: Sort,
    limit: int,
) -> None:
    with undone():
        book = write_down(ledger, rates)
        where = as_filter(book, asked)
        amounts_compared = asked.min_amount is not None or asked.max_amount is not None
        found = [
            row
            for row in matching(all_rows(), book.user, where)
            if not row.out_of_sight and (where.include_transfers or not row.transfer)
        ]
        assert count_transactions(book.user, where=where) == sum(
            not amounts_compared or row.worth is not None for row in found
        )
        if amounts_compared or sort == "largest":
            found = [row for row in found if row.worth is not None]
        orders: dict[Sort, Callable[[Row], tuple[object, ...]]] = {
            "newest": lambda row: (-row.date.toordinal(), -row.id),
            "oldest": lambda row: (row.date, row.id),
            "largest": lambda row: (-abs(row.worth or 0), -row.id),
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
@given(
    LEDGERS,
    st.lists(st.tuples(st.integers(0, 5), st.integers(-2, 8), st.integers(-900, 900)), max_size=5),
    st.integers(-2, 8),
)
def test_balances_are_openings_valuations_and_posted_rows(
    ledger: list[Written], valued: list[tuple[int, int, int]], day: int
) -> None:
    with undone():
        book = write_down(ledger)
        accounts = list(book.accounts.values())
        for place, on, minor in valued:
            Valuation.objects.update_or_create(
                user=book.user,
                account=accounts[place],
                date=START + timedelta(days=on),
                defaults={"value_minor": minor},
            )
        rows, as_of = all_rows(), START + timedelta(days=day)
        balances = {account.pk: _balance(rows, account, as_of) for account in accounts}
        for found in list_accounts(book.user, as_of=as_of):
            assert found.balance.amount == balances[found.id]
        own = [
            balances[account.pk]
            for account in accounts
            if account.currency == "USD" and not account.hidden
        ]
        worth = net_worth(book.user, as_of=as_of)
        assert worth.assets.amount == sum(max(each, Decimal(0)) for each in own)
        assert worth.liabilities.amount == -sum(min(each, Decimal(0)) for each in own)
        assert worth.total.amount == sum(own)
        foreign = {
            account.currency
            for account in accounts
            if account.currency != "USD" and not account.hidden and balances[account.pk]
        }
        assert [part.currency for part in worth.left_out] == sorted(foreign)
        assert (worth.partial, worth.hidden_accounts) == (bool(foreign), 1)
        period = Period.of_days(START - timedelta(days=2), START + timedelta(days=8))
        for part in balance_history(book.user, None, period).accounts:
            account = next(each for each in accounts if each.pk == part.account.id)
            assert [point.balance.amount for point in part.points] == [
                _balance(rows, account, point.date) for point in part.points
            ]


def _balance(rows: list[Row], account: Account, as_of: date) -> Decimal:
    """The latest value by then and what posted after it; without one the opening and all."""
    posted = [row for row in rows if row.account == account.pk and not row.pending]
    values = Valuation.objects.filter(account=account, date__lte=as_of).order_by("-date")
    start, since = account.opening_balance_minor * (account.opened_on <= as_of), date.min
    if latest := values.first():
        start, since = latest.value_minor, latest.date
    minor = start + sum(row.minor for row in posted if since < row.date <= as_of)
    return Decimal(minor).scaleb(-EXPONENTS[account.currency])


@pytest.mark.django_db
def test_the_demo_adds_up() -> None:
    load_demo()
    ExchangeRate.objects.all().delete()  # the oracle knows of none: yen are left out
    user, rows = User.objects.get(username="demo"), all_rows()
    now = today(user)
    calls = cycle(product(MEASURES, GROUPINGS))
    for text in ("last month", "this month", "last 30 days", "this year", "all time"):
        where = TransactionFilter(period=resolve_period(text, now))
        # All of them over the five; random ledgers have them all in each period.
        for measure, group_by in islice(calls, len(GROUPINGS)):
            check_sum(rows, user, where, measure, group_by)
    check_balances(user)


def check_balances(user: User) -> None:
    balances = list_accounts(user)
    openings = {account.pk: account.opening_balance_minor for account in Account.objects.all()}
    for account in balances:
        if account.kind == "property":  # worth what it was last valued at
            continue
        unit = Decimal(1).scaleb(-EXPONENTS[account.currency])
        rows = [row for row in all_rows() if row.account == account.id]
        posted = sum(row.minor for row in rows if not row.pending)
        assert account.balance.amount == (openings[account.id] + posted) * unit
        assert account.pending.amount == sum(row.minor for row in rows if row.pending) * unit
    totals = account_totals(user)
    own = [account for account in balances if account.currency == "USD"]
    assert totals.total.amount == sum(account.balance.amount for account in own)
    assert totals.total == (
        totals.cash + totals.saving + totals.investing_retirement + totals.property + totals.loans
    )
    assert totals.total == net_worth(user).total
