"""Rows that are in the ledger already."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spendo.ledger.models import Transaction
from spendo.ledger.services.importing.types import Verdict

if TYPE_CHECKING:
    from spendo.ledger.services.importing.judging import Judged


@dataclass(slots=True)
class KnownRows:
    """By the bank's id; else by the import key. Two ids that differ are two rows, whatever else
    is the same in them."""

    ids_of_file: set[bytes] = field(default_factory=set)

    def mark(self, rows: "Sequence[Judged]") -> None:
        for account_id, block in by_account(rows).items():
            there = Transaction.objects.filter(account_id=account_id)
            by_id = {
                each.external_id: each
                for each in there.filter(
                    external_id__in=[each.external_id for each in block if each.external_id]
                ).only("external_id", "import_key", "status")
            }
            by_key = {
                each.import_key: each
                for each in there.filter(import_key__in=[each.import_key for each in block]).only(
                    "external_id", "import_key", "status"
                )
            }
            for each in block:
                self._mark(each, by_id, by_key)

    def _mark(
        self,
        judged: "Judged",
        by_id: dict[str, Transaction],
        by_key: dict[str, Transaction],
    ) -> None:
        match = by_id.get(judged.external_id) if judged.external_id else None
        same = by_key.get(judged.import_key)
        if match is None and same is not None:
            if not (judged.external_id and same.external_id):
                match = same
            else:  # another row of the bank's has this key
                judged.import_key = ""
        if match is None or judged.row is None:
            return
        if match.status == Transaction.Status.PENDING and not judged.row.row.pending:
            return  # it has been posted since
        judged.verdict, judged.match_id = Verdict.KNOWN, match.pk
        judged.reason = "This row is in the ledger already."


def by_account(rows: "Sequence[Judged]") -> "dict[int, list[Judged]]":
    """The new rows of accounts that are in the ledger, by account."""
    found: dict[int, list[Judged]] = defaultdict(list)
    for judged in rows:
        if judged.verdict is Verdict.NEW and judged.row and judged.row.place.account:
            found[judged.row.place.account.pk].append(judged)
    return found
