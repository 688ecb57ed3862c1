"""Paying off, against figures worked out by hand and an oracle of fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spendo.reports.amortisation import Debt, NeverPaidOff, Order, Payoff, pay_off


def debt(balance: int, rate: str, minimum: int = 0, number: int = 1) -> Debt:
    return Debt(number, balance, Decimal(rate), minimum)


def test_a_thousand_at_twelve_percent_with_250_a_month() -> None:
    # 1000.00 +10.00 -250 = 760.00; +7.60 = 517.60; +5.176 -> 5.18 = 272.78; +2.7278 -> 2.73 =
    # 25.51; +0.2551 -> 0.26, and 25.77 is paid.
    plan = pay_off([debt(100_000, "12")], "avalanche", 25_000)
    assert [(row.interest, row.payment, row.balance) for row in plan.schedule] == [
        (1000, 25_000, 76_000),
        (760, 25_000, 51_760),
        (518, 25_000, 27_278),
        (273, 25_000, 2_551),
        (26, 2_577, 0),
    ]
    assert (plan.months, plan.interest, plan.paid) == (5, 2_577, 102_577)


def test_interest_is_rounded_half_even_to_the_cent() -> None:
    # One per cent a month: of 50.00 exactly 0.50, of 12.50 0.125 -> 0.12, of 13.50 0.135 -> 0.14.
    first = [
        pay_off([debt(balance, "12")], "avalanche", 5_000).schedule[0].interest
        for balance in (5_000, 1_250, 1_350)
    ]
    assert first == [50, 12, 14]


def test_a_debt_without_interest_is_divided() -> None:
    plan = pay_off([debt(100_000, "0")], "snowball", 30_000)
    assert (plan.months, plan.interest, plan.schedule[-1].payment) == (4, 0, 10_000)


def test_the_first_in_order_gets_what_is_left_and_hands_it_on() -> None:
    # Avalanche: the 24 % debt is first. Month 1: interest 20.00 and 5.00; payments 400 and 100.
    debts = [debt(100_000, "24", 5_000, 1), debt(50_000, "12", 10_000, 2)]
    high, low = debts
    avalanche = pay_off(debts, "avalanche", 35_000)
    assert [(row.debt, row.payment) for row in avalanche.schedule[:2]] == [
        (high.id, 40_000),
        (low.id, 10_000),
    ]
    # Snowball: the smaller one first. 10,000 of its own, 35,000 extra; month 2 ends it.
    snowball = pay_off(debts, "snowball", 35_000)
    assert [(row.debt, row.payment) for row in snowball.schedule[:2]] == [
        (low.id, 45_000),
        (high.id, 5_000),
    ]
    assert snowball.paid_off_in[low.id] == 2
    assert avalanche.interest < snowball.interest


@pytest.mark.parametrize(("payment", "ends"), [(999, False), (1000, False), (1001, True)])
def test_a_payment_that_does_not_outrun_the_interest_is_refused(payment: int, ends: bool) -> None:
    # 1 % of 1,000.00 is 10.00 a month.
    debts = [debt(100_000, "12")]
    if ends:
        assert pay_off(debts, "avalanche", payment).months > 100
    else:
        with pytest.raises(NeverPaidOff):
            pay_off(debts, "avalanche", payment)


DEBTS = st.lists(
    st.tuples(
        st.integers(1, 2_000_000),
        st.decimals(0, 30, places=2),
        st.integers(2_000, 40_000),
    ),
    min_size=1,
    max_size=4,
)


def cents(exact: Fraction) -> int:
    """Half-even by hand."""
    whole, rest = divmod(exact, 1)
    return int(whole) + (
        1 if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2) else 0
    )


def expected(debts: list[Debt], order: Order, extra: int) -> tuple[int, int] | None:
    """Months and interest by another way: month by month, one pot of money for everything."""
    owed = {each.id: each.balance for each in debts}
    by_id = {each.id: each for each in debts}
    pot = sum(each.minimum for each in debts) + extra
    interest = months = 0
    while sum(owed.values()) > 0 and months < 1200:
        months += 1
        for number, balance in owed.items():
            grown = cents(Fraction(balance) * Fraction(by_id[number].rate) / 1200)
            owed[number] += grown
            interest += grown
        purse = pot
        for number in owed:
            paid = min(owed[number], by_id[number].minimum)
            owed[number] -= paid
            purse -= paid
        first = sorted(
            owed,
            key=lambda number: (
                (-by_id[number].rate, by_id[number].balance, number)
                if order == "avalanche"
                else (by_id[number].balance, -by_id[number].rate, number)
            ),
        )
        for number in first:
            paid = min(owed[number], purse)
            owed[number] -= paid
            purse -= paid
    return None if sum(owed.values()) else (months, interest)


def found(debts: list[Debt], order: Order, extra: int) -> Payoff | None:
    try:
        return pay_off(debts, order, extra)
    except NeverPaidOff:
        return None


@settings(max_examples=50, deadline=None)
@given(rows=DEBTS, extra=st.integers(0, 50_000), order=st.sampled_from(["avalanche", "snowball"]))
def test_months_and_interest_are_those_of_the_oracle(
    rows: list[tuple[int, Decimal, int]], extra: int, order: Order
) -> None:
    debts = [Debt(number, *row) for number, row in enumerate(rows, start=1)]
    plan, oracle = found(debts, order, extra), expected(debts, order, extra)
    if plan is None:
        assert oracle is None or oracle[0] > 100  # it grew at first
        return
    assert (plan.months, plan.interest) == oracle
    assert plan.paid == sum(each.balance for each in debts) + plan.interest
    assert all(row.balance >= 0 and row.payment >= 0 for row in plan.schedule)
