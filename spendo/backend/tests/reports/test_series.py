"""Finding series: by hand, and on generated payments whose rhythm the generator knows."""

from calendar import monthrange
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spendo.reports.rhythm import TOLERANCE, Cadence
from spendo.reports.series import Found, Payment, find_series, judge

MONDAY = date(2025, 1, 6)


def payments(*days: date, minor: int = -1_000) -> list[Payment]:
    return [Payment(day, minor, number) for number, day in enumerate(days)]


def found_in(rows: list[Payment]) -> Found:
    found = judge(rows)
    assert found is not None
    return found


def test_a_month_end_is_a_day_of_the_month() -> None:
    days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    rhythm = found_in(payments(*days)).fit.rhythm
    assert (rhythm.cadence, rhythm.days) == ("monthly", (31,))
    assert rhythm.next_after(date(2026, 4, 30)) == date(2026, 5, 31)


def test_pay_on_the_15th_and_the_last_day_comes_on_friday_before_a_weekend() -> None:
    days = []
    for month in range(1, 10):
        for number in (15, monthrange(2026, month)[1]):
            day = date(2026, month, number)
            days.append(day - timedelta(days=max(0, day.weekday() - 4)))
    rhythm = found_in(payments(*days, minor=250_000)).fit.rhythm
    assert (rhythm.cadence, rhythm.days, rhythm.roll) == ("twice_a_month", (15, 31), "before")
    # 31 October 2026 is a Saturday, 15 November a Sunday.
    assert list(rhythm.due_days(date(2026, 10, 20), date(2026, 11, 20))) == [
        date(2026, 10, 30),
        date(2026, 11, 13),
    ]


def test_a_payment_that_did_not_come_and_one_that_came_twice() -> None:
    days = [date(2026, month, 9) for month in (1, 2, 3, 5, 6, 7, 8)]
    found = found_in(payments(*sorted([*days, date(2026, 7, 10)])))
    assert found.fit.missed == (date(2026, 4, 9),)
    assert len(found.payments) == 7
    assert found.fit.extra == (6,)


def test_a_price_that_rose_is_a_change_and_one_odd_amount_is_none() -> None:
    months = [date(2026, month, 4) for month in range(1, 9)]
    rows = [
        Payment(day, minor, 0)
        for day, minor in zip(
            months, [-1599, -1599, -3198, -1599, -1599, -1799, -1799, -1799], strict=True
        )
    ]
    found = found_in(rows)
    assert (found.amounts, found.expected) == ("changed", -1799)
    assert found.change is not None
    assert (found.change.old, found.change.new, found.change.on) == (
        -1599, -1799, date(2026, 6, 4),
    )  # fmt: skip


def test_what_costs_something_else_each_time_is_expected_at_its_median() -> None:
    amounts = [-9000, -7000, -8001, -7500, -8002, -9500]
    rows = [Payment(date(2026, n, 8), minor, n) for n, minor in enumerate(amounts, start=1)]
    found = found_in(rows)
    # Sorted: 9500 9000 8002 8001 7500 7000; between 8001 and 8002, half-even: 8002.
    assert (found.amounts, found.expected, found.change) == ("varying", -8002, None)


@pytest.mark.parametrize(
    ("days", "is_one"),
    [
        ([date(2025, 3, 1), date(2026, 3, 3)], True),
        ([date(2025, 3, 1), date(2025, 9, 1)], False),
        ([date(2026, 3, 1), date(2026, 4, 1)], False),  # a month needs three
        ([date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)], True),
        ([date(2026, 3, 1), date(2026, 3, 11), date(2026, 5, 1)], False),
    ],
)
def test_how_many_it_takes(days: list[date], is_one: bool) -> None:
    assert (judge(payments(*days)) is not None) == is_one


def test_one_amount_among_other_purchases_is_a_series_of_its_own() -> None:
    monthly = payments(*[date(2026, month, 12) for month in range(1, 9)], minor=-1_499)
    others = payments(
        *[MONDAY.replace(year=2026) + timedelta(days=days) for days in (1, 4, 30, 31, 77, 130)],
    )
    rows = sorted([*monthly, *others], key=lambda row: row.day)
    (found,) = find_series(rows)
    assert (found.expected, found.fit.rhythm.cadence) == (-1_499, "monthly")


def test_shopping_at_random_is_hardly_ever_called_a_series() -> None:
    random = Random(7)  # noqa: S311
    wrong = 0
    for _ in range(300):
        days = sorted(random.sample(range(500), random.choice([3, 5, 10, 25])))
        rows = [
            Payment(date(2025, 1, 1) + timedelta(days=day), -random.randint(500, 9_000), 0)
            for day in days
        ]
        wrong += bool(find_series(rows))
    assert wrong <= 6


def due_days(cadence: Cadence, start: date, count: int) -> list[date]:
    """The oracle's own calendar."""
    match cadence:
        case "weekly":
            return [start + timedelta(weeks=n) for n in range(count)]
        case "every_two_weeks":
            return [start + timedelta(weeks=2 * n) for n in range(count)]
        case "twice_a_month":
            return [
                date(start.year + (start.month - 1 + n // 2) // 12,
                     (start.month - 1 + n // 2) % 12 + 1, (3, 18)[n % 2])
                for n in range(count)
            ]  # fmt: skip
    step = {"monthly": 1, "quarterly": 3, "yearly": 12}[cadence]
    made = []
    for n in range(count):
        year, before = divmod(start.year * 12 + start.month - 1 + n * step, 12)
        made.append(date(year, before + 1, min(start.day, monthrange(year, before + 1)[1])))
    return made


@settings(max_examples=50, deadline=None)
@given(
    cadence=st.sampled_from(
        ["weekly", "every_two_weeks", "twice_a_month", "monthly", "quarterly", "yearly"]
    ),
    start=st.dates(date(2023, 1, 1), date(2024, 12, 31)),
    seed=st.integers(0, 10**6),
    rises=st.booleans(),
)
@example(cadence="twice_a_month", start=date(2024, 5, 1), seed=282238, rises=False)
def test_a_generated_series_is_found_with_jitter_a_miss_a_double_and_a_rise(
    cadence: Cadence, start: date, seed: int, rises: bool
) -> None:
    random = Random(seed)  # noqa: S311
    count = 6 if cadence in ("quarterly", "yearly") else 16
    jitter = TOLERANCE[cadence] // 4
    due = due_days(cadence, start, count + 1)
    missed = random.randrange(2, count - 2)
    doubled = random.choice([n for n in range(1, count - 1) if n != missed])
    rise = count - 3 if rises else count
    rows = []
    for number, day in enumerate(due[:count]):
        if number == missed:
            continue
        came = day + timedelta(days=random.randint(-jitter, jitter))
        rows.append(Payment(came, -1_000 if number < rise else -1_200, number))
        if number == doubled:
            rows.append(Payment(came, -1_000 if number < rise else -1_200, number))
    found = found_in(sorted(rows, key=lambda row: row.day))
    rhythm = found.fit.rhythm
    assert rhythm.cadence == cadence
    assert len(found.payments) == count - 1
    assert len(found.fit.missed) == 1
    assert abs((found.fit.missed[0] - due[missed]).days) <= jitter
    last = max(found.fit.paid)
    assert abs((rhythm.next_after(last) - due[count]).days) <= max(1, jitter)
    assert found.expected == (-1_200 if rises else -1_000)
    if rises:
        assert found.change is not None
        assert (found.change.old, found.change.new) == (-1_000, -1_200)
    else:
        assert found.change is None
