"""Amounts as banks write them: `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`, `(12.00)`, `12.00-`.

Exact decimals in, exact decimals out. Which mark is the decimal one is found out from a whole
column, because `1,234` alone does not say.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from spendo.ledger.imports.errors import ImportRefused, RowFault

DecimalMark = Literal[".", ","]
MARKS: tuple[DecimalMark, ...] = (".", ",")

_LONGEST = 40
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}\N{FULLWIDTH HYPHEN-MINUS}\N{FIGURE DASH}"
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}"
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_SYMBOLS = {"€": "EUR", "£": "GBP", "₹": "INR", "₺": "TRY", "₪": "ILS", "₩": "KRW", "₽": "RUB"}
_DOLLARS = {
    "US": "USD", "CA": "CAD", "C": "CAD", "AU": "AUD", "A": "AUD", "NZ": "NZD", "HK": "HKD",
    "SG": "SGD", "S": "SGD", "NT": "TWD", "MX": "MXN", "R": "BRL",
}  # fmt: skip
_NAMES = {
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "lei": "RON",
    "Fr.": "CHF",
    "Rs.": "",
    "Rs": "",
    "kr": "",
    "kr.": "",
}
"""What several countries call their money says no currency."""
_NAMED = re.compile(
    rf"^({'|'.join(_DOLLARS)})\$|^({'|'.join(map(re.escape, _NAMES))})(?=[\s\d-])"
    rf"|(?<=[\s\d])({'|'.join(map(re.escape, _NAMES))})$"
)
_DEBIT_OR_CREDIT = re.compile(r"\s*\b(CR|DR)\.?$", re.IGNORECASE)
_CODE = re.compile(r"^([A-Z]{3})\b\s*|\s*\b([A-Z]{3})$")


@dataclass(frozen=True, slots=True)
class Amount:
    """`currency` is the code or symbol that stood beside the number, or ""."""

    value: Decimal
    currency: str = ""


def parse_amount(text: str, mark: DecimalMark) -> Amount:
    """The exact amount. Raises RowFault for what is no number: `1e309`, `NaN`, `1,23,4`."""
    rest = text.strip(_SPACES + "\t")
    if not rest or len(rest) > _LONGEST:
        raise _no_amount(text)
    currency, signs = "", 0
    negative = False
    if found := _DEBIT_OR_CREDIT.search(rest):
        signs += 1
        negative |= found[1].upper() == "DR"
        rest = rest[: found.start()]
    for _ in range(3):  # a sign may stand before or behind the currency
        rest, taken = _without_sign(rest)
        if taken:
            signs += 1
            negative |= taken == "-"
        rest, code = _without_currency(rest)
        if code and currency:
            raise _no_amount(text)
        currency = currency or code
        if rest.startswith("(") and rest.endswith(")"):
            rest, negative, signs = rest[1:-1].strip(_SPACES), True, signs + 1
    digits = _plain(rest, mark)
    if digits is None or signs > 1:
        raise _no_amount(text)
    value = Decimal(digits)
    return Amount(-value if negative and value else value, currency)


def looks_like_amount(text: str) -> bool:
    """Whether it is an amount with one of the marks."""
    for mark in MARKS:
        try:
            parse_amount(text, mark)
        except RowFault:
            continue
        return True
    return False


def is_negative(text: str) -> bool:
    """Whether there is a sign of money out at an amount, in whichever way it is written."""
    rest = text.strip(_SPACES)
    signs = any(letter in _MINUS for letter in rest) or rest.startswith("(") or "$(" in rest
    found = _DEBIT_OR_CREDIT.search(rest)
    return signs or found is not None


class MarkVotes:
    """Finds out the decimal mark of a column from all its values."""

    def __init__(self) -> None:
        self._votes: dict[str, str] = {}
        self._unsure = ""

    def observe(self, text: str) -> None:
        kept = "".join(letter for letter in text if letter in "0123456789.,")
        mark, sure = _mark_of(kept)
        if mark and sure:
            self._votes.setdefault(mark, text)
        elif mark:
            self._unsure = self._unsure or text

    def decide(self) -> DecimalMark:
        """Raises ImportRefused if the column leaves it open."""
        if len(self._votes) > 1:
            one, other = (_shown(text) for text in self._votes.values())
            raise _ask(f"The amounts {one} and {other} are written in two ways.")
        for mark in MARKS:
            if mark in self._votes:
                return mark
        if self._unsure:
            raise _ask(f"The amount {_shown(self._unsure)} can be read in two ways.")
        return "."


def _mark_of(kept: str) -> tuple[str, bool]:
    """The decimal mark that the digits and marks of one amount show, and whether for sure."""
    dots, commas = kept.count("."), kept.count(",")
    if dots and commas:
        last = max(kept.rfind("."), kept.rfind(","))
        return kept[last], True
    if not dots and not commas:
        return "", False
    mark = "." if dots else ","
    if max(dots, commas) > 1:
        return ("," if mark == "." else "."), True
    before, _, after = kept.partition(mark)
    is_group = len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0")
    return mark, not is_group


def _without_sign(text: str) -> tuple[str, str]:
    for sign, letters in (("-", _MINUS), ("+", "+")):
        if text[:1] and text[0] in letters:
            return text[1:].strip(_SPACES), sign
        if text[-1:] and text[-1] in letters:
            return text[:-1].strip(_SPACES), sign
    return text, ""


def _without_currency(text: str) -> tuple[str, str]:
    for end in (text[:1], text[-1:]):
        if end and unicodedata.category(end) == "Sc":
            rest = text[1:] if text.startswith(end) else text[:-1]
            return rest.strip(_SPACES), _SYMBOLS.get(end, "")
    if found := _NAMED.search(text):
        rest = text[: found.start()] + text[found.end() :]
        name = found[2] or found[3]
        return rest.strip(_SPACES), _NAMES[name] if name else _DOLLARS[found[1]]
    if found := _CODE.search(text):
        rest = text[: found.start()] + text[found.end() :]
        return rest.strip(_SPACES), found[1] or found[2]
    return text, ""


def _patterns(mark: DecimalMark) -> re.Pattern[str]:
    point = re.escape(mark)
    between = re.escape(_SPACES + _APOSTROPHES + ("," if mark == "." else "."))
    fraction = rf"(?:{point}[0-9]*)?"
    by_three = rf"[0-9]{{1,3}}([{between}])[0-9]{{3}}(?:\1[0-9]{{3}})*{fraction}"
    indian = rf"[0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}{fraction}" if mark == "." else r"(?!)"
    return re.compile(rf"{by_three}|{indian}|[0-9]+{fraction}|{point}[0-9]+")


_NUMBER: dict[DecimalMark, re.Pattern[str]] = {mark: _patterns(mark) for mark in MARKS}


def _plain(text: str, mark: DecimalMark) -> str | None:
    """The digits with a point, or None if they are not grouped as numbers are."""
    if not _NUMBER[mark].fullmatch(text):
        return None
    whole, _, fraction = text.partition(mark)
    digits = "".join(letter for letter in whole if letter.isdigit())
    return f"{digits or '0'}.{fraction or '0'}" if fraction else digits or "0"


def _shown(text: str) -> str:
    return f"“{text.strip()[:_LONGEST]}”"


def _no_amount(text: str) -> RowFault:
    return RowFault(f"{_shown(text)} is not an amount." if text.strip() else "There is no amount.")


def _ask(found: str) -> ImportRefused:
    return ImportRefused(
        f"{found} Say which mark comes before the decimals.",
        code="ambiguous_amounts",
        choices=MARKS,
    )
