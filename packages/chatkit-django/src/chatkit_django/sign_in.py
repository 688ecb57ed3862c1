"""Who a request's session belongs to, with two small queries in one place.

Django builds these queries anew for every request, which takes ten times longer than they do.
Here only the plain case is answered: Django's own session table and model backend, and everything
as it should be. Whatever is not (another backend, an expired session, a changed password) is left
to ``django.contrib.auth.get_user``, which alone may decide that somebody is not signed in.
"""

import threading
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare


class RowByKey:
    """``Model._default_manager.get(pk=…)`` on the default database, compiled once in each
    thread."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._compiled = threading.local()

    def get(self, key: Any) -> Model | None:
        """The row; None if there is none, or if the model's manager does more than select it."""
        compiled = getattr(self._compiled, "query", None)
        if compiled is None or compiled[0].connection is not connections["default"]:
            compiled = self._compiled.query = self._compile(key)
        compiler, sql, names, converters, is_plain = compiled
        if not is_plain:
            return None
        adapted = self._model._meta.pk.get_db_prep_value(key, compiler.connection)
        with compiler.connection.cursor() as cursor:
            cursor.execute(sql, [adapted])
            rows = cursor.fetchall()
        if len(rows) != 1:
            return None
        if converters:
            (row,) = compiler.apply_converters(rows, converters)
        else:
            (row,) = rows
        return self._model.from_db("default", names, row)

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


def signed_in_user(request: HttpRequest) -> Any:
    """The user of the request, or ``AnonymousUser``. Leaves the session loaded."""
    if settings.DATABASE_ROUTERS:
        return auth.get_user(request)
    session: Any = request.session
    if type(session) is SessionStore and session.session_key:
        model: Any = session.model
        row: Any = row_by_key(model).get(session.session_key)
        if row is not None and row.expire_date > timezone.now():
            vars(session)["_session_cache"] = session.decode(row.session_data)
    return _plain_user(session) or auth.get_user(request)


def _plain_user(session: Any) -> Any:
    path = session.get(auth.BACKEND_SESSION_KEY)
    expected = session.get(auth.HASH_SESSION_KEY)
    if path not in settings.AUTHENTICATION_BACKENDS or not expected:
        return None
    backend: Any = auth.load_backend(path)
    if type(backend).get_user is not ModelBackend.get_user:
        return None
    model = auth.get_user_model()
    user: Any = row_by_key(model).get(model._meta.pk.to_python(session[auth.SESSION_KEY]))
    if (
        user is not None
        and hasattr(user, "get_session_auth_hash")
        and backend.user_can_authenticate(user)
        and constant_time_compare(expected, user.get_session_auth_hash())
    ):
        return user
    return None
