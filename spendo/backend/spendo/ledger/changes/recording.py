"""An act while it happens: each write goes through it, and is recorded as it was and is."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from django.db import models, transaction

from spendo.ledger.changes.relations import referring, remembering
from spendo.ledger.changes.rows import (
    RowChange,
    Values,
    field_names,
    folded_copies,
    in_blocks,
    label_of,
    recorded,
    to_records,
    whole,
)
from spendo.ledger.models import Change, ChangedRow
from spendo.users.fields import fold
from spendo.users.models import User

Source = Literal["web", "chat", "command", "system"]
M = TypeVar("M", bound=models.Model)

_SUMMARY_LIMIT = 300
_FEW = 20
"""So many different sets of values are written with a statement each, more with CASE."""


@dataclass(slots=True)
class Act:
    """Where changes come from, and which ones came."""

    source: Source
    change_ids: list[int] = field(default_factory=list)


_act: ContextVar[Act | None] = ContextVar("ledger_act", default=None)
_open: ContextVar["OpenChange | None"] = ContextVar("open_ledger_change", default=None)


@contextmanager
def acting(source: Source) -> Iterator[Act]:
    """Changes inside come from `source` unless they say otherwise; the act knows their ids."""
    act = Act(source)
    token = _act.set(act)
    try:
        yield act
    finally:
        _act.reset(token)


@contextmanager
def changing(
    user: User,
    *,
    kind: str,
    summary: str = "",
    source: Source | None = None,
    undoes: Change | None = None,
) -> Iterator["OpenChange"]:
    """Make one act of the user, all or nothing. An act that changes nothing leaves no trace.

    `kind` is one word or a few with underscores, `summary` one line for the user; the summary may
    still be set on the open change before it writes. `source` is that of `acting`, or "web".
    Inside an act of the same user this is a part of that act, which keeps its own words.
    """
    outer = _open.get()
    if outer is not None:
        if outer.user.pk != user.pk or undoes is not None:
            raise RuntimeError("An act is of one user, and an undo is an act of its own.")
        with outer.part():
            yield outer
        return
    act = _act.get()
    chosen: Source = source or (act.source if act else "web")
    with transaction.atomic():
        _wait_for_other_acts(user)
        change = OpenChange(user, kind=kind, summary=summary, source=chosen, undoes=undoes)
        token = _open.set(change)
        try:
            yield change
        finally:
            _open.reset(token)
    if act is not None and change.id is not None:
        act.change_ids.append(change.id)


def _wait_for_other_acts(user: User) -> None:
    """PostgreSQL: one act of a user at a time. SQLite has one writer anyway."""
    User.objects.select_for_update(no_key=True).values_list("pk").get(pk=user.pk)


class OpenChange:
    """The act, for as long as its block runs. What it is given was read inside the block."""

    def __init__(
        self, user: User, *, kind: str, summary: str, source: Source, undoes: Change | None
    ) -> None:
        self.user = user
        self.kind = kind
        self._summary = summary
        self._parts = 0
        self._source = source
        self._undoes = undoes
        self._change: Change | None = None

    @property
    def summary(self) -> str:
        return self._summary

    @summary.setter
    def summary(self, words: str) -> None:
        """Only the act itself says what it is, not the acts within it."""
        if not self._parts:
            self._summary = words

    @property
    def id(self) -> int | None:
        """The number of the change; none until something is changed."""
        return self._change.pk if self._change else None

    @property
    def change(self) -> Change | None:
        return self._change

    def create(self, row: M) -> M:
        self.create_many([row])
        return row

    def create_many(self, rows: Iterable[M]) -> list[M]:
        """Insert the rows, which get their ids. Raises IntegrityError where one cannot be."""
        made: list[M] = []
        for block in in_blocks(rows):
            model = type(block[0])
            self._require_own(block)
            model._base_manager.bulk_create(block)
            self._record(model, [RowChange(row.pk, None, whole(row)) for row in block])
            made += block
        return made

    def update(self, row: M, **fields: Any) -> bool:
        """Give the row these values; whether that changed anything."""
        return self.update_each([(row, fields)]) == 1

    def update_many(self, rows: Iterable[M], **fields: Any) -> int:
        """Give every row the same values; how many that changed."""
        return self.update_each([(row, fields) for row in rows])

    def update_each(self, rows: Sequence[tuple[M, Values]]) -> int:
        """Give each row of one model its own values; how many that changed."""
        done = 0
        for block in in_blocks(rows):
            model = type(block[0][0])
            self._require_own([row for row, _ in block])
            changes = [change for row, fields in block if (change := _set(row, fields))]
            _write(model, [row for row, _ in block], changes)
            self._record(model, changes)
            done += len(changes)
        return done

    def delete(self, *rows: models.Model) -> int:
        """Delete rows of one model, as `delete_many` does."""
        return self.delete_many(rows)

    def delete_many(self, rows: Iterable[models.Model]) -> int:
        """Delete the rows and what cannot be without them; what can be forgets them.

        Returns how many rows of this model were deleted. All of it is recorded.
        """
        done = 0
        for block in in_blocks(rows):
            self._require_own(block)
            done += self._delete(type(block[0]), [row.pk for row in block])
        return done

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part that fails leaves nothing of itself, though the act may go on."""
        before = self._change
        self._parts += 1
        try:
            with transaction.atomic():
                yield
        except BaseException:
            self._change = before
            raise
        finally:
            self._parts -= 1

    def _delete(self, model: type[models.Model], ids: list[int]) -> int:
        for relation in referring(model):
            there = relation.rows(ids)
            if relation.goes_along:
                for block in in_blocks(list(there)):
                    self._delete(relation.model, [row.pk for row in block])
            else:
                self.update_many(list(there), **{relation.name: None})
        for relation in remembering(model):
            relation.rows(ids).update(**{relation.name: None})
        gone = list(model._base_manager.filter(pk__in=ids).order_by("pk"))
        changes = [RowChange(row.pk, whole(row), None) for row in gone]
        rows = model._base_manager.filter(pk__in=ids)
        rows._raw_delete(rows.db)
        self._record(model, changes)
        return len(gone)

    def _record(self, model: type[models.Model], changes: list[RowChange]) -> None:
        if not changes:
            return
        if self._change is None:
            self._change = Change.objects.create(
                user=self.user,
                kind=self.kind,
                summary=self.summary.replace("\x00", "")[:_SUMMARY_LIMIT],
                source=self._source,
                undoes=self._undoes,
            )
        label = label_of(model)
        ChangedRow.objects.bulk_create(
            ChangedRow(
                change=self._change,
                model=label,
                row_id=row_id,
                count=count,
                before=before,
                after=after,
            )
            for row_id, count, before, after in to_records(model, changes)
        )

    def _require_own(self, rows: Sequence[models.Model]) -> None:
        if any(getattr(row, "user_id", self.user.pk) != self.user.pk for row in rows):
            raise RuntimeError("An act changes rows of its own user only.")


def _set(row: models.Model, fields: Values) -> RowChange | None:
    """Put the values on the row; what differs, before and after."""
    model = type(row)
    wanted = {_column(model, name): value for name, value in fields.items()}
    before: Values = {}
    after: Values = {}
    for name, value in wanted.items():
        old = recorded(model, name, getattr(row, name))
        new = recorded(model, name, value.pk if isinstance(value, models.Model) else value)
        if old != new:
            before[name], after[name] = old, new
            setattr(row, name, value.pk if isinstance(value, models.Model) else value)
            if (copy := folded_copies(model).get(name)) is not None:
                setattr(row, copy.attname, fold(value)[: copy.max_length])
    return RowChange(row.pk, before, after) if after else None


def _column(model: type[models.Model], name: str) -> str:
    """`category` and `category_id` are one field."""
    return name if name in field_names(model) else f"{name}_id"


def _write(
    model: type[models.Model], rows: Sequence[models.Model], changes: list[RowChange]
) -> None:
    """As few statements as there are different sets of values, or one with CASE."""
    by_id = {row.pk: row for row in rows}
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for change in changes:
        alike.setdefault(tuple(sorted((change.after or {}).items())), []).append(change.row_id)
    if len(alike) <= _FEW:
        for values, ids in alike.items():
            names = _with_copies(model, [name for name, _ in values])
            now = {name: getattr(by_id[ids[0]], name) for name in names}
            model._base_manager.filter(pk__in=ids).update(**now)
        return
    changed = sorted({name for change in changes for name in change.after or {}})
    model._base_manager.bulk_update(
        [by_id[change.row_id] for change in changes], _with_copies(model, changed)
    )


def _with_copies(model: type[models.Model], names: list[str]) -> list[str]:
    copies = folded_copies(model)
    return [*names, *(copies[name].attname for name in names if name in copies)]
