"""What was said of the headers of tables: seen, changed, forgotten."""

from django.http import Http404
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from spendo.ledger.api.import_serializers import HeaderSerializer
from spendo.ledger.api.import_views import refused_answer
from spendo.ledger.errors import UnknownRow
from spendo.ledger.imports import ImportRefused
from spendo.ledger.selectors.imports import list_headers
from spendo.ledger.services.importing import change_header, forget_header
from spendo.users.api.parsers import JsonBodyParser
from spendo.users.api.views import JsonView


class HeadersView(JsonView):
    def get(self, request: Request) -> Response:
        found = list_headers(self.signed_in(request))
        return Response({"data": HeaderSerializer(found, many=True).data})


class HeaderView(JsonView):
    parser_classes = (JsonBodyParser,)

    def patch(self, request: Request, header_id: int) -> Response:
        user = self.signed_in(request)
        if not isinstance(request.data, dict):
            raise ParseError("Send an object with what is otherwise.")
        try:
            change_header(user, header_id, request.data)
        except ImportRefused as refused:
            return refused_answer(refused)
        except UnknownRow:
            raise Http404 from None
        found = next(row for row in list_headers(user) if row.id == header_id)
        return Response(HeaderSerializer(found).data)

    def delete(self, request: Request, header_id: int) -> Response:
        try:
            forget_header(self.signed_in(request), header_id)
        except UnknownRow:
            raise Http404 from None
        return Response({})
