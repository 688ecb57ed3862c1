"""Pending rows become the posted ones that replace them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.matching.pending import Seen, settled_by
from spendo.ledger.models import Transaction, Transfer
from spendo.ledger.services.checks import counted
from spendo.ledger.services.refunds import require_room_for_refunds
from spendo.ledger.services.tags import put_tags
from spendo.ledger.services.transactions import NewTransaction, checked_rows, known_keys
from spendo.users.fields import fold
from spendo.users.models import User


@dataclass(frozen=True, slots=True)
class Settled:
    """`ids`: the transaction that a new row became, by the row's place. `rest`: those to add."""

    ids: dict[int, int]
    rest: list[NewTransaction]


def settle_pending(user: User, rows: Sequence[NewTransaction]) -> Settled:
    """Let posted rows take the place of the pending ones they were.

    A pending row keeps its id, category, note, tags and what it is linked to, and has the date,
    the amount and the bank's words of the posted one from then on. How they are found:
    `matching.pending.settled_by`. Rows that are in the ledger already settle nothing. A transfer
    whose two sides would no longer be of the same amount is unpaired.
    """
    with changing(user, kind="settle_pending") as change:
        posted = _posted(user, rows)
        accounts = {row.account_id for row in posted.values()}
        pending = {
            row.pk: row
            for row in Transaction.objects.of(user)
            .filter(status=Transaction.Status.PENDING, account_id__in=accounts)
            .select_related("account")
        }
        found = settled_by(
            [_seen(row.pk, row) for row in pending.values()],
            [_seen(place, row) for place, row in posted.items()],
        )
        found = {
            place: row_id
            for place, row_id in found.items()
            if _fits_refunds(pending[row_id], posted[place].amount_minor)
        }
        change.summary = f"Settled {counted(len(found), 'pending transaction')}"
        moved = [
            row_id
            for place, row_id in found.items()
            if pending[row_id].amount_minor != posted[place].amount_minor
        ]
        change.delete_many(_uneven_transfers(moved))
        change.update_each(
            [(pending[row_id], _becomes(pending[row_id], posted[place]))
             for place, row_id in found.items()]
        )  # fmt: skip
        put_tags(change, {row_id: rows[place].tags for place, row_id in found.items()})
        rest = [row for place, row in enumerate(rows) if place not in found]
        return Settled(found, rest)


def _posted(user: User, rows: Sequence[NewTransaction]) -> dict[int, Transaction]:
    """The posted rows that no posted row of the ledger is already, by their place."""
    known = known_keys(user, rows, posted_only=True)
    return {
        place: made
        for place, made in enumerate(checked_rows(user, rows))
        if made.status == Transaction.Status.POSTED
        and (made.account_id, "external_id", made.external_id) not in known
        and (made.account_id, "import_key", made.import_key) not in known
    }


def _seen(key: int, row: Transaction) -> Seen:
    return Seen(
        key=key,
        account_id=row.account_id,
        day=row.date,
        minor=row.amount_minor,
        merchant=fold(row.merchant or row.description),
        external_id=_known_as(row),
    )


def _known_as(row: Transaction) -> str:
    """The bank's id, else the key that the row's content gives it."""
    return (
        f"id:{row.external_id}" if row.external_id else row.import_key and f"key:{row.import_key}"
    )


def _becomes(pending: Transaction, posted: Transaction) -> dict[str, Any]:
    return {
        "date": posted.date,
        "value_date": posted.value_date,
        "amount_minor": posted.amount_minor,
        "description": posted.description,
        "note": pending.note or posted.note,
        "merchant": pending.merchant or posted.merchant,
        "category_id": pending.category_id or posted.category_id,
        "external_id": posted.external_id,
        "import_key": posted.import_key,
        "status": Transaction.Status.POSTED,
    }


def _fits_refunds(row: Transaction, minor: int) -> bool:
    """A refund that came to more than its purchase is another row, whatever it looks like."""
    if row.amount_minor == minor:
        return True
    try:
        require_room_for_refunds(row, minor)
    except LedgerError:
        return False
    return True


def _uneven_transfers(ids: Sequence[int]) -> list[Transfer]:
    if not ids:
        return []
    sides = Transfer.objects.select_related("outflow__account", "inflow__account")
    found = [*sides.filter(outflow_id__in=ids), *sides.filter(inflow_id__in=ids)]
    return [
        transfer
        for transfer in {transfer.pk: transfer for transfer in found}.values()
        if transfer.outflow.account.currency == transfer.inflow.account.currency
    ]
