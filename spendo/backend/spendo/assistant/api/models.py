"""The models that a user of the chat can pick."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from spendo.assistant.choices import offered_models
from spendo.users.api.views import JsonView


class ModelsView(JsonView):
    """GET: the models that may answer, the default first. With one there is nothing to pick."""

    def get(self, request: Request) -> Response:
        return Response(
            {
                "data": [
                    {
                        "id": each.id,
                        "label": each.label,
                        "description": each.description,
                        "default": position == 0,
                    }
                    for position, each in enumerate(offered_models())
                ]
            }
        )
