import threading
from typing import Any

import pytest
from django.db import OperationalError, connection

from spendo.users.models import User
from spendo.users.services import UsernameTaken, create_user
from tests.users.api import PASSWORD, Api

pytestmark = pytest.mark.django_db
ADDRESS = "/api/createuser/"


def test_a_user_is_made_and_not_signed_in(api: Api) -> None:
    answer = api.post(
        ADDRESS,
        {
            "username": "Zoë",
            "password": " spaces are kept ",
            "email": "zoe@EXAMPLE.org",
            "first_name": "Zoë",
            "occupation": "Baker",
            "time_zone": "Asia/Tokyo",
            "currency": "JPY",
        },
    )
    assert answer.status == 201
    user = User.objects.get(username="Zoë")
    assert answer.body == {
        "id": user.pk,
        "username": "Zoë",
        "email": "zoe@example.org",
        "first_name": "Zoë",
        "last_name": "",
        "occupation": "Baker",
        "time_zone": "Asia/Tokyo",
        "currency": "JPY",
        "is_staff": False,
    }
    assert user.check_password(" spaces are kept ")
    assert api.get("/api/me/").status == 401


def test_what_a_sign_up_may_not_set_is_ignored(api: Api) -> None:
    api.post(
        ADDRESS,
        {"username": "eve", "password": PASSWORD, "is_staff": True, "is_superuser": True, "id": 7},
    )
    eve = User.objects.get(username="eve")
    assert (eve.is_staff, eve.is_superuser) == (False, False)


@pytest.mark.parametrize("name", ["ann", "ANN", "Ann", "\uff41nn"])
def test_a_taken_name_is_a_conflict_in_any_case(api: Api, ann: User, name: str) -> None:
    answer = api.post(ADDRESS, {"username": name, "password": PASSWORD})
    assert (answer.status, answer.code) == (409, "username_taken")
    assert User.objects.count() == 1


def test_a_taken_name_beyond_ascii_is_a_conflict_in_any_case(api: Api) -> None:
    assert api.post(ADDRESS, {"username": "ÉLODIE", "password": PASSWORD}).status == 201
    assert api.post(ADDRESS, {"username": "élodie", "password": PASSWORD}).status == 409


def test_a_name_taken_between_the_look_and_the_write_is_a_conflict(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spendo.users.services.find_user", lambda username: None)
    with pytest.raises(UsernameTaken):
        create_user(username="ANN", password=PASSWORD)
    assert User.objects.count() == 1


@pytest.mark.timeout(30)
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_made() -> None:
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def sign_up(name: str) -> None:
        barrier.wait(10)
        outcome = None
        while outcome is None:
            try:
                create_user(username=name, password=PASSWORD)
                outcome = "made"
            except UsernameTaken:
                outcome = "taken"
            except OperationalError:  # SQLite in memory, as in tests, refuses instead of waiting
                continue
            finally:
                connection.close()
        outcomes.append(outcome)

    threads = [threading.Thread(target=sign_up, args=(name,)) for name in ("Max", "max")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "taken"]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": None}, "username"),
        ({"username": 5}, "username"),
        ({"username": ["a"]}, "username"),
        ({"username": {"a": 1}}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "a\x00b"}, "username"),
        ({"username": "a\ud800b"}, "username"),
        ({"username": "a" * 151}, "username"),
        ({"username": "\ufdfa" * 100}, "username"),
        ({"username": "../../etc"}, "username"),
        ({"password": "12345678901"}, "password"),
        ({"password": "password"}, "password"),
        ({"password": "abc"}, "password"),
        ({"password": "newperson"}, "password"),
        ({"password": 12345678901}, "password"),
        ({"password": None}, "password"),
        ({"password": "a\x00" * 9}, "password"),
        ({"password": "ab" * 3000}, "password"),
        ({"email": "nothing"}, "email"),
        ({"email": 3}, "email"),
        ({"email": "a" * 300 + "@example.org"}, "email"),
        ({"first_name": "x" * 151}, "first_name"),
        ({"last_name": True}, "last_name"),
        ({"occupation": "x" * 121}, "occupation"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../UTC"}, "time_zone"),
        ({"time_zone": "localtime"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"currency": "usd"}, "currency"),
        ({"currency": "XXX"}, "currency"),
        ({"currency": "DOLLARS"}, "currency"),
    ],
)
def test_a_bad_value_is_named_by_its_field(api: Api, change: dict[str, Any], field: str) -> None:
    answer = api.post(ADDRESS, {"username": "newperson", "password": PASSWORD} | change)
    assert (answer.status, answer.code) == (400, "invalid")
    assert list(answer.fields) == [field]
    assert all(isinstance(text, str) and text for text in answer.fields[field])
    assert not User.objects.exists()


def test_missing_fields_are_all_named(api: Api) -> None:
    assert set(api.post(ADDRESS, {}).fields) == {"username", "password"}
