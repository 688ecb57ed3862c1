"""Files in: upload, preview, confirm, take back."""

import json
from typing import Any

from django.core.cache import cache
from django.http import Http404
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from spendo.ledger.api.import_serializers import (
    BatchSerializer,
    DraftSerializer,
    preview_json,
    refusal_json,
    result_json,
)
from spendo.ledger.errors import LedgerError, UnknownRow
from spendo.ledger.imports import ImportRefused
from spendo.ledger.models import ImportDraft
from spendo.ledger.selectors.imports import find_import, list_drafts, list_imports
from spendo.ledger.services.importing import (
    ASKING,
    MAX_DRAFT_BYTES,
    Verdict,
    choose,
    commit_draft,
    drop_draft,
    find_draft,
    keep_draft,
    preview_draft,
    revert_import,
)
from spendo.users.api.parsers import JsonBodyParser
from spendo.users.api.serializers import PageSerializer
from spendo.users.api.views import JsonView
from spendo.users.models import User

_ENVELOPE = 64 * 1024  # bytes of a form around its file
_PROGRESS_SECONDS = 300


class PreviewQuery(serializers.Serializer[dict[str, Any]]):
    """Which rows of a preview to show."""

    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)
    after_line = serializers.IntegerField(min_value=0, max_value=2**31, default=0)
    verdict = serializers.ChoiceField(choices=[each.value for each in Verdict], default=None)


class ImportsView(JsonView):
    """GET: what was imported and what waits. POST: a form with a `file`, and `choices` as JSON."""

    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # the base's is JSON

    def get(self, request: Request) -> Response:
        query = self.read(PageSerializer, request.query_params.dict())
        user = self.signed_in(request)
        page = list_imports(user, limit=query["limit"], after=query["after"])
        return Response(
            {
                "data": BatchSerializer(page.rows, many=True).data,
                "drafts": DraftSerializer(list_drafts(user), many=True).data,
                "has_more": page.truncated,
                "after": page.after,
            }
        )

    def post(self, request: Request) -> Response:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_DRAFT_BYTES + _ENVELOPE:
            return refused_answer(
                ImportRefused(
                    f"The file is larger than {MAX_DRAFT_BYTES // 2**20} MiB.", code="too_large"
                )
            )
        user = self.signed_in(request)
        file = request.FILES.get("file")
        if file is None or isinstance(file, list):
            raise ParseError("Send a form with the file in the field “file”.")
        try:
            draft = keep_draft(
                user,
                file.file or file,
                file_name=file.name or "",
                choices=_choices(request.POST.get("choices", "")),
            )
        except ImportRefused as refused:
            return refused_answer(refused)
        except LedgerError as error:
            return _error(409, "too_many", str(error))
        answer = _shown(user, draft)
        if answer.status_code != 200:
            drop_draft(user, draft.pk)
            return answer
        answer.status_code = 201
        return answer


class ImportView(JsonView):
    """One import, before (its id is a word) or after (a number) it was confirmed."""

    parser_classes = (JsonBodyParser,)

    def get(self, request: Request, import_id: str) -> Response:
        user = self.signed_in(request)
        if (number := _number(import_id)) is not None:
            batch = find_import(user, number)
            if batch is None:
                raise Http404
            return Response(BatchSerializer(batch).data)
        query = self.read(PreviewQuery, request.query_params.dict())
        return _shown(user, _draft(user, import_id), query)

    def patch(self, request: Request, import_id: str) -> Response:
        """Say more about the file: which account, which columns, which order of dates."""
        user = self.signed_in(request)
        if not isinstance(request.data, dict):
            raise ParseError("Send an object with the choices.")
        try:
            draft = choose(user, _draft(user, import_id).pk, request.data)
        except ImportRefused as refused:
            return refused_answer(refused)
        return _shown(user, draft)

    def delete(self, request: Request, import_id: str) -> Response:
        """Drop a file that waits, or take an import back."""
        user = self.signed_in(request)
        number = _number(import_id)
        if number is None:
            drop_draft(user, _draft(user, import_id).pk)
            return Response({"deleted": 0})
        try:
            return Response({"deleted": revert_import(user, number)})
        except UnknownRow:
            raise Http404 from None
        except LedgerError as error:
            return _error(409, "conflict", str(error))


class CommitView(JsonView):
    def post(self, request: Request, import_id: str) -> Response:
        """Import the file. What it says is found out anew: the ledger may have changed."""
        user = self.signed_in(request)
        draft = _draft(user, import_id)
        try:
            result = commit_draft(
                user,
                draft.pk,
                source="web",
                progress=lambda done, total: _note(draft, done, total),
            )
        except ImportRefused as refused:
            return refused_answer(refused)
        except UnknownRow:
            raise Http404 from None
        except LedgerError as error:
            return _error(422, "refused", str(error))
        return Response(result_json(result))


def _shown(user: User, draft: ImportDraft, query: dict[str, Any] | None = None) -> Response:
    """The draft with its preview, or with what has to be said first."""
    query = query or {"limit": 50, "after_line": 0, "verdict": None}
    preview, needs = None, None
    try:
        only = Verdict(query["verdict"]) if query["verdict"] else None
        preview = preview_json(
            preview_draft(
                user, draft.pk, shown=query["limit"], after_line=query["after_line"], only=only
            )
        )
    except ImportRefused as refused:
        if refused.code not in ASKING:
            return refused_answer(refused)
        needs = refusal_json(refused)
    except LedgerError as error:
        return _error(422, "refused", str(error))
    return Response(
        {
            **DraftSerializer(draft).data,
            "choices": draft.choices,
            "progress": cache.get(_progress_key(draft)),
            "preview": preview,
            "needs": needs,
        }
    )


def _draft(user: User, import_id: str) -> ImportDraft:
    try:
        return find_draft(user, import_id)
    except UnknownRow:
        raise Http404 from None


def _number(import_id: str) -> int | None:
    """The number of a batch; ids of drafts are 32 hexadecimal digits."""
    is_number = import_id.isascii() and import_id.isdecimal() and len(import_id) < 19
    return int(import_id) if is_number else None


def _choices(text: Any) -> dict[str, Any]:
    if not text:
        return {}
    try:
        values = json.loads(text) if isinstance(text, str) and len(text) < _ENVELOPE else None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise ParseError("The field “choices” is a JSON object.")
    return values


def _note(draft: ImportDraft, done: int, total: int) -> None:
    cache.set(_progress_key(draft), {"done": done, "total": total}, _PROGRESS_SECONDS)


def _progress_key(draft: ImportDraft) -> str:
    return f"import-progress-{draft.pk}"


def refused_answer(refused: ImportRefused) -> Response:
    status = 413 if refused.code == "too_large" else 422
    return Response({"error": refusal_json(refused)}, status=status)


def _error(status: int, code: str, message: str) -> Response:
    return Response({"error": {"code": code, "message": message}}, status=status)
