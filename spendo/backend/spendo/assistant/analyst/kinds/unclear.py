"""Questions back, and messages that cannot be read at all."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import NOT_READ, says
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Plan
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.wording import name, to_ask

BAD_PERIOD = (
    "I cannot tell which dates you mean, or they have not come yet. Try a period such as last "
    "month, May 2026, or the last 30 days."
)
TOO_LONG = "That is too long for me to read. Ask it in a short sentence."
NOT_WORDS = (
    "I can only read questions in English words. Ask me about your accounts, spending, income or "
    "transactions."
)
UNCLEAR = (
    "I am not sure what you would like to know. Do you mean what you spent, what you received, "
    "your balances, or a list of transactions?"
)
WHICH = "I can read that in two ways. Which one do you mean?\n"


HALF_READ = {
    "compared": (
        "I see that something is to be compared, but not what with what. Name both periods, such "
        "as “groceries last month and the month before”, or both names, such as “groceries or "
        "restaurants last month”."
    ),
    "times": (
        "You name several periods, and I cannot put that figure for all of them side by side. Ask "
        "for each by itself, or compare what you spent, received or saved in them."
    ),
    "changed": (
        "I see that you ask how something changed, but not since when. Ask for example “groceries "
        "this month against last month”."
    ),
    "per": (
        "I can add that up for a period, or say what it comes to on average. Ask for example for "
        "“average spending per day last month”."
    ),
    "without": (
        "I can leave something out of a total of spending only. Ask for the total without it."
    ),
    "names": "I cannot answer that for one name. Ask it without the name, or for its payments.",
    "abroad": (
        "Your records do not tell where a payment was made. I can add up what was paid in a "
        "currency: ask for example “what did I spend in euros this year”."
    ),
    "back": (
        "That seems to ask what came back, and not what was spent. Ask for example “refunds last "
        "month”, or for the refunds of a shop."
    ),
    "held": (
        "That seems to ask what you have, and not what was spent or received. I can show the "
        "balance of each account in its own currency."
    ),
    "moved": (
        "Money that is put into an account or taken out of it is moved, not spent. I can add up "
        "what was moved into an account or out of it in a period."
    ),
    "bills": (
        "Bills are what is paid regularly. Ask “what do my regular payments cost per month”, or "
        "“which bills are due this month”."
    ),
    "largest": (
        "I can list the largest and the smallest payments. Ask for example “my largest restaurant "
        "payments this year”."
    ),
    "often": (
        "I can count payments in a period or at one place, such as “how many times did I go to "
        "Starbucks last month”, but not rank places or times by that, nor average it."
    ),
    "ahead": (
        "I know what has happened, and expect balances and bills only. Ask for example “what will "
        "my balance be at the end of next month” or “which bills are due next week”."
    ),
    "before": (
        "I am not sure what you want to know of what I said before. Put it as a whole question, "
        "such as “groceries by month this year” or “how much is in my savings”."
    ),
    "amount": "I cannot tell what the amount is for. I can list payments over or under an amount.",
}
"""What a message asks that no reading of it takes."""


def half_read(question: Question) -> Plan:
    yield from ()
    if question.choices:
        return NOT_READ.format(name(question.choices[0]))
    return HALF_READ[question.aspect]


def _asked(choice: str) -> str:
    """As a question: what it names is nothing that is claimed."""
    return choice if choice.endswith("?") else f"{choice}?"


def unclear(question: Question) -> Plan:
    yield from ()
    if question.choices:
        return WHICH + "".join(f"\n- {to_ask(_asked(choice))}" for choice in question.choices)
    if question.when is not None and not question.when.moves:
        return (
            "What would you like to know about that time: what you spent, what you received, what "
            "you saved, or your largest payments?"
        )
    return UNCLEAR


KINDS = (
    Kind(
        name="unclear",
        family=Family.TALK,
        title="Asked back",
        cues="",
        answer=unclear,
        examples=(
            "how much",
            "So how much was it?",
            "last month?",
            "what about my money",
            "by category",
            "how much have I saved",
        ),
        shown=("how much", "last month?"),
    ),
    Kind(
        name="half_read",
        family=Family.TALK,
        title="Asked for what cannot be put into one figure",
        cues="",
        answer=half_read,
        examples=(
            "is my balance higher than last month",
            "how much is in all accounts except the cabin",
            "was october above my average",
            "groceries in october compared to my usual",
            "balances of all accounts without savings",
            "transfers to savings in October and in September",
        ),
        talk=True,
    ),
    Kind(
        name="bad_period",
        family=Family.TALK,
        title="Days that do not exist or have not come",
        cues="",
        answer=says(BAD_PERIOD),
        examples=(
            "how much did I spend on 31 February",
            "what did I spend on 2026-02-30",
            "how much did I spend on coffee tomorrow",
            "my income next year",
            "what did I spend on 31 April",
            "transactions between 2026-05-31 and 2026-05-01",
        ),
        talk=True,
    ),
    Kind(
        name="too_long",
        family=Family.TALK,
        title="Too long to be read",
        cues="",
        answer=says(TOO_LONG),
        examples=(),
        talk=True,
    ),
    Kind(
        name="not_words",
        family=Family.TALK,
        title="No English words",
        cues="",
        answer=says(NOT_WORDS),
        examples=(
            "🙂🙂🙂",
            "сколько я потратил",
            "我花了多少钱",
            "كم أنفقت",
            "💰?",
            "どのくらい使いましたか",
        ),
        talk=True,
    ),
)
