import pytest

from spendo.users.models import User
from tests.ledger.book import Book


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create(username="ann")


@pytest.fixture
def book(user: User) -> Book:
    """A ledger with a checking account and one category of each kind."""
    book = Book(user)
    book.account()
    book.category("Groceries")
    book.category("Clothing")
    book.category("Pay", "income")
    book.category("Transfer", "transfer")
    return book
