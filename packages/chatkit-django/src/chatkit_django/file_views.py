"""The addresses that take files and give them back, to their owner only."""

import json
import logging
from collections.abc import AsyncIterator, Callable
from typing import IO, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from chatkit_django import limits, observation
from chatkit_django.admission import admit
from chatkit_django.context import RequestContext, request_id_of
from chatkit_django.database import release_request_connections, run
from chatkit_django.exceptions import (
    ChatKitError,
    GetOnly,
    InvalidUpload,
    NotFound,
    NotSignedIn,
    PostOnly,
    PutOrPostOnly,
)
from chatkit_django.files import links, receiving, records, storage, uploads, work
from chatkit_django.models import Attachment, AttachmentFile
from chatkit_django.views import error_response, failure_of

logger = logging.getLogger(__name__)

_STEP = 64 * 1024
# Whatever a browser may take the bytes for, they can do nothing.
_HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-site",
    "Referrer-Policy": "no-referrer",
}
_SHOWN_IN_PLACE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class BaseFileView(View):
    """Refusals as JSON, and nothing kept by any cache."""

    kind = "files"
    view_is_async = True

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        # CSRF is checked where a session is used; Django's middleware would read the whole form
        # before its size can be limited.
        return transaction.non_atomic_requests(csrf_exempt(super().as_view(**initkwargs)))

    async def dispatch(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        seen = observation.begin(request_id_of(request), self.kind, request.headers)
        try:
            response = await self.answer(request, *args, **kwargs)
        except ChatKitError as error:
            seen.outcome = error.code
            response = error_response(error)
        except Exception as error:
            logger.exception("The file request %s failed", request_id_of(request))
            told = failure_of(error)
            seen.outcome = told.code
            response = error_response(told)
        response["X-Request-ID"] = request_id_of(request)
        response["Cache-Control"] = "private, no-store"
        seen.status = response.status_code
        seen.ended()
        return response

    async def answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise NotImplementedError

    async def get_context(self, request: HttpRequest) -> RequestContext:
        """Who asks. Raises ``NotSignedIn`` for an anonymous visitor."""
        user = await request.auser()
        if not user.is_authenticated:
            raise NotSignedIn
        context = RequestContext.from_request(request, user)
        observation.note(user_id=context.user_id)
        return context


class DirectUploadView(BaseFileView):
    """POST a form with the field ``file`` → 200 and the attachment as JSON. For ChatKit clients
    with ``uploadStrategy: {type: "direct", uploadUrl}``. Needs what the chat needs: a session with
    its CSRF token, or a bearer token."""

    kind = "files.upload"

    async def answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            raise PostOnly
        if request.content_type != receiving.FORM:
            raise InvalidUpload
        with receiving.room() as content:
            # Before the CSRF check, which looks into the form.
            file = await work.run(receiving.receive, request, content)
            await admit(request)
            context = await self.get_context(request)
            await release_request_connections()
            await limits.count_request(context)
            async with await limits.begin("attachments.create", context):
                row = await work.run(uploads.keep_new, context.user.pk, file)
        return _attachment_response(row, context)


class AnnouncedUploadView(BaseFileView):
    """POST a form with the field ``file``, or POST or PUT the bytes alone → 200 and the attachment
    as JSON. The signed address is all that is needed: it is good for one file of one user, once,
    for ``CHATKIT_UPLOAD_URL_SECONDS``, so neither session nor CSRF token add to it."""

    kind = "files.upload"

    async def answer(self, request: HttpRequest, attachment_id: str) -> HttpResponseBase:
        if request.method not in ("POST", "PUT"):
            raise PutOrPostOnly
        signature = request.GET.get("signature", "")
        row = await work.run(uploads.upload_announced, request, attachment_id, signature)
        return _attachment_response(row, RequestContext.from_request(request, row.owner))


class FileView(BaseFileView):
    """GET the bytes, with a signed address that is still good and as the user it was made for."""

    kind = "files.download"
    role = "original"

    async def answer(self, request: HttpRequest, attachment_id: str) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            raise GetOnly
        await admit(request)
        context = await self.get_context(request)
        await limits.count_request(context)
        file = await run(records.file_of, context.user.pk, attachment_id, self.role)
        purpose: links.Purpose = "preview" if self.role == AttachmentFile.Role.PREVIEW else "file"
        links.check(purpose, attachment_id, context.user.pk, request.GET.get("signature", ""))
        await release_request_connections()
        try:
            content = await work.run(storage.open_file, file.name)
        except FileNotFoundError:
            raise NotFound from None
        return _file_response(file, content)


def _attachment_response(row: Attachment, context: RequestContext) -> JsonResponse:
    from chatkit_django import rows  # with the SDK, which is not imported before it is needed
    from chatkit_django.previews import signed

    shown = signed(rows.attachment_of(row.payload), context)
    return JsonResponse(
        json.loads(shown.model_dump_json(exclude_none=True, context={"exclude_metadata": True}))
    )


def _file_response(file: AttachmentFile, content: IO[bytes]) -> HttpResponseBase:
    assert file.attachment is not None  # noqa: S101  it was found by it
    name: str = json.loads(file.attachment.payload)["name"]
    response = StreamingHttpResponse(_parts(content), content_type=file.content_type)
    response._resource_closers.append(content.close)  # type: ignore[attr-defined]
    in_place = file.content_type in _SHOWN_IN_PLACE
    if disposition := content_disposition_header(not in_place, name):
        response["Content-Disposition"] = disposition
    response["Content-Length"] = str(file.size)
    for header, value in _HARMLESS.items():
        response[header] = value
    return response


async def _parts(content: IO[bytes]) -> AsyncIterator[bytes]:
    while part := await work.run(content.read, _STEP):
        yield part
