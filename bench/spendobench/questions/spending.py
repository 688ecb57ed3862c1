"""What was spent: totals, groups, averages, counts."""

from datetime import date, timedelta
from decimal import Decimal

from bench.spendobench.expected import Expected, Figure
from bench.spendobench.oracle import Total, rounded
from bench.spendobench.oracle import periods as p
from bench.spendobench.oracle.periods import MONTHS, Span
from bench.spendobench.questions.draw import Draw, Made, bought, missing, named
from bench.spendobench.questions.registry import template

KIND = "spending"


@template(KIND)
def spent_period(draw: Draw) -> Made:
    span = draw.period()
    return named(span), draw.of_total(draw.judge.spent(span.start, span.end))


@template(KIND)
def spent_category(draw: Draw) -> Made:
    span = draw.first(draw.period, lambda span: bool(has_purchases(draw, span)))
    category = draw.category(span)
    return {**named(span), "category": category}, on_category(draw, category, span)


@template(KIND)
def spent_merchant(draw: Draw) -> Made:
    span = draw.first(draw.period, lambda span: bool(has_purchases(draw, span)))
    merchant = draw.merchant(span)
    return {**named(span), "merchant": merchant}, at_merchant(draw, merchant, span)


@template("traps")
def spent_two_spellings(draw: Draw) -> Made:
    merchant = draw.world.traps["two spellings"]
    spans = (p.quarter(2026, 2, "between April and June 2026"), p.month(2026, 5, "during May 2026"))
    span = draw.one_of(spans if draw.held_out else (
        p.this_year(draw.today), p.month(2026, 5), p.quarter(2026, 2, "in Q2 2026"),
    ))  # fmt: skip
    return {**named(span), "merchant": merchant}, at_merchant(draw, merchant, span)


@template(KIND)
def spent_account(draw: Draw) -> Made:
    card = next(each.name for each in draw.world.accounts if each.kind == "credit_card")
    span = draw.period()
    facts = [f for f in draw.judge.counted(span.start, span.end) if f.account == card]
    return {**named(span), "account": card}, draw.of_total(draw.judge.total(facts))


@template("traps")
def spent_on_day(draw: Draw) -> Made:
    """A leap day, days on which clocks change, the first and the last day of a month."""
    days = [
        p.one_day(date(2024, 2, 29)),
        p.one_day(date(2026, 3, 8)),
        p.one_day(date(2026, 3, 29)),
        p.one_day(date(2026, 5, 31)),
        p.one_day(draw.today - timedelta(days=1), "yesterday"),
    ]
    if draw.held_out:
        days = [p.one_day(date(2024, 2, 29)), p.one_day(date(2026, 9, 30)),
                p.one_day(date(2026, 6, 1)), p.one_day(date(2026, 6, 9))]  # fmt: skip
    day = draw.one_of(days)
    words = day.words.removeprefix("on ")
    expected = draw.of_total(draw.judge.spent(day.start, day.end))
    return {**named(day), "day": words}, expected


@template(KIND)
def by_category(draw: Draw) -> Made:
    span = draw.first(draw.period, lambda span: bool(has_purchases(draw, span)))
    facts = draw.judge.counted(span.start, span.end)
    leaves = draw.judge.by(facts, lambda fact: fact.category or "")
    parents = {each.name: each.parent for each in draw.world.categories}
    tops = draw.judge.by(facts, lambda f: parents.get(f.category or "") or f.category or "")
    expected = _table(draw, leaves, 8)
    return named(span), _or(expected, _table(draw, tops, 8))


@template(KIND)
def by_month(draw: Draw) -> Made:
    span = p.this_year(draw.today) if not draw.held_out else p.between(
        date(2026, 3, 1), date(2026, 7, 31), "between March and July 2026",
    )  # fmt: skip
    facts = draw.judge.counted(span.start, span.end)
    months = draw.judge.by(facts, lambda fact: f"{MONTHS[fact.on.month - 1]} {fact.on.year}")
    return named(span), _table(draw, months, 12)


@template(KIND)
def top_merchants(draw: Draw) -> Made:
    span = draw.first(draw.past_period, lambda span: (span.end - span.start).days > 27)
    facts = draw.judge.counted(span.start, span.end)
    shops = draw.judge.by(facts, lambda fact: fact.merchant.casefold())
    shops.pop("", None)
    return named(span), _table(draw, shops, 5)


@template(KIND)
def average_weekly(draw: Draw) -> Made:
    weeks = 6 if draw.held_out else draw.one_of((8, 4))
    span = p.last_weeks(draw.today, weeks, "")
    category = draw.category(span)
    facts = draw.judge.of_category(draw.judge.counted(span.start, span.end), category)
    total = draw.judge.total(facts)
    mean = rounded(draw.judge.exact(facts) / weeks, draw.home)
    return (
        {"weeks": str(weeks), "category": category},
        Expected(values=(draw.money(mean),), also=(draw.money(total.value),), says=missing(total)),
    )


@template(KIND)
def average_monthly(draw: Draw) -> Made:
    months = 4 if draw.held_out else draw.one_of((3, 6))
    span = p.last_months(draw.today, months, "")
    category = draw.category(span)
    facts = draw.judge.of_category(draw.judge.counted(span.start, span.end), category)
    total = draw.judge.total(facts)
    mean = rounded(draw.judge.exact(facts) / months, draw.home)
    return (
        {"months": str(months), "category": category},
        Expected(values=(draw.money(mean),), also=(draw.money(total.value),), says=missing(total)),
    )


@template(KIND)
def median_bill(draw: Draw) -> Made:
    span = draw.first(draw.past_period, lambda span: (span.end - span.start).days > 27)
    category = draw.category(span, at_least=2, home_only=True)
    facts = draw.judge.of_category(draw.judge.counted(span.start, span.end), category)
    middle = draw.judge.median_paid(facts)
    return {**named(span), "category": category}, Expected(values=(draw.money(middle),))


@template(KIND)
def count_category(draw: Draw) -> Made:
    span = draw.first(draw.past_period, lambda span: bool(has_purchases(draw, span)))
    category = draw.category(span)
    if span.start == date(2026, 6, 1) and draw.random.random() < 0.7:
        category = "Coffee"  # the month with two that are the same
    facts = draw.judge.of_category(draw.judge.counted(span.start, span.end), category)
    count = Figure(Decimal(len(bought(facts))), "count")
    return {**named(span), "category": category}, Expected(values=(count,))


@template("traps")
def net_refunds(draw: Draw) -> Made:
    """Refunds of a later month come off that month; a part of a price comes off as that part."""
    spans = [p.this_year(draw.today), p.month(2026, 5), p.month(2026, 6), p.month(2026, 3)]
    if draw.held_out:
        spans = [p.quarter(2026, 2, "in the second quarter of 2026"), p.month(2026, 6)]
    span = draw.one_of(spans)
    return {**named(span), "category": "Clothing"}, on_category(draw, "Clothing", span)


@template(KIND)
def largest_purchase(draw: Draw) -> Made:
    span = draw.first(draw.past_period, lambda span: bool(has_purchases(draw, span)))
    facts = bought(draw.judge.counted(span.start, span.end))
    known = [
        (worth, fact)
        for fact in facts
        if (worth := draw.judge.convert(-fact.amount, fact.currency, fact.on)) is not None
    ]
    most, fact = max(known, key=lambda pair: pair[0])
    same = [each for worth, each in known if worth == most]
    if fact.currency != draw.home or len({each.merchant for each in same}) > 1:
        return None
    names = (fact.merchant,) if fact.merchant else ()
    return named(span), Expected(values=(draw.money(most),), names=names)


@template(KIND)
def category_tree(draw: Draw) -> Made:
    span = draw.period()
    return {**named(span), "category": "Food"}, on_category(draw, "Food", span)


@template("traps")
def renamed_category(draw: Draw) -> Made:
    span = draw.period()
    return {**named(span), "category": "Restaurants"}, on_category(draw, "Restaurants", span)


@template(KIND)
def share_of_spending(draw: Draw) -> Made:
    span = draw.first(draw.period, lambda span: bool(has_purchases(draw, span)))
    category = draw.category(span)
    facts = draw.judge.counted(span.start, span.end)
    part, whole = draw.judge.of_category(facts, category), draw.judge.exact(facts)
    if whole <= 0:
        return None
    share = Figure(draw.judge.exact(part) / whole * 100, "%")
    return {**named(span), "category": category}, Expected(values=(share,))


# --- shared with other kinds ---------------------------------------------------------------


def on_category(draw: Draw, category: str, span: Span) -> Expected:
    facts = draw.judge.of_category(draw.judge.counted(span.start, span.end), category)
    return draw.of_total(draw.judge.total(facts))


def at_merchant(draw: Draw, merchant: str, span: Span) -> Expected:
    facts = draw.judge.of_merchant(draw.judge.counted(span.start, span.end), merchant)
    return draw.of_total(draw.judge.total(facts))


def has_purchases(draw: Draw, span: Span) -> int:
    """How many everyday purchases there are to name."""
    return sum(
        1
        for fact in draw.judge.counted(span.start, span.end)
        if fact.amount < 0
        and fact.category not in (None, "Loan interest")
        and fact.merchant
        and not fact.merchant.isupper()
        and fact.merchant != draw.world.traps["orders"]
    )


def _table(draw: Draw, groups: dict[str, Total], most: int) -> Expected:
    """The largest groups with what each came to; what has no name is not asked for."""
    named = {name: total for name, total in groups.items() if name and total.value}
    largest = sorted(named, key=lambda name: -named[name].value)[:most]
    everything = [total for total in groups.values() if total.missing]
    return Expected(
        table={name: draw.money(named[name].value) for name in largest},
        says=missing(everything[0]) if everything else (),
    )


def _or(first: Expected, *others: Expected) -> Expected:
    return Expected(table=first.table, says=first.says, or_else=others)
