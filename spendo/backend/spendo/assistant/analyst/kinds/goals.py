"""Goals, and how long savings last."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from rapidfuzz import fuzz

from spendo.assistant.analyst.arithmetic import calc
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter
from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.sums import sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import bold, day, is_zero, money, name, names, table
from spendo.assistant.tools.envelope import (
    Amount,
    AnyEnvelope,
    GoalProgressEnvelope,
    PeriodPart,
    SumEnvelope,
)
from spendo.assistant.tools.envelope.budgets import GoalPart
from spendo.assistant.tools.envelope.calc import CalcEnvelope

NO_GOALS = "You have no goals yet. A goal is set by you, with an amount and a day."
_ALIKE = 80
"""From this similarity on (of 100) two names are taken for the same."""


def read(question: Question, heard: Heard) -> Question | None:
    kept = (name.text.removesuffix(" goal").removesuffix(" goals") for name in question.names)
    names = tuple(replace(n, text=text) for n, text in zip(question.names, kept, strict=True))
    if not names and heard.says_own("emergency fund"):
        names = (Name("emergency fund"),)
    return replace(question, names=names)


def answer(question: Question) -> Plan:
    found = yield from ask(GoalProgressEnvelope, Call("goal_progress"))
    if not found.goals:
        return NO_GOALS
    goals = list(found.goals)
    if question.names:
        goals = _meant(question, found.goals)
        if not goals:
            return (
                f"No goal of yours is called “{name(question.names[0].text)}”. Your goals are "
                f"{names(goal.name for goal in found.goals)}."
            )
    if len(goals) == 1:
        return _one(goals[0])
    rows = (
        (
            name(goal.name),
            money(goal.saved) if goal.saved else "—",
            money(goal.target),
            f"{goal.percent}%" if goal.percent else "—",
        )
        for goal in goals
    )
    return "Your goals:\n\n" + table(("Goal", "Saved", "Of", "Reached"), rows, right=(1, 2, 3))


def named_goal(question: Question) -> Generator[list[Call], list[AnyEnvelope], str | None]:
    """How the one goal goes that is called so, if one is."""
    found = yield from ask(GoalProgressEnvelope, Call("goal_progress"))
    goals = _meant(question, found.goals) if found.goals and question.names else []
    return _one(goals[0]) if len(goals) == 1 else None


def _meant(question: Question, goals: Sequence[GoalPart]) -> list[GoalPart]:
    wanted = " ".join(each.text for each in question.names).casefold()
    scored = [(fuzz.partial_ratio(wanted, goal.name.casefold()), goal) for goal in goals]
    best = max(score for score, _ in scored)
    return [goal for score, goal in scored if score == best] if best >= _ALIKE else []


def _one(goal: GoalPart) -> str:
    if goal.saved is None:
        return f"I cannot tell what is saved for {name(goal.name)}: its account is hidden."
    text = f"{bold(goal.saved)} of {money(goal.target)} is saved for {name(goal.name)}"
    if goal.percent:
        text += f" ({goal.percent}%)"
    if goal.reached:
        return f"{text}: the goal is reached."
    if goal.missing:
        text += f", so {money(goal.missing)} is missing"
    text += "."
    if goal.due_on and goal.needed_per_month:
        text += f" It takes {money(goal.needed_per_month)} a month until {day(goal.due_on)}"
        text += (
            f"; lately it was {money(goal.pace_per_month)} a month." if goal.pace_per_month else "."
        )
    elif goal.overdue and goal.due_on:
        text += f" It was due on {day(goal.due_on)}."
    return text


def _months(savings: Amount, month: Amount) -> Generator[list[Call], list[AnyEnvelope], str]:
    found = yield from ask(CalcEnvelope, calc(f"round({savings.amount} / {month.amount}, 1)"))
    return found.result


def _last_day(period: PeriodPart) -> date:
    return period.end - timedelta(days=1)


def covered(question: Question) -> Plan:
    found = yield from ask(GoalProgressEnvelope, Call("goal_progress"))
    cushion = found.cushion
    if not cushion.accounts:
        return "You have no savings account here, so I cannot tell how long savings would last."
    if cushion.months_covered is None or cushion.usual is None or cushion.period is None:
        return (
            f"Your savings are {bold(cushion.savings)}. There is no whole month of spending yet to "
            "measure them by."
        )
    days = f"{cushion.period.start.isoformat()}..{_last_day(cushion.period).isoformat()}"
    spent = yield from ask(SumEnvelope, sum_of("spending", days, Filter()))
    usual = yield from _months(cushion.savings, cushion.usual)
    text = (
        f"Months that your savings cover: **{usual}** by the median month ({money(cushion.usual)})"
    )
    if (mean := spent.averages.per_month) and not is_zero(mean):
        by_mean = yield from _months(cushion.savings, mean)
        text += f", **{by_mean}** by the average month ({money(mean)})"
    text += f". Savings are {money(cushion.savings)} in {names(cushion.accounts)}; the months are "
    text += f"{cushion.period.words}."
    if cushion.left_out:
        text += f" Savings in {names(cushion.left_out)} are not in it."
    return text


KINDS = (
    Kind(
        name="goals",
        family=Family.PLANS,
        title="How far a goal is",
        cues="""
            92 have/need/got to save ... each/per/a/every month
            92 should/must/need ~i .. save ... each/per/a/every month
            92 goals overview/status/summary
            92 overview/summary/status of my/our goals
            92 how is my/our/the .. fund $
            92 my/our/the .. fund full/funded/complete/finished
            92 emergency fund .. going/doing/coming/progress/looking/track
            87 fund goal/target
            87 hit/reach/reached/made/met ... goal/goals/target/targets
            87 how far .. .. .. goal/goals/target
            87 how far along/off
            81 hit/hitting/reach/reached/meet/meeting ... ~goal
            88 on track ... ~goal
            88 ~goal ... on track
            81 ~goal
            81 saved for
            81 how far am/are ~i with/from/to
            81 how close am/are ~i to
            81 progress
            81 fund .. coming/going/doing
            81 coming along
            81 saving/savings for {name}
        """,
        never="""
            budget
        """,
        read=read,
        answer=answer,
        examples=(
            "How is my vacation goal going?",
            "how far along is my emergency fund",
            "when will I hit my holiday goal",
            "have I reached my emergency fund target yet",
            "progress of my vacation goal",
            "how much have I saved for the vacation?",
            "how far am I with my vacation goal",
            "my goals",
            "vacation goal",
            "will I reach my vacation goal",
            "how is my vacation gaol going?",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="months_covered",
        family=Family.PLANS,
        title="How long savings last",
        cues="""
            86 how many months/weeks/years ... savings
            86 how many months/weeks/years ... live
            86 how many months/weeks/years ... cover
            86 savings ... last
            86 how long ... savings
            86 how long could/can/would/will ~i live
            86 how long could/can/would/will ... money last
            86 runway
            86 emergency fund
            86 months of expenses/spending
        """,
        never="""
            last month/year/week/quarter
            by/per/each/every month
        """,
        answer=covered,
        examples=(
            "How many months do my savings cover?",
            "how many months could I live on my savings",
            "how long would my savings last?",
            "how many months of spending do my savings cover",
            "for how many months would my savings be enough",
            "what is my runway",
            "how long wuold my savings last",
        ),
        looks_ahead=True,
    ),
)
