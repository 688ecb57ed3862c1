"""What the tools can be asked about: every filter and group, with figures worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from spendo.ledger.models import Category, ExchangeRate, Tag
from spendo.users.models import User
from tests.assistant.test_tools import call
from tests.ledger.book import Book


@pytest.fixture
def trip(ann: User) -> Book:
    """Food over Groceries (12.00) and Eating out (30.00), Food itself 5.00, a fee of 2.50, a
    dinner in euros with a rate of its day (20 EUR at 1.10) and one in yen without any."""
    book = Book(ann)
    book.account("Card")
    book.account("Euros", currency="EUR")
    book.account("Yen", currency="JPY")
    food = book.category("Food")
    for name in ("Groceries", "Eating out"):
        child = book.category(name)
        Category.objects.filter(pk=child.pk).update(parent=food)
    book.category("Fees")
    on = date(2026, 10, 5)
    book.add("-12", "Groceries", account="Card", on=on, merchant="Corner Pantry")
    dinner = book.add("-30", "Eating out", account="Card", on=date(2026, 10, 12), merchant="Noodle")
    book.add("-5", "Food", account="Card", on=on, merchant="Kiosk")
    book.add("-2.50", "Fees", account="Card", on=date(2026, 10, 30), merchant="LATE Fee October")
    abroad = book.add("-20", "Eating out", account="Euros", on=on, merchant="Bistro")
    book.add("-1000", "Eating out", account="Yen", on=on, merchant="Ramen")
    tag = Tag.objects.create(user=ann, name="Trip 2026")
    for row in (dinner, abroad):
        row.tags.add(tag)
    ExchangeRate.objects.create(user=ann, base="EUR", quote="USD", date=on, rate=Decimal("1.10"))
    return book


async def spent(user: User, **arguments: Any) -> dict[str, Any]:
    return await call(
        user, "sum_transactions", measure="spending", period="October 2026", **arguments
    )


@pytest.mark.parametrize(
    ("arguments", "total", "count"),
    [
        ({"categories": ["Food"]}, "69.00", 4),  # 12 + 30 + 5 + 22
        ({"categories": ["Food"], "include_subcategories": False}, "5.00", 1),
        ({"tags": ["trip 2026"]}, "52.00", 2),  # 30 + 22
        ({"text": "late  FEE"}, "2.50", 1),
        ({"text": "nothing of the kind"}, "0.00", 0),
        ({"accounts": ["Card"], "min_amount": "5", "max_amount": "12"}, "17.00", 2),
        ({"min_amount": "22"}, "52.00", 2),  # the euros are 22.00 dollars
        ({"direction": "in"}, "0.00", 0),
    ],
)
async def test_a_sum_takes_every_filter(
    ann: User, trip: Book, arguments: dict[str, Any], total: str, count: int
) -> None:
    envelope = await spent(ann, **arguments)
    assert (envelope["total"]["amount"], envelope["count"]) == (total, count)


async def test_what_was_converted_and_what_could_not_be_are_told(ann: User, trip: Book) -> None:
    envelope = await spent(ann)
    assert (envelope["total"]["amount"], envelope["partial"]) == ("71.50", True)
    assert envelope["converted"] == [
        {
            "total": {"amount": "20.00", "currency": "EUR"},
            "converted": {"amount": "22.00", "currency": "USD"},
            "count": 1,
            "first_rate": {"base": "EUR", "quote": "USD", "rate": "1.1", "date": "2026-10-05"},
            "last_rate": {"base": "EUR", "quote": "USD", "rate": "1.1", "date": "2026-10-05"},
        }
    ]
    assert envelope["excluded"]["left_out"] == [
        {"total": {"amount": "1000", "currency": "JPY"}, "accounts": 1, "transactions": 1}
    ]


@pytest.mark.parametrize(
    ("group_by", "groups"),
    [
        ("top_category", {"Food": "69.00", "Fees": "2.50"}),
        (
            "category",
            {"Eating out": "52.00", "Groceries": "12.00", "Food": "5.00", "Fees": "2.50"},
        ),
        ("tag", {"Trip 2026": "52.00", "No tag": "19.50"}),
        (
            "week",
            {
                "Week of 5 October 2026": "39.00",
                "Week of 12 October 2026": "30.00",
                "Week of 26 October 2026": "2.50",
            },
        ),
        (
            "day",
            {"5 October 2026": "39.00", "12 October 2026": "30.00", "30 October 2026": "2.50"},
        ),
    ],
)
async def test_a_sum_is_grouped(
    ann: User, trip: Book, group_by: str, groups: dict[str, str]
) -> None:
    envelope = await spent(ann, group_by=group_by)
    assert {each["label"]: each["total"]["amount"] for each in envelope["groups"]} == groups


async def test_a_list_and_a_count_take_the_same_filters(ann: User, trip: Book) -> None:
    await sync_to_async(trip.add)(
        "-9", "Fees", account="Card", on=date(2026, 10, 31), merchant="Late fee", pending=True
    )
    for arguments, amounts in (
        ({"text": "late fee"}, ["-9.00", "-2.50"]),
        ({"text": "late fee", "pending": "only"}, ["-9.00"]),
        ({"text": "late fee", "pending": "without"}, ["-2.50"]),
        ({"tags": ["Trip 2026"]}, ["-30.00", "-20.00"]),
        ({"categories": ["Food"], "include_subcategories": False}, ["-5.00"]),
    ):
        found = await call(ann, "search_transactions", **arguments)
        assert [row["amount"]["amount"] for row in found["rows"]] == amounts
        counted = await call(ann, "count_transactions", **arguments)
        assert counted["count"] == found["count"] == len(amounts)


async def test_the_filters_that_were_applied_are_told_as_the_ledger_has_them(
    ann: User, trip: Book
) -> None:
    envelope = await spent(ann, tags=["TRIP 2026"], categories=["eating out"], min_amount="1.50")
    assert envelope["filters"]["tags"] == ["Trip 2026"]
    assert envelope["filters"]["categories"] == ["Eating out"]
    assert envelope["filters"]["min_amount"] == "1.50"
    assert envelope["link"].endswith(
        f"&category={trip.categories['Eating out'].pk}&tag=Trip+2026&min=1.50&transfers=0"
        "&counted=spending"
    )


async def test_a_tag_of_another_user_is_not_there(ann: User, bob: User, trip: Book) -> None:
    envelope = await call(bob, "count_transactions", tags=["Trip 2026"])
    assert (envelope["error"]["code"], envelope["error"]["choices"]) == ("unknown_tag", [])
