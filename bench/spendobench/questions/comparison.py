"""One period beside another."""

from datetime import date, timedelta
from decimal import Decimal

from bench.spendobench.expected import Expected, Figure
from bench.spendobench.oracle import Total
from bench.spendobench.oracle import periods as p
from bench.spendobench.oracle.periods import Span
from bench.spendobench.questions.draw import Draw, Made, missing
from bench.spendobench.questions.registry import template

KIND = "comparison"


@template(KIND)
def more_than_before(draw: Draw) -> Made:
    this, last = p.this_month(draw.today), p.last_months(draw.today, 1, "")
    category = draw.category(last)
    totals = [
        draw.judge.total(draw.judge.of_category(draw.judge.counted(span.start, span.end), category))
        for span in (this, last)
    ]
    return {"category": category}, _compared(draw, *totals)


@template(KIND)
def same_point(draw: Draw) -> Made:
    """So many days into this month, and as many into the last one, if it has them."""
    today = draw.today
    first = p.add_months(today.replace(day=1), -1)
    until = min(first + timedelta(days=today.day), today.replace(day=1))
    now = draw.judge.spent(today.replace(day=1), today + timedelta(days=1))
    return {}, _compared(draw, now, draw.judge.spent(first, until))


@template(KIND)
def compare_months(draw: Draw) -> Made:
    one, other = draw.random.sample((2, 3, 4, 6, 7) if not draw.held_out else (5, 8, 6, 1), 2)
    a, b = p.month(2026, one), p.month(2026, other)
    totals = [draw.judge.spent(span.start, span.end) for span in (a, b)]
    words = {"month": _name(a), "other_month": _name(b)}
    return words, _compared(draw, *totals)


@template(KIND)
def grew_most(draw: Draw) -> Made:
    """This year so far against the same days of the last one, or against all of it."""
    today = draw.today
    this = _by_category(draw, p.this_year(today))
    same_days = p.between(date(today.year - 1, 1, 1), today.replace(year=today.year - 1), "")
    answers = []
    for before in (_by_category(draw, same_days), _by_category(draw, p.last_year(today))):
        grown = {name: this[name] - before.get(name, 0) for name in this}
        most = max(grown, key=lambda name: grown[name])
        answers.append(
            Expected(
                values=(draw.money(grown[most]),),
                also=(draw.money(this[most]), draw.money(before.get(most, grown[most]))),
                names=(most,),
            )
        )
    first, second = answers
    return {}, Expected(values=first.values, also=first.also, names=first.names, or_else=(second,))


@template(KIND)
def why_jump(draw: Draw) -> Made:
    """The change against the month before, and the category that did most of it."""
    months = (8, 6, 4) if draw.held_out else (3, 5, 7, 2, 9)
    for number in draw.random.sample(months, len(months)):
        span = p.month(2026, number)
        before = Span("", p.add_months(span.start, -1), span.start)
        now, then = (draw.judge.spent(each.start, each.end) for each in (span, before))
        if now.value > then.value:
            break
    else:
        return None
    a, b = _by_category(draw, span), _by_category(draw, before)
    change = {name: a.get(name, Decimal(0)) - b.get(name, Decimal(0)) for name in {*a, *b}}
    parents = {each.name: each.parent for each in draw.world.categories}
    tops: dict[str, Decimal] = {}
    for name, value in change.items():
        top = parents.get(name) or name
        tops[top] = tops.get(top, Decimal(0)) + value
    also = (
        draw.money(now.value), draw.money(then.value), *(draw.money(v) for v in change.values()),
        *(draw.money(v) for v in (*a.values(), *b.values())),
    )  # fmt: skip
    options = [
        Expected(
            values=(draw.money(now.value - then.value),), also=also,
            names=(max(changes, key=lambda name: changes[name]),),
        )
        for changes in (change, tops)
    ]  # fmt: skip
    return {"month": _name(span)}, Expected(
        values=options[0].values, also=also, names=options[0].names, or_else=(options[1],)
    )


def _by_category(draw: Draw, span: Span) -> dict[str, Decimal]:
    facts = draw.judge.counted(span.start, span.end)
    groups = draw.judge.by(facts, lambda fact: fact.category or "")
    return {name: total.value for name, total in groups.items() if name}


def _compared(draw: Draw, one: Total, other: Total) -> Expected:
    """The difference, or both totals; no other amount."""
    both = (draw.money(one.value), draw.money(other.value))
    change = draw.money(one.value - other.value)
    says = missing(one) or missing(other)
    if not one.value and not other.value:
        return Expected(says=("no|nothing|0",))
    return Expected(
        values=(change,), also=both, only=True, says=says,
        or_else=(Expected(values=_unlike_zero(both), also=(change,), only=True, says=says),),
    )  # fmt: skip


def _unlike_zero(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure.value)


def _name(span: Span) -> str:
    return p.MONTHS[span.start.month - 1]
