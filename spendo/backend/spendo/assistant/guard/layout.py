"""Where a figure stands: its sentence, its cell and column, the words that lead in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

_NUMBERED = re.compile(r"(?m)^[ \t>]*(?:#{1,6}[ ])?(?P<number>\d{1,3})[.)](?=[ \u00a0]|$)")
_NO_PROSE = re.compile(r"[-*•|>]|\d+[.)]")
_RULE_ROW = re.compile(r"^[ \t|:-]*-{2,}[ \t|:-]*$")
_SENTENCE_END = re.compile(
    r"[.!?…]['\")”»\]]*(?=\s+[^\s\da-z]|\s*$)|\n(?=[ \t]*(?:[-*•#>|]|\d+[.)]))|\n\s*\n"
)
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|approx|ca|vs|No|incl|excl|etc|Mio|Tsd|[A-Z])|\d)\.$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: `title` is its column's head, `first` the first cell of its row."""

    start: int
    end: int
    title: str
    first: str
    column: int
    row: int


@dataclass(frozen=True)
class Layout:
    text: str
    cells: tuple[Cell, ...] = ()
    numbering: tuple[tuple[int, int], ...] = ()
    sentences: tuple[tuple[int, int], ...] = field(default=())

    def sentence(self, position: int) -> tuple[int, int]:
        place = bisect_right(self.sentences, position, key=lambda each: each[0]) - 1
        return self.sentences[place] if place >= 0 else (0, len(self.text))

    def cell(self, position: int) -> Cell | None:
        place = bisect_right(self.cells, position, key=lambda each: each.start) - 1
        found = self.cells[place] if place >= 0 else None
        return found if found and position < found.end else None

    @cached_property
    def lengths(self) -> tuple[tuple[int, Literal["things"]], ...]:
        """How many rows and list items the text itself shows."""
        rows = [cell.row for cell in self.cells]
        items = len(re.findall(r"(?m)^[ \t]*(?:[-*•]|\d+[.)]) ", self.text))
        return tuple((length, "things") for length in {max(rows, default=0), items} - {0})

    def lead_in(self, position: int) -> str:
        """The last words of prose before the list or table that the position is in."""
        place = bisect_right(self._prose, position, key=lambda each: each[0]) - 1
        return self._prose[place][1] if place >= 0 else ""

    @cached_property
    def _prose(self) -> list[tuple[int, str]]:
        """Where each line begins, and the last line of prose before it."""
        lines: list[tuple[int, str]] = []
        start, said = 0, ""
        for line in self.text.split("\n"):
            lines.append((start, said))
            if (stripped := line.strip()) and not _NO_PROSE.match(stripped):
                said = stripped
            start += len(line) + 1
        return lines


def layout_of(text: str) -> Layout:
    cells = tuple(_cells(text))
    ranks = tuple((cell.start, cell.end) for cell in cells if _is_rank(text, cell))
    return Layout(text, cells, (*_numbering(text), *ranks), tuple(_sentences(text)))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text[max(0, match.start() - 8) : match.start() + 1]) and (
            match.end() < len(text.rstrip())
        ):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _numbering(text: str) -> Iterator[tuple[int, int]]:
    """The numbers of list items, which count up from one; any other number says something."""
    expected = {1}
    for match in _NUMBERED.finditer(text):
        number = int(match["number"])
        if number in expected:
            expected = {1, number + 1}
            yield match.span("number")


def _cells(text: str) -> Iterator[Cell]:
    titles: list[str] = []
    row, start = 0, 0
    lines = text.split("\n")
    for index, line in enumerate(lines):
        is_rule = bool(_RULE_ROW.match(line)) and "|" in line
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if "|" not in line:
            titles, row = [], 0
        elif _RULE_ROW.match(below) and "|" in below:
            titles, row = [part.strip() for part in _split(line)], 0
        elif titles and not is_rule:
            row += 1
            yield from _row(line, start, titles, row)
        start += len(line) + 1


def _split(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|")


def _row(line: str, offset: int, titles: list[str], row: int) -> Iterator[Cell]:
    parts = _split(line)
    position = line.index("|") + 1 if line.lstrip().startswith("|") else 0
    for column, part in enumerate(parts):
        title = titles[column] if column < len(titles) else ""
        start = offset + position
        yield Cell(start, start + len(part), title, parts[0].strip(), column, row)
        position += len(part) + 1


def _is_rank(text: str, cell: Cell) -> bool:
    """A first column that only numbers the rows."""
    written = text[cell.start : cell.end].strip().rstrip(".)")
    return (
        cell.column == 0
        and cell.title.casefold().rstrip(".") in ("#", "no", "rank", "nr", "")
        and written == str(cell.row)
    )
