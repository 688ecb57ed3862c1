"""Taking an import back."""

from spendo.ledger.changes import OpenChange, changing
from spendo.ledger.changes.relations import referring
from spendo.ledger.changes.rows import from_record, in_blocks, restored
from spendo.ledger.errors import LedgerError, UnknownRow
from spendo.ledger.models import Account, Category, ChangedRow, ImportBatch, Transaction
from spendo.users.models import User

_BATCH, _TRANSACTION = "ledger.importbatch", "ledger.transaction"


def revert_import(user: User, batch_id: int) -> int:
    """Delete what an import added, whatever became of it since; how many rows that were.

    Pending rows that it settled are pending again, unless they were changed since. Accounts and
    categories that it made go when nothing else is in them. This can be undone. Raises
    LedgerError.
    """
    with changing(user, kind="revert_import") as change:
        batch = ImportBatch.objects.filter(user=user, pk=batch_id).first()
        if batch is None:
            raise UnknownRow("There is no such import.")
        if batch.status == ImportBatch.Status.REVERTED:
            raise LedgerError("This import has been taken back already.")
        change.summary = f"Took back the import of {batch.file_name}"
        import_id = _change_of(user, batch)
        rows = Transaction.objects.of(user).filter(import_batch=batch, parent__isnull=True)
        deleted = sum(
            change.delete_many(Transaction.objects.filter(pk__in=ids))
            for ids in in_blocks(list(rows.values_list("pk", flat=True)))
        )
        if import_id is not None:
            _unsettle(change, import_id)
            _delete_empty(change, import_id)
        change.update(batch, status=ImportBatch.Status.REVERTED)
        return deleted


def _change_of(user: User, batch: ImportBatch) -> int | None:
    made = ChangedRow.objects.filter(
        change__user=user, change__kind="import", model=_BATCH, row_id=batch.pk
    )
    return made.values_list("change_id", flat=True).first()


def _unsettle(change: OpenChange, import_id: int) -> None:
    for record in ChangedRow.objects.filter(change_id=import_id, model=_TRANSACTION):
        for was in from_record(record):
            before, after = was.before or {}, was.after or {}
            if before.get("status") != Transaction.Status.PENDING or not after:
                continue
            row = Transaction.objects.of(change.user).filter(pk=was.row_id).first()
            now = restored(Transaction, after)
            if row is not None and all(getattr(row, name) == now[name] for name in now):
                change.update(row, **restored(Transaction, before))


def _delete_empty(change: OpenChange, import_id: int) -> None:
    """Of what the import made, what nothing names; children before what they are under."""
    for model in (Account, Category):
        records = ChangedRow.objects.filter(change_id=import_id, model=model._meta.label_lower)
        for record in records.order_by("-pk"):
            made = [was.row_id for was in from_record(record) if was.before is None]
            for row_id in reversed(made):
                if not any(relation.rows([row_id]).exists() for relation in referring(model)):
                    change.delete_many(model._base_manager.filter(user=change.user, pk=row_id))
