import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MAX_BODY_BYTES = 64 * 1024


class BodyTooLarge(APIException):
    status_code = 413
    default_detail = "The request is larger than 64 KiB."
    default_code = "too_large"


def _no_constant(name: str) -> Any:
    raise ValueError(name)


class JsonBodyParser(BaseParser):
    """A JSON body of bounded size and depth, in UTF-8, without NaN and Infinity."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(MAX_BODY_BYTES + 1)
        if len(body) > MAX_BODY_BYTES:
            raise BodyTooLarge
        try:
            return json.loads(body.decode(), parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise ParseError("The body is not valid JSON in UTF-8.") from None
