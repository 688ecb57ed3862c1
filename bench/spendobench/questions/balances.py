"""Balances and net worth."""

from datetime import date

from bench.spendobench.expected import Expected, Figure
from bench.spendobench.oracle import periods as p
from bench.spendobench.questions.draw import Draw, Made, missing
from bench.spendobench.questions.registry import template

KIND = "balances"


@template(KIND)
def accounts_list(draw: Draw) -> Made:
    judge, today = draw.judge, draw.today
    held = {
        name: Figure(judge.balance(name, today), account.currency)
        for name, account in judge.accounts.items()
    }
    return {}, Expected(table=held)


@template(KIND)
def net_worth(draw: Draw) -> Made:
    total = draw.judge.worth(draw.today)
    return {}, draw.of_total(total, signed=True)


@template(KIND)
def net_worth_change(draw: Draw) -> Made:
    """Twelve months ago is the same day of the year before."""
    judge, today = draw.judge, draw.today
    then = today.replace(year=today.year - 1)
    now, before = judge.worth(today), judge.worth(then)
    both = (draw.money(now.value), draw.money(before.value))
    change = Expected(
        values=(draw.money(now.value - before.value),), also=both, says=missing(now), signed=True
    )
    return {}, change


@template(KIND)
def account_balance(draw: Draw) -> Made:
    account = draw.one_of(sorted(draw.judge.accounts))
    held = draw.judge.balance(account, draw.today)
    currency = draw.judge.accounts[account].currency
    return {"account": account}, Expected(values=(Figure(held, currency),), signed=True)


@template(KIND)
def balance_on_day(draw: Draw) -> Made:
    account = draw.one_of(sorted(draw.judge.accounts))
    days = (date(2026, 4, 30), date(2026, 6, 9)) if draw.held_out else (
        date(2026, 3, 15), date(2026, 5, 31), date(2026, 7, 4),
    )  # fmt: skip
    day = draw.one_of(days)
    held = draw.judge.balance(account, day)
    currency = draw.judge.accounts[account].currency
    return (
        {"account": account, "day": p.spoken(day)},
        Expected(values=(Figure(held, currency),), signed=True),
    )


@template(KIND)
def lowest_balance(draw: Draw) -> Made:
    names = [each.name for each in draw.judge.accounts.values() if each.kind == "checking"]
    account = draw.one_of(sorted(names))
    span = p.last_months(draw.today, 1, "last month") if not draw.held_out else p.month(2026, 6)
    low, day = draw.judge.lowest(account, span.start, span.end)
    currency = draw.judge.accounts[account].currency
    expected = Expected(values=(Figure(low, currency),), dates=(day,), signed=True)
    return {"account": account, "period": span.words}, expected


@template(KIND)
def debt_total(draw: Draw) -> Made:
    return {}, draw.of_total(draw.judge.owed(draw.today))


@template(KIND)
def data_range(draw: Draw) -> Made:
    days = [fact.on for fact in draw.judge.seen()]
    return {}, Expected(dates=(min(days), max(days)))


@template("debt")
def utilisation(draw: Draw) -> Made:
    judge = draw.judge
    limited = [account for account in judge.accounts.values() if account.limit]
    account = draw.one_of(limited)
    owed = -judge.balance(account.name, draw.today)
    if owed <= 0 or account.limit is None:
        return None
    share = Figure(owed / account.limit * 100, "%")
    return {"account": account.name}, Expected(values=(share,))


@template("debt")
def utilisation_unknown(draw: Draw) -> Made:
    cards = [
        each
        for each in draw.judge.accounts.values()
        if each.kind == "credit_card" and each.limit is None
    ]
    account = draw.one_of(cards)
    return {"account": account.name}, Expected(abstain="no limit known")


@template("budgets and goals")
def goal_progress(draw: Draw) -> Made:
    goal = draw.world.goals[0]
    saved = draw.judge.balance(goal.account, draw.today)
    expected = Expected(
        values=(draw.money(saved),),
        also=(draw.money(goal.target), draw.money(goal.target - saved)),
        only=True,
    )
    return {"goal": goal.name}, expected


@template("budgets and goals")
def months_covered(draw: Draw) -> Made:
    """The rules do not say which months are typical, nor whether money on hand is savings."""
    judge, this = draw.judge, draw.today.replace(day=1)
    answers = []
    for count in (6, 3, 12):
        start = p.add_months(this, -count)
        monthly = judge.exact(judge.counted(start, this)) / count
        for kinds in (("savings",), ("savings", "checking", "cash")):
            held = judge.worth(draw.today, lambda each, kinds=kinds: each.kind in kinds)  # type: ignore[misc]
            if monthly > 0:
                answers.append(held.value / monthly)
    if not answers:
        return None
    first, *others = (Expected(values=(Figure(round(value, 1), "count"),)) for value in answers)
    return {}, Expected(values=first.values, or_else=tuple(others))
