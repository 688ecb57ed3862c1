"""A ledger to ask about, and a network that ends at this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from chatkit_django import database
from spendo.users.models import User
from tests.ledger.book import Book

TODAY = date(2026, 11, 22)


class OutsideError(Exception):
    """A test tried to reach another machine."""


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a path: a socket of this machine
    host = str(address[0])
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def nothing_leaves_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_here(address):
            raise OutsideError(address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        if not _is_here(address):
            raise OutsideError(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None and not _is_here((host,)):
            raise OutsideError(host)
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture(autouse=True)
def default_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "SPENDO_MODEL",
        "SPENDO_MODELS",
        "SPENDO_MODEL_MOST_TOKENS",
        "SPENDO_COMPATIBLE_URL",
        "SPENDO_COMPATIBLE_KEY",
        "ANTHROPIC_API_KEY",
        "ANTHROPIC_BASE_URL",
        "ANTHROPIC_AUTH_TOKEN",
        "CHATKIT_WORKFLOW_ID",
        "SPENDO_MODEL_TIMEOUT_SECONDS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SPENDO_ANALYST_PACE_MS", "0")


@pytest.fixture(autouse=True)
async def no_connection_outlives_a_test() -> AsyncIterator[None]:
    yield
    await sync_to_async(connections.close_all)()


@pytest.fixture(scope="session", autouse=True)
def pool_ends_with_the_session(django_db_setup: None) -> Iterator[None]:
    yield
    database.close()


@pytest.fixture
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> date:
    monkeypatch.setattr("spendo.assistant.turn.today", lambda user: TODAY)
    return TODAY


@pytest.fixture
def ann(transactional_db: None, fixed_day: date) -> User:
    return User.objects.create(username="ann")


@pytest.fixture
def bob(transactional_db: None, fixed_day: date) -> User:
    return User.objects.create(username="bob")


@pytest.fixture
def ledger(ann: User) -> Book:
    """Ann's money. October 2026: groceries 60.10 + 39.90, coffee 4.50 twice on one day, a shoe
    refund, pay 3000, rent 1200, a transfer of 500 to savings; November has begun."""
    book = Book(ann)
    book.account("Everyday Checking", opening="1000")
    book.account("Rainy Day Savings", "savings", opening="2000")
    book.account("Blue Card", "credit_card")
    for name in ("Groceries", "Coffee", "Restaurants", "Rent", "Clothing"):
        book.category(name)
    book.category("Pay", "income")
    book.category("Transfer", "transfer")
    checking, card = "Everyday Checking", "Blue Card"

    def october(day: int) -> date:
        return date(2026, 10, day)

    book.add("3000", "Pay", account=checking, on=october(1), merchant="Harbor Design")
    book.add("-1200", "Rent", account=checking, on=october(1), merchant="Maple Court")
    book.add("-60.10", "Groceries", account=card, on=october(3), merchant="Corner Pantry")
    book.add("-39.90", "Groceries", account=card, on=october(31), merchant="Sunrise Foods")
    book.add("-4.50", "Coffee", account=card, on=october(9), merchant="Bluebell Coffee")
    book.add("-4.50", "Coffee", account=card, on=october(9), merchant="Bluebell Coffee")
    book.add("-80", "Clothing", account=card, on=date(2026, 9, 20), merchant="Thread & Needle")
    book.add("30", "Clothing", account=card, on=october(12), merchant="Thread & Needle")
    book.add("-25", "Restaurants", account=card, on=october(17), merchant="Noodle Harbor")
    book.add("-18", "Restaurants", account=card, on=october(18), merchant="Noodle House")
    book.transfer("500", checking, "Rainy Day Savings", category="Transfer", on=october(5))
    book.add("-45.25", "Groceries", account=card, on=date(2026, 9, 15), merchant="Corner Pantry")
    book.add("-20", "Groceries", account=card, on=date(2026, 11, 2), merchant="Corner Pantry")
    book.add(
        "-7",
        "Groceries",
        account=card,
        on=date(2026, 11, 20),
        merchant="Corner Pantry",
        pending=True,
    )
    return book
