"""What becomes of each row of a file, in blocks, so that a file of any length fits in memory."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from spendo.ledger.imports import (
    IgnoredRow,
    Item,
    RefusedRow,
    StatementRow,
)
from spendo.ledger.imports.errors import RowFault
from spendo.ledger.services.importing.accounts import Place
from spendo.ledger.services.importing.checking import CheckedRow, checked
from spendo.ledger.services.importing.keys import (
    Occurrences,
    content_of,
    external_id_of,
    short_hash,
)
from spendo.ledger.services.importing.known import KnownRows
from spendo.ledger.services.importing.lookalikes import Lookalikes
from spendo.ledger.services.importing.pending import PendingRows
from spendo.ledger.services.importing.survey import Survey
from spendo.ledger.services.importing.types import ImportChoices, JudgedRow, Verdict
from spendo.users.models import User

BLOCK = 500


@dataclass(slots=True)
class Judged:
    """A row of the file with its verdict, and what a commit needs of it."""

    line: int
    verdict: Verdict
    reason: str = ""
    row: CheckedRow | None = None
    external_id: str = ""
    import_key: str = ""
    match_id: int | None = None

    def shown(self) -> JudgedRow:
        if self.row is None:
            return JudgedRow(self.line, self.verdict, self.reason)
        row = self.row.row
        return JudgedRow(
            line=self.line,
            verdict=self.verdict,
            reason=self.reason,
            account=self.row.place.name,
            date=row.date,
            amount=self.row.money,
            description=row.description,
            merchant=self.row.merchant,
            category=row.category[-1] if row.category else "",
            pending=row.pending,
            match_id=self.match_id,
        )


@dataclass(slots=True)
class Judge:
    """Judges the rows of one file, from its first to its last."""

    user: User
    places: Mapping[str, Place]
    survey: Survey
    choices: ImportChoices
    _occurrences: Occurrences = field(default_factory=Occurrences)
    _ids: dict[bytes, bytes] = field(default_factory=dict)
    _known: KnownRows = field(init=False)
    _pending: PendingRows = field(init=False)
    _lookalikes: Lookalikes = field(init=False)

    def __post_init__(self) -> None:
        accounts = [place.account.pk for place in self.places.values() if place.account]
        self._known = KnownRows()
        self._pending = PendingRows.of(self.user, accounts, self.survey)
        self._lookalikes = Lookalikes(self.survey)

    def blocks(self, items: Iterable[Item]) -> Iterator[list[Judged]]:
        """All rows in the order of the file."""
        rows = (item for item in items if isinstance(item, StatementRow | RefusedRow | IgnoredRow))
        while block := list(islice(rows, BLOCK)):
            yield self._judged(block)

    def _judged(self, block: list[StatementRow | RefusedRow | IgnoredRow]) -> list[Judged]:
        found = [self._first_look(item) for item in block]
        self._known.mark(found)
        self._pending.mark(found)
        self._lookalikes.mark(found, with_duplicates=self.choices.with_duplicates)
        return found

    def _first_look(self, item: StatementRow | RefusedRow | IgnoredRow) -> Judged:
        match item:
            case RefusedRow():
                return Judged(item.line, Verdict.REFUSED, item.reason)
            case IgnoredRow():
                return Judged(item.line, Verdict.IGNORED, item.reason)
        key = self._occurrences.key(item)
        try:
            row = checked(item, self.places[item.account])
        except RowFault as fault:
            return Judged(item.line, Verdict.REFUSED, str(fault))
        found = Judged(item.line, Verdict.NEW, row=row, import_key=key)
        self._take_id(found, item)
        return found

    def _take_id(self, found: Judged, row: StatementRow) -> None:
        """An id that stands twice in a file is the same row twice, unless it says something else:
        some banks write one id at all rows of a day."""
        external_id = external_id_of(row)
        if not external_id:
            return
        seen = short_hash(f"{row.account}\n{external_id}")
        content = short_hash(content_of(row))
        before = self._ids.setdefault(seen, content)
        if before != content:
            return
        if seen in self._known.ids_of_file:
            found.verdict = Verdict.KNOWN
            found.reason = "This row stands in the file before, with the same id."
        self._known.ids_of_file.add(seen)
        found.external_id = external_id
