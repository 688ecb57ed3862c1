"""Reading budgets and goals: how a month stands, what a budget could be, how far a goal is."""

from spendo.budgets.selectors.goals import GoalProgress, goal_names, goal_progress
from spendo.budgets.selectors.limits import BudgetInForce, budgets_in_force, list_budgets
from spendo.budgets.selectors.status import BudgetLine, BudgetStatus, budget_status
from spendo.budgets.selectors.suggestions import (
    MOST_MONTHS,
    BudgetSuggestion,
    Suggestions,
    suggest_budgets,
)

__all__ = [
    "MOST_MONTHS",
    "BudgetInForce",
    "BudgetLine",
    "BudgetStatus",
    "BudgetSuggestion",
    "GoalProgress",
    "Suggestions",
    "budget_status",
    "budgets_in_force",
    "goal_names",
    "goal_progress",
    "list_budgets",
    "suggest_budgets",
]
