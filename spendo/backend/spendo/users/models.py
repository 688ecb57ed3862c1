from django.contrib.auth.models import AbstractUser
from django.db import models

from spendo.users.fields import FoldedField
from spendo.users.validators import validate_currency, validate_time_zone


class User(AbstractUser):
    """A person who signs in. Two names that differ only in case cannot both exist."""

    username_key = FoldedField(source="username", max_length=450, unique=True)
    occupation = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    currency = models.CharField(max_length=3, default="USD", validators=[validate_currency])
