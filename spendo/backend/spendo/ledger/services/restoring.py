"""A whole ledger, from an export of ours, into a user who has none."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import ijson
from django.db import IntegrityError, models

from spendo.ledger.changes import OpenChange, Source, changing
from spendo.ledger.exports import FORMAT, VERSION, ExportedTable, all_tables
from spendo.ledger.imports import ImportRefused
from spendo.ledger.services.restored_rules import require_rules
from spendo.ledger.services.restored_values import value_of
from spendo.users.models import User

_BLOCK = 500
_DEEPEST = 8
_HEAD = ("format", "version")


@dataclass(frozen=True, slots=True)
class Restored:
    """How many rows each table got."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def is_export(file: BinaryIO) -> bool:
    """Whether a file begins like a JSON document, as no statement does."""
    file.seek(0)
    return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def restore_export(user: User, file: BinaryIO, *, source: Source | None = None) -> Restored:
    """Make everything that `exports.json_pieces` wrote again, with new numbers.

    The history of changes begins anew, with this one. Raises ImportRefused for a file that is no
    such export, or breaks a rule of the ledger, and for a user who has a ledger; nothing is
    written then.
    """
    file.seek(0)
    with changing(
        user, kind="restore", summary="Restored an export of the ledger", source=source
    ) as change:
        _require_empty(user)
        restoring = _Restoring(user, change)
        for table, row in _rows_of(file):
            restoring.add(table, row)
        restoring.finish()
        require_rules(user)
        return Restored(restoring.counts)


@dataclass(slots=True)
class _Restoring:
    user: User
    change: OpenChange
    counts: dict[str, int] = field(default_factory=dict)
    _ids: dict[type[models.Model], dict[int, int]] = field(default_factory=dict)
    _waiting: list[tuple[int, models.Model, dict[str, list[int]]]] = field(default_factory=list)
    _table: ExportedTable | None = None
    _later: list[tuple[models.Model, str, type[models.Model], int]] = field(default_factory=list)

    def add(self, table: ExportedTable, row: dict[str, Any]) -> None:
        if table is not self._table or len(self._waiting) >= _BLOCK:
            self._write()
            self._table = table
        place = f"{table.name}, row {self.counts.get(table.name, 0) + 1}"
        self.counts[table.name] = self.counts.get(table.name, 0) + 1
        number = row.pop("id", None)
        if type(number) is not int or number in self._ids.setdefault(table.model, {}):
            raise _broken(place, "has no id of its own")
        many = {name: _numbers(place, row.pop(name, [])) for name in table.many}
        self._waiting.append((number, self._made(table, row, place), many))
        self._ids[table.model][number] = 0

    def finish(self) -> None:
        self._write()
        for model in {type(row) for row, *_ in self._later}:
            self.change.update_each(
                [
                    (row, {name: self._id_of(target, number, model._meta.label)})
                    for row, name, target, number in self._later
                    if type(row) is model
                ]
            )

    def _made(self, table: ExportedTable, row: dict[str, Any], place: str) -> models.Model:
        fields = table.fields()
        if unknown := set(row) - set(fields):
            raise _broken(place, f"has a field “{min(unknown)[:40]}” that is not known")
        if missing := set(fields) - set(row):
            raise _broken(place, f"has no “{min(missing)}”")
        made = table.model(user=self.user)
        for name, each in fields.items():
            if not isinstance(each, models.ForeignKey):
                setattr(made, name, value_of(each, row[name], place))
            elif row[name] is not None:
                self._refer(made, name, each, row[name], place)
        return made

    def _refer(self, made: models.Model, name: str, each: Any, number: Any, place: str) -> None:
        """A row of the file, or one that is still to come, where that is the same table."""
        known = self._ids.get(each.related_model, {}).get(number) if type(number) is int else None
        if known:
            setattr(made, name, known)
        elif each.related_model is type(made) and type(number) is int:
            self._later.append((made, name, each.related_model, number))
        else:
            raise _broken(place, f"names a row as “{name}” that is not in the file")

    def _write(self) -> None:
        if self._table is None or not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        try:
            made = self.change.create_many([row for _, row, _ in waiting])
        except IntegrityError:
            raise _broken(self._table.name, "has rows that cannot be beside each other") from None
        ids = self._ids[self._table.model]
        for (number, *_), row in zip(waiting, made, strict=True):
            ids[number] = row.pk
        for name in self._table.many:
            self._link(self._table, name, [(row.pk, many[name]) for _, row, many in waiting])

    def _link(self, table: ExportedTable, name: str, links: list[tuple[int, list[int]]]) -> None:
        each: Any = table.model._meta.get_field(name)
        through = each.remote_field.through
        this, other = f"{each.m2m_field_name()}_id", f"{each.m2m_reverse_field_name()}_id"
        try:
            self.change.create_many(
                through(
                    **{this: row_id, other: self._id_of(each.related_model, number, table.name)}
                )
                for row_id, numbers in links
                for number in numbers
            )
        except IntegrityError:
            raise _broken(table.name, f"has one of its {name} twice") from None

    def _id_of(self, model: type[models.Model], number: int, place: str) -> int:
        found = self._ids.get(model, {}).get(number)
        if not found:
            raise _broken(place, "names a row that is not in the file")
        return found


def _require_empty(user: User) -> None:
    for table in all_tables():
        own = table.model._base_manager.filter(**{table.owner: user})
        if table.restored and own.exists():
            raise ImportRefused(
                "A whole export is restored into an empty ledger only, and yours is not: there "
                f"are {table.name} in it.",
                code="not_empty",
            )


def _rows_of(file: BinaryIO) -> Iterator[tuple[ExportedTable, dict[str, Any]]]:
    """The rows of the tables that are restored, each built by itself."""
    tables = {table.name: table for table in all_tables()}
    order = [table.name for table in all_tables()]
    head: dict[str, Any] = {}
    reached = -1
    builder: ijson.ObjectBuilder | None = None
    depth = 0
    where = "the beginning"
    try:
        for prefix, event, value in ijson.parse(file):
            depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
            if depth > _DEEPEST:
                raise _broken(where, "is nested too deep")
            if prefix in _HEAD:
                head[prefix] = value
            if prefix == "tables" and event == "start_map":
                _require_version(head)
            if prefix == "tables" and event == "map_key":
                where = value[:40]
                if value not in tables or order.index(value) <= reached:
                    raise _broken(where, "is a table that is not known, or out of its order")
                reached = order.index(value)
            if not prefix.startswith("tables.") or reached < 0:
                continue
            row = f"tables.{order[reached]}.item"
            if prefix == row and event == "start_map":
                builder = ijson.ObjectBuilder()
            elif prefix == row and builder is None:
                raise _broken(where, "has something in it that is no row")
            if builder is not None:
                builder.event(event, value)
                if prefix == row and event == "end_map":
                    if tables[where].restored:
                        yield tables[where], builder.value
                    builder = None
    except (ijson.JSONError, UnicodeError, ValueError) as error:
        if isinstance(error, ImportRefused):
            raise
        raise _broken(where, "is no valid JSON from somewhere on. It may be cut off") from None
    if reached < 0:
        _require_version(head)
        raise _broken("the file", "has no tables")


def _require_version(head: dict[str, Any]) -> None:
    if head.get("format") != FORMAT:
        raise ImportRefused("This is no export of a ledger.", code="not_a_statement")
    if head.get("version") != VERSION:
        raise ImportRefused(
            f"This export is of version {str(head.get('version'))[:12]}; version {VERSION} is read "
            "here.",
            code="version",
        )


def _numbers(place: str, value: Any) -> list[int]:
    if not isinstance(value, list) or any(type(each) is not int for each in value):
        raise _broken(place, "has a list of numbers that is none")
    return value


def _broken(place: str, what: str) -> ImportRefused:
    return ImportRefused(f"In the export, {place} {what}.", code="unreadable")
