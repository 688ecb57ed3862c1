"""Writing the rows of a file, a block at a time, through the services that everyone uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spendo.ledger.changes import OpenChange
from spendo.ledger.imports import StatementRow
from spendo.ledger.models import ImportBatch, Transaction
from spendo.ledger.services.importing.accounts import Place, make_places
from spendo.ledger.services.importing.categories import CategoryFinder
from spendo.ledger.services.importing.checking import CheckedRow
from spendo.ledger.services.importing.judging import Judged
from spendo.ledger.services.importing.survey import Survey
from spendo.ledger.services.importing.types import Verdict
from spendo.ledger.services.pending import settle_pending
from spendo.ledger.services.rules import with_rules
from spendo.ledger.services.splits import NewPart, split_transaction
from spendo.ledger.services.transactions import NewTransaction, make_transactions
from spendo.ledger.services.transfers import match_transfers, pair_transfers
from spendo.users.models import User

_WRITTEN = frozenset({Verdict.NEW, Verdict.SETTLES})

_Side = tuple[int, int, StatementRow]
"""A new transaction: its id, its account, and the row that it was made from."""


@dataclass(slots=True)
class Writer:
    """Makes accounts, categories and the batch when the first row is written, so that a file
    with nothing new leaves nothing."""

    user: User
    change: OpenChange
    batch: ImportBatch
    places: Mapping[str, Place]
    survey: Survey
    added: int = 0
    settled: int = 0
    known: int = 0
    _accounts: dict[str, int] | None = None
    _finder: CategoryFinder | None = None
    _sides: list[_Side] = field(default_factory=list)

    def write(self, block: Sequence[Judged]) -> None:
        wanted = [each for each in block if each.verdict in _WRITTEN and each.row]
        if not wanted:
            return
        self._begin()
        settling = [each for each in wanted if each.verdict is Verdict.SETTLES]
        done = settle_pending(self.user, [self._new(each) for each in settling]).ids
        self.settled += len(done)
        left = [each for place, each in enumerate(settling) if place not in done]
        new = [each for each in wanted if each.verdict is Verdict.NEW] + left
        rows = with_rules(self.user, [self._new(each) for each in new])
        made = make_transactions(self.user, rows)
        self.added += len(made)
        self.known += len(rows) - len(made)
        self._finish_rows(new, made)

    def finish(self) -> int:
        """Pair the transfers: what the file itself says first; how many there are."""
        if self._accounts is None:
            return 0
        pairs = [*_numbered(self._sides), *self._between_accounts()]
        paired = pair_transfers(self.user, pairs)
        earliest = min(facts.first for facts in self.survey.accounts.values() if facts.first)
        return paired + len(match_transfers(self.user, since=earliest).paired)

    def place_of(self, key: str) -> int | None:
        """The id of the account that the rows of `key` belong to, if it is there."""
        place = self.places.get(key)
        known = place.account.pk if place and place.account else None
        return (self._accounts or {}).get(key, known)

    def _begin(self) -> None:
        if self._accounts is None:
            self.change.create(self.batch)
            self._accounts = make_places(self.user, self.places)
            self._finder = CategoryFinder(self.user)
            self._finder.make(self.survey.categories)

    def _new(self, judged: Judged) -> NewTransaction:
        row = _checked(judged)
        said = row.row
        return NewTransaction(
            account_id=self._account_id(said.account),
            date=said.date,
            amount=row.money,
            description=said.description,
            merchant=row.merchant,
            category_id=self._category_id(said.category),
            pending=said.pending,
            external_id=judged.external_id,
            value_date=said.value_date,
            note=said.note,
            tags=said.tags,
            import_key=judged.import_key,
            import_batch_id=self.batch.pk,
            hidden=said.hidden,
        )

    def _finish_rows(self, judged: Sequence[Judged], made: Sequence[Transaction]) -> None:
        """Splits and sides of transfers, which are few."""
        if len(made) != len(judged):  # another import was faster with some of them
            keys = {(each.external_id, each.import_key): each for each in made}
            both = [(each, keys.get((each.external_id, each.import_key))) for each in judged]
        else:
            both = list(zip(judged, made, strict=True))
        for each, transaction in both:
            row = _checked(each)
            if transaction is None:
                continue
            if row.parts and not row.row.pending:
                self._split(transaction.pk, row)
            elif row.row.transfer_to or row.row.transfer_number:
                self._sides.append((transaction.pk, transaction.account_id, row.row))

    def _split(self, transaction_id: int, row: CheckedRow) -> None:
        parts = [
            NewPart(money, self._category_id(part.category), part.description)
            for part, money in zip(row.row.parts, row.parts, strict=True)
        ]
        split_transaction(self.user, transaction_id, parts)

    def _between_accounts(self) -> list[tuple[int, int]]:
        """Pairs of rows that name each other's account, on one day, of one amount; twins among
        them are alike, so that any pairing of them is right."""
        waiting: dict[tuple[object, ...], list[int]] = {}
        pairs: list[tuple[int, int]] = []
        for number, account, row in self._sides:
            other = (self._accounts or {}).get(row.transfer_to)
            if other is None or not row.amount:
                continue
            theirs = waiting.get((other, account, row.date, -row.amount), [])
            if theirs:
                pairs.append(_in_order(number, theirs.pop(0), row))
            else:
                waiting.setdefault((account, other, row.date, row.amount), []).append(number)
        return pairs

    def _account_id(self, key: str) -> int:
        return (self._accounts or {})[key]

    def _category_id(self, path: tuple[str, ...]) -> int | None:
        found = self._finder.find(path) if self._finder else None
        return found.pk if found else None


def _checked(judged: Judged) -> CheckedRow:
    if judged.row is None:
        raise ValueError(judged.line)
    return judged.row


def _numbered(sides: Sequence[_Side]) -> list[tuple[int, int]]:
    """Rows that our own table gives one number."""
    pairs = []
    first: dict[str, tuple[int, int]] = {}
    for number, account, row in sides:
        if not row.transfer_number:
            continue
        other = first.pop(row.transfer_number, None)
        if other is None:
            first[row.transfer_number] = number, account
        elif other[1] != account and row.amount:
            pairs.append(_in_order(number, other[0], row))
    return pairs


def _in_order(number: int, other: int, row: StatementRow) -> tuple[int, int]:
    return (number, other) if row.amount < 0 else (other, number)
