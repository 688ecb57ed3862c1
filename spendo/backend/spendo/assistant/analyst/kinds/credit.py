"""How full the cards are, and what of credit is not in the records."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.debt import debt_plan, read
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import Plan
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.wording import money, name, names, percent_text, plain, table
from spendo.assistant.tools.envelope.debts import CardUsePart

NO_SCORE = (
    "A credit score is kept by credit bureaus and is not in your records, so I do not know it. I "
    "can say how much of your cards’ limits is used."
)


def utilisation(question: Question) -> Plan:
    chosen = yield from look_up(question, first="in")
    found = yield from debt_plan(replace(question, amount=None), "avalanche", Filter())
    use = found.utilisation
    cards = [card for card in use.cards if not chosen.accounts or card.account in chosen.accounts]
    if not cards:
        what = names(chosen.accounts) if chosen.accounts else "Your records"
        return f"{what} has no credit limit: it is not a credit card."
    if len(cards) == 1:
        return _one(cards[0])
    if use.percent is None:
        return (
            f"The limit of {names(card.account for card in cards)} is not known, so I cannot say "
            "how much of it is used."
        )
    rows = (
        (
            name(card.account),
            percent_text(card.percent) if card.percent else "limit not known",
            money(card.used),
            money(card.limit) if card.limit else "—",
        )
        for card in cards
    )
    return (
        f"**{percent_text(use.percent)}** of your cards’ limits is used: {money(use.used)} of "
        f"{money(use.limit)}.\n\n" + table(("Card", "Used", "Owed", "Limit"), rows, right=(1, 2, 3))
    )


def _one(card: CardUsePart) -> str:
    if card.limit is None or card.percent is None:
        return (
            f"The limit of {name(card.account)} is not known, so I cannot say how much of it is "
            "used. Enter the limit with the account, then ask again."
        )
    return (
        f"**{percent_text(card.percent)}** of the limit of {name(card.account)} is used: "
        f"{plain(card.used)} of {money(card.limit)}."
    )


KINDS = (
    Kind(
        name="utilisation",
        family=Family.DEBT,
        title="Credit utilisation",
        cues="""
            84 utilisation/utilization
            92 available/remaining credit
            92 how much credit .. .. .. left/available
            84 of .. .. limit
            84 credit limit
            84 limit ... using/used/use
            84 how much .. .. available credit
            84 maxed
        """,
        read=read,
        answer=utilisation,
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
        answer=says(NO_SCORE),
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
