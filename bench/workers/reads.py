"""Every tool and every read of the ledger, and how long it takes in ledgers of different lengths.

    python -m workers.reads ROUNDS LENGTH…

Migrates the database of SPENDO_DATABASE_URL, fills one ledger for each LENGTH beside the others,
and makes every call in each of them in turn. Prints one line of JSON for each call: its name, and
by length the times of the rounds in seconds.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from spendo.ledger import selectors  # noqa: E402
from spendo.ledger.models import Transaction  # noqa: E402
from spendo.ledger.periods import Period  # noqa: E402
from spendo.ledger.selectors import GroupBy, TransactionFilter  # noqa: E402
from spendo.reports import selectors as reports  # noqa: E402
from workers.fill import begin, settle  # noqa: E402
from workers.ledgers import FIRST, LAST, Household, fill  # noqa: E402
from workers.tool_calls import TOOL_CALLS  # noqa: E402

Call = Callable[[Household], object]

CLOCKS = {"sqlite": time.process_time, "postgresql": time.perf_counter}
"""SQLite works in this process: its CPU time is the time of the call, whatever else runs."""

MONTH = Period.of_days(date(2026, 9, 1), date(2026, 9, 30))
RAGGED = Period.of_days(date(2026, 9, 12), date(2026, 10, 11))
YEAR = Period.of_days(date(2026, 1, 1), date(2026, 10, 17))
WEEKS = Period.of_days(date(2026, 8, 24), date(2026, 10, 18))
ALL = Period.of_days(FIRST, LAST)
SOON = date(2026, 12, 1)


def total(period: Period | None, group_by: GroupBy | None = None, **where: object) -> Call:
    def call(house: Household) -> object:
        chosen = TransactionFilter(period=period, **where)  # type: ignore[arg-type]
        return selectors.sum_transactions(
            house.user, where=chosen, measure="spending", group_by=group_by
        )

    return call


def of_category(house: Household) -> object:
    where = TransactionFilter(period=YEAR, category_ids=(house.expenses[5],))
    return selectors.sum_transactions(house.user, where=where, measure="spending")


def of_account(house: Household) -> object:
    where = TransactionFilter(period=YEAR, account_ids=(house.accounts[2],))
    return selectors.sum_transactions(house.user, where=where, measure="net", group_by="month")


def search(sort: selectors.Sort = "newest", period: Period | None = None, **where: object) -> Call:
    def call(house: Household) -> object:
        chosen = TransactionFilter(period=period, **where)  # type: ignore[arg-type]
        return selectors.search_transactions(house.user, where=chosen, sort=sort)

    return call


def deep(house: Household) -> object:
    """The page in the middle of the ledger."""
    if not hasattr(house, "middle"):
        rows = Transaction.objects.of(house.user).visible().order_by("-date", "-id")
        house.middle = rows.filter(date__lte=date(2025, 5, 1)).values_list("pk", flat=True)[0]
    return selectors.search_transactions(house.user, where=TransactionFilter(), after=house.middle)


def count(period: Period | None = None, **where: object) -> Call:
    def call(house: Household) -> object:
        chosen = TransactionFilter(period=period, **where)  # type: ignore[arg-type]
        return selectors.count_transactions(house.user, where=chosen)

    return call


CALLS: dict[str, Call] = {
    "sum, a month": total(MONTH),
    "sum, 30 days across two months": total(RAGGED),
    "sum, the year so far": total(YEAR),
    "sum, all time": total(None),
    "sum by category, a month": total(MONTH, "category"),
    "sum by category, the year so far": total(YEAR, "category"),
    "sum by category, all time": total(None, "category"),
    "sum by top category, the year so far": total(YEAR, "top_category"),
    "sum by merchant, a month": total(MONTH, "merchant"),
    "sum by merchant, the year so far": total(YEAR, "merchant"),
    "sum by merchant, all time": total(None, "merchant"),
    "sum by account, the year so far": total(YEAR, "account"),
    "sum by day, a month": total(MONTH, "day"),
    "sum by week, eight weeks": total(WEEKS, "week"),
    "sum by month, all time": total(None, "month"),
    "sum of a category, the year so far": of_category,
    "net of an account by month, the year so far": of_account,
    "sum at a merchant, the year so far": total(YEAR, merchants=("Merchant 3",)),
    "sum at a merchant, all time": total(None, merchants=("Merchant 3",)),
    "search, newest": search(),
    "search, newest of a merchant": search(merchants=("Merchant 3",)),
    "search, newest of a month": search(period=MONTH),
    "search, oldest": search("oldest"),
    "search, a page in the middle": deep,
    "search, uncategorised": search(uncategorised=True),
    "count, a month": count(MONTH),
    "count, the year so far": count(YEAR),
    "data range": lambda house: selectors.data_range(house.user),
    "match names": lambda house: selectors.match_names(house.user, text="merchant 17"),
    "accounts with balances": lambda house: selectors.list_accounts(house.user),
    "net worth, today": lambda house: selectors.net_worth(house.user),
    "net worth, a day two years ago": lambda house: selectors.net_worth(
        house.user, as_of=date(2024, 11, 3)
    ),
    "balances by day, the year so far": lambda house: selectors.balance_history(
        house.user, None, YEAR, "day"
    ),
    "net worth by month, all time": lambda house: selectors.net_worth_history(
        house.user, ALL, "month"
    ),
    "lowest balance, a month": lambda house: selectors.lowest_balance(house.user, None, MONTH),
    "series": lambda house: reports.find_recurring(house.user, as_of=LAST),
    "bills to come": lambda house: reports.upcoming_bills(house.user, SOON, as_of=LAST),
    "forecast of a month": lambda house: reports.forecast_balance(house.user, SOON, as_of=LAST),
    "safe to spend": lambda house: reports.safe_to_spend(house.user, as_of=LAST),
    "charged twice, a month": lambda house: reports.duplicate_charges(house.user, MONTH),
    "charged twice, the year so far": lambda house: reports.duplicate_charges(house.user, YEAR),
    "what is missing": lambda house: reports.data_health(house.user, as_of=LAST),
}
"""What any question may need."""

APART: dict[str, Call] = {
    "search, largest of a month": search("largest", MONTH),
    "search, largest of all": search("largest"),
    "search, over an amount, a month": search(period=MONTH, min_amount=Decimal(150)),
    "search, a text": search(text="merchant 14"),
    "search, a text that is nowhere": search(text="nowhere"),
    "sum of a text, the year so far": total(YEAR, text="merchant 14"),
    "sum of a tag, the year so far": total(YEAR, tags=("Trip",)),
    "sum by tag, the year so far": total(YEAR, "tag"),
    "sum over an amount, the year so far": total(YEAR, min_amount=Decimal(150)),
    "median, a month": lambda house: selectors.median(
        house.user, where=TransactionFilter(period=MONTH), measure="spending"
    ),
    "median, all time": lambda house: selectors.median(
        house.user, where=TransactionFilter(), measure="spending"
    ),
}
"""What has to look at the rows themselves."""


def main(rounds: int, lengths: list[int]) -> None:
    call_command("migrate", verbosity=0)
    begin()
    houses = {length: Household(f"user{length}") for length in lengths}
    for length, house in houses.items():
        fill(house, length, seed=7)
    settle()
    started = time.perf_counter()
    prepare(houses)
    print(json.dumps({"prepared": time.perf_counter() - started}), flush=True)
    settle()
    for kind, calls in (("tools", TOOL_CALLS), ("any", CALLS), ("apart", APART)):
        for name, call in calls.items():
            found = {"call": name, "kind": kind, "times": times(call, houses, rounds)}
            print(json.dumps(found), flush=True)


def prepare(houses: dict[int, Household]) -> None:
    """The first read after an import."""
    for house in houses.values():
        selectors.sum_transactions(house.user, where=TransactionFilter(), measure="net")
        reports.find_recurring(house.user, as_of=LAST)


def times(call: Call, houses: dict[int, Household], rounds: int) -> dict[int, list[float]]:
    """In turn; once before it counts. A call that takes long is made less often."""
    longest, clock = 0.0, CLOCKS[connection.vendor]
    for house in houses.values():
        started = time.perf_counter()
        call(house)
        longest = max(longest, time.perf_counter() - started)
    found: dict[int, list[float]] = {length: [] for length in houses}
    gc.collect()
    for _ in range(max(3, min(rounds, int(3 / longest)))):
        for length, house in houses.items():
            started = clock()
            call(house)
            found[length].append(clock() - started)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]), [int(each) for each in sys.argv[2:]])
    connection.close()
