"""The tools of the assistant and the chat, described."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema
from rest_framework import serializers

from spendo.assistant.tools.api import ToolInfo, list_tools
from spendo.assistant.tools.envelope import ENVELOPES
from spendo.users.api.described import Operation, Operations, record

OPERATIONS: Operations = {
    ("GET", "tools/"): Operation(
        "The tools, with the JSON schemas of what they take and return",
        answer=record(
            "Tools",
            data=record(
                "Tool",
                name=serializers.CharField(),
                access=serializers.ChoiceField(choices=["read", "propose"]),
                description=serializers.CharField(),
                arguments=serializers.DictField(),
                returns=serializers.DictField(),
            ).__class__(many=True),
        ),
    ),
    ("POST", "tools/{name}/"): Operation("Call a tool"),
    ("GET", "chatkit/models/"): Operation(
        "The models that may answer, the default first",
        answer=record(
            "Models",
            data=record(
                "Model",
                id=serializers.CharField(),
                label=serializers.CharField(),
                description=serializers.CharField(allow_null=True),
                default=serializers.BooleanField(),
            ).__class__(many=True),
        ),
    ),
}

_REF = "#/components/schemas/Tool{model}"


def tool_schemas() -> dict[str, Any]:
    """The envelopes and their parts, by the names they have as components."""
    _, found = models_json_schema(
        [(kind, "serialization") for kind in ENVELOPES.values()], by_alias=True, ref_template=_REF
    )
    return {f"Tool{name}": schema for name, schema in found["$defs"].items()}


def tool_paths() -> dict[str, Any]:
    """One path for each tool, in place of the one with its name in it."""
    return {f"/api/tools/{tool.name}/": {"post": _call(tool)} for tool in list_tools()}


def _call(tool: ToolInfo) -> dict[str, Any]:
    return {
        "operationId": f"call_{tool.name}",
        "summary": f"Call {tool.name}",
        "description": tool.description,
        "tags": ["tools"],
        "x-access": tool.access,
        "parameters": [
            {
                "in": "query",
                "name": "thread",
                "schema": {"type": "string"},
                "description": "A thread of the user, for what explains an earlier answer.",
            }
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": tool.arguments}},
        },
        "responses": {
            "200": {
                "description": "The tool's envelope.",
                "content": {
                    "application/json": {"schema": {"$ref": _REF.format(model=tool.envelope)}}
                },
            }
        },
    }


_OBJECT = {"type": "object", "additionalProperties": True}


def chat_paths() -> dict[str, Any]:
    """The chat, whose requests and events are those of the ChatKit SDK."""
    return {
        "/api/chatkit/": {
            "post": {
                "operationId": "chatkit",
                "summary": "A request of ChatKit; answers stream as server-sent events",
                "tags": ["chatkit"],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {**_OBJECT, "properties": {"type": {"type": "string"}}}
                        }
                    },
                },
                "responses": {
                    "200": {
                        "description": "JSON, or a stream of thread events.",
                        "content": {
                            "application/json": {"schema": _OBJECT},
                            "text/event-stream": {"schema": {"type": "string"}},
                        },
                    }
                },
            }
        },
        "/api/chatkit/session/": {
            "post": {
                "operationId": "chatkit_session",
                "summary": "A bearer token for the chat",
                "tags": ["chatkit"],
                "responses": {
                    "200": {
                        "description": "The token, and when it ends, in seconds since 1970.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "required": ["client_secret", "expires_at"],
                                    "properties": {
                                        "client_secret": {"type": "string"},
                                        "expires_at": {"type": "integer"},
                                    },
                                }
                            }
                        },
                    }
                },
            }
        },
    }
