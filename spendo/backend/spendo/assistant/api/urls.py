from django.urls import path

from spendo.assistant.api.models import ModelsView
from spendo.assistant.api.tools import ToolsView, ToolView
from spendo.assistant.api.views import ChatKitSessionView

urlpatterns = [
    path("chatkit/session/", ChatKitSessionView.as_view(), name="chatkit-session"),
    path("chatkit/models/", ModelsView.as_view(), name="chatkit-models"),
    path("tools/", ToolsView.as_view(), name="tools"),
    path("tools/<str:name>/", ToolView.as_view(), name="tool"),
]
