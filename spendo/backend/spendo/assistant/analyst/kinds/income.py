"""What came in, and when it last did."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import Plan, ask, period_text
from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.sums import SO_FAR, groups, nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import FUNCTION_WORDS, word_set
from spendo.assistant.analyst.understanding.spoken_words import SPOKEN_WORDS
from spendo.assistant.analyst.understanding.words import MARKS, MONTHS
from spendo.assistant.analyst.wording import bold, day, during, notes, where
from spendo.assistant.tools.envelope import SumEnvelope


def read_last_paid(question: Question, heard: Heard) -> Question | None:
    return replace(question, names=())


def read(question: Question, heard: Heard) -> Question | None:
    """ "Interest earned": words of their own are names, if the ledger has them."""
    said = dict.fromkeys(word for word in heard.own or heard.whole if word not in _ABOUT)
    named = {part for name in question.names for part in name.text.casefold().split()}
    perhaps = (Name(word) for word in said if word.isalpha() and word not in named)
    group = question.group_by
    if heard.says_own("by/per/each/which .. source/sources"):
        group = "merchant"
    return replace(question, perhaps=(*question.perhaps, *perhaps), group_by=group)


_ABOUT = (
    FUNCTION_WORDS
    | SPOKEN_WORDS
    | MARKS
    | MONTHS
    | word_set(
        """
        income incomes earn earns earned earning earnings salary wage wages paycheck paychecks pay
        paid payday receive received deposit deposits deposited bring home money cash total totals
        month months week weeks year years day days quarter quarters monthly weekly daily yearly
        last past this first previous today yesterday much gross net source sources average
        """
    )
)


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, SO_FAR)
    found = yield from ask(SumEnvelope, sum_of("income", period, chosen, question.group_by))
    if not found.count:
        text = yield from nothing_found(f"no income{chosen.words()}", found)
        return text
    source = chosen.words().replace(" at ", " from ").replace(" on ", " from ")
    text = f"You received {bold(found.total)}{source}{during(found.period)}."
    return text + groups(found, question.limit) + notes(found.excluded)


def last_paid(question: Question) -> Plan:
    period = yield from period_text(question.when, "all time")
    found = yield from ask(SumEnvelope, sum_of("income", period, Filter()))
    if not found.rows:
        text = yield from nothing_found("no income", found)
        return text
    row = found.rows[0]
    return f"You last received {bold(row.amount)} from {where(row)} on {day(row.date)}."


KINDS = (
    Kind(
        name="income",
        family=Family.INCOME,
        title="What came in",
        cues="""
            60 income/incomes
            60 earn/earns/earned/earning/earnings
            60 salary/salaries/wage/wages/paycheck/paychecks/payday
            60 my pay
            60 was/were/got/get/getting/been/am/be/gotten .. paid
            60 pay/pays/paid me
            60 did/do/have/has ~i make/made/receive/received
            60 did/do/have/has ~i bring/take in/home
            60 money .. in/received
            60 money .. coming/came in
            60 came/coming/come/comes in
            60 how much money? came/comes
            60 take home
            60 coming/came {time}
            60 how much ... deposit/deposits/deposited
        """,
        never="""
            how many
            how often
            number of
            ~spend
            purchase/purchases/transaction/transactions
        """,
        read=read,
        answer=answer,
        examples=(
            "What was my income in May?",
            "how much did I earn last month",
            "How much did I make this year?",
            "what did I get paid in October",
            "how much money came in last month",
            "my slary last month",
            "income by month in 2026",
            ("How much did I spend last month?", "and what about income?"),
        ),
    ),
    Kind(
        name="last_paid",
        family=Family.INCOME,
        title="When the last pay came",
        cues="""
            64 when was/were/did/is ... paid/pay/paycheck/paychecks/salary/income/wages
            64 last got? paid
            64 ~late pay/paycheck/paychecks/salary/wages
            64 most recent pay/paycheck/salary/wages
            64 last time ~i got/was paid
        """,
        never="""
            ~i last? pay/paid for/my/the/to/at
            did i last? pay
        """,
        read=read_last_paid,
        answer=last_paid,
        examples=(
            "When was I last paid, and how much?",
            "when did I get paid",
            "show me my last paycheck",
            "when was my last salary",
            "my most recent paycheck",
            "when was i last payed",
        ),
    ),
)
