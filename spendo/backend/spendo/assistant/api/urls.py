from django.urls import path

from spendo.assistant.api.views import ChatKitSessionView

urlpatterns = [
    path("chatkit/session/", ChatKitSessionView.as_view(), name="chatkit-session"),
]
