"""What happens to the demo household's money in a month: the same for a month at any time."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from spendo.ledger.demo.extras import extra_rows
from spendo.ledger.demo.places import BILLS, OUTINGS
from spendo.ledger.demo.rows import PREFIX, DemoRow

_COFFEE_DAYS = (0, 2, 4)  # Monday, Wednesday, Friday: some are pending on every day of the week
_PAY_MINOR = {2024: 254_000, 2025: 262_500}
_PAY_MINOR_NOW = 271_000
_SENT_BACK = {3: (21, 8_995), 6: (27, 7_450), 9: (5, 12_900), 12: (15, 6_480)}
_FEE_DAYS = {1: 3, 4: 26, 7: 9, 10: 28}


@lru_cache(maxsize=64)
def month_rows(year: int, month: int) -> tuple[DemoRow, ...]:
    """Everything of that month but the card payment, which depends on when the data begins."""
    rows = _Rows(year, month)
    random = Random(f"spendo demo {year}-{month:02}")  # noqa: S311  (the same for everyone)
    _income(rows)
    _bills(rows, random)
    _transfers(rows, random)
    _outings(rows, random)
    _coffees(rows, random)
    _season(rows, random)
    _refunds(rows)
    _oddities(rows, random)
    return (*rows.made, *extra_rows(year, month))


def card_payment(day: date, minor: int) -> list[DemoRow]:
    """The payment of a statement of `minor` from checking, both sides; none of nothing."""
    rows = _Rows(day.year, day.month)
    if minor > 0:
        rows.transfer(day.day, "checking", "card", minor, "Riverbend Card Payment", "Card payment")
    return rows.made


def card_charges(year: int, month: int) -> int:
    """What that month's purchases, less refunds, add to the card's debt."""
    return -sum(row.minor for row in month_rows(year, month) if row.account == "card")


class _Rows:
    """The rows of one month, with ids that do not depend on the order of other days."""

    def __init__(self, year: int, month: int) -> None:
        self.first = date(year, month, 1)
        self.length = monthrange(year, month)[1]
        self.made: list[DemoRow] = []
        self._seen: Counter[str] = Counter()

    def add(
        self,
        day: int,
        account: str,
        minor: int,
        place: str,
        category: str | None,
        description: str = "",
    ) -> None:
        on = self.first.replace(day=min(day, self.length))
        self.made.append(
            DemoRow(
                account, on, minor, place, category, self._id(account, on, place), "", description
            )
        )

    def transfer(
        self, day: int, source: str, target: str, minor: int, place: str, category: str
    ) -> None:
        on = self.first.replace(day=min(day, self.length))
        out_id, in_id = self._id(source, on, place), self._id(target, on, place)
        self.made += [
            DemoRow(source, on, -minor, place, category, out_id, in_id),
            DemoRow(target, on, minor, place, category, in_id, out_id),
        ]

    def days(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.length))

    def _id(self, account: str, day: date, place: str) -> str:
        stem = f"{PREFIX}{account}:{day}:{place.casefold().replace(' ', '-')}"
        self._seen[stem] += 1
        return f"{stem}:{self._seen[stem]}"


def _income(rows: _Rows) -> None:
    pay = _PAY_MINOR.get(rows.first.year, _PAY_MINOR_NOW)
    for day in (15, rows.length):
        on = rows.first.replace(day=day)
        on -= timedelta(days=max(0, on.weekday() - 4))  # a weekend's pay comes on Friday
        rows.add(on.day, "checking", pay, "Harborline Design", "Pay", "Payroll deposit")
        rows.transfer(
            on.day,
            "checking",
            "retirement",
            24_000,
            "401(k) Contribution",
            "Retirement contribution",
        )


def _bills(rows: _Rows, random: Random) -> None:
    for bill in BILLS:
        rows.add(bill.day, bill.account, -bill.minor, bill.place, bill.category)
    # One subscription became dearer: a question worth asking.
    if rows.first.month % 6 != 4:  # twice a year the newspaper's payment does not come
        rows.add(16, "card", -800, "The Daily Ledger", "Subscriptions")
    dearer = rows.first >= date(2026, 6, 1)
    rows.add(4, "card", -1_799 if dearer else -1_599, "Streamhouse Video", "Subscriptions")
    winter = rows.first.month in {12, 1, 2, 7, 8}
    rows.add(
        8,
        "checking",
        -random.randint(6_800, 9_400) - 3_200 * winter,
        "Brightwater Electric",
        "Utilities",
    )
    rows.add(12, "checking", -random.randint(3_100, 4_600), "Valley Water", "Utilities")


def _transfers(rows: _Rows, random: Random) -> None:
    rows.transfer(2, "checking", "savings", 40_000, "Transfer to Savings", "Transfer")
    rows.transfer(3, "checking", "brokerage", 20_000, "Transfer to Brokerage", "Transfer")
    rows.transfer(6, "checking", "cash", 6_000, "Cash Withdrawal", "Transfer")
    rows.add(rows.length, "savings", random.randint(1_640, 2_390), "Riverbend Bank", "Interest")
    if rows.first.month % 3 == 0:
        rows.add(20, "brokerage", random.randint(5_200, 7_900), "Larkspur Investing", "Dividends")
    for day in (7, 13, 21):
        rows.add(day, "cash", -random.randint(600, 1_950), "Farmers Market", "Groceries")


def _outings(rows: _Rows, random: Random) -> None:
    for outing in OUTINGS:
        for _ in range(random.randint(*outing.times)):
            rows.add(
                random.randint(1, rows.length),
                "card",
                -random.randint(outing.least, outing.most),
                random.choice(outing.places),
                outing.category,
            )


def _coffees(rows: _Rows, random: Random) -> None:
    for day in rows.days():
        if day.weekday() in _COFFEE_DAYS:
            minor = random.choice((375, 425, 450, 495, 560))
            place = random.choice(("Bluebell Coffee", "Bluebell Coffee", "Third Cup Café"))
            rows.add(day.day, "card", -minor, place, "Coffee")
    # Two people, one order each: genuine twins, not a double charge.
    for _ in range(2):
        rows.add(10, "card", -450, "Bluebell Coffee", "Coffee")


def _season(rows: _Rows, random: Random) -> None:
    month = rows.first.month
    if month in {3, 7, 12}:
        rows.add(13, "card", -random.randint(24_000, 46_000), "Skyward Air", "Travel")
        rows.add(19, "card", -random.randint(31_000, 58_000), "Seaglass Hotel", "Travel")
    if month == 12:
        for day in (5, 12, 18):
            rows.add(day, "card", -random.randint(2_900, 9_800), "Hearth & Home Store", "Gifts")
    if month % 2:
        rows.add(17, "card", -4_000, "Riverbend Family Clinic", "Health", "Visit copay")


def _refunds(rows: _Rows) -> None:
    """Bought late in a month, sent back in the next: a whole refund and a part of one."""
    month, before = rows.first.month, (rows.first - timedelta(days=1)).month
    if month % 3 == 0:
        day, minor = _SENT_BACK[month]
        rows.add(day, "card", -minor, "Northpeak Outfitters", "Clothing")
    if before % 3 == 0:
        rows.add(6, "card", _SENT_BACK[before][1], "Northpeak Outfitters", "Clothing", "Refund")
    if month % 4 == 1:
        rows.add(24, "card", -12_450, "Volt Electronics", "Shopping")
    if before % 4 == 1:
        rows.add(9, "card", 4_975, "Volt Electronics", "Shopping", "Partial refund")


def _oddities(rows: _Rows, random: Random) -> None:
    rows.add(22, "card", -random.randint(500, 2_900), "", None, "SQ *BLUBTTL 0417")
    if (fee_day := _FEE_DAYS.get(rows.first.month)) is not None:
        rows.add(
            fee_day, "checking", -300, "Riverbend Bank", "Fees", "Out-of-network cash machine fee"
        )
    if rows.first.month in {2, 8}:
        # The store's card is not among the accounts: one side of a transfer only.
        rows.add(14, "checking", -8_540, "Hearth & Home Card", "Card payment")
