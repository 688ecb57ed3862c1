from django.urls import path

from spendo.ledger.api import views

urlpatterns = [
    path("customuser/<int:user_id>/accounts/", views.AccountsView.as_view(), name="accounts"),
    path("transactions/", views.TransactionsView.as_view(), name="transactions"),
]
