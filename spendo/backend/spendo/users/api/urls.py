from django.urls import path

from spendo.users.api import views

urlpatterns = [
    path("csrf/", views.CsrfView.as_view(), name="csrf"),
    path("login/", views.SignInView.as_view(), name="login"),
    path("logout/", views.SignOutView.as_view(), name="logout"),
    path("me/", views.MeView.as_view(), name="me"),
    path("createuser/", views.SignUpView.as_view(), name="createuser"),
    path("customusers/", views.UserListView.as_view(), name="customusers"),
    path("customuser/<str:username>/", views.UserView.as_view(), name="customuser"),
]
