"""More than one money: dated rates, and what is left out where one is missing."""

from datetime import date
from decimal import Decimal

from bench.spendobench.expected import Expected, Figure
from bench.spendobench.oracle import periods as p
from bench.spendobench.questions.draw import NAME_OF, Draw, Made, named
from bench.spendobench.questions.registry import template

KIND = "currencies"


@template(KIND)
def trip_cost(draw: Draw) -> Made:
    tag = draw.world.traps["trip"]
    facts = [fact for fact in draw.judge.counted() if tag in fact.tags]
    total = draw.judge.total(facts)
    return {"tag": tag, "home_currency": NAME_OF[draw.home]}, draw.of_total(total)


@template(KIND)
def which_rate(draw: Draw) -> Made:
    """On a Saturday it is Friday's."""
    days = (date(2026, 4, 11), date(2026, 4, 14), date(2026, 4, 8))
    day = draw.one_of(days if not draw.held_out else (date(2026, 4, 12), date(2026, 4, 7)))
    found = draw.judge.rate_on("JPY", day)
    if found is None:
        return None
    words = {"currency": "yen", "day": p.spoken(day)}
    return words, Expected(values=(Figure(found[0], "rate"),))


@template(KIND)
def partial_total(draw: Draw) -> Made:
    span = draw.one_of(
        (p.month(2026, 8), p.month(2026, 4), p.this_year(draw.today))
        if not draw.held_out
        else (p.quarter(2026, 3, "in Q3 2026"), p.month(2026, 7))
    )
    return named(span), draw.of_total(draw.judge.spent(span.start, span.end))


@template(KIND)
def foreign_spending(draw: Draw) -> Made:
    span = p.month(2026, 4) if not draw.held_out else p.quarter(2026, 2, "in Q2 2026")
    wallet = draw.world.traps["yen"]
    facts = draw.judge.counted(span.start, span.end)
    spent = -sum((fact.amount for fact in facts if fact.account == wallet), Decimal(0))
    words = {**named(span), "account": wallet, "currency": "yen"}
    return words, Expected(values=(Figure(spent, "JPY"),))
