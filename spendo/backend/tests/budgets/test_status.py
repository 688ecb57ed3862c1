from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spendo.budgets.selectors import budget_status, suggest_budgets
from spendo.budgets.services import end_budget, set_budget
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Category, ExchangeRate
from spendo.users.models import User
from tests.ledger.book import Book, usd
from tests.ledger.random_ledgers import AS_FOUND, examples, undone


def limit(book: Book, name: str, month: date, amount: str, *, rollover: bool = False) -> None:
    set_budget(
        book.user, book.categories[name].pk, month=month, limit=usd(amount), rollover=rollover
    )


OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def test_a_month_by_hand(book: Book, user: User) -> None:
    limit(book, "Groceries", OCTOBER, "400")
    limit(book, "Restaurants", OCTOBER, "100")
    for amount, category, day in [
        ("-150.50", "Groceries", date(2026, 11, 2)),
        ("-60", "Groceries", date(2026, 11, 20)),
        ("20.50", "Groceries", date(2026, 11, 21)),  # a refund
        ("-130", "Restaurants", date(2026, 11, 25)),
        ("-12", "Clothing", date(2026, 11, 3)),
        ("-999", "Groceries", date(2026, 10, 31)),  # October
    ]:
        book.add(amount, category, on=day)
    book.add("-8", "Groceries", on=date(2026, 11, 26), pending=True)
    book.add("-7", "Groceries", on=date(2026, 11, 26), hidden=True)
    book.transfer("300", "Checking", "Savings", on=date(2026, 11, 4))
    status = budget_status(user)
    over, groceries = status.lines
    assert (over.category, over.spent, over.left, over.is_over) == (
        "Restaurants", usd("130"), usd("-30"), True,
    )  # fmt: skip
    assert (groceries.limit, groceries.carried, groceries.spent, groceries.left) == (
        usd("400"), usd("0"), usd("190"), usd("210"),
    )  # fmt: skip
    # 26 of 30 days: 190 × 30 ÷ 26 = 219.230…, 130 × 30 ÷ 26 = 150.
    assert (groceries.at_this_pace, over.at_this_pace) == (usd("219.23"), usd("150"))
    assert not groceries.will_be_over
    assert (status.limit, status.spent, status.left) == (usd("500"), usd("320"), usd("180"))
    assert status.unbudgeted == usd("12")
    assert status.days_left == 5  # 26, 27, 28, 29, 30
    assert status.excluded.pending.total == usd("8")
    assert status.excluded.hidden == 1


def test_a_month_that_is_over_and_one_to_come(book: Book, user: User) -> None:
    limit(book, "Groceries", OCTOBER, "100")
    book.add("-31", "Groceries", on=date(2026, 10, 31))
    (over,) = budget_status(user, date(2026, 10, 14)).lines
    assert over.at_this_pace == over.spent == usd("31")
    status = budget_status(user, DECEMBER)
    assert status.lines[0].at_this_pace is None
    assert status.days_left == 31


def test_what_is_left_is_carried_and_what_is_overspent_too(book: Book, user: User) -> None:
    limit(book, "Groceries", date(2026, 8, 1), "100", rollover=True)
    book.add("-70", "Groceries", on=date(2026, 8, 5))  # 30 left
    book.add("-150", "Groceries", on=date(2026, 9, 5))  # 100 + 30 - 150 = -20
    book.add("-10", "Groceries", on=date(2026, 10, 5))  # 100 - 20 - 10 = 70
    assert [
        (line.carried, line.left)
        for month in (8, 9, 10, 11)
        for line in budget_status(user, date(2026, month, 1)).lines
    ] == [
        (usd("0"), usd("30")),
        (usd("30"), usd("-20")),
        (usd("-20"), usd("70")),
        (usd("70"), usd("170")),
    ]


def test_a_month_without_rollover_or_without_a_budget_breaks_the_row(
    book: Book, user: User
) -> None:
    limit(book, "Groceries", date(2026, 8, 1), "100", rollover=True)
    limit(book, "Groceries", date(2026, 9, 1), "100")
    limit(book, "Groceries", OCTOBER, "100", rollover=True)
    assert budget_status(user, date(2026, 9, 1)).lines[0].carried == usd("100")
    assert budget_status(user, OCTOBER).lines[0].carried == usd("0")
    end_budget(user, book.categories["Groceries"].pk, month=NOVEMBER)
    assert budget_status(user, NOVEMBER).lines == ()
    limit(book, "Groceries", DECEMBER, "50", rollover=True)
    assert budget_status(user, DECEMBER).lines[0].carried == usd("0")


def test_a_budget_counts_what_is_below_its_category_once(book: Book, user: User) -> None:
    food = book.category("Food")
    for name in ("Groceries", "Restaurants"):
        Category.objects.filter(pk=book.categories[name].pk).update(parent=food)
    limit(book, "Food", NOVEMBER, "300")
    limit(book, "Restaurants", NOVEMBER, "100")
    book.add("-5", "Food", on=NOVEMBER)
    book.add("-40", "Groceries", on=NOVEMBER)
    book.add("-60", "Restaurants", on=NOVEMBER)
    status = budget_status(user)
    lines = {line.category: line for line in status.lines}
    assert (lines["Food"].spent, lines["Restaurants"].spent) == (usd("105"), usd("60"))
    assert lines["Restaurants"].within == "Food"
    assert (status.limit, status.spent, status.unbudgeted) == (usd("300"), usd("105"), usd("0"))
    only = budget_status(user, category_ids=[book.categories["Restaurants"].pk])
    assert (only.limit, only.spent) == (usd("100"), usd("60"))


def test_what_is_carried_has_the_spending_below_the_category(book: Book, user: User) -> None:
    food = book.category("Food")
    Category.objects.filter(pk=book.categories["Groceries"].pk).update(parent=food)
    limit(book, "Food", OCTOBER, "100", rollover=True)
    limit(book, "Groceries", date(2026, 9, 1), "50", rollover=True)
    book.add("-30", "Groceries", on=date(2026, 9, 9))
    book.add("-45", "Groceries", on=OCTOBER)
    book.add("-5", "Food", on=OCTOBER)
    lines = {line.category: line.carried for line in budget_status(user).lines}
    # Groceries since September: 100 - 75. Food since October: 100 - 50.
    assert lines == {"Food": usd("50"), "Groceries": usd("25")}


def test_nobody_sees_the_budgets_of_others(book: Book, user: User) -> None:
    other = Book(User.objects.create(username="bob"))
    other.category("Groceries")
    limit(other, "Groceries", OCTOBER, "1")
    assert budget_status(user).lines == ()
    foreign = other.categories["Groceries"].pk
    assert budget_status(user, category_ids=[foreign]).lines == ()
    with pytest.raises(LedgerError, match="no such category"):
        set_budget(user, foreign, month=OCTOBER, limit=usd("1"))


@settings(
    phases=AS_FOUND,
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    limits=st.lists(st.integers(0, 50_000), min_size=1, max_size=6),
    spent=st.lists(
        st.tuples(st.integers(0, 5), st.integers(-30_000, 5_000).filter(bool)), max_size=12
    ),
)
def test_with_rollover_money_is_conserved(
    book: Book, user: User, limits: list[int], spent: list[tuple[int, int]]
) -> None:
    """What is left at the end is every limit less everything that was spent until then."""
    with undone():
        for number, cents in enumerate(limits):
            limit(book, "Groceries", date(2026, 5 + number, 1), str(Decimal(cents) / 100),
                  rollover=True)  # fmt: skip
        for number, cents in spent:
            book.add(str(Decimal(cents) / 100), "Groceries", on=date(2026, 5 + number, 17))
        for number in range(len(limits), 6):
            limits.append(limits[number - 1])
        left = budget_status(user, date(2026, 10, 1)).lines[0].left
        total = sum(limits) + sum(cents for _, cents in spent)
        assert left == usd(str(Decimal(total) / 100))


def test_a_suggestion_is_the_median_of_the_months(book: Book, user: User) -> None:
    for month, amount in ((5, "100"), (6, "300"), (7, "110.01"), (9, "120"), (10, "130")):
        book.add(f"-{amount}", "Groceries", on=date(2026, month, 15))
    book.add("-50", "Clothing", on=date(2026, 5, 2))
    book.add("-5000", "Groceries", on=date(2026, 11, 2))  # this month is not whole
    found = suggest_budgets(user, months=6)
    assert found.months == 6
    assert found.period is not None
    assert found.period.words == "1 May – 31 October 2026"
    (line,) = found.lines  # clothing: five empty months, a median of nothing
    # 0, 100, 110.01, 120, 130, 300: (110.01 + 120) ÷ 2 = 115.005 -> 115.00
    assert (line.category, line.usual, line.least, line.most) == (
        "Groceries", usd("115.00"), usd("0"), usd("300"),
    )  # fmt: skip


def test_months_before_the_first_row_are_not_empty_months(book: Book, user: User) -> None:
    book.add("-80", "Groceries", on=date(2026, 9, 20))
    book.add("-100", "Groceries", on=date(2026, 10, 20))
    found = suggest_budgets(user, months=12)
    assert (found.months, found.lines[0].usual) == (2, usd("90"))


@settings(
    phases=AS_FOUND,
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rate=st.integers(1, 9_999),
    spent=st.lists(
        st.tuples(st.sampled_from([9, 10]), st.booleans(), st.integers(1, 9_999)),
        min_size=2,
        max_size=6,
    ),
)
def test_no_cent_is_lost_or_gained_on_the_way_up(
    book: Book, rate: int, spent: list[tuple[int, bool, int]]
) -> None:
    """Of euros below and beside a category each month is rounded once, and so is their median."""
    with undone():
        user = book.user
        book.account("Euros", currency="EUR", opened_on=date(2026, 9, 1))
        book.add("0", "Clothing", on=date(2026, 9, 1))
        food = book.category("Food")
        for name in ("Bread", "Wine"):
            book.category(name)
        Category.objects.filter(name__in=("Bread", "Wine")).update(parent=food)
        months: dict[int, Fraction] = {9: Fraction(0), 10: Fraction(0)}
        for month in months:
            ExchangeRate.objects.create(
                user=user,
                base="EUR",
                quote="USD",
                date=date(2026, month, 15),
                rate=Decimal(rate).scaleb(-4),
            )
        for month, is_bread, cents in spent:
            name = "Bread" if is_bread else "Wine"
            book.add(f"-{cents / Decimal(100)}", name, account="Euros", on=date(2026, month, 15))
            months[month] += Fraction(cents * rate, 10_000)
        line = next((each for each in suggest_budgets(user).lines if each.category == "Food"), None)
        usual = round(sum(months.values()) / 2)
        assert (line.usual if line else usd("0")) == usd(str(Decimal(usual) / 100))
        if line is not None:
            assert line.by_month == tuple(
                usd(str(Decimal(round(each)) / 100)) for each in months.values()
            )


def test_no_records_no_suggestions(book: Book, user: User) -> None:
    assert suggest_budgets(user).lines == ()
    with pytest.raises(ValueError, match="1 to 24"):
        suggest_budgets(user, months=0)
