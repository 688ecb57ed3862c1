"""Everything of a user as one JSON document, a row to a line.

Amounts are integers of the smallest unit of their account's currency (`amount_minor`), rates are
decimal strings, days are ISO 8601. A `…_id` is the `id` of a row of this file.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import models
from django.utils import timezone

from spendo.ledger.changes.rows import recorded
from spendo.ledger.exports.tables import BLOCK, ExportedTable, all_tables
from spendo.users.models import User

FORMAT = "spendo-ledger"
VERSION = 1


def json_pieces(user: User) -> Iterator[str]:
    """The document in pieces, so that no ledger is too large."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": timezone.now().isoformat(),
        "user": {"currency": user.currency, "time_zone": user.time_zone},
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "tables": {'
    for place, table in enumerate(all_tables()):
        yield f"{',' if place else ''}\n{json.dumps(table.name)}: ["
        first = True
        for row in _rows(table, user):
            yield f"{'' if first else ','}\n{json.dumps(row, ensure_ascii=False)}"
            first = False
        yield "]"
    yield "\n}}\n"


def _rows(table: ExportedTable, user: User) -> Iterator[dict[str, Any]]:
    for block in _blocks(table.rows(user)):
        linked = {name: _links(table.model, name, block) for name in table.many}
        for row in block:
            values = {
                name: recorded(table.model, name, getattr(row, name)) for name in table.fields()
            }
            many = {name: links.get(row.pk, []) for name, links in linked.items()}
            yield {"id": row.pk, **values, **many}


def _links(model: type[models.Model], name: str, rows: list[models.Model]) -> dict[int, list[int]]:
    """The ids at the other end of a many-to-many field, by row."""
    field: Any = model._meta.get_field(name)
    through = field.remote_field.through._base_manager
    this, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    found: dict[int, list[int]] = {}
    pairs = through.filter(**{f"{this}__in": [row.pk for row in rows]}).order_by("pk")
    for row_id, other_id in pairs.values_list(this, other):
        found.setdefault(row_id, []).append(other_id)
    return found


def _blocks(rows: Iterable[models.Model]) -> Iterator[list[models.Model]]:
    rest = iter(rows)
    while block := list(islice(rest, BLOCK)):
        yield block
