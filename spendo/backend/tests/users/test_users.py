from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from spendo.users.fields import fold
from spendo.users.models import User
from spendo.users.selectors import find_user, find_user_by_id, today

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", date(2026, 3, 1)),
        ("America/Los_Angeles", date(2026, 2, 28)),
        ("Pacific/Kiritimati", date(2026, 3, 1)),
    ],
)
def test_today_is_the_day_of_the_users_zone(zone: str, expected: date) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 3, 30, tzinfo=UTC), tick=False):
        assert today(User(time_zone=zone)) == expected


def test_today_follows_daylight_saving() -> None:
    with time_machine.travel(datetime(2026, 3, 29, 22, 30, tzinfo=UTC), tick=False):
        assert today(User(time_zone="Europe/Berlin")) == date(2026, 3, 30)
    with time_machine.travel(datetime(2026, 3, 27, 22, 30, tzinfo=UTC), tick=False):
        assert today(User(time_zone="Europe/Berlin")) == date(2026, 3, 27)


def test_the_database_keeps_one_name_per_case() -> None:
    User.objects.create(username="Straße")
    with pytest.raises(IntegrityError):
        User.objects.create(username="STRASSE")


def test_many_at_once_are_folded_too() -> None:
    User.objects.bulk_create([User(username="Ann"), User(username="Bob")])
    ann = find_user("aNN")
    assert ann is not None
    assert ann.username == "Ann"


def test_any_text_and_number_may_be_looked_for() -> None:
    assert find_user("a\x00") is None
    assert find_user("\ud800") is None
    assert find_user_by_id(2**70) is None


def test_folding_joins_case_width_and_spaces() -> None:
    assert fold("  ＦＯＯ\u00a0 Bar ") == "foo bar"


@pytest.mark.parametrize(
    ("field", "value"), [("time_zone", "Nowhere"), ("currency", "XAU"), ("currency", "usd")]
)
def test_the_model_refuses_an_unknown_zone_or_currency(field: str, value: str) -> None:
    user = User(username="ann", password="x", **{field: value})
    with pytest.raises(ValidationError) as caught:
        user.full_clean()
    assert field in caught.value.message_dict
