"""Threads and items by id, date and owner, to look at only. What people wrote is not shown."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from chatkit_django.models import Thread, ThreadItem

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[models.Model]
else:
    ModelAdmin = admin.ModelAdmin


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Thread)
class ThreadAdmin(ReadOnlyAdmin):
    list_display = ("id", "owner", "status", "created_at", "updated_at")
    list_select_related = ("owner",)
    list_filter = ("status",)
    search_fields = ("id",)
    fields = ("id", "owner", "status", "next_item_position", "created_at", "updated_at")


@admin.register(ThreadItem)
class ThreadItemAdmin(ReadOnlyAdmin):
    list_display = ("item_id", "thread_id", "position", "type", "hidden", "created_at")
    list_filter = ("type", "hidden")
    search_fields = ("item_id", "=thread__id")
    fields = ("item_id", "thread", "position", "type", "hidden", "created_at")
