"""What was done, and taking it back: `/api/changes/`."""

from rest_framework.request import Request
from rest_framework.response import Response

from spendo.ledger.api.answers import ChangeAnswer
from spendo.ledger.api.base import LedgerView
from spendo.ledger.changes import undo
from spendo.ledger.selectors import list_changes
from spendo.users.api.serializers import PageSerializer


class ChangesView(LedgerView):
    def get(self, request: Request) -> Response:
        query = self.read(PageSerializer, request.query_params.dict())
        page = list_changes(self.signed_in(request), query["limit"], query["after"])
        return Response(
            {
                "data": ChangeAnswer(page.entries, many=True).data,
                "has_more": page.after is not None,
                "after": page.after,
            }
        )


class UndoView(LedgerView):
    """Undoing an undo does it again."""

    def post(self, request: Request, change_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(lambda: undo(user, change_id), lambda _: {"undone_id": change_id})
