"""What a ledger also has to get right: a loan, a trip abroad, a split, a tip, a hidden account.

Everything here depends on the calendar alone, like the rest of the household's months.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from random import Random

from spendo.ledger.demo.rows import DemoRow, external_id

LOAN_BEGAN = date(2024, 9, 1)
_LOAN_MINOR, _LOAN_PAYMENT, _LOAN_RATE = 1_850_000, 30_574, Decimal("5.9")
_LENDER = "Riverbend Auto Loan"

TOPPED_UP_MINOR, TOPPED_UP_YEN = 156_000, 233_220
_TRIP: tuple[tuple[int, str, str, int], ...] = (
    (6, "Haneda Limousine Bus", "Transport", 2_800),
    (6, "Asakusa Ryokan", "Travel", 68_400),
    (6, "Rail Pass Office", "Travel", 50_000),
    (7, "Ramen Tsuki", "Restaurants", 2_180),
    (7, "Nakamise Crafts", "Gifts", 3_400),
    (8, "Lightfield Museum", "Entertainment", 7_600),
    (9, "Izakaya Hanabi", "Restaurants", 8_950),
    (10, "Kyoto Machiya House", "Travel", 41_800),
    (11, "Nishiki Kitchen", "Restaurants", 5_240),
    (12, "Uji Tea House", "Coffee", 1_980),
    (13, "Nara Bus", "Transport", 1_220),
    (14, "Konbini Eight", "Restaurants", 2_365),
    (15, "Haneda Duty Free", "Gifts", 12_900),
    # Long after the last rate that the household wrote down.
    (29, "Kyoto Machiya House", "Travel", 3_200),
)
_RATES_FROM, _RATES_UNTIL = (3, 30), (4, 18)
_RATE_STEPS = ("0", "0.35", "-0.2", "0.6", "0.15", "-0.45", "0.8")

_CABIN_MINOR, _CABIN_STEP = 8_400_000, 120_000


def extra_rows(year: int, month: int) -> tuple[DemoRow, ...]:
    return (
        *_loan(year, month),
        *_split(year, month),
        *_tips(year, month),
        *_trip(year, month),
        *_hidden(year, month),
    )


def loan_balance(first: date) -> int:
    """What is owed on the morning of the first day of a month, in cents."""
    balance = _LOAN_MINOR
    for number in range(_months_since_loan(first.year, first.month)):
        balance -= _loan_month(number)[1]
    return balance


def yen_rates(begin: date, end: date) -> Iterator[tuple[date, Decimal]]:
    """What a dollar was in yen on the days that the household wrote it down."""
    for year in range(begin.year, end.year + 1):
        day, last = date(year, *_RATES_FROM), date(year, *_RATES_UNTIL)
        while day <= last and year % 2 == 0:
            if begin <= day <= end:
                yield day, Decimal("149.50") + Decimal(_RATE_STEPS[day.day % len(_RATE_STEPS)])
            day += timedelta(days=1)


def cabin_values(begin: date, end: date) -> Iterator[tuple[date, int]]:
    """What the cabin was estimated at, twice a year."""
    for year in range(begin.year, end.year + 1):
        for month in (1, 7):
            day = date(year, month, 1)
            if begin <= day <= end:
                steps = (year - 2025) * 2 + (1 if month == 7 else 0)
                yield day, _CABIN_MINOR + _CABIN_STEP * steps


def _months_since_loan(year: int, month: int) -> int:
    return max(0, (year - LOAN_BEGAN.year) * 12 + month - LOAN_BEGAN.month)


@lru_cache(maxsize=128)
def _loan_month(number: int) -> tuple[int, int]:
    """Interest and principal of the payment of that number, in cents; nothing when it is over."""
    balance = _LOAN_MINOR - sum(_loan_month(earlier)[1] for earlier in range(number))
    exact = Decimal(balance) * _LOAN_RATE / 1200
    interest = int(exact.to_integral_value(rounding=ROUND_HALF_EVEN))
    return interest, min(balance, _LOAN_PAYMENT - interest)


def _loan(year: int, month: int) -> Iterator[DemoRow]:
    interest, principal = _loan_month(_months_since_loan(year, month))
    if principal <= 0 or date(year, month, 1) < LOAN_BEGAN:
        return
    day = date(year, month, 5)
    fallen = external_id("loan", day, _LENDER)
    yield DemoRow("loan", day, principal, _LENDER, None, fallen, description="Payment: principal")
    yield DemoRow(
        "checking", day, -(principal + interest), _LENDER, None,
        external_id("checking", day, _LENDER), fallen, "Car loan payment", needs="loan",
        parts=((None, -principal, "Principal"), ("Loan interest", -interest, "Interest")),
    )  # fmt: skip


def _split(year: int, month: int) -> Iterator[DemoRow]:
    """Food and boxes in one purchase; one of the boxes goes back in the next month."""
    place = "Oakstead Wholesale"
    if month % 3 == 2:
        random = _random("split", year, month)
        day = _day_of_split(year, month)
        food, boxes = -random.randint(6_100, 10_900), -random.randint(5_900, 9_600)
        yield DemoRow(
            "checking", day, food + boxes, place, "Groceries", external_id("checking", day, place),
            parts=(("Groceries", food, "Food"), ("Household", boxes, "Storage boxes")),
        )  # fmt: skip
    if month % 3 == 0:
        day, bought = date(year, month, 6), _day_of_split(year, month - 1)
        yield DemoRow(
            "checking", day, 2_250, place, "Household", external_id("checking", day, place),
            description="Partial refund", refund_of=external_id("checking", bought, place),
        )  # fmt: skip


def _day_of_split(year: int, month: int) -> date:
    return date(year, month, _random("day of split", year, month).randint(8, 27))


def _tips(year: int, month: int) -> Iterator[DemoRow]:
    """Rides whose tip comes on top as they post."""
    random = _random("tips", year, month)
    for number in sorted(random.sample(range(2, 29), 4)):
        day, place = date(year, month, number), "Night Owl Cabs"
        fare = random.randint(980, 2_640)
        yield DemoRow(
            "card", day, -(fare + 10 * (fare // 50)), place, "Transport",
            external_id("card", day, place), pending_minor=-fare,
        )  # fmt: skip


def _trip(year: int, month: int) -> Iterator[DemoRow]:
    """Japan in the spring of even years, paid for from a card in yen."""
    if year % 2:
        return
    tag = f"Japan {year}"
    if month == 2:
        day = date(year, 2, 14)
        yield DemoRow(
            "card", day, -118_460, "Skyward Air", "Travel", external_id("card", day, "Skyward Air"),
            description="Tokyo, two seats", tag=tag,
        )  # fmt: skip
    if month == 3:
        day, place = date(year, 3, 28), "Tabi Money Top-up"
        out, into = (external_id(account, day, place) for account in ("checking", "yen"))
        yield DemoRow("checking", day, -TOPPED_UP_MINOR, place, "Transfer", out, into, needs="yen")
        yield DemoRow("yen", day, TOPPED_UP_YEN, place, "Transfer", into, out, needs="checking")
    if month == 4:
        for number, place, category, yen in _TRIP:
            day = date(year, 4, number)
            key = external_id("yen", day, place)
            yield DemoRow("yen", day, -yen, place, category, key, tag=tag)


def _hidden(year: int, month: int) -> Iterator[DemoRow]:
    day = date(year, month, monthrange(year, month)[1])
    key = external_id("old", day, "Riverbend Bank")
    yield DemoRow("old", day, -100, "Riverbend Bank", "Fees", key, description="Monthly fee")


def _random(what: str, year: int, month: int) -> Random:
    return Random(f"spendo demo {what} {year}-{month:02}")  # noqa: S311  (the same for everyone)
