"""What came in, and what was left of it."""

from bench.spendobench.events import Earned
from bench.spendobench.expected import Expected, Figure
from bench.spendobench.questions.draw import Draw, Made, missing, named
from bench.spendobench.questions.registry import template

KIND = "income and saving"


@template(KIND)
def last_paid(draw: Draw) -> Made:
    facts = [fact for fact in draw.judge.counted(measure="income") if fact.amount > 0]
    last = max(fact.on for fact in facts)
    latest = [fact for fact in facts if fact.on == last]
    if len(latest) > 1:
        return None
    return {}, Expected(values=(draw.money(latest[0].amount),), dates=(last,))


@template(KIND)
def income_period(draw: Draw) -> Made:
    span = draw.period()
    return named(span), draw.of_total(draw.judge.earned(span.start, span.end))


@template(KIND)
def saved_period(draw: Draw) -> Made:
    span = draw.period()
    start, end = span.start, span.end
    left = draw.judge.saved(start, end)
    parts = (
        draw.money(draw.judge.earned(start, end).value),
        draw.money(draw.judge.spent(start, end).value),
    )
    return named(span), draw.of_total(left, also=parts, signed=True)


@template(KIND)
def savings_rate(draw: Draw) -> Made:
    span = draw.period()
    facts = draw.judge.counted(span.start, span.end, "net")
    earned = draw.judge.earned(span.start, span.end)
    if earned.value <= 0:
        return None
    share = Figure(-draw.judge.exact(facts) / earned.value * 100, "%")
    total = draw.judge.saved(span.start, span.end)
    return named(span), Expected(values=(share,), says=missing(total), signed=True)


@template(KIND)
def salary_change(draw: Draw) -> Made:
    payer = draw.world.traps.get("raise")
    if payer is None:
        return None
    paid = [each for each in draw.world.events if isinstance(each, Earned)]
    paid = [each for each in paid if each.merchant == payer]
    new = paid[-1].amount
    first = next(each for each in paid if each.amount == new)
    old = paid[paid.index(first) - 1].amount
    change = Expected(
        values=(draw.money(old), draw.money(new)), also=(draw.money(new - old),), names=(payer,),
        dates=(first.on,),
    )  # fmt: skip
    return {}, change
