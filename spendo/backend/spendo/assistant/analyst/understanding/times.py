"""The time of a question: its periods, the steps from them, and days to come."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from spendo.assistant.analyst.question import Move, Unit, When
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.understanding.words import MONTHS, TIME, Line, Word
from spendo.ledger.periods import UnknownPeriod, find_period

_UNIT = r"(?P<unit>day|week|month|quarter|year)"
_MOVES = (
    (re.compile(rf"\b(?:the )?same {_UNIT} (?:of )?(?:the )?(?:last|prior) year\b"), -1, "year"),
    (re.compile(rf"(?:(?<=than )|(?<=with )|(?<=to )|(?<=vs )|(?<=versus )|(?<=against ))(?:the )?"
                rf"(?:previous|prior|preceding) \d{{1,3}} {_UNIT}s"), -1, "same"),
    (re.compile(rf"\b(?:the )?\d{{1,3}} {_UNIT}s (?:before|prior|earlier)"
                r"(?: that| those| it)?$"), -1, "same"),
    (re.compile(rf"\b(?:the|a|one|1) {_UNIT} (?:before|earlier)(?: that| then| it)?\b"), -1, ""),
    (re.compile(rf"\bthe (?:previous|prior|preceding) {_UNIT}\b"), -1, ""),
    (re.compile(r"\b(?:the )?(?:one|period) before(?: that| it)?\b"), -1, "same"),
    (re.compile(r"\b(?:and )?before (?:that|then)\b"), -1, "same"),
    (re.compile(rf"\bthe following {_UNIT}\b"), 1, ""),
    (re.compile(rf"\bthe {_UNIT} after(?: that| it)?\b"), 1, ""),
    (re.compile(r"\b(?:the )?one after(?: that| it)?\b"), 1, "same"),
)  # fmt: skip
_BEFORE_LAST = re.compile(rf"\b(?:the )?{_UNIT} before last\b")
_AGO = re.compile(rf"\b(?:(?P<count>an?|one|\d{{1,3}})|(?:a )?(?P<couple>couple)(?: of)?) "
                  rf"{_UNIT}s? (?:ago|back)\b")  # fmt: skip
_YEAR = re.compile(r"(?<![\S])(?:19|20)\d\d(?![\S])")
_IN_A_YEAR = re.compile(r"in (?:19|20)\d\d")
_EACH_UNIT = re.compile(r"\b(?:each|every)(?= (?:day|week|month|quarter|year)\b)")
_IN_ALL = re.compile(
    r"\bin(?= (?:all|which|what|every|any|each|total|both|one|whatever|percent|cash|dollars?|"
    r"euros?|yen|pounds?|dinars?|francs?|usd|eur|jpy|gbp|kwd|chf)\b)"
)
_TWO = re.compile(
    r"\b(between|from)( (?:the )?(?:last|this|previous) (?:week|month|quarter|year) )(and|to)"
    r"(?= (?:the )?(?:last|this|previous|current) (?:week|month|quarter|year)\b)"
)
"""Two periods side by side, and no span of both: "from last year to this year"."""
_RATE = re.compile(
    r"(?<!\bin )(?<!\blast )\bapr(?= (?:on|of|for) (?:my|the|our)\b)"
    r"|(?:(?<=\bmy )|(?<=\bthe )|(?<=\bis )|(?<=\bcard )|(?<=\bloan ))apr\b"
)
"""A yearly rate, and no month: "apr on my card"."""
_MODAL_MAY = re.compile(r"\bmay(?= (?:i|we|you|it|be|have|not)\b)|(?<=\bi )may\b|(?<=\byou )may\b")

_FALL = re.compile(r"(?:\b(?P<before>\w+) )?\bfall\b")
_LEADS_TO_FALL = word_set(
    "in last this the since of from to and or vs versus than with during between against over until"
)
""" "Did groceries fall this year": no season, unless a word leads to it."""

_UNITS = r"(?:days?|weeks?|months?|quarters?|years?)"
_NAMED = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas)"
)
_AHEAD = re.compile(
    r"\b(?:"
    r"(?:until|till|til|before|by|to|through) (?:the |my |our |i )?(?:next )?"
    r"(?:pay ?day|pay ?check|pay|salary|get paid|am paid|wages)"
    r"|(?:until|till|til|before) (?:the )?next (?:week|month|year)"
    r"|next (?:pay ?day|pay ?check|pay|salary)"
    rf"|(?:the )?(?:next|coming|upcoming|following) (?:\d{{1,3}} )?(?:{_UNITS}|{_NAMED})"
    r"|tomorrow|(?:the )?rest of (?:the |this )?(?:week|month|quarter|year)"
    rf"|(?:the )?end of (?:the |this |next )?(?:week|month|quarter|year|{_NAMED}(?: 20\d\d)?)"
    rf"|(?:until|till|til|by|before) (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{_NAMED}"
    r"(?: \d{1,2}(?:st|nd|rd|th)?)?(?: 20\d\d)?"
    r"|(?:until|till|til|by|before) (?:the \d{1,2}(?:st|nd|rd|th)|20\d\d)"
    rf"|in (?:an?|one|\d{{1,3}}) {_UNITS}(?: time)?"
    r")\b"
)

_LASTS = re.compile(rf"\bfor (?P<n>an?|one|\d{{1,3}}) {_UNIT}s?\b")
_SINGLE = {"day": "today", "week": "last 7 days", "month": "last 30 days", "year": "last 12 months",
           "quarter": "last 3 months"}  # fmt: skip
_YEAR_AHEAD = re.compile(r"\b(?:in|for|during) 20\d\d\b")


_MONTH = r"(?:in )?(?:" + "|".join(sorted(MONTHS)) + ")"
_YEAR_OF = re.compile(rf"{_MONTH} (?P<year>(?:of )?(?:last year|this year|20\d\d))", re.IGNORECASE)
_BARE_MONTH = re.compile(_MONTH, re.IGNORECASE)
_JOINED = re.compile(rf"{TIME} (?:and|or|to|vs|versus) {TIME}")
_THIS_UNIT = re.compile(r"(?:in )?this (?P<unit>week|month|quarter|year)")
_AND_LAST = re.compile(
    r"(?:than|vs|versus|against|with|to|on|over|and|or) (?:the )?last(?: one)?"
    r"(?=$| (?:for|in|at|on|by|and|plus|or|how|am|is|has|did|up|higher)\b)"
)
""" "This year compared to last": of the same unit."""

MOST_PERIODS = 4

_MONTHS = "|".join(sorted(MONTHS))
_BESIDE_MONTH = re.compile(
    rf"\b(?:march|may|mar)\b"
    rf"(?=(?: (?:and|or|vs|versus|to|against|than|with))? (?:{TIME}|(?:{_MONTHS})\b))"
    rf"|(?:(?<={TIME} (?:to|or|vs) )|(?<={TIME} (?:and) )|(?<= than )|(?<= versus )"
    rf"|(?<= against )|(?<= with ))(?:march|may|mar)\b"
)
_MONTH_ALONE = re.compile(
    r"\bto march$"
    r"|(?:^|(?<=\bwas )|(?<=\bwhy )|(?<=\bdid )|(?<=\bwere )|(?<=\bdoes )|(?<=\babout ))"
    r"(?:march|may)\b"
)
""" "Why was may so high": no verb stands there."""
_PART_OF_MONTH = re.compile(
    r"(?:(?<=\bend of )|(?<=\bstart of )|(?<=\bbeginning of )|(?<=\bmonth of )|(?<=\bfor ))"
    r"(?:march|may|mar)\b"
)
"""Verbs as months, beside another time: "march vs april"."""


@dataclass(frozen=True, slots=True)
class Times:
    """`whens` in the order in which they are said. `ago` is a step from today; `move` one from the
    period of an earlier question, or from `when`. `horizon`: days to come, in the user's words;
    `lasts`: so many days, the last ones in `whens`; to come if the question is about such.
    `bad`: no time that has been."""

    whens: tuple[When, ...] = ()
    move: Move | None = None
    ago: Move | None = None
    horizon: str | None = None
    lasts: str | None = None
    bad: bool = False

    @property
    def when(self) -> When | None:
        return self.whens[0] if self.whens else None

    @property
    def other(self) -> When | None:
        return self.whens[1] if len(self.whens) > 1 else None


def take_times(line: Line) -> tuple[Line, Times]:
    ahead = _AHEAD.search(line.text)
    horizon = ahead.group() if ahead else None
    line, move, ago = _take_move(_with_from(line))
    line, whens, bad = _take_periods(line)
    line, whens = _with_last(line, _of_one_year(line, whens))
    if bad and horizon is None and (ahead := _YEAR_AHEAD.search(line.text)):
        horizon = ahead.group()
        line = line.without(*ahead.span(), TIME)
    elif ahead and bad and (again := _AHEAD.search(line.text)):
        line = line.without(*again.span(), TIME)
    if whens or move or ago or horizon or bad:
        return line, Times(tuple(whens), move, ago, horizon, None, bad)
    line, whens, lasts = _take_span(line)
    return line, Times(tuple(whens), lasts=lasts)


def take_years(line: Line, times: Times) -> tuple[Line, Times]:
    """Years that stand alone ("income 2025", "2025 vs 2026"), once amounts are known not to be
    some."""
    whens = list(times.whens)
    if times.bad or not all(_IN_A_YEAR.fullmatch(when.text) for when in whens):
        return line, times
    while len(whens) < MOST_PERIODS and (year := _YEAR.search(line.text)):
        whens.append(When(f"in {year.group()}"))
        line = line.without(*year.span(), TIME)
    return line, replace(times, whens=tuple(whens))


def _take_periods(line: Line) -> tuple[Line, list[When], bool]:
    """In the order in which they stand; the longest phrases are found first."""
    whens: list[tuple[int, When]] = []
    bad = False
    while len(whens) < MOST_PERIODS:
        line, when, at, also_bad = _take_period(line)
        bad = bad or also_bad
        if when is None:
            break
        whens = [(place + (place >= at), other) for place, other in whens] + [(at, when)]
    return line, [when for _, when in sorted(whens, key=lambda each: each[0])], bad


def _take_span(line: Line) -> tuple[Line, list[When], str | None]:
    """ "For 3 months": the last ones, or with the words for it the next ones."""
    span = _LASTS.search(line.text)
    if span is None:
        return line, [], None
    count, unit = counted(span["n"]), span["unit"]
    text = _SINGLE[unit] if count == 1 else f"last {count} {unit}s"
    return line.without(*span.span(), TIME), [When(text)], span.group()


def _with_from(line: Line) -> Line:
    """ "January to March against April to June" with the "from" that makes each a span."""
    words = line.words
    spans = [
        at
        for at, (first, joint, last) in enumerate(zip(words, words[1:], words[2:], strict=False))
        if first.word in MONTHS and joint.word in ("to", "through") and last.word in MONTHS
    ]
    if len(spans) < 2 or any(words[at - 1].word in ("from", "between") for at in spans if at):
        return line
    said = (
        (Word("from", "from"), word) if at in spans else (word,) for at, word in enumerate(words)
    )
    return Line(tuple(word for each in said for word in each))


def _of_one_year(line: Line, whens: list[When]) -> list[When]:
    """ "June and July 2025" are both of that year."""
    if len(whens) != 2 or not _JOINED.search(line.text):
        return whens
    first, last = whens
    year = _YEAR_OF.fullmatch(last.text)
    if year is None or not _BARE_MONTH.fullmatch(first.text):
        return whens
    return [When(f"{first.text} {year['year']}"), last]


def _with_last(line: Line, whens: list[When]) -> tuple[Line, list[When]]:
    """ "This year compared to last" with the unit that "last" leaves out."""
    unit = _THIS_UNIT.fullmatch(whens[0].text) if len(whens) == 1 else None
    last = _AND_LAST.search(line.text) if unit else None
    if unit is None or last is None or TIME not in line.text[: last.start()]:
        return line, whens
    start = last.start() + last.group().rindex("last")
    return line.without(start, last.end(), TIME), [*whens, When(f"last {unit['unit']}")]


def _take_move(line: Line) -> tuple[Line, Move | None, Move | None]:
    if found := _BEFORE_LAST.search(line.text):
        unit: Unit = found["unit"]  # type: ignore[assignment]
        return line.without(*found.span(), TIME), None, Move(-2, unit)
    if found := _AGO.search(line.text):
        unit = found["unit"]  # type: ignore[assignment]
        count = 2 if found["couple"] else counted(found["count"])
        return line.without(*found.span(), TIME), None, Move(-count, unit)
    for pattern, by, fixed in _MOVES:
        if found := pattern.search(line.text):
            unit = fixed or found["unit"]  # type: ignore[assignment]
            return line.without(*found.span(), TIME), Move(by, unit), None
    return line, None, None


def counted(text: str) -> int:
    return 1 if text in ("a", "an", "one") else int(text)


def _take_period(line: Line) -> tuple[Line, When | None, int, bool]:
    """The period's words, and how many times stand before it. The day only helps to find them: the
    tools resolve them again."""
    # They leave positions as they are. "Each month in May" is a grouping and a period.
    text = _MODAL_MAY.sub("can", _RATE.sub("---", line.cased_text))
    text = _FALL.sub(_season_or_verb, text)
    text = _EACH_UNIT.sub(lambda found: "-" * len(found.group()), text)
    text = _IN_ALL.sub("--", text)
    text = _TWO.sub(lambda two: f"{'-' * len(two[1])}{two[2]}{'-' * len(two[3])}", text)
    text = _PART_OF_MONTH.sub(lambda found: found.group().capitalize(), text)
    text = _MONTH_ALONE.sub(lambda found: found.group().replace("ma", "Ma"), text)
    text = _BESIDE_MONTH.sub(lambda found: found.group().capitalize(), text)
    try:
        found = find_period(text, datetime.now(UTC).date())
    except UnknownPeriod:
        return line, None, 0, True
    if found is None:
        return line, None, 0, False
    words = text[found.start_index : found.end_index].strip()
    at = text[: found.start_index].count(TIME)
    return line.without(found.start_index, found.end_index, TIME), When(words), at, False


def _season_or_verb(found: re.Match[str]) -> str:
    season = found["before"] in _LEADS_TO_FALL
    return found.group() if season else f"{found.group().removesuffix('fall')}drop"
