"""Which rows name which: what deleting one would take along."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of `model` that name a row in the field `name`."""

    model: type[models.Model]
    name: str
    goes_along: bool
    """Whether they are deleted with what they name; otherwise they forget it."""

    def rows(self, ids: Sequence[int]) -> "models.QuerySet[Any]":
        return self.model._base_manager.filter(**{f"{self.name}__in": ids}).order_by("pk")


@cache
def referring(model: type[models.Model]) -> tuple[Relation, ...]:
    """Every foreign key to `model`, of every app and of the tables between two models, but not
    those of memories."""
    return tuple(each for each in _naming(model) if not _is_memory(each))


@cache
def remembering(model: type[models.Model]) -> tuple[Relation, ...]:
    """The foreign keys of memories, which are no rows of the ledger: what they name may go at any
    time, and that they forget it is no part of an act."""
    return tuple(each for each in _naming(model) if _is_memory(each))


def _is_memory(relation: Relation) -> bool:
    return getattr(relation.model, "is_memory", False)


def _naming(model: type[models.Model]) -> tuple[Relation, ...]:
    found = []
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, models.ManyToOneRel):  # a OneToOneRel is one, too
            on_delete = field.on_delete
            if on_delete not in (models.CASCADE, models.SET_NULL):
                raise NotImplementedError(f"{field.related_model} on deleting {model}")
            found.append(
                Relation(field.related_model, field.field.attname, on_delete is models.CASCADE)
            )
    return tuple(found)


@cache
def references(model: type[models.Model]) -> tuple[tuple[str, type[models.Model]], ...]:
    """The foreign keys of `model`: (attribute, the model it names)."""
    return tuple(
        (field.attname, field.related_model)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    )
