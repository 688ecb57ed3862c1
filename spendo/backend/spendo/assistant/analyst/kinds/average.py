"""Averages over whole periods, empty ones counted, and what is typical."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.pay import PAY, pay_of
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.sums import WHOLE_MONTHS, nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import counted, during, money, notes
from spendo.assistant.tools.envelope import AnyEnvelope, PeriodPart, SumEnvelope

_PER_WORDS = word_set("avg mean typical typically usual usually normally bill bills median")


def read(question: Question, heard: Heard) -> Question | None:
    sure = (
        heard.first_person
        or heard.continues
        or heard.says("~spend/~pay/~buy/~rows/~earn/~cost", "weekly/monthly/daily/per/bill/bills")
    )
    if not (sure or question.names):
        return None
    received = heard.says_own("~earn", "take home", "am/get/got/was/were paid", *PAY)
    received = received and not heard.says_own("~spend/~buy/~rows/~cost/bill/bills")
    of_pay = received and not question.names and heard.says_own(*PAY)
    return replace(
        question,
        direction="in" if received else "out",
        group_by=None,
        names=tuple(n for n in question.names if n.text.casefold() not in _PER_WORDS),
        per=heard.per,
        sure=sure,
        aspect="median" if heard.says("median", "middle") else "pay" if of_pay else "",
    )


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, WHOLE_MONTHS)
    measure = "income" if question.direction == "in" else "spending"
    if question.aspect == "pay":
        chosen = (yield from pay_of()) or chosen
    if question.aspect == "median":
        text = yield from _median(measure, period, chosen)
        return text
    found = yield from ask(SumEnvelope, sum_of(measure, period, chosen))
    if question.per == "month" and (whole := _whole_months(found.period)):
        found = yield from ask(SumEnvelope, sum_of(measure, whole, chosen))
    if not found.count and measure == "spending" and chosen.all():  # "average dividend"
        received = yield from ask(SumEnvelope, sum_of("income", period, chosen))
        measure, found = ("income", received) if received.count else (measure, found)
    if not found.count:
        text = yield from nothing_found(f"no {measure}{chosen.words()}", found)
        return text
    shares = {
        "transaction": found.averages.per_transaction,
        "day": found.averages.per_day,
        "week": found.averages.per_week,
        "month": found.averages.per_month,
    }
    wanted = [question.per] if question.per and shares[question.per] else ["transaction", "month"]
    parts = [f"**{money(share)}** per {unit}" for unit in wanted if (share := shares[unit])]
    verb = "received" if measure == "income" else "spent"
    text = f"On average you {verb} {' and '.join(parts)}{chosen.words()}{during(found.period)}."
    if question.per == "month" and not shares["month"]:
        text += " That period is not made of whole months, so there is no average per month."
    return text + f" In all: {money(found.total)}." + notes(found.excluded)


def _whole_months(period: PeriodPart) -> str | None:
    """Its months that are over, where it ends within one: those of this year so far."""
    over = period.end.replace(day=1)
    if period.start.day != 1 or over in (period.start, period.end):
        return None
    return f"{period.start.isoformat()}..{(over - timedelta(days=1)).isoformat()}"


def _median(
    measure: str, period: str, chosen: Filter
) -> Generator[list[Call], list[AnyEnvelope], str]:
    call = sum_of(measure, period, chosen)
    found = yield from ask(
        SumEnvelope, replace(call, arguments={**call.arguments, "also": ["median"]})
    )
    if found.median is None:
        text = yield from nothing_found(f"no {measure}{chosen.words()}", found)
        return text
    what = "deposit" if measure == "income" else "payment"
    return (
        f"The median {what}{chosen.words()} is **{money(found.median)}**{during(found.period)}: "
        f"of {counted(found.count, 'transaction')} as many are smaller as are larger."
    ) + notes(found.excluded)


KINDS = (
    Kind(
        name="average",
        family=Family.SPENDING,
        title="Averages",
        cues="""
            92 ~average .. income/salary/earnings/paycheck/pay/wage/wages
            92 what/much do/did ~i earn/make per/a/each/every week/month/day
            62 ~average
            62 how much ... per/each/every visit/trip/transaction/purchase/order/meal
            62 how much ... per/a/each/every day/week/month
            62 what ... per/a/each/every day/week/month
            62 how much ... ~spend/~pay ... per/a/each/every day/week/month
            62 what ... ~spend/~pay ... per/a/each/every day/week/month
            62 how much ... ~i ... per/a/each/every day/week/month
            62 how much ... ~i ... per/each/every visit/trip/transaction/purchase/order/meal
            62 what ... ~i ... per/a/each/every day/week/month
        """,
        read=read,
        answer=answer,
        examples=(
            "average grocery spend per month",
            "What do I spend on average per week?",
            "average weekly groceries over the last 8 weeks, counting empty weeks",
            "what's my average coffee price",
            "how much do I usually spend on groceries",
            "average restaurant bill",
            "median restaurant bill this year",
            "how much do I spend on coffee a week",
            "avrage monthly spending",
            ("How much did I spend on groceries last month?", "and on average?"),
        ),
    ),
)
