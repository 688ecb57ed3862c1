"""The currencies that a sign, a code or a word can stand for."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.numbers import get_currency_symbol

# Where people write about their own money with these signs.
_LOCALES = (
    "en_US en_CA en_AU en_GB en_IN de_DE de_CH fr_FR es_MX ja_JP zh_CN ko_KR pt_BR pl_PL cs_CZ "
    "hu_HU sv_SE nb_NO da_DK tr_TR uk_UA he_IL"
)
_WORDS = {
    "dollar": ("$", 1),
    "dollars": ("$", 1),
    "bucks": ("$", 1),
    "euro": ("€", 1),
    "euros": ("€", 1),
    "pound": ("£", 1),
    "pounds": ("£", 1),
    "yen": ("¥", 1),
    "francs": ("CHF", 1),
    "franken": ("CHF", 1),
    "rupees": ("₹", 1),
    "cent": ("", 100),
    "cents": ("", 100),
    "pence": ("£", 100),
}
_SHORT_WORDS = frozenset({"zł", "Kč", "Ft", "kr", "Rs", "元", "円"})
_ALWAYS_WRITTEN_SO = {"C$": "CAD", "S$": "SGD", "Fr.": "CHF", "Rs": "INR", "Rs.": "INR"}


@cache
def codes() -> frozenset[str]:
    return frozenset(
        code for code in map(str, Locale("en").currencies) if re.fullmatch("[A-Z]{3}", code)
    )


@cache
def meanings() -> dict[str, tuple[str, ...]]:
    """For each sign and code the currencies it can mean, the one it means in English first."""
    found: dict[str, list[str]] = {}
    for locale in _LOCALES.split():
        for code in codes():
            symbol = get_currency_symbol(code, locale)
            if not symbol.isalpha() or symbol in codes() or symbol in _SHORT_WORDS:
                known = found.setdefault(symbol, [])
                if code not in known:
                    known.append(code)
    for symbol, code in _ALWAYS_WRITTEN_SO.items():
        found.setdefault(symbol, [code])
    found["$"] += [code for code in _dollars() if code not in found["$"]]
    return {symbol: tuple(meant) for symbol, meant in found.items()}


def _dollars() -> list[str]:
    return [code for code in sorted(codes()) if get_currency_symbol(code, "en_US").endswith("$")]


def of_word(word: str) -> tuple[tuple[str, ...] | None, int] | None:
    """The currencies of "dollars" and how many of these make one unit: 100 for "cents".

    None if it is no word for money; no currencies for a word that every currency shares.
    """
    known = _WORDS.get(word.casefold())
    if known is None:
        return None
    symbol, parts = known
    return (meanings()[symbol] if symbol else None), parts


@cache
def _signs() -> str:
    signs = sorted({*meanings(), *codes()}, key=len, reverse=True)
    return "|".join(map(re.escape, signs))


@cache
def before_number() -> re.Pattern[str]:
    """A sign or code at the very end of a text: "US$" in "paid US$ "."""
    return re.compile(rf"(?:(?<![^\W\d_])(?P<sign>{_signs()}))[ \u00a0]?$")


@cache
def after_number() -> re.Pattern[str]:
    """A sign or code at the very beginning of a text: "€" in " € in May"."""
    return re.compile(rf"[ \u00a0]?(?P<sign>{_signs()})(?![^\W\d_])")
