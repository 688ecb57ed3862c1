"""Pending rows and the posted ones they become, whichever file comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from spendo.ledger.matching.pending import DAYS_AFTER, Seen, settled_by
from spendo.ledger.models import Transaction
from spendo.ledger.money import to_minor
from spendo.ledger.services.importing.known import by_account
from spendo.ledger.services.importing.survey import Survey
from spendo.ledger.services.importing.types import Verdict
from spendo.users.fields import fold
from spendo.users.models import User

if TYPE_CHECKING:
    from spendo.ledger.services.importing.judging import Judged


@dataclass(slots=True)
class PendingRows:
    """The pending rows of the accounts, each taken by one posted row at most."""

    survey: Survey
    _left: dict[int, Seen]

    @classmethod
    def of(cls, user: User, accounts: Sequence[int], survey: Survey) -> "PendingRows":
        rows = Transaction.objects.of(user).filter(
            account_id__in=accounts, status=Transaction.Status.PENDING
        )
        return cls(survey, {row.pk: _seen(row) for row in rows})

    def mark(self, rows: "Sequence[Judged]") -> None:
        for account_id, block in by_account(rows).items():
            self._mark_settling([each for each in block if not _is_pending(each)])
            self._mark_posted_since(account_id, [each for each in block if _is_pending(each)])

    def _mark_settling(self, block: "list[Judged]") -> None:
        if not self._left or not block:
            return
        posted = [_seen_in_file(place, judged) for place, judged in enumerate(block)]
        for place, row_id in settled_by(list(self._left.values()), posted).items():
            block[place].verdict, block[place].match_id = Verdict.SETTLES, row_id
            block[place].reason = "This is what a pending row became."
            del self._left[row_id]

    def _mark_posted_since(self, account_id: int, block: "list[Judged]") -> None:
        """A file that is older than the ledger has as pending what was posted since: a row of
        that day or later which the file does not have."""
        if not block:
            return
        days = [each.row.row.date for each in block if each.row]
        posted = Transaction.objects.filter(
            account_id=account_id,
            status=Transaction.Status.POSTED,
            date__gte=min(days),
            date__lte=max(days) + timedelta(days=DAYS_AFTER),
            parent__isnull=True,
        )
        later = [_seen(row) for row in posted if not self.survey.holds(row.import_key)]
        pending = [_seen_in_file(place, judged) for place, judged in enumerate(block)]
        for row_id, place in settled_by(pending, later).items():
            if pending[place].day > _day(later, row_id):
                continue
            block[place].verdict, block[place].match_id = Verdict.KNOWN, row_id
            block[place].reason = "This pending row has been posted since."


def _day(rows: Sequence[Seen], key: int) -> date:
    return next(row.day for row in rows if row.key == key)


def _is_pending(judged: "Judged") -> bool:
    return judged.row is not None and judged.row.row.pending


def _seen(row: Transaction) -> Seen:
    return Seen(
        key=row.pk,
        account_id=row.account_id,
        day=row.date,
        minor=row.amount_minor,
        merchant=fold(row.merchant or row.description),
        external_id=row.external_id,
    )


def _seen_in_file(place: int, judged: "Judged") -> Seen:
    if judged.row is None or judged.row.place.account is None:
        raise ValueError(place)
    row = judged.row
    return Seen(
        key=place,
        account_id=judged.row.place.account.pk,
        day=row.row.date,
        minor=to_minor(row.money),
        merchant=fold(row.merchant or row.row.description),
        external_id=judged.external_id,
    )
