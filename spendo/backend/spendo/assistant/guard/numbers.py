"""Figures written in digits: amounts with any sign, percentages, counts, ordinals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from spendo.assistant.guard import currencies
from spendo.assistant.guard.found import Found, FoundKind
from spendo.assistant.guard.visible import ODD

_RUN = re.compile(r"\d+(?:[.,'\u00a0]\d+)*|(?<![\d.,])[.,]\d+")
_SPACED_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,3})?(?![\d.,]\d| \d)")
_SCALES = {
    "k": 3, "tsd": 3, "thousand": 3, "grand": 3, "tausend": 3,
    "m": 6, "mn": 6, "mio": 6, "mln": 6, "million": 6, "millions": 6, "millionen": 6,
    "bn": 9, "mrd": 9, "billion": 9, "billions": 9,
}  # fmt: skip
_SCALE = re.compile(
    r"(?:[ \u00a0]?(k|K|M|mn|bn|Mio|mio|mln|Mrd|Tsd)|[ \u00a0-]"
    r"(thousand|grand|millions?|billions?|tausend|millionen))(?![^\W_])",
    re.IGNORECASE,
)
PERCENT = re.compile(
    r"[ \u00a0]?(?:%|‰)|[ \u00a0-](?:percentage points?|percent|per cent|pct|pp|prozent)(?![^\W_])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![^\W_])")
_TIMES = re.compile(r"[ \u00a0]?[x×](?![^\W_])")
_MONEY_WORD = re.compile(r"[ \u00a0-]([^\W\d_]+)")
_GLUED = re.compile(r"[^\W_]")
_SIGN = re.compile(r"(?P<sign>[−+–-])[ \u00a0]?$")
_SIGN_WORD = re.compile(r"\b(?P<word>minus|negative|plus|positive)[ \u00a0]$", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s|]+")
_FREE = " \u00a0\n\t([|:;,=/>“\"'*~≈"


def find_numbers(text: str, taken: Iterable[tuple[int, int]]) -> list[Found]:
    """Every figure in digits outside the spans that are taken, and every sign in disguise."""
    spans = list(taken)
    found = [
        Found("odd", start, end)
        for start, end in _disguised(text)
        if not any(since < end and start < until for since, until in spans)
    ]
    spans += [(each.start, each.end) for each in found]
    position = 0
    while match := _RUN.search(text, position):
        position = match.end()
        if any(since < match.end() and match.start() < until for since, until in spans):
            continue
        read = _read(text, match)
        found.append(read)
        position = max(position, read.end)
    return sorted(found, key=lambda each: each.start)


def _disguised(text: str) -> Iterator[tuple[int, int]]:
    """The words that hold a sign which reads as a number and is none."""
    if ODD in text:
        for token in _TOKEN.finditer(text):
            if ODD in token.group():
                yield token.span()


def _read(text: str, run: re.Match[str]) -> Found:
    start, end = run.span()
    if text[start - 1 : start].isalpha() and not _code_before(text, start):
        return _glued(text, start, end)
    spaced = _SPACED_GROUPS.match(text, start)
    if spaced and (_money_before(text, start) or money_after(text, spaced.end())):
        end = spaced.end()
    digits = text[start:end]
    scale = _SCALE.match(text, end)
    power = _SCALES[(scale[1] or scale[2]).casefold()] if scale else 0
    end = scale.end() if scale else end

    inner, first = sign_before(text, start)
    before, after = _money_before(text, first), money_after(text, end)
    if before and inner:  # "$-250"
        start = first
    else:
        inner = 0
    meant: tuple[str, ...] | None = None
    parts = 1
    if before:
        meant, start = before[0], before[1]
    if after:
        meant, parts, end = _both(meant, after[0]), after[1], after[2]
    is_money = bool(before or after)
    sign, start = sign_before(text, start)
    sign = sign or inner

    kind: FoundKind = "money" if is_money else "number"
    if not is_money and (percent := PERCENT.match(text, end)):
        kind, end = "percent", percent.end()
    elif not is_money and (ordinal := _ORDINAL.match(text, end)):
        kind, end = "ordinal", ordinal.end()
    elif not is_money and (times := _TIMES.match(text, end)):
        kind, end = "ratio", times.end()
    elif _GLUED.match(text, end) and not (before and text[end].isalpha() and text[end - 1] == " "):
        return _glued(text, start, end)
    values, step = readings(digits, finest=_finest(meant) if is_money else None)
    shift = Decimal(10) ** power / parts
    if not values:
        kind = "odd"
    start, end, sign = _brackets(text, start, end, sign, kind)
    return Found(
        kind,
        start,
        end,
        tuple(value * shift for value in values),
        sign,
        step * shift,
        meant or None,
        scaled=power > 0,
    )


def readings(digits: str, *, finest: int | None) -> tuple[tuple[Decimal, ...], Decimal]:
    """All values that the digits can be read as, and the place of the last one shown.

    `finest` is the number of decimals that an amount can have; None for what is no amount. Digits
    that nobody writes so ("4,12.50") have no value.
    """
    marks = [c for c in digits if not c.isdigit()]
    groups = re.split(r"\D", digits)
    if not marks:
        return (Decimal(digits),), place(digits)
    last = groups[-1]
    whole, decimal = "".join(groups), Decimal(f"{''.join(groups[:-1]) or '0'}.{last}")
    steps = Decimal(1).scaleb(-len(last))
    grouped = _is_grouped(groups) and len(set(marks)) == 1
    if len(set(marks)) > 1:
        fine = marks.count(marks[-1]) == 1 and marks[-1] in ".," and _is_grouped(groups[:-1])
        return ((decimal,), steps) if fine and len(set(marks)) == 2 else ((), steps)
    if len(marks) > 1:
        return ((Decimal(whole),), place(whole)) if grouped else ((), steps)
    if marks[0] not in ".,":
        return ((Decimal(whole),), place(whole)) if grouped else ((), steps)
    if not grouped:
        return (decimal,), steps
    if finest is not None and finest < 3:
        return (Decimal(whole),), place(whole)
    return (Decimal(whole), decimal), min(steps, place(whole))


def _is_grouped(groups: list[str]) -> bool:
    """Groups of thousands; the Indian way has two digits in all groups but the last."""
    head, *rest = groups
    if not rest:
        return True
    if not 1 <= len(head) <= 3 or (head.startswith("0")) or len(rest[-1]) != 3:
        return False
    return all(len(group) == 3 for group in rest) or all(len(group) == 2 for group in rest[:-1])


def place(whole: str) -> Decimal:
    """The place of the last digit that is not zero: 100 for "400"."""
    zeros = len(whole) - len(whole.rstrip("0"))
    return Decimal(10) ** (zeros if zeros < len(whole) else 0)


def _finest(meant: tuple[str, ...] | None) -> int:
    from spendo.ledger.money import MoneyError, exponent

    try:
        return exponent(meant[0]) if meant else 2
    except MoneyError:
        return 2


def _code_before(text: str, start: int) -> bool:
    return bool(currencies.before_number().search(text, max(0, start - 6), start))


def _money_before(text: str, start: int) -> tuple[tuple[str, ...], int] | None:
    match = currencies.before_number().search(text[max(0, start - 7) : start])
    if not match:
        return None
    sign = match["sign"]
    return currencies.meanings().get(sign, (sign,)), max(0, start - 7) + match.start()


def money_after(text: str, end: int) -> tuple[tuple[str, ...] | None, int, int] | None:
    """Currencies, how many of the named coins make one unit, and where the sign or word ends."""
    ahead = text[end : end + 14]
    if match := currencies.after_number().match(ahead):
        sign = match["sign"]
        return currencies.meanings().get(sign, (sign,)), 1, end + match.end()
    word = _MONEY_WORD.match(ahead)
    if word and (known := currencies.of_word(word[1])):
        return known[0], known[1], end + word.end()
    return None


def _both(before: tuple[str, ...] | None, after: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """What "$12 CAD" means: the dollars that are Canadian."""
    if before is None or after is None:
        return before or after
    return tuple(code for code in before if code in after) or ("",)


def sign_before(text: str, start: int) -> tuple[Literal[-1, 0, 1], int]:
    """The sign before a figure; a dash that joins two figures or words is none."""
    if word := _SIGN_WORD.search(text, max(0, start - 10), start):
        return (-1 if word["word"].casefold() in ("minus", "negative") else 1), word.start()
    match = _SIGN.search(text, max(0, start - 2), start)
    if not match:
        return 0, start
    before = text[match.start() - 1 : match.start()]
    spaced = text[match.end() - 1] in " \u00a0"
    if (before and before not in _FREE and not _is_currency(before)) or (
        spaced and match["sign"] in "–-"
    ):
        return 0, start
    if match["sign"] in "–-" and before and _ends_figure(text, match.start()):
        return 0, start
    return (1 if match["sign"] == "+" else -1), match.start()


def _is_currency(character: str) -> bool:
    return unicodedata.category(character) == "Sc"


def _ends_figure(text: str, end: int) -> bool:
    """Whether the words before are a figure, so that a dash makes a range: "$10 –$20"."""
    return bool(re.search(r"[\d%€£)][ \u00a0]$", text[max(0, end - 3) : end]))


def _brackets(
    text: str, start: int, end: int, sign: Literal[-1, 0, 1], kind: FoundKind
) -> tuple[int, int, Literal[-1, 0, 1]]:
    """Accounting's brackets are a minus where nothing but the amount stands in its place."""
    if sign or kind not in ("money", "number") or text[start - 1 : start] != "(":
        return start, end, sign
    if text[end : end + 1] != ")":
        return start, end, sign
    before = text[: start - 1].rstrip(" \u00a0*")
    after = text[end + 1 :].lstrip(" \u00a0*")
    stated = re.search(r"(?:\b(?:is|was|of|at|stands at)|[:=|])$", before, re.IGNORECASE)
    if stated or (not before and not after):
        return start - 1, end + 1, -1
    if before.endswith("\n") and (not after or after[0] in "|\n"):
        return start - 1, end + 1, -1
    return start, end, sign


def _glued(text: str, start: int, end: int) -> Found:
    """Digits that are part of a word: "1O0", "l00", "PS5"."""
    while start and (text[start - 1].isalnum()):
        start -= 1
    while end < len(text) and (
        text[end].isalnum() or (text[end] in ".,'" and text[end + 1 : end + 2].isalnum())
    ):
        end += 1
    return Found("odd", start, end)


def spans(found: Iterable[Found]) -> Iterator[tuple[int, int]]:
    for each in found:
        yield each.start, each.end
