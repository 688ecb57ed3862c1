"""How an operation of the API is described in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers


@dataclass(frozen=True, slots=True)
class Operation:
    """`query` is a serializer of the query string, `parameters` are names with a description;
    `answer` None is an answer without a body."""

    summary: str
    body: Any = None
    query: Any = None
    parameters: Mapping[str, str] | None = None
    answer: Any = None
    status: int = 200
    media: str = "application/json"


Operations = Mapping[tuple[str, str], Operation]
"""By method and path below `/api/`, as in "transactions/{transaction_id}/"."""


def record(name: str, /, **fields: Any) -> Any:
    """An object with these fields, as a component of this name."""
    return inline_serializer(name, fields)


def page_of(name: str, row: type[serializers.Serializer[Any]], **more: Any) -> Any:
    """A page of a list: `after` continues it when `has_more`."""
    return record(
        name,
        data=row(many=True),
        has_more=serializers.BooleanField(),
        after=serializers.IntegerField(allow_null=True),
        **more,
    )
