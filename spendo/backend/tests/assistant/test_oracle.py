"""Answers about the demo ledger against plain Python over every row, and figures against tools."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from spendo.ledger.demo import load_demo
from spendo.ledger.models import ExchangeRate, Transaction, Transfer
from spendo.users.models import User
from spendo.users.selectors import today
from tests.assistant.asking import ask


@dataclass(frozen=True)
class Row:
    """A posted transaction in exact dollars; `kind` is its category's, or None."""

    date: date
    amount: Fraction
    merchant: str
    category: str | None
    kind: str | None
    paired: bool

    @property
    def is_spending(self) -> bool:
        if self.paired:
            return False
        return self.kind == "expense" or (self.kind is None and self.amount < 0)

    @property
    def is_income(self) -> bool:
        if self.paired:
            return False
        return self.kind == "income" or (self.kind is None and self.amount > 0)


@dataclass(frozen=True)
class Demo:
    user: User
    today: date
    rows: tuple[Row, ...]

    def in_period(self, start: date, end: date) -> list[Row]:
        return [row for row in self.rows if start <= row.date < end]

    @property
    def last_month(self) -> tuple[date, date]:
        end = self.today.replace(day=1)
        return (end - timedelta(days=1)).replace(day=1), end

    @property
    def this_year(self) -> tuple[date, date]:
        return self.today.replace(month=1, day=1), self.today + timedelta(days=1)


def read_demo() -> Demo:
    load_demo()
    user = User.objects.get(username="demo")
    paired = {
        number
        for pair in Transfer.objects.values_list("outflow_id", "inflow_id")
        for number in pair
    }
    rates = {rate.date: Fraction(rate.rate) for rate in ExchangeRate.objects.filter(quote="JPY")}
    rows = tuple(
        Row(
            date=each.date,
            amount=amount,
            merchant=each.merchant,
            category=each.category.name if each.category else None,
            kind=each.category.kind if each.category else None,
            paired=each.pk in paired,
        )
        for each in Transaction.objects.filter(user=user).select_related("category", "account")
        if each.status == "posted" and not each.hidden and not each.account.hidden
        if not each.is_split and (amount := in_dollars(each, rates)) is not None
    )
    return Demo(user, today(user), rows)


def in_dollars(row: Transaction, rates: dict[date, Fraction]) -> Fraction | None:
    """Yen at the rate of the day, or of the last day before it within a week; else nothing."""
    if row.account.currency == "USD":
        return Fraction(row.amount_minor, 100)
    for days in range(8):
        if rate := rates.get(row.date - timedelta(days=days)):
            return row.amount_minor / rate
    return None


@pytest.fixture(scope="module")
def demo(database_of_the_module: None) -> Demo:
    """The one that all tests ask about: nobody who asks changes it."""
    return read_demo()


def dollars(amount: Fraction) -> str:
    cents = round(amount * 100)  # half-even, of a Fraction
    return f"{'−' if cents < 0 else ''}${Decimal(abs(cents)) / 100:,.2f}"


def spent(rows: list[Row]) -> Fraction:
    return -sum((row.amount for row in rows if row.is_spending), Fraction(0))


def received(rows: list[Row]) -> Fraction:
    return sum((row.amount for row in rows if row.is_income), Fraction(0))


def by(rows: list[Row], key: Callable[[Row], str]) -> dict[str, Fraction]:
    totals: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows:
        if row.is_spending:
            totals[key(row)] -= row.amount
    return totals


async def test_totals_equal_the_sum_over_every_row(demo: Demo) -> None:
    last_month, this_year = demo.in_period(*demo.last_month), demo.in_period(*demo.this_year)
    expected = {
        "How much did I spend last month?": spent(last_month),
        "total spending this year": spent(this_year),
        "what was my income last month": received(last_month),
        "how much did I earn this year": received(this_year),
    }
    wrong = {
        question: (dollars(amount), answer)
        for question, amount in expected.items()
        if f"**{dollars(amount)}**"
        not in (answer := (await ask(demo.user, question)).answer.split("\n")[0])
    }
    assert not wrong


async def test_every_category_of_last_month_equals_the_sum_over_its_rows(demo: Demo) -> None:
    rows = demo.in_period(*demo.last_month)
    totals = by(rows, lambda row: row.category or "Uncategorised")
    assert len(totals) > 8
    listed = (await ask(demo.user, "spending by category last month")).answer
    assert table_of(listed) == {name: dollars(total) for name, total in totals.items()}
    for name, total in totals.items():
        if total > 0 and name != "Uncategorised":
            answer = (await ask(demo.user, f"How much did I spend on {name} last month?")).answer
            assert answer.startswith(f"You spent **{dollars(total)}** on {name} (")


async def test_the_five_biggest_merchants_of_the_year_are_the_right_ones(demo: Demo) -> None:
    totals = by(demo.in_period(*demo.this_year), lambda row: row.merchant)
    largest = sorted(totals.items(), key=lambda pair: -pair[1])[:5]
    answer = (await ask(demo.user, "top 5 merchants this year")).answer
    assert table_of(answer) == {name: dollars(total) for name, total in largest}


async def test_months_of_the_year_add_up_row_by_row(demo: Demo) -> None:
    totals = by(demo.in_period(*demo.this_year), lambda row: f"{row.date:%B %Y}")
    answer = (await ask(demo.user, "spending by month this year")).answer
    assert table_of(answer) == {name: dollars(total) for name, total in totals.items()}


async def test_an_average_is_the_total_over_whole_months(demo: Demo) -> None:
    end = demo.today.replace(day=1)
    start = end
    for _ in range(3):
        start = (start - timedelta(days=1)).replace(day=1)
    rows = [row for row in demo.in_period(start, end) if row.category == "Groceries"]
    mean = spent(rows) / 3
    answer = (await ask(demo.user, "average grocery spend per month")).answer
    assert answer.startswith(f"On average you spent **{dollars(mean)}** per month on Groceries")


QUESTIONS = (
    "what accounts do I have",
    "what is my balance",
    "what is my net worth",
    "net worth a year ago",
    "how much did I spend last month",
    "spending by category this year",
    "spending by merchant last month",
    "income by month this year",
    "how much did I save last month",
    "compare groceries this month and last month",
    "average restaurant bill",
    "largest purchases this year",
    "recent transactions",
    "how many coffees did I buy last month",
    "when was I last paid",
    "what data do you have",
)


async def test_every_amount_in_an_answer_was_returned_by_a_tool(demo: Demo) -> None:
    for question in QUESTIONS:
        result = await ask(demo.user, question)
        found = re.findall(r"\$([\d,]+\.\d\d)", result.answer)
        shown = {Decimal(amount.replace(",", "")) for amount in found}
        returned = {abs(Decimal(figure.value)) for figure in result.figures}
        assert shown <= returned, question
        assert result.figures, question


def table_of(answer: str) -> dict[str, str]:
    rows = [line.strip("| ").split(" | ") for line in answer.split("\n") if line.startswith("|")]
    return {row[0].replace("\\", ""): row[1] for row in rows[2:]}
