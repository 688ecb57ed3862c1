"""Budgets and goals as JSON: amounts and percentages are decimal strings, never numbers."""

import re
from datetime import date
from typing import Any

from rest_framework import serializers

from spendo.ledger.api.bodies import Body, DecimalField, FlagField, IdField
from spendo.users.api.serializers import TextField

_MONTH = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")

Answer = serializers.Serializer[Any]


class MonthField(serializers.Field[date, Any, str, Any]):
    """A calendar month: "2026-11"."""

    default_error_messages = {"invalid": 'Send the month as "2026-11".'}

    def to_internal_value(self, data: Any) -> date:
        if not isinstance(data, str) or not _MONTH.fullmatch(data):
            self.fail("invalid")
        return date.fromisoformat(f"{data}-01")

    def to_representation(self, value: date) -> str:
        return f"{value:%Y-%m}"


class MonthQuery(Body):
    month = MonthField(default=None)


class SuggestionsQuery(Body):
    months = serializers.IntegerField(min_value=1, max_value=24, default=6)


class BudgetBody(Body):
    category_id = IdField()
    month = MonthField()
    limit = DecimalField()
    rollover = FlagField(default=False)


class EndBudgetBody(Body):
    category_id = IdField()
    month = MonthField()


class EditGoalBody(Body):
    name = TextField(max_length=120, required=False)
    target = DecimalField(required=False)
    due_on = serializers.DateField(required=False, allow_null=True)
    account_id = IdField(required=False, allow_null=True)
    saved = DecimalField(required=False)


class NewGoalBody(EditGoalBody):
    name = TextField(max_length=120)
    target = DecimalField()


class BudgetLineAnswer(Answer):
    """A `BudgetLine`."""

    category_id = serializers.IntegerField()
    category = serializers.CharField()
    within = serializers.CharField(allow_null=True)
    limit = serializers.CharField()
    carried = serializers.CharField()
    available = serializers.CharField()
    spent = serializers.CharField()
    left = serializers.CharField()
    at_this_pace = serializers.CharField(allow_null=True)
    over = serializers.BooleanField(source="is_over")
    will_be_over = serializers.BooleanField()
    rollover = serializers.BooleanField()
    since = MonthField()
    count = serializers.IntegerField()


class BudgetStatusAnswer(Answer):
    """A `BudgetStatus`."""

    month = MonthField(source="month.start")
    days_left = serializers.IntegerField()
    limit = serializers.CharField()
    available = serializers.CharField()
    spent = serializers.CharField()
    left = serializers.CharField()
    unbudgeted = serializers.CharField()
    partial = serializers.BooleanField(source="spending.partial")  # type: ignore[assignment]
    other_currencies = serializers.ListField(child=serializers.CharField())
    budgets = BudgetLineAnswer(source="lines", many=True)


class SuggestionAnswer(Answer):
    """A `BudgetSuggestion`."""

    category_id = serializers.IntegerField()
    category = serializers.CharField()
    within = serializers.CharField(allow_null=True)
    usual = serializers.CharField()
    least = serializers.CharField()
    most = serializers.CharField()


class GoalAnswer(Answer):
    """A `GoalProgress`."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    currency = serializers.CharField(source="target.currency")
    target = serializers.CharField()
    saved = serializers.CharField(allow_null=True)
    missing = serializers.CharField(allow_null=True)
    percent = serializers.CharField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    months_left = serializers.IntegerField(allow_null=True)
    needed_per_month = serializers.CharField(allow_null=True)
    pace_per_month = serializers.CharField(allow_null=True)
    reached_on = MonthField(allow_null=True)
    reached = serializers.BooleanField(source="is_reached")
    overdue = serializers.BooleanField(source="is_overdue")
    on_track = serializers.BooleanField(source="is_on_track", allow_null=True)
    account_id = serializers.IntegerField(allow_null=True)
    account = serializers.CharField(allow_null=True)
    shared_with = serializers.ListField(child=serializers.CharField())
