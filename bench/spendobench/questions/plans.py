"""What comes again, what was planned, and what is to come."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from statistics import median

from bench.spendobench.expected import Expected, Figure
from bench.spendobench.oracle import periods as p
from bench.spendobench.oracle import plans, rounded
from bench.spendobench.questions.draw import Draw, Made
from bench.spendobench.questions.registry import template

RECURRING = "recurring"
BUDGETS = "budgets and goals"
FORECAST = "forecast"
DEBT = "debt"


@template(RECURRING)
def subscriptions(draw: Draw) -> Made:
    """All that come every month are named; what they come to is left to the definition shown."""
    monthly = plans.subscriptions(draw.world, "monthly")
    live = [each for each in monthly if each.merchant != draw.world.traps.get("missed")]
    prices = {each.merchant: each.amounts[-1][1] for each in live}
    return {}, Expected(table={name: draw.money(price) for name, price in prices.items()})


@template(RECURRING)
def price_rise(draw: Draw) -> Made:
    name = draw.world.traps["dearer"]
    regular = next(each for each in draw.world.regulars if each.merchant == name)
    (_, old), (_, new) = regular.amounts
    expected = Expected(
        values=(draw.money(new),), also=(draw.money(old), draw.money(new - old)), names=(name,)
    )
    return {}, expected


@template(RECURRING)
def missed_payment(draw: Draw) -> Made:
    return {}, Expected(names=(draw.world.traps["missed"],))


@template(RECURRING)
def bills_before_pay(draw: Draw) -> Made:
    """Everything regular that goes out after today and before a salary: the next one, or the main
    one where there are two."""
    answers = [
        Expected(table=due) if due else Expected(says=(r"\bno\b|none|nothing",))
        for due in (_bills(draw, until) for until in plans.pay_days(draw.world))
    ]
    if not answers:
        return None
    first, *others = answers
    return {}, replace(first, or_else=tuple(others))


def _bills(draw: Draw, until: date) -> dict[str, Figure]:
    tomorrow = draw.today + timedelta(days=1)
    return {
        each.merchant: draw.money(each.amounts[-1][1])
        for each in draw.world.regulars
        if each.kind != "income"
        and each.cadence == "monthly"
        and each.merchant != draw.world.traps.get("missed")
        and plans.due_days(each, tomorrow, until)
    }


@template(BUDGETS)
def left_in_budget(draw: Draw) -> Made:
    budget = draw.world.budgets[0]
    left = budget.limit - _spent_this_month(draw, budget.category)
    also = (draw.money(budget.limit), draw.money(budget.limit - left))
    return {"category": budget.category}, Expected(values=(draw.money(left),), also=also, only=True)


@template(BUDGETS)
def over_budget(draw: Draw) -> Made:
    over = {
        each.category: _spent_this_month(draw, each.category) - each.limit
        for each in draw.world.budgets
    }
    over = {name: amount for name, amount in over.items() if amount > 0}
    if not over:
        return {}, Expected(says=(r"\bno\b|none|not over|n't|within|nothing",))
    values = tuple(draw.money(amount) for amount in over.values())
    also = tuple(
        draw.money(amount)
        for each in draw.world.budgets
        for amount in (each.limit, _spent_this_month(draw, each.category))
    )
    return {}, Expected(names=tuple(over), values=values, also=also)


@template(BUDGETS)
def budget_pace(draw: Draw) -> Made:
    """What was spent so far, for each day that has begun, over the days of the month."""
    category = draw.world.budgets[0].category
    today = draw.today
    facts = draw.judge.counted(today.replace(day=1), today + timedelta(days=1))
    exact = draw.judge.exact(draw.judge.of_category(facts, category))
    days = monthrange(today.year, today.month)[1]
    pace = rounded(exact * days / today.day, draw.home)
    limit = draw.world.budgets[0].limit
    also = [draw.money(v) for v in (rounded(exact, draw.home), limit, pace - limit)]
    also.append(draw.money(limit - rounded(exact, draw.home)))
    return {"category": category}, Expected(values=(draw.money(pace),), also=tuple(also))


@template(BUDGETS)
def suggest_budget(draw: Draw) -> Made:
    """The mean or the median of the last six whole months, as it is or rounded up."""
    category = draw.world.budgets[0].category
    this = draw.today.replace(day=1)
    months = [(p.add_months(this, -n), p.add_months(this, -n + 1)) for n in range(1, 7)]
    spent = [
        draw.judge.exact(draw.judge.of_category(draw.judge.counted(*span), category))
        for span in months
    ]
    options = []
    for value in (sum(spent, Decimal(0)) / 6, median(spent), max(spent)):
        options.append(rounded(value, draw.home))
        for step in (1, 5, 10):
            up = (value / step).to_integral_value(ROUND_CEILING) * step
            options += [up, round(value / step) * Decimal(step)]
    answers = [Expected(values=(draw.money(value),)) for value in dict.fromkeys(options)]
    # Every one of them may stand beside another, and the months themselves.
    also = tuple(draw.money(v) for v in (*options, *(rounded(v, draw.home) for v in spent)))
    first, *others = [Expected(values=each.values, also=also) for each in answers]
    return {"category": category}, Expected(values=first.values, also=also, or_else=tuple(others))


@template(FORECAST)
def safe_to_spend(draw: Draw) -> Made:
    """The rules leave open what is at hand and what is spoken for: the answer has to say both, and
    until which pay day it looks."""
    days = plans.pay_days(draw.world)
    if not days:
        return None
    near = (*days, *(day - timedelta(days=1) for day in days))
    return {}, Expected(one_of_dates=near, says=(r"bill", r"[$€]\s?[\d,.]+"))


@template(FORECAST)
def worry_date(draw: Draw) -> Made:
    """Some day of the coming weeks, with the balance expected on it."""
    days = tuple(draw.today + timedelta(days=step) for step in range(95))
    return {}, Expected(one_of_dates=days)


@template(DEBT)
def payoff_date(draw: Draw) -> Made:
    """The months it takes, or the month in which the last payment falls."""
    debts = _debts(draw)
    if not debts:
        return None
    debt = draw.one_of(debts)
    payment = (debt.owed / (18 if draw.held_out else 30) / 50).to_integral_value(ROUND_CEILING) * 50
    done = plans.paid_off(debt.owed, debt.rate, payment)
    if done is None:
        return None
    first = draw.today.replace(day=1)
    last = [p.add_months(first, done.months + step) for step in (0, -1)]
    in_words = "|".join(f"{p.MONTHS[day.month - 1]} {day.year}" for day in last)
    count = f"(?<![\\d.,]){done.months} (?:months|payments)"
    words = {"account": debt.name, "amount": draw.written(payment)}
    return words, Expected(says=(f"{count}|{in_words}",))


@template(DEBT)
def avalanche_snowball(draw: Draw) -> Made:
    """The interest of both, or all that is paid."""
    debts = _debts(draw)
    if not debts:
        return None
    both = [plans.strategy(debts, highest_rate=flag) for flag in (True, False)]
    if None in both:
        return None
    owed = sum((debt.owed for debt in debts), Decimal(0))
    interest = tuple(draw.money(each.interest) for each in both if each)
    paid = tuple(draw.money(each.interest + owed) for each in both if each)
    also = (*interest, *paid, draw.money(owed))
    return {}, Expected(values=interest, also=also, or_else=(Expected(values=paid, also=also),))


def _debts(draw: Draw) -> list[plans.Debt]:
    judge = draw.judge
    return [
        plans.Debt(each.name, -held, each.rate, each.minimum)
        for each in judge.accounts.values()
        if each.rate and each.minimum and (held := judge.balance(each.name, draw.today)) < 0
    ]


def _spent_this_month(draw: Draw, category: str) -> Decimal:
    start = draw.today.replace(day=1)
    facts = draw.judge.counted(start, draw.today + timedelta(days=1))
    return draw.judge.total(draw.judge.of_category(facts, category)).value
