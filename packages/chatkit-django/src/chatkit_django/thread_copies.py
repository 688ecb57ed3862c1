"""What a thread was like, to be compared with what it has become."""

from copy import deepcopy

from chatkit.types import ThreadMetadata


def copy_of(thread: ThreadMetadata) -> ThreadMetadata:
    """A copy that shares nothing that can be changed. Most of a thread cannot be, or is empty: to
    copy all of it deeply takes ten times as long."""
    fields = {
        name: value.model_copy() if name == "status" else deepcopy(value) if value else value
        for name, value in thread.__dict__.items()
        if name not in _PLAIN
    }
    if not thread.metadata:
        fields["metadata"] = {}
    return thread.model_copy(update=fields)


_PLAIN = frozenset({"id", "title", "created_at"})
