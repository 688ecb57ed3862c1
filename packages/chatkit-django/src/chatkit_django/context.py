"""Who asks: what every store and server method is told about the request."""

import ipaddress
import os
import random
import re
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from chatkit_django.conf import PROXY_COUNT
from chatkit_django.rows_by_hand import Condition
from chatkit_django.runs.records import idempotency_key_from

_LOCALE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_numbers = random.Random()  # noqa: S311  (names, not secrets)
os.register_at_fork(after_in_child=_numbers.seed)


@runtime_checkable  # pydantic asks it of each field of a context that is given to an AgentContext
class SignInCheck(Protocol):
    """Whether the user is still signed in, yet to be asked."""

    def __call__(self) -> None:
        """Ask, in a thread of ``database``. What is raised says that nobody is."""

    def condition(self) -> Condition | None:
        """The same as a condition of another query, where that is possible. Whoever takes it
        must do nothing unless it holds, or ask after all."""


@dataclass(frozen=True)
class RequestContext:
    """The signed-in user, the locale the client asked for, an id to find the request by, where
    this site is for the client (``https://shop.example``), the public address the client has (both
    ``""`` where nobody knows), and the key that tells a repeated request (``""``: none).

    With a ``sign_in_check`` the user is only believed to be signed in, until the transaction that
    begins the run has asked: nothing may be kept before.
    """

    user: AbstractBaseUser
    locale: str
    request_id: str
    base_url: str = ""
    address: str = field(default="", kw_only=True)
    idempotency_key: str = field(default="", kw_only=True)
    sign_in_check: SignInCheck | None = field(default=None, kw_only=True, repr=False, compare=False)

    @property
    def user_id(self) -> str:
        return str(self.user.pk)

    @classmethod
    def from_request(cls, request: HttpRequest, user: AbstractBaseUser) -> "RequestContext":
        context = cls(
            user=user,
            locale=locale_of(request),
            request_id=request_id_of(request),
            base_url=f"{request.scheme}://{request.get_host()}",
            address=address_of(request),
            idempotency_key=idempotency_key_from(request.headers.get("Idempotency-Key", "")),
        )
        request._chatkit_context = context  # type: ignore[attr-defined]
        return context


def locale_of(request: HttpRequest) -> str:
    """The first language tag of Accept-Language, which ChatKit clients set to their locale."""
    wanted = _LOCALE.match(request.headers.get("Accept-Language", "").strip())
    return wanted.group() if wanted else settings.LANGUAGE_CODE


def request_id_of(request: HttpRequest) -> str:
    """The X-Request-ID of a proxy if it is well formed, else a new one; the same all along."""
    known: str | None = getattr(request, "_chatkit_request_id", None)
    if known is None:
        known = request_id_from(request.headers.get("X-Request-ID", "")) or new_request_id()
        request._chatkit_request_id = known  # type: ignore[attr-defined]
    return known


def request_id_from(given: str) -> str:
    """The id if it is well formed, else ``""``."""
    return given if _REQUEST_ID.fullmatch(given) else ""


def new_request_id() -> str:
    # To find a request by, not a secret: no need to ask the system for each.
    return f"{_numbers.getrandbits(128):032x}"


def context_of(request: HttpRequest) -> "RequestContext | None":
    """What ``RequestContext.from_request`` made of this request."""
    return getattr(request, "_chatkit_context", None)


def address_of(request: HttpRequest) -> str:
    """The public address of the client, of IPv6 the network (/64) that is one household's.

    ``""`` if it is no public one: that is a proxy, which stands for everybody behind it, or a
    local network.
    """
    if proxies := PROXY_COUNT.get():
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        given = hops[-proxies] if len(hops) >= proxies else ""
    else:
        given = request.META.get("REMOTE_ADDR") or ""
    try:
        address = ipaddress.ip_address(given.strip())
    except ValueError:
        return ""
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    if not address.is_global:
        return ""
    if address.version == 6:
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)
