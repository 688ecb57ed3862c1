"""Reading an answer as a person would: its amounts, counts, percentages, days and tables.

Written for the benchmark alone: it shares nothing with what guards the answers.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bench.spendobench.expected import Figure

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SYMBOLS = {"$": "USD", "US$": "USD", "€": "EUR", "¥": "JPY", "JP¥": "JPY", "£": "GBP"}
_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_GAP = r"[\s\u00a0\u202f]*"
_DAY_FIRST = re.compile(
    rf"\b(?:(?P<from>\d{{1,2}}){_GAP}[–-]{_GAP})?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}"
    + _MONTH.format("month")
    + rf"(?:,?{_GAP}(?P<year>\d{{4}}))?\b",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    _MONTH.format("month")
    + rf"{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,{_GAP}(?P<year>\d{{4}}))?\b",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(
    r"\b" + _MONTH.format("month") + rf"{_GAP}(?P<year>\d{{4}})\b", re.IGNORECASE
)
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_MONEY = re.compile(
    rf"(?P<minus>[−-]{_GAP})?(?:(?P<symbol>US\$|JP¥|[$€¥£]){_GAP}(?P<after_minus>[−-])?(?P<a>{_NUMBER})"
    rf"|(?P<code>\b[A-Z]{{3}}){_GAP}(?P<code_minus>[−-])?(?P<b>{_NUMBER})"
    rf"|(?P<c>{_NUMBER}){_GAP}(?P<tail>[A-Z]{{3}}\b|[€¥£]))"
)
_PERCENT = re.compile(rf"(?P<minus>[−-])?(?P<n>{_NUMBER}){_GAP}(?:%|percent\b|per cent\b)")
_PLAIN = re.compile(rf"(?<![\w.])(?P<n>{_NUMBER})(?![\w%])")
_SOURCES = re.compile(r"^\s*\*?from .*$", re.IGNORECASE | re.MULTILINE)
_CODES = {"USD", "EUR", "JPY", "KWD", "GBP"}
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """`figures` are in the order of the text; a day without a year has the year 0 in `days`."""

    text: str
    whole: str
    figures: tuple[Figure, ...]
    days: frozenset[tuple[int, int, int]]
    months: frozenset[tuple[int, int]]
    table: tuple[tuple[str, tuple[Figure, ...]], ...]

    def of(self, unit: str) -> list[Figure]:
        return [figure for figure in self.figures if figure.unit == unit]

    def has_day(self, day: date) -> bool:
        return bool(self.days & {(day.year, day.month, day.day), (0, day.month, day.day)})


def plain(answer: str) -> str:
    """Without markdown's marks and without the line of sources at its end."""
    text = re.sub(r"\\(.)", r"\1", answer).replace("**", "")
    return _SOURCES.sub("", text).strip()


def read(answer: str, *, without: tuple[str, ...] = ()) -> Read:
    """`without` are texts of others that the answer may quote: their figures are not its own."""
    text = plain(answer)
    for quoted in without:
        text = re.sub(re.escape(quoted), "…", text, flags=re.IGNORECASE)
    days, months, rest = _days(text)
    return Read(text, answer, tuple(_figures(rest)), days, months, tuple(_table(text)))


def _days(text: str) -> tuple[frozenset[tuple[int, int, int]], frozenset[tuple[int, int]], str]:
    """The days and months, and the text with blanks in their place."""
    days: set[tuple[int, int, int]] = set()
    months: set[tuple[int, int]] = set()

    def take(match: re.Match[str]) -> str:
        parts = match.groupdict()
        name = parts["month"].lower()[:3]
        month = int(parts["month"]) if parts["month"].isdigit() else MONTHS.index(name) + 1
        year = int(parts.get("year") or 0)
        if parts.get("day"):
            days.add((year, month, int(parts["day"])))
        if parts.get("from"):
            days.add((year, month, int(parts["from"])))
        if year:
            months.add((year, month))
        return " ⌁ "

    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _MONTH_ONLY):
        text = pattern.sub(take, text)
    return frozenset(days), frozenset(months), text


def _figures(text: str) -> list[Figure]:
    found: list[tuple[int, Figure]] = []

    def take(match: re.Match[str], unit: str, number: str, *, minus: bool) -> str:
        value = Decimal(number.replace(",", ""))
        found.append((match.start(), Figure(-value if minus else value, unit)))
        return " " * len(match.group())

    def money(match: re.Match[str]) -> str:
        unit = match["symbol"] or match["code"] or match["tail"]
        unit = SYMBOLS.get(unit, unit)
        if unit not in _CODES:
            return match.group()
        number = match["a"] or match["b"] or match["c"]
        minus = bool(match["minus"] or match["after_minus"] or match["code_minus"])
        return take(match, unit, number, minus=minus)

    text = _MONEY.sub(money, text)
    text = _PERCENT.sub(lambda m: take(m, "%", m["n"], minus=bool(m["minus"])), text)
    text = re.sub(r"\b(?:19|20)\d\d\b", lambda m: " " * len(m.group()), text)
    _PLAIN.sub(lambda m: take(m, "count", m["n"], minus=False), text)
    found.extend(
        (10**9, Figure(Decimal(WORDS.index(match.group().lower())), "count"))
        for match in re.finditer(rf"\b(?:{'|'.join(WORDS)})\b", text, re.IGNORECASE)
    )
    return [figure for _, figure in sorted(found, key=lambda pair: pair[0])]


def _table(text: str) -> list[tuple[str, tuple[Figure, ...]]]:
    """Lines of a markdown table: the words of a line, and the figures of its cells."""
    rows = []
    for line in text.splitlines():
        if not line.lstrip().startswith("|") or set(line) <= set("|:- "):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        figures = tuple(figure for cell in cells[1:] for figure in _figures(_days(cell)[2]))
        rows.append((" ".join(cells), figures))
    return rows


def key(label: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", label).casefold().split())
