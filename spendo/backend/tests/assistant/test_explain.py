"""Where a figure comes from: over several answers of a thread, with parts that sum to it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from chatkit.types import HiddenContextItem
from django.test import Client

from spendo.assistant.calls import earlier_calls
from spendo.assistant.provenance import provenance
from spendo.assistant.tools import api
from spendo.assistant.tools.envelope import ExplainEnvelope
from spendo.assistant.tools.envelope.recurring import RecurringEnvelope
from spendo.assistant.turn import Turn
from spendo.users.models import User
from tests.assistant.asking import Chat
from tests.assistant.test_provenance import opened
from tests.ledger.book import Book
from tests.users.api import Answer, Api

NOON = datetime(2026, 11, 22, 12)  # noqa: DTZ001  (the SDK's are naive)
QUESTION = "how much did I spend last month?"


async def answered(user: User, *questions: str) -> tuple[Chat, Turn]:
    """The thread after these questions, and a turn that comes next in it."""
    chat = Chat(user)
    for question in questions:
        await chat.say(question)
    assert chat.thread_id is not None
    page = await chat.server.store.load_thread_items(
        chat.thread_id, None, 36, "desc", context=chat.context
    )
    turn = Turn.begin(user)
    turn.earlier = earlier_calls(page.data)
    return chat, turn


async def explain(turn: Turn, **arguments: Any) -> dict[str, Any]:
    envelope = await sync_to_async(api.call_in_turn)(turn, "explain_number", arguments)
    return envelope.model_dump(mode="json", by_alias=True)


def summed(envelope: dict[str, Any]) -> Decimal:
    return sum((Decimal(part["amount"]["amount"]) for part in envelope["parts"]), Decimal(0))


async def test_a_total_of_an_earlier_answer_is_taken_apart(ann: User, ledger: Book) -> None:
    _, turn = await answered(ann, QUESTION, "hello")
    envelope = await explain(turn, value="$1,322.00")
    assert (envelope["value"], envelope["label"]) == ("1322.00", "spending")
    assert envelope["source"] == "sum_transactions"
    assert envelope["period"]["words"] == "1–31 October 2026"
    assert "less refunds" in envelope["formula"]
    assert [(part["label"], part["amount"]["amount"], part["count"]) for part in
            envelope["parts"]] == [
        ("Rent", "1200.00", 1),
        ("Groceries", "100.00", 2),
        ("Restaurants", "43.00", 2),
        ("Coffee", "9.00", 2),
        ("Clothing", "-30.00", 1),
    ]  # fmt: skip
    assert summed(envelope) == Decimal(envelope["value"])
    assert (envelope["count"], envelope["now"]) == (8, None)
    assert envelope["link"].endswith("counted=spending")
    assert envelope["excluded"]["transfers"] == 1


async def test_without_a_figure_the_newest_answer_is_explained(ann: User, ledger: Book) -> None:
    _, turn = await answered(ann, QUESTION, "How much did I spend on groceries last month?")
    envelope = await explain(turn)
    assert (envelope["value"], envelope["label"]) == ("100.00", "spending")
    assert [part["label"] for part in envelope["parts"]] == ["Corner Pantry", "Sunrise Foods"]
    assert summed(envelope) == Decimal("100.00")


async def test_what_has_changed_since_is_said(ann: User, ledger: Book) -> None:
    _, turn = await answered(ann, "How much did I spend on coffee last month?")
    await sync_to_async(ledger.add)(
        "-5.50", "Coffee", account="Blue Card", on=date(2026, 10, 20), merchant="Bluebell Coffee"
    )
    envelope = await explain(turn, value="9.00")
    assert (envelope["value"], envelope["now"]) == ("9.00", "14.50")


async def test_a_calculation_is_explained_by_its_expression(ann: User) -> None:
    turn = Turn.begin(ann)
    await sync_to_async(api.call_in_turn)(turn, "calc", {"expression": "100 / 3"})
    envelope = await explain(turn, value="33.33")
    assert envelope["formula"] == "100 / 3 = 33.33333333333333333333333333"
    assert [part["number"] for part in envelope["parts"]] == ["100", "3"]


@pytest.mark.parametrize("tool", ["net_worth", "account_balance", "list_accounts"])
async def test_net_worth_and_balances_have_parts_that_sum_to_them(
    ann: User, ledger: Book, tool: str
) -> None:
    turn = Turn.begin(ann)
    await sync_to_async(api.call_in_turn)(turn, tool, {})
    envelope = await explain(turn)
    assert (envelope["source"], envelope["label"]) == (tool, "total")
    assert summed(envelope) == Decimal(envelope["value"])


def subscribe(book: Book) -> None:
    """Five films among other purchases of the same shop, and 110 weeks of sport."""
    for month in (7, 8, 9, 10, 11):
        book.add("-15", None, account="Blue Card", on=date(2026, month, 7), merchant="Films")
    book.add("-300", None, account="Blue Card", on=date(2026, 10, 9), merchant="Films")
    for week in range(110):
        day = date(2026, 11, 20) - timedelta(weeks=week)
        book.add("-8.50", None, account="Everyday Checking", on=day, merchant="Sport")


@pytest.mark.parametrize(
    ("value", "label", "merchants"),
    [
        ("15.00", "Films", {"Films": 5}),
        ("36.83", "Sport per month", {"Sport": 110}),
        ("51.83", "per month", {"Films": 1, "Sport": 1}),  # no filter finds these 115 only
    ],
)
async def test_a_regular_payment_opens_the_rows_it_is_read_from(
    ann: User, ledger: Book, value: str, label: str, merchants: dict[str, int]
) -> None:
    await sync_to_async(subscribe)(ledger)
    turn = Turn.begin(ann)
    whole = await sync_to_async(api.call_in_turn)(turn, "recurring", {"kind": "subscription"})
    assert isinstance(whole, RecurringEnvelope)
    assert provenance([whole]) == f"*from [2 series of payments]({whole.link})*"
    envelope = await sync_to_async(api.call_in_turn)(turn, "explain_number", {"value": value})
    assert isinstance(envelope, ExplainEnvelope)
    assert (envelope.label, envelope.count) == (label, sum(merchants.values()))
    assert f"from [{envelope.count} transactions](" in str(provenance([envelope]))
    page = await opened(ann, str(envelope.link))
    assert page.total_count == envelope.count
    assert Counter(row.merchant for row in page.rows) == {
        merchant: min(number, 100) for merchant, number in merchants.items()
    }
    assert not any(str(row.amount) == "-300.00" for row in page.rows)
    if label == "per month":
        parts = [(part.label, part.amount.amount) for part in envelope.parts if part.amount]
        assert sorted(parts) == [("Films", "15.00"), ("Sport", "36.83")]


async def test_what_is_made_of_accounts_does_not_say_transactions(ann: User, ledger: Book) -> None:
    turn = Turn.begin(ann)
    await sync_to_async(api.call_in_turn)(turn, "account_balance", {})
    envelope = await sync_to_async(api.call_in_turn)(turn, "explain_number", {})
    assert "[3 accounts](" in str(provenance([envelope]))
    await sync_to_async(api.call_in_turn)(turn, "calc", {"expression": "100 / 3"})
    envelope = await sync_to_async(api.call_in_turn)(turn, "explain_number", {"value": "33.33"})
    assert provenance([envelope]) is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("999.99", "unknown_number"),
        ("a lot", "invalid_number"),
        ("NaN", "invalid_number"),
        ("1" * 50, "invalid_number"),
        ("1e999999", "unknown_number"),
        ("0.00000000000000000001", "unknown_number"),
    ],
)
async def test_a_figure_that_nothing_returned_is_not_explained(
    ann: User, ledger: Book, value: str, code: str
) -> None:
    _, turn = await answered(ann, QUESTION)
    with pytest.raises(api.ToolRefused) as refused:
        await explain(turn, value=value)
    assert refused.value.problem.code == code


async def test_in_an_empty_thread_there_is_nothing_to_explain(ann: User) -> None:
    with pytest.raises(api.ToolRefused) as refused:
        await explain(Turn.begin(ann))
    assert refused.value.problem.code == "unknown_number"


async def test_what_was_returned_is_kept_in_the_thread_and_shown_to_nobody(
    ann: User, bob: User, ledger: Book
) -> None:
    chat, turn = await answered(ann, QUESTION)
    assert [call.tool for call in turn.earlier] == ["sum_transactions"]
    assert turn.earlier[0].figures[0].value == "1322.00"
    events = await chat.say(QUESTION)
    assert not any("hidden" in json.dumps(event) for event in events)
    mine = await sync_to_async(over_http)(ann, chat.thread_id)
    assert (mine.status, mine.body["label"]) == (200, "spending")
    theirs = await sync_to_async(over_http)(bob, chat.thread_id)
    assert (theirs.status, theirs.code) == (404, "not_found")


def over_http(user: User, thread_id: str | None) -> Answer:
    web = Api(Client(enforce_csrf_checks=True, raise_request_exception=False)).sign_in(user)
    return web.post(f"/api/tools/explain_number/?thread={thread_id}", {"value": "1322.00"})


def test_a_hidden_item_of_another_kind_holds_no_calls() -> None:
    item = HiddenContextItem(id="i", thread_id="t", created_at=NOON, content={"note": "x"})
    assert earlier_calls([item]) == ()
