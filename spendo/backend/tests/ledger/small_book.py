"""A small book at noon of one day, for conftest.py of who reckons with it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from spendo.users.models import User
from tests.ledger.book import Book

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create(username="ann")


@pytest.fixture
def book(user: User) -> Book:
    """Checking with 1,000, savings with 5,000, a card; some categories of each kind."""
    book = Book(user)
    book.account(opening="1000")
    book.account("Savings", "savings", opening="5000")
    book.account("Card", "credit_card")
    for name in ("Groceries", "Restaurants", "Rent", "Subscriptions", "Clothing"):
        book.category(name)
    book.category("Pay", "income")
    book.category("Transfer", "transfer")
    return book
