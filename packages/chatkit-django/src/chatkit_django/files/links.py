"""Addresses of files: signed, for one user, for a short time. They are made anew whenever a
conversation is loaded and never stored."""

from typing import Literal

from django.core.exceptions import ImproperlyConfigured
from django.core.signing import BadSignature, TimestampSigner
from django.urls import NoReverseMatch, reverse

from chatkit_django.conf import ATTACHMENT_URL_SECONDS, UPLOAD_URL_SECONDS
from chatkit_django.exceptions import InvalidLink

Purpose = Literal["upload", "file", "preview"]


def link(purpose: Purpose, attachment_id: str, owner_id: object, base_url: str) -> str:
    """``https://shop.example/…/<id>/preview/?signature=…``"""
    try:
        path = reverse(f"chatkit_files:{purpose}", args=[attachment_id])
    except NoReverseMatch:
        raise ImproperlyConfigured(
            "Attachments need addresses: add "
            'path("chatkit/files/", include("chatkit_django.file_urls")) to urlpatterns.'
        ) from None
    return f"{base_url}{path}?signature={_sign(purpose, attachment_id, owner_id)}"


def check(purpose: Purpose, attachment_id: str, owner_id: object, signature: str) -> None:
    """Raises ``InvalidLink`` if the signature is another's, for something else, or too old."""
    seconds = UPLOAD_URL_SECONDS if purpose == "upload" else ATTACHMENT_URL_SECONDS
    value = _value(attachment_id, owner_id)
    try:
        _signer(purpose).unsign(f"{value}:{signature}", max_age=seconds.get())
    except BadSignature:
        raise InvalidLink from None


def _sign(purpose: Purpose, attachment_id: str, owner_id: object) -> str:
    value = _value(attachment_id, owner_id)
    return _signer(purpose).sign(value).removeprefix(f"{value}:")


def _value(attachment_id: str, owner_id: object) -> str:
    return f"{attachment_id}/{owner_id}"


def _signer(purpose: Purpose) -> TimestampSigner:
    return TimestampSigner(salt=f"chatkit_django.files.{purpose}")
