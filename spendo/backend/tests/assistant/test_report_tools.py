"""The tools over budgets and reports: what they return for figures worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from asgiref.sync import sync_to_async

from spendo.assistant.tools.envelope import read_envelope
from spendo.budgets.services import add_goal, set_budget
from spendo.ledger.models import Account
from spendo.ledger.services import edit_account
from spendo.users.models import User
from tests.assistant.test_tools import call
from tests.ledger.book import Book, usd

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def dollars(text: str) -> dict[str, str]:
    return {"amount": text, "currency": "USD"}


@sync_to_async
def monthly(book: Book, merchant: str, amount: str, day: int, account: str, **more: Any) -> None:
    for month in (7, 8, 9, 10, 11):
        if date(2026, month, day) <= NOW.date():
            book.add(amount, account=account, on=date(2026, month, day), merchant=merchant, **more)


async def test_an_income_statement_says_what_changed_and_why(ann: User, ledger: Book) -> None:
    found = await call(
        ann, "income_statement", period="last month", compare_to="previous", group_by="category"
    )
    # October: 3000 in; rent 1200, groceries 100, coffee 9, a refund of 30, restaurants 43.
    assert (found["income"], found["spending"], found["net"]) == (
        dollars("3000.00"), dollars("1322.00"), dollars("1678.00"),
    )  # fmt: skip
    assert found["savings_rate"] == "55.9"
    assert [(line["label"], line["total"]["amount"]) for line in found["spending_lines"]] == [
        ("Rent", "1200.00"), ("Groceries", "100.00"), ("Restaurants", "43.00"),
        ("Coffee", "9.00"), ("Clothing", "-30.00"),
    ]  # fmt: skip
    change = found["comparison"]
    # September: groceries 45.25, clothing 80.
    assert change["spending_change"] == dollars("1196.75")
    assert change["period"]["words"] == "1–30 September 2026"
    parts = [Decimal(each["change"]["amount"]) for each in change["contributions"]]
    assert sum(parts) == Decimal("1196.75")
    assert found["excluded"]["transfers"] == 2
    assert found["count"] == 9
    assert found["link"] == "/transactions?from=2026-10-01&to=2026-11-01&transfers=0&counted=net"


async def test_the_same_point_last_month(ann: User, ledger: Book) -> None:
    found = await call(
        ann, "income_statement", period="this month", compare_to="same_point_last_month",
        group_by="merchant",
    )  # fmt: skip
    assert found["period"]["to"] == "2026-11-23"
    assert found["comparison"]["period"] == {
        "from": "2026-10-01", "to": "2026-10-23", "time_zone": "UTC", "words": "1–22 October 2026",
    }  # fmt: skip
    # All of October but the groceries of the 31st.
    assert found["comparison"]["spending"] == dollars("1282.10")


async def test_a_budget_of_this_month_and_of_the_last(ann: User, ledger: Book) -> None:
    await sync_to_async(set_budget)(
        ann, ledger.categories["Groceries"].pk, month=date(2026, 10, 1), limit=usd("90"),
        rollover=True,
    )  # fmt: skip
    found = await call(ann, "budget_status", month=None, categories=["groceries"])
    (line,) = found["budgets"]
    # October: 90 - 100 = -10 is carried; November: 90 - 10 - 20 = 60; 20 × 30 ÷ 22 = 27.27.
    assert {key: line[key]["amount"] for key in ("carried", "spent", "left", "at_this_pace")} == {
        "carried": "-10.00", "spent": "20.00", "left": "60.00", "at_this_pace": "27.27",
    }  # fmt: skip
    assert found["days_left"] == 9
    assert found["excluded"]["pending"] == 1
    october = await call(ann, "budget_status", month="October 2026", categories=["groceries"])
    # It rests on what is in that budget, and not on all that was spent in the month.
    assert [row["category"] for row in october["rows"]] == ["Groceries"] * october["count"]
    assert october["count"] == october["budgets"][0]["count"]


async def test_a_suggestion_rests_on_the_months_it_is_from(ann: User, ledger: Book) -> None:
    found = await call(ann, "suggest_budgets", months=2)
    assert found["months"] == 2
    assert found["period"]["words"] == "1 September – 31 October 2026"
    usual = {line["category"]: line["usual"] for line in found["lines"]}
    assert usual["Groceries"] == dollars("72.62")  # (45.25 + 100) ÷ 2 = 72.625, half-even
    spent = await call(
        ann, "sum_transactions", measure="spending", period="September to October 2026"
    )
    assert (found["count"], found["excluded"]) == (spent["count"], spent["excluded"])


async def test_a_suggestion_for_one_category_rests_on_that_alone(ann: User, ledger: Book) -> None:
    found = await call(ann, "suggest_budgets", months=2, categories=["groceries"])
    assert [line["category"] for line in found["lines"]] == ["Groceries"]
    assert found["filters"]["categories"] == ["Groceries"]
    assert [row["category"] for row in found["rows"]] == ["Groceries"] * found["count"]


async def test_there_is_no_suggestion_before_a_month_is_over(ann: User) -> None:
    found = await call(ann, "suggest_budgets")
    assert (found["months"], found["period"], found["lines"], found["count"]) == (0, None, [], 0)


@pytest.mark.parametrize(
    ("tool", "arguments", "code"),
    [
        ("income_statement", {"period": "the golden age"}, "unknown_period"),
        ("budget_status", {"month": "this year"}, "not_a_month"),
        ("budget_status", {"categories": ["Yachts"]}, "unknown_category"),
        ("budget_status", {"categories": ["uncategorised"]}, "no_category"),
        ("suggest_budgets", {"categories": ["groceries", "uncategorised"]}, "no_category"),
        ("suggest_budgets", {"months": 25}, "invalid_arguments"),
        ("suggest_budgets", {"categories": ["Yachts"]}, "unknown_category"),
        ("upcoming_bills", {"until": "yesterday"}, "unknown_day"),
        ("upcoming_bills", {"until": "2026-11-21"}, "past_date"),
        ("upcoming_bills", {"until": "9999-12-31"}, "unknown_day"),
        ("upcoming_bills", {"until": "2999-12-31"}, "too_far"),
        ("safe_to_spend", {"until": "pay day"}, "no_pay_day"),
        ("forecast_balance", {"cancel": ["Netflux"]}, "unknown_series"),
        ("forecast_balance", {"until": "999 months"}, "too_far"),
        ("debt_plan", {"monthly": "a lot"}, "invalid_amount"),
        ("debt_plan", {"monthly": "1.005"}, "invalid_amount"),
        ("debt_plan", {"monthly": "NaN"}, "invalid_amount"),
        ("debt_plan", {"accounts": ["Swiss Bank"]}, "unknown_account"),
        ("recurring", {"kind": "habit"}, "invalid_arguments"),
    ],
)
async def test_a_refusal_is_typed(
    ann: User, ledger: Book, tool: str, arguments: dict[str, Any], code: str
) -> None:
    envelope = await call(ann, tool, **arguments)
    assert envelope["error"]["code"] == code


async def test_subscriptions_bills_and_what_is_safe(ann: User, ledger: Book) -> None:
    await monthly(ledger, "Streamhouse", "-15", 27, "Blue Card")
    await monthly(ledger, "Harbor", "2000", 15, "Everyday Checking", category="Pay")
    found = await call(ann, "recurring", kind="subscription", status="active")
    (series,) = found["series"]
    assert (series["per_month"], series["per_year"], series["next_due"]) == (
        dollars("-15.00"), dollars("-180.00"), "2026-11-27",
    )  # fmt: skip
    assert (found["per_month"], found["count"]) == (dollars("15.00"), 1)
    assert found["rows"][0]["bank_text"]["merchant"] == "Streamhouse"
    assert "nobody can read" in found["cannot_tell"]

    bills = await call(ann, "upcoming_bills", until="end of month")
    assert [(bill["merchant"], bill["due_on"]) for bill in bills["bills"]] == [
        ("Streamhouse", "2026-11-27")
    ]
    assert bills["total"] == dollars("15.00")
    assert bills["next_pay_day"]["on"] == "2026-12-15"

    safe = await call(ann, "safe_to_spend", until=None)
    # Checking 1000 + 3000 - 1200 - 500 + five pays of 2000 = 12300. The card owes 45.25 + 80 -
    # 30 + 100 + 9 + 43 + 20, four times 15, and 7 pending: 334.25. Due: one payment of 15.
    assert (safe["spendable"], safe["bills_total"], safe["amount"]) == (
        dollars("11965.75"), dollars("15.00"), dollars("11950.75"),
    )  # fmt: skip
    assert (safe["period"]["to"], safe["days"]) == ("2026-12-15", 23)
    assert safe["pay_day"]["merchant"] == "Harbor"
    assert "Pay that comes on the way is not counted" in safe["definition"]

    ahead = await call(ann, "forecast_balance", until="2026-12-31", cancel=["streamhouse"])
    # From 11,965.75: pay on 15 December; cancelled are 15 on 27 November and on 27 December.
    assert (ahead["start"], ahead["pending"], ahead["end"]) == (
        dollars("11972.75"), dollars("-7.00"), dollars("13965.75"),
    )  # fmt: skip
    assert (ahead["end_without_changes"], ahead["saved_by_cancelling"]) == (
        dollars("13935.75"), dollars("30.00"),
    )  # fmt: skip
    assert ahead["lowest_on"] == "2026-11-22"


async def test_goals_and_the_cushion(ann: User, ledger: Book) -> None:
    savings = ledger.accounts["Rainy Day Savings"]
    await sync_to_async(add_goal)(
        ann, name="Roof", target=usd("5000"), due_on=date(2027, 3, 22), account_id=savings.pk
    )
    found = await call(ann, "goal_progress")
    (goal,) = found["goals"]
    assert (goal["saved"], goal["missing"], goal["months_left"]) == (
        dollars("2500.00"), dollars("2500.00"), 4,
    )  # fmt: skip
    assert (goal["needed_per_month"], goal["percent"]) == (dollars("625.00"), "50.0")
    # September 125.25, October 1322: the median is 723.625 -> 723.62; 2500 ÷ 723.62 = 3.45.
    assert found["cushion"]["usual"] == dollars("723.62")
    assert found["cushion"]["months_covered"] == "3.5"


async def test_a_debt_plan_is_given_or_refused(ann: User, ledger: Book) -> None:
    card = ledger.accounts["Blue Card"]
    refused = await call(ann, "debt_plan", strategy="fixed", monthly="100")
    assert (refused["plan"], refused["missing_for"]) == (None, ["Blue Card"])
    assert refused["utilisation"]["without_limit"] == ["Blue Card"]
    assert refused["utilisation"]["percent"] is None

    await sync_to_async(edit_account)(
        ann, card.pk, interest_rate=Decimal("24"), credit_limit=usd("1000")
    )
    found = await call(ann, "debt_plan", strategy="fixed", monthly="100")
    # Owed 45.25 + 80 - 30 + 100 + 9 + 43 + 20 = 267.25; +5.345 -> 5.34 (half-even), less 100 =
    # 172.59; +3.4518 -> 3.45 = 76.04; +1.5208 -> 1.52 = 77.56 is the last payment.
    assert found["balance"] == dollars("267.25")
    assert (found["plan"]["interest"], found["plan"]["months"]) == (dollars("10.31"), 3)
    assert found["plan"]["paid_off_in"] == "2027-02-01"
    assert found["utilisation"]["percent"] == "26.7"
    too_little = await call(ann, "debt_plan", strategy="fixed", monthly="5")
    assert "does not cover the interest" in too_little["refused"]


async def test_data_health_does_not_accuse(ann: User, ledger: Book) -> None:
    found = await call(ann, "data_health")
    assert (found["first"], found["last"], found["count"]) == ("2026-09-15", "2026-11-20", 15)
    (twins,) = found["duplicates"]
    assert (twins["merchant"], twins["times"], twins["verdict"]) == (
        "Bluebell Coffee",
        2,
        "possible",
    )
    assert found["pending"] == 1


async def test_every_envelope_reads_back(ann: User, ledger: Book) -> None:
    await sync_to_async(Account.objects.filter(user=ann).update)(hidden=False)
    for tool, arguments in (
        ("income_statement", {"period": "last month"}),
        ("budget_status", {}),
        ("suggest_budgets", {}),
        ("goal_progress", {}),
        ("recurring", {}),
        ("upcoming_bills", {}),
        ("safe_to_spend", {}),
        ("forecast_balance", {}),
        ("debt_plan", {}),
        ("data_health", {}),
    ):
        envelope = await call(ann, tool, **arguments)
        read = read_envelope(json.dumps(envelope))
        assert read.tool == tool
        assert list(read.figures())
