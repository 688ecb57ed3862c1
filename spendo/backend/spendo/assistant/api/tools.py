"""The assistant's tools over HTTP: the list of them, and one call.

They are imported with the first request, because the SDKs behind them take seconds to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgiref.sync import async_to_sync
from django.db import transaction
from django.utils.decorators import method_decorator
from rest_framework.exceptions import APIException, NotFound, ParseError, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from chatkit_django import limits
from chatkit_django.context import RequestContext
from chatkit_django.exceptions import TooManyRequests
from spendo.assistant.entry import build_server
from spendo.users.api.views import JsonView

if TYPE_CHECKING:
    from spendo.assistant.tools.envelope import Problem
    from spendo.assistant.turn import Turn
    from spendo.users.models import User


class TooManyCalls(Throttled):
    default_detail = "Too many requests. Wait a moment, then try again."
    default_code = "too_many_requests"
    extra_detail_singular = ""
    extra_detail_plural = ""


class CallRefused(APIException):
    """A tool that cannot answer: the `choices` are values that it would have taken."""

    status_code = 400

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message, problem.code)
        self.default_code = problem.code
        self.default_detail = problem.message
        self.choices = list(problem.choices)


class ToolsView(JsonView):
    """GET: every tool with the JSON schemas of what it takes and returns."""

    def get(self, request: Request) -> Response:
        from spendo.assistant.tools import api

        return Response(
            {
                "data": [
                    {
                        "name": tool.name,
                        "access": tool.access,
                        "description": tool.description,
                        "arguments": tool.arguments,
                        "returns": api.envelope_schema(tool.name),
                    }
                    for tool in api.list_tools()
                ]
            }
        )


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class ToolView(JsonView):
    """POST an object of the tool's arguments: 200 with its envelope · 400 · 401 · 403 · 404 · 413
    · 429. The user is the one who is signed in. `?thread=` names a thread of theirs, whose figures
    `explain_number` can then explain."""

    def post(self, request: Request, name: str) -> Response:
        from spendo.assistant.tools import api

        user = self.signed_in(request)
        context = RequestContext.from_request(request._request, user)
        _count(context)
        arguments = request.data
        if not isinstance(arguments, dict):
            raise ParseError("The body must be an object of arguments.")
        try:
            turn = _turn(user, request.query_params.get("thread"), context)
            envelope = api.call_in_turn(turn, name, arguments)
        except api.UnknownTool:
            raise NotFound from None
        except api.InvalidArguments as error:
            raise ValidationError(error.fields) from None
        except api.ToolRefused as error:
            raise CallRefused(error.problem) from None
        return Response(envelope.model_dump(mode="json", by_alias=True))


def _count(context: RequestContext) -> None:
    try:
        async_to_sync(limits.count_request)(context)
    except TooManyRequests as error:
        raise TooManyCalls(wait=error.retry_after) from None


def _turn(user: User, thread_id: str | None, context: RequestContext) -> Turn:
    """A turn of the thread, so that figures of its answers can be explained; of none otherwise."""
    from chatkit.store import NotFoundError

    from spendo.assistant.calls import earlier_calls
    from spendo.assistant.history import LAST_ITEMS
    from spendo.assistant.turn import Turn

    turn = Turn.begin(user)
    if thread_id is not None:
        load = async_to_sync(build_server().store.load_thread_items)
        try:
            page = load(thread_id, None, LAST_ITEMS, "desc", context=context)
        except NotFoundError:
            raise NotFound from None
        turn.earlier = earlier_calls(page.data)
    return turn
