"""The line under an answer: what it rests on, and the way to those rows."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

from spendo.assistant.provenance import provenance
from spendo.assistant.tools.envelope import (
    Amount,
    CountEnvelope,
    Excluded,
    LedgerEnvelope,
    LeftOut,
    NetWorthEnvelope,
    PeriodEnvelope,
    PeriodPart,
)
from spendo.assistant.tools.links import rows_link
from spendo.assistant.workflow import WorkflowInput, run_workflow
from spendo.ledger.selectors import RowsQuery, TransactionFilter, read_query
from spendo.users.models import User
from tests.assistant.asking import Chat
from tests.ledger.book import Book

OCTOBER = PeriodPart(
    start=date(2026, 10, 1), end=date(2026, 11, 1), time_zone="UTC", words="1–31 October 2026"
)


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
    assert provenance([nothing]) == "*from 0 transactions · 1–31 October 2026 · transfers left out*"
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
