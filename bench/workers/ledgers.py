"""Ledgers of one household over the same three years, small and large: seeded, filled in bulk.

The accounts, categories, merchants, tags and rates are the same in each; only the number of
transactions differs. Every trap is among them: transfers, refunds, parts, pending and hidden rows,
rows without a category, an account in another currency with a rate for each day.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate, islice
from typing import Any

from django.db import connection, transaction

from spendo.ledger.models import (
    Account,
    Category,
    ExchangeRate,
    Institution,
    Tag,
    Transaction,
    Transfer,
    Valuation,
)
from spendo.users.models import User

FIRST, LAST = date(2023, 11, 1), date(2026, 10, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
MERCHANTS = 150
BLOCK = 20_000
NOW = datetime(2026, 11, 1, tzinfo=UTC)
KINDS = ("checking", "checking", "credit_card", "savings", "cash", "investment", "checking")
TOPS = {"Home": 4, "Food": 4, "Getting around": 3, "Shopping": 3, "Health": 2, "Leisure": 4}

COLUMNS = (
    "user_id, account_id, date, amount_minor, description, description_key, merchant, "
    "merchant_key, category_id, note, note_key, status, hidden, parent_id, is_split, refund_of_id, "
    "external_id, import_key, created_at"
)


class Household:
    """One user, with everything but transactions."""

    def __init__(self, name: str) -> None:
        self.user = User.objects.create(username=name, currency="USD")
        bank = Institution.objects.create(user=self.user, name="Bank")
        self.accounts = [
            Account.objects.create(
                user=self.user,
                institution=bank,
                name=f"Account {number}",
                kind=kind,
                currency="EUR" if number == len(KINDS) - 1 else "USD",
                opening_balance_minor=100_000,
                opened_on=FIRST,
            ).pk
            for number, kind in enumerate(KINDS)
        ]
        self.expenses = self._tree()
        self.pay = Category.objects.create(user=self.user, name="Pay", kind="income").pk
        self.transfer = Category.objects.create(user=self.user, name="Moves", kind="transfer").pk
        self.tag = Tag.objects.create(user=self.user, name="Trip").pk
        ExchangeRate.objects.bulk_create(
            ExchangeRate(
                user=self.user,
                base="EUR",
                quote="USD",
                date=day,
                rate=Decimal(10_500 + place % 900) / 10_000,
            )
            for place, day in enumerate(DAYS)
        )
        Valuation.objects.create(
            user=self.user, account_id=self.accounts[5], date=DAYS[500], value_minor=5_000_000
        )

    def _tree(self) -> list[int]:
        found = []
        for top, below in TOPS.items():
            parent = Category.objects.create(user=self.user, name=top, kind="expense")
            found += [
                Category.objects.create(
                    user=self.user, name=f"{top} {number}", kind="expense", parent=parent
                ).pk
                for number in range(below)
            ]
        return found


def fill(household: Household, count: int, seed: int) -> None:
    """Add so many transactions, in the order of their days."""
    first = (Transaction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    pairs: list[tuple[int, int]] = []
    tagged: list[int] = []
    rows = _rows(household, count, first, random.Random(seed), pairs, tagged)  # noqa: S311
    while block := list(islice(rows, BLOCK)):
        _insert("ledger_transaction", f"id, {COLUMNS}", block)
    _insert(
        "ledger_transfer",
        "user_id, outflow_id, inflow_id",
        [(household.user.pk, *pair) for pair in pairs],
    )
    _insert(
        "ledger_transaction_tags",
        "transaction_id, tag_id",
        [(number, household.tag) for number in tagged],
    )
    _set_sequence()


def _rows(
    household: Household,
    count: int,
    first: int,
    chance: random.Random,
    pairs: list[tuple[int, int]],
    tagged: list[int],
) -> Iterator[tuple[Any, ...]]:
    weights = list(accumulate(1 / (place + 3) for place in range(MERCHANTS)))
    merchants = range(MERCHANTS)
    user, accounts, expenses = household.user.pk, household.accounts, household.expenses
    number, end = first, first + count
    while number < end:
        day = DAYS[(number - first) * len(DAYS) // count]
        roll = chance.random()
        (place,) = chance.choices(merchants, cum_weights=weights)
        account = accounts[6] if roll > 0.96 else accounts[chance.choice((0, 0, 1, 2, 2, 2, 4))]
        row = {
            "account": account,
            "minor": -chance.randint(100, 20_000),
            "merchant": f"Merchant {place}",
            "category": expenses[place % len(expenses)],
        }
        if roll < 0.02 and number + 1 < end:
            pairs.append((number, number + 1))
            minor = chance.randint(10_000, 50_000)
            for side, held_in in ((-minor, accounts[0]), (minor, accounts[3])):
                row = {"account": held_in, "minor": side, "category": household.transfer}
                yield _row(user, number, day, row | {"merchant": "Transfer"})
                number += 1
            continue
        if roll < 0.03 and number + 2 < end:
            parent, whole = number, row["minor"]
            yield _row(user, number, day, row | {"is_split": True})
            for part in (int(whole) // 3, int(whole) - int(whole) // 3):
                number += 1
                other = {"category": chance.choice(expenses), "parent": parent, "minor": part}
                yield _row(user, number, day, row | other)
            number += 1
            continue
        if roll < 0.06:
            row |= {"account": accounts[0], "minor": 250_000, "category": household.pay}
            row["merchant"] = "Employer"
        elif roll < 0.08 and number > first:
            row |= {"minor": -int(row["minor"]) // 2, "refund_of": number - 1}
        elif roll < 0.13:
            row["category"] = None
        elif roll < 0.135:
            row["hidden"] = True
        if number >= end - 10:
            row["status"] = "pending"
        if chance.random() < 0.02:
            tagged.append(number)
        yield _row(user, number, day, row)
        number += 1


def _row(user: int, number: int, day: date, values: dict[str, Any]) -> tuple[Any, ...]:
    merchant = values["merchant"]
    description = f"{merchant.upper()} #{number % 977} CARD 4417"
    return (
        number, user, values["account"], day.isoformat(), values["minor"],
        description, description.lower(), merchant, merchant.lower(), values["category"], "", "",
        values.get("status", "posted"), values.get("hidden", False), values.get("parent"),
        values.get("is_split", False), values.get("refund_of"), "", "", NOW.isoformat(sep=" "),
    )  # fmt: skip


def _insert(table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(rows[0]))
            sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
            cursor.cursor.executemany(sql, rows)


def _set_sequence() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('ledger_transaction', 'id'), "
                "(SELECT MAX(id) FROM ledger_transaction))"
            )


def kinds_of_rows(household: Household) -> dict[str, int]:
    """What is in the ledger, for whoever reads the table."""
    rows = Transaction.objects.of(household.user)
    return {
        "rows": rows.count(),
        "transfers": Transfer.objects.filter(user=household.user).count(),
        "refunds": rows.filter(refund_of__isnull=False).count(),
        "parts": rows.filter(parent__isnull=False).count(),
    }
