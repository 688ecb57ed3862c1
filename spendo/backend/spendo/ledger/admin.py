from django.contrib import admin

from spendo.ledger.models import Account, Category, Institution, Transaction, Transfer


@admin.register(Institution)
class InstitutionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "user")


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "user", "kind", "currency", "hidden")
    list_filter = ("kind", "currency", "hidden")


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "user", "kind")
    list_filter = ("kind",)


@admin.register(Transaction)
class TransactionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("date", "description", "account", "amount_minor", "status", "hidden")
    list_filter = ("status", "hidden")
    list_select_related = ("account",)
    search_fields = ("description", "merchant")
    raw_id_fields = ("user", "account", "category")
    date_hierarchy = "date"


@admin.register(Transfer)
class TransferAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("outflow", "inflow", "user")
    list_select_related = ("outflow", "inflow")
    raw_id_fields = ("user", "outflow", "inflow")
