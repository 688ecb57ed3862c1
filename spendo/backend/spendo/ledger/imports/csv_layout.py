"""Finding the table in a CSV file: its separator, its header, and what its columns mean."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from spendo.ledger.imports.columns import (
    ColumnMapping,
    Columns,
    bad_mapping,
    column_names,
    resolve,
)
from spendo.ledger.imports.csv_records import Record, records
from spendo.ledger.imports.errors import ImportRefused
from spendo.ledger.imports.guessing import guess
from spendo.ledger.imports.headers import KnownHeader, header_key, is_header
from spendo.ledger.imports.options import ReadOptions
from spendo.ledger.imports.own_table import OWN
from spendo.ledger.imports.profiles import BY_NAME, PROFILES, Profile
from spendo.ledger.imports.source import Source
from spendo.users.fields import fold

SEPARATORS = (",", ";", "\t", "|")
_HEADER_WITHIN = 60  # lines; some banks write a letter before the table


@dataclass(frozen=True, slots=True)
class CsvLayout:
    """`first_line` is the line of the header; rows come after it. 0: there is no header."""

    separator: str
    header_line: int
    columns: Columns
    profile: Profile | None
    known: KnownHeader | None = None


def find_layout(source: Source, options: ReadOptions) -> CsvLayout:
    """Raises ImportRefused with code "mapping" and the columns when the table is not known."""
    found = _found(_heads(source, options), options)
    if found.header_line == 0:
        return found
    return replace(found, known=options.headers.get(header_key(found.columns.names)))


def _found(heads: dict[str, list[Record]], options: ReadOptions) -> CsvLayout:
    if options.profile:
        return _of_profile(heads, options.profile)
    if options.mapping is not None:
        return _of_mapping(heads, options.mapping)
    return _remembered(heads, options) or _known(heads) or _guessed(heads)


def _heads(source: Source, options: ReadOptions) -> dict[str, list[Record]]:
    """The first records by separator, the most likely separator first."""
    lines = list(islice(source.lines(), _HEADER_WITHIN))
    if options.separator and options.separator not in SEPARATORS:
        raise ImportRefused(
            "The separator is a comma, a semicolon, a tab or a bar.", code="mapping"
        )
    wanted = (options.separator,) if options.separator else SEPARATORS
    heads = {separator: _head(lines, separator) for separator in wanted}
    return dict(sorted(heads.items(), key=lambda head: _likelihood(head[1]), reverse=True))


def _head(lines: Sequence[str], separator: str) -> list[Record]:
    """Up to where the quotes are broken: with another separator, or where the head is cut off,
    they may be right. Whoever reads the whole file finds out."""
    found: list[Record] = []
    with suppress(ImportRefused):
        found.extend(records(lines, separator))
    return found


def _likelihood(head: Sequence[Record]) -> tuple[int, int]:
    """How many records have the commonest number of cells, if that is more than one."""
    widths = Counter(len(record.cells) for record in head if len(record.cells) > 1)
    if not widths:
        return 0, 0
    width, times = widths.most_common(1)[0]
    return times, width


def _remembered(heads: dict[str, list[Record]], options: ReadOptions) -> CsvLayout | None:
    """As the user said it of this very header."""
    if not options.headers:
        return None
    for separator, head in heads.items():
        for record in head:
            names = column_names(record.cells)
            known = options.headers.get(header_key(names))
            if known is None:
                continue
            if known.mapping is not None:
                return CsvLayout(separator, record.line, resolve(names, known.mapping), None)
            if (profile := BY_NAME.get(known.profile)) is not None:
                columns = resolve(names, _that_are_there(profile.mapping, names))
                return CsvLayout(separator, record.line, columns, profile)
    return None


def _known(heads: dict[str, list[Record]]) -> CsvLayout | None:
    """The profile with the most columns that are all in one record."""
    best: CsvLayout | None = None
    most = 0
    for separator, head in heads.items():
        for record in head:
            names = column_names(record.cells)
            there = {fold(name) for name in names}
            for profile in (OWN, *PROFILES):
                wanted = profile.signature
                if wanted and len(wanted) > most and wanted <= there:
                    columns = resolve(names, _that_are_there(profile.mapping, names))
                    best, most = CsvLayout(separator, record.line, columns, profile), len(wanted)
    return best


def _that_are_there(mapping: ColumnMapping, names: Sequence[str]) -> ColumnMapping:
    """Banks leave columns out that they had last year; without these rows can still be read."""
    there = {fold(name) for name in names}
    changes = {
        name: ""
        for name in ("external_id", "value_date", "note", "tags", "status", "fee")
        if (wanted := getattr(mapping, name)) and fold(wanted) not in there
    } | {
        name: kept
        for name in ("description", "merchant", "category")
        if (kept := tuple(text for text in getattr(mapping, name) if fold(text) in there))
        != getattr(mapping, name)
    }
    values = {name: getattr(mapping, name) for name in mapping.__dataclass_fields__}
    return ColumnMapping(**(values | changes))


def _of_profile(heads: dict[str, list[Record]], name: str) -> CsvLayout:
    profile = BY_NAME.get(name)
    if profile is None:
        raise ImportRefused(
            f"There is no profile called “{name[:60]}”.", code="profile", choices=tuple(BY_NAME)
        )
    if not profile.columns:
        return _without_header(heads, profile.mapping, profile)
    for separator, head in heads.items():
        for record in head:
            names = column_names(record.cells)
            if profile.signature <= {fold(name) for name in names}:
                columns = resolve(names, _that_are_there(profile.mapping, names))
                return CsvLayout(separator, record.line, columns, profile)
    raise ImportRefused(
        f"This is no table of {profile.title}: it has no header with the columns "
        f"{', '.join(profile.columns)}.",
        code="profile",
    )


def _of_mapping(heads: dict[str, list[Record]], mapping: ColumnMapping) -> CsvLayout:
    if mapping.date.startswith("#"):
        return _without_header(heads, mapping, None)
    refused: ImportRefused | None = None
    for separator, head in heads.items():
        for record in head:
            names = column_names(record.cells)
            if fold(mapping.date) not in {fold(name) for name in names}:
                continue
            try:
                return CsvLayout(separator, record.line, resolve(names, mapping), None)
            except ImportRefused as error:
                refused = refused or error
    raise refused or bad_mapping(
        f"There is no column “{mapping.date[:60]}” in this file.", choices=_likely_table(heads)[0]
    )


def _without_header(
    heads: dict[str, list[Record]], mapping: ColumnMapping, profile: Profile | None
) -> CsvLayout:
    separator, head = next(iter(heads.items()))
    width = max((len(record.cells) for record in head), default=0)
    names = tuple(f"#{place}" for place in range(1, width + 1))
    return CsvLayout(separator, 0, resolve(names, mapping), profile)


def _guessed(heads: dict[str, list[Record]]) -> CsvLayout:
    """By what columns are commonly called. Raises ImportRefused when that is not enough."""
    for separator, head in heads.items():
        for place, record in enumerate(head):
            names = column_names(record.cells)
            mapping = guess(names, head[place + 1 :])
            if mapping is not None:
                return CsvLayout(separator, record.line, resolve(names, mapping), None)
    names, samples = _likely_table(heads)
    if len(names) < 2:
        raise ImportRefused("There is no table in this file.", code="not_a_statement")
    raise bad_mapping(
        "The columns of this table are not known. Say which ones have the date, the amount and the "
        "description.",
        choices=names,
        samples=samples,
    )


def _likely_table(
    heads: dict[str, list[Record]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names in the widest record, and what stands below them. Where that record is a row
    itself, its columns are called by their places."""
    head = next(iter(heads.values()))
    if not head:
        return (), ()
    at = max(range(len(head)), key=lambda place: len(head[place].cells))
    cells = head[at].cells
    if not is_header([cell for cell in cells if cell.strip()]):
        return tuple(f"#{place}" for place in range(1, len(cells) + 1)), tuple(cells)
    below = head[at + 1].cells if at + 1 < len(head) else []
    return column_names(cells), tuple(below)
