"""Paying off debt."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from decimal import Decimal

from spendo.assistant.analyst.fixed import says
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import Call, Plan, ask
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
from spendo.assistant.tools.envelope.debts import CardUsePart

NO_SCORE = (
    "A credit score is kept by credit bureaus and is not in your records, so I do not know it. I "
    "can say how much of your cards’ limits is used."
)
_NO_NAMES = word_set(
    """
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


def read_payoff(question: Question, heard: Heard) -> Question | None:
    amount = question.amount
    if amount is None and question.bounds is not None:
        amount = question.bounds.low
    read_ = read(question, heard) or question
    extra = heard.says_whole("extra/additional", "on top")
    if amount is None and extra:
        bare = [word for word in heard.whole if word.isdigit() and len(word) < 7]
        if len(bare) != 1:
            return None
        amount = Decimal(bare[0])
    return replace(read_, amount=amount, bounds=None, aspect="extra" if extra else "")


def _plan(
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
    chosen = yield from look_up(question, first="in")
    extra = question.aspect == "extra"
    fixed = question.amount is not None and not extra
    found = yield from _plan(question, "fixed" if fixed else "avalanche", chosen)
    if found.plan is None or found.balance is None or found.monthly is None:
        return _refused(found)
    plan = found.plan
    what = names(chosen.accounts) if chosen.accounts else "All of it"
    how = (
        f"at {money(found.monthly)} a month"
        if fixed
        else f"at {money(found.monthly)} a month, the extra payment included"
        if extra
        else (f"at the minimum payments of {money(found.monthly)} a month")
    )
    return (
        f"{what} is paid off in **{plan.paid_off_in:%B} {plan.paid_off_in.year}**, after "
        f"**{counted(plan.months, 'month')}** {how}. On {money(found.balance)} you pay "
        f"{money(plan.interest)} of interest, {money(plan.paid)} in all.\n\n{_HOW}"
    )


def strategies(question: Question) -> Plan:
    chosen = yield from look_up(question, first="in")
    found = yield from _plan(question, "avalanche", chosen)
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
    return f"{lead}\n\n{shown}\n\n{_HOW} {_ORDERS}"


def utilisation(question: Question) -> Plan:
    chosen = yield from look_up(question, first="in")
    found = yield from _plan(replace(question, amount=None), "avalanche", Filter())
    use = found.utilisation
    cards = [card for card in use.cards if not chosen.accounts or card.account in chosen.accounts]
    if not cards:
        what = names(chosen.accounts) if chosen.accounts else "Your records"
        return f"{what} has no credit limit: it is not a credit card."
    if len(cards) == 1:
        return _one(cards[0])
    if use.percent is None:
        return (
            f"The limit of {names(card.account for card in cards)} is not known, so I cannot say "
            "how much of it is used."
        )
    rows = (
        (
            name(card.account),
            percent_text(card.percent) if card.percent else "limit not known",
            money(card.used),
            money(card.limit) if card.limit else "—",
        )
        for card in cards
    )
    return (
        f"**{percent_text(use.percent)}** of your cards’ limits is used: {money(use.used)} of "
        f"{money(use.limit)}.\n\n" + table(("Card", "Used", "Owed", "Limit"), rows, right=(1, 2, 3))
    )


def _one(card: CardUsePart) -> str:
    if card.limit is None or card.percent is None:
        return (
            f"The limit of {name(card.account)} is not known, so I cannot say how much of it is "
            "used. Enter the limit with the account, then ask again."
        )
    return (
        f"**{percent_text(card.percent)}** of the limit of {name(card.account)} is used: "
        f"{plain(card.used)} of {money(card.limit)}."
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
        cues="""
            87 long/when/until/till ... clear/cleared ... ~loan
            87 when/long ... ~loan ... gone/cleared/over/finished/done/repaid
            87 free of/from .. ~loan
            87 out of debt
            87 clear/clearing .. ~loan
            87 extra ... a/per/every/each month ... ~loan
            87 paid off
            87 pay off ... {amount}
            87 when ... pay off
            87 how long ... pay off
            87 debt free
            87 debt-free
            87 if ~i pay {amount}
            87 payoff
            87 {amount} a/per/every/each/monthly month? ... gone/done/off
            87 when .. .. .. gone
        """,
        never="""
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
        read=read,
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
    Kind(
        name="utilisation",
        family=Family.DEBT,
        title="Credit utilisation",
        cues="""
            84 utilisation/utilization
            92 available/remaining credit
            92 how much credit .. .. .. left/available
            84 of .. .. limit
            84 credit limit
            84 limit ... using/used/use
            84 how much .. .. available credit
            84 maxed
        """,
        read=read,
        answer=utilisation,
        examples=(
            "What's my credit utilisation?",
            "credit utilization of my credit card",
            "how much of my limit on Rewards Credit Card am I using, in percent",
            "what percent of the limit on my credit card is used?",
            "my credit limit",
            "is my card maxed out",
            "credit utilistion",
        ),
    ),
    Kind(
        name="credit_score",
        family=Family.DEBT,
        title="The credit score",
        cues="""
            89 credit score/rating/report
            89 {name} score
            89 fico/schufa/experian/equifax
        """,
        answer=says(NO_SCORE),
        examples=(
            "what is my credit score",
            "my credit rating",
            "how good is my credit score",
            "did my credit score change",
            "show my credit report",
            "what's my FICO score",
            "my credit scroe",
        ),
    ),
)
