"""Paying debts off, and how full the cards are."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

from agents import RunContextWrapper, function_tool
from pydantic import Field

from spendo.assistant.tools.calling import ToolProblemError, answer_call, refuse_arguments
from spendo.assistant.tools.envelope import bank_text
from spendo.assistant.tools.envelope.debts import (
    CardUsePart,
    DebtMonthPart,
    DebtPart,
    DebtPlanEnvelope,
    PlanPart,
    UtilisationPart,
)
from spendo.assistant.tools.names import choose_names
from spendo.assistant.tools.parts import amount
from spendo.assistant.tools.statements import percent
from spendo.assistant.turn import Turn
from spendo.ledger.money import Money, MoneyError
from spendo.reports.selectors import (
    CreditUtilisation,
    DebtPlan,
    DebtPlanRefused,
    Strategy,
    credit_utilisation,
)
from spendo.reports.selectors import debt_plan as plan_of
from spendo.reports.selectors.debts import DEBT_DEFINITION, PlanTotals

_SHOWN_MONTHS = 24


@function_tool(failure_error_function=refuse_arguments)
async def debt_plan(
    context: RunContextWrapper[Turn],
    strategy: Annotated[
        Strategy,
        Field(
            description="avalanche: highest rate first; snowball: smallest balance first; fixed: "
            "`monthly` in all, minimums not looked at."
        ),
    ] = "avalanche",
    monthly: Annotated[
        str | None,
        Field(
            description="A decimal such as '250'. With fixed what is paid a month in all; else "
            "what is paid beyond all minimums. null: nothing beyond."
        ),
    ] = None,
    accounts: Annotated[
        list[str] | None, Field(description="Only these cards and loans. null: all debts.")
    ] = None,
) -> str:
    """When the user's debts are paid off and what interest that costs, month by month to the cent,
    with the totals of the other strategy beside; and how much of their limits the cards have used
    (`utilisation`). When a rate, a minimum payment or a limit is not known, `refused`,
    `missing_for` and `without_limit` say so: then give no figure for it. This is arithmetic, not
    advice."""
    turn = context.context

    def work() -> DebtPlanEnvelope:
        names = choose_names(turn.user, None, None, accounts)
        payment = _money(turn, monthly)
        use = credit_utilisation(turn.user, as_of=turn.today)
        try:
            plan = plan_of(
                turn.user,
                strategy,
                extra=None if strategy == "fixed" else payment,
                payment=payment if strategy == "fixed" else None,
                account_ids=names.account_ids if accounts else None,
                as_of=turn.today,
            )
        except DebtPlanRefused as refused:
            return _refused(refused, use)
        return _envelope(plan, use)

    return await answer_call(turn, "debt_plan", "Working out a plan", work)


def _money(turn: Turn, text: str | None) -> Money | None:
    if text is None:
        return None
    try:
        return Money(Decimal(text.strip()), turn.user.currency)
    except (InvalidOperation, MoneyError):
        raise ToolProblemError("invalid_amount", "Give a plain decimal such as '250'.") from None


def _envelope(plan: DebtPlan, use: CreditUtilisation) -> DebtPlanEnvelope:
    shown = (*plan.schedule[:_SHOWN_MONTHS], *plan.schedule[_SHOWN_MONTHS:][-1:])
    return DebtPlanEnvelope(
        plan=_plan(plan.totals),
        alternatives=tuple(_plan(each) for each in plan.alternatives),
        balance=amount(plan.balance),
        monthly=amount(plan.monthly),
        debts=tuple(
            DebtPart(
                account=bank_text(each.account),
                balance=amount(each.balance),
                rate=format(each.rate.normalize(), "f"),
                minimum=amount(each.minimum),
                interest=amount(each.interest),
                months=each.months,
                paid_off_in=each.paid_off_in,
            )
            for each in plan.debts
        ),
        schedule=tuple(
            DebtMonthPart(
                month=each.month,
                payment=amount(each.payment),
                interest=amount(each.interest),
                balance=amount(each.balance),
            )
            for each in shown
        ),
        refused=None,
        missing_for=(),
        utilisation=_utilisation(use),
        left_out=tuple(bank_text(name) for name in plan.left_out),
        definition=plan.definition,
        count=len(plan.debts),
        truncated=len(shown) < len(plan.schedule),
    )


def _refused(refused: DebtPlanRefused, use: CreditUtilisation) -> DebtPlanEnvelope:
    return DebtPlanEnvelope(
        plan=None,
        alternatives=(),
        balance=None,
        monthly=None,
        debts=(),
        schedule=(),
        refused=str(refused),
        missing_for=tuple(bank_text(name) for name in refused.missing),
        utilisation=_utilisation(use),
        left_out=(),
        definition=DEBT_DEFINITION,
        count=0,
    )


def _plan(totals: PlanTotals) -> PlanPart:
    return PlanPart(
        strategy=totals.strategy,
        interest=amount(totals.interest),
        paid=amount(totals.paid),
        months=totals.months,
        paid_off_in=totals.paid_off_in,
    )


def _utilisation(use: CreditUtilisation) -> UtilisationPart:
    return UtilisationPart(
        percent=percent(use.percent),
        used=amount(use.used),
        limit=amount(use.limit),
        cards=tuple(
            CardUsePart(
                account=bank_text(each.account),
                used=amount(each.used),
                limit=amount(each.limit) if each.limit else None,
                percent=percent(each.percent),
            )
            for each in use.cards
        ),
        without_limit=tuple(bank_text(name) for name in use.without_limit),
    )
