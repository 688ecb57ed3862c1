"""The whole ledger of everyone as plain values, to compare it before and after."""

from typing import Any

from django.apps import apps

NOT_LEDGER = {"change", "changedrow", "rollup", "total", "stalemonth"}
"""What is written about changes, and what can be made of the rows again."""


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the ledger and the budgets, all columns, by id."""
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values())
        for app in ("ledger", "budgets")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.model_name not in NOT_LEDGER
    }
