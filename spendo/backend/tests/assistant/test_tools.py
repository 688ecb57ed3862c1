"""The tools as a model sees them: their schemas, their envelopes, and what they refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest
from agents import FunctionTool
from agents.tool_context import ToolContext
from asgiref.sync import sync_to_async

from spendo.assistant.tools.envelope import DataRangeEnvelope
from spendo.assistant.tools.registry import ACCESS, TOOLS
from spendo.assistant.turn import Called, Turn
from spendo.users.models import User
from tests.ledger.book import Book


async def call(user: User, name: str, **arguments: Any) -> dict[str, Any]:
    tool = next(tool for tool in TOOLS if tool.name == name)
    text = json.dumps(arguments)
    context = ToolContext(
        context=Turn.begin(user), tool_name=name, tool_call_id="call_1", tool_arguments=text
    )
    envelope: dict[str, Any] = json.loads(await tool.on_invoke_tool(context, text))
    return envelope


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_schema_is_strict_described_and_asks_for_no_user(tool: FunctionTool) -> None:
    schema = tool.params_json_schema
    assert tool.strict_json_schema
    assert schema["additionalProperties"] is False
    assert sorted(schema.get("required", [])) == sorted(schema["properties"])
    assert len(tool.description) > 60
    assert tool.description.startswith(
        {"read": "Reads. ", "propose": "Proposes. "}[ACCESS[tool.name]]
    )
    assert not any("user" in name for name in schema["properties"])


async def test_a_sum_says_all_that_an_answer_needs(ann: User, ledger: Book) -> None:
    envelope = await call(
        ann, "sum_transactions", measure="spending", period="last month", categories=["groceries"]
    )
    as_of = envelope.pop("as_of")
    rows = envelope.pop("rows")
    assert envelope.pop("link") == (
        "/transactions?from=2026-10-01&to=2026-11-01"
        f"&category={ledger.categories['Groceries'].pk}&transfers=0&counted=spending"
    )
    assert as_of.endswith("Z")
    assert [row["amount"]["amount"] for row in rows] == ["-39.90", "-60.10"]
    assert rows[0]["bank_text"] == {"merchant": "Sunrise Foods", "description": "Sunrise Foods"}
    assert envelope == {
        "tool": "sum_transactions",
        "measure": "spending",
        "total": {"amount": "100.00", "currency": "USD"},
        "count": 2,
        "averages": {
            "per_transaction": {"amount": "50.00", "currency": "USD"},
            "per_day": {"amount": "3.23", "currency": "USD"},
            "per_week": {"amount": "22.58", "currency": "USD"},
            "per_month": {"amount": "100.00", "currency": "USD"},
        },
        "median": None,
        "largest": None,
        "smallest": None,
        "period": {
            "from": "2026-10-01",
            "to": "2026-11-01",
            "time_zone": "UTC",
            "words": "1–31 October 2026",
        },
        "filters": {
            "categories": ["Groceries"],
            "merchants": [],
            "accounts": [],
            "tags": [],
            "text": None,
            "direction": None,
            "min_amount": None,
            "max_amount": None,
            "include_subcategories": True,
            "include_transfers": False,
            "pending": None,
        },
        "partial": False,
        "converted": [],
        "group_by": None,
        "groups": [],
        "group_count": 0,
        "excluded": {
            "transfers": 0,
            "hidden": 0,
            "pending": 0,
            "pending_total": {"amount": "0.00", "currency": "USD"},
            "suspected_transfers": [],
            "suspected_count": 0,
            "left_out": [],
        },
        "truncated": False,
        "after": None,
    }


@pytest.mark.parametrize(
    ("tool", "arguments", "code"),
    [
        ("sum_transactions", {"measure": "spending", "period": "the age of reason"},
         "unknown_period"),
        ("sum_transactions", {"measure": "spending", "categories": ["Yachts"]},
         "unknown_category"),
        ("sum_transactions", {"measure": "spending", "merchants": ["noodle"]},
         "ambiguous_merchant"),
        ("count_transactions", {"accounts": ["Swiss Bank"]}, "unknown_account"),
        ("search_transactions", {"min_amount": "a lot"}, "invalid_amount"),
        ("search_transactions", {"min_amount": "NaN"}, "invalid_amount"),
        ("search_transactions", {"min_amount": "9" * 300}, "invalid_amount"),
        ("search_transactions", {"categories": ["Coffee"] * 21}, "too_long"),
        ("search_transactions", {"text": "t" * 201}, "too_long"),
        ("search_transactions", {"tags": ["holiday"]}, "unknown_tag"),
        ("search_transactions", {"pending": "perhaps"}, "invalid_arguments"),
        ("search_transactions", {"after": 10**12}, "unknown_cursor"),
        ("search_transactions", {"limit": 51}, "invalid_arguments"),
        ("search_transactions", {"limit": 0}, "invalid_arguments"),
        ("sum_transactions", {"measure": "joy"}, "invalid_arguments"),
        ("sum_transactions", {"measure": "spending", "user_id": 1, "period": 7},
         "invalid_arguments"),
        ("net_worth", {"as_of": "2999-01-01"}, "unknown_period"),
        ("resolve_period", {"text": "2025", "move": -9999, "unit": "year"}, "invalid_arguments"),
        ("resolve_period", {"text": "in 1950", "move": -120, "unit": "year"}, "unknown_period"),
    ],
)  # fmt: skip
async def test_a_refusal_is_typed_and_tells_what_would_do(
    ann: User, ledger: Book, tool: str, arguments: dict[str, Any], code: str
) -> None:
    envelope = await call(ann, tool, **arguments)
    assert envelope["tool"] == "error"
    assert envelope["error"]["code"] == code
    assert envelope["error"]["message"].endswith(".")
    assert "Traceback" not in json.dumps(envelope)


async def test_an_unknown_category_lists_near_names(ann: User, ledger: Book) -> None:
    envelope = await call(ann, "sum_transactions", measure="spending", categories=["Coffins"])
    assert envelope["error"]["choices"][0] == "Coffee"


async def test_an_ambiguous_name_lists_what_it_may_mean(ann: User, ledger: Book) -> None:
    envelope = await call(ann, "sum_transactions", measure="spending", merchants=["noodle"])
    assert set(envelope["error"]["choices"]) == {"Noodle Harbor", "Noodle House"}


@pytest.mark.parametrize(
    ("text", "move", "unit", "words"),
    [
        ("last month", -1, "month", "1–30 September 2026"),
        ("last month", -1, "same", "1–30 September 2026"),
        ("last month", -1, "year", "1–31 October 2025"),
        ("this month", -1, "month", "1–31 October 2026"),
        ("this year", -1, "same", "1 January – 31 December 2025"),
        ("this year", -1, "month", "1–31 December 2025"),
        ("last quarter", -1, "same", "1 April – 30 June 2026"),
        ("2026-11-09..2026-11-15", -1, "same", "2–8 November 2026"),
        ("2026-11-09..2026-11-15", -1, "week", "2–8 November 2026"),
        ("yesterday", -1, "day", "20 November 2026"),
        ("yesterday", -1, "year", "21 November 2025"),
        ("March 2026", -1, "month", "1–28 February 2026"),
        ("2024-02-29", -1, "year", "28 February 2023"),
        ("January 2026", -1, "month", "1–31 December 2025"),
        ("December 2025", 1, "month", "1–31 January 2026"),
    ],
)
async def test_a_period_moves_by_the_calendar(
    ann: User, text: str, move: int, unit: str, words: str
) -> None:
    envelope = await call(ann, "resolve_period", text=text, move=move, unit=unit)
    assert envelope["period"]["words"] == words
    again = await call(ann, "resolve_period", text=envelope["text"], move=0, unit="same")
    assert again["period"] == envelope["period"]


async def test_a_list_goes_on_after_its_last_row(ann: User, ledger: Book) -> None:
    first = await call(ann, "search_transactions", limit=6)
    rest = await call(ann, "search_transactions", limit=50, after=first["after"])
    assert (first["truncated"], rest["truncated"]) == (True, False)
    ids = [row["id"] for row in first["rows"] + rest["rows"]]
    assert len(ids) == len(set(ids)) == first["count"] == 13


async def test_what_a_bank_wrote_is_one_short_line_under_its_own_key(
    ann: User, ledger: Book
) -> None:
    await sync_to_async(ledger.add)(
        "-1", "Coffee", account="Blue Card", merchant="a\n\x1b[31m‮b " + "y" * 150
    )
    envelope = await call(ann, "search_transactions", period="May 2026")
    text = envelope["rows"][0]["bank_text"]["merchant"]
    assert text.startswith("a [31m b y")
    assert len(text) == 80
    assert text.endswith("…")


async def test_a_name_of_another_user_matches_nothing(ann: User, bob: User, ledger: Book) -> None:
    envelope = await call(bob, "match_names", text="Corner Pantry")
    assert (envelope["merchants"], envelope["near"], envelope["records"]) == ([], [], 0)


async def test_averages_round_half_even_once(ann: User, ledger: Book) -> None:
    for amount in ("-0.01", "-0.01", "-0.01", "-0.02"):  # 0.05 over 4 is 0.0125
        await sync_to_async(ledger.add)(amount, "Coffee", account="Blue Card")
    envelope = await call(
        ann, "sum_transactions", measure="spending", period="May 2026", categories=["Coffee"]
    )
    assert envelope["averages"]["per_transaction"]["amount"] == "0.01"


async def test_a_turn_that_was_stopped_runs_no_tool(ann: User, ledger: Book) -> None:
    import asyncio

    from spendo.assistant.tools.calling import answer_call

    turn = Turn.begin(ann)
    turn.stopped = True
    with pytest.raises(asyncio.CancelledError):
        await answer_call(turn, "data_range", "", lambda: pytest.fail("it ran"))


def test_results_keep_the_order_of_their_calls(ann: User) -> None:
    turn = Turn.begin(ann)
    first, second = turn.open_slot(), turn.open_slot()
    late = DataRangeEnvelope(first=None, last=None, count=1)
    early = DataRangeEnvelope(first=None, last=None, count=2)
    turn.fill_slot(second, Called("data_range", "{}", early))
    assert turn.envelopes == [early]
    turn.fill_slot(first, Called("data_range", "{}", late))
    assert turn.envelopes == [late, early]
