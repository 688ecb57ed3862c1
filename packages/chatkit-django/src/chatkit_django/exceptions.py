"""What a client may be told. Each class carries its HTTP status and its code; its docstring is
the default message."""

# ruff: noqa: N818 (they are named for what is wrong)

from inspect import cleandoc
from typing import ClassVar


class ChatKitError(Exception):
    """The request could not be served."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    retry_after: int | None = None  # seconds, for the header Retry-After

    def __init__(self, message: str | None = None) -> None:
        self.message = message or " ".join(cleandoc(type(self).__doc__ or "").split())
        super().__init__(self.message)


class InternalError(ChatKitError):
    """Something went wrong on our side. Please try again."""


class Unavailable(ChatKitError):
    """The service is not available at the moment. Please try again."""

    status = 503
    code = "unavailable"
    retry_after = 5


class Restarting(ChatKitError):
    """The server is being restarted. Please try again in a moment."""

    status = 503
    code = "restarting"
    retry_after = 2


class EmptyBody(ChatKitError):
    """The request has no body. Send a JSON object with "type" and "params"."""

    status = 400
    code = "empty_body"


class InvalidJson(ChatKitError):
    """The body is not valid JSON in UTF-8, or is nested too deeply. Send one JSON object."""

    status = 400
    code = "invalid_json"


class InvalidRequest(ChatKitError):
    """The request has the wrong shape. Send a JSON object with "type" and "params"."""

    status = 400
    code = "invalid_request"


class UnknownType(ChatKitError):
    """The request type is not known. Use one of the ChatKit request types."""

    status = 400
    code = "unknown_type"


class NulCharacter(ChatKitError):
    """The request contains a NUL character, which cannot be stored. Remove it and send again."""

    status = 400
    code = "nul_character"


class EmptyMessage(ChatKitError):
    """The message is empty. Write something and send it again."""

    status = 400
    code = "empty_message"


class InvalidTitle(ChatKitError):
    """The title is empty or too long. Use 1 to 200 characters."""

    status = 400
    code = "invalid_title"


class InvalidLimit(ChatKitError):
    """The limit is out of range. Use 1 to 10,000."""

    status = 400
    code = "invalid_limit"


class InvalidIdempotencyKey(ChatKitError):
    """The Idempotency-Key is not 1 to 128 visible ASCII characters. Send a random one."""

    status = 400
    code = "invalid_idempotency_key"


class NotAUserMessage(ChatKitError):
    """Only a message of the user can be answered again. Choose one of them."""

    status = 400
    code = "not_a_user_message"


class NotAWidget(ChatKitError):
    """An action can only come from a widget. Name the widget it belongs to, or none."""

    status = 400
    code = "not_a_widget"


class NotAQuestion(ChatKitError):
    """Only an item that asks for input can be answered. Choose one of them."""

    status = 400
    code = "not_a_question"


class InvalidAnswer(ChatKitError):
    """An answer does not fit its question. Choose among the options, or skip it."""

    status = 400
    code = "invalid_answer"


class InvalidAudio(ChatKitError):
    """The audio is empty or not valid base64. Record it again."""

    status = 400
    code = "invalid_audio"


class NotSignedIn(ChatKitError):
    """You are not signed in. Sign in and try again."""

    status = 401
    code = "not_signed_in"


class InvalidToken(ChatKitError):
    """The bearer token is wrong, has expired or was revoked. Get a new one and try again."""

    status = 401
    code = "invalid_token"


class CsrfFailed(ChatKitError):
    """The security token of this page is missing or out of date. Reload the page and try again."""

    status = 403
    code = "csrf_failed"


class NotFound(ChatKitError):
    """There is no such thread or item. It may have been deleted."""

    status = 404
    code = "not_found"


class MethodNotAllowed(ChatKitError):
    """This address answers GET and POST only."""

    status = 405
    code = "method_not_allowed"
    allowed: ClassVar[str] = "GET, HEAD, POST"


class PostOnly(MethodNotAllowed):
    """This address answers POST only."""

    allowed = "POST"


class GetOnly(MethodNotAllowed):
    """This address answers GET only."""

    allowed = "GET, HEAD"


class PutOrPostOnly(MethodNotAllowed):
    """This address answers PUT and POST only."""

    allowed = "POST, PUT"


class ThreadNotOpen(ChatKitError):
    """This thread takes no more messages. Start a new one."""

    status = 409
    code = "thread_not_open"


class ThreadBusy(ChatKitError):
    """An answer is being written in this chat. Wait for its end, or stop it, then send again."""

    status = 409
    code = "thread_busy"

    def __init__(self, run_id: str = "") -> None:
        super().__init__()
        self.run_id = run_id


class InvalidEventId(ChatKitError):
    """Last-Event-ID must be the id of an event of this run. Leave it out to read from the start."""

    status = 400
    code = "invalid_event_id"


class IdempotencyKeyReused(ChatKitError):
    """This Idempotency-Key was sent with another request. Use a new key for each request."""

    status = 422
    code = "idempotency_key_reused"


class NoPendingToolCall(ChatKitError):
    """No tool of the page waits for a result in this thread. It was given, or came too late."""

    status = 409
    code = "no_pending_tool_call"


class AlreadyAnswered(ChatKitError):
    """This question has already been answered."""

    status = 409
    code = "already_answered"


class AttachmentInUse(ChatKitError):
    """The attachment belongs to a message that was sent. Upload it again for another one."""

    status = 409
    code = "attachment_in_use"


class BodyTooLarge(ChatKitError):
    """The request is too large. Send less at once."""

    status = 413
    code = "body_too_large"


class MessageTooLong(ChatKitError):
    """The message is too long. Shorten it and send it again."""

    status = 413
    code = "message_too_long"


class ToolResultTooLarge(ChatKitError):
    """The result of the page's tool is too large. Return less."""

    status = 413
    code = "tool_result_too_large"


class AudioTooLarge(ChatKitError):
    """The recording is too long. Record less at once."""

    status = 413
    code = "audio_too_large"


class NotJson(ChatKitError):
    """The content type is not application/json. Send JSON."""

    status = 415
    code = "unsupported_media_type"


class UnsupportedAudio(ChatKitError):
    """The audio format is not supported. Send audio/webm, audio/ogg or audio/mp4."""

    status = 415
    code = "unsupported_audio"


class TooManyRequests(ChatKitError):
    """Too many requests."""

    status = 429
    code = "too_many_requests"

    def __init__(self, retry_after: int = 60) -> None:
        super().__init__()
        self.retry_after = retry_after
        self.message = f"{self.message} Try again in {in_words(retry_after)}."


class TooManyMessages(TooManyRequests):
    """Too many messages."""

    code = "too_many_messages"


class TooManyUploads(TooManyRequests):
    """Too many files."""

    code = "too_many_uploads"


class TooManyResponses(TooManyRequests):
    """Too many answers are being written at the same time. Wait until one has ended."""

    code = "too_many_responses"


class BudgetUsedUp(TooManyRequests):
    """The budget for answers is used up."""

    code = "budget_used_up"


class NotServed(ChatKitError):
    """This server does not offer this kind of request."""

    status = 501
    code = "not_served"


class AsgiRequired(ChatKitError):
    """Answers can only be streamed by an ASGI server. Serve this project with one."""

    status = 501
    code = "asgi_required"


class EmptyFile(ChatKitError):
    """The file is empty. Choose another one."""

    status = 400
    code = "empty_file"


class InvalidUpload(ChatKitError):
    """There is no file in the request. Send one form field named "file", or the bytes alone."""

    status = 400
    code = "invalid_upload"


class InvalidLink(ChatKitError):
    """This address is not valid, or no longer. Load the conversation again for a new one."""

    status = 403
    code = "invalid_link"


class NotUploaded(ChatKitError):
    """The file is not here yet. Wait for its upload, then send the message again."""

    status = 409
    code = "not_uploaded"


class AlreadyUploaded(ChatKitError):
    """This file was uploaded before and does not change any more. Add it as a new one."""

    status = 409
    code = "already_uploaded"


class TooManyPendingAttachments(ChatKitError):
    """Too many files wait to be sent. Send or remove some of them first."""

    status = 409
    code = "too_many_pending_attachments"


class FileTooLarge(ChatKitError):
    """The file is too large. Choose a smaller one."""

    status = 413
    code = "file_too_large"


class FileTypeNotAllowed(ChatKitError):
    """Files of this kind are not taken. Choose another one."""

    status = 415
    code = "file_type_not_allowed"


class FileTypeMismatch(ChatKitError):
    """The file is not what its name or type says. Choose another one."""

    status = 422
    code = "file_type_mismatch"


class InvalidImage(ChatKitError):
    """The image cannot be read. Save it anew or choose another one."""

    status = 422
    code = "invalid_image"


class ImageTooLarge(ChatKitError):
    """The image has too many pixels. Make it smaller and add it again."""

    status = 422
    code = "image_too_large"


class TooManyAttachments(ChatKitError):
    """Too many files for one message. Send some of them with another one."""

    status = 422
    code = "too_many_attachments"


def in_words(seconds: int) -> str:
    """A waiting time, never shorter than it is: ``40 seconds``, ``3 minutes``, ``5 hours``."""
    unit, length = next(
        (unit, length)
        for unit, length, least in (("hour", 3600, 2), ("minute", 60, 2), ("second", 1, 0))
        if seconds >= least * length
    )
    number = -(-seconds // length)
    return f"{number} {unit}" + ("" if number == 1 else "s")
