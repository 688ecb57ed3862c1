"""The routes of Spendo: the API under `/api/`, the admin, and the web app for the rest."""

from django.contrib import admin
from django.urls import include, path, re_path

from chatkit_django.views import ChatKitView
from config import errors
from config.openapi import OpenApiView
from config.web_app import web_app
from spendo.assistant.entry import build_server

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("api/", include("spendo.users.api.urls")),
    path("api/", include("spendo.ledger.api.urls")),
    path("api/", include("spendo.budgets.api.urls")),
    path("api/chatkit/files/", include("chatkit_django.file_urls")),
    path("api/chatkit/", ChatKitView.as_view(server=build_server), name="chatkit"),
    path("api/", include("spendo.assistant.api.urls")),
    path("api/openapi.json", OpenApiView.as_view(), name="openapi"),
    re_path(r"^api/", errors.not_found),
    path("", include("chatkit_django.operations")),  # /healthz, /readyz, /metrics
    path("admin/", admin.site.urls),
    path("", web_app, name="home"),
    path("transactions", web_app),
    path("import", web_app),
    path("sign-in", web_app),
    path("sign-up", web_app),
    re_path(r"", web_app, {"status": 404}),  # the app says that there is no such page
]
