"""`--only-database`: only tests that ask for the database, for a run on a second one."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from emptying import delete_rows, rows_are_deleted_and_no_more

ASKS = {"db", "transactional_db", "live_server", "database_of_the_module"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out what reads no database: it gives the same on each",
    )


def pytest_configure() -> None:
    """No commit waits for the disk: what a test writes need not outlast the machine."""
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] += " PRAGMA synchronous=OFF;"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    left_out = [item for item in items if not _asks_for_the_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _asks_for_the_database(item)]


def _asks_for_the_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or not ASKS.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def emptied_by_deleting(django_db_setup: None) -> Iterator[None]:
    with rows_are_deleted_and_no_more():
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """The real hash is slow on purpose; no test here is about it."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="module")
def database_of_the_module(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """What a fixture of the module commits is there until the module's last test is over."""
    with django_db_blocker.unblock():
        yield
        delete_rows()
