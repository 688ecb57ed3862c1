"""Database fields shared by the product's models."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    TextField = models.CharField[str, str]
else:
    TextField = models.CharField


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def fold(text: str) -> str:
    """The form in which two spellings of one name are equal: NFKC, case folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_storable(text: str) -> bool:
    """Whether a database can hold it: no NUL (PostgreSQL), no half of a surrogate pair."""
    return not _UNSTORABLE.search(text)


class FoldedField(TextField):
    """A copy of another text field in folded form, kept by every `save()` and `bulk_create()`.

    SQL's LOWER knows only ASCII on SQLite and follows the locale on PostgreSQL; a column
    that Python folds compares names in the same way on both. `QuerySet.update()` bypasses it.
    """

    def __init__(self, *, source: str, **options: Any) -> None:
        self.source = source
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options["source"] = self.source
        return name, path, args, options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = fold(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, folded)
        return folded
