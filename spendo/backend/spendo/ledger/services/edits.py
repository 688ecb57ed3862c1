"""What the user makes of rows that are there: edit, categorise, hide, delete."""

from collections.abc import Iterable, Sequence
from typing import Any

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Transaction
from spendo.ledger.services.checks import (
    counted,
    in_currency,
    only,
    own_category,
    own_transaction,
    own_transactions,
    real_day,
    short,
)
from spendo.ledger.services.refunds import require_room_for_refunds
from spendo.ledger.services.transfers import require_unpaired
from spendo.users.models import User

_SHARED = ("date", "value_date", "hidden")
"""What a row's parts have from it."""


def edit_transaction(user: User, transaction_id: int, **fields: Any) -> Transaction:
    """Change one row: `date`, `value_date`, `amount` (Money), `description`, `merchant`,
    `category_id`, `note`, `hidden`.

    Raises LedgerError where a rule stands against it: the amount of a row with parts, of a side
    of a transfer, or below its refunds; the date or amount of a part; the words of a bank.
    """
    only(fields, "date", "value_date", "amount", "description", "merchant", "category_id", "note",
         "hidden")  # fmt: skip
    with changing(user, kind="edit_transaction") as change:
        row = own_transaction(user, transaction_id)
        change.summary = f"Changed {name_of(row)}"
        _require_editable(row, fields)
        columns = _columns(user, row, fields)
        shared = {name: columns[name] for name in _SHARED if name in columns}
        if row.is_split and shared:
            change.update_many(list(row.parts.all()), **shared)
        change.update(row, **columns)
        return row


def categorise_transactions(user: User, ids: Iterable[int], category_id: int | None) -> int:
    """Put the rows in a category, or in none; how many were not in it."""
    with changing(user, kind="categorise") as change:
        category = own_category(user, category_id)
        rows = own_transactions(user, ids)
        where = f"in {category.name}" if category else "in no category"
        change.summary = f"Put {_these(rows)} {where}"
        return change.update_many(rows, category_id=category_id)


def hide_transactions(user: User, ids: Iterable[int], *, hidden: bool = True) -> int:
    """Leave the rows out of everything but balances, or show them again; parts go with their row.

    Returns how many of the rows changed, parts included.
    """
    with changing(user, kind="hide" if hidden else "show") as change:
        rows = own_transactions(user, ids)
        chosen = {row.pk for row in rows}
        if not hidden:
            _require_shown_parents([row for row in rows if row.parent_id not in chosen])
        change.summary = f"{'Hid' if hidden else 'Showed'} {_these(rows)}"
        return change.update_many(with_parts(rows), hidden=hidden)


def delete_transactions(user: User, ids: Iterable[int]) -> int:
    """Delete rows with their parts; transfers and refunds they were in are no more. How many.

    A part alone cannot be deleted, as its row would no longer add up.
    """
    with changing(user, kind="delete") as change:
        rows = own_transactions(user, ids)
        chosen = {row.pk for row in rows}
        if any(row.parent_id is not None and row.parent_id not in chosen for row in rows):
            raise LedgerError("A part cannot be deleted alone. Join the parts of its row first.")
        change.summary = f"Deleted {_these(rows)}"
        whole_rows = [row for row in rows if row.parent_id is None]
        return change.delete_many(whole_rows)


def with_parts(rows: Sequence[Transaction]) -> list[Transaction]:
    """The rows and the parts of those that have some, each once."""
    parents = [row.pk for row in rows if row.is_split]
    parts = Transaction.objects.filter(parent_id__in=parents) if parents else []
    return list({row.pk: row for row in (*rows, *parts)}.values())


def name_of(row: Transaction) -> str:
    return (row.merchant or row.description)[:80]


def _these(rows: Sequence[Transaction]) -> str:
    return name_of(rows[0]) if len(rows) == 1 else counted(len(rows), "transaction")


def _require_editable(row: Transaction, fields: dict[str, Any]) -> None:
    if row.parent_id is not None and not fields.keys().isdisjoint({"date", "value_date", "amount"}):
        raise LedgerError("A part has the date of its row and its share of the amount. "
                          "Join the parts and split again.")  # fmt: skip
    if row.is_split and "amount" in fields:
        raise LedgerError("This row has parts. Join them before changing the amount.")
    from_bank = row.external_id or row.import_key or row.import_batch_id
    if from_bank and fields.get("description", row.description) != row.description:
        raise LedgerError("What the bank wrote stays as it is. Change the merchant, or add a note.")
    if fields.get("hidden") is False:
        _require_shown_parents([row])


def _require_shown_parents(parts: Sequence[Transaction]) -> None:
    parents = [row.parent_id for row in parts if row.parent_id is not None]
    if Transaction.objects.filter(pk__in=parents, hidden=True).exists():
        raise LedgerError("The row of this part is hidden. Show that row.")


def _columns(user: User, row: Transaction, fields: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in fields.items():
        match name:
            case "date":
                columns[name] = real_day(value)
            case "value_date":
                columns[name] = None if value is None else real_day(value)
            case "amount":
                columns["amount_minor"] = _new_amount(row, in_currency(value, row.account.currency))
            case "description":
                columns[name] = short(value, "description", 2000)
            case "merchant":
                columns[name] = short(value, "merchant", 200)
            case "note":
                columns[name] = short(value, "note", 1000)
            case "category_id":
                own_category(user, value)
                columns[name] = value
            case "hidden":
                columns[name] = bool(value)
    return columns


def _new_amount(row: Transaction, minor: int) -> int:
    if minor != row.amount_minor:
        require_unpaired(row)
        require_room_for_refunds(row, minor)
    return minor
