"""Previewing and importing a file."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import BinaryIO

from spendo.ledger.changes import Source, changing
from spendo.ledger.imports import ImportRefused, Statement, open_statement
from spendo.ledger.imports.source import MAX_BYTES
from spendo.ledger.models import Change, ImportBatch
from spendo.ledger.services.importing.accounts import Place, find_places
from spendo.ledger.services.importing.categories import CategoryFinder
from spendo.ledger.services.importing.headers import known_headers, remember
from spendo.ledger.services.importing.judging import Judge, Judged
from spendo.ledger.services.importing.survey import Survey, survey
from spendo.ledger.services.importing.types import (
    ImportChoices,
    ImportPreview,
    ImportResult,
    JudgedRow,
    Progress,
    Verdict,
)
from spendo.ledger.services.importing.writing import Writer
from spendo.users.models import User

SHOWN = 50
MOST_KEPT = 30_000
"""Rows whose verdicts are kept in memory between judging and writing, about 2 KB each."""

_MOST_REFUSED_SHOWN = 200
_NAME_LIMIT = 255


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that was looked at once, and where its rows go."""

    statement: Statement
    survey: Survey
    places: dict[str, Place]


def preview_import(
    user: User,
    file: BinaryIO,
    choices: ImportChoices | None = None,
    *,
    shown: int = SHOWN,
    only: Verdict | None = None,
    after_line: int = 0,
    limit: int = MAX_BYTES,
    progress: Progress | None = None,
) -> ImportPreview:
    """What importing the file would do. Nothing is written.

    `rows` are the first `shown` after `after_line`, or of those with the verdict `only`; `counts`
    are of the whole file. Raises ImportRefused, also where the user has to say more first, and
    LedgerError for an account that is not theirs.
    """
    choices = choices or ImportChoices()
    opened = _open(user, file, choices, limit)
    known = opened.statement.known
    counts = Counter(dict.fromkeys(Verdict, 0))
    rows: list[JudgedRow] = []
    truncated = False
    for judged in _judged(user, opened, choices, progress):
        counts[judged.verdict] += 1
        if judged.line <= after_line or (only is not None and judged.verdict is not only):
            continue
        if len(rows) < shown:
            rows.append(judged.shown())
        else:
            truncated = True
    return ImportPreview(
        format=opened.statement.format,
        profile=opened.statement.profile,
        counts=dict(counts),
        accounts=tuple(place.target() for place in opened.places.values()),
        new_categories=tuple(CategoryFinder(user).missing(opened.survey.categories)),
        rows=tuple(rows),
        truncated=truncated,
        columns=opened.statement.columns,
        reading=opened.statement.mapping,
        remembered=known.number if known else None,
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read, and its rows judged where they are not too many to be kept, before
    anyone has to wait for the import. The verdicts hold as long as the user's ledger is as it was
    after `newest_change`."""

    choices: ImportChoices
    sha256: str
    statement: Statement
    found: Survey
    opened: _Opened | None
    blocks: tuple[list[Judged], ...]
    newest_change: int | None

    def at_work(
        self, user: User, progress: Progress | None
    ) -> tuple[_Opened, Iterable[list[Judged]]]:
        """Where the rows go, and the rows; looked at once more if the ledger has changed."""
        if self.opened is not None and self.newest_change == _newest_change(user):
            return self.opened, _told(self.blocks, self.found, progress)
        opened = _placed(user, self.statement, self.found, self.choices)
        return opened, _blocks(user, opened, self.choices, progress)


def prepare_import(
    user: User, file: BinaryIO, choices: ImportChoices | None = None, *, limit: int = MAX_BYTES
) -> Prepared:
    """All of an import that needs no writing. Raises as `preview_import` does."""
    choices = choices or ImportChoices()
    statement, found = _read(user, file, choices, limit)
    newest = _newest_change(user)
    opened: _Opened | None = None
    blocks: tuple[list[Judged], ...] = ()
    if found.rows + found.others <= MOST_KEPT:
        opened = _placed(user, statement, found, choices)
        blocks = tuple(_blocks(user, opened, choices, None))
    return Prepared(choices, _hash(file), statement, found, opened, blocks, newest)


def commit_import(
    user: User,
    file: BinaryIO,
    choices: ImportChoices | None = None,
    *,
    file_name: str,
    source: Source | None = None,
    limit: int = MAX_BYTES,
    progress: Progress | None = None,
) -> ImportResult:
    """Import the file: all that can be, in one act that can be undone, or nothing.

    Rows that are in the ledger stay as they are, so a file can be imported again at any time.
    Raises as `preview_import` does.
    """
    prepared = prepare_import(user, file, choices, limit=limit)
    return commit_prepared(user, prepared, file_name=file_name, source=source, progress=progress)


def commit_prepared(
    user: User,
    prepared: Prepared,
    *,
    file_name: str,
    source: Source | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import what was prepared, as `commit_import` does."""
    with changing(user, kind="import", source=source) as change:
        opened, blocks = prepared.at_work(user, progress)
        name = os.path.basename(file_name.replace("\\", "/")).replace("\0", "")[:_NAME_LIMIT]
        change.summary = f"Imported {name or 'a file'}"
        tally = _Tally()
        batch = ImportBatch(
            user=user,
            file_name=name,
            file_format=opened.statement.format,
            sha256=prepared.sha256,
        )
        writer = Writer(user, change, batch, opened.places, opened.survey)
        for block in blocks:
            tally.note(block)
            writer.write(block)
        transfers = writer.finish()
        remember(user, opened.statement, prepared.choices, writer.place_of(""))
        known = tally.counts[Verdict.KNOWN] + writer.known
        made = tuple(place.name for place in opened.places.values() if place.new)
        if batch.pk is not None:
            change.update(
                batch,
                added=writer.added,
                known=known,
                settled=writer.settled,
                refused=tally.counts[Verdict.REFUSED],
            )
        return ImportResult(
            batch_id=batch.pk,
            added=writer.added,
            known=known,
            settled=writer.settled,
            likely_duplicates=tally.counts[Verdict.LIKELY_DUPLICATE],
            refused=tuple(tally.refused),
            refused_count=tally.counts[Verdict.REFUSED],
            ignored=tally.counts[Verdict.IGNORED],
            accounts_made=made if batch.pk is not None else (),
            transfers=transfers,
        )


@dataclass(slots=True)
class _Tally:
    counts: Counter[Verdict] = field(default_factory=Counter)
    refused: list[JudgedRow] = field(default_factory=list)

    def note(self, block: list[Judged]) -> None:
        for judged in block:
            self.counts[judged.verdict] += 1
            if judged.verdict is Verdict.REFUSED and len(self.refused) < _MOST_REFUSED_SHOWN:
                self.refused.append(judged.shown())


def _open(user: User, file: BinaryIO, choices: ImportChoices, limit: int) -> _Opened:
    statement, found = _read(user, file, choices, limit)
    return _placed(user, statement, found, choices)


def _placed(user: User, statement: Statement, found: Survey, choices: ImportChoices) -> _Opened:
    """Where the last file with this header went, unless this one says it or the user does."""
    known = statement.known
    is_said = choices.account_id is not None or bool(choices.new_account)
    names_none = [key for key, facts in found.accounts.items() if facts.rows] == [""]
    if known and names_none and not is_said:
        choices = replace(choices, account_id=known.account_id)
    return _Opened(statement, found, find_places(user, found, choices))


def _read(
    user: User, file: BinaryIO, choices: ImportChoices, limit: int
) -> tuple[Statement, Survey]:
    reading = choices.reading
    if choices.as_remembered:
        reading = replace(reading, headers=known_headers(user))
    statement = open_statement(file, reading, limit=limit)
    found = survey(statement.items())
    if not found.rows and not found.others:
        raise ImportRefused("There are no transactions in this file.", code="empty")
    return statement, found


def _blocks(
    user: User, opened: _Opened, choices: ImportChoices, progress: Progress | None
) -> Iterator[list[Judged]]:
    judge = Judge(user, opened.places, opened.survey, choices)
    return _told(judge.blocks(opened.statement.items()), opened.survey, progress)


def _told(
    blocks: Iterable[list[Judged]], found: Survey, progress: Progress | None
) -> Iterator[list[Judged]]:
    """The blocks, each of which counts as done when the next one is asked for."""
    total = found.rows + found.others
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        if progress is not None:
            progress(done, total)


def _newest_change(user: User) -> int | None:
    """Everything that an act does to a ledger has a number, in the order of the acts."""
    changes = Change.objects.filter(user=user).order_by("-pk").values_list("pk", flat=True)
    return changes.first()


def _judged(
    user: User, opened: _Opened, choices: ImportChoices, progress: Progress | None
) -> Iterator[Judged]:
    for block in _blocks(user, opened, choices, progress):
        yield from block


def _hash(file: BinaryIO) -> str:
    digest = sha256()
    file.seek(0)
    while piece := file.read(64 * 1024):
        digest.update(piece)
    return digest.hexdigest()
