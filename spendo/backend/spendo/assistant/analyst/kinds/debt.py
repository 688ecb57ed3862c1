"""Paying off debt."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from spendo.assistant.analyst.arithmetic import difference
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import (
    counted,
    money,
    name,
    names,
    percent_text,
    plain,
    table,
)
from spendo.assistant.tools.envelope import AnyEnvelope, DebtPlanEnvelope
from spendo.assistant.tools.envelope.debts import DebtPart, PlanPart

_NO_NAMES = word_set(
    """
    date dates day sooner longer faster quicker earlier save saved interest payments left
    credit long gone done debt debts free cheaper cost costs each snowball avalanche
    total totals throw threw put pay extra additional which month limit percent maxed
    method methods strategy strategies approach payoff one corner whether
    """
)


def read(question: Question, heard: Heard) -> Question | None:
    names = tuple(
        each for each in question.names if not set(each.text.casefold().split()) <= _NO_NAMES
    )
    return replace(question, names=names, group_by=None)


_NUMBERS = "/".join(["one", "a", *(str(number) for number in range(1, 121))])
_WHAT_IT_TAKES = (
    "I can work out when a debt is paid off at an amount a month. Name the amount, and ask again."
)


def read_payoff(question: Question, heard: Heard) -> Question | None:
    amount = question.amount
    if amount is None and question.bounds is not None:
        amount = question.bounds.low
    read_ = read(question, heard) or question
    within = heard.says_whole(*_WITHIN) and heard.says_own("how much/what")
    if amount is None and (within or heard.says_own("double/doubled/doubling/triple")):
        return replace(read_, aspect="within")
    extra = heard.says_whole(*_EXTRA)
    if amount is None and not extra:
        amount = _at(heard)
    if amount is None and extra:
        amount = _bare(heard)
        if amount is None:
            return None
    return replace(read_, amount=amount, bounds=None, aspect="extra" if extra else "")


_WITHIN = (f"off/cleared/gone ... in/within {_NUMBERS} month/months/year/years",)
_EXTRA = ("extra/additional", "~i add", "on top", "more a/per/each/every month", "more monthly")


def _at(heard: Heard) -> Decimal | None:
    """ "Paid off at 150": of a bare number what leads to it says that it is an amount."""
    for before, word in pairwise(heard.whole):
        if before in ("at", "with", "paying") and word.isdigit() and len(word) < 7:
            return Decimal(word)
    return None


def _bare(heard: Heard) -> Decimal | None:
    """The one number that is said, without a currency."""
    bare = [word for word in heard.whole if word.isdigit() and len(word) < 7]
    return Decimal(bare[0]) if len(bare) == 1 else None


def read_strategies(question: Question, heard: Heard) -> Question | None:
    read_ = read(question, heard) or question
    amount = question.amount or (question.bounds.low if question.bounds else None)
    if amount is None and heard.says_whole("extra/additional/more/month/monthly"):
        amount = _bare(heard)
    return replace(read_, amount=amount, bounds=None)


def debt_plan(
    question: Question, strategy: str, chosen: Filter
) -> Generator[list[Call], list[AnyEnvelope], DebtPlanEnvelope]:
    arguments: dict[str, object] = {"strategy": strategy}
    if question.amount is not None:
        arguments["monthly"] = str(question.amount)
    if chosen.accounts:
        arguments["accounts"] = list(chosen.accounts)
    found = yield from ask(DebtPlanEnvelope, Call("debt_plan", arguments))
    return found


def _refused(found: DebtPlanEnvelope) -> str:
    text = found.refused or "There is nothing to plan."
    if found.missing_for:
        text += f" It is missing for {names(found.missing_for)}."
    return text


def payoff(question: Question) -> Plan:
    if question.aspect == "within":
        raise AnswerNowError(_WHAT_IT_TAKES)
    chosen = yield from look_up(question, first="in")
    extra = question.aspect == "extra"
    fixed = question.amount is not None and not extra
    found = yield from debt_plan(question, "fixed" if fixed else "avalanche", chosen)
    if found.plan is None or found.balance is None or found.monthly is None:
        return _refused(found)
    plan = found.plan
    what = names(each.account for each in found.debts) if chosen.accounts else "All of it"
    how = (
        f"at {money(found.monthly)} a month"
        if fixed
        else f"at {money(found.monthly)} a month, the extra payment included"
        if extra
        else (f"at the minimum payments of {money(found.monthly)} a month")
    )
    sooner = ""
    if extra:
        sooner = yield from _sooner(question, plan, chosen)
    return (
        f"{what} is paid off in **{plan.paid_off_in:%B} {plan.paid_off_in.year}**, after "
        f"**{counted(plan.months, 'month')}** {how}. On {money(found.balance)} you pay "
        f"{money(plan.interest)} of interest, {money(plan.paid)} in all.{sooner}\n\n{_HOW}"
    )


def _sooner(
    question: Question, plan: PlanPart, chosen: Filter
) -> Generator[list[Call], list[AnyEnvelope], str]:
    """Against the minimum payments alone."""
    least = yield from debt_plan(replace(question, amount=None), "avalanche", chosen)
    if least.plan is None:
        return ""
    less = yield from difference(least.plan.interest, plan.interest)
    return (
        f" At the minimum payments alone it takes {counted(least.plan.months, 'month')} and costs "
        f"**{money(less)}** more interest."
    )


def strategies(question: Question) -> Plan:
    chosen = yield from look_up(question, first="in")
    found = yield from debt_plan(question, "avalanche", chosen)
    if found.plan is None:
        return _refused(found)
    plans = [
        plan
        for plan in (found.plan, *found.alternatives)
        if plan.strategy in ("avalanche", "snowball")
    ]
    rows = (
        (
            plan.strategy.capitalize(),
            money(plan.interest),
            money(plan.paid),
            counted(plan.months, "month"),
        )
        for plan in plans
    )
    cheaper = min(plans, key=lambda plan: (Decimal(plan.interest.amount), plan.strategy))
    same = len({plan.interest.amount for plan in plans}) == 1
    lead = (
        "Both cost the same interest:"
        if same
        else f"{cheaper.strategy.capitalize()} costs less interest, **{money(cheaper.interest)}**:"
    )
    shown = table(("Order", "Interest", "Paid in all", "Takes"), rows, right=(1, 2, 3))
    return f"{lead}\n\n{shown}\n\n{_first(found.debts)}{_HOW} {_ORDERS}"


def _first(debts: Sequence[DebtPart]) -> str:
    """Which debt each order begins with."""
    if len(debts) < 2:
        return ""
    dear = max(debts, key=lambda debt: Decimal(debt.rate))
    small = min(debts, key=lambda debt: abs(Decimal(debt.balance.amount)))
    return (
        f"Avalanche begins with {name(dear.account)} ({percent_text(dear.rate)}), snowball with "
        f"{name(small.account)} ({plain(small.balance)}). "
    )


_HOW = (
    "Interest is added each month at the yearly rate shared over the months, to the cent, then the "
    "payment is taken off; nothing new is charged."
)
_ORDERS = (
    "Avalanche puts what is left of the monthly sum on the highest rate, snowball on the smallest "
    "balance; what a paid-off debt no longer needs goes to the next."
)


KINDS = (
    Kind(
        name="payoff",
        family=Family.DEBT,
        title="When a debt is paid off",
        cues=f"""
            92 pay/clear ... off? ... in/within {_NUMBERS} month/months/year/years
            87 long/when/until/till ... clear/cleared ... ~loan
            87 when/long ... ~loan ... gone/cleared/over/finished/done/repaid
            87 free of/from .. ~loan
            87 out of debt
            87 clear/clearing .. ~loan
            87 extra ... a/per/every/each month ... ~loan
            87 paid off
            87 pay off ... {{amount}}
            87 when ... pay off
            87 how long ... pay off
            87 debt free
            87 debt-free
            87 if ~i pay {{amount}}
            87 payoff
            87 {{amount}} a/per/every/each/monthly month? ... gone/done/off
            87 when .. .. .. gone
            92 sooner/faster/earlier/quicker ... extra/additional
            92 extra/additional ... sooner/faster/earlier/quicker
            92 interest .. .. ~save ... extra/additional
            92 ~save ... interest ... extra/additional
            92 extra/additional .. a/per/each/every month
            92 paying .. more a/per/each/every month
            92 interest .. left/remaining/outstanding
            92 left/remaining .. interest
            92 will/would ... ~cost ... interest
            92 interest will/would ~i pay
            92 how much longer ... ~pay
            93 how many .. payments/months/instalments/installments .. left/remaining
            92 paying only/just the? minimum
            92 only/just pay the? minimum
            92 how many months/years ... ... paid off
            92 payoff date
            92 rid of my/the
            92 only/just paying? .. minimums/minimum
            92 total interest on .. .. debts/loans
            92 ~i add .. to my/the .. .. payment/payments
            92 off .. ~i double/doubled/doubling/triple
            92 ~i double/doubled/triple my/the? payment/payments
        """,
        never="""
            save/saved for
            goal/goals/budget/budgets
            earn
            avalanche/snowball
            what did/have i pay/paid off
            how much ... pay/paid off
            principal
        """,
        read=read_payoff,
        answer=payoff,
        examples=(
            "When is Rewards Credit Card paid off at $250 a month?",
            "when will my debts be gone",
            "if I put an extra $200 a month towards my debts when am I debt free",
            "how long to clear the car loan",
            "when will my credit card be paid off if I pay $250 a month",
            "how long until my credit card is paid off at $250 per month?",
            "pay off my credit card with $250 a month, when am I done",
            "if I pay $250 monthly on my credit card, when is it gone?",
            "when will I be debt free",
            "when is my credti card paid off at $250 a month",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="strategies",
        family=Family.DEBT,
        title="Avalanche and snowball",
        cues="""
            92 avalanche/snowball
            88 which debt/loan/card ... first
            88 order ... pay ... debts
        """,
        read=read_strategies,
        answer=strategies,
        examples=(
            "Avalanche or snowball? Show both totals",
            "should I use avalanche or snowball, what does each cost",
            "compare avalanche and snowball for my debts",
            "snowball vs avalanche",
            "which is cheaper, avalanche or snowball?",
            "avalanche",
            "avalnche or snowball",
        ),
        looks_ahead=True,
    ),
)
