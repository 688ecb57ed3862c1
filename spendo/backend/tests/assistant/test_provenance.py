"""The line under an answer: what it rests on, and the way to those rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

import pytest
from asgiref.sync import sync_to_async

from spendo.assistant.provenance import provenance
from spendo.assistant.tools.envelope import (
    Amount,
    BankText,
    CountEnvelope,
    Excluded,
    LedgerEnvelope,
    LeftOut,
    NetWorthEnvelope,
    PeriodEnvelope,
    PeriodPart,
    Row,
)
from spendo.assistant.tools.links import rows_link
from spendo.assistant.workflow import WorkflowInput, run_workflow
from spendo.ledger import selectors
from spendo.ledger.models import ExchangeRate
from spendo.ledger.selectors import RowsQuery, TransactionFilter, read_query
from spendo.users.models import User
from tests.assistant.asking import Chat
from tests.assistant.test_tools import call
from tests.ledger.book import Book

OCTOBER = PeriodPart(
    start=date(2026, 10, 1), end=date(2026, 11, 1), time_zone="UTC", words="1–31 October 2026"
)


class SeriesEnvelope(LedgerEnvelope):
    counted: ClassVar[str] = "series"
    tool: str = "series"


def test_a_result_of_any_tool_has_its_line() -> None:
    class Bills(LedgerEnvelope):
        tool: str = "bills"

    envelope = Bills(
        count=1234,
        period=OCTOBER,
        link="/transactions?category=7",
        excluded=Excluded(
            transfers=3,
            pending=2,
            hidden=1,
            left_out=(
                LeftOut(total=Amount(amount="5.00", currency="EUR"), accounts=1, transactions=1),
            ),
        ),
    )
    assert provenance([envelope]) == (
        "*from [1,234 transactions](/transactions?category=7) · 1–31 October 2026"
        " · transfers, 2 pending, 1 hidden, EUR left out*"
    )
    assert provenance([envelope], shown="chat") == (
        "*from [1,234 transactions](chatkit-link://transactions?category=7) · 1–31 October 2026"
        " · transfers, 2 pending, 1 hidden, EUR left out*"
    )


def test_no_rows_are_not_opened_and_what_is_no_record_is_not_named() -> None:
    nothing = CountEnvelope(count=0, period=OCTOBER, link="/transactions?from=2026-10-01")
    line = "*from no transactions · 1–31 October 2026 · transfers left out*"
    assert provenance([nothing]) == line
    some = nothing.model_copy(update={"count": 2, "link": None})
    assert provenance([nothing, some]) == line.replace("no", "2", 1)
    assert provenance([SeriesEnvelope(count=0)]) is None
    assert provenance([PeriodEnvelope(period=OCTOBER, text="2026-10")]) is None
    assert provenance([]) is None


def test_two_results_of_the_same_rows_are_named_once() -> None:
    worth = NetWorthEnvelope(
        count=2,
        on=date(2026, 10, 31),
        words="31 October 2026",
        total=Amount(amount="1.00", currency="USD"),
        assets=Amount(amount="1.00", currency="USD"),
        liabilities=Amount(amount="0.00", currency="USD"),
        partial=False,
        left_out=(),
        hidden_accounts=1,
    )
    assert provenance([worth, worth]) == (
        "*from all accounts · 31 October 2026 · hidden accounts left out*"
    )


def test_a_link_leads_to_this_site_only() -> None:
    names = ("//evil.example", "https://evil.example/", "a)](https://evil.example", "\\\\evil")
    for name in names:
        link = rows_link(RowsQuery(TransactionFilter(merchants=(name,))))
        assert link.startswith("/transactions?merchant=")
        assert "//" not in link
        assert not set(link) & set("()[]<>\\ ")


async def test_an_answer_opens_the_rows_it_rests_on(ann: User, ledger: Book) -> None:
    question = "How much did I spend on groceries last month?"
    page = await run_workflow(WorkflowInput(input_as_text=question), user=ann)
    groceries = ledger.categories["Groceries"].pk
    query = f"from=2026-10-01&to=2026-11-01&category={groceries}&transfers=0&counted=spending"
    assert page.answer.endswith(
        f"*from [2 transactions](/transactions?{query}) · 1–31 October 2026*"
    )
    chat = Chat(ann)
    await chat.say(question)
    kept = (await chat.items())[-1]["content"][0]["text"]
    assert f"[2 transactions](chatkit-link://transactions?{query})" in kept
    assert read_query(dict(parse_qsl(query))).where.category_ids == (groceries,)


async def opened(user: User, link: str) -> selectors.TransactionPage:
    query = read_query(dict(parse_qsl(urlsplit(link).query)))
    return await sync_to_async(selectors.search_transactions)(
        user, where=query.where, counted=query.counted, sort=query.sort, limit=100
    )


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("sum_transactions", {"measure": "spending", "period": "October 2026"}),
        ("sum_transactions", {"measure": "income"}),
        ("sum_transactions", {"measure": "net", "period": "this year"}),
        ("sum_transactions", {"measure": "spending", "include_transfers": True}),
        ("sum_transactions", {"measure": "spending", "categories": ["Coffee", "uncategorised"]}),
        ("sum_transactions", {"measure": "spending", "min_amount": "20", "text": "a"}),
        ("search_transactions", {"period": "last month", "direction": "in", "sort": "largest"}),
        ("search_transactions", {"merchants": ["Thread & Needle"], "include_transfers": True}),
        ("search_transactions", {"pending": "only"}),
        ("count_transactions", {"accounts": ["Blue Card"], "max_amount": "50"}),
        ("income_statement", {"period": "last month"}),
        ("budget_status", {}),
        ("suggest_budgets", {"months": 2}),
        ("suggest_budgets", {"months": 2, "categories": ["groceries"]}),
        ("data_range", {}),
    ],
)
async def test_a_link_opens_exactly_the_rows_that_were_counted(
    ann: User, ledger: Book, tool: str, arguments: dict[str, Any]
) -> None:
    await sync_to_async(unusual)(ledger)
    envelope = await call(ann, tool, **arguments)
    assert envelope["tool"] == tool
    page = await opened(ann, envelope["link"])
    assert page.total_count == envelope["count"]
    assert {row["id"] for row in envelope["rows"]} <= {row.id for row in page.rows}


def unusual(book: Book) -> None:
    """Rows that are in no total, or only converted: hidden, pending, yen without a rate, euros."""
    for account, currency in (("Yen", "JPY"), ("Euros", "EUR")):
        book.account(account, currency=currency)
    on = date(2026, 10, 14)
    card = "Blue Card"
    book.add("-900", "Coffee", account="Yen", on=on, merchant="Ramen")
    book.add("-10", "Coffee", account="Euros", on=on, merchant="Bistro")
    book.add("-33", "Coffee", account=card, on=on, merchant="Away", hidden=True)
    book.add("-44", "Coffee", account=card, on=on, merchant="Later", pending=True)
    book.add("-55", None, account=card, on=on, merchant="Nobody knows")
    book.add("-66", "Transfer", account=card, on=on, merchant="Unknown card")
    ExchangeRate.objects.create(
        user=book.user, base="EUR", quote="USD", date=on, rate=Decimal("1.1")
    )


async def test_balances_open_the_rows_of_their_accounts_up_to_their_day(
    ann: User, ledger: Book
) -> None:
    envelope = await call(
        ann, "account_balance", accounts=["Everyday Checking"], as_of="4 October 2026"
    )
    page = await opened(ann, envelope["link"])
    assert [str(row.amount) for row in page.rows] == ["-1200.00", "3000.00"]


def test_rows_that_no_filter_names_are_opened_by_their_ids() -> None:
    row = Row(
        id=7,
        date=date(2026, 10, 9),
        amount=Amount(amount="-4.50", currency="USD"),
        category=None,
        account="Card",
        pending=False,
        transfer=False,
        bank_text=BankText(merchant="Bluebell", description="BLUEBELL"),
    )
    envelope = SeriesEnvelope(count=1, rows=(row, row.model_copy(update={"id": 9})))
    assert provenance([envelope]) == "*from [1 series](/transactions?id=7%2C9)*"
