"""The tools an agent of Spendo has, in the order a model reads them."""

from __future__ import annotations

from agents import FunctionTool

from spendo.assistant.tools.accounts import data_range, list_accounts, net_worth
from spendo.assistant.tools.calc import calc
from spendo.assistant.tools.calling import Access, marked
from spendo.assistant.tools.gate import not_about_finances
from spendo.assistant.tools.names import match_names
from spendo.assistant.tools.periods import resolve_period_tool
from spendo.assistant.tools.transactions import (
    count_transactions,
    search_transactions,
    sum_transactions,
)

READING: tuple[FunctionTool, ...] = (
    not_about_finances,
    list_accounts,
    net_worth,
    match_names,
    sum_transactions,
    search_transactions,
    count_transactions,
    data_range,
    resolve_period_tool,
    calc,
)
PROPOSING: tuple[FunctionTool, ...] = ()

ACCESS: dict[str, Access] = {
    **{tool.name: "read" for tool in READING},
    **{tool.name: "propose" for tool in PROPOSING},
}
TOOLS: tuple[FunctionTool, ...] = tuple(
    marked(ACCESS[tool.name], tool) for tool in (*READING, *PROPOSING)
)
