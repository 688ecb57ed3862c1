"""The amounts of a question, and how many things it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from spendo.assistant.analyst.question import Bounds
from spendo.assistant.analyst.understanding.words import AMOUNT, NUMBER, Line

_CURRENCY_WORDS = r"dollars?|bucks|euros?|pounds|yen|usd|eur|gbp|jpy|chf"
_MONEY = (
    r"[$€£¥]?(?P<{0}>\d[\d,]{{0,15}}(?:\.\d{{1,6}})?)(?P<{0}k>k)?"
    rf"(?: (?:{_CURRENCY_WORDS}))?"
)
_NO_UNIT = (
    r"(?![\d.,]*\s*(?:st|nd|rd|th|%|percent|days?|weeks?|months?|quarters?|years?|times|"
    r"transactions|purchases|people|accounts|merchants|categories)\b)"
)
_BETWEEN = re.compile(
    rf"\b(?:between|from) {_MONEY.format('low')} (?:and|to) {_MONEY.format('high')}{_NO_UNIT}"
)
_OVER = re.compile(
    r"\b(?:over|above|exceed(?:ing|ed|s)?|(?:more|greater|bigger|larger|higher) than|"
    r"(?P<least>at least)) " + _MONEY.format("low") + _NO_UNIT
)
_UNDER = re.compile(
    r"\b(?:under|below|(?:less|smaller|lower|cheaper) than|(?P<most>at most|up to)) "
    + _MONEY.format("high")
    + _NO_UNIT
)
_OR_MORE = re.compile(_MONEY.format("low") + r" (?:or (?:more|over|above)|and (?:up|over))\b")
_OR_LESS = re.compile(_MONEY.format("high") + r" or (?:less|under|below)\b")
_EXACTLY = re.compile(
    r"(?:\b(?:of|for|exactly) (?:exactly )?)(?=[$€£¥]|\d+\.\d\d\b)" + _MONEY.format("low")
)
_ANY = re.compile(
    r"(?:[$€£¥](?P<signed>\d[\d,]{0,15}(?:\.\d{1,6})?)(?P<k>k)?\b"
    rf"|\b(?P<worded>\d[\d,]{{0,15}}(?:\.\d{{1,6}})?) (?:{_CURRENCY_WORDS})\b"
    r"|\b(?P<regular>\d[\d,]{0,15})(?= (?:a|per|every|each) (?:day|week|month|year)\b)"
    r"|\b(?P<cents>\d[\d,]{0,15}\.\d\d)(?![\d.]))"
)
_NUMBER = r"(?P<n>\d{1,3}|one)"
_THINGS = (
    r"(?:transactions?|purchases?|payments?|expenses?|charges?|merchants?|categories|stores?|"
    r"shops?|places|rows|entries|things|items)"
)
_LIMITS = (
    re.compile(
        rf"\b(?:top|last|latest|recent|newest|largest|biggest|highest|smallest|first|past) "
        rf"{_NUMBER}\b(?! (?:days?|weeks?|months?|quarters?|years?)\b)"
    ),
    re.compile(
        rf"\b{_NUMBER} (?:most |single )?(?:top|last|latest|recent|newest|largest|biggest|highest|"
        rf"smallest|cheapest|expensive)\b"
    ),
    re.compile(rf"\b(?:show|list|give|see) (?:me |us )?(?:the |my )?(?P<n>\d{{1,3}}) {_THINGS}\b"),
)


CURRENCIES = {
    word: code
    for code, words in {
        "USD": "dollar dollars usd bucks",
        "EUR": "euro euros eur",
        "GBP": "pound pounds gbp sterling",
        "JPY": "yen jpy",
        "CHF": "franc francs chf",
        "KWD": "dinar dinars kwd",
        "CAD": "cad",
        "AUD": "aud",
    }.items()
    for word in words.split()
}


def currency_in(words: Sequence[str]) -> str | None:
    """The currency that is named: "in yen", "how many dinars"."""
    named = [
        word
        for before, word in zip(("", *words), words, strict=False)
        if word in CURRENCIES and before in _BEFORE_CURRENCY
    ]
    return CURRENCIES[named[0]] if named else None


_BEFORE_CURRENCY = frozenset({"in", "into", "much", "many", "of", "for", "the", "which", "to", ""})


def take_bounds(line: Line) -> tuple[Line, Bounds | None]:
    if found := _BETWEEN.search(line.text):
        bounds = Bounds(low=_amount(found, "low"), high=_amount(found, "high"))
        return line.without(*found.span(), AMOUNT), bounds
    low = high = None
    over = under = False
    if found := _OVER.search(line.text):
        low, over = _amount(found, "low"), not found["least"]
        line = line.without(*found.span(), AMOUNT)
    if found := _UNDER.search(line.text):
        high, under = _amount(found, "high"), not found["most"]
        line = line.without(*found.span(), AMOUNT)
    if low is None and (found := _OR_MORE.search(line.text)):
        low = _amount(found, "low")
        line = line.without(*found.span(), AMOUNT)
    if high is None and (found := _OR_LESS.search(line.text)):
        high = _amount(found, "high")
        line = line.without(*found.span(), AMOUNT)
    if low is None and high is None and (found := _EXACTLY.search(line.text)):
        low = high = _amount(found, "low")
        line = line.without(*found.span(), AMOUNT)
    if low is None and high is None:
        return line, None
    return line, Bounds(low=low, high=high, over=over, under=under)


def take_amount(line: Line) -> tuple[Line, Decimal | None]:
    """An amount by itself: "$250", "40 euros", "12.50"."""
    found = _ANY.search(line.text)
    if found is None:
        return line, None
    amount = Decimal(
        next(
            found[name] for name in ("signed", "worded", "regular", "cents") if found[name]
        ).replace(",", "")
    )
    return line.without(*found.span(), AMOUNT), amount * 1000 if found["k"] else amount


def take_limit(line: Line) -> tuple[Line, int | None]:
    for pattern in _LIMITS:
        if found := pattern.search(line.text):
            limit = 1 if found["n"] == "one" else int(found["n"])
            if limit:
                return line.without(*found.span("n"), NUMBER), limit
    return line, None


def _amount(found: re.Match[str], name: str) -> Decimal:
    amount = Decimal(found[name].replace(",", ""))
    return amount * 1000 if found[name + "k"] else amount
