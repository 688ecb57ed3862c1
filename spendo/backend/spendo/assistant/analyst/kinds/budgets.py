"""Budgets: what is left, which are over, where a month is heading, what a budget could be."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind

KINDS = (
    Kind(
        name="budget_left",
        family=Family.PLANS,
        title="What is left in a budget",
        cues="""
            81 left ... ~budget
            81 ~budget ... left
            81 remaining ... ~budget
            81 ~budget ... remaining
            81 how much .. can ~i still spend on
            81 can ~i still spend
            81 left to spend on
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
        answer=cannot_yet,
        examples=(
            "How much is left in my groceries budget?",
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
            82 over .. ~budget
            82 ~budget ... over
            82 ~budget ... exceed/exceeded/blown/broken/overspent
            82 exceed/exceeded ... ~budget
            82 overspent/overspending
            82 over budget
            82 which/what budget/budgets am/did/have ~i {time}
            82 within .. budget/budgets
            82 on budget
        """,
        never="""
            pace
            left over
        """,
        answer=cannot_yet,
        examples=(
            "Which budgets am I over?",
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
            87 pace
            87 at this rate/speed
            87 on track
            87 if ~i keep/continue/go spending/on
            87 by the end of the month ... ~spend
            87 will ~i stay/be/keep ... ~budget
        """,
        answer=cannot_yet,
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
            88 suggest/suggested/propose/recommend/recommended ... ~budget
            88 what ~budget ... fit/realistic/reasonable/sensible
            88 what should .. .. ~budget be
            88 reasonable/realistic/sensible .. ~budget
            88 ~budget ... based on
            88 how much should ~i budget
            88 help ... ~budget
        """,
        answer=cannot_yet,
        examples=(
            "Suggest a groceries budget from six months",
            "suggest a budget for groceries from the last six months",
            "what should my groceries budget be based on six months?",
            "recommend a groceries budget from the last 6 months",
            "what budget for groceries would fit the last six months",
            "how much should I budget for groceries",
            "sugest a groceries budget",
        ),
    ),
)
