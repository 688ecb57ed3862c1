"""What follows from a user's signing out."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from chatkit_django import tokens


@receiver(user_logged_out)
def revoke_tokens(sender: Any, user: AbstractBaseUser | None, **kwargs: Any) -> None:
    if user is not None:
        tokens.revoke(user)
