import pytest
from django.test import Client
from pytest_django import Settings

from spendo.users.models import User
from tests.users.api import PASSWORD, Api


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """The real hash is slow on purpose; no test here is about it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
