"""What the words around a figure say of it: its direction, its sign, how exact it means to be."""

from __future__ import annotations

import re
from typing import Literal

from spendo.assistant.guard.found import Found
from spendo.assistant.guard.layout import Layout

_UP = (
    "up|rose|risen|increased?|grew|grown|gained|climbed|jumped|higher|more|above|extra|"
    "gestiegen|mehr"
)
_DOWN = (
    "down|fell|fallen|decreased?|dropped|declined|shrank|lower|less|fewer|below|reduced|cut|saved|"
    "gesunken|weniger"
)
_RISE = "increase|rise|growth|gain|jump|uptick|surge"
_FALL = "decrease|drop|decline|fall|reduction|reduced|cut|dip"
_ABOUT = (
    "about|around|roughly|approximately|approx\\.?|almost|nearly|close to|circa|ca\\.?|some|"
    "or so|well|just|rund|etwa|ungefähr|circa|fast|knapp|environ|unos|unas|aproximadamente|cerca de"
)
_OVER = (
    "over|more than|above|at least|exceeding|greater than|larger than|bigger than|higher than|"
    "upwards of|mehr als|über|mindestens"
)
_UNDER = (
    "under|less than|below|at most|up to|nearly|almost|smaller than|lower than|fewer than|"
    "unter|weniger als|knapp|fast|höchstens"
)
_BOUND = re.compile(
    rf"(?:\b(?:{_OVER}|{_UNDER}|between|exactly|minimum of|maximum of|limit of|target of|goal of|"
    r"budget of|than|if you (?:pay|put|save|spend|set)|paying|putting|at|not)|[≥≤<>=])"
    r"(?: (?:exactly|about))?[ \u00a0]*$",
    re.IGNORECASE,
)
_BOUND_RANGE = re.compile(r"\bbetween\b[^.\n]{0,30}\band[ \u00a0]*$", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|above|below|lower|higher)(?: than)?[ \u00a0]*$", re.IGNORECASE
)
# "$30 more than you spent" compares with all of it; it is no change of something.
_MORE_THAN_ALL = re.compile(
    r"[*)]*[ \u00a0](?:more|less) than (?:you|came|went|it|what|was|your)\b", re.IGNORECASE
)
_NEAR = 26

_OUT = re.compile(
    r"\b(?:spen[dt]\w*|paid|pay(?:s|ing|ment|ments)?|cost\w*|charg\w*|fees?|purchas\w*|expens\w*|"
    r"ow(?:e|es|ed|ing)|debts?|liabilit\w*|bill\w*|debit\w*|withdr\w*|bought|refund\w*|out|outflows?|"
    r"went|over|overdrawn|overspent|short|shortfall|deficit|loss|lost|subscriptions?|rent|due|sent|"
    r"transfers?|transferred|drop\w*|fell|less|down|decreas\w*|declin\w*|fewer|lower|reduc\w*|took|"
    r"below|ausgegeben|ausgaben?|bezahlt|gekostet|kosten|schuld\w*|dépens\w*|payé\w*|gast\w*|"
    r"pagad\w*|buy|orders?|merchants?|where|pending)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:balances?|holds?|worth|have|has|had|left|remain\w*|saved|savings?|available|receiv\w*|"
    r"incomes?|earn\w*|deposits?|got|salary|pay ?che\w+|net|gain\w*|surplus|assets?|own|total of|"
    r"saldo|einnahmen|guthaben|vermögen|change)\b",
    re.IGNORECASE,
)
Mark = Literal["", "about", "over", "under"]


def direction(found: Found, layout: Layout) -> Literal[-1, 0, 1]:
    """Whether the figure is said to be a rise or a fall; 0 where nothing is said of that."""
    if found.sign:
        return found.sign
    start, end = layout.sentence(found.start)
    if _MORE_THAN_ALL.match(layout.text, found.end):
        return 0
    before = layout.text[max(start, found.start - 40) : found.start]
    after = layout.text[found.end : min(end, found.end + 28)]
    about = rf"(?:(?:{_ABOUT}|by|of|a|an|another) ?)*[(*]*[ \u00a0]*$"
    for words, way in ((f"{_UP}|{_RISE}", 1), (f"{_DOWN}|{_FALL}", -1)):
        said = rf"(?<!make )(?<!makes )(?<!made )\b(?:{words})[ \u00a0]+{about}"
        if re.search(said, before, re.IGNORECASE) and not _COMPARES.search(before):
            return 1 if way == 1 else -1
    follows = r"[*)]*[ \u00a0](?:(?:of|on|in) )?(?:{})\b(?! (?:of|over)\b)"
    if re.match(follows.format(f"{_UP}|{_RISE}"), after, re.IGNORECASE):
        return 1
    if re.match(follows.format(f"{_DOWN}|{_FALL}"), after, re.IGNORECASE):
        return -1
    return 0


def reads_negative(found: Found, layout: Layout) -> bool:
    """Whether the words make an unsigned amount one that went out or is owed."""
    cell = layout.cell(found.start)
    if cell:
        return any(
            _nearest(words, "") is _OUT
            for words in (cell.title, layout.lead_in(cell.start), cell.first)
            if _nearest(words, "")
        )
    start, end = layout.sentence(found.start)
    nearest = _nearest(layout.text[start : found.start], layout.text[found.end : end])
    if nearest is None:
        nearest = _nearest(layout.lead_in(start if start else 0), "")
    return nearest is _OUT


def _nearest(before: str, after: str) -> re.Pattern[str] | None:
    """Which kind of word stands nearest to the figure, first of all before it."""
    last = [
        (matches[-1].end(), kind)
        for kind in (_OUT, _HELD)
        if (matches := list(kind.finditer(before)))
    ]
    if last:
        return max(last, key=lambda each: each[0])[1]
    first = [(match.start(), kind) for kind in (_OUT, _HELD) if (match := kind.search(after))]
    return min(first, key=lambda each: each[0])[1] if first else None


def mark(found: Found, layout: Layout) -> Mark:
    """How a rounded figure is marked: "about $400", "over $400", "~$400", "$1.2k"."""
    before = layout.text[max(0, found.start - _NEAR) : found.start]
    end = r"[ \u00a0]*[*(]*$"
    if re.search(rf"\b(?:{_OVER}){end}", before, re.IGNORECASE):
        return "over"
    if re.search(rf"\b(?:{_UNDER}){end}", before, re.IGNORECASE):
        return "under"
    if found.scaled or re.search(rf"(?:\b(?:{_ABOUT})|[~≈]){end}", before, re.IGNORECASE):
        return "about"
    after = layout.text[found.end : found.end + 14]
    return "about" if re.match(r"[ \u00a0](?:or so|rounded|roughly)\b", after) else ""


def is_bound(found: Found, layout: Layout) -> bool:
    """Whether the figure is one that others are compared with: "over $100", "between 5 and 10"."""
    before = layout.text[max(0, found.start - 60) : found.start]
    return bool(_BOUND.search(before[-_NEAR:]) or _BOUND_RANGE.search(before))
