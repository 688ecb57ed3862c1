from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class LedgerConfig(AppConfig):
    name = "spendo.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(_remove_triggers, sender=self)
        post_migrate.connect(_install_triggers, sender=self)


def _remove_triggers(*, using: str, plan: Any, **_: Any) -> None:
    from spendo.ledger import text_index
    from spendo.ledger.rollups import triggers

    if plan:
        triggers.remove_from_sqlite(using)
        text_index.remove_from_sqlite(using)


def _install_triggers(*, using: str, **_: Any) -> None:
    from spendo.ledger import text_index
    from spendo.ledger.rollups import triggers

    if "ledger_stalemonth" in connections[using].introspection.table_names():
        triggers.install(using)
        text_index.install(using)
