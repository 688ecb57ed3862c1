"""The admin shows ledgers and writes none: what it wrote would be in no history."""

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client

from spendo.ledger.models import Account, Change, Transaction
from spendo.ledger.services import hide_transactions
from spendo.users.models import User
from tests.ledger.book import Book


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create(username="root", is_superuser=True, is_staff=True))
    return client


def test_every_table_of_a_ledger_is_to_look_at_only(staff: Client, book: Book) -> None:
    row = book.add("-5")
    shown = [model for model in admin.site._registry if model._meta.app_label == "ledger"]
    assert {Account, Transaction} <= set(shown)
    for model in shown:
        place = f"/admin/ledger/{model._meta.model_name}/"
        assert staff.get(place).status_code == 200
        assert staff.get(f"{place}add/").status_code == 403
    one = f"/admin/ledger/transaction/{row.pk}/"
    assert b'name="_save"' not in staff.get(f"{one}change/").content
    assert staff.post(f"{one}change/", {"description": "mine"}).status_code == 403
    assert staff.post(f"{one}delete/", {"post": "yes"}).status_code == 403
    selected = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [row.pk], "post": "yes"}
    staff.post("/admin/ledger/transaction/", selected)
    row.refresh_from_db()
    assert row.description == "Something"


def test_a_user_can_still_be_deleted_with_all_that_is_theirs(staff: Client, book: Book) -> None:
    hide_transactions(book.user, [book.add("-5").pk])
    assert Change.objects.exists()
    answer = staff.post(f"/admin/users/user/{book.user.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert not Transaction.objects.exists()
    assert not Change.objects.exists()
