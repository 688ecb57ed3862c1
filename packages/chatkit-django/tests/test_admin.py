"""In the admin one may look, and read what people wrote only with permission."""

from types import ModuleType

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import path
from django.utils import timezone

from chatkit_django.models import Attachment, Feedback, Run, Thread, ThreadItem

NOW = timezone.now()
SECRETS = ("my secret salary", "secret title", "secret-file.pdf", "secret metadata")


@pytest.fixture
def site(settings):
    urls = ModuleType("urls_of_the_admin")
    urls.urlpatterns = [path("admin/", admin.site.urls)]
    settings.ROOT_URLCONF = urls


@pytest.fixture
def rows(site, ada):
    thread = Thread.objects.create(
        id="thr_1",
        owner=ada,
        title="secret title",
        metadata='{"note": "secret metadata"}',
        created_at=NOW,
        updated_at=NOW,
    )
    item = ThreadItem.objects.create(
        thread=thread,
        item_id="msg_1",
        position=0,
        type="user_message",
        payload='{"text": "my secret salary <script>"}',
        created_at=NOW,
    )
    attachment = Attachment.objects.create(
        id="atc_1",
        owner=ada,
        thread=thread,
        payload='{"name": "secret-file.pdf"}',
        created_at=NOW,
    )
    feedback = Feedback.objects.create(item=item, kind="positive", given_at=NOW)
    run = Run.objects.create(
        id="run_1",
        thread=thread,
        owner=ada,
        kind="threads.create",
        idempotency_key="secret key of the client",
        from_position=1,
        started_at=NOW,
        lease_until=NOW,
    )
    return {
        "thread": thread,
        "threaditem": item,
        "attachment": attachment,
        "feedback": feedback,
        "run": run,
    }


def member_of_staff(*permissions):
    user = get_user_model().objects.create_user("clerk", password="pw", is_staff=True)
    wanted = Permission.objects.filter(
        content_type__app_label="chatkit_django", codename__in=permissions
    )
    assert len(wanted) == len(permissions)
    user.user_permissions.set(wanted)
    client = Client()
    client.force_login(user)
    return client


VIEW = [f"view_{name}" for name in ("thread", "threaditem", "attachment", "feedback", "run")]


def pages(client, rows):
    for name, row in rows.items():
        for address in (f"/admin/chatkit_django/{name}/", f"{address_of(name, row)}change/"):
            response = client.get(address)
            assert response.status_code == 200, address
            yield response.content.decode()


def address_of(name, row):
    return f"/admin/chatkit_django/{name}/{row.pk}/"


def test_who_may_view_sees_ids_and_dates_but_not_what_was_written(rows):
    shown = "".join(pages(member_of_staff(*VIEW), rows))
    assert "thr_1" in shown
    assert "msg_1" in shown
    assert "run_1" in shown
    assert "secret key" not in shown
    assert not [secret for secret in SECRETS if secret in shown]


def test_who_may_read_content_sees_it_and_escaped(rows):
    shown = "".join(pages(member_of_staff(*VIEW, "view_content"), rows))
    assert [secret for secret in SECRETS if secret not in shown] == []
    assert "salary <script>" not in shown
    assert "salary &lt;script&gt;" in shown


def test_content_alone_opens_nothing(rows):
    client = member_of_staff("view_content")
    for name, row in rows.items():
        assert client.get(f"{address_of(name, row)}change/").status_code == 403


def test_nobody_can_write_not_even_a_superuser(rows):
    root = get_user_model().objects.create_superuser("root", password="pw")
    client = Client()
    client.force_login(root)
    for name, row in rows.items():
        assert client.get(f"/admin/chatkit_django/{name}/add/").status_code == 403
        for action in ("change", "delete"):
            response = client.post(f"{address_of(name, row)}{action}/", {"kind": "negative"})
            assert response.status_code == 403
        response = client.post(
            f"/admin/chatkit_django/{name}/",
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        )
        assert type(row).objects.filter(pk=row.pk).exists()
    assert Feedback.objects.get().kind == "positive"


def delete_on_its_page(client, user):
    return client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})


def delete_from_the_list(client, user):
    chosen = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    return client.post("/admin/auth/user/", chosen)


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list])
def test_what_is_a_users_goes_with_the_user(rows, ada, delete):
    root = get_user_model().objects.create_superuser("root", password="pw")
    client = Client()
    client.force_login(root)
    assert delete(client, ada).status_code == 302
    assert list(get_user_model().objects.all()) == [root]
    assert not [row for row in rows.values() if type(row).objects.filter(pk=row.pk).exists()]


def test_who_may_delete_users_but_no_threads_deletes_no_user_who_has_some(rows, ada):
    client = member_of_staff(*VIEW)
    clerk = get_user_model().objects.get(username="clerk")
    clerk.user_permissions.add(Permission.objects.get(codename="delete_user"))
    assert delete_on_its_page(client, ada).status_code == 403
    assert Thread.objects.filter(owner=ada).exists()


@pytest.mark.parametrize("question", ["thr_1", "msg_1", "atc_1", "run_1", "secret"])
def test_searching_finds_ids_and_not_what_was_written(rows, question):
    client = member_of_staff(*VIEW)
    found = 0
    for name in rows:
        response = client.get(f"/admin/chatkit_django/{name}/", {"q": question})
        found += response.context_data["cl"].result_count
    assert (found > 0) == (question != "secret")
