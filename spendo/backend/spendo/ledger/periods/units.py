"""The phrases that name one stretch of time, and what each of them means."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from spendo.ledger.periods.period import EARLIEST, MONTHS, UnknownPeriod
from spendo.ledger.periods.seasons import ALONE, BARE, SEASON, in_season
from spendo.ledger.periods.span import Days, Span

_S = r"\s{1,4}"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:the\s)?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TO_DAY = r"(?:the\s)?(?P<to_day>\d{1,2})(?:st|nd|rd|th)?"
_DASH = r"\s{0,2}[-–—]\s{0,2}"
_TO = rf"(?:{_DASH}|{_S}(?:to|until|till|through|and){_S})"
_OF = rf"(?:{_S}of{_S}|{_S})"
_COMMA = r"(?:\s{0,2},\s{0,2}|\s{1,4})"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_UNIT = r"(?P<unit>week|month|quarter|year)"
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_NUMBER = rf"(?P<number>\d{{1,4}}|{'|'.join(_NUMBERS)}|couple(?:\sof)?)"
_WHICH = r"(?P<which_year>this|last)"
_OF_YEAR = rf"(?:{_OF}(?:{_YEAR}|{_WHICH}{_S}year))"
_ORDINALS = ("first", "second", "third", "fourth")
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)}|1st|2nd|3rd|4th)"
_UNITS = r"(?:days?|weeks?|weekends?|months?|quarters?|years?)"

Words = dict[str, str]
"""The named parts of a phrase that are there, in lower case."""

Build = Callable[[Words, date], Span]


def _fixed(first: date, last: date, *, is_day: bool = False) -> Span:
    return Span(fixed=(first, last), is_day=is_day)


def _month_number(words: Words) -> int:
    return next(
        number
        for number, name in enumerate(MONTHS, start=1)
        if name.lower().startswith(words["month"][:3])
    )


def _year(words: Words, today: date) -> int | None:
    if words.get("year"):
        return int(words["year"])
    if words.get("which_year"):
        return today.year - (words["which_year"] == "last")
    return None


def _months(first_month: int, count: int, year: int) -> Days:
    last_month = first_month + count - 1
    return date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])


def _yearly(in_year: Callable[[int], Days], year: int | None, *, is_day: bool = False) -> Span:
    """The recurring days, fixed when the phrase has a year."""
    if year is None:
        return Span(in_year=in_year, is_day=is_day)
    try:
        first, last = in_year(year)
    except ValueError:
        raise UnknownPeriod("There is no such date.") from None
    return _fixed(first, last, is_day=is_day)


def _day(words: Words, today: date) -> Span:
    month, day = _month_number(words), int(words["day"])
    last_day = int(words.get("to_day") or day)

    def in_year(year: int) -> Days:
        return date(year, month, day), date(year, month, last_day)

    if last_day < day:
        raise UnknownPeriod("The period ends before it begins.")
    return _yearly(in_year, _year(words, today), is_day=last_day == day)


def _month(words: Words, today: date) -> Span:
    return _yearly(partial(_months, _month_number(words), 1), _year(words, today))


def _last_month_of_name(words: Words, today: date) -> Span:
    """ "last May": the latest May that is over."""
    first_of_this_month = today.replace(day=1)
    span = Span(in_year=partial(_months, _month_number(words), 1))
    return Span(fixed=span.last_beginning_by(first_of_this_month - timedelta(days=1)))


def _this_month_of_name(words: Words, today: date) -> Span:
    return _yearly(partial(_months, _month_number(words), 1), today.year)


def _season(words: Words, today: date) -> Span:
    """The newest that has begun; "last summer": the newest that is over."""
    days = in_season(words["season"])
    if not words.get("last"):
        return _yearly(days, _year(words, today))
    begun = Span(in_year=days).latest_begun(today)
    first = begun if begun[1] < today else days(begun[0].year - 1)
    return _fixed(*first)


def _quarter(words: Words, today: date) -> Span:
    number = int(words["q"]) if words.get("q") else _ordinal(words)
    return _yearly(partial(_months, 3 * number - 2, 3), _year(words, today))


def _half(words: Words, today: date) -> Span:
    number = int(words["h"]) if words.get("h") else _ordinal(words)
    if number > 2:
        raise UnknownPeriod("A year has two halves.")
    return _yearly(partial(_months, 6 * number - 5, 6), _year(words, today))


def _half_of_month(words: Words, today: date) -> Span:
    """The first fifteen days, or all behind them."""
    number, month = _ordinal(words), _month_number(words)
    if number > 2:
        raise UnknownPeriod("A month has two halves.")

    def in_year(year: int) -> Days:
        first, last = _months(month, 1, year)
        return (first, first.replace(day=15)) if number == 1 else (first.replace(day=16), last)

    return _yearly(in_year, _year(words, today))


def _day_of_month(words: Words, today: date) -> Span:
    """ "The 5th": the latest one, today included."""
    day = int(words["day"])
    for back in range(3):  # of two months in a row one has 31 days
        month = _back("month", back, today.replace(day=1))
        if 1 <= day <= monthrange(month.year, month.month)[1] and month.replace(day=day) <= today:
            return _fixed(*[month.replace(day=day)] * 2, is_day=True)
    raise UnknownPeriod("There is no such date.")


def _ordinal(words: Words) -> int:
    text = words["ordinal"]
    return int(text[0]) if text[0].isdigit() else _ORDINALS.index(text) + 1


def _calendar_year(words: Words, today: date) -> Span:
    return _yearly(partial(_months, 1, 12), int(words["year"]))


def _iso_day(words: Words, today: date) -> Span:
    year, month, day = (int(words[name]) for name in ("year", "mm", "dd"))
    return _yearly(lambda year: (date(year, month, day),) * 2, year, is_day=True)


def _iso_month(words: Words, today: date) -> Span:
    month = int(words["mm"])
    if not 1 <= month <= 12:
        raise UnknownPeriod("There is no such month.")
    return _yearly(partial(_months, month, 1), int(words["year"]))


def _days_ago(days: int) -> Build:
    def build(words: Words, today: date) -> Span:
        return _fixed(*[today - timedelta(days=days)] * 2, is_day=True)

    return build


def _number_of_days_ago(words: Words, today: date) -> Span:
    return _days_ago(_number(words))(words, today)


def _this(words: Words, today: date) -> Span:
    return _fixed(_start_of(words["unit"], today), today)


def _to_date(words: Words, today: date) -> Span:
    unit = {"w": "week", "m": "month", "q": "quarter", "y": "year"}[words["letter"]]
    return _fixed(_start_of(unit, today), today)


def _last_to_date(words: Words, today: date) -> Span:
    """ "last year to date": its days up to the one that comes as early in it as today."""
    unit = words["unit"]
    now = _start_of(unit, today)
    start = _back(unit, 1, now)
    if unit == "year":
        last = date(start.year, today.month, min(today.day, monthrange(start.year, today.month)[1]))
    else:
        last = min(start + (today - now), now - timedelta(days=1))
    return _fixed(start, last)


def _first_days(words: Words, today: date) -> Span:
    """ "the first ten days of May"."""
    month, count = _month_number(words), _number(words)

    def in_year(year: int) -> Days:
        return date(year, month, 1), date(year, month, count)

    return _yearly(in_year, _year(words, today))


def _last(words: Words, today: date) -> Span:
    unit = words["unit"]
    count = _number(words) if words.get("number") else 1
    start = _start_of(unit, today)
    return _fixed(_back(unit, count, start), start - timedelta(days=1))


def _last_days(words: Words, today: date) -> Span:
    return _fixed(today - timedelta(days=_number(words) - 1), today)


def _number(words: Words) -> int:
    text = words["number"]
    if text.startswith("couple"):
        return 2
    number = _NUMBERS.index(text) + 1 if text in _NUMBERS else int(text)
    if number == 0:
        raise UnknownPeriod("A period has at least one day.")
    return number


def _start_of(unit: str, day: date) -> date:
    match unit:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1)


def _back(unit: str, count: int, start: date) -> date:
    """The start of the unit that lies `count` units before the one that begins at `start`."""
    if unit == "week":
        return start - timedelta(weeks=count)
    months = (
        start.year * 12 + start.month - 1 - count * {"month": 1, "quarter": 3, "year": 12}[unit]
    )
    if months < EARLIEST.year * 12:
        raise UnknownPeriod("That is too long ago.")
    return date(months // 12, months % 12 + 1, 1)


def _weekday(words: Words, today: date) -> Span:
    """ "on Friday": the latest one, today included; "last Friday": the latest before today."""
    days = (today.weekday() - _WEEKDAYS.index(words["weekday"])) % 7
    if days == 0 and words.get("last"):
        days = 7
    return _days_ago(days)(words, today)


def _all_time(words: Words, today: date) -> Span:
    return _fixed(EARLIEST, today)


def _refuse(words: Words, today: date) -> Span:
    raise UnknownPeriod("This period is not one that can be resolved.")


_PART_OF = rf"(?:half|{_UNITS}|{_WEEKDAY}){_S}(?:of|in){_S}\w{{1,9}}"
_TERM = (
    r"(?:christmas|easter|holidays?|semester"
    rf"|(?:spring|summer|autumn|fall|winter){_S}(?:break|holidays?|vacation|term|semester)"
    rf"|(?:fiscal|financial|tax|school){_S}year)"
)
_FEAST = rf"(?:{_TERM}|thanksgiving|black{_S}friday|halloween|new{_S}year(?:'?s)?)"
_PART = r"(?:early|late|mid|start|beginning|middle|end|half)"
_LAST = r"(?:(?:this\s)?(?:last|past|previous))"
_NAMED_SEASON = (
    rf"(?:(?:(?P<last>last|past|previous)|this){_S}{ALONE}"
    rf"|{SEASON}(?:{_COMMA}{_YEAR}(?:/\d\d)?|{_OF_YEAR})"
    rf"|{_WHICH}{_S}year(?:['’]?s)?{_S}{ALONE}"
    rf"|(?:over|across){_S}(?:the{_S})?{ALONE}|{BARE})"
)
_UNNAMED_SEASON = (
    rf"(?:(?:{_LAST}|this|next){_S}{_TERM}|(?:next|(?:(?:this|the){_S})?coming){_S}{SEASON}"
    rf"|{_PART}(?:{_S}of)?[\s-](?:the{_S})?{SEASON})"
)
_WITHOUT_PREPOSITION: list[tuple[str, Build]] = [
    (rf"{_YEAR}-(?P<mm>\d\d)-(?P<dd>\d\d)", _iso_day),
    (rf"{_YEAR}-(?P<mm>\d\d)", _iso_month),
    (rf"{_DAY}{_OF}{_MONTH}(?:{_COMMA}{_YEAR}|{_OF_YEAR})?", _day),
    (rf"{_MONTH}{_S}{_DAY}(?:{_COMMA}{_YEAR})?", _day),
    (rf"{_DAY}{_TO}{_TO_DAY}{_OF}{_MONTH}(?:{_COMMA}{_YEAR}|{_OF_YEAR})?", _day),
    (rf"between{_S}{_DAY}{_S}and{_S}{_TO_DAY}{_OF}{_MONTH}(?:{_COMMA}{_YEAR}|{_OF_YEAR})?", _day),
    (rf"{_MONTH}{_S}{_DAY}{_DASH}{_TO_DAY}(?:{_COMMA}{_YEAR})?", _day),
    (rf"{_MONTH}(?:{_COMMA}{_YEAR}|{_OF_YEAR})", _month),
    (rf"{_MONTH}", _month),
    (rf"last{_S}{_MONTH}", _last_month_of_name),
    (rf"this{_S}{_MONTH}", _this_month_of_name),
    (_NAMED_SEASON, _season),
    (rf"q(?P<q>[1-4])(?:{_OF_YEAR}|\s{{0,2}}[-/]\s{{0,2}}{_YEAR})?", _quarter),
    (rf"{_ORDINAL}{_S}quarter{_OF_YEAR}?", _quarter),
    (rf"h(?P<h>[12]){_OF_YEAR}", _half),
    (rf"{_ORDINAL}{_S}half{_OF_YEAR}", _half),
    (rf"{_ORDINAL}{_S}half{_S}(?:of|in){_S}{_MONTH}{_OF_YEAR}?", _half_of_month),
    (r"today", _days_ago(0)),
    (r"yesterday", _days_ago(1)),
    (rf"(?:the{_S})?day{_S}before{_S}yesterday", _days_ago(2)),
    (rf"{_NUMBER}{_S}days?{_S}ago", _number_of_days_ago),
    (rf"(?:so{_S}far{_S})?(?:this|current){_S}{_UNIT}(?:{_S}(?:so{_S}far|to{_S}date))?", _this),
    (rf"{_UNIT}{_S}to{_S}date", _this),
    (r"(?P<letter>[wmqy])td", _to_date),
    (rf"{_LAST}{_S}(?:full{_S}|calendar{_S})?{_UNIT}", _last),
    (rf"{_LAST}{_S}{_UNIT}{_S}to{_S}date", _last_to_date),
    (rf"first{_S}{_NUMBER}{_S}days{_S}(?:of|in){_S}{_MONTH}(?:{_OF_YEAR})?", _first_days),
    (rf"last{_S}night", _days_ago(1)),
    (rf"{_LAST}{_S}{_NUMBER}{_S}(?:full{_S}|calendar{_S})?{_UNIT}s?", _last),
    (rf"{_LAST}{_S}{_NUMBER}{_S}days?", _last_days),
    (rf"(?:over|across){_S}{_NUMBER}{_S}{_UNIT}s?", _last),
    (rf"(?:over|across){_S}{_NUMBER}{_S}days?", _last_days),
    (rf"(?P<last>last){_S}{_WEEKDAY}(?!\s(?-i:[A-Z]))", _weekday),
    (rf"(?:of\s)?all[\s-]time|ever|(?<!year\s)to{_S}date", _all_time),
    # Known to be a time, but none that can be answered: better refused than half understood.
    (rf"(?:next|coming|upcoming|following){_S}(?:{_NUMBER}{_S})?(?:{_UNITS}|{_MONTH})", _refuse),
    (r"tomorrow", _refuse),
    (r"\d{1,2}[/.]\d{1,2}[/.]\d{2}(?:\d\d)?", _refuse),  # whose day and whose month comes first?
    (_UNNAMED_SEASON, _refuse),
    (rf"(?:{_ORDINAL}|last|final|every|each){_S}(?:{_NUMBER}{_S})?{_PART_OF}", _refuse),
    (rf"(?:{_LAST}|this|the){_S}weekends?", _refuse),
    (rf"on{_S}(?:weekends|weekdays)", _refuse),
    (rf"(?:around|over|at){_S}{_FEAST}(?!\s(?-i:[A-Z]))", _refuse),
    (rf"{_LAST}{_S}(?:{_NUMBER}{_S})?(?:hours?|minutes?|day)", _refuse),
    (rf"{_LAST}{_S}(?:few|several|some){_S}(?:of{_S})?{_UNITS}", _refuse),
    (rf"{_LAST}{_S}(?:{_NUMBER}{_S})?{_UNIT}s?{_S}and{_S}a{_S}half", _refuse),
    (rf"(?:{_NUMBER}|an?|few){_S}{_UNIT}s?{_S}ago", _refuse),
    (rf"(?:this|next){_S}{_WEEKDAY}(?!\s(?-i:[A-Z]))", _refuse),
]
# "The 5th" is a day only where no thing is counted by it: "the 2nd account".
_BEHIND_DAY = (
    rf"(?=\s{{0,4}}(?:$|[?!.,;:)–—-])|{_S}(?:and|at|by|did|for|from|how|i|on|till?|to|through|until"
    r"|vs|was|were|what|with)\b)"
)
_AFTER_PREPOSITION: list[tuple[str, Build]] = [
    (rf"(?:the{_S})?(?P<day>\d{{1,2}})(?:st|nd|rd|th){_BEHIND_DAY}", _day_of_month),
    (r"\d{1,2}/\d{1,2}", _refuse),
    (
        rf"(?:(?:the|all{_S}of){_S})?(?:year{_S})?{_YEAR}(?!\s?(?:dollars|bucks|euros?|usd|eur|[$€£]))",
        _calendar_year,
    ),
    (rf"{_WEEKDAY}(?!\s(?-i:[A-Z]))", _weekday),
    (r"now|date", _days_ago(0)),
    (rf"(?<!\bon\s)(?:the{_S}|(?:the{_S})?whole{_S}(?:of{_S})?)?{ALONE}", _season),
    (rf"(?:the{_S})?{_FEAST}(?!\s(?-i:[A-Z]))", _refuse),
]
_END = r"(?![\w/]|-\d|[.,]\d)"


def _compile(pattern: str) -> re.Pattern[str]:
    """The pattern, with the names that its parts share made distinct ("year", "year_2")."""
    seen: Counter[str] = Counter()

    def distinct(match: re.Match[str]) -> str:
        seen[match[1]] += 1
        return f"(?P<{match[1]}_{seen[match[1]]}>"

    named = re.sub(r"\(\?P<(\w+)>", distinct, pattern)
    return re.compile(f"(?:{named}){_END}", re.IGNORECASE)


def _words(match: re.Match[str]) -> Words:
    return {
        name.rpartition("_")[0]: text.lower() for name, text in match.groupdict().items() if text
    }


_BARE = [(_compile(pattern), build) for pattern, build in _WITHOUT_PREPOSITION]
_PREPOSED = [*_BARE, *((_compile(pattern), build) for pattern, build in _AFTER_PREPOSITION)]

# "may" and "march" are verbs too: bare, they are months only when written as names are.
_VERBS = {"may", "march", "mar"}
_SUBJECT = re.compile(r"\s(?:i|we|you|be|have)\b", re.IGNORECASE)


Meaning = Callable[[date], Span]


def read_unit(text: str, start: int, *, preposed: bool) -> tuple[int, Meaning] | None:
    """The longest phrase of one unit at `start`: where it ends, and its span seen from a day.

    `preposed`: a word before it ("in", "since") says that a time follows.
    """
    best: tuple[int, Meaning] | None = None
    patterns = _PREPOSED if preposed else _BARE
    matches = [(m, build) for pattern, build in patterns if (m := pattern.match(text, start))]
    for match, build in matches:
        if best is not None and match.end() <= best[0]:
            continue
        if not preposed and _reads_as_verb(match):
            continue
        best = (match.end(), partial(build, _words(match)))
    return best


def _reads_as_verb(match: re.Match[str]) -> bool:
    word = match.group()
    return word.lower() in _VERBS and (
        word[0].islower() or _SUBJECT.match(match.string, match.end()) is not None
    )
