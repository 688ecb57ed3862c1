"""Balances and net worth on a day and over time, with figures worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from spendo.ledger.models import Account, ExchangeRate, Institution, Transaction
from spendo.users.models import User
from tests.assistant.asking import ask
from tests.assistant.test_tools import call
from tests.ledger.book import Book


@pytest.fixture
def year(ann: User) -> Book:
    """Checking opens with 1000.00 on 1 August 2026, loses 400.00 on 10 September, gains 150.00 on
    12 September and 30.00 on 3 November; a card owes 80.00 from 5 October. Today is 22 November."""
    book = Book(ann)
    opened = date(2026, 8, 1)
    book.account("Checking", opening="1000", opened_on=opened)
    book.account("Card", "credit_card", opened_on=opened)
    for amount, account, on in (
        ("-400", "Checking", date(2026, 9, 10)),
        ("150", "Checking", date(2026, 9, 12)),
        ("-80", "Card", date(2026, 10, 5)),
        ("30", "Checking", date(2026, 11, 3)),
    ):
        book.add(amount, account=account, on=on)
    book.add("-7", account="Card", on=date(2026, 11, 20), pending=True)
    return book


def figures(parts: list[dict[str, Any]], field: str = "balance") -> list[tuple[str, str]]:
    return [(part["date"], part[field]["amount"]) for part in parts]


@pytest.mark.parametrize(
    ("as_of", "on", "checking", "card", "total"),
    [
        (None, "2026-11-22", "780.00", "-80.00", "700.00"),
        ("today", "2026-11-22", "780.00", "-80.00", "700.00"),
        ("September 2026", "2026-09-30", "750.00", "0.00", "750.00"),
        ("2026-09-11", "2026-09-11", "600.00", "0.00", "600.00"),
        ("this year", "2026-11-22", "780.00", "-80.00", "700.00"),
        ("2026-07-31", "2026-07-31", "0.00", "0.00", "0.00"),
    ],
)
async def test_a_balance_is_that_of_the_end_of_the_day(
    ann: User, year: Book, as_of: str | None, on: str, checking: str, card: str, total: str
) -> None:
    envelope = await call(ann, "account_balance", as_of=as_of)
    assert envelope["on"] == on
    assert [each["balance"]["amount"] for each in envelope["accounts"]] == [checking, card]
    assert (envelope["total"]["amount"], envelope["count"]) == (total, 2)
    pending = [each["pending"]["amount"] for each in envelope["accounts"]]
    assert pending == ["0.00", "-7.00" if on == "2026-11-22" else "0.00"]


async def test_one_account_is_asked_for_by_its_name(ann: User, year: Book) -> None:
    envelope = await call(ann, "account_balance", accounts=["card"], as_of="yesterday")
    assert [each["name"] for each in envelope["accounts"]] == ["Card"]
    assert envelope["filters"]["accounts"] == ["Card"]
    assert (envelope["total"]["amount"], envelope["words"]) == ("-80.00", "21 November 2026")


async def test_the_lowest_balance_is_found_on_its_day_whatever_the_step(
    ann: User, year: Book
) -> None:
    envelope = await call(
        ann, "balance_history", period="September 2026", accounts=["Checking"], step="month"
    )
    assert figures([envelope["lowest"], envelope["highest"]]) == [
        ("2026-09-10", "600.00"),
        ("2026-09-01", "1000.00"),
    ]
    assert figures(envelope["points"]) == [("2026-09-30", "750.00")]
    assert envelope["change"]["amount"] == "-250.00"
    assert (envelope["count"], envelope["truncated"]) == (1, False)


async def test_a_history_of_all_accounts_is_of_all_together(ann: User, year: Book) -> None:
    envelope = await call(ann, "balance_history", period="this year", step="month")
    assert envelope["period"]["from"] == "2026-08-01"  # there was nothing before
    assert figures(envelope["points"]) == [
        ("2026-08-31", "1000.00"),
        ("2026-09-30", "750.00"),
        ("2026-10-31", "670.00"),
        ("2026-11-22", "700.00"),
    ]
    assert [each["name"] for each in envelope["series"]] == ["Checking", "Card"]
    assert figures(envelope["series"][1]["points"])[-2:] == [
        ("2026-10-31", "-80.00"),
        ("2026-11-22", "-80.00"),
    ]


@pytest.mark.parametrize(
    ("period", "step", "points"), [("last week", "day", 7), ("this year", "week", 17)]
)
async def test_a_step_is_chosen_by_the_length_of_the_period(
    ann: User, year: Book, period: str, step: str, points: int
) -> None:
    envelope = await call(ann, "balance_history", period=period)
    assert (envelope["step"], len(envelope["points"])) == (step, points)


async def test_net_worth_over_time_says_how_it_changed(ann: User, year: Book) -> None:
    envelope = await call(ann, "net_worth", period="since September 2026", step="month")
    assert figures(envelope["points"], "total") == [
        ("2026-09-30", "750.00"),
        ("2026-10-31", "670.00"),
        ("2026-11-22", "700.00"),
    ]
    assert figures(envelope["points"], "liabilities")[0] == ("2026-09-30", "0.00")
    assert envelope["total"]["amount"] == "700.00"
    assert envelope["change"]["amount"] == "-50.00"
    assert envelope["period"]["words"] == "1 September – 22 November 2026"


async def test_an_account_without_a_rate_is_left_out_of_the_total_only(
    ann: User, year: Book
) -> None:
    await sync_to_async(year.account)(
        "Euros", currency="EUR", opening="100", opened_on=date(2026, 8, 1)
    )
    envelope = await call(ann, "account_balance", as_of="2026-09-30")
    assert (envelope["total"]["amount"], envelope["partial"]) == ("750.00", True)
    assert envelope["left_out"][0]["total"] == {"amount": "100.00", "currency": "EUR"}
    assert envelope["accounts"][2]["converted"] is None
    await ExchangeRate.objects.acreate(
        user=ann, base="EUR", quote="USD", date=date(2026, 9, 28), rate=Decimal("1.1")
    )
    envelope = await call(ann, "account_balance", as_of="2026-09-30")
    assert (envelope["total"]["amount"], envelope["partial"]) == ("860.00", False)
    assert envelope["accounts"][2]["converted"] == {"amount": "110.00", "currency": "USD"}
    assert envelope["accounts"][2]["rate"]["date"] == "2026-09-28"


@pytest.mark.parametrize(
    ("tool", "arguments", "code"),
    [
        ("account_balance", {"as_of": "tomorrow"}, "unknown_period"),
        ("account_balance", {"as_of": "2027-01-01"}, "future_date"),
        ("balance_history", {"period": "2027-01-01..2027-01-31"}, "future_date"),
        ("account_balance", {"accounts": ["Swiss Bank"]}, "unknown_account"),
        ("balance_history", {"period": "soon"}, "unknown_period"),
        ("balance_history", {"period": "2026-08-01..2026-11-20", "step": "day"}, "too_many_points"),
        ("balance_history", {}, "invalid_arguments"),
        ("exchange_rate", {"currency": ""}, "unknown_currency"),
        ("exchange_rate", {"currency": "EUR", "amount": "much"}, "invalid_amount"),
        ("exchange_rate", {"currency": "EUR", "amount": "-1"}, "invalid_amount"),
        ("exchange_rate", {"currency": "EUR", "amount": "1e999999"}, "invalid_amount"),
        ("exchange_rate", {"currency": "EUR", "amount": "10.555"}, "too_fine"),
        ("exchange_rate", {"currency": "JPY", "amount": "0.5"}, "too_fine"),
        ("exchange_rate", {"currency": "JPY", "amount": "0.555", "from_own": True}, "too_fine"),
        ("net_worth", {"as_of": "today", "period": "this year"}, "invalid_arguments"),
        ("net_worth", {"period": "this year", "step": "hour"}, "invalid_arguments"),
    ],
)
async def test_what_cannot_be_answered_is_refused(
    ann: User, year: Book, tool: str, arguments: dict[str, Any], code: str
) -> None:
    envelope = await call(ann, tool, **arguments)
    assert (envelope["tool"], envelope["error"]["code"]) == ("error", code)


async def test_an_account_of_another_user_has_no_balance(ann: User, bob: User, year: Book) -> None:
    envelope = await call(bob, "account_balance")
    assert (envelope["count"], envelope["total"]["amount"]) == (0, "0.00")
    assert (await call(bob, "balance_history", period="this year"))["points"] == []
    named = await call(bob, "balance_history", period="this year", accounts=["Card"])
    assert named["error"]["code"] == "unknown_account"


async def test_without_a_name_the_rate_is_of_the_one_other_currency(ann: User, year: Book) -> None:
    async def said() -> str:
        return (await ask(ann, "Which rate did you use?")).answer

    refused = await call(ann, "exchange_rate")
    assert refused["error"]["code"] == "no_other_currency"
    assert await said() == "All your accounts are in one currency, so nothing is converted."
    await sync_to_async(year.account)("Euros", currency="EUR")
    await sync_to_async(year.account)("Hidden", currency="KWD", hidden=True)
    assert (await call(ann, "exchange_rate"))["currency"] == "EUR"
    assert (await said()).startswith("No rate of EUR is known for ")
    await sync_to_async(year.account)("Yen", currency="JPY")
    refused = await call(ann, "exchange_rate")
    assert refused["error"]["code"] == "ambiguous_currency"
    assert refused["error"]["choices"] == ["EUR", "JPY"]
    assert await said() == "Which one do you mean: EUR or JPY?"


async def test_an_amount_is_converted_exactly_and_rounded_once(ann: User, year: Book) -> None:
    """At 0.0065 dollars for one yen."""
    await sync_to_async(rate)(ann, "JPY", "USD", "0.0065")
    there = await call(ann, "exchange_rate", currency="JPY", on="2026-11-10", amount="12345")
    assert there["amount"] == {"amount": "12345", "currency": "JPY"}
    assert there["converted"] == {"amount": "80.24", "currency": "USD"}  # 80.2425
    back = await call(
        ann, "exchange_rate", currency="JPY", on="2026-11-10", amount="80.24", from_own=True
    )
    assert back["amount"] == {"amount": "80.24", "currency": "USD"}
    assert back["converted"] == {"amount": "12345", "currency": "JPY"}  # 12344.6
    unknown = await call(ann, "exchange_rate", currency="CHF", on="2026-11-10", amount="5")
    assert (unknown["rate"], unknown["converted"]) == (None, None)
    later = await call(ann, "exchange_rate", currency="JPY", on="2026-11-20", amount="12345")
    assert (later["rate"], later["converted"]) == (None, None)
    assert (later["newest"]["date"], later["newest"]["rate"]) == ("2026-11-10", "0.0065")
    before = await call(ann, "exchange_rate", currency="JPY", on="2026-11-09")
    assert (before["rate"], before["newest"]) == (None, None)
    alone = await call(ann, "exchange_rate", currency="JPY", on="2026-11-10")
    assert (alone["amount"], alone["converted"]) == (None, None)


def rate(user: User, base: str, quote: str, value: str) -> None:
    ExchangeRate.objects.create(
        user=user, base=base, quote=quote, date=date(2026, 11, 10), rate=Decimal(value)
    )


@pytest.fixture
def two_of_a_name(ann: User, year: Book) -> Book:
    """Another "Card", at another bank, on which 20.00 was spent on 6 October."""
    other = Institution.objects.create(user=ann, name="Other Bank")
    card = Account.objects.create(
        user=ann,
        institution=other,
        name="Card",
        kind="credit_card",
        currency="USD",
        opened_on=date(2026, 8, 1),
    )
    Transaction.objects.create(
        user=ann, account=card, date=date(2026, 10, 6), amount_minor=-2000, description="Shop"
    )
    return year


async def test_accounts_of_one_name_are_all_meant_by_it(ann: User, two_of_a_name: Book) -> None:
    envelope = await call(ann, "account_balance", accounts=["card"])
    assert [each["balance"]["amount"] for each in envelope["accounts"]] == ["-80.00", "-20.00"]
    assert envelope["total"]["amount"] == "-100.00"
    spent = await call(ann, "sum_transactions", measure="spending", accounts=["Card"])
    assert (spent["total"]["amount"], spent["count"]) == ("100.00", 2)
    assert spent["filters"]["accounts"] == ["Card"]


async def test_a_list_of_some_accounts_has_their_totals(ann: User, two_of_a_name: Book) -> None:
    everything = await call(ann, "list_accounts")
    assert (everything["count"], everything["total"]["amount"]) == (3, "680.00")
    cards = await call(ann, "list_accounts", kinds=["credit_card", "loan"])
    assert [each["name"] for each in cards["accounts"]] == ["Card", "Card"]
    assert (cards["count"], cards["total"]["amount"]) == (2, "-100.00")
    checking = await call(ann, "list_accounts", accounts=["Checking"])
    assert (checking["count"], checking["total"]["amount"]) == (1, "780.00")
    assert checking["link"] != everything["link"]
    neither = await call(ann, "list_accounts", accounts=["Checking"], kinds=["loan"])
    assert (neither["count"], neither["accounts"]) == (0, [])
    wrong = await call(ann, "list_accounts", kinds=["piggy bank"])
    assert wrong["error"]["code"] == "invalid_arguments"


async def test_a_balance_rests_on_the_accounts_it_is_of(ann: User, two_of_a_name: Book) -> None:
    async def source(question: str) -> str:
        answer = (await ask(ann, question)).answer
        return answer.splitlines()[-1].partition(" · ")[0]

    assert await source("How much is in my checking?") == "*from 1 account"
    assert await source("What do I owe on my card?") == "*from 2 accounts"
    assert await source("What is my balance?") == "*from 3 accounts"


async def test_accounts_of_one_name_are_told_apart(ann: User, two_of_a_name: Book) -> None:
    answer = (await ask(ann, "What do I owe on my card?")).answer
    assert "| Card, Bank | credit card | −$80.00 |" in answer
    assert "| Card, Other Bank | credit card | −$20.00 |" in answer
    assert "−$7.00 in Card, Bank" in answer


async def test_debts_of_one_name_have_their_own_terms(ann: User, two_of_a_name: Book) -> None:
    cards = Account.objects.filter(name="Card")
    for bank, rate in (("Bank", 10), ("Other Bank", 20)):
        await cards.filter(institution__name=bank).aupdate(
            interest_rate=Decimal(rate), minimum_payment_minor=3000
        )
    answer = (await ask(ann, "What interest rates do my cards have?")).answer
    assert "| Card, Bank | $80.00 | 10% | $30.00 |" in answer
    assert "| Card, Other Bank | $20.00 | 20% | $30.00 |" in answer


async def test_single_figures_of_a_sum(ann: User, ledger: Book) -> None:
    envelope = await call(
        ann,
        "sum_transactions",
        measure="spending",
        period="October 2026",
        categories=["Groceries", "Coffee", "Clothing"],
        also=["median", "largest", "smallest"],
    )
    # 4.50, 4.50, 39.90, 60.10; the refund of 30.00 is no purchase
    assert envelope["median"]["amount"] == "22.20"
    assert envelope["largest"]["amount"]["amount"] == "-60.10"
    assert envelope["smallest"]["amount"]["amount"] == "-4.50"
    none = await call(ann, "sum_transactions", measure="income", period="May 2026", also=["median"])
    assert (none["median"], none["largest"]) == (None, None)
