"""Changing users."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from spendo.users.models import User
from spendo.users.selectors import find_user


class UsernameTaken(Exception):  # noqa: N818
    """Another user has this name, in this or another case."""


@dataclass(frozen=True, slots=True)
class Profile:
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    occupation: str = ""
    time_zone: str = "UTC"
    currency: str = "USD"


def create_user(*, username: str, password: str, profile: Profile | None = None) -> User:
    """Make a user who can sign in.

    Raises ValidationError with the faults of the password, or UsernameTaken.
    """
    profile = profile or Profile()
    user = User(
        username=User.normalize_username(username),
        email=User.objects.normalize_email(profile.email),
        first_name=profile.first_name,
        last_name=profile.last_name,
        occupation=profile.occupation,
        time_zone=profile.time_zone,
        currency=profile.currency,
    )
    validate_password(password, user)
    if find_user(username):
        raise UsernameTaken(username)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:  # someone took the name since
        raise UsernameTaken(username) from None
    return user
