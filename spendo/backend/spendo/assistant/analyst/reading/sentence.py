"""A message taken apart: its time, amounts and number, and the words that are left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from spendo.assistant.analyst.question import (
    UNCATEGORISED,
    Bounds,
    GroupBy,
    Move,
    Name,
    Unit,
    When,
)
from spendo.assistant.analyst.reading.lexicon import FIRST_PERSON, NUMBERS
from spendo.assistant.analyst.reading.names import find_names
from spendo.assistant.analyst.reading.words import MARK, Line, read_line
from spendo.ledger.periods import UnknownPeriod, find_period

LONGEST = 600
"""Characters of a message that is still read as a question."""

_UNIT = r"(?P<unit>day|week|month|quarter|year)"
_MOVES = (
    (re.compile(rf"\bthe same {_UNIT} (?:of )?(?:the )?(?:last|prior) year\b"), -1, "year"),
    (re.compile(r"\b(?:the )?(?:same )?(?:time|period) (?:a|one|last) year(?: ago| earlier)?\b"),
     -1, "year"),
    (re.compile(rf"\b(?:the|a|one) {_UNIT} (?:before|earlier)(?: that| then| it)?\b"), -1, ""),
    (re.compile(rf"\bthe (?:previous|prior|preceding) {_UNIT}\b"), -1, ""),
    (re.compile(r"\b(?:the )?(?:one|period) before(?: that| it)?\b"), -1, "same"),
    (re.compile(r"\b(?:and )?before (?:that|then)\b"), -1, "same"),
    (re.compile(rf"\bthe (?:next|following) {_UNIT}\b"), 1, ""),
    (re.compile(rf"\bthe {_UNIT} after(?: that| it)?\b"), 1, ""),
    (re.compile(r"\b(?:the )?one after(?: that| it)?\b"), 1, "same"),
)  # fmt: skip
_BEFORE_LAST = re.compile(rf"\b(?:the )?{_UNIT} before last\b")
_AGO = re.compile(rf"\b(?P<count>an?|\d{{1,3}}|[a-z]+) {_UNIT}s? ago\b")
_MONEY = (
    r"[$€£]?(?P<{0}>\d[\d,]*(?:\.\d+)?)(?P<{0}k>k)?"
    r"(?: (?:dollars?|bucks|euros?|pounds|usd|eur|gbp))?"
)
_NO_UNIT = (
    r"(?![\d.,]*\s*(?:st|nd|rd|th|%|percent|days?|weeks?|months?|quarters?|years?|times|"
    r"transactions|purchases|people|accounts|merchants|categories)\b)"
)
_BETWEEN = re.compile(
    rf"\b(?:between|from) {_MONEY.format('low')} (?:and|to) {_MONEY.format('high')}{_NO_UNIT}"
)
_OVER = re.compile(
    r"(?:\b(?:over|above|exceeding|(?:more|greater|bigger|larger|higher) than|"
    r"(?P<least>at least))|>) ?" + _MONEY.format("low") + _NO_UNIT
)
_UNDER = re.compile(
    r"(?:\b(?:under|below|(?:less|smaller|lower|cheaper) than|(?P<most>at most|up to))|<) ?"
    + _MONEY.format("high")
    + _NO_UNIT
)
_EXACTLY = re.compile(
    r"(?:\b(?:of|for|exactly) (?:exactly )?)(?=[$€£]|\d+\.\d\d\b)" + _MONEY.format("low")
)
_NUMBER = r"(?P<n>\d{1,3}|" + "|".join(NUMBERS) + r")"
_THINGS = (
    r"(?:transactions?|purchases?|payments?|expenses?|charges?|merchants?|categories|stores?|"
    r"shops?|places|rows|entries|things|items)"
)
_LIMITS = (
    re.compile(
        rf"\b(?:top|last|latest|recent|newest|largest|biggest|highest|first|past) {_NUMBER}\b"
        r"(?! (?:days?|weeks?|months?|quarters?|years?)\b)"
    ),
    re.compile(
        rf"\b{_NUMBER} (?:most |single )?(?:top|last|latest|recent|newest|largest|biggest|highest|"
        rf"expensive)\b"
    ),
    re.compile(rf"\b(?:show|list|give|see) (?:me |us )?(?:the |my )?{_NUMBER} {_THINGS}\b"),
)
_GROUPS: tuple[tuple[re.Pattern[str], GroupBy], ...] = (
    (re.compile(r"\b(?:by|per|each|every|which|what|top|my|biggest|largest) (?:\S+ )?"
                r"(?:category|categories|types?)\b"), "category"),
    (re.compile(r"\b(?:by|per|each|every|which|what|top|biggest|largest) (?:\S+ )?"
                r"(?:merchants?|stores?|shops?|vendors?|places?|payees?|compan(?:y|ies))\b"),
     "merchant"),
    (re.compile(r"\b(?:by|per|each|every) (?:calendar )?month\b|\bmonthly\b|\bmonth by month\b"),
     "month"),
    (re.compile(r"\b(?:by|per|each|every|which) (?:accounts?|cards?|banks?)\b"), "account"),
)  # fmt: skip
_YEAR = re.compile(r"(?<![\S])(?:19|20)\d\d(?![\S])")
_NO_CATEGORY = re.compile(
    r"\b(?:uncategori[sz]ed|(?:without|no|not in) (?:a |any )?(?:category|categories)|"
    r"not (?:yet )?categori[sz]ed)\b"
)
_MODAL_MAY = re.compile(r"\bmay(?= (?:i|we|you|it|be|have|not)\b)|(?<=\bi )may\b|(?<=\byou )may\b")


@dataclass(frozen=True)
class Sentence:
    """`plain` is the sentence without its time, amounts and number (a mark stands for each)."""

    plain: str
    whole: str
    names: tuple[Name, ...] = ()
    when: When | None = None
    other: When | None = None
    move: Move | None = None
    ago: Move | None = None
    bad_period: bool = False
    bounds: Bounds | None = None
    limit: int | None = None
    group_by: GroupBy | None = None

    @property
    def first_person(self) -> bool:
        return any(word in FIRST_PERSON for word in self.plain.split())

    def has(self, pattern: str) -> bool:
        """Whether the pattern (whole words) stands in the sentence without its time."""
        return re.search(rf"\b(?:{pattern})\b", self.plain) is not None


def read_sentence(message: str) -> Sentence:
    line = read_line(message[:LONGEST])
    whole = line.text
    line, move, ago = _take_move(line)
    line, when, bad = _take_period(line)
    other: When | None = None
    if when is not None:
        line, other, also_bad = _take_period(line)
        bad = bad or also_bad
    line, bounds = _take_bounds(line)
    line, limit = _take_limit(line)
    if when is None and not bad and (year := _YEAR.search(line.text)):
        when = When(f"in {year.group()}")
        line = line.without(*year.span())
    return Sentence(
        plain=line.text,
        whole=whole,
        names=_names(line),
        when=when,
        other=other,
        move=move,
        ago=ago,
        bad_period=bad,
        bounds=bounds,
        limit=limit,
        group_by=next((group for pattern, group in _GROUPS if pattern.search(line.text)), None),
    )


def _names(line: Line) -> tuple[Name, ...]:
    names = find_names(line.words)
    return (*names, Name(UNCATEGORISED)) if _NO_CATEGORY.search(line.text) else names


def _take_move(line: Line) -> tuple[Line, Move | None, Move | None]:
    if found := _BEFORE_LAST.search(line.text):
        unit: Unit = found["unit"]  # type: ignore[assignment]
        return line.without(*found.span()), None, Move(-2, unit)
    if found := _AGO.search(line.text):
        count = _count(found["count"])
        if count is not None:
            unit = found["unit"]  # type: ignore[assignment]
            return line.without(*found.span()), None, Move(-count, unit)
    for pattern, by, fixed in _MOVES:
        if found := pattern.search(line.text):
            unit = fixed or found["unit"]  # type: ignore[assignment]
            return line.without(*found.span()), Move(by, unit), None
    return line, None, None


def _count(text: str) -> int | None:
    if text in ("a", "an"):
        return 1
    return int(text) if text.isdecimal() else NUMBERS.get(text)


def _take_period(line: Line) -> tuple[Line, When | None, bool]:
    """The period's words. The day only helps to find them: the tools resolve them again."""
    text = _MODAL_MAY.sub("can", line.cased_text)  # as long as "may", so that positions stay
    try:
        found = find_period(text, datetime.now(UTC).date())
    except UnknownPeriod:
        return line, None, True
    if found is None:
        return line, None, False
    words = text[found.start_index : found.end_index].strip()
    return line.without(found.start_index, found.end_index), When(words), False


def _take_bounds(line: Line) -> tuple[Line, Bounds | None]:
    if found := _BETWEEN.search(line.text):
        bounds = Bounds(low=_amount(found, "low"), high=_amount(found, "high"))
        return line.without(*found.span()), bounds
    low = high = None
    over = under = False
    if found := _OVER.search(line.text):
        low, over = _amount(found, "low"), not found["least"]
        line = line.without(*found.span())
    if found := _UNDER.search(line.text):
        high, under = _amount(found, "high"), not found["most"]
        line = line.without(*found.span())
    if low is None and high is None and (found := _EXACTLY.search(line.text)):
        low = high = _amount(found, "low")
        line = line.without(*found.span())
    if low is None and high is None:
        return line, None
    return line, Bounds(low=low, high=high, over=over, under=under)


def _amount(found: re.Match[str], name: str) -> Decimal:
    amount = Decimal(found[name].replace(",", ""))
    return amount * 1000 if found[name + "k"] else amount


def _take_limit(line: Line) -> tuple[Line, int | None]:
    for pattern in _LIMITS:
        if found := pattern.search(line.text):
            limit = _count(found["n"])
            if limit:
                return line.without(*found.span("n")), limit
    return line, None


__all__ = ["LONGEST", "MARK", "Sentence", "read_sentence"]
