"""The transactions of our writer on SQLite.

``transaction.atomic`` begins and ends with cursors, their wrappers and many looks for the task it
is in: three times what SQLite needs for an empty one. In a thread of ours, where no other is open,
this does the same to the database and to Django's connection, and no more.
"""

from contextlib import AbstractContextManager
from types import TracebackType

from django.db import DatabaseError, Error, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chatkit_django.own_connections import connection_to
from chatkit_django.rows_by_hand import is_looked_at


def in_transaction(alias: str) -> AbstractContextManager[None]:
    """``transaction.atomic`` of this database."""
    connection = connection_to(alias)
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    if (
        connection.vendor != "sqlite"
        or connection.in_atomic_block
        or not connection.autocommit
        or is_looked_at(connection)
    ):
        return transaction.atomic(alias)
    return _Outermost(connection)


class _Outermost(AbstractContextManager[None]):
    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        connection = self._connection
        mode = getattr(connection, "transaction_mode", None)
        with connection.wrap_database_errors:
            connection.connection.execute(f"BEGIN {mode}" if mode else "BEGIN")
        connection.autocommit, connection.in_atomic_block = False, True
        connection.commit_on_exit, connection.needs_rollback = True, False

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        connection = self._connection
        connection.in_atomic_block = False
        try:
            if connection.closed_in_transaction:
                return  # the database has taken all of it back
            if kind is None and not connection.needs_rollback:
                self._commit()
            else:
                self._roll_back()
        finally:
            if connection.closed_in_transaction:
                connection.connection = None
            else:
                connection.autocommit, connection.needs_rollback = True, False
        if connection.run_on_commit:
            connection.run_and_clear_commit_hooks()

    def _commit(self) -> None:
        try:
            with self._connection.wrap_database_errors:
                self._connection.connection.commit()
        except DatabaseError:
            self._roll_back()
            raise
        self._connection.errors_occurred = False

    def _roll_back(self) -> None:
        try:
            self._connection.rollback()
        except Error:
            self._connection.close()
