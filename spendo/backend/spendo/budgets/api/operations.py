"""Budgets and goals over HTTP, described. Amounts and percentages are decimal strings."""

from rest_framework import serializers

from spendo.budgets.api.serializers import (
    BudgetBody,
    BudgetStatusAnswer,
    EditGoalBody,
    EndBudgetBody,
    GoalAnswer,
    MonthQuery,
    NewGoalBody,
    SuggestionAnswer,
    SuggestionsQuery,
)
from spendo.ledger.api.operations import changed
from spendo.users.api.described import Operation, Operations, record

_BUDGETS = changed("Budgets", **BudgetStatusAnswer().get_fields())
_GOAL = changed("Goal", goal=GoalAnswer())

OPERATIONS: Operations = {
    ("GET", "budgets/"): Operation(
        "A month's budgets and what is left of them", query=MonthQuery, answer=BudgetStatusAnswer
    ),
    ("POST", "budgets/"): Operation(
        "Set the budget of a category from a month on",
        body=BudgetBody,
        answer=_BUDGETS,
        status=201,
    ),
    ("POST", "budgets/end/"): Operation(
        "End the budget of a category with a month", body=EndBudgetBody, answer=_BUDGETS
    ),
    ("GET", "budgets/suggestions/"): Operation(
        "Budgets that follow from what is usual",
        query=SuggestionsQuery,
        answer=record(
            "BudgetSuggestions",
            months=serializers.IntegerField(),
            suggestions=SuggestionAnswer(many=True),
        ),
    ),
    ("GET", "goals/"): Operation(
        "All goals and how far they are", answer=record("Goals", goals=GoalAnswer(many=True))
    ),
    ("POST", "goals/"): Operation("Add a goal", body=NewGoalBody, answer=_GOAL, status=201),
    ("PATCH", "goals/{goal_id}/"): Operation("Edit a goal", body=EditGoalBody, answer=_GOAL),
    ("DELETE", "goals/{goal_id}/"): Operation("Drop a goal", answer=changed("GoalDropped")),
}
