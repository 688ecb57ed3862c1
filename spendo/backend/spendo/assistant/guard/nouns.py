"""What a number counts: the noun that follows it."""

from __future__ import annotations

import re

from spendo.assistant.guard.found import Noun

_TRANSACTIONS = frozenset({
    "transaction", "payment", "purchase", "deposit", "charge", "row", "entry", "expense",
    "debit", "credit", "refund", "record", "transaktion", "zahlung", "buchung", "ausgabe",
    "paiement", "opération", "pago", "compra",
})  # fmt: skip
_ACCOUNTS = frozenset({
    "account", "konto", "compte", "cuenta",
})  # fmt: skip
_TIME = frozenset({
    "day", "week", "month", "quarter", "year", "hour", "minute", "night", "weekend", "tag",
    "tage", "woche", "monat", "jahr", "jour", "semaine", "mois", "an", "año", "mes", "día",
    "semana",
})  # fmt: skip
_NONE = frozenset({
    "of", "in", "on", "at", "to", "from", "and", "or", "the", "is", "are", "was", "were",
    "for", "by", "with", "as", "than", "per", "a",
})  # fmt: skip
_NEXT_WORDS = re.compile(r"(?:[ \u00a0*-]+([^\W\d_]+(?:'s)?))")
_WORDS_AHEAD = 4


def counted_noun(text: str, end: int) -> Noun:
    """What the words after a number say that it counts."""
    position, thing = end, False
    for _ in range(_WORDS_AHEAD):
        match = _NEXT_WORDS.match(text, position)
        if not match:
            break
        word = match[1].casefold()
        if word in _NONE:
            break
        known = kind_of(word)
        if known:
            return known
        thing, position = True, match.end()
    return "things" if thing else ""


def kind_of(word: str) -> Noun:
    """The kind of a noun in the singular or plural; "" for one that the guard does not know."""
    folded = word.casefold()
    for form in (folded, folded.removesuffix("s"), folded.removesuffix("en"),
                 folded.removesuffix("n"), folded.removesuffix("ies") + "y"):  # fmt: skip
        if form in _TRANSACTIONS:
            return "transactions"
        if form in _ACCOUNTS:
            return "accounts"
        if form in _TIME:
            return "time"
    return ""


def heads_counts(title: str) -> bool:
    """Whether a column with this title holds counts."""
    words = re.findall(r"[^\W\d_]+|#", title.casefold())
    return any(
        word in ("#", "count", "number", "times", "qty", "anzahl", "no") or kind_of(word)
        for word in words
    )
