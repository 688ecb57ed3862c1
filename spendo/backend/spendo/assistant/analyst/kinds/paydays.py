"""The payments of pay one by one: how many, how often, the first, the largest."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.subscriptions import CADENCES
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.pay import pay_of
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.rows import USUAL_ROWS
from spendo.assistant.analyst.sums import nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import CLASSES, word_set
from spendo.assistant.analyst.wording import (
    bold,
    counted,
    day,
    during,
    money,
    name,
    plain,
    row_table,
    where,
)
from spendo.assistant.tools.envelope import (
    MAX_ROWS,
    AnyEnvelope,
    RecurringEnvelope,
    SearchEnvelope,
    SumEnvelope,
)

NO_PAY = "I see no category for pay and nobody who pays you regularly, so I cannot tell your pay."
_NO_NAMES = CLASSES["salary"] | word_set("paid first last largest smallest biggest work job")
_FIRST = "first/earliest/oldest"
_LARGEST = "~large/fattest/best"
_SMALLEST = "~small/worst"


def read(question: Question, heard: Heard) -> Question | None:
    names = tuple(
        each for each in question.names if not set(each.text.casefold().split()) & _NO_NAMES
    )
    aspect = "list"
    if question.when is not None and heard.says_own("annual/yearly"):
        return None  # of one year
    yearly = heard.says_own("annual/yearly", "a/per/each year")
    if question.when is None and (yearly or heard.says_own("how often/frequently")):
        aspect = "rhythm"
    elif heard.says_own("how many", "how often/frequently", "number of", "count"):
        aspect = "count"
    elif heard.says_own(_FIRST):
        aspect = "first"
    elif heard.says_own(_LARGEST):
        aspect = "largest"
    elif heard.says_own(_SMALLEST):
        aspect = "smallest"
    return replace(question, names=names, aspect=aspect, group_by=None, per=None, sure=True)


def _of_pay(question: Question) -> Generator[list[Call], list[AnyEnvelope], Filter]:
    """From the one who is named, else all pay."""
    chosen = yield from look_up(question)
    if chosen.merchants or chosen.categories:
        return chosen
    pay = yield from pay_of()
    if pay is None:
        raise AnswerNowError(NO_PAY)
    return pay.narrowed(chosen)


def answer(question: Question) -> Plan:
    if question.aspect == "rhythm":
        text = yield from _rhythm(question)
        return text
    chosen = yield from _of_pay(question)
    period = yield from period_text(question.when, "all time")
    several = question.limit is not None and question.limit > 1
    if question.aspect in ("largest", "smallest") and not several:
        text = yield from _outstanding(question.aspect, period, chosen)
        return text
    first = question.aspect == "first"
    every = question.aspect == "count"
    sort = {"first": "oldest", "largest": "largest"}.get(question.aspect, "newest")
    found = yield from ask(
        SearchEnvelope,
        Call(
            "search_transactions",
            {
                "period": period,
                **chosen.arguments(),
                "direction": "in",
                "sort": sort,
                "limit": 1 if first else min(question.limit or USUAL_ROWS, MAX_ROWS),
            },
        ),
    )
    if not found.rows:
        return f"There was no pay{during(found.period)}."
    if first:
        row = found.rows[0]
        return (
            f"Your first pay{during(found.period)} was **{money(row.amount)}** from {where(row)} "
            f"on {day(row.date)}."
        )
    head = f"Pay came **{counted(found.count, 'time')}**{during(found.period)}"
    if not every and len(found.rows) < found.count:
        head += f"; the {len(found.rows)} {sort}"
    return f"{head}:\n\n{row_table(found.rows)}"


def _outstanding(
    which: str, period: str, chosen: Filter
) -> Generator[list[Call], list[AnyEnvelope], str]:
    call = sum_of("income", period, chosen)
    found = yield from ask(
        SumEnvelope, replace(call, arguments={**call.arguments, "also": [which]})
    )
    row = found.largest if which == "largest" else found.smallest
    if row is None:
        text = yield from nothing_found("no pay", found)
        return text
    return (
        f"Your {which} pay{during(found.period)} was **{plain(row.amount)}** from {where(row)} on "
        f"{day(row.date)}."
    )


def _rhythm(question: Question) -> Plan:
    found = yield from ask(
        RecurringEnvelope, Call("recurring", {"kind": "income", "status": "active"})
    )
    named = [each.text.casefold() for each in question.names]
    series = [each for each in found.series if not named or each.merchant.casefold() in named]
    pay = yield from pay_of()
    series = [each for each in series if pay and each.category in pay.categories] or series
    if not series:
        return "I see no regular income in your records, so I cannot tell how often it comes."
    return "\n\n".join(
        f"{name(each.merchant)} pays you {CADENCES.get(each.cadence, each.cadence)}: "
        f"{money(each.amount)} each time, which is {bold(each.per_year)} a year."
        for each in series
    )


KINDS = (
    Kind(
        name="paydays",
        family=Family.INCOME,
        title="Pay one by one: how many, how often, the first, the largest",
        cues="""
            92 how many .. paycheck/paychecks/payslip/payslips/paydays/salaries/wages
            92 how many times am/was/were ~i .. paid
            92 how many times do/did/have ~i get/got/been/gotten paid
            92 when was/were ~i paid {time}
            92 when did ~i get paid {time}
            92 how often/frequently am/was/were/are ~i .. paid
            92 how often/frequently do/did/have ~i get/got/been/gotten paid
            92 how often/frequently do/did/does ~i get .. ~salary
            92 how often/frequently do/did/does my/our .. ~salary
            92 ~large/~small/first/earliest/oldest/best/worst .. paycheck/payslip/salary/wage/payday
            92 when ... ~i first get/got paid
            92 first get/got paid
            92 first time ~i got/was/were paid
            92 last/latest/recent/newest {number} paychecks/payslips/paydays/salaries/wages/salary
            92 {number} ~large .. paychecks/payslips/salaries/wages
            92 ~large {number} paychecks/payslips/salaries/wages
            92 {number} ~late paychecks/payslips/paydays/salaries/wages
            92 annual/yearly salary/pay/wage/wages
            92 salary/pay/wage/wages per/a year
            92 do/does ~i earn/make/paid .. a/per/each year
            92 ~show/all/every/each my? .. paychecks/payslips/paydays/salaries
        """,
        never="""
            until/before/next/coming/will/would
            bill/bills
            average
        """,
        read=read,
        answer=answer,
        examples=(
            "How many paychecks did I get this year?",
            "how often do I get paid",
            "what is my annual salary",
            "first paycheck this year",
            "what was my biggest paycheck",
            "my last 3 paychecks",
            "how many times was I paid this year",
            "when did I first get paid by Harborline Design",
            "my bigest paycheck this year",
        ),
    ),
)
