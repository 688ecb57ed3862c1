"""A query that is put together once means what Django writes for its own values."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from spendo.ledger.aggregates import ExactSum
from spendo.ledger.models import Account, Transaction
from spendo.ledger.prepared import ask, ask_models
from spendo.users.models import User
from tests.ledger.book import Book


@pytest.fixture
def ledger(book: Book, user: User) -> User:
    book.account("Card", kind="credit_card")
    book.add("-1", on=date(2026, 1, 31), merchant="Bakery")
    book.add("-2", on=date(2026, 2, 1), merchant="Bakery", hidden=True)
    book.add("-3", on=date(2026, 2, 2), merchant="It's 100%", account="Card")
    book.add("4", on=date(2026, 3, 1), merchant="Café")
    return user


def _amounts(where: Q, *order: str) -> Any:
    return Transaction.objects.filter(where).order_by(*order or ["id"]).values_list("amount_minor")


def _days(where: Q) -> Any:
    rows: Any = Transaction.objects.with_meaning().filter(where).order_by("id")
    return rows.values_list("date", "is_transfer", "hidden", "account__name")


def _sums(where: Q) -> Any:
    rows = Transaction.objects.filter(where).order_by("account_id").values("account_id")
    return rows.annotate(minor=ExactSum("amount_minor")).values_list("account_id", "minor")


FEBRUARY = Q(date__gte=date(2026, 2, 1), date__lt=date(2026, 3, 1))
MARCH = Q(date__gte=date(2026, 3, 1), date__lt=date(2026, 4, 1))
CONDITIONS = [
    FEBRUARY,
    MARCH,
    ~FEBRUARY,
    FEBRUARY | Q(merchant="Café"),
    FEBRUARY & ~Q(merchant="It's 100%"),
    MARCH & ~Q(merchant="Bakery"),
    Q(merchant__in=["Bakery"]),
    Q(merchant__in=["Bakery", "Café", "nowhere"]),
    ~Q(merchant__in={"Bakery", "Café"}),
    Q(merchant__in=[]),
    ~Q(merchant__in=[]),
    Q(account__kind__in=["credit_card", "loan"]),
    Q(category__isnull=True, parent__isnull=True),
    Q(parent__isnull=False),
    Q(hidden=False),
    Q(hidden=True),
    Q(amount_minor__lt=0),
    Q(amount_minor__lt=-100) & Q(amount_minor__gte=-300),
    Q(merchant__contains="00%"),
    Q(pk__in=Transaction.objects.filter(amount_minor__gt=0)),
    Q(),
]


@pytest.mark.django_db
def test_it_finds_what_the_query_finds_with_its_own_values(ledger: User) -> None:
    """In this order, so that each form has had other values before."""
    for condition in CONDITIONS * 2:
        mine = Q(user_id=ledger.pk) & condition
        assert ask(_amounts, where=mine) == list(_amounts(mine)), condition
        assert ask(_days, where=mine) == list(_days(mine)), condition
        assert ask(_sums, where=mine) == list(_sums(mine)), condition


@pytest.mark.django_db
def test_what_tells_queries_apart_beside_their_conditions(ledger: User) -> None:
    mine = Q(user_id=ledger.pk)
    assert ask(_amounts, "amount_minor", where=mine) == [(-300,), (-200,), (-100,), (400,)]
    assert ask(_amounts, "-date", where=mine) == [(400,), (-300,), (-200,), (-100,)]


@pytest.mark.django_db
def test_lists_of_nearly_the_same_length_share_a_text(ledger: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        for number in (1, 2, 16, 17, 65):
            assert len(ask(_amounts, where=Q(pk__in=list(range(10**6, 10**6 + number))))) == 0
    assert [each["sql"].split("IN (")[1].count(",") + 1 for each in asked] == [1, 16, 16, 64, 128]


@pytest.mark.django_db
def test_rows_of_a_table_are_whole(ledger: User) -> None:
    mine = Q(user_id=ledger.pk, name="Card")
    (card,) = ask_models(Account, where=mine, beside="institution")
    assert card == Account.objects.get(name="Card")
    assert vars(card).keys() == vars(Account.objects.get(name="Card")).keys()
    with CaptureQueriesContext(connection) as asked:
        assert card.institution == Account.objects.get(name="Card").institution
    assert len(asked) == 2  # those of the other one
    assert (card.kind, card.hidden, card.opened_on) == ("credit_card", False, card.opened_on)
    names = [each.name for each in ask_models(Account, "-name", where=Q(user_id=ledger.pk))]
    assert names == sorted(names, reverse=True)
