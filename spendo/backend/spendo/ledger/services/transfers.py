"""Two rows that are one movement between the user's own accounts."""

from collections.abc import Iterable

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Transaction, Transfer
from spendo.ledger.services.checks import BATCH, counted, own_transactions
from spendo.users.models import User

_TAKEN = "One of them is a side of another transfer. Unpair that first."


def pair_transfers(user: User, pairs: Iterable[tuple[int, int]]) -> int:
    """Mark each (outflow id, inflow id) as one movement and return how many were new.

    Raises LedgerError unless both are the user's, in two accounts, out and in, and of the same
    amount where they are of the same currency. What is paired already is left as it is.
    """
    wanted = list(dict.fromkeys(pairs))
    with changing(user, kind="pair_transfers") as change:
        numbers = [number for pair in wanted for number in pair]
        rows = {row.pk: row for row in own_transactions(user, numbers)}
        paired = _paired(rows)
        new = []
        for outflow_id, inflow_id in wanted:
            if paired.get(outflow_id) == inflow_id:
                continue
            if outflow_id in paired or inflow_id in paired:
                raise LedgerError(_TAKEN)
            _require_transfer(rows[outflow_id], rows[inflow_id])
            paired |= {outflow_id: inflow_id, inflow_id: outflow_id}
            new.append(Transfer(user=user, outflow=rows[outflow_id], inflow=rows[inflow_id]))
        change.summary = f"Paired {counted(len(new), 'transfer')}"
        return len(change.create_many(new))


def _paired(rows: Iterable[int]) -> dict[int, int]:
    """The other side of each row that has one."""
    ids = list(rows)
    others: dict[int, int] = {}
    for start in range(0, len(ids), BATCH):
        block = ids[start : start + BATCH]
        found = Transfer.objects.filter(outflow_id__in=block) | Transfer.objects.filter(
            inflow_id__in=block
        )
        for outflow_id, inflow_id in found.values_list("outflow_id", "inflow_id"):
            others |= {outflow_id: inflow_id, inflow_id: outflow_id}
    return others


def _require_transfer(outflow: Transaction, inflow: Transaction) -> None:
    if not outflow.amount_minor < 0 < inflow.amount_minor:
        raise LedgerError("A transfer leaves one account and enters another.")
    if outflow.account_id == inflow.account_id:
        raise LedgerError("A transfer is between two accounts.")
    same_currency = outflow.account.currency == inflow.account.currency
    if same_currency and outflow.amount_minor != -inflow.amount_minor:
        raise LedgerError("The two sides of a transfer have the same amount.")
    if outflow.is_split or inflow.is_split:
        raise LedgerError("That row has parts. Pair one of its parts.")
    if outflow.refund_of_id is not None or inflow.refund_of_id is not None:
        raise LedgerError("A refund is no transfer. Unlink the refund first.")
