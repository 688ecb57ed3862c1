"""Every refusal of the API as `{"error": {"code", "message", "fields"?, "choices"?}}`."""

from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback


class InvalidCredentials(exceptions.APIException):
    status_code = 401
    default_detail = "The user name or the password is not right."
    default_code = "invalid_credentials"


class UsernameTakenError(exceptions.APIException):
    status_code = 409
    default_detail = "This user name is taken. Choose another one."
    default_code = "username_taken"


class TooManyAttempts(exceptions.Throttled):
    default_detail = "Too many attempts to sign in. Wait a while, then try again."
    default_code = "too_many_attempts"
    extra_detail_singular = ""
    extra_detail_plural = ""


_MESSAGES = {
    exceptions.NotAuthenticated: ("not_signed_in", "Sign in first."),
    exceptions.AuthenticationFailed: ("not_signed_in", "Sign in first."),
    exceptions.NotFound: ("not_found", "There is nothing at this address."),
    exceptions.PermissionDenied: ("forbidden", "You may not do this."),
    exceptions.MethodNotAllowed: ("method_not_allowed", "This address does not take this method."),
    exceptions.UnsupportedMediaType: ("unsupported_media_type", "Send application/json."),
    exceptions.NotAcceptable: ("not_acceptable", "The answer is only available as JSON."),
}


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: what it knows becomes one shape, what it does not know stays an error."""
    match exc:
        case Http404():
            exc = exceptions.NotFound()
        case DjangoPermissionDenied():
            exc = exceptions.PermissionDenied()
    if not isinstance(exc, exceptions.APIException):
        return None
    set_rollback()
    return Response({"error": _error(exc)}, status=exc.status_code, headers=_headers(exc))


def _error(exc: exceptions.APIException) -> dict[str, Any]:
    if isinstance(exc, exceptions.ValidationError):
        return {
            "code": "invalid",
            "message": "Some of the values cannot be accepted.",
            "fields": _fields(exc.detail),
        }
    if type(exc) in _MESSAGES:
        code, message = _MESSAGES[type(exc)]
        return {"code": code, "message": message}
    if isinstance(exc, exceptions.ParseError):
        return {"code": "invalid", "message": str(exc.detail)}
    error = {"code": exc.default_code, "message": str(exc.default_detail)}
    if choices := getattr(exc, "choices", None):
        error["choices"] = choices
    return error


def _fields(detail: Any) -> dict[str, list[str]]:
    """Texts by field; what concerns the body as a whole is under "body"."""
    if isinstance(detail, list):
        return {"body": [str(text) for text in detail]}
    return {
        "body" if name == "non_field_errors" else str(name): [str(text) for text in _flat(texts)]
        for name, texts in detail.items()
    }


def _flat(texts: Any) -> list[Any]:
    if isinstance(texts, dict):
        return [text for inner in texts.values() for text in _flat(inner)]
    if isinstance(texts, list):
        return [text for inner in texts for text in _flat(inner)]
    return [texts]


def _headers(exc: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if auth_header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if (wait := getattr(exc, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait))
    return headers
