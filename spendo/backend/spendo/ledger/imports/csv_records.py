"""The cells of a CSV file, with the line each record begins at."""

import csv
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spendo.ledger.imports.errors import ImportRefused

MOST_COLUMNS = 200


class Record(NamedTuple):
    line: int
    cells: list[str]


def records(lines: Iterable[str], separator: str) -> Iterator[Record]:
    """Records that have anything in them. Raises ImportRefused where the quotes are broken."""
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise ImportRefused(
                "A quotation mark is not closed here, or stands inside of a cell. The file may be "
                "cut off.",
                line=line,
            ) from None
        if len(cells) > MOST_COLUMNS:
            raise ImportRefused(f"There are more than {MOST_COLUMNS} columns here.", line=line)
        if any(cell.strip() for cell in cells):
            yield Record(line, cells)
        line = reader.line_num + 1
