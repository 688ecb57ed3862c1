"""Two rows that are one movement between the user's own accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.matching.transfers import Proposal
from spendo.ledger.models import Transaction, Transfer
from spendo.ledger.selectors.transfers import suggest_transfers
from spendo.ledger.services.checks import BATCH, counted, own_transaction, own_transactions
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
        refunds = _refunds_and_refunded(rows.values())
        new = []
        for outflow_id, inflow_id in wanted:
            if paired.get(outflow_id) == inflow_id:
                continue
            if outflow_id in paired or inflow_id in paired:
                raise LedgerError(_TAKEN)
            _require_transfer(rows[outflow_id], rows[inflow_id], refunds)
            paired |= {outflow_id: inflow_id, inflow_id: outflow_id}
            new.append(Transfer(user=user, outflow=rows[outflow_id], inflow=rows[inflow_id]))
        change.summary = f"Paired {counted(len(new), 'transfer')}"
        return len(change.create_many(new))


@dataclass(frozen=True, slots=True)
class Matched:
    """What was paired because it is certain, and what is left for the user to decide."""

    paired: list[Proposal]
    suggested: list[Proposal]


def match_transfers(user: User, *, since: date | None = None) -> Matched:
    """Pair what is certainly a transfer among the rows from the day `since` on."""
    with changing(user, kind="match_transfers") as change:
        proposals = suggest_transfers(user, since=since)
        certain = [proposal for proposal in proposals if proposal.certain]
        change.summary = f"Paired {counted(len(certain), 'transfer')}"
        pair_transfers(user, [(pair.outflow_id, pair.inflow_id) for pair in certain])
        return Matched(certain, [proposal for proposal in proposals if not proposal.certain])


def unpair_transfer(user: User, transaction_id: int) -> None:
    """The movement that this row is a side of is two separate rows again."""
    with changing(user, kind="unpair_transfer") as change:
        row = own_transaction(user, transaction_id)
        transfer = _transfer_of(row)
        if transfer is None:
            raise LedgerError("This row is no side of a transfer.")
        change.summary = f"Unpaired {(row.merchant or row.description)[:80]}"
        change.delete(transfer)


def require_unpaired(row: Transaction) -> None:
    """Raises LedgerError when the row is a side of a transfer."""
    if _transfer_of(row) is not None:
        raise LedgerError("This row is a side of a transfer. Unpair it first.")


def _transfer_of(row: Transaction) -> Transfer | None:
    return Transfer.objects.filter(Q(outflow=row) | Q(inflow=row)).first()


def _paired(rows: Iterable[int]) -> dict[int, int]:
    """The other side of each row that has one."""
    ids = list(rows)
    others: dict[int, int] = {}
    for start in range(0, len(ids), BATCH):
        block = ids[start : start + BATCH]
        found = Transfer.objects.filter(Q(outflow_id__in=block) | Q(inflow_id__in=block))
        for outflow_id, inflow_id in found.values_list("outflow_id", "inflow_id"):
            others |= {outflow_id: inflow_id, inflow_id: outflow_id}
    return others


def _refunds_and_refunded(rows: Iterable[Transaction]) -> set[int]:
    """Which of the rows are linked refunds, or purchases that have some."""
    ids = [row.pk for row in rows]
    found = {row.pk for row in rows if row.refund_of_id is not None}
    for start in range(0, len(ids), BATCH):
        refunds = Transaction.objects.filter(refund_of_id__in=ids[start : start + BATCH])
        found.update(number for number in refunds.values_list("refund_of_id", flat=True) if number)
    return found


def _require_transfer(outflow: Transaction, inflow: Transaction, refunds: set[int]) -> None:
    if not outflow.amount_minor < 0 < inflow.amount_minor:
        raise LedgerError("A transfer leaves one account and enters another.")
    if outflow.account_id == inflow.account_id:
        raise LedgerError("A transfer is between two accounts.")
    same_currency = outflow.account.currency == inflow.account.currency
    if same_currency and outflow.amount_minor != -inflow.amount_minor:
        raise LedgerError("The two sides of a transfer have the same amount.")
    if outflow.is_split or inflow.is_split:
        raise LedgerError("That row has parts. Pair one of its parts.")
    if outflow.pk in refunds or inflow.pk in refunds:
        raise LedgerError("A refund is no transfer. Unlink the refund first.")
