"""Paying off debt."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="payoff",
        family=Family.DEBT,
        title="When a debt is paid off",
        cues="""
            87 paid off
            87 pay off ... {amount}
            87 when ... pay off
            87 how long ... pay off
            87 debt free
            87 debt-free
            87 if ~i pay {amount}
            87 payoff
            87 {amount} a/per/every/each/monthly month? ... gone/done/off
            87 when .. .. .. gone
        """,
        never="""
            avalanche/snowball
            what did i pay/paid off
            how much ... pay/paid off
            principal
        """,
        answer=cannot_yet,
        examples=(
            "When is Rewards Credit Card paid off at $250 a month?",
            "when will my credit card be paid off if I pay $250 a month",
            "how long until my credit card is paid off at $250 per month?",
            "pay off my credit card with $250 a month, when am I done",
            "if I pay $250 monthly on my credit card, when is it gone?",
            "when will I be debt free",
            "when is my credti card paid off at $250 a month",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="strategies",
        family=Family.DEBT,
        title="Avalanche and snowball",
        cues="""
            92 avalanche/snowball
            88 which debt/loan/card ... first
            88 order ... pay ... debts
        """,
        answer=cannot_yet,
        examples=(
            "Avalanche or snowball? Show both totals",
            "should I use avalanche or snowball, what does each cost",
            "compare avalanche and snowball for my debts",
            "snowball vs avalanche",
            "which is cheaper, avalanche or snowball?",
            "avalanche",
            "avalnche or snowball",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="utilisation",
        family=Family.DEBT,
        title="Credit utilisation",
        cues="""
            84 utilisation/utilization
            84 of .. .. limit
            84 credit limit
            84 limit ... using/used/use
            84 how much .. .. available credit
            84 maxed
        """,
        answer=cannot_yet,
        examples=(
            "What's my credit utilisation?",
            "credit utilization of my credit card",
            "how much of my limit on Rewards Credit Card am I using, in percent",
            "what percent of the limit on my credit card is used?",
            "my credit limit",
            "is my card maxed out",
            "credit utilistion",
        ),
    ),
    Kind(
        name="credit_score",
        family=Family.DEBT,
        title="The credit score",
        cues="""
            89 credit score/rating/report
            89 {name} score
            89 fico/schufa/experian/equifax
        """,
        answer=cannot_yet,
        examples=(
            "what is my credit score",
            "my credit rating",
            "how good is my credit score",
            "did my credit score change",
            "show my credit report",
            "what's my FICO score",
            "my credit scroe",
        ),
    ),
)
