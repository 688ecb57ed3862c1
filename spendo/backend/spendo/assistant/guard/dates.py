"""Dates and periods as people write them, in the languages that Babel has month names for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel.dates import get_month_names

from spendo.assistant.guard.found import DayWords, Found

_WITH_DAY_ONLY = ("fr", "es", "it", "pt", "nl")
_ALONE = ("en", "de")
_VERBS = frozenset({"may", "march"})
_LEADS_TO_MONTH = re.compile(
    r"(?:\b(?:in|since|from|until|till|by|through|to|of|for|and|or|last|this|next|every|during|before|"
    r"after|between|than|vs\.?|mid|early|late|im|seit|von|bis|für|und)|[–|(:,\-/])[ \u00a0]?$",
    re.IGNORECASE,
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_GAP = r"[ \u00a0]"
_NO_DIGIT = r"(?<![\d.,:/])"
_END = r"(?![\d/]|[.,:]\d)"


@cache
def _months() -> dict[str, int]:
    """Every month name and abbreviation, case-folded, without the dot."""
    found: dict[str, int] = {}
    for language in (*_ALONE, *_WITH_DAY_ONLY):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(name.casefold().rstrip("."), number)
    found.setdefault("sept", 9)
    return found


@cache
def _alone() -> frozenset[str]:
    return frozenset(
        name.casefold().rstrip(".")
        for language in _ALONE
        for width in ("wide", "abbreviated")
        for name in get_month_names(width, "stand-alone", language).values()
    ) | {"sept"}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    # No place where no name can begin is compared with every name.
    names = f"(?=[{_initials()}])(?:{names})"
    month = rf"(?P<month>{names})\.?(?![^\W\d_])"
    to = r"[ \u00a0](?:to|and|until|through|bis|und|au|al)[ \u00a0](?:the )?"
    dash = rf"(?:[ \u00a0]?[–—-][ \u00a0]?|{to})"
    first = r"(?P<first>\d{1,2})(?:st|nd|rd|th)?"
    of = rf"(?:{_GAP}(?:of|de|du|di){_GAP}|\.?{_GAP}|-)"
    year = rf"(?:,?(?:{_GAP}(?:de{_GAP})?|-){_YEAR})?"
    texts = (
        r"(?<!\d)(?P<year>\d{4})[-/](?P<month_number>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})年(?:(?P<month_number>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?",
        rf"{_NO_DIGIT}{first}\.?{dash}{_DAY}{of}{month}{year}(?!\d)",
        rf"{_NO_DIGIT}{_DAY}{of}{month}{year}(?!\d)",
        rf"(?<![^\W\d_]){month}{_GAP}{first}{dash}{_DAY}(?![\d%])(?:,?{_GAP}{_YEAR})?(?!\d)",
        rf"(?<![^\W\d_]){month}{_GAP}{_DAY}{_END}(?!%)(?:,?{_GAP}{_YEAR})?(?!\d)",
        rf"(?<![^\W\d_]){month},?(?:{_GAP}(?:of{_GAP}|de{_GAP})?|-){_YEAR}(?!\d)",
        rf"(?<![^\W\d_]){month}{_GAP}?'(?P<short_year>\d\d)(?!\d)",
        rf"{_NO_DIGIT}(?P<a>\d{{1,2}})[./-](?P<b>\d{{1,2}})[./-](?P<short_year>\d\d){_END}",
        rf"{_NO_DIGIT}(?P<a>\d{{1,2}})[./-](?P<b>\d{{1,2}})[./-](?P<year>\d{{4}})(?!\d)",
        rf"{_NO_DIGIT}(?P<month_number>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month_number>0[1-9]|1[0-2])(?![\d-])",
        rf"(?<![^\W\d_])Q(?P<quarter>[1-4])(?:,?(?:{_GAP}(?:of{_GAP})?)?{_YEAR})?(?!\d)",
        rf"(?<!\d){_YEAR}{_GAP}?-?Q(?P<quarter>[1-4])(?!\d)",
        rf"(?<![^\W\d_])H(?P<half>[12])(?:,?{_GAP}{_YEAR})?(?!\d)",
        rf"(?<![^\W\d_])(?P<alone>{names})(?![^\W\d_]|-)",
        rf"(?<![\d.,$€£¥/-]){_YEAR}(?![\d%]|[.,]\d)",
    )
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


@cache
def _may_have_one() -> re.Pattern[str]:
    """A digit or the name of a month: every date has one."""
    names = "|".join(sorted(map(re.escape, _months())))
    return re.compile(rf"\d|(?=[{_initials()}])(?:{names})", re.IGNORECASE)


def _initials() -> str:
    return "".join(sorted({name[0] for name in _months()}))


def find_dates(text: str) -> list[Found]:
    """Dates in the order of their places; where two readings overlap, the fuller one."""
    if not _may_have_one().search(text):
        return []
    taken = bytearray(len(text))
    found: list[Found] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            read = list(_read(match, text))
            if read:
                taken[start:end] = b"\1" * (end - start)
                found += [Found("date", start, end, day=day) for day in read]
    return sorted(found, key=lambda each: each.start)


def _read(match: re.Match[str], text: str) -> Iterator[DayWords]:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    year = int(parts["year"]) if "year" in parts else None
    if "short_year" in parts:
        year = 2000 + int(parts["short_year"])
    if "alone" in parts:
        month = _month_alone(match, text)
        if month:
            yield DayWords(month=month)
        return
    if "quarter" in parts or "half" in parts:
        size = 3 if "quarter" in parts else 6
        number = int(parts.get("quarter") or parts["half"])
        yield DayWords(year=year, month=(number - 1) * size + 1, months=size)
        return
    if "a" in parts:
        yield from _numeric(int(parts["a"]), int(parts["b"]), year)
        return
    month = int(parts["month_number"]) if "month_number" in parts else None
    if "month" in parts:
        month = _months()[parts["month"].casefold()]
    for name in ("first", "day"):
        if name in parts:
            yield DayWords(year=year, month=month, day=int(parts[name]))
    if "day" not in parts:
        yield DayWords(year=year, month=month)


def _numeric(a: int, b: int, year: int | None) -> Iterator[DayWords]:
    """ "10/9/2026" is read both ways; "31/10/2026" only has one."""
    ways = [(month, day) for day, month in ((a, b), (b, a)) if month <= 12 and day <= 31]
    if ways:
        month, day = ways[0]
        yield DayWords(year=year, month=month, day=day, other=ways[-1])
    else:
        yield DayWords(year=year, month=0, day=0)


def _month_alone(match: re.Match[str], text: str) -> int | None:
    """A month without day and year; "may" and "march" only where no verb can stand."""
    name = match["alone"]
    if name.casefold() not in _alone() or not name[0].isupper():
        return None
    before, after = text[: match.start()], text[match.end() :]
    if name.casefold() in _VERBS | {"mar", "sep", "dec", "jan", "jun", "so"}:
        in_place = _LEADS_TO_MONTH.search(before[-12:]) or re.match(r"[ \u00a0]*[:|,)?.]", after)
        if not in_place:
            return None
    return _months()[name.casefold()]
