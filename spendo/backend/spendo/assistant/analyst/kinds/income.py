"""What came in, and when it last did."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from itertools import pairwise

from spendo.assistant.analyst.arithmetic import difference
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.pay import PAY, pay_of
from spendo.assistant.analyst.plan import Call, Plan, ask, ask_all, period_text
from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.sums import groups, nothing_found, sum_of, usual_period
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import FUNCTION_WORDS, word_set
from spendo.assistant.analyst.understanding.spoken_words import SPOKEN_WORDS
from spendo.assistant.analyst.understanding.words import MARKS, MONTHS
from spendo.assistant.analyst.wording import bold, day, during, money, names, notes, where
from spendo.assistant.tools.envelope import AnyEnvelope, SumEnvelope


def read_last_paid(question: Question, heard: Heard) -> Question | None:
    if question.limit and question.limit > 1:  # "my last 3 paychecks"
        return replace(question, kind="paydays", aspect="list", names=())
    return replace(question, names=())


def weigh(heard: Heard) -> int:
    """ "Money in last week", of which "in" is read as a part of the time."""
    return 92 if len(heard.words) < 3 and heard.says_whole("^ money/cash in") else 0


def read(question: Question, heard: Heard) -> Question | None:
    """ "Bonus earned": words of their own are names, if the ledger has them. Interest and
    dividends are in any case: without them the answer would be all that came in."""
    question = _of_which(question, heard)
    said = dict.fromkeys(word for word in heard.own or heard.whole if word not in _ABOUT)
    names = (*question.names, *question.without)
    named = {part for name in names for part in name.text.casefold().split()}
    if yields := [word for word in said if word in _YIELDS and word not in named]:
        question = replace(question, names=(*question.names, Name(" and ".join(yields))))
        named.update(yields)
    perhaps = (Name(word) for word in said if word.isalpha() and word not in named)
    group = question.group_by
    if heard.says_own(*_SOURCES):
        group = "merchant"
    of_pay = heard.says_own(*PAY) and not question.names
    if heard.excepts and not question.without and heard.says_own(_BUT_PAY):
        question, of_pay = replace(question, without=(Name("salary"),)), False
    return replace(
        question,
        perhaps=(*question.perhaps, *perhaps),
        group_by=group,
        aspect="pay" if of_pay else question.aspect,
    )


def _of_which(question: Question, heard: Heard) -> Question:
    """ "Freelance income": the word before it is a name, known or not."""
    words = heard.own or heard.whole
    names = tuple(name for name in question.names if name.text.casefold() not in _SAID_OF_IT)
    before = next(
        (one for one, word in pairwise(words) if word in ("income", "earnings") and _names(one)), ""
    )
    if not before or any(before in name.text.casefold().split() for name in names):
        return replace(question, names=names)
    return replace(question, names=(*names, Name(before)))


def _names(word: str) -> bool:
    return word.isalpha() and word not in _ABOUT and word not in _SAID_OF_IT


_SAID_OF_IT = word_set("sources source annual total combined gross net date taxable")
_BUT_PAY = "except/excluding/without/minus/besides/than/from/but my? pay/salary/wages/paycheck/job"
_OF_PAY = word_set("my regular pay salary wage wages paycheck paychecks job work")
_SOURCES = (
    "by/per/each/which .. source/sources",
    "~earn sources/source",
    "sources/source of my? ~earn",
    "where ... ~earn/money come/comes/came/coming",
    "who pays/paid me",
)
_YIELDS = word_set("interest dividend dividends")
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
    chosen = yield from look_up(replace(question, without=()))
    if question.aspect == "pay" and not (chosen.categories or chosen.merchants):
        pay = yield from pay_of()
        chosen = pay.narrowed(chosen) if pay else chosen
    by_source = question.group_by == "merchant"
    period = yield from period_text(
        question.when, "this year" if by_source else usual_period(question.group_by)
    )
    if question.without:
        text = yield from _without(question, chosen, period)
        return text
    found = yield from ask(SumEnvelope, sum_of("income", period, chosen, question.group_by))
    if not found.count:
        text = yield from nothing_found(f"no income{chosen.words()}", found)
        return text
    source = chosen.words().replace(" at ", " from ").replace(" on ", " from ")
    text = f"You received {bold(found.total)}{source}{during(found.period)}."
    return text + groups(found, question.limit) + notes(found.excluded)


def _without(
    question: Question, chosen: Filter, period: str
) -> Generator[list[Call], list[AnyEnvelope], str]:
    """The income less that of what is to be left out."""
    pay = None
    if {part for name in question.without for part in name.text.casefold().split()} <= _OF_PAY:
        pay = yield from pay_of()
    left_out = pay or (yield from look_up(replace(question, names=question.without, without=())))
    everything, part = yield from ask_all(
        SumEnvelope,
        [sum_of("income", period, each) for each in (chosen, chosen.narrowed(left_out))],
    )
    rest = yield from difference(everything.total, part.total)
    return (
        f"Without {names(left_out.all())} you received {bold(rest)}{during(everything.period)}: "
        f"{money(everything.total)} in all, less {money(part.total)}."
    ) + notes(everything.excluded)


def last_paid(question: Question) -> Plan:
    period = yield from period_text(question.when, "all time")
    pay = yield from pay_of()
    found = yield from ask(SumEnvelope, sum_of("income", period, pay or Filter()))
    if not found.rows and pay is not None:  # what came in is in no category of pay
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
            60 where ... money/income come/comes/came from
            92 who pays/paid me the? most
            92 ^ who pays/paid me $
            92 ^ who pays/paid me {time} $
            92 ^ total/my/any/all? income/earnings/dividends from
            92 interest .. .. .. savings/saving account? .. pay/paid/earn/earned
            92 pay/pays/paid me/us .. .. .. interest
            92 interest .. .. pay/pays/paid me/us
            92 what/much .. is/has/have? coming/come/comes/came in
            92 money/cash in for? {time}
            92 did/have ~i receive/received from
            92 salary/pay/wages by/each/every month
            92 money/cash come/came/coming in
            92 my/our total? pay for? {time}
            92 interest and dividends/dividend
            92 dividends/dividend and interest
            60 how much ... deposit/deposits/deposited
        """,
        never="""
            last time
            how many
            how often
            number of
            ~spend
            purchase/purchases/transaction/transactions
            come/comes/came/coming in ... out
            out ... come/comes/came/coming in
            in and out
        """,
        read=read,
        weigh=weigh,
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
            92 last time ~i got/get/was/were paid
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
