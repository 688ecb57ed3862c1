"""What was spent: in all, on something, somewhere, in groups, as a share, without something."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace

from spendo.assistant.analyst.arithmetic import difference, share
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.balance import answer as balance
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import Call, Plan, ask, ask_all, period_text, try_ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.sums import SO_FAR, groups, nothing_found, sum_of, usual_period
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import (
    bold,
    during,
    is_zero,
    money,
    names,
    notes,
    percent,
    plain,
)
from spendo.assistant.tools.envelope import AnyEnvelope, SumEnvelope


def read(question: Question, heard: Heard) -> Question | None:
    group = question.group_by
    if heard.says("break down", "breakdown", "broken down", "split") or heard.says(
        "where/what/how ... money ... go/going/gone/went"
    ):
        group = group or "category"
    if heard.says_own("trend/trends", "over time"):
        group = group or "month"
    if question.limit and question.names and heard.says_own("~large"):
        group = group or "merchant"  # "top 3 restaurants"
    if question.other is not None and group is None:
        return None  # two periods are compared
    return replace(question, group_by=group)


def read_named(question: Question, heard: Heard) -> Question | None:
    """ "How much was rent": about money if rent is something in the ledger."""
    if not question.names:
        return None
    sure = heard.says("~cost me/us", "^ the? total", "much went/goes") or (
        heard.first_person and heard.says("~cost", "how much")
    )
    sure = sure or heard.says_own("bill/bills")
    return replace(question, sure=sure)


def read_most(question: Question, heard: Heard) -> Question | None:
    """ "Where do I spend most": groups, the largest first."""
    group = question.group_by
    if group is None:
        group = "merchant" if heard.says("where/who/at") else "category"
    if heard.says_own("pay/pays/paid/give/gives/gave/send/sends/sent me/us"):
        return replace(question, kind="income", group_by=group, names=())
    return replace(question, group_by=group, names=())


def read_top(question: Question, heard: Heard) -> Question | None:
    """ "Top five merchants": of spending, unless another measure is named."""
    if question.group_by not in ("category", "merchant", "account", "tag"):
        return None
    if heard.says("income", "~earn"):
        return replace(question, kind="income")
    return question


_TRIP = re.compile(r"\s+(?:trip|holiday|vacation|journey|tour|visit)$", re.IGNORECASE)


def _tagged(
    question: Question,
) -> Generator[list[Call], list[AnyEnvelope], SumEnvelope | None]:
    """A trip is what carries its tag, all of it unless a period is named; None if none does."""
    if len(question.names) != 1 or question.without or not _TRIP.search(question.names[0].text):
        return None
    period = yield from period_text(question.when, "all time")
    chosen = Filter(tags=(_TRIP.sub("", question.names[0].text),))
    found = yield from try_ask(SumEnvelope, sum_of("spending", period, chosen, question.group_by))
    return found if isinstance(found, SumEnvelope) else None


def answer(question: Question) -> Plan:
    trip = yield from _tagged(question)
    if trip is not None:
        return _spent(question, Filter(tags=trip.filters.tags), trip)
    chosen = yield from look_up(question)
    only_accounts = chosen.accounts and not (chosen.categories or chosen.merchants)
    if only_accounts and not question.sure and question.when is None:  # "how much in savings"
        text = yield from balance(question)
        return text
    period = yield from period_text(question.when, usual_period(question.group_by))
    if question.without:
        text = yield from _without(question, chosen, period)
        return text
    found = yield from ask(SumEnvelope, sum_of("spending", period, chosen, question.group_by))
    if not found.count:
        received = yield from _received(chosen, period)
        if received is not None:
            return received
        text = yield from nothing_found(f"no spending{chosen.words()}", found)
        return text
    return _spent(question, chosen, found)


def _received(chosen: Filter, period: str) -> Generator[list[Call], list[AnyEnvelope], str | None]:
    """What came in, where nothing was spent: "how much did Harbor pay me", "dividends in May"."""
    if not (chosen.categories or chosen.merchants):
        return None
    found = yield from ask(SumEnvelope, sum_of("income", period, chosen))
    if not found.count:
        ever = yield from ask_all(
            SumEnvelope, [sum_of(each, "all time", chosen) for each in ("income", "spending")]
        )
        if ever[0].count and not ever[1].count:  # "dividends this month": it is no spending
            text = yield from nothing_found(f"no income from {names(chosen.all())}", found)
            return text
        return None
    source = chosen.words().replace(" at ", " from ").replace(" on ", " from ")
    return f"You received {bold(found.total)}{source}{during(found.period)}." + notes(
        found.excluded
    )


def _spent(question: Question, chosen: Filter, found: SumEnvelope) -> str:
    abroad = next((e for e in found.converted if e.total.currency == question.currency), None)
    if abroad is not None:
        text = (
            f"You spent {bold(abroad.total)}{chosen.words('from')}{during(found.period)}, which is "
            f"{money(abroad.converted)} at the rates of the days."
        )
        return text + notes(found.excluded)
    if question.currency not in (None, found.total.currency):
        unknown = any(e.total.currency == question.currency for e in found.excluded.left_out)
        text = (
            f"What you spent in {question.currency} could not be converted{during(found.period)}."
            if unknown
            else f"You spent nothing in {question.currency}{during(found.period)}."
        )
        return text + f" In all you spent {bold(found.total)}." + notes(found.excluded)
    if money(found.total).startswith("−"):
        text = (
            f"Refunds came to **{plain(found.total)}** more than you spent{chosen.words()}"
            f"{during(found.period)}."
        )
    else:
        text = f"You spent {bold(found.total)}{chosen.words('from')}{during(found.period)}."
    return text + groups(found, question.limit) + notes(found.excluded)


def _without(
    question: Question, chosen: Filter, period: str
) -> Generator[list[Call], list[AnyEnvelope], str]:
    """The total less that of what is to be left out."""
    left_out = yield from look_up(replace(question, names=question.without, without=(), sure=True))
    both = next(
        (group for field, group in _FIELDS if chosen.has(field) and left_out.has(field)), None
    )
    everything, part = yield from ask_all(
        SumEnvelope,
        [sum_of("spending", period, each, both) for each in (chosen, chosen.narrowed(left_out))],
    )
    if both and part.count and not _labels(part) & _labels(everything):
        return (
            f"{names(left_out.all())} is no part of {names(chosen.all())}, so nothing changes: you "
            f"spent {bold(everything.total)}{chosen.words('from')}{during(everything.period)}."
        ) + notes(everything.excluded)
    rest = yield from difference(everything.total, part.total)
    return (
        f"Without {names(left_out.all())} you spent {bold(rest)}{chosen.words('from')}"
        f"{during(everything.period)}: {money(everything.total)} in all, less {money(part.total)}."
    ) + notes(everything.excluded)


_FIELDS = (("categories", "category"), ("merchants", "merchant"), ("accounts", "account"))


def _labels(found: SumEnvelope) -> set[str]:
    return {group.label for group in found.groups if group.label is not None}


def answer_share(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, SO_FAR)
    part, whole = yield from ask_all(
        SumEnvelope, [sum_of("spending", period, each) for each in (chosen, Filter())]
    )
    if not whole.count or is_zero(whole.total):
        text = yield from nothing_found("no spending", whole)
        return text
    found = yield from share(part.total, whole.total)
    return (
        f"**{percent(found)}** of your spending was{chosen.words()}{during(whole.period)}: "
        f"{money(part.total)} of {money(whole.total)}."
    ) + notes(whole.excluded)


def read_share(question: Question, heard: Heard) -> Question | None:
    if not question.names:
        return None
    if heard.says_own("of my/our ~salary/earnings"):
        return replace(question, kind="savings_rate", aspect="spent")
    return question


KINDS = (
    Kind(
        name="spending",
        names_of="anything",
        family=Family.SPENDING,
        title="What was spent, in all or on something",
        cues="""
            50 ~spend
            50 ~pay
            50 ~buy
            50 burn/burned/burnt/blow/blew/blown/splurge/splurged
            50 shell/shelled out
            50 set/sets me/us back
            50 dropped
            50 go/goes/went/going out
            50 money .. out
            50 net of
            50 breakdown
            50 break down
            51 where/what/how does/did/do/is/has/was all? my/our/the money .. go/going
            51 where/what/how does/did/do/is/has/was all? my/our/the money .. gone/went/spent
            50 total of? my/our? purchases/payments
            50 my/our/total/all costs
            50 total costs
            51 my/our money went/goes/gone/going
        """,
        read=read,
        answer=answer,
        examples=(
            "How much did I spend last month?",
            "how much did I spend on groceries in May 2026?",
            "how much did i spned on grocries lats month",
            "total spending this year",
            "how much did I spend at Corner Pantry this year",
            "spending by category last month",
            "where did my money go last month",
            "net of refunds in clothing this year",
            "monthly spending this year",
            "how much did I spend last month without rent",
            "total spending in May except for travel",
            ("How much did I spend on groceries last month?", "and in June?"),
            ("How much did I spend last month?", "by merchant instead"),
            ("What did I spend on restaurants in October?", "where?"),
        ),
        shown=(
            "How much did I spend last month?",
            "how much did i spned on grocries lats month",
            "spending by category last month",
            "how much did I spend last month without rent",
        ),
    ),
    Kind(
        name="spending_named",
        becomes="spending",
        family=Family.SPENDING,
        title="What something cost",
        cues="""
            30 ~cost
            92 ^ how much on/at
            30 how much was/were/is/are/for/on/at/to/did/has/have/in/from
            30 how much went/goes/go on/to/into/towards/at
            30 ^ total for/at/on/of/in
            30 ^ the total for/at/on/of/in
            30 ^ what is/was the total
            30 bill/bills
            30 what was/were/is/are my/our/the
            30 total/altogether $
            30 how much $
        """,
        read=read_named,
        answer=answer,
        examples=(
            "how much was rent in October",
            "how much did eating out cost me last month",
            "how much for coffee this week",
            "how much went to Corner Pantry last month",
            "What was my electricity bill in October",
            "how much is coffee costing me this year",
            "total for groceries last month",
        ),
        shown=("how much was rent in October",),
    ),
    Kind(
        name="spending_most",
        becomes="spending",
        family=Family.SPENDING,
        title="Where most of it went",
        cues="""
            56 where do/did/have ~i ... most
            56 ~spend .. the? most
            56 money .. the? most
            56 most of? my/our? money/spending
            56 who/what/where do/did/have ~i ~pay .. most
        """,
        read=read_most,
        answer=answer,
        examples=(
            "What did I spend the most on this year?",
            "where do I spend the most money",
            "which stores did I spend most at last month",
            "what do I spend most of my money on",
            "where did most of my money go last month",
            "what did i spend the most on lats month",
        ),
        shown=("What did I spend the most on this year?",),
    ),
    Kind(
        name="spending_top",
        becomes="spending",
        family=Family.SPENDING,
        title="The biggest shops and categories",
        cues="""
            57 ~large .. .. ~shop
            57 ~large .. .. category/categories
            57 most expensive .. category/categories/~shop
        """,
        read=read_top,
        answer=answer,
        examples=(
            "five biggest merchants this quarter?",
            "top 5 merchants this year",
            "biggest categories this quarter",
            "top three categories last month",
            "my largest spending category this year",
            "bigest merchants last month",
        ),
        shown=("five biggest merchants this quarter?",),
    ),
    Kind(
        name="spending_share",
        family=Family.SPENDING,
        title="Which part of the spending something was",
        cues="""
            68 percent/percentage/percents/share/proportion/fraction/part of ... ~spend
            68 percent/percentage/percents/share/proportion/fraction of ... money
            68 percentage/percent/share/proportion
            92 ~more than half/third/quarter of
            92 ~more than a/one third/quarter of
            68 part/share/percentage/percent/proportion/fraction {time} ~spend
        """,
        never="""
            income
            saved/save
            limit
        """,
        read=read_share,
        answer=answer_share,
        examples=(
            "What percentage of my spending went on groceries last month?",
            "what share of my spending was rent last month",
            "how many percent of my spending last month was coffee",
            "groceries as a percentage of my spending this year",
            "what proportion of my money goes on rent",
            "what percentge of my expenses went to groceries last month",
        ),
    ),
)
