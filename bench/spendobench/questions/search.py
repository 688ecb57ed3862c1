"""Single transactions: which they are, and what is odd about them."""

from datetime import date
from decimal import Decimal

from bench.spendobench.expected import Expected, Figure
from bench.spendobench.oracle import Fact
from bench.spendobench.oracle import periods as p
from bench.spendobench.questions.draw import Draw, Made, bought, named
from bench.spendobench.questions.registry import template

KIND = "search"
MOST = 8
"""Rows of an answer that one still reads."""


@template(KIND)
def over_amount(draw: Draw) -> Made:
    """Payments, or everything that moved, with or without moves between own accounts."""
    for _ in range(30):
        span = draw.past_period()
        seen = draw.judge.seen(span.start, span.end)
        if any(fact.currency != draw.home for fact in seen) or not seen:
            continue
        sizes = sorted({abs(fact.amount) for fact in bought(seen) if not fact.transfer})
        if len(sizes) < 6:
            continue
        limit = Decimal(int(sizes[-draw.random.randint(3, 5)]) // 10 * 10)
        large = [fact for fact in seen if abs(fact.amount) > limit]
        if limit < 20 or len(large) > MOST + 6 or any(abs(f.amount) == limit for f in seen):
            continue
        kept = [fact for fact in large if not fact.transfer]
        out = bought(kept)
        if not 1 <= len(out) <= MOST or len(kept) > 10:
            continue
        answers = [_rows(each) for each in (out, kept, bought(large), large)]
        words = {**named(span), "amount": draw.written(limit)}
        return words, _first_of(answers)
    return None


@template(KIND)
def from_merchant(draw: Draw) -> Made:
    span = draw.past_period()
    merchant = draw.merchant(span, at_most=MOST)
    facts = draw.judge.of_merchant(draw.judge.seen(span.start, span.end), merchant)
    facts = [fact for fact in facts if not fact.transfer]
    if not 1 <= len(facts) <= MOST:
        return None
    answers = [_rows(facts), _rows(bought(facts))]
    return {**named(span), "merchant": merchant}, _first_of(answers)


@template(KIND)
def charged_twice(draw: Draw) -> Made:
    if draw.world.size > 3_000:
        return None  # so many coffees are the same by chance
    span = p.month(2026, 9)
    expected = Expected(
        values=(Figure(Decimal("39.00"), draw.home),), names=(draw.world.traps["twice"],)
    )
    return named(span), expected


@template(KIND)
def no_category(draw: Draw) -> Made:
    spans = (p.month(2026, 5), p.month(2026, 7))
    span = draw.one_of(spans if not draw.held_out else (
        p.between(date(2026, 5, 20), date(2026, 7, 31), "between 20 May and 31 July 2026"),
        p.quarter(2026, 2, "in Q2 2026"),
    ))  # fmt: skip
    seen = draw.judge.seen(span.start, span.end)
    facts = [fact for fact in seen if fact.category is None]
    return named(span), _rows(facts)


@template(KIND)
def what_is_charge(draw: Draw) -> Made:
    """What the record says, and no invented shop behind it."""
    text = draw.world.traps["unknown"]
    fact = next(fact for fact in draw.judge.seen() if fact.text == text)
    expected = Expected(
        values=(draw.money(-fact.amount),),
        dates=(fact.on,),
        says=(r"know|n't|\bno\b|\bnot\b|cannot|only|record|bank wrote|as (?:the bank|written)",),
    )
    return {"text": text}, expected


@template(KIND)
def unknown_merchant(draw: Draw) -> Made:
    stranger = draw.one_of(("Globex", "Zalando") if not draw.held_out else ("Initech", "Ikea"))
    words = {"period": draw.period().words, "stranger": stranger}
    return words, Expected(abstain="nothing there")


@template("traps")
def pending_now(draw: Draw) -> Made:
    """Each of them, or what they come to."""
    facts = [fact for fact in draw.judge.seen() if fact.pending]
    each = tuple(draw.money(-fact.amount) for fact in facts)
    total = draw.money(sum((figure.value for figure in each), Decimal(0)))
    return {}, Expected(values=each, also=(total,), or_else=(Expected(values=(total,), also=each),))


@template("traps")
def one_sided(draw: Draw) -> Made:
    store = draw.world.traps["one-sided"]
    newest = max((f for f in draw.judge.seen() if f.merchant == store), key=lambda f: f.on)
    also = tuple({draw.money(-f.amount) for f in draw.judge.seen() if f.suspected})
    return {}, Expected(values=(draw.money(-newest.amount),), also=also, names=(store,))


def _rows(facts: list[Fact]) -> Expected:
    amounts = {Figure(abs(fact.amount), fact.currency) for fact in facts}
    total = {
        Figure(abs(sum((f.amount for f in facts if f.currency == unit), Decimal(0))), unit)
        for unit in {fact.currency for fact in facts}
    }
    return Expected(
        values=tuple(sorted(amounts, key=lambda figure: figure.value)),
        also=tuple(total),
        rows=frozenset(fact.ref for fact in facts),
    )


def _first_of(answers: list[Expected]) -> Expected:
    first, *others = answers
    return Expected(values=first.values, also=first.also, rows=first.rows, or_else=tuple(others))
