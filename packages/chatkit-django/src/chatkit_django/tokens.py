"""Bearer tokens: a short-lived way in for pages on other origins and for other programs.

A token is random, signed with the project's secret key, and good for the chat only. The database
knows its hash, not the token. It ends when its time is over, at sign-out, and with a new password.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from chatkit_django.conf import TOKEN_SECONDS
from chatkit_django.exceptions import InvalidToken
from chatkit_django.models import SessionToken

_SALT = "chatkit_django.tokens"


@dataclass(frozen=True)
class IssuedToken:
    """What the client gets, once: nobody can read the token from the database."""

    client_secret: str
    expires_at: datetime


def issue(user: AbstractBaseUser) -> IssuedToken:
    now = timezone.now()
    SessionToken.objects.filter(user_id=user.pk, expires_at__lte=now).delete()
    secret = secrets.token_urlsafe(32)
    row = SessionToken.objects.create(
        digest=_hash(secret),
        user_id=user.pk,
        sign_in=_hash(user.get_session_auth_hash()),
        created_at=now,
        expires_at=now + timedelta(seconds=TOKEN_SECONDS.get()),
    )
    return IssuedToken(_signer().sign(secret), row.expires_at)


def user_of(token: str) -> AbstractBaseUser:
    """Whose token it is. Raises ``InvalidToken`` if it is not, or no longer, anybody's."""
    try:
        secret = _signer().unsign(token)
    except BadSignature:
        raise InvalidToken from None
    row = (
        SessionToken.objects.select_related("user")
        .filter(digest=_hash(secret), expires_at__gt=timezone.now())
        .first()
    )
    if row is None or not row.user.is_active or row.sign_in not in _sign_ins(row.user):
        raise InvalidToken
    return row.user


def revoke(user: AbstractBaseUser) -> None:
    """End all tokens of the user, on every device: clients that may have a new one get one."""
    SessionToken.objects.filter(user_id=user.pk).delete()


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")


def _sign_ins(user: AbstractBaseUser) -> set[str]:
    """What a sign-in with the present password is known by, under each secret key in use."""
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return {_hash(one) for one in hashes}


def _hash(text: str) -> str:
    # No salt, no stretching: what is hashed is 256 random bits, or keyed already.
    return hashlib.sha256(text.encode()).hexdigest()
