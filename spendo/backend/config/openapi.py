"""`/api/openapi.json`: the whole API in one document, made from the routes themselves.

What describes it is imported with the first request for it: it loads the SDKs of the tools.
"""

from django.http import HttpResponse
from rest_framework.request import Request

from spendo.users.api.views import JsonView


class OpenApiView(JsonView):
    """GET: the document (OpenAPI 3.1), for whoever is signed in."""

    def get(self, request: Request) -> HttpResponse:
        from config.described import document_json

        return HttpResponse(document_json(), content_type="application/json")
