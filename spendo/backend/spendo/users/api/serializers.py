from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from rest_framework import serializers

from spendo.users.models import User
from spendo.users.validators import validate_currency, validate_time_zone

MAX_PASSWORD = 4096


class TextField(serializers.CharField):
    """Text only: DRF's own field also takes numbers."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class EmailTextField(serializers.EmailField, TextField):
    pass


class SignInSerializer(serializers.Serializer[dict[str, str]]):
    username = TextField(max_length=150)
    password = TextField(max_length=MAX_PASSWORD, trim_whitespace=False)


class SignUpSerializer(serializers.Serializer[dict[str, str]]):
    username = TextField(max_length=150)
    password = TextField(max_length=MAX_PASSWORD, trim_whitespace=False)
    email = EmailTextField(max_length=254, required=False, allow_blank=True)
    first_name = TextField(max_length=150, required=False, allow_blank=True)
    last_name = TextField(max_length=150, required=False, allow_blank=True)
    occupation = TextField(max_length=120, required=False, allow_blank=True)
    time_zone = TextField(max_length=64, required=False, validators=[validate_time_zone])
    currency = TextField(max_length=3, required=False, validators=[validate_currency])

    def validate_username(self, value: str) -> str:
        name: str = User.normalize_username(value)
        if len(name) > 150:
            raise serializers.ValidationError("This name is too long.")
        UnicodeUsernameValidator()(name)
        return name


class PageSerializer(serializers.Serializer[dict[str, int]]):
    """The query of a paged list: `limit` 1 to 100, `after` the id a page ended with."""

    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)
    after = serializers.IntegerField(min_value=1, max_value=2**63 - 1, default=None)


class UserSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = (
            "id",
            "username",
            "email",
            "first_name",
            "last_name",
            "occupation",
            "time_zone",
            "currency",
            "is_staff",
        )
        read_only_fields = fields
