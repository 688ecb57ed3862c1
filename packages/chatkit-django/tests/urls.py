from django.urls import path

from chatkit_django.views import ChatKitView


def build_server():
    from tests.scripted import ScriptedServer

    return ScriptedServer()


urlpatterns = [path("chatkit/", ChatKitView.as_view(server=build_server))]
