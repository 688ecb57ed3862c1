"""The user a command is about."""

from argparse import ArgumentParser

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import CommandError


def add_user(parser: ArgumentParser) -> None:
    parser.add_argument("user", help="the user's name")
    parser.add_argument("--id", action="store_true", help="USER is the primary key, not the name")


def find_user(name: str, *, is_id: bool) -> AbstractBaseUser:
    """Raises ``CommandError`` if there is no such user."""
    model = get_user_model()
    manager = model._default_manager
    try:
        user: AbstractBaseUser = (
            manager.get(pk=name) if is_id else manager.get(**{model.USERNAME_FIELD: name})
        )
    except (ObjectDoesNotExist, ValueError, ValidationError):
        raise CommandError(f"There is no user {name}.") from None
    return user
