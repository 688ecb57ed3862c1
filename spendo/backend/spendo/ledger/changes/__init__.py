"""The one way to change the ledger: an act that is recorded whole, and can be undone.

    with changing(user, kind="split", summary="Split Costco in two") as change:
        change.create_many(parts)
        change.update(parent, is_split=True)

Everything inside happens, or nothing. Acts of one user happen one after another, so what is read
inside is still true when it is written. An act inside another one of the same user is part of it.
"""

from spendo.ledger.changes.recording import Act, OpenChange, Source, acting, changing
from spendo.ledger.changes.undoing import undo
from spendo.ledger.errors import ChangeConflict

__all__ = ["Act", "ChangeConflict", "OpenChange", "Source", "acting", "changing", "undo"]
