"""Goals, and how long the savings would last."""

from __future__ import annotations

from agents import RunContextWrapper, function_tool

from spendo.assistant.tools.calling import answer_call, refuse_arguments
from spendo.assistant.tools.envelope import Amount, bank_text
from spendo.assistant.tools.envelope.budgets import CushionPart, GoalPart, GoalProgressEnvelope
from spendo.assistant.tools.parts import amount
from spendo.assistant.tools.periods import period_part
from spendo.assistant.tools.statements import percent
from spendo.assistant.turn import Turn
from spendo.budgets.selectors import GoalProgress
from spendo.budgets.selectors import goal_progress as progress_of
from spendo.ledger.money import Money
from spendo.reports.selectors import MonthsCovered, months_covered


@function_tool(failure_error_function=refuse_arguments)
async def goal_progress(context: RunContextWrapper[Turn]) -> str:
    """The user's saving goals: how much is saved, what is missing, what it takes a month until the
    day, and whether the last months' pace is enough. `cushion` says for how many months of usual
    spending the savings accounts last. When `goals` is empty there is none, and the answer says
    so. Figures that are null cannot be told."""
    turn = context.context

    def work() -> GoalProgressEnvelope:
        goals = progress_of(turn.user, as_of=turn.today)
        return GoalProgressEnvelope(
            count=len(goals),
            goals=tuple(_goal(each) for each in goals),
            cushion=_cushion(turn, months_covered(turn.user, as_of=turn.today)),
        )

    return await answer_call(turn, "goal_progress", "Looking at your goals", work)


def _goal(goal: GoalProgress) -> GoalPart:
    return GoalPart(
        name=bank_text(goal.name),
        account=bank_text(goal.account) if goal.account else None,
        saved=_or_none(goal.saved),
        target=amount(goal.target),
        missing=_or_none(goal.missing),
        percent=percent(goal.percent),
        due_on=goal.due_on,
        months_left=goal.months_left,
        needed_per_month=_or_none(goal.needed_per_month),
        pace_per_month=_or_none(goal.pace_per_month),
        reached_on=goal.reached_on,
        reached=goal.is_reached,
        overdue=goal.is_overdue,
        on_track=goal.is_on_track,
        shared_with=tuple(bank_text(name) for name in goal.shared_with),
    )


def _cushion(turn: Turn, found: MonthsCovered) -> CushionPart:
    return CushionPart(
        months_covered=percent(found.months),
        savings=amount(found.savings),
        usual=_or_none(found.usual),
        period=period_part(turn, found.period) if found.period else None,
        accounts=tuple(bank_text(each.name) for each in found.accounts),
        left_out=found.left_out,
    )


def _or_none(money: Money | None) -> Amount | None:
    return None if money is None else amount(money)
