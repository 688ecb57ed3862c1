"""Ledgers, to look at only: a row that the admin wrote would be in no history, and could not be
undone. Users write through `spendo.ledger.services`."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from spendo.ledger.models import Account, Category, Institution, Transaction, Transfer

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[models.Model]
else:
    ModelAdmin = admin.ModelAdmin


class ReadOnlyAdmin(ModelAdmin):
    show_full_result_count = False  # counting millions of rows takes longer than a page

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows go with their user, and in no other way."""
        place = request.resolver_match
        of_a_user = place is not None and (place.url_name or "").startswith("users_user_")
        return of_a_user and super().has_delete_permission(request, obj)


@admin.register(Institution)
class InstitutionAdmin(ReadOnlyAdmin):
    list_display = ("name", "user")
    list_select_related = ("user",)


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    list_display = ("name", "user", "kind", "currency", "hidden")
    list_filter = ("kind", "currency", "hidden")
    list_select_related = ("user",)


@admin.register(Category)
class CategoryAdmin(ReadOnlyAdmin):
    list_display = ("name", "user", "kind")
    list_filter = ("kind",)
    list_select_related = ("user",)


@admin.register(Transaction)
class TransactionAdmin(ReadOnlyAdmin):
    list_display = ("date", "description", "account", "amount_minor", "status", "hidden")
    list_filter = ("status", "hidden")
    list_select_related = ("account",)
    search_fields = ("description", "merchant")
    date_hierarchy = "date"


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    list_display = ("outflow", "inflow", "user")
    list_select_related = ("outflow", "inflow", "user")
