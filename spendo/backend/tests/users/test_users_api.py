import pytest
from pytest_django import DjangoAssertNumQueries

from spendo.users.models import User
from tests.users.api import Api

pytestmark = pytest.mark.django_db

BODIES = [
    b"", b"{", b"[]", b'"text"', b"5", b"null", b"\xff\xfe", b'{"username": NaN}',
    b'{"a":' * 5000, b"[" * 5000 + b"]" * 5000, b'{"username": "a", "password": }',
]  # fmt: skip


@pytest.mark.parametrize("path", ["/api/login/", "/api/createuser/"])
@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_json_object_is_refused(api: Api, path: str, body: bytes) -> None:
    answer = api.post_raw(path, body)
    assert (answer.status, answer.code) == (400, "invalid")


@pytest.mark.parametrize("path", ["/api/login/", "/api/createuser/"])
def test_a_huge_body_is_refused(api: Api, path: str) -> None:
    answer = api.post_raw(path, b'{"username": "' + b"a" * 3_000_000 + b'"}')
    assert (answer.status, answer.code) == (413, "too_large")


def test_another_content_type_is_refused(api: Api) -> None:
    answer = api.post_raw("/api/login/", "username=ann", content_type="text/plain")
    assert (answer.status, answer.code) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("username", "password"),
    [(None, "x"), (5, "x"), ("a\x00", "x"), ("a" * 200, "x"), ("ann", 7), ("ann", ["x"]), ("", "")],
)
def test_bad_values_to_sign_in_with_are_refused(
    api: Api, username: object, password: object
) -> None:
    answer = api.post("/api/login/", {"username": username, "password": password})
    assert (answer.status, answer.code) == (400, "invalid")


@pytest.mark.parametrize("path", ["/api/me/", "/api/customusers/", "/api/customuser/ann/"])
def test_who_is_not_signed_in_is_told_so(api: Api, ann: User, path: str) -> None:
    answer = api.get(path)
    assert (answer.status, answer.code) == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/login/"), ("POST", "/api/me/"), ("DELETE", "/api/me/"), ("PUT", "/api/csrf/")],
)
def test_another_method_is_refused_in_json(api: Api, ann: User, method: str, path: str) -> None:
    api.sign_in(ann)
    token = api.get("/api/csrf/").body["csrfToken"]
    response = api.client.generic(method, path, headers={"X-CSRFToken": token})
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"
    assert response["Allow"]


def test_only_staff_lists_users(api: Api, ann: User) -> None:
    answer = api.sign_in(ann).get("/api/customusers/")
    assert (answer.status, answer.code) == (403, "forbidden")


def test_staff_pages_through_all_users_once(api: Api, staff: User) -> None:
    for number in range(4):
        User.objects.create(username=f"user{number}")
    api.sign_in(staff)
    first = api.get("/api/customusers/?limit=3").body
    assert (len(first["data"]), first["has_more"], first["after"]) == (
        3,
        True,
        first["data"][-1]["id"],
    )
    rest = api.get(f"/api/customusers/?limit=3&after={first['after']}").body
    assert (rest["has_more"], rest["after"]) == (False, None)
    ids = [user["id"] for user in first["data"] + rest["data"]]
    assert ids == sorted(User.objects.values_list("id", flat=True))
    assert "password" not in first["data"][0]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=x",
        "limit=1e9",
        "limit=",
        "limit=9" + "9" * 5000,
        "after=0",
        "after=-3",
        "after=x",
        "after=9223372036854775808",
        "limit=%00",
    ],
)
def test_a_bad_page_is_refused(api: Api, staff: User, query: str) -> None:
    answer = api.sign_in(staff).get(f"/api/customusers/?{query}")
    assert (answer.status, answer.code) == (400, "invalid")


def test_a_user_sees_itself_and_nobody_else(api: Api, ann: User, bob: User) -> None:
    api.sign_in(ann)
    assert api.get("/api/customuser/ann/").body["id"] == ann.pk
    theirs, nobodys = api.get("/api/customuser/bob/"), api.get("/api/customuser/nobody/")
    assert (theirs.status, theirs.code) == (404, "not_found")
    assert theirs.body == nobodys.body


def test_staff_sees_anyone(api: Api, staff: User, bob: User) -> None:
    assert api.sign_in(staff).get("/api/customuser/bob/").body["id"] == bob.pk


@pytest.mark.parametrize("name", ["%00", "a%00b", "%FF", "%ED%A0%80", "a" * 2000, "..", "%2e%2e"])
def test_a_strange_name_is_not_found(api: Api, staff: User, name: str) -> None:
    answer = api.sign_in(staff).get(f"/api/customuser/{name}/")
    assert (answer.status, answer.code) == (404, "not_found")


def test_listing_users_asks_the_same_number_of_queries_for_any_number(
    api: Api, staff: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        User.objects.create(username=f"user{number}")
    api.sign_in(staff)
    with django_assert_num_queries(3):  # session, user, page
        api.get("/api/customusers/")
