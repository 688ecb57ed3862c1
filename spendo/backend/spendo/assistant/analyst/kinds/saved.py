"""What was left of the income."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.arithmetic import share
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.pay import pay_of
from spendo.assistant.analyst.plan import Plan, ask_all, period_text
from spendo.assistant.analyst.question import GroupBy, Question
from spendo.assistant.analyst.sums import SO_FAR, groups, nothing_found, sum_of, usual_period
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import bold, during, is_zero, money, names, notes, percent
from spendo.assistant.tools.envelope import SumEnvelope


def read(question: Question, heard: Heard) -> Question | None:
    if heard.says_own("which/what month/months"):
        question = replace(question, group_by="month")
    return replace(question, names=(), group_by=_times(question))


def _times(question: Question) -> GroupBy | None:
    """What is left can be told by time; of a category nothing is left."""
    return question.group_by if question.group_by in ("day", "week", "month") else None


def read_did_save(question: Question, heard: Heard) -> Question | None:
    return replace(question, aspect="did save", names=(), group_by=_times(question))


def settle(question: Question) -> Question:
    """ "How much have I saved": of a period's income, or what is in savings? Asked back."""
    asked_back = question.aspect == "did save" and not (question.when or question.group_by)
    return Question("unclear") if asked_back else question


def answer(question: Question) -> Plan:
    period = yield from period_text(question.when, usual_period(question.group_by))
    received, spent, left = yield from ask_all(
        SumEnvelope,
        [
            sum_of("income", period, Filter()),
            sum_of("spending", period, Filter()),
            sum_of("net", period, Filter(), question.group_by),
        ],
    )
    if not (received.count or spent.count):
        text = yield from nothing_found("no income or spending", received)
        return text
    end = "which leaves"
    if money(left.total).startswith("−"):
        end = "so more went out than came in:"
    return (
        (
            f"You received **{money(received.total)}** and spent **{money(spent.total)}**, {end} "
            f"{bold(left.total)}{during(left.period)}."
        )
        + groups(left, None)
        + notes(spent.excluded)
    )


def read_rate(question: Question, heard: Heard) -> Question | None:
    spent = heard.says("~spend", "went/go/goes", "~pay")
    unspent = heard.says_own("~save", "unspent", "not .. ~spend", "left over/unspent")
    spent = (spent or bool(question.names)) and not unspent
    aspect = "spent" if spent else "saved"
    if heard.says_own(*_FROM):
        return replace(question, aspect="source", group_by=None)
    return replace(question, aspect=aspect, group_by=None, names=question.names if spent else ())


_FROM = (
    "~earn is/are/was/were/do/does/did/come/comes/came/coming from",
    "~earn .. is/are/was/were/do/does/did/come/comes/came/coming from",
    "of ~earn is/was {name}",
)
_PAY = frozenset({"pay", "salary", "wages", "paycheck", "paychecks", "work", "job"})


def _source(question: Question) -> Plan:
    """Which part of the income came from something."""
    pay = not question.names or {each.text.casefold() for each in question.names} <= _PAY
    chosen = yield from pay_of() if pay else look_up(question)
    if chosen is None or not chosen.all():
        return "From what? Name who paid it or its category."
    period = yield from period_text(question.when, "this year")
    received, part = yield from ask_all(
        SumEnvelope, [sum_of("income", period, each) for each in (Filter(), chosen)]
    )
    if not received.count or is_zero(received.total):
        text = yield from nothing_found("no income", received)
        return f"{text} So there is no share of it."
    found = yield from share(part.total, received.total)
    return (
        f"**{percent(found)}** of your income came from {names(chosen.all())}"
        f"{during(received.period)}: {money(part.total)} of {money(received.total)}."
    ) + notes(received.excluded)


def answer_rate(question: Question) -> Plan:
    """Which part of the income was left, or which part of it went on something."""
    if question.aspect == "source":
        text = yield from _source(question)
        return text
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, SO_FAR)
    measure = "net" if question.aspect == "saved" else "spending"
    received, part = yield from ask_all(
        SumEnvelope, [sum_of("income", period, Filter()), sum_of(measure, period, chosen)]
    )
    if not received.count or is_zero(received.total) or money(received.total).startswith("−"):
        text = yield from nothing_found("no income", received)
        return f"{text} So there is no share of it."
    found = yield from share(part.total, received.total)
    if question.aspect == "saved":
        end = f"{money(part.total)} of {money(received.total)} was left"
        text = f"Your savings rate was **{percent(found)}**{during(received.period)}: {end}."
    else:
        end = f"{money(part.total)} of {money(received.total)}"
        text = (
            f"**{percent(found)}** of your income was spent{chosen.words()}"
            f"{during(received.period)}: {end}."
        )
    return text + notes(part.excluded)


KINDS = (
    Kind(
        name="saved",
        family=Family.INCOME,
        compares="sums",
        title="What was left of the income",
        cues="""
            92 in the black/red
            92 gap/difference between ... earn/earned/make/made/income ... ~spend
            92 gap/difference between ... ~spend ... earn/earned/make/made/income
            92 burn/burned/spend/spent vs/versus/against earn/earned/make/made
            66 net income/cashflow/saving/savings/flow/gain/loss/result
            66 net cash flow
            66 cash flow
            66 cashflow
            66 is/was/have/had left
            66 left over
            66 leftover/surplus/deficit
            66 in the red/black
            66 break/broke even
            66 money in and out
            66 ins and outs
            66 income/earn/earned/make/made minus/less/versus/vs/against/and ... ~spend
            66 ~spend minus/versus/vs/against/and ... income/earn/earned/earnings
            66 more/less than ~i earn/earned/make/made
            66 more go/going/gone/went out than
            66 within/beyond/above my/our means
            66 ^ my? net {time}
        """,
        never="""
            left in/on
            ~budget
        """,
        read=read,
        settle=settle,
        answer=answer,
        examples=(
            "How much did I save last month?",
            "my net income last month",
            "cash flow this month",
            "income minus expenses in October",
            "Did I spend more than I earned last month?",
            "what's left over this month",
            "am I in the red this month",
            ("How much did I earn last month?", "and what did I save?"),
            ("What did I save this year?", "per month"),
        ),
    ),
    Kind(
        name="savings_rate",
        family=Family.INCOME,
        title="Which part of the income was saved or spent",
        cues="""
            80 saving/savings rate/ratio/quota
            79 percent/percentage/percents/share/proportion/fraction/part/much of ... income
            79 percent/percentage/percents/share/proportion/fraction of ... what i earn/earned/make
            79 percent/percentage/percents/share ... ~save
            79 income ... percent/percentage
            79 percent/percentage/percents/share/fraction of .. earnings/pay/salary/wages
            92 much/most/percent/share/proportion of my/our ~salary ... go/goes/went/going
            92 much/most/percent/share/proportion of my/our ~salary ... ~spend
            79 as a? percent/percentage/share/proportion/fraction of my? ~salary/earnings
        """,
        never="did/do/have ~i not ~spend",
        read=read_rate,
        answer=answer_rate,
        examples=(
            "savings rate this year?",
            "What's my savings rate last month?",
            "what percentage of my income did I save last month?",
            "how many percent of my income did I save this year",
            "what percentage of my income did I spend last month",
            "what share of my income went on rent last month",
            "savngs rate last month",
        ),
        shown=("savings rate this year?", "what share of my income went on rent last month"),
    ),
    Kind(
        name="did_save",
        becomes="saved",
        family=Family.INCOME,
        compares="sums",
        title="What was saved in a period",
        cues="""
            65 did/do/have/had ~i .. save/saved
            65 did/do/have/had ~i .. put/set aside
        """,
        read=read_did_save,
        answer=answer,
        examples=(
            "How much did I save last month?",
            "what have I saved this year",
            "how much did I put aside in October",
            "what did we save last quarter",
            "how much did i svae last month",
            "did I save anything last month",
        ),
    ),
)
