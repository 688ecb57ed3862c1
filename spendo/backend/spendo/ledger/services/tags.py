"""Words that the user puts on transactions."""

from collections.abc import Iterable, Mapping
from typing import Any

from spendo.ledger.changes import OpenChange, changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Tag, Transaction
from spendo.ledger.services.checks import BATCH, counted, named, own, own_transactions
from spendo.users.fields import fold
from spendo.users.models import User

_NAME_LIMIT = 60
_Link: type[Any] = Transaction.tags.through


def add_tag(user: User, name: str) -> Tag:
    """The user's tag of that name in any case, made when there is none."""
    name = named(name, "tag", _NAME_LIMIT)
    with changing(user, kind="add_tag", summary=f"Added the tag {name}") as change:
        return _tags(change, [name])[fold(name)]


def tag_transactions(user: User, ids: Iterable[int], tag: str) -> int:
    """Put the tag of that name on the rows, made when there is none; how many had it not."""
    name = named(tag, "tag", _NAME_LIMIT)
    with changing(user, kind="tag") as change:
        rows = own_transactions(user, ids)
        change.summary = f"Tagged {counted(len(rows), 'transaction')} {name}"
        return put_tags(change, {row.pk: (name,) for row in rows})


def untag_transactions(user: User, ids: Iterable[int], tag: str) -> int:
    """Take the tag of that name off the rows; how many had it."""
    with changing(user, kind="untag") as change:
        rows = own_transactions(user, ids)
        change.summary = f"Took {tag.strip()} off {counted(len(rows), 'transaction')}"
        links = _links([row.pk for row in rows])
        return change.delete_many(
            link for link in links if link.tag.name_key == fold(tag) and link.tag.user_id == user.pk
        )


def rename_tag(user: User, tag_id: int, name: str) -> Tag:
    """Give a tag another name. Raises LedgerError when another tag has it."""
    name = named(name, "tag", _NAME_LIMIT)
    with changing(user, kind="rename_tag") as change:
        tag = own(user, Tag, tag_id, "tag")
        change.summary = f"Renamed the tag {tag.name} to {name}"
        if Tag.objects.filter(user=user, name_key=fold(name)).exclude(pk=tag.pk).exists():
            raise LedgerError("There is a tag of this name already.")
        change.update(tag, name=name)
        return tag


def delete_tag(user: User, tag_id: int) -> None:
    """Delete a tag; the rows that had it stay."""
    with changing(user, kind="delete_tag") as change:
        tag = own(user, Tag, tag_id, "tag")
        change.summary = f"Deleted the tag {tag.name}"
        change.delete(tag)


def put_tags(change: OpenChange, names: Mapping[int, Iterable[str]]) -> int:
    """Put tags on own rows: names by the row's id. How many rows had not all of them."""
    wanted = {
        row_id: {fold(named(name, "tag", _NAME_LIMIT)): name.strip() for name in row_names}
        for row_id, row_names in names.items()
    }
    if not wanted:
        return 0
    tags = _tags(change, [name for row in wanted.values() for name in row.values()])
    there = {(link.transaction_id, link.tag_id) for link in _links(list(wanted))}
    new = [
        (row_id, tags[key].pk)
        for row_id, row in wanted.items()
        for key in row
        if (row_id, tags[key].pk) not in there
    ]
    change.create_many(_Link(transaction_id=row_id, tag_id=tag_id) for row_id, tag_id in new)
    return len({row_id for row_id, _ in new})


def _tags(change: OpenChange, names: Iterable[str]) -> dict[str, Tag]:
    """The tags of these names by their key; those that are missing are made."""
    wanted = {fold(name): name for name in names}
    tags = {tag.name_key: tag for tag in Tag.objects.filter(user=change.user)}
    missing = [Tag(user=change.user, name=wanted[key]) for key in wanted if key not in tags]
    tags |= {tag.name_key: tag for tag in change.create_many(missing)}
    return tags


def _links(ids: list[int]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(ids), BATCH):
        block = ids[start : start + BATCH]
        found += _Link.objects.filter(transaction_id__in=block).select_related("tag")
    return found
