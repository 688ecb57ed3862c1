"""Rows that look like one the ledger has from elsewhere: typed by hand, or from another format.

Rows that came from a file and that this file has too are never meant, and two rows with ids of
the bank never look alike: genuine twins stay two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from spendo.ledger.models import Transaction
from spendo.ledger.money import to_minor
from spendo.ledger.services.importing.known import by_account
from spendo.ledger.services.importing.survey import Survey
from spendo.ledger.services.importing.types import Verdict
from spendo.users.fields import fold

if TYPE_CHECKING:
    from spendo.ledger.services.importing.judging import Judged

_DAYS = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
_REASON = "A row of {day} with the same amount looks like this one."


@dataclass(slots=True)
class Lookalikes:
    survey: Survey
    _taken: set[int] = field(default_factory=set)

    def mark(self, rows: "Sequence[Judged]", *, with_duplicates: bool) -> None:
        if with_duplicates:
            return
        for account_id, block in by_account(rows).items():
            there = self._candidates(account_id, block)
            for judged in block:
                self._mark(judged, there)

    def _mark(self, judged: "Judged", there: dict[int, list[Transaction]]) -> None:
        if judged.row is None:
            return
        near = [
            other
            for other in there.get(to_minor(judged.row.money), [])
            if other.pk not in self._taken and _is_alike(judged, other)
        ]
        if not near:
            return
        day = judged.row.row.date
        nearest = min(near, key=lambda other: (abs((other.date - day).days), other.pk))
        self._taken.add(nearest.pk)
        judged.verdict, judged.match_id = Verdict.LIKELY_DUPLICATE, nearest.pk
        judged.reason = _REASON.format(day=nearest.date)

    def _candidates(
        self, account_id: int, block: "Sequence[Judged]"
    ) -> dict[int, list[Transaction]]:
        """By amount, what is there around the days of the block and not in the file itself."""
        days = [judged.row.row.date for judged in block if judged.row]
        amounts = {to_minor(judged.row.money) for judged in block if judged.row}
        rows = Transaction.objects.filter(
            account_id=account_id,
            amount_minor__in=amounts,
            date__gte=min(days) - timedelta(days=_DAYS),
            date__lte=max(days) + timedelta(days=_DAYS),
            parent__isnull=True,
        ).only("date", "amount_minor", "description", "merchant", "external_id", "import_key")
        found: dict[int, list[Transaction]] = {}
        for row in rows:
            if not row.import_key or not self.survey.holds(row.import_key):
                found.setdefault(row.amount_minor, []).append(row)
        return found


def _is_alike(judged: "Judged", other: Transaction) -> bool:
    if judged.row is None:
        return False
    row = judged.row.row
    apart = abs((other.date - row.date).days)
    if judged.external_id and other.external_id:
        return False
    if not other.external_id and not other.import_key:  # typed by hand
        return apart <= _DAYS
    if bool(judged.external_id) != bool(other.external_id):  # from another format
        return apart <= _DAYS and _share_a_word(judged, other)
    return apart == 0 and _share_a_word(judged, other)


def _share_a_word(judged: "Judged", other: Transaction) -> bool:
    if judged.row is None:
        return False
    ours = _words(f"{judged.row.merchant} {judged.row.row.description}")
    return bool(ours & _words(f"{other.merchant} {other.description}"))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))
