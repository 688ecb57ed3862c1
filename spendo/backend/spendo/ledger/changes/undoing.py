"""Taking a change back, exactly, or not at all."""

from collections.abc import Sequence

from django.db import IntegrityError, models, transaction

from spendo.ledger.changes.recording import OpenChange, Source, changing
from spendo.ledger.changes.relations import references, referring
from spendo.ledger.changes.rows import (
    RowChange,
    Values,
    field_names,
    from_record,
    in_blocks,
    model_of,
    recorded,
    restored,
)
from spendo.ledger.errors import ChangeConflict, UnknownRow
from spendo.ledger.models import Change
from spendo.users.models import User

_UNDID, _REDID = "Undid: ", "Redid: "
_CHANGED = "This cannot be undone: what it changed has been changed again since. Undo that first."
_IN_USE = "This cannot be undone: what it added is in use by now. Undo or delete that first."
_TAKEN = "This cannot be undone: something else has taken the place of what was there."


def undo(user: User, change_id: int, *, source: Source | None = None) -> Change:
    """Put every row of a change back as it was before it, and return that as a new change.

    Undoing the new change does the old one again. Raises UnknownRow when the change is not the
    user's, and ChangeConflict when it was undone already or a row of it was changed since;
    nothing is changed then.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).values_list("pk").get(pk=user.pk)
        change = Change.objects.filter(user=user, pk=change_id).select_related("undone_by").first()
        if change is None:
            raise UnknownRow("There is no such change.")
        if hasattr(change, "undone_by"):
            raise ChangeConflict("This has been undone already.")
        kind = "redo" if change.kind == "undo" else "undo"
        words = change.summary.removeprefix(_UNDID).removeprefix(_REDID)
        summary = f"{_REDID if kind == 'redo' else _UNDID}{words}"
        with changing(user, kind=kind, summary=summary, source=source, undoes=change) as act:
            for record in change.rows.order_by("-pk").iterator(chunk_size=20):
                _take_back(act, model_of(record.model), from_record(record))
    undone = act.change
    if undone is None:
        raise ChangeConflict("There is nothing in this change to undo.")
    return undone


def _take_back(act: OpenChange, model: type[models.Model], rows: list[RowChange]) -> None:
    made = {row.row_id: row.after for row in rows if row.before is None and row.after is not None}
    deleted = [row.before for row in rows if row.after is None and row.before is not None]
    changed = [row for row in rows if row.before is not None and row.after is not None]
    if made:
        _unmake(act, model, made)
    if deleted:
        _make_again(act, model, deleted)
    if changed:
        _change_back(act, model, changed)


def _unmake(act: OpenChange, model: type[models.Model], made: dict[int, Values]) -> None:
    now = model._base_manager.in_bulk(list(made))
    if any(row_id not in now or not _is_still(now[row_id], made[row_id]) for row_id in made):
        raise ChangeConflict(_CHANGED)
    for relation in referring(model):
        others = relation.rows(list(made))
        if relation.model is model:
            others = others.exclude(pk__in=list(made))
        if others.exists():
            raise ChangeConflict(_IN_USE)
    act.delete_many(now[row_id] for row_id in made)


def _make_again(act: OpenChange, model: type[models.Model], deleted: Sequence[Values]) -> None:
    rows = [model(**restored(model, values)) for values in deleted]
    for name, target in references(model):
        wanted = {getattr(row, name) for row in rows} - {None}
        wanted -= {row.pk for row in rows} if target is model else set()
        found = sum(
            target._base_manager.filter(pk__in=block).count() for block in in_blocks(wanted)
        )
        if found != len(wanted):
            raise ChangeConflict(_TAKEN)
    if model._base_manager.filter(pk__in=[row.pk for row in rows]).exists():
        raise ChangeConflict(_TAKEN)
    try:
        with transaction.atomic():
            act.create_many(rows)
    except IntegrityError:
        raise ChangeConflict(_TAKEN) from None


def _change_back(act: OpenChange, model: type[models.Model], changed: list[RowChange]) -> None:
    now = model._base_manager.in_bulk([row.row_id for row in changed])
    back = []
    for row in changed:
        there = now.get(row.row_id)
        if there is None or not _is_still(there, row.after or {}):
            raise ChangeConflict(_CHANGED)
        back.append((there, restored(model, row.before or {})))
    _require_targets(model, back)
    try:
        with transaction.atomic():
            act.update_each(back)
    except IntegrityError:
        raise ChangeConflict(_TAKEN) from None


def _require_targets(
    model: type[models.Model], back: Sequence[tuple[models.Model, Values]]
) -> None:
    """What the rows are to name again is still there."""
    for name, target in references(model):
        wanted = {values[name] for _, values in back if values.get(name) is not None}
        if wanted and target._base_manager.filter(pk__in=wanted).count() != len(wanted):
            raise ChangeConflict(_TAKEN)


def _is_still(row: models.Model, after: Values) -> bool:
    """Fields that tables have gained or lost since say nothing."""
    model = type(row)
    return all(
        recorded(model, name, getattr(row, name)) == after[name]
        for name in field_names(model)
        if name in after
    )
