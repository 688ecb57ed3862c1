"""Which exchange rates were used, and what an amount is at one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import (
    AnswerNowError,
    Call,
    Plan,
    ask,
    period_text,
    try_ask,
)
from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.understanding.amounts import CURRENCIES
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import bold, day, money, problem
from spendo.assistant.tools.envelope import ErrorEnvelope
from spendo.assistant.tools.envelope.rates import RateEnvelope

_CODES = "yen/euro/euros/dollar/dollars/pound/pounds/usd/eur/jpy/gbp/chf/kwd"
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
NONE_CONVERTED = "All your accounts are in one currency, so nothing is converted."


def read(question: Question, heard: Heard) -> Question | None:
    said = dict.fromkeys(CURRENCIES[word] for word in heard.whole if word in CURRENCIES)
    written = next((w.upper() for w in (each.text for each in question.names) if _is_code(w)), None)
    # A code that nobody knows is asked for all the same: it is said then that there is none.
    codes = list(dict.fromkeys([*([written] if written else []), *said]))
    if question.amount is not None:
        of = _currency_of_amount(heard.whole)
        if of is None and not codes:
            return None  # an amount of what?
        codes = list(dict.fromkeys([*([of] if of else []), *codes]))
    other = tuple(Name(code) for code in codes[1:2])  # "dollars to yen"
    return replace(question, currency=codes[0] if codes else None, names=other)


def _currency_of_amount(words: Sequence[str]) -> str | None:
    """That of "$250" and of "250 euros"."""
    for word, behind in zip(words, (*words[1:], ""), strict=True):
        if word[:1] in _SIGNS:
            return _SIGNS[word[0]]
        if word[:1].isdigit() and behind in CURRENCIES:
            return CURRENCIES[behind]
    return None


def _is_code(text: str) -> bool:
    return len(text) == 3 and text.isalpha() and text.isupper()


def answer(question: Question) -> Plan:
    on = yield from period_text(question.when, "")
    arguments: dict[str, object] = {"currency": question.currency} if question.currency else {}
    if on:
        arguments["on"] = on
    if question.amount is not None and question.currency:
        arguments["amount"] = str(question.amount)
    found = yield from try_ask(RateEnvelope, Call("exchange_rate", arguments))
    if isinstance(found, ErrorEnvelope):
        if found.error.code == "no_other_currency":
            return NONE_CONVERTED
        raise AnswerNowError(problem(found))
    same = found.rate and found.rate.base == found.rate.quote
    if same and question.names:  # the first was the currency of all totals
        arguments["currency"] = question.names[0].text
        if found.amount:
            arguments["from_own"] = True
        found = yield from ask(RateEnvelope, Call("exchange_rate", arguments))
    if found.rate and found.amount and found.rate.base == found.rate.quote:
        return (
            f"{found.currency} is the currency of your totals, so {money(found.amount)} is not "
            "converted. Name another currency, and I say what it is in that."
        )
    if found.rate is None:
        text = (
            f"No rate of {found.currency} is known for {found.words}, so money in it is in no "
            "total of that day. I never count it as if it were your own currency."
        )
        if (newest := found.newest) is not None:
            text += f" The newest I have is of {day(newest.date)}: one {newest.base} was "
            text += f"{newest.rate} {newest.quote}."
        return text
    rate = found.rate
    if found.amount and found.converted:
        text = f"On {found.words} {money(found.amount)} counts as {bold(found.converted)}: one "
        text += f"{rate.base} is {rate.rate} {rate.quote}"
    else:
        text = f"On {found.words} one {rate.base} counts as **{rate.rate}** {rate.quote}"
    if rate.date != found.on:
        text += f", the rate of {day(rate.date)}: the nearest day before it that has one"
    wanted = question.names[0].text if question.names else rate.quote
    if wanted not in (rate.base, rate.quote):
        text += f". I have rates into {rate.quote}, which your totals are in, and not {wanted}"
    return f"{text}. Totals convert each transaction at the rate of its own day."


KINDS = (
    Kind(
        name="rates",
        family=Family.CURRENCIES,
        title="Which rate was used",
        cues=f"""
            92 ^ {_CODES} to/into/vs {_CODES} $
            92 ^ how much is/are/was/were .. .. {_CODES} in/to/into {_CODES}
            92 ^ what is/are/was/were .. .. {_CODES} in/to/into {_CODES}
            92 ^ how much is/are/was/were {{amount}} in/to/into {_CODES}
            92 ^ what is/are/was/were {{amount}} in/to/into {_CODES}
            92 ^ how much is/are/was/were {{amount}} worth in {_CODES}
            92 ^ what is/are/was/were {{amount}} worth in {_CODES}
            92 ^ how many {_CODES} is/are/was/were {{amount}}
            92 ^ how much/many would {{amount}} be in {_CODES}
            92 ^ how much/many {_CODES} would {{amount}} be
            92 ^ how much is/are/was/were {{amount}} worth
            92 ^ what is/are/was/were {{amount}} worth
            92 ^ how much is/are {{amount}} $
            92 ^ convert {{amount}} in/to/into {_CODES}
            92 ^ {{amount}} in/to/into {_CODES} $
            92 rate/rates did you use
            92 rate did you
            66 exchange/conversion rate/rates
            66 rate/rates ... ~i ... have
            66 rate/rates do you have/know/use
            66 yen/euro/euros/dollar/dollars/pound/pounds/franc rate/rates
            66 francs/dinar/dinars/usd/eur/jpy/gbp/chf/kwd rate/rates
            66 rate/rates for/of/to/from yen/euro/euros/dollar/dollars/pound/pounds
            66 rate/rates for/of/to/from usd/eur/jpy/gbp/chf/kwd/dinars
            66 how did you convert
        """,
        never="""
            interest/savings/saving/tax
            current/today/now
        """,
        read=read,
        answer=answer,
        examples=(
            "Which rate did you use for yen on 14 April 2026?",
            "what exchange rate did you use for euros on 14 April 2026",
            "yen rate on 14 April 2026",
            "what was the yen exchange rate on 14 April 2026?",
            "which euro rate do you have for 14 April 2026",
            "how did you convert the yen",
            "how much was 12,000 yen in dollars on 14 April 2026",
            "wich rate did you use for yen yesterday",
        ),
    ),
)
