"""Who a request's session belongs to, with two small queries in one place.

Django builds these queries anew for every request, which takes ten times longer than they do.
Here only the plain case is answered: Django's own session table and model backend, and everything
as it should be. Whatever is not (another backend, an expired session, a changed password) is left
to ``django.contrib.auth.get_user``, which alone may decide that somebody is not signed in.

Both rows are read for every request. What they mean takes signatures and hashes to find out; it is
found out once, and again when a byte of either has changed.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Model
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from chatkit_django.own_connections import connection_to
from chatkit_django.rows_by_hand import Condition, Row, fetch


class SignedOut(Exception):  # noqa: N818  (nothing is wrong: it is asked in another way)
    """What was known of who asks does not hold any more."""


class RowByKey:
    """``Model._default_manager.get(pk=…)`` on the default database, compiled once in each
    thread."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self._compiled = threading.local()

    def row(self, key: Any) -> Row | None:
        """The row as the driver gives it; None if there is none, or if the model's manager does
        more than select it."""
        query = self.query(key)
        if not query.is_plain:
            return None
        found = fetch(connection_to("default"), query.sql, [query.adapted(key)])
        return found[0] if len(found) == 1 else None

    def instance(self, key: Any, row: Row) -> Model:
        """The row as an object of the model."""
        return self.model.from_db("default", *self.fields(key, row))

    def fields(self, key: Any, row: Row) -> tuple[list[str], Row]:
        """The names of the row's fields, and their values as the model has them."""
        query = self.query(key)
        if query.converters:
            (row,) = query.compiler.apply_converters([row], query.converters)
        return query.names, row

    def query(self, key: Any) -> "RowQuery":
        known: RowQuery | None = getattr(self._compiled, "query", None)
        if known is None or known.compiler.connection is not connection_to("default"):
            known = self._compiled.query = RowQuery.of(self.model, key)
        return known


@dataclass(frozen=True)
class RowQuery:
    """The query for one row of a model, as this thread's connection takes it."""

    compiler: Any
    sql: str
    names: list[str]
    converters: Any
    is_plain: bool
    adapted: Callable[[Any], Any]

    @classmethod
    def of(cls, model: type[Model], key: Any) -> "RowQuery":
        query = model._default_manager.using("default").filter(pk=key).query
        compiler = query.get_compiler(using="default")
        sql, params = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        names = [column.target.attname for column in columns if hasattr(column, "target")]
        return cls(
            compiler=compiler,
            sql=sql,
            names=names,
            converters=compiler.get_converters(columns),
            is_plain=(
                len(params) == 1
                and not query.select_related
                and query.deferred_loading == (frozenset(), True)
                and names == [field.attname for field in model._meta.concrete_fields]
            ),
            adapted=lambda value: model._meta.pk.get_db_prep_value(value, compiler.connection),
        )


@cache
def _sessions() -> RowByKey:
    return RowByKey(SessionStore.get_model_class())


@cache
def _users() -> RowByKey:
    return RowByKey(auth.get_user_model())


@dataclass
class SignIn:
    """A session found to be a user's, with the two rows that say so, and the user's fields with
    their names. ``source`` is where both rows are, with its values in ``keys``; ``texts`` are the
    rows as PostgreSQL writes them, once they were read there."""

    expires_at: datetime
    user_key: Any
    user_fields: tuple[list[str], Row]
    rows: Row
    source: str
    keys: list[Any]
    texts: Row | None = None

    def holds(self) -> bool:
        """Whether both rows are still the same, and the session has not ended. Reads them, in
        one query."""
        if self.expires_at <= timezone.now():
            return False
        connection = connection_to("default")
        texts = ", s::text, u::text" if connection.vendor == "postgresql" else ""
        query = f"SELECT s.*, u.*{texts} FROM {self.source}"  # noqa: S608
        found = fetch(connection, query, self.keys)
        if len(found) != 1 or found[0][: len(self.rows)] != self.rows:
            return False
        self.texts = found[0][len(self.rows) :] or None
        return True

    def condition(self) -> Condition | None:
        """``holds`` as a condition in another query, where that is possible."""
        if self.texts is None or self.expires_at <= timezone.now():
            return None
        return Condition(
            f"EXISTS (SELECT 1 FROM {self.source} WHERE s::text = %s AND u::text = %s)",  # noqa: S608
            [*self.keys, *self.texts],
        )

    def user(self) -> Any:
        """The user, as an object nobody else has. Asks no database, nor for one."""
        return _users().model.from_db("default", *self.user_fields)


class SignInCheck:
    """``SignIn.holds`` for one request. ``done`` says whether that was seen to."""

    def __init__(self, sign_in: SignIn) -> None:
        self._sign_in = sign_in
        self.done = False

    def __call__(self) -> None:
        """Raises ``SignedOut``."""
        self.done = self._sign_in.holds()
        if not self.done:
            raise SignedOut

    def condition(self) -> Condition | None:
        condition = self._sign_in.condition()
        self.done = condition is not None
        return condition


def signed_in_user(request: Any) -> Any:
    """The user of the request, or ``AnonymousUser``. Leaves the session loaded, and in the plain
    case a ``SignIn`` at ``request``, for ``sign_in_of``."""
    if settings.DATABASE_ROUTERS or type(request.session) is not SessionStore:
        return auth.get_user(request)
    found = _plain_sign_in(request.session)
    if found is None:
        return auth.get_user(request)
    request._chatkit_sign_in = found
    return found.user()


def sign_in_of(request: Any) -> SignIn | None:
    """What ``signed_in_user`` left there."""
    return getattr(request, "_chatkit_sign_in", None)


def _plain_sign_in(session: Any) -> SignIn | None:
    if not session.session_key:
        return None
    sessions = _sessions()
    session_row = sessions.row(session.session_key)
    if session_row is None:
        return None
    stored: Any = sessions.instance(session.session_key, session_row)
    if stored.expire_date <= timezone.now():
        return None
    vars(session)["_session_cache"] = session.decode(stored.session_data)
    user_key, user_row = _user_row(session)
    if user_row is None:
        return None
    session_query, user_query = sessions.query(session.session_key), _users().query(user_key)
    return SignIn(
        expires_at=stored.expire_date,
        user_key=user_key,
        user_fields=_users().fields(user_key, user_row),
        rows=session_row + user_row,
        source=f"({session_query.sql}) s, ({user_query.sql}) u",
        keys=[session_query.adapted(session.session_key), user_query.adapted(user_key)],
    )


def _user_row(session: Any) -> tuple[Any, Row | None]:
    path = session.get(auth.BACKEND_SESSION_KEY)
    expected = session.get(auth.HASH_SESSION_KEY)
    if path not in settings.AUTHENTICATION_BACKENDS or not expected:
        return None, None
    backend: Any = auth.load_backend(path)
    kind = type(backend)
    if (
        kind.get_user is not ModelBackend.get_user
        or kind.user_can_authenticate is not ModelBackend.user_can_authenticate
    ):
        return None, None
    key = auth.get_user_model()._meta.pk.to_python(session[auth.SESSION_KEY])
    row = _users().row(key)
    if row is None:
        return None, None
    user: Any = _users().instance(key, row)
    if (
        hasattr(user, "get_session_auth_hash")
        and backend.user_can_authenticate(user)
        and constant_time_compare(expected, user.get_session_auth_hash())
    ):
        return key, row
    return None, None
