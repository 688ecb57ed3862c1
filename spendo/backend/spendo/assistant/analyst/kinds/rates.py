"""Which exchange rates were used."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="rates",
        family=Family.CURRENCIES,
        title="Which rate was used",
        cues="""
            98 rate/rates did you use
            98 rate did you
            98 exchange/conversion rate/rates
            98 rate/rates ... ~i ... have
            98 rate/rates do you have/know/use
            98 yen/euro/euros/dollar/dollars/pound/pounds/franc rate/rates
            98 francs/dinar/dinars/usd/eur/jpy/gbp/chf/kwd rate/rates
            98 rate/rates for/of/to/from yen/euro/euros/dollar/dollars/pound/pounds
            98 rate/rates for/of/to/from usd/eur/jpy/gbp/chf/kwd/dinars
            98 how did you convert
            98 converted
        """,
        never="""
            interest/savings/saving/tax
            current/today/now
        """,
        answer=cannot_yet,
        examples=(
            "Which rate did you use for yen on 14 April 2026?",
            "what exchange rate did you use for euros on 14 April 2026",
            "yen rate on 14 April 2026",
            "what was the yen exchange rate on 14 April 2026?",
            "which euro rate do you have for 14 April 2026",
            "how did you convert the yen",
            "wich rate did you use for yen yesterday",
        ),
    ),
)
