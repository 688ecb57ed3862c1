from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "spendo.budgets"
    label = "budgets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The ledger does not know of budgets, so they put themselves into its demo and exports.
        from spendo.budgets.demo import add_budgets_and_goals
        from spendo.budgets.models import Budget, Goal
        from spendo.ledger.demo.own_hand import add_part
        from spendo.ledger.exports import ExportedTable, register

        add_part(add_budgets_and_goals)
        register(ExportedTable("budgets", Budget), ExportedTable("goals", Goal))
