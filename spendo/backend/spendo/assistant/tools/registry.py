"""The tools an agent of Spendo has, in the order a model reads them."""

from __future__ import annotations

from agents import FunctionTool

from spendo.assistant.tools.accounts import account_balance, data_range, list_accounts
from spendo.assistant.tools.budgets import budget_status, suggest_budgets
from spendo.assistant.tools.calc import calc
from spendo.assistant.tools.calling import Access, marked
from spendo.assistant.tools.debts import debt_plan
from spendo.assistant.tools.explain import explain_number
from spendo.assistant.tools.forecast import forecast_balance, safe_to_spend
from spendo.assistant.tools.gate import not_about_finances
from spendo.assistant.tools.goals import goal_progress
from spendo.assistant.tools.health import data_health
from spendo.assistant.tools.histories import balance_history, net_worth
from spendo.assistant.tools.names import match_names
from spendo.assistant.tools.periods import resolve_period_tool
from spendo.assistant.tools.rates import exchange_rate
from spendo.assistant.tools.recurring import recurring, upcoming_bills
from spendo.assistant.tools.statements import income_statement_tool
from spendo.assistant.tools.transactions import (
    count_transactions,
    search_transactions,
    sum_transactions,
)

READING: tuple[FunctionTool, ...] = (
    not_about_finances,
    list_accounts,
    account_balance,
    balance_history,
    net_worth,
    match_names,
    sum_transactions,
    search_transactions,
    count_transactions,
    data_range,
    resolve_period_tool,
    income_statement_tool,
    budget_status,
    suggest_budgets,
    goal_progress,
    recurring,
    upcoming_bills,
    safe_to_spend,
    forecast_balance,
    debt_plan,
    data_health,
    exchange_rate,
    calc,
    explain_number,
)
PROPOSING: tuple[FunctionTool, ...] = ()

ACCESS: dict[str, Access] = {
    **{tool.name: "read" for tool in READING},
    **{tool.name: "propose" for tool in PROPOSING},
}
TOOLS: tuple[FunctionTool, ...] = tuple(
    marked(ACCESS[tool.name], tool) for tool in (*READING, *PROPOSING)
)
