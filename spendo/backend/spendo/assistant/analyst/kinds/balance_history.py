"""The balance of an account over time: its lowest and highest, and how it went."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Name, Question, When
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import (
    NO_ACCOUNTS,
    bold,
    day,
    during,
    is_zero,
    left_out,
    money,
    names,
    plain,
    table,
)
from spendo.assistant.tools.envelope import AnyEnvelope, BalanceHistoryEnvelope

SHOWN_POINTS = 13
_NO_NAMES = word_set("low high lowest highest get go gone it point dip bottom minimum maximum most")


_HELD = word_set("savings checking brokerage 401k retirement pension investments")
_ACCOUNTS = "/".join(sorted(_HELD))
_LED = re.compile(r"^(?:on|in|at|of|from|to) (?:the )?")


def read(question: Question, heard: Heard) -> Question | None:
    kept = tuple(
        each for each in question.names if not set(each.text.casefold().split()) <= _NO_NAMES
    )
    if heard.says_own("is/are/was/were .. balance/balances ~more than"):
        return None  # two days are compared
    if question.when and question.other:  # on two days: from one to the other
        first, last = (_LED.sub("", when.text) for when in (question.when, question.other))
        question = replace(question, when=When(f"from {first} to {last}"))
    if not kept:  # the kind of account that a wording has in it
        said = heard.own or heard.whole
        kept = tuple(Name(word) for word in dict.fromkeys(said) if word in _HELD)
        if not kept and heard.says_own("card/cards"):
            kept = (Name("credit card"),)
    if heard.times.horizon and heard.times.bad:
        return Question("worry", horizon=heard.times.horizon)
    high = heard.says("highest/maximum/max/peak/high/most")
    low = heard.says("lowest/minimum/min/low/least")
    aspect = "highest" if high and not low else "lowest"
    step = question.group_by if question.group_by in ("day", "week", "month") else None
    return replace(question, names=kept, aspect=aspect, group_by=step)


def _history(
    question: Question, chosen: Filter, default: str
) -> Generator[list[Call], list[AnyEnvelope], BalanceHistoryEnvelope]:
    period = yield from period_text(question.when, default)
    arguments: dict[str, object] = {"period": period}
    if chosen.accounts:
        arguments["accounts"] = list(chosen.accounts)
    if question.group_by:
        arguments["step"] = question.group_by
    found = yield from ask(BalanceHistoryEnvelope, Call("balance_history", arguments))
    if not found.count:
        raise AnswerNowError(NO_ACCOUNTS)
    return found


def _accounts(question: Question) -> Generator[list[Call], list[AnyEnvelope], Filter]:
    chosen = yield from look_up(question, first="in")
    if question.names and not chosen.accounts:
        raise AnswerNowError(f"{names(chosen.all())} is not an account. Which account do you mean?")
    return chosen


def lowest(question: Question) -> Plan:
    chosen = yield from _accounts(question)
    found = yield from _history(question, chosen, "this month")
    point = found.highest if question.aspect == "highest" else found.lowest
    if point is None:
        raise AnswerNowError(NO_ACCOUNTS)
    return (
        f"The {question.aspect} balance of {_what(chosen)} was {bold(point.balance)}, at the end "
        f"of {day(point.date)}{during(found.period)}."
    ) + "".join(f"\n\n{line}" for line in left_out(found.left_out))


def answer(question: Question) -> Plan:
    chosen = yield from _accounts(question)
    found = yield from _history(question, chosen, "this year")
    if found.first is None or found.last is None or found.change is None:
        raise AnswerNowError(NO_ACCOUNTS)
    if is_zero(found.change):
        lead = f"The balance of {_what(chosen)} did not change"
    else:
        word = "fell" if money(found.change).startswith("−") else "rose"
        lead = f"The balance of {_what(chosen)} {word} by **{plain(found.change)}**"
    text = (
        f"{lead}: from {money(found.first.balance)} at the end of {day(found.first.date)} to "
        f"{money(found.last.balance)} at the end of {day(found.last.date)}."
    )
    step = max(1, -(-len(found.points) // SHOWN_POINTS))
    shown = [point for number, point in enumerate(reversed(found.points)) if number % step == 0]
    rows = ((day(point.date), money(point.balance)) for point in reversed(shown))
    text += "\n\n" + table(("At the end of", "Balance"), rows, right=(1,))
    return text + "".join(f"\n\n{line}" for line in left_out(found.left_out))


def _what(chosen: Filter) -> str:
    return names(chosen.accounts) if chosen.accounts else "all your accounts together"


KINDS = (
    Kind(
        name="balance_lowest",
        names_of="account",
        family=Family.BALANCES,
        title="The lowest or highest balance, and when",
        cues="""
            80 lowest/minimum/least/min/low ... balance/balances
            80 balance/balances ... lowest/minimum/min/low
            80 highest/maximum/max/peak/most/high ... balance/balances
            80 balance/balances ... highest/maximum/max/peak
            92 at its/their highest/lowest
            80 how low/high did
            80 how low/high was/has/did
            80 when was ... lowest/highest
            80 lowest/highest {name}
            80 lowest/highest point
        """,
        never="""
            will
            be lowest
            purchase/purchases/transaction/transactions/payment/payments/bill/bills/charge/charges
        """,
        read=read,
        answer=lowest,
        examples=(
            "What was my lowest balance last month, and when?",
            "lowest balance of Everyday Checking last month",
            "how low did my checking go last month?",
            "when was my checking account lowest this year",
            "highest balance in savings this year",
            "minimum balance in checking last month",
            "lowset balance last month",
        ),
    ),
    Kind(
        name="balance_history",
        names_of="account",
        family=Family.BALANCES,
        compares="times",
        title="How a balance went",
        cues=f"""
            92 my/our/the .. {_ACCOUNTS} .. account? ~change
            92 my/our/the .. {_ACCOUNTS} .. account? go/gone/went/going up/down
            92 {_ACCOUNTS} growth
            92 is/are/was/were my/our/the .. {_ACCOUNTS} .. up/down
            92 balance/balances ~change
            92 balance/balances moved
            92 balance/balances go/gone/went/going up/down
            92 ~change ... card balance
            92 growth of/in my/our/the .. {_ACCOUNTS}
            78 balance/balances ... ~change
            78 ~change ... balance/balances
            78 balance/balances over time
            78 balance history/graph/chart
            78 history of ... balance/balances
            78 balance/balances by/per/each/every day/week/month
            78 weekly/monthly/daily balance/balances
        """,
        never="""
            will
            lowest/highest
            dangerously
            rate
            price/payment/payments/spending/income/contribution/contributions
        """,
        read=read,
        answer=answer,
        examples=(
            "How has my checking balance changed this year?",
            "balance history of savings",
            "my savings balance by month this year",
            "monthly balance of Everyday Checking",
            "balance over time",
            "how did my balance develop over the last 6 months",
            "blance history of checking",
        ),
    ),
)
