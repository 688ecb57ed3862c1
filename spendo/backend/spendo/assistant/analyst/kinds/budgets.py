"""Budgets: what is left, which are over, where a month is heading, what a budget could be."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import replace

from spendo.assistant.analyst.arithmetic import calc
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.balance import answer as balance
from spendo.assistant.analyst.kinds.goals import named_goal
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.sums import nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.words import MARKS
from spendo.assistant.analyst.wording import (
    bold,
    during,
    money,
    name,
    names,
    notes,
    of_calc,
    plain,
    table,
)
from spendo.assistant.tools.envelope import (
    AnyEnvelope,
    BudgetStatusEnvelope,
    SuggestBudgetsEnvelope,
    SumEnvelope,
)
from spendo.assistant.tools.envelope.budgets import BudgetPart
from spendo.assistant.tools.envelope.calc import CalcEnvelope
from spendo.ledger.money import exponent

NO_BUDGETS = (
    "You have no budgets for {month}. I can suggest one from what a category usually costs."
)
MONTHS_OF_SUGGESTION = 6
_NO_NAMES = frozenset(
    {"anywhere", "set", "budget", "budgets", "month", "any", "track", "keep", "rate"}
)


def read(question: Question, heard: Heard) -> Question | None:
    kept = tuple(n for each in question.names if (n := _without_budget(each)) is not None)
    return replace(question, names=kept, group_by=None)


def read_left(question: Question, heard: Heard) -> Question | None:
    """ "What is left in groceries" needs a name; "how much is left over" is about income."""
    question = read(question, heard) or question
    return question if question.names or heard.says("~budget") else None


def weigh_left(heard: Heard) -> int:
    """ "Restaurants budget this month" says no more than which."""
    *before, last = [word for word in heard.words if word not in MARKS] or [""]
    named = {part for name in heard.names() for part in name.text.casefold().split()}
    said = {word for word in before if word not in ("my", "our", "the")}
    return 92 if last == "budget" and said and said <= named and len(said) < 4 else 0


def read_suggestion(question: Question, heard: Heard) -> Question | None:
    question = read(question, heard) or question
    months = re.search(r"\b(\d{1,2}) months?\b", " ".join(heard.whole))
    limit = int(months[1]) if months else MONTHS_OF_SUGGESTION
    return replace(question, when=None, limit=min(max(limit, 1), 24))


def _without_budget(asked: Name) -> Name | None:
    words = [word for word in asked.text.split() if word.casefold() not in _NO_NAMES]
    return replace(asked, text=" ".join(words)) if words else None


def _status(
    question: Question, chosen: Filter
) -> Generator[list[Call], list[AnyEnvelope], BudgetStatusEnvelope]:
    month = yield from period_text(question.when, "")
    arguments: dict[str, object] = {}
    if month:
        arguments["month"] = month
    if chosen.categories:
        arguments["categories"] = list(chosen.categories)
    found = yield from ask(BudgetStatusEnvelope, Call("budget_status", arguments))
    return found


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    if chosen.accounts and not chosen.categories:  # "what is left in checking"
        text = yield from balance(replace(question, kind="balance"))
        return text
    found = yield from _status(question, chosen)
    if not found.budgets:
        return _none(found, chosen)
    if len(found.budgets) == 1:
        return _one(found.budgets[0], found) + notes(found.excluded)
    return (
        f"{bold(found.left)} of {money(found.available)} is left in your budgets for "
        f"{found.period.words}:\n\n{_table(found.budgets)}"
    ) + notes(found.excluded)


def _none(found: BudgetStatusEnvelope, chosen: Filter) -> str:
    if chosen.categories:
        return f"There is no budget for {names(chosen.categories, 'or')} in {found.period.words}."
    return NO_BUDGETS.format(month=found.period.words)


def _one(budget: BudgetPart, found: BudgetStatusEnvelope) -> str:
    if budget.over:
        return (
            f"Your {name(budget.category)} budget is over by **{plain(budget.left)}**: "
            f"{money(budget.spent)} spent of {money(budget.available)} ({found.period.words})."
        )
    return (
        f"{bold(budget.left)} is left in your {name(budget.category)} budget: "
        f"{money(budget.spent)} spent of {money(budget.available)} ({found.period.words})."
    )


def _table(budgets: Sequence[BudgetPart]) -> str:
    return table(
        ("Budget", "Left", "Spent", "Of"),
        (
            (name(each.category), money(each.left), money(each.spent), money(each.available))
            for each in budgets
        ),
        right=(1, 2, 3),
    )


def over(question: Question) -> Plan:
    chosen = yield from look_up(question)
    found = yield from _status(question, chosen)
    if not found.budgets:
        return _none(found, chosen)
    exceeded = [each for each in found.budgets if each.over]
    if not exceeded:
        of = f" of {names(chosen.categories)}" if chosen.categories else ""
        return f"You are not over any budget{of} in {found.period.words}."
    if len(exceeded) == 1:
        return _one(exceeded[0], found) + notes(found.excluded)
    lead = names(each.category for each in exceeded)
    rows = (
        (name(each.category), plain(each.left), money(each.spent), money(each.available))
        for each in exceeded
    )
    shown = table(("Budget", "Over by", "Spent", "Of"), rows, right=(1, 2, 3))
    return f"You are over these budgets in {found.period.words}: {lead}.\n\n{shown}" + notes(
        found.excluded
    )


def pace(question: Question) -> Plan:
    """What a month comes to if each of its days costs what those so far did."""
    chosen = yield from look_up(question)
    status = yield from _status(replace(question, when=None), chosen)
    spent = yield from ask(SumEnvelope, sum_of("spending", "this month", chosen))
    if not spent.count:  # "on track for the holiday" may be a goal
        if (goal := (yield from named_goal(question))) is not None:
            return goal
        text = yield from nothing_found(f"no spending{chosen.words()}", spent)
        return text
    days = (status.period.end - status.period.start).days
    gone = f"({days} - {status.days_left} + 1)"  # today is one of the days that are left
    currency = spent.total.currency
    whole = f"round({spent.total.amount} * {days} / {gone}, {exponent(currency)})"
    found = yield from ask(CalcEnvelope, calc(whole))
    text = (
        f"At this pace you will have spent **{money(of_calc(found, currency))}**"
        f"{chosen.words()} by the end of the month: {money(spent.total)} so far"
        f"{during(spent.period)}."
    )
    for budget in status.budgets if chosen.categories else ():
        end = "is over" if budget.will_be_over else "stays within"
        text += f" That {end} the budget of {money(budget.available)}."
    return text + notes(spent.excluded)


def suggest(question: Question) -> Plan:
    chosen = yield from look_up(question)
    arguments: dict[str, object] = {"months": question.limit or MONTHS_OF_SUGGESTION}
    if chosen.categories:
        arguments["categories"] = list(chosen.categories)
    found = yield from ask(SuggestBudgetsEnvelope, Call("suggest_budgets", arguments))
    lines, period = found.lines, found.period
    if period is None or not lines:
        return f"There is not a whole month of spending{chosen.words()} to suggest a budget from."
    if len(lines) == 1:
        line = lines[0]
        return (
            f"**{money(line.usual)}** a month is what {name(line.category)} usually costs: the "
            f"median of {found.months} whole months ({period.words}), which ran "
            f"from {money(line.least)} to {money(line.most)}. Whether that is a good budget is "
            "yours to say."
        )
    rows = (
        (name(line.category), money(line.usual), money(line.least), money(line.most))
        for line in lines[:15]
    )
    return (
        f"What your categories usually cost a month, the median of {found.months} whole "
        f"months ({period.words}):\n\n"
        + table(("Category", "Usual", "Least", "Most"), rows, right=(1, 2, 3))
    )


KINDS = (
    Kind(
        name="budget_left",
        family=Family.PLANS,
        title="What is left in a budget",
        cues="""
            81 ~budget .. looking/doing/status/standing/holding/check/update
            83 ~budget ... close/near/nearly/almost/tight
            60 am/are ~i .. good/ok/okay/alright for/on/with
            81 wiggle/breathing/head room
            81 headroom
            81 left ... ~budget
            81 ~budget ... left
            81 remaining ... ~budget
            81 ~budget ... remaining
            81 how much .. can ~i still spend on
            81 can ~i still spend
            81 left to spend on
            84 ^ left in/for
            60 left in/for {name}
            60 what is left in/for
            81 ~budget
            81 how is my .. budget
        """,
        never="""
            pace
            suggest/recommend
            set/create/change/make
        """,
        read=read_left,
        weigh=weigh_left,
        answer=answer,
        examples=(
            "How much is left in my groceries budget?",
            "how's my budget looking",
            "am I good for groceries this month",
            "any budgets I'm close to going over",
            "what's left in groceries?",
            "groceries budget left this month",
            "how much can I still spend on groceries this month",
            "remaining groceries budget",
            "my budgets",
            "what is left in my budget",
            "remaning groceries budget",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="budgets_over",
        family=Family.PLANS,
        title="Which budgets are over",
        cues="""
            82 gone/go/went over anywhere
            82 ~overspent ... ~budget
            82 ~budget ... ~overspent
            82 am/are/was/were ~i .. over on/in/for/with
            82 gone/going/go/went over on/in/for/with/my
            82 over my? limit/allowance
            82 over .. ~budget
            82 ~budget ... over
            82 ~budget ... exceed/exceeded/blown/broken/overspent
            82 exceed/exceeded ... ~budget
            82 overspent/overspending
            82 over budget
            82 which/what budget/budgets am/did/have ~i {time}
            82 which/what/where am/are ~i over
            82 within .. budget/budgets
            82 on budget
        """,
        never="""
            close/near/nearly/almost
            pace
            left over
        """,
        read=read,
        answer=over,
        examples=(
            "Which budgets am I over?",
            "have I blown my food budget",
            "am I over on groceries",
            "which budget am I over this month",
            "am I over budget anywhere?",
            "which categories are over budget",
            "what budgets did I exceed this month",
            "where did I overspend",
            "wich budgets am I over",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="budget_pace",
        family=Family.PLANS,
        title="Where a month is heading",
        cues="""
            87 ~overspent ... ~budget ... at this rate/pace
            87 pace
            87 at this rate/speed
            87 on track
            87 if ~i keep/continue/go spending/on
            87 by the end of the month ... ~spend
            87 will ~i stay/be/keep ... ~budget
        """,
        read=read,
        answer=pace,
        examples=(
            "At this pace, how much will I spend on groceries this month?",
            "at this pace what will groceries come to this month",
            "will I stay within my groceries budget at this pace?",
            "how much groceries will I have spent by the end of the month at this pace",
            "groceries at this pace this month",
            "am I on track with my groceries budget",
            "at this pcae what will groceries come to this month",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="suggest_budget",
        family=Family.PLANS,
        title="What a budget could be",
        cues="""
            88 should ~i .. budget
            88 sensible/realistic/reasonable amount ... ~budget
            88 suggest/suggested/propose/recommend/recommended ... ~budget
            88 what ~budget ... fit/realistic/reasonable/sensible
            88 what should .. .. ~budget be
            88 reasonable/realistic/sensible .. ~budget
            88 ~budget ... based on
            88 how much should ~i budget
            88 how much should ~i ... ... ~budget
            88 help ... ~budget
        """,
        read=read_suggestion,
        answer=suggest,
        examples=(
            "Suggest a groceries budget from six months",
            "what should I budget for groceries",
            "suggest a budget for groceries from the last six months",
            "what should my groceries budget be based on six months?",
            "recommend a groceries budget from the last 6 months",
            "what budget for groceries would fit the last six months",
            "how much should I budget for groceries",
            "sugest a groceries budget",
        ),
    ),
)
