"""The pages, under the strictest content security policy there is, and what they load."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.static import serve
from examples.echo import urls as echo
from examples.showcase.chat import ShowcaseServer

from chatkit_django.attachments import DjangoAttachmentStore
from chatkit_django.views import ChatKitView

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; media-src 'self' blob:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types lit-html"
)


def build_server() -> ShowcaseServer:
    return ShowcaseServer(attachment_store=DjangoAttachmentStore())


async def page(request: HttpRequest, template: str = "page.html") -> HttpResponse:
    response = await echo.page(request, template)
    response["Content-Security-Policy"] = POLICY
    return response


urlpatterns = [
    path("", page),
    path("react/", page, {"template": "react/page.html"}),
    path("react/<path:path>", serve, {"document_root": HERE / "react" / "dist"}),
    path("page/<path:path>", serve, {"document_root": HERE / "page"}),
    path("element/<path:path>", serve, {"document_root": echo.ELEMENT}),
    path("chatkit/", ChatKitView.as_view(server=build_server)),
    path("chatkit/files/", include("chatkit_django.file_urls")),
]
