"""The assistant's tools, as a model or the analyst calls them: with names, periods in words and the
whole envelope."""

from collections.abc import Callable
from datetime import date

from spendo.assistant.tools import api
from spendo.assistant.turn import Turn
from workers.ledgers import Household

TODAY = date(2026, 10, 17)


def tool(name: str, **arguments: object) -> Callable[[Household], object]:
    def call(house: Household) -> object:
        return api.call_in_turn(Turn(user=house.user, today=TODAY), name, arguments)

    return call


SPENDING = {"measure": "spending"}

TOOL_CALLS: dict[str, Callable[[Household], object]] = {
    "list_accounts": tool("list_accounts"),
    "account_balance": tool("account_balance"),
    "account_balance, a year ago": tool("account_balance", as_of="2025-10-17"),
    "balance_history, this year": tool("balance_history", period="this year"),
    "net_worth": tool("net_worth"),
    "net_worth, last year": tool("net_worth", period="last year"),
    "match_names": tool("match_names", text="merchant 17"),
    "sum_transactions, last month": tool("sum_transactions", **SPENDING, period="last month"),
    "sum_transactions, this year": tool("sum_transactions", **SPENDING, period="this year"),
    "sum_transactions, a category": tool(
        "sum_transactions", **SPENDING, period="this year", categories=["Food"]
    ),
    "sum_transactions, a merchant": tool(
        "sum_transactions", **SPENDING, period="this year", merchants=["Merchant 3"]
    ),
    "sum_transactions, by category": tool(
        "sum_transactions", **SPENDING, period="last month", group_by="category"
    ),
    "sum_transactions, by merchant": tool(
        "sum_transactions", **SPENDING, period="this year", group_by="merchant"
    ),
    "sum_transactions, by month": tool(
        "sum_transactions", **SPENDING, period="this year", group_by="month"
    ),
    "sum_transactions, all time": tool("sum_transactions", **SPENDING),
    "search_transactions, newest": tool("search_transactions"),
    "search_transactions, a merchant": tool("search_transactions", merchants=["Merchant 3"]),
    "search_transactions, largest": tool(
        "search_transactions", period="last month", sort="largest"
    ),
    "count_transactions": tool("count_transactions", period="last month"),
    "data_range": tool("data_range"),
    "resolve_period": tool("resolve_period", text="last 90 days", move=0, unit="day"),
    "income_statement": tool("income_statement", period="last month"),
    "income_statement, compared": tool(
        "income_statement", period="last month", compare_to="previous"
    ),
    "budget_status": tool("budget_status"),
    "suggest_budgets": tool("suggest_budgets"),
    "goal_progress": tool("goal_progress"),
    "recurring": tool("recurring"),
    "upcoming_bills": tool("upcoming_bills", until="30 days"),
    "safe_to_spend": tool("safe_to_spend", until="30 days"),
    "forecast_balance": tool("forecast_balance", until="30 days"),
    "debt_plan": tool("debt_plan"),
    "data_health": tool("data_health"),
    "exchange_rate": tool("exchange_rate", currency="EUR"),
}
