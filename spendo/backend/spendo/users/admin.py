from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from spendo.users.models import User


@admin.register(User)
class SpendoUserAdmin(UserAdmin):  # type: ignore[type-arg]
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        ("Profile", {"fields": ("occupation", "time_zone", "currency")}),
    )
    list_display = ("username", "email", "time_zone", "currency", "is_staff", "is_active")
