"""Whom the demo is not loaded for."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from spendo.ledger.models import Account
from spendo.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_debug(settings: Settings) -> None:
    settings.DEBUG = True


def load() -> None:
    call_command("load_demo", verbosity=0, stdout=StringIO())


def test_the_demo_is_refused_without_debug(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        load()
    assert not User.objects.exists()


def test_a_user_who_is_named_demo_is_left_alone() -> None:
    User.objects.create_user("Demo", password="something else")
    with pytest.raises(CommandError, match="already"):
        load()
    assert not Account.objects.exists()
