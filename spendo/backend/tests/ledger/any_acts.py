"""Changes of every kind that whoever writes to the ledger could make, past the services."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import connection

from spendo.ledger.models import Account, Category, ExchangeRate, Transaction, Transfer
from spendo.users.models import User
from tests.ledger.book import Book

START = date(2024, 2, 27)


def new_book(name: str = "ann") -> Book:
    book = Book(User.objects.create(username=name))
    book.account("Checking", opening="10.00")
    book.account("Card", "credit_card")
    book.account("Euro", currency="EUR")
    for category, kind in (("Food", "expense"), ("Pay", "income"), ("Moves", "transfer")):
        book.category(category, kind)
    ExchangeRate.objects.bulk_create(
        ExchangeRate(
            user=book.user,
            base="EUR",
            quote="USD",
            date=START + timedelta(days=days),
            rate=Decimal(100 + days % 7) / 100,
        )
        for days in range(-3, 400, 6)
    )
    return book


def set_rate(
    book: Book, days: int, rate: Decimal, *, base: str = "EUR", quote: str = "USD"
) -> None:
    ExchangeRate.objects.update_or_create(
        user=book.user, base=base, quote=quote, date=START + timedelta(days=days),
        defaults={"rate": rate},
    )  # fmt: skip


def rates_by_sql(book: Book, roll: int, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_exchangerate SET rate = rate * 2 WHERE user_id = %s AND date >= %s",
            [book.user.pk, str(START + timedelta(days=roll * 9))],
        )


def other_currency(book: Book, roll: int, number: int) -> None:
    book.user.currency = ["USD", "EUR", "JPY"][number - 1]
    User.objects.filter(pk=book.user.pk).update(currency=book.user.currency)


def some_rates(book: Book, roll: int) -> Any:
    ids = list(ExchangeRate.objects.filter(user=book.user).order_by("pk").values_list("pk"))
    return ExchangeRate.objects.filter(pk__in=[pk for (pk,) in ids[roll % 3 :: 3]])


def add(book: Book, roll: int, number: int) -> None:
    account = list(book.accounts.values())[roll % 3]
    category = [*book.categories.values(), None][roll % 4]
    Transaction.objects.bulk_create(
        Transaction(
            user=book.user,
            account=account,
            date=START + timedelta(days=(roll * 7 + each * 40) % 700),
            amount_minor=(roll % 11 - 6) * 100 + each,
            description="x",
            merchant=["", "Shop", "SHOP", "Bar"][(roll + each) % 4],
            category=category,
            status="pending" if roll % 9 == 8 else "posted",
        )
        for each in range(number)
    )


def some(book: Book, roll: int) -> Any:
    ids = list(Transaction.objects.of(book.user).order_by("pk").values_list("pk", flat=True))
    return Transaction.objects.filter(pk__in=ids[roll % 3 :: 3])


def pair(book: Book, roll: int, number: int) -> None:
    free = [
        row
        for row in some(book, roll)
        if not Transfer.objects.filter(outflow=row).exists()
        and not Transfer.objects.filter(inflow=row).exists()
    ]
    for outflow, inflow in zip(free[::2], free[1::2], strict=False):
        Transfer.objects.create(user=book.user, outflow=outflow, inflow=inflow)


def refund(book: Book, roll: int, number: int) -> None:
    rows = list(some(book, roll))
    for row, other in pairwise(rows):
        row.refund_of = other
        row.save()


def split(book: Book, roll: int, number: int) -> None:
    for row in some(book, roll).filter(parent=None, is_split=False, status="posted")[:number]:
        row.is_split = True
        row.save()
        for minor in (row.amount_minor - 1, 1):
            Transaction.objects.create(
                user=book.user, account=row.account, date=row.date, amount_minor=minor,
                description="part", parent=row, category=book.categories["Food"],
            )  # fmt: skip


ACTS: dict[str, Callable[[Book, int, int], object]] = {
    "add": add,
    "pair": pair,
    "refund": refund,
    "split": split,
    "unpair": lambda book, roll, number: (
        Transfer.objects.filter(user=book.user)[:1].get().delete()
        if Transfer.objects.filter(user=book.user).exists()
        else None
    ),
    "hide": lambda book, roll, number: some(book, roll).update(hidden=roll % 2 == 0),
    "move": lambda book, roll, number: some(book, roll).update(date=START + timedelta(days=roll)),
    "to card": lambda book, roll, number: some(book, roll).update(
        account=book.accounts["Card"], external_id=""
    ),
    "categorise": lambda book, roll, number: some(book, roll).update(
        category=list(book.categories.values())[roll % 3]
    ),
    "amount": lambda book, roll, number: some(book, roll).update(amount_minor=roll - 20),
    "rename": lambda book, roll, number: some(book, roll).update(
        merchant_key="new", merchant="New"
    ),
    "post": lambda book, roll, number: some(book, roll).update(status="posted"),
    "delete": lambda book, roll, number: some(book, roll).delete(),
    "rate": lambda book, roll, number: set_rate(book, roll * 7, Decimal(number) / 2),
    "rate the other way round": lambda book, roll, number: set_rate(
        book, roll * 7 + 1, Decimal(number + 6) / 10, base="USD", quote="EUR"
    ),
    "rate of another currency": lambda book, roll, number: set_rate(
        book, roll * 7, Decimal(number) / 200, base="JPY"
    ),
    "rates by sql": rates_by_sql,
    "rates gone": lambda book, roll, number: some_rates(book, roll).delete(),
    "rates moved": lambda book, roll, number: [
        ExchangeRate.objects.filter(pk=rate.pk).update(date=rate.date + timedelta(days=3))
        for rate in some_rates(book, roll)[:number]
        if not ExchangeRate.objects.filter(
            user=book.user, base=rate.base, quote=rate.quote, date=rate.date + timedelta(days=3)
        ).exists()
    ],
    "hide an account": lambda book, roll, number: Account.objects.filter(
        pk=list(book.accounts.values())[roll % 3].pk
    ).update(hidden=number % 2 == 1),
    "account of another kind": lambda book, roll, number: Account.objects.filter(
        pk=list(book.accounts.values())[roll % 3].pk
    ).update(kind=["checking", "loan", "cash"][number - 1]),
    "category of another kind": lambda book, roll, number: Category.objects.filter(
        pk=list(book.categories.values())[roll % 3].pk
    ).update(kind=["expense", "income", "transfer"][number - 1]),
    "another currency": other_currency,
    "account in another currency": lambda book, roll, number: Account.objects.filter(
        pk=book.accounts["Euro"].pk
    ).update(currency=["EUR", "JPY", "USD"][number - 1]),
}
