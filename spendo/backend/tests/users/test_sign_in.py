from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client

from spendo.users.models import User
from tests.users.api import PASSWORD, Api

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)


def sign_in(api: Api, username: str, password: str = PASSWORD, **extra: str) -> int:
    return api.post("/api/login/", {"username": username, "password": password}, **extra).status


def test_signing_in_answers_with_the_user_and_begins_a_session(api: Api, ann: User) -> None:
    answer = api.post("/api/login/", {"username": "ann", "password": PASSWORD})
    assert answer.status == 200
    assert answer.body == {
        "id": ann.pk,
        "username": "ann",
        "email": "",
        "first_name": "Ann",
        "last_name": "",
        "occupation": "",
        "time_zone": "UTC",
        "currency": "USD",
        "is_staff": False,
    }
    assert api.get("/api/me/").body == answer.body


def test_the_name_may_be_written_in_any_case(api: Api, ann: User) -> None:
    assert sign_in(api, " ANN ") == 200


def test_a_new_session_key_and_csrf_token_are_given_on_signing_in(api: Api, ann: User) -> None:
    session = api.client.session
    session["before"] = 1
    session.save()
    before = session.session_key or ""
    api.client.cookies["sessionid"] = before
    token = api.get("/api/csrf/").body["csrfToken"]
    csrf_cookie = api.client.cookies["csrftoken"].value
    assert sign_in(api, "ann") == 200
    assert api.client.cookies["sessionid"].value != before
    assert api.client.cookies["csrftoken"].value != csrf_cookie
    answer = api.post("/api/logout/", token=token)
    assert (answer.status, answer.code) == (403, "csrf_failed")


def test_signing_out_ends_the_session(api: Api, ann: User) -> None:
    api.sign_in(ann)
    answer = api.post("/api/logout/")
    assert (answer.status, answer.body) == (204, None)
    assert api.get("/api/me/").status == 401


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(api: Api, ann: User) -> None:
    wrong = api.post("/api/login/", {"username": "ann", "password": "wrong"})
    unknown = api.post("/api/login/", {"username": "nobody", "password": "wrong"})
    assert (wrong.status, wrong.code) == (401, "invalid_credentials")
    assert wrong.body == unknown.body
    assert wrong.headers == unknown.headers


def test_an_unknown_user_costs_the_same_password_check(
    api: Api, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    set_password = get_user_model().set_password

    def watched(self: User, raw: str) -> None:
        hashed.append(raw)
        set_password(self, raw)

    monkeypatch.setattr(User, "set_password", watched)
    sign_in(api, "nobody", "guess")
    assert hashed == ["guess"]


def test_a_disabled_user_is_told_no_more_than_a_stranger(api: Api, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(is_active=False)
    answer = api.post("/api/login/", {"username": "ann", "password": PASSWORD})
    assert (answer.status, answer.code) == (401, "invalid_credentials")


def test_a_session_ends_when_its_user_is_disabled(api: Api, ann: User) -> None:
    api.sign_in(ann)
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert api.get("/api/me/").code == "not_signed_in"


@pytest.mark.parametrize("username", ["ann", "nobody"])
def test_the_fifth_failure_locks_even_the_right_password(
    api: Api, ann: User, username: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        assert [sign_in(api, username, "wrong") for _ in range(4)] == [401] * 4
        assert sign_in(api, username, "wrong") == 429
        answer = api.post("/api/login/", {"username": username, "password": PASSWORD})
    assert (answer.status, answer.code) == (429, "too_many_attempts")
    assert answer.headers["Retry-After"] == "900"
    assert answer.headers["Content-Type"] == "application/json"


def test_the_case_of_the_name_gives_no_more_attempts(api: Api, ann: User) -> None:
    names = ["ann", "Ann", "ANN", "aNN", "anN"]
    assert [sign_in(api, name, "wrong") for name in names] == [401] * 4 + [429]


@pytest.mark.usefixtures("attempts_in_the_database")
def test_a_lock_opens_after_its_time(api: Api, ann: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            sign_in(api, "ann", "wrong")
        clock.shift(timedelta(minutes=14))
        assert sign_in(api, "ann") == 429
        clock.shift(timedelta(minutes=16))
        assert sign_in(api, "ann") == 200


def test_a_lock_holds_for_one_name_from_one_address(api: Api, ann: User, bob: User) -> None:
    for _ in range(6):
        sign_in(api, "ann", "wrong")
    assert sign_in(api, "bob") == 200
    elsewhere = Api(Client(enforce_csrf_checks=True, REMOTE_ADDR="198.51.100.7"))
    assert sign_in(elsewhere, "ann") == 200


def test_a_forged_forwarding_header_gives_no_more_attempts(api: Api, ann: User) -> None:
    statuses = [
        sign_in(api, "ann", "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
        for number in range(6)
    ]
    assert statuses == [401] * 4 + [429] * 2


def test_signing_in_forgets_the_failures(api: Api, ann: User) -> None:
    for _ in range(4):
        sign_in(api, "ann", "wrong")
    assert sign_in(api, "ann") == 200
    assert sign_in(api, "ann", "wrong") == 401


@pytest.mark.parametrize("path", ["/api/login/", "/api/createuser/", "/api/logout/"])
@pytest.mark.parametrize("token", [None, "x" * 64])
def test_without_the_pages_token_nothing_is_done(
    api: Api, ann: User, path: str, token: str | None
) -> None:
    body = {"username": "new", "password": PASSWORD}
    api.get("/api/csrf/")
    answer = api.post(path, body, token=token)
    assert (answer.status, answer.code) == (403, "csrf_failed")
    assert not User.objects.filter(username="new").exists()


def test_a_form_of_another_site_is_refused(api: Api, ann: User) -> None:
    body = '{"username": "ann", "password": "correct horse battery"}'
    answer = api.post_raw("/api/login/", body, content_type="text/plain", token=None)
    assert (answer.status, answer.code) == (403, "csrf_failed")


def test_the_csrf_address_gives_the_token_and_its_cookie(api: Api) -> None:
    answer = api.get("/api/csrf/")
    assert answer.status == 200
    assert len(answer.body["csrfToken"]) == 64
    assert "csrftoken" in api.client.cookies
