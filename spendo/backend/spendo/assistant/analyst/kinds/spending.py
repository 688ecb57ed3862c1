"""What was spent: in all, on something, somewhere, and in groups."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.balance import answer as balance
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import Plan, ask, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.sums import SO_FAR, groups, nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import bold, during, money, notes, plain
from spendo.assistant.tools.envelope import SumEnvelope


def read(question: Question, heard: Heard) -> Question | None:
    group = question.group_by
    if heard.says(
        "break down", "breakdown", "broken down", "split", "money ... go/going/gone/went"
    ):
        group = group or "category"
    return replace(question, group_by=group)


def read_named(question: Question, heard: Heard) -> Question | None:
    """ "How much was rent": about money if rent is something in the ledger."""
    if not question.names:
        return None
    sure = heard.says("~cost me/us") or (
        heard.first_person and heard.says("bill/bills", "~cost", "how much")
    )
    return replace(question, kind="spending", sure=sure)


def read_most(question: Question, heard: Heard) -> Question | None:
    """ "Where do I spend most": groups, the largest first."""
    group = question.group_by
    if group is None:
        group = "merchant" if heard.says("where/who/at") else "category"
    return replace(question, kind="spending", group_by=group, names=())


def read_top(question: Question, heard: Heard) -> Question | None:
    """ "Top five merchants": of spending, unless another measure is named."""
    if question.group_by not in ("category", "merchant", "account", "tag"):
        return None
    if heard.says("income", "~earn"):
        return replace(question, kind="income")
    return replace(question, kind="spending")


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    only_accounts = chosen.accounts and not (chosen.categories or chosen.merchants)
    if only_accounts and not question.sure and question.when is None:  # "how much in savings"
        text = yield from balance(question)
        return text
    period = yield from period_text(question.when, SO_FAR)
    found = yield from ask(SumEnvelope, sum_of("spending", period, chosen, question.group_by))
    if not found.count:
        text = yield from nothing_found(f"no spending{chosen.words()}", found)
        return text
    if money(found.total).startswith("−"):
        text = (
            f"Refunds came to **{plain(found.total)}** more than you spent{chosen.words()}"
            f"{during(found.period)}."
        )
    else:
        text = f"You spent {bold(found.total)}{chosen.words('from')}{during(found.period)}."
    return text + groups(found, question.limit) + notes(found.excluded)


KINDS = (
    Kind(
        name="spending",
        family=Family.SPENDING,
        title="What was spent, in all or on something",
        cues="""
            50 ~spend
            50 ~pay
            50 ~buy
            50 burn/burned/burnt/blow/blew/blown/splurge/splurged
            50 shell/shelled out
            50 dropped
            50 go/goes/went/going out
            50 money .. out
            50 net of
            50 breakdown
            50 break down
            51 where/what/how does/did/do/is/has/was all? my/our/the money .. go/going
            51 where/what/how does/did/do/is/has/was all? my/our/the money .. gone/went/spent
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
            ("How much did I spend on groceries last month?", "and in June?"),
            ("How much did I spend last month?", "by merchant instead"),
        ),
        shown=(
            "How much did I spend last month?",
            "how much did i spned on grocries lats month",
            "spending by category last month",
        ),
    ),
    Kind(
        name="spending_named",
        becomes="spending",
        family=Family.SPENDING,
        title="What something cost",
        cues="""
            30 ~cost
            30 how much was/were/is/are/for/on/at/to/did/has/have/in/from
            30 bill/bills
            30 what was/were/is/are my/our/the
        """,
        read=read_named,
        answer=answer,
        examples=(
            "how much was rent in October",
            "how much did eating out cost me last month",
            "how much for coffee this week",
            "what are my subscriptions",
            "What was my electricity bill in October",
            "how much is coffee costing me this year",
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
            56 ~large .. .. ~shop
            56 ~large .. .. category/categories
            56 most expensive .. category/categories/~shop
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
)
