"""Budgets and goals over HTTP: `/api/budgets/` and `/api/goals/`."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

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
from spendo.budgets.selectors import budget_status, goal_progress, suggest_budgets
from spendo.budgets.services import add_goal, drop_goal, edit_goal, end_budget, set_budget
from spendo.ledger.api.base import LedgerView
from spendo.ledger.errors import UnknownRow
from spendo.ledger.money import Money
from spendo.ledger.selectors import list_accounts
from spendo.users.models import User


class BudgetsView(LedgerView):
    def get(self, request: Request) -> Response:
        query = self.read(MonthQuery, request.query_params.dict())
        return Response(_status(self.signed_in(request), query["month"]))

    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(BudgetBody, request.data)
        limit = Money(values.pop("limit"), user.currency)
        return self.change(
            lambda: set_budget(user, values.pop("category_id"), limit=limit, **values),
            lambda budget: _status(user, budget.month),
            status=201,
        )


class EndBudgetView(LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(EndBudgetBody, request.data)
        return self.change(
            lambda: end_budget(user, values["category_id"], month=values["month"]),
            lambda _: _status(user, values["month"]),
        )


class SuggestionsView(LedgerView):
    def get(self, request: Request) -> Response:
        query = self.read(SuggestionsQuery, request.query_params.dict())
        months = query["months"]
        found = suggest_budgets(self.signed_in(request), months=int(months))
        return Response(
            {
                "months": found.months,
                "suggestions": SuggestionAnswer(found.lines, many=True).data,
            }
        )


class GoalsView(LedgerView):
    def get(self, request: Request) -> Response:
        return Response(
            {"goals": GoalAnswer(goal_progress(self.signed_in(request)), many=True).data}
        )

    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(NewGoalBody, request.data)
        values = _with_money(values, _currency(user, values.get("account_id")))
        return self.change(
            lambda: add_goal(user, **values), lambda goal: _goal(user, goal.pk), status=201
        )


class GoalView(LedgerView):
    def patch(self, request: Request, goal_id: int) -> Response:
        user = self.signed_in(request)
        values = self.read(EditGoalBody, request.data)
        account_id = values.get("account_id")
        currency = _currency(user, account_id) if account_id else _currency_of(user, goal_id)
        values = _with_money(values, currency)
        return self.change(
            lambda: edit_goal(user, goal_id, **values), lambda goal: _goal(user, goal.pk)
        )

    def delete(self, request: Request, goal_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(lambda: drop_goal(user, goal_id), lambda _: {})


def _status(user: User, month: Any) -> dict[str, Any]:
    return dict(BudgetStatusAnswer(budget_status(user, month)).data)


def _goal(user: User, goal_id: int) -> dict[str, Any]:
    (found,) = (goal for goal in goal_progress(user) if goal.id == goal_id)
    return {"goal": GoalAnswer(found).data}


def _currency(user: User, account_id: int | None) -> str:
    """What amounts of a goal are in: the account's currency, else the user's."""
    found = (each.currency for each in list_accounts(user) if each.id == account_id)
    return next(found, user.currency)


def _currency_of(user: User, goal_id: int) -> str:
    found = next((goal for goal in goal_progress(user) if goal.id == goal_id), None)
    if found is None:
        raise UnknownRow("There is no such goal.")
    return found.target.currency


def _with_money(values: dict[str, Any], currency: str) -> dict[str, Any]:
    return {
        name: Money(value, currency) if name in ("target", "saved") else value
        for name, value in values.items()
    }
