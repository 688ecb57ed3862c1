"""The OpenAPI document: routes and serializers by drf-spectacular, tools by pydantic.

A view says what it takes and gives in the `operations` of its app; one that says nothing is in the
document all the same, with its path and its methods.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from spendo.assistant.api import operations as assistant
from spendo.budgets.api import operations as budgets
from spendo.ledger.api import operations as ledger
from spendo.users.api import operations as users
from spendo.users.api.described import Operation

OPERATIONS = {
    **users.OPERATIONS,
    **ledger.OPERATIONS,
    **budgets.OPERATIONS,
    **assistant.OPERATIONS,
    ("GET", "openapi.json"): Operation("This document", answer=OpenApiTypes.OBJECT),
}
PREFIX = "/api/"
_CONVERTER = re.compile(r"<(?:[^:>]+:)?([^>]+)>")
_PLAIN = re.compile(r"[^a-z0-9]+")

ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string", "description": "What is wrong, and what to do."},
                "fields": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                },
                "choices": {"type": "array", "items": {"type": "string"}},
            },
        }
    },
}
_REFUSED = {
    "description": "Refused; the code tells why.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


class SpendoSchema(AutoSchema):
    """What drf-spectacular asks of a view, answered from its app's operations."""

    @property
    def operation(self) -> Operation:
        path = self.path.removeprefix(PREFIX)
        return OPERATIONS.get((self.method, path)) or Operation("")

    def get_summary(self) -> str | None:
        said = type(self.view).__dict__.get("__doc__") or ""
        return self.operation.summary or said.strip().partition("\n")[0] or None

    def get_description(self) -> str:  # type: ignore[override]  # the base of the base asks more
        return ""

    def get_operation_id(self) -> str:
        path = self.path.removeprefix(PREFIX).lower()
        return f"{self.method.lower()}_{_PLAIN.sub('_', path).strip('_')}"

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix(PREFIX).split("/")[0].removesuffix(".json")]

    def get_override_parameters(self) -> list[Any]:
        named = (self.operation.parameters or {}).items()
        parameters: list[Any] = [
            OpenApiParameter(name, description=text, required=False) for name, text in named
        ]
        return [*parameters, self.operation.query] if self.operation.query else parameters

    def get_request_serializer(self) -> Any:
        return self.operation.body

    def get_response_serializers(self) -> Any:
        return {(self.operation.status, self.operation.media): self.operation.answer}


class SignedInScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "spendo.users.api.authentication.SignedInBySession"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "Django's session; what changes something sends X-CSRFToken, too.",
        }


class DecimalFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = "spendo.ledger.api.bodies.DecimalField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, str]:
        return {"type": "string", "format": "decimal"}


class MonthFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = "spendo.budgets.api.serializers.MonthField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, str]:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}


@cache
def document_json() -> str:
    return json.dumps(document(), ensure_ascii=False)


def document() -> dict[str, Any]:
    """The document, as it is served."""
    generator: Any = SchemaGenerator  # untyped
    made: dict[str, Any] = generator().get_schema(request=None, public=True)
    paths = {path: found for path, found in made["paths"].items() if path.startswith(PREFIX)}
    del paths["/api/tools/{name}/"]
    paths |= assistant.tool_paths() | assistant.chat_paths() | _file_paths()
    for operations in paths.values():
        for operation in operations.values():
            operation["responses"]["4XX"] = _REFUSED
            operation.setdefault("security", [{"session": []}])
    made["paths"] = dict(sorted(paths.items()))
    made["components"]["schemas"] |= {"Error": ERROR} | assistant.tool_schemas()
    return made


_FILES = {
    "/api/chatkit/files/": ("post", "Upload a file in one phase"),
    "/api/chatkit/files/{attachment_id}/": ("get", "A file"),
    "/api/chatkit/files/{attachment_id}/preview/": ("get", "The preview of a picture"),
    "/api/chatkit/files/{attachment_id}/upload/": ("put", "Upload a file that was announced"),
}


def _file_paths() -> dict[str, Any]:
    """Attachments of the chat, whose views are no views of REST framework."""
    return {
        path: {
            method: {
                "operationId": f"{method}_{_PLAIN.sub('_', path.removeprefix(PREFIX)).strip('_')}",
                "summary": summary,
                "tags": ["chatkit"],
                "parameters": [
                    {"in": "path", "name": name, "required": True, "schema": {"type": "string"}}
                    for name in re.findall(r"{(\w+)}", path)
                ],
                "responses": {"200": {"description": "The file, or what came of the upload."}},
            }
        }
        for path, (method, summary) in _FILES.items()
    }


def api_routes() -> list[str]:
    """The paths of all routes below `/api/`, with their parameters in braces."""
    return [path for path in _routes(get_resolver().url_patterns, "/") if path.startswith(PREFIX)]


def _routes(patterns: list[URLPattern | URLResolver], before: str) -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        route = getattr(pattern.pattern, "_route", None)
        if route is None:  # a regular expression: what is left over
            continue
        path = before + _CONVERTER.sub(r"{\1}", route)
        if isinstance(pattern, URLResolver):
            found.extend(_routes(pattern.url_patterns, path))
        else:
            found.append(path)
    return found
