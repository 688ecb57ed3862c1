"""Values of an export, as their fields hold them. Nothing is guessed: a number is a number."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from spendo.ledger.imports import ImportRefused
from spendo.users.fields import is_storable

_KINDS: tuple[tuple[type["models.Field[Any, Any]"], type | tuple[type, ...]], ...] = (
    (models.JSONField, (list, dict)),
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.DecimalField, str),
    (models.DateField, str),
    (models.CharField, str),
)


def value_of(field: "models.Field[Any, Any]", value: Any, place: str) -> Any:
    """Raises ImportRefused for what the field cannot hold."""
    if value is None:
        if not field.null:
            raise _refused(field, place)
        return None
    wanted = next((kind for each, kind in _KINDS if isinstance(field, each)), None)
    if wanted is None or type(value) not in (wanted if isinstance(wanted, tuple) else (wanted,)):
        raise _refused(field, place)
    if isinstance(value, str) and not is_storable(value):
        raise _refused(field, place)
    try:
        held = field.to_python(value)
        field.run_validators(held)
    except (ValidationError, ValueError, OverflowError):
        raise _refused(field, place) from None
    is_left_open = field.blank and held == ""
    if field.choices and not is_left_open and held not in {each for each, _ in field.flatchoices}:
        raise _refused(field, place)
    if isinstance(held, datetime.datetime) and held.tzinfo is None:
        raise _refused(field, place)
    return held


def _refused(field: "models.Field[Any, Any]", place: str) -> ImportRefused:
    return ImportRefused(
        f"In the export, {place} has a “{field.attname}” that cannot be.", code="unreadable"
    )
