from django.urls import path

from spendo.ledger.api import import_views, views

urlpatterns = [
    path("customuser/<int:user_id>/accounts/", views.AccountsView.as_view(), name="accounts"),
    path("transactions/", views.TransactionsView.as_view(), name="transactions"),
    path("imports/", import_views.ImportsView.as_view(), name="imports"),
    path("imports/<str:import_id>/", import_views.ImportView.as_view(), name="import"),
    path("imports/<str:import_id>/commit/", import_views.CommitView.as_view(), name="commit"),
]
