"""What follows when a user signs out, or is deleted."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete
from django.dispatch import receiver

from chatkit_django import limits, tokens


@receiver(user_logged_out)
def revoke_tokens(sender: Any, user: AbstractBaseUser | None, **kwargs: Any) -> None:
    if user is not None:
        tokens.revoke(user)


@receiver(post_delete, sender=get_user_model())
def forget_counters(sender: Any, instance: AbstractBaseUser, **kwargs: Any) -> None:
    """The rows that name the user go by themselves; the counters know only a hash."""
    limits.forget(instance.pk)
