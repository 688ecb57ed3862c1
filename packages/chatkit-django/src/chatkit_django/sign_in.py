"""Who a request's session belongs to, with two small queries in one place.

Django builds these queries anew for every request, which takes ten times longer than they do.
Here only the plain case is answered: Django's own session table and model backend, and everything
as it should be. Whatever is not (another backend, an expired session, a changed password) is left
to ``django.contrib.auth.get_user``, which alone may decide that somebody is not signed in.

Both rows are read for every request. What they mean takes signatures and hashes to find out; it is
found out once, and again when a byte of either has changed.
"""

import threading
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.db.models import Model
from django.utils import timezone
from django.utils.crypto import constant_time_compare

Row = tuple[Any, ...]


class SignedOut(Exception):  # noqa: N818  (nothing is wrong: it is asked in another way)
    """What was known of who asks does not hold any more."""


class RowByKey:
    """``Model._default_manager.get(pk=…)`` on the default database, compiled once in each
    thread."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._compiled = threading.local()

    def row(self, key: Any) -> Row | None:
        """The row as the driver gives it; None if there is none, or if the model's manager does
        more than select it."""
        compiler, sql, *_, is_plain = self._query(key)
        if not is_plain:
            return None
        adapted = self._model._meta.pk.get_db_prep_value(key, compiler.connection)
        with compiler.connection.cursor() as cursor:
            cursor.execute(sql, [adapted])
            rows: list[Row] = cursor.fetchall()
        return rows[0] if len(rows) == 1 else None

    def instance(self, key: Any, row: Row) -> Model:
        """The row as an object of the model."""
        compiler, _, names, converters, _ = self._query(key)
        if converters:
            (row,) = compiler.apply_converters([row], converters)
        return self._model.from_db("default", names, row)

    def _query(self, key: Any) -> tuple[Any, str, list[str], Any, bool]:
        compiled: Any = getattr(self._compiled, "query", None)
        if compiled is None or compiled[0].connection is not connections["default"]:
            compiled = self._compiled.query = self._compile(key)
        return compiled  # type: ignore[no-any-return]

    def _compile(self, key: Any) -> tuple[Any, str, list[str], Any, bool]:
        query = self._model._default_manager.using("default").filter(pk=key).query
        compiler = query.get_compiler(using="default")
        sql, params = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        names = [column.target.attname for column in columns if hasattr(column, "target")]
        is_plain = (
            len(params) == 1
            and not query.select_related
            and query.deferred_loading == (frozenset(), True)
            and names == [field.attname for field in self._model._meta.concrete_fields]
        )
        return compiler, sql, names, compiler.get_converters(columns), is_plain


@cache
def row_by_key(model: Any) -> RowByKey:
    return RowByKey(model)


@cache
def _sessions() -> RowByKey:
    return row_by_key(SessionStore.get_model_class())


@dataclass(frozen=True)
class SignIn:
    """A session found to be a user's, with the two rows that say so."""

    session_key: str
    session_row: Row
    expires_at: datetime
    user_key: Any
    user_row: Row

    def holds(self) -> bool:
        """Whether both rows are still the same, and the session has not ended. Reads them."""
        return (
            self.expires_at > timezone.now()
            and _sessions().row(self.session_key) == self.session_row
            and row_by_key(auth.get_user_model()).row(self.user_key) == self.user_row
        )

    def user(self) -> Any:
        """The user, as an object nobody else has."""
        return row_by_key(auth.get_user_model()).instance(self.user_key, self.user_row)


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
    return SignIn(session.session_key, session_row, stored.expire_date, user_key, user_row)


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
    model = auth.get_user_model()
    key = model._meta.pk.to_python(session[auth.SESSION_KEY])
    row = row_by_key(model).row(key)
    if row is None:
        return None, None
    user: Any = row_by_key(model).instance(key, row)
    if (
        hasattr(user, "get_session_auth_hash")
        and backend.user_can_authenticate(user)
        and constant_time_compare(expected, user.get_session_auth_hash())
    ):
        return key, row
    return None, None
