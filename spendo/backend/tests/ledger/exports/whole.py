"""A ledger with something of everything, and what two ledgers have in common."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from spendo.budgets.models import Budget, Goal
from spendo.ledger.exports import all_tables
from spendo.ledger.models import (
    Category,
    ImportHeader,
    RecurringSeries,
    Transaction,
    Valuation,
)
from spendo.ledger.money import Money
from spendo.ledger.services import (
    NewPart,
    add_rule,
    add_tag,
    link_refund,
    set_rate,
    split_transaction,
    tag_transactions,
)
from spendo.users.models import User
from tests.ledger.book import Book
from tests.ledger.importing.files import COFFEES, commit


def everything(user: User) -> Book:
    """Splits, transfers, refunds, tags, rates, rules, series, valuations, budgets, goals."""
    book = Book(user)
    checking = book.account(opening="1000.55")
    card = book.account("Blue Card", "credit_card", opening="-20")
    card.credit_limit_minor, card.interest_rate = 500000, Decimal("19.9900")
    card.save()
    book.account("Yen", currency="JPY", opening="1200", hidden=True)
    house = book.account("House", "property")
    food = book.category("Food")
    below = Category.objects.create(user=user, name="Groceries", kind="expense", parent=food)
    book.categories["Groceries"] = below
    book.category("Pay", "income")
    book.category("Transfer", "transfer")
    bought = book.add("-80.00", "Groceries", merchant="Thread & Needle")
    back = book.add("30.00", "Groceries", merchant="Thread & Needle", on=date(2026, 6, 2))
    link_refund(user, back.pk, bought.pk)
    big = book.add("-100.00", merchant="Costco", on=date(2026, 5, 20))
    split_transaction(
        user,
        big.pk,
        [
            NewPart(Money(Decimal("-60.00"), "USD"), below.pk, "bread, =and more"),
            NewPart(Money(Decimal("-40.00"), "USD"), None, ""),
        ],
    )
    book.transfer("250.00", "Checking", "Blue Card", category="Transfer")
    book.add("-4.50", pending=True, merchant="Café \N{HOT BEVERAGE}")
    book.add("-4.50", hidden=True, merchant="Café \N{HOT BEVERAGE}")
    book.add("-1200", account="Yen", merchant="@Kyoto")
    tag_transactions(user, [bought.pk, back.pk], "trip, 2026")
    tag_transactions(user, [bought.pk], "=SUM(A1)")
    add_tag(user, "unused")
    Transaction.objects.filter(pk=bought.pk).update(
        note="'quoted", value_date=date(2026, 5, 15), external_id="-x1"
    )
    add_rule(user, field="merchant", match="contains", text="costco", category_id=below.pk)
    set_rate(user, base="EUR", quote="USD", date=date(2026, 5, 14), rate=Decimal("1.0825"))
    Valuation.objects.create(
        user=user, account=house, date=date(2026, 5, 1), value_minor=25_000_000
    )
    RecurringSeries.objects.create(
        user=user,
        merchant="Streamflix",
        account=checking,
        category=below,
        kind="subscription",
        cadence="monthly",
        amount_minor=-999,
        first_on=date(2026, 1, 31),
    )
    Budget.objects.create(
        user=user, category=below, month=date(2026, 5, 1), limit_minor=40000, currency="USD"
    )
    Goal.objects.create(
        user=user,
        name="Car",
        target_minor=900000,
        currency="USD",
        account=checking,
        created_on=date(2026, 5, 1),
    )
    ImportHeader.objects.create(
        user=user,
        columns=["Tag", "Was", "Wieviel"],
        mapping={"date": "Tag", "description": ["Was"], "amount": "Wieviel"},
        account=checking,
    )
    commit(user, COFFEES)
    return book


def contents(user: User) -> dict[str, list[dict[str, Any]]]:
    """Every restored table, with places of rows where their numbers were."""
    tables = [table for table in all_tables() if table.restored]
    rows = {table.model: list(table.rows(user)) for table in tables}
    places = {model: {row.pk: at for at, row in enumerate(found)} for model, found in rows.items()}
    found: dict[str, list[dict[str, Any]]] = {}
    for table in tables:
        found[table.name] = [
            {
                name: _value(field, getattr(row, name), places)
                for name, field in table.fields().items()
            }
            | {name: sorted(each.name for each in getattr(row, name).all()) for name in table.many}
            for row in rows[table.model]
        ]
    return found


def _value(field: Any, value: Any, places: dict[Any, dict[int, int]]) -> Any:
    if isinstance(field, models.ForeignKey) and value is not None:
        return places[field.related_model][value]
    return value
