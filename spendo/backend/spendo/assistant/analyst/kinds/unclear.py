"""Questions back, and messages that cannot be read at all."""

from __future__ import annotations

from urllib.parse import urlencode

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Plan
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.wording import name

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


def _to_ask(text: str) -> str:
    """A link with which the page asks it."""
    return f"[{name(text)}](chatkit-link://ask?{urlencode({'text': text})})"


def unclear(question: Question) -> Plan:
    yield from ()
    if question.choices:
        return WHICH + "".join(f"\n- {_to_ask(choice)}" for choice in question.choices)
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
