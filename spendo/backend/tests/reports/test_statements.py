from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spendo.ledger.models import Category
from spendo.ledger.money import Money
from spendo.ledger.periods import Period, UnknownPeriod, resolve_period
from spendo.reports.selectors import income_statement, same_point_before
from spendo.users.models import User
from tests.ledger.book import Book, usd
from tests.ledger.random_ledgers import AS_FOUND, examples, undone

TODAY = date(2026, 11, 26)
OCTOBER = resolve_period("October 2026", TODAY)
SEPTEMBER = resolve_period("September 2026", TODAY)


def test_a_month_by_hand(book: Book, user: User) -> None:
    food = book.category("Food")
    Category.objects.filter(pk=book.categories["Groceries"].pk).update(parent=food)
    for amount, category in [
        ("3000", "Pay"), ("-1200", "Rent"), ("-400", "Groceries"), ("-50", "Food"),
        ("20", "Clothing"), ("-10", None), ("5", None),
    ]:  # fmt: skip
        book.add(amount, category, on=date(2026, 10, 9))
    book.transfer("500", "Checking", "Savings", category="Transfer", on=date(2026, 10, 9))
    found = income_statement(user, OCTOBER)
    # Spending 1200 + 400 + 50 - 20 + 10; income 3000 + 5; 1365 ÷ 3005 = 45.42 %.
    assert (found.income, found.spending, found.net) == (usd("3005"), usd("1640"), usd("1365"))
    assert found.savings_rate == Decimal("45.4")
    assert [
        (line.label, line.depth, line.own, line.total, line.count, line.share)
        for line in found.spending_lines
    ] == [
        ("Rent", 0, usd("1200"), usd("1200"), 1, Decimal("73.2")),
        ("Food", 0, usd("50"), usd("450"), 2, Decimal("27.4")),
        ("Groceries", 1, usd("400"), usd("400"), 1, Decimal("24.4")),
        ("Uncategorised", 0, usd("10"), usd("10"), 1, Decimal("0.6")),
        ("Clothing", 0, usd("-20"), usd("-20"), 1, Decimal("-1.2")),
    ]
    assert [line.label for line in found.income_lines] == ["Pay", "Uncategorised"]
    assert found.count == 7


def test_nothing_came_in(book: Book, user: User) -> None:
    book.add("-10", "Rent", on=date(2026, 10, 9))
    assert income_statement(user, OCTOBER).savings_rate is None


def test_why_spending_changed(book: Book, user: User) -> None:
    for amount, category, month in [
        ("-100", "Groceries", 9), ("-160", "Groceries", 10), ("-80", "Clothing", 9),
        ("-7", "Restaurants", 10), ("-1200", "Rent", 9), ("-1200", "Rent", 10),
        ("2000", "Pay", 9), ("2100", "Pay", 10),
    ]:  # fmt: skip
        book.add(amount, category, on=date(2026, month, 9))
    change = income_statement(user, OCTOBER, compare_to=SEPTEMBER).comparison
    assert change is not None
    assert (change.spending_change, change.income_change, change.net_change) == (
        usd("-13"), usd("100"), usd("113"),
    )  # fmt: skip
    assert [(each.label, each.change) for each in change.contributions] == [
        ("Clothing", usd("-80")),
        ("Groceries", usd("60")),
        ("Restaurants", usd("7")),
        ("Rent", usd("0")),
    ]
    assert [(each.label, each.change) for each in change.income_contributions] == [
        ("Pay", usd("100"))
    ]


@settings(
    phases=AS_FOUND,
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(-(10**6), 10**6).filter(bool),
            st.sampled_from([None, "Groceries", "Clothing", "Pay", "Transfer"]),
            st.sampled_from(["Shop", "Market", ""]),
            st.sampled_from([9, 10]),
        ),
        max_size=15,
    ),
    by=st.sampled_from(["category", "merchant"]),
)
def test_contributions_sum_to_the_change_exactly(
    book: Book, user: User, rows: list[tuple[int, str | None, str, int]], by: str
) -> None:
    with undone():
        for cents, category, merchant, month in rows:
            amount = str(Decimal(cents) / 100)
            book.add(amount, category, merchant=merchant, on=date(2026, month, 3))
        found = income_statement(
            user, OCTOBER, group_by="category" if by == "category" else "merchant",
            compare_to=SEPTEMBER,
        )  # fmt: skip
        assert found.comparison is not None
        assert total(found.comparison.contributions) == found.comparison.spending_change
        assert total(found.comparison.income_contributions) == found.comparison.income_change
        roots = [line.total for line in found.spending_lines if line.depth == 0]
        assert sum((each.amount for each in roots), Decimal(0)) == found.spending.amount


def total(contributions: tuple[object, ...]) -> Money:
    return Money(sum((each.change.amount for each in contributions), Decimal(0)), "USD")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("period", "unit", "earlier"),
    [
        (("2026-11-01", "2026-11-26"), "month", ("2026-10-01", "2026-10-26")),
        (("2026-03-01", "2026-03-30"), "month", ("2026-02-01", "2026-02-28")),
        (("2026-02-01", "2026-02-28"), "month", ("2026-01-01", "2026-01-31")),
        (("2026-10-01", "2026-11-26"), "quarter", ("2026-07-01", "2026-08-26")),
        (("2028-01-01", "2028-02-29"), "year", ("2027-01-01", "2027-02-28")),
        (("2028-02-29", "2028-02-29"), "year", ("2027-02-28", "2027-02-28")),
    ],
)
def test_the_same_point_before(
    period: tuple[str, str], unit: str, earlier: tuple[str, str]
) -> None:
    now = Period.of_days(*(date.fromisoformat(day) for day in period))
    before = Period.of_days(*(date.fromisoformat(day) for day in earlier))
    assert same_point_before(now, unit) == before  # type: ignore[arg-type]


def test_there_is_nothing_before_the_beginning() -> None:
    with pytest.raises(UnknownPeriod):
        same_point_before(Period(date(1, 1, 1), date(1, 1, 9), ""), "month")
