"""Answers that are not read from the ledger: help, refusals, and questions back."""

from __future__ import annotations

from collections.abc import Generator

from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, ask_all
from spendo.assistant.analyst.question import Name, Question, Topic
from spendo.assistant.analyst.topics.lookup import set_aside
from spendo.assistant.analyst.topics.rows import listing
from spendo.assistant.tools.envelope import AnyEnvelope, NamesEnvelope, SetAsideEnvelope

HELP = (
    "I answer questions about your own money, from your records. For example:\n\n"
    "- What accounts do I have?\n"
    "- How much did I spend on groceries last month?\n"
    "- Where did my money go this year, by category?\n"
    "- What was my income in May?\n"
    "- What are my five largest purchases this quarter?\n"
    "- What is my net worth?\n\n"
    "Each answer says which transactions and dates it comes from."
)
EXPLAIN = (
    "Every figure is added up from your own transactions, exactly and over all of them. The line "
    "under each answer says how many, over which dates, and what was left out. Transfers between "
    "your own accounts are not spending, refunds reduce it, and pending payments wait until they "
    "are booked."
)
ADVICE = (
    "I do not give advice on what to buy, sell or do. I can show what your records say: what you "
    "spend, receive and own. What would you like to see?"
)
FORECAST = (
    "I only know what has happened, so I cannot say what will. I can show past months for "
    "comparison: try your spending by month this year."
)
OWN_ONLY = "I can only show your own records. What would you like to know about your money?"
CHANGE = (
    "I can read your records but not change them or move money. I can show what you want to change "
    "so that you find it."
)
BAD_PERIOD = (
    "I cannot tell which dates you mean, or they have not come yet. Try a period such as last "
    "month, May 2026, or the last 30 days."
)
NOT_YET = (
    "I cannot work that out yet. I can give totals, averages, counts and lists of transactions for "
    "a period, by category, shop, account or month, and your balances and net worth."
)
REFUNDS = (
    "Refunds are counted against the spending of their category, so every total is already net of "
    "them. I cannot list them on their own; I can list your deposits or a category's transactions."
)
UNCLEAR = (
    "I am not sure what you would like to know. Do you mean what you spent, what you received, "
    "your balances, or a list of transactions?"
)

_FIXED = {
    Topic.HELP: HELP,
    Topic.EXPLAIN: EXPLAIN,
    Topic.ADVICE: ADVICE,
    Topic.FORECAST: FORECAST,
    Topic.CHANGE: CHANGE,
    Topic.BAD_PERIOD: BAD_PERIOD,
    Topic.REFUNDS: REFUNDS,
    Topic.NOT_YET: NOT_YET,
}


def fixed(question: Question) -> Plan:
    yield from ()
    return _FIXED[question.topic]


def off_topic(question: Question) -> Plan:
    text = yield from set_aside()
    return text


def small_talk(question: Question) -> Generator[list[Call], list[AnyEnvelope], str]:
    answer = yield from ask(SetAsideEnvelope, Call("not_about_finances", {"reason": "small_talk"}))
    return f"{'Hello.' if question.topic is Topic.GREETING else 'You are welcome.'} {answer.say}"


def other_person(question: Question) -> Plan:
    """Somebody's records are refused; "Trader Joe's transactions" are one's own at that shop."""
    if not question.names:
        return OWN_ONLY
    owner = question.names[0]
    [match] = yield from ask_all(NamesEnvelope, [Call("match_names", {"text": owner.text})])
    if not match.merchants:
        raise AnswerNowError(OWN_ONLY)
    text = yield from listing(
        Question(Topic.LIST, names=(Name(owner.text, "at"),), when=question.when)
    )
    return text


def unclear(question: Question) -> Plan:
    yield from ()
    if question.when is not None and not question.when.moves:
        return (
            "What would you like to know about that time: what you spent, what you received, what "
            "you saved, or your largest payments?"
        )
    return UNCLEAR
