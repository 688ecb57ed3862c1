from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "spendo.budgets"
    label = "budgets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The ledger does not know of budgets, so they put themselves into its demo.
        from spendo.budgets.demo import add_budgets_and_goals
        from spendo.ledger.demo.own_hand import add_part

        add_part(add_budgets_and_goals)
