"""Reading a period out of words."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from spendo.ledger.periods.period import EARLIEST, FoundPeriod, Period, UnknownPeriod
from spendo.ledger.periods.span import Days, Span, after, before, join, since, until
from spendo.ledger.periods.units import Meaning, read_unit

Phrase = tuple[int, Callable[[], Days]]
"""Where a phrase ends, and what it means."""

_S = r"\s{1,4}"
_START = re.compile(r"(?<![\w.,$€£/-])\w")
_PREPOSITION = re.compile(
    rf"(?:in|during|on|for|over|within|throughout|across|of|from){_S}(?:(?:the|my){_S})?|the{_S}",
    re.IGNORECASE,
)
_CALENDAR_PREPOSITION = re.compile(
    rf"(?:in|during|on|within|throughout|from|year){_S}", re.IGNORECASE
)
_RANGE_START = re.compile(rf"(?P<word>from|between){_S}", re.IGNORECASE)
_TO = re.compile(rf"(?:{_S}(?:up{_S})?(?:to|til|till|until|through|thru){_S})", re.IGNORECASE)
_AND = re.compile(rf"{_S}and{_S}", re.IGNORECASE)
_DASH = re.compile(r"\s{0,2}(?:[-–—]|\.\.\.?)\s{0,2}")
_ONWARDS = re.compile(rf"{_S}(?:onwards?|on|until{_S}now|to{_S}now|till{_S}now)\b", re.IGNORECASE)
_BOUNDS: list[tuple[re.Pattern[str], Callable[[Span, date], Days]]] = [
    (re.compile(rf"(?:ever{_S})?since{_S}(?:the{_S})?", re.IGNORECASE), since),
    (re.compile(rf"after{_S}(?:the{_S})?", re.IGNORECASE), after),
    (re.compile(rf"(?:before|prior{_S}to){_S}(?:the{_S})?", re.IGNORECASE), before),
    (re.compile(rf"(?:until|till|up{_S}to){_S}(?:the{_S})?", re.IGNORECASE), until),
]


def resolve_period(text: str, today: date) -> Period:
    """The period that `text` names, seen from `today`. Raises UnknownPeriod; never guesses."""
    phrase = text.strip()
    for end, meaning in _phrases(phrase, 0, today, alone=True):
        if end == len(phrase):
            return _period(meaning())
    raise UnknownPeriod("This is not a period that can be resolved.")


def find_period(sentence: str, today: date) -> FoundPeriod | None:
    """The longest period phrase inside `sentence`, or None.

    Raises UnknownPeriod when that phrase is a date that does not exist or a time to come
    ("31 February", "next month"): an answer without a period would not be what was asked.
    """
    best: tuple[int, Phrase] | None = None
    for match in _START.finditer(sentence):
        start = match.start()
        phrase = next(_phrases(sentence, start, today, alone=False), None)
        if phrase and (best is None or phrase[0] - start > best[1][0] - best[0]):
            best = (start, phrase)
    if best is None:
        return None
    start, (end, meaning) = best
    return FoundPeriod(_period(meaning()), start, end)


def _period(days: Days) -> Period:
    if days[0] < EARLIEST:
        raise UnknownPeriod("That is too long ago.")
    return Period.of_days(*days)


def _phrases(text: str, start: int, today: date, *, alone: bool) -> Iterator[Phrase]:
    """The phrases that begin at `start`, longest first. `alone`: nothing else is in `text`."""
    found = [
        *_bounded(text, start, today),
        *_ranges(text, start, today, alone=alone),
        *_single(text, start, today, alone=alone),
    ]
    return iter(sorted(found, key=lambda phrase: -phrase[0]))


def _bounded(text: str, start: int, today: date) -> Iterator[Phrase]:
    """ "since January", "after 15 March", "before May", "until yesterday"."""
    for pattern, bound in _BOUNDS:
        word = pattern.match(text, start)
        unit = read_unit(text, word.end(), preposed=True) if word else None
        if unit:
            end, span = unit
            yield end, partial(_bound, bound, span, today)


def _bound(bound: Callable[[Span, date], Days], span: Meaning, today: date) -> Days:
    return bound(span(today), today)


def _ranges(text: str, start: int, today: date, *, alone: bool) -> Iterator[Phrase]:
    """ "from 1 March to 15 April", "between May and July", "March–May 2026"."""
    opening = _RANGE_START.match(text, start)
    word = opening or _CALENDAR_PREPOSITION.match(text, start)
    left_start = word.end() if word else start
    left = read_unit(text, left_start, preposed=alone or word is not None)
    if left is None:
        return
    left_end, left_span = left
    between = opening is not None and opening["word"].lower() == "between"
    # Without "from", "to" joins days only: "compare April to May" names two periods.
    may_say_to = opening or alone or text[left_start].isdigit()
    for pattern in (_AND, _DASH) if between else (_DASH, *([_TO] if may_say_to else [])):
        joint = pattern.match(text, left_end)
        right = read_unit(text, joint.end(), preposed=True) if joint else None
        if right:
            right_end, right_span = right
            yield right_end, partial(_join, left_span, right_span, today)
    onwards = _ONWARDS.match(text, left_end)
    if opening and not between and onwards:
        yield onwards.end(), partial(_bound, since, left_span, today)


def _join(left: Meaning, right: Meaning, today: date) -> Days:
    return join(left(today), right(today), today)


def _single(text: str, start: int, today: date, *, alone: bool) -> Iterator[Phrase]:
    """ "last month", "in May", "on 15 March 2026"."""
    for pattern in (_CALENDAR_PREPOSITION, _PREPOSITION):
        word = pattern.match(text, start)
        preposed = alone or pattern is _CALENDAR_PREPOSITION
        unit = read_unit(text, word.end(), preposed=preposed) if word else None
        if unit:
            yield unit[0], partial(_alone, unit[1], today)
    unit = read_unit(text, start, preposed=alone)
    if unit:
        yield unit[0], partial(_alone, unit[1], today)


def _alone(span: Meaning, today: date) -> Days:
    return span(today).latest_begun(today)
