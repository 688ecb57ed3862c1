"""Which tables an export has, in an order in which they can be made again."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from spendo.ledger import models as ledger
from spendo.users.fields import FoldedField
from spendo.users.models import User

BLOCK = 500


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """`name` is that in the file. `many` are its many-to-many fields. A table that is not
    `restored` is there to be read: its history does not fit another ledger's numbers."""

    name: str
    model: type[models.Model]
    many: tuple[str, ...] = ()
    owner: str = "user"
    restored: bool = True

    def rows(self, user: User) -> Iterator[models.Model]:
        """All rows of the user by their number, some at a time."""
        last = 0
        own = self.model._base_manager.filter(**{self.owner: user}).order_by("pk")
        while block := list(own.filter(pk__gt=last)[:BLOCK]):
            yield from block
            last = block[-1].pk

    def fields(self) -> dict[str, "models.Field[Any, Any]"]:
        """What is exported of a row beside its id: not its owner, and no copies."""
        return _fields(self.model)


@cache
def _fields(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    return {
        field.attname: field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name != "user" and not isinstance(field, FoldedField)
    }


_TABLES: list[ExportedTable] = [
    ExportedTable("institutions", ledger.Institution),
    ExportedTable("accounts", ledger.Account),
    ExportedTable("categories", ledger.Category),
    ExportedTable("tags", ledger.Tag),
    ExportedTable("imports", ledger.ImportBatch),
    ExportedTable("import_headers", ledger.ImportHeader),
    ExportedTable("transactions", ledger.Transaction, many=("tags",)),
    ExportedTable("transfers", ledger.Transfer),
    ExportedTable("rates", ledger.ExchangeRate),
    ExportedTable("valuations", ledger.Valuation),
    ExportedTable("series", ledger.RecurringSeries),
    ExportedTable("rules", ledger.CategoryRule),
    ExportedTable("changes", ledger.Change, restored=False),
    ExportedTable("changed_rows", ledger.ChangedRow, owner="change__user", restored=False),
]


def register(*tables: ExportedTable) -> None:
    """Add tables of an app that the ledger does not know. Called once, when the app is ready."""
    known = {table.name for table in _TABLES}
    _TABLES.extend(table for table in tables if table.name not in known)


def all_tables() -> tuple[ExportedTable, ...]:
    return tuple(_TABLES)
