"""Budgets and goals."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from spendo.assistant.tools.envelope.base import LedgerEnvelope, PeriodPart
from spendo.assistant.tools.envelope.part import Amount, Count, Number, Part, Percent


class BudgetPart(Part):
    """`available` is the limit and what was carried; `left` is negative when it is overspent.
    `within`: the budget of that category has this one's spending in it, too."""

    category: str
    within: str | None
    left: Amount
    spent: Amount
    limit: Amount
    carried: Amount
    available: Amount
    at_this_pace: Amount | None
    over: bool
    will_be_over: bool
    rollover: bool
    since: date
    count: Count

    def title(self) -> str:
        return self.category


class SuggestionPart(Part):
    """`usual` is the median of the months."""

    category: str
    within: str | None
    usual: Amount
    least: Amount
    most: Amount

    def title(self) -> str:
        return self.category


class BudgetStatusEnvelope(LedgerEnvelope):
    """A month's budgets, those that are over first; `count` and `rows` are the month's spending,
    or that of the categories asked for. `unbudgeted` was spent where there is no budget.
    `days_left` has today in it."""

    tool: Literal["budget_status"] = "budget_status"
    period: PeriodPart
    left: Amount
    spent: Amount
    limit: Amount
    available: Amount
    unbudgeted: Amount
    budget_count: Count
    over_count: Count
    days_left: Count
    budgets: tuple[BudgetPart, ...]
    other_currencies: tuple[str, ...]


class SuggestBudgetsEnvelope(LedgerEnvelope):
    """What categories usually cost a month, most first. `period` has `months` whole months, fewer
    than asked for when the records are younger; with none it is null. `count` and `rows` are what
    was spent in them, in the categories asked for if any."""

    tool: Literal["suggest_budgets"] = "suggest_budgets"
    months: Count
    lines: tuple[SuggestionPart, ...]


class GoalPart(Part):
    """`saved` is null when it cannot be told (a hidden account). `needed_per_month` is what it
    takes until `due_on`; `pace_per_month` is how much the account grew in the last months."""

    name: str
    account: str | None
    saved: Amount | None
    target: Amount
    missing: Amount | None
    percent: Percent | None
    due_on: date | None
    months_left: Count | None
    needed_per_month: Amount | None
    pace_per_month: Amount | None
    reached_on: date | None
    reached: bool
    overdue: bool
    on_track: bool | None
    shared_with: tuple[str, ...]

    def title(self) -> str:
        return self.name


class CushionPart(Part):
    """For how many months of usual spending the savings accounts last; `usual` is the median
    month of `period`."""

    months_covered: Number | None
    savings: Amount
    usual: Amount | None
    period: PeriodPart | None
    accounts: tuple[str, ...]
    left_out: tuple[str, ...]


class GoalProgressEnvelope(LedgerEnvelope):
    counted: ClassVar[str] = "goals"

    tool: Literal["goal_progress"] = "goal_progress"
    goals: tuple[GoalPart, ...]
    cushion: CushionPart
    truncated: Literal[False] = False


BudgetEnvelopes = BudgetStatusEnvelope | SuggestBudgetsEnvelope | GoalProgressEnvelope
