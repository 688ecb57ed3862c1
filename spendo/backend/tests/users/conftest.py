import pytest
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from spendo.users.models import User
from tests.users.api import PASSWORD, Api


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> None:
    """A cache server outlives a test, and axes counts there when there is one."""
    cache.clear()


@pytest.fixture
def attempts_in_the_database(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Axes counts by a clock that a test can move; the one of a cache server cannot be."""
    settings.AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
    monkeypatch.setattr(AxesProxyHandler, "implementation", AxesDatabaseHandler())


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann", password=PASSWORD, first_name="Ann")


@pytest.fixture
def bob(db: None) -> User:
    return User.objects.create_user("bob", password=PASSWORD)


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("sam", password=PASSWORD, is_staff=True)


@pytest.fixture
def api() -> Api:
    """A browser that is not signed in and keeps its CSRF token."""
    return Api(Client(enforce_csrf_checks=True, raise_request_exception=False))
