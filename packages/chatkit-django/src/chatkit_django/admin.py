"""Threads, items, runs, feedback and attachments, to look at only.

Ids, owners, states and dates are shown to whoever may view the model. What people wrote, and the
names of their files, only with the permission ``chatkit_django.view_content``.
"""

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest

from chatkit_django.models import Attachment, AuditEntry, Feedback, Run, Thread, ThreadItem

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[models.Model]
else:
    ModelAdmin = admin.ModelAdmin

VIEW_CONTENT = "chatkit_django.view_content"


class ReadOnlyAdmin(ModelAdmin):
    content: ClassVar[tuple[str, ...]] = ()  # fields that need the permission
    show_full_result_count = False  # counting millions of rows takes longer than a page

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = super().get_fields(request, obj)
        return (*shown, *self.content) if request.user.has_perm(VIEW_CONTENT) else shown

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is a user's goes with the user, and in no other way."""
        user = get_user_model()._meta
        place = request.resolver_match
        name = (place.url_name or "") if place else ""
        of_a_user = name.startswith(f"{user.app_label}_{user.model_name}_")
        return of_a_user and super().has_delete_permission(request, obj)

    @admin.display(description="content")
    def written(self, row: Any) -> str:
        """The payload, readable; the admin escapes it."""
        return json.dumps(json.loads(row.payload), indent=2, ensure_ascii=False)


@admin.register(Thread)
class ThreadAdmin(ReadOnlyAdmin):
    list_display = ("id", "owner", "status", "created_at", "updated_at")
    list_select_related = ("owner",)
    list_filter = ("status",)
    search_fields = ("=id",)
    fields = ("id", "owner", "status", "next_item_position", "created_at", "updated_at")
    content = ("title", "status_reason", "metadata")


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("id", "owner", "thread", "kind", "status", "started_at", "ended_at")
    list_select_related = ("owner", "thread")
    list_filter = ("status", "kind")
    search_fields = ("=id", "=thread__id")
    fields = (
        *("id", "owner", "thread", "kind", "status"),
        *("from_position", "to_position", "started_at", "ended_at", "lease_until"),
    )


@admin.register(ThreadItem)
class ThreadItemAdmin(ReadOnlyAdmin):
    list_display = ("item_id", "thread_id", "position", "type", "hidden", "created_at")
    list_filter = ("type", "hidden")
    search_fields = ("=item_id", "=thread__id")
    fields = ("item_id", "thread", "position", "type", "hidden", "created_at")
    content = ("written",)


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "item", "given_at")
    list_select_related = ("item",)
    list_filter = ("kind",)
    date_hierarchy = "given_at"
    search_fields = ("=item__item_id", "=item__thread__id")
    fields = ("item", "kind", "given_at")


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ("id", "owner", "state", "content_type", "size", "created_at")
    list_select_related = ("owner",)
    list_filter = ("state",)
    search_fields = ("=id", "=thread__id")
    fields = (
        "id",
        "owner",
        "thread",
        "state",
        "content_type",
        "size",
        "created_at",
        "uploaded_at",
        "attached_at",
    )
    content = ("written",)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "person", "count")
    list_filter = ("kind",)
    date_hierarchy = "at"
    search_fields = ("=person",)
    fields = ("at", "kind", "person", "count")
