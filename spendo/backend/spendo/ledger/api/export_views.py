"""The whole ledger, out."""

import tempfile
from collections.abc import AsyncIterator
from typing import IO

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from rest_framework.request import Request

from spendo.ledger.exports import csv_pieces, json_pieces, snapshot
from spendo.users.api.views import JsonView
from spendo.users.selectors import today

_KINDS = {
    "json": (json_pieces, "application/json"),
    "csv": (csv_pieces, "text/csv; charset=utf-8"),
}
_STEP = 64 * 1024
_IN_MEMORY = 1024 * 1024


class ExportView(JsonView):
    """GET `export/ledger.json` or `export/ledger.csv`: all of it, as of one moment."""

    def get(self, request: Request, kind: str) -> StreamingHttpResponse:
        user = self.signed_in(request)
        pieces, content_type = _KINDS[kind]
        # Whoever reads slowly must not hold a snapshot of the database open.
        file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        with snapshot():
            for piece in pieces(user):
                file.write(piece.encode())
        size = file.tell()
        file.seek(0)
        response = StreamingHttpResponse(_parts(file), content_type=content_type)
        response["Content-Length"] = str(size)
        name = f"spendo-{today(user).isoformat()}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


async def _parts(file: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while part := await sync_to_async(file.read)(_STEP):
            yield part
    finally:
        file.close()
