"""``manage.py chatkit_check [URL]``: is this chat in order, and if not, what is to be done?"""

import asyncio
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.middleware.csrf import CSRF_SESSION_KEY
from django.urls import get_resolver
from django.utils.crypto import get_random_string

from chatkit_django.chat_urls import chat_paths
from chatkit_django.conversation_check import Conversation, Door, Finding
from chatkit_django.doors import TOKEN, InProcess, OverHttp
from chatkit_django.models import Thread

HELLO = "Hello! This is a check of the chat. Please answer in one short sentence."


class Command(BaseCommand):
    help = (
        "Hold a real conversation with the chat and say in words what is wrong and how to mend it: "
        "in this process, or at URL, a server with the same database. It asks whatever answers "
        "the chat two questions, and leaves nothing behind."
    )
    requires_system_checks: list[str] = []  # the first thing it does is to run and explain them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", nargs="?", help="address of the chat on a running server")
        parser.add_argument("--user", help="ask as this user instead of a temporary one")
        parser.add_argument("--message", default=HELLO, help="what to ask")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = self._report(project_findings())
        if faults:
            raise CommandError("The project must be mended before it can be talked to.")
        for name, door, known in doors(options["url"]):
            self.stdout.write(f"\n{name}")
            self._report(known)
            with visitors(options["user"]) as (owner, stranger):
                conversation = Conversation(door, owner, stranger, options["message"])
                try:
                    findings = asyncio.run(conversation.check())
                finally:
                    Thread.objects.filter(pk=conversation.thread_id).delete()
            faults += self._report(findings)
        if faults:
            raise CommandError(f"{faults} to mend.")
        self.stdout.write(self.style.SUCCESS("\nThe chat is in order."))

    def _report(self, findings: list[Finding]) -> int:
        for finding in findings:
            if finding.mend:
                self.stdout.write(self.style.ERROR(f"  wrong  {finding.what}"))
                self.stdout.write(f"         {finding.mend}")
            else:
                self.stdout.write(f"  ok     {finding.what}")
        return sum(bool(finding.mend) for finding in findings)


def project_findings() -> list[Finding]:
    """The numbered checks, and whether the tables are there."""
    found = []
    for message in run_checks(tags=["chatkit_django"]):
        what = f"{message.id}: {message.msg}"
        serious = message.is_serious()
        found.append(
            Finding(what, message.hint or "") if serious else Finding(f"{what} {message.hint}")
        )
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            found.append(Finding("Migrations are not applied.", "Run manage.py migrate."))
    except DatabaseError:
        found.append(Finding("The database does not answer.", "Correct DATABASES, or start it."))
    return found or [Finding("The project's settings and tables are in order.")]


def doors(url: str | None) -> Iterator[tuple[str, Door, list[Finding]]]:
    """The chat at the URL, or each of this project's with what its server says of itself."""
    if url is not None:
        try:
            yield url, OverHttp(url), []
        except ValueError as error:
            raise CommandError(str(error)) from error
        return
    paths = list(chat_paths(get_resolver().url_patterns, "/"))
    if not paths:
        raise CommandError(
            'No URL leads to ChatKitView. Add path("chatkit/", ChatKitView.as_view(server=…)).'
        )
    for path, view in paths:
        yield path, InProcess(path), server_findings(view)


def server_findings(view: Any) -> list[Finding]:
    """Build the server now: what is wrong with it would else be one 500 among others. What no
    conversation can find out is said here."""
    try:
        server = asyncio.run(view.view_initkwargs["lazy_server"].get())
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from error
    from chatkit_django.memory_store import MemoryStore  # with the SDK, which is loaded by now

    if not isinstance(server.store, MemoryStore):
        return []
    return [
        Finding(
            "MemoryStore keeps conversations until the process ends: whether they last is not "
            "checked, and workers do not know each other's."
        )
    ]


@contextmanager
def visitors(username: str | None) -> Iterator[tuple[str, str]]:
    """The cookies of two sessions, of the named or a temporary user and of a temporary stranger;
    afterwards sessions and temporary users are gone."""
    temporary: list[AbstractBaseUser] = []
    sessions: list[Any] = []
    try:
        owner = named_user(username) if username else temporary_user(temporary)
        sessions.append(open_session(owner))
        sessions.append(open_session(temporary_user(temporary)))
        yield sessions[0].session_key, sessions[1].session_key
    finally:
        for session in sessions:
            session.delete()
        for user in temporary:
            user.delete()


def named_user(username: str) -> AbstractBaseUser:
    model = get_user_model()
    try:
        return model._default_manager.get_by_natural_key(username)
    except model.DoesNotExist:
        raise CommandError(f"There is no user {username}.") from None


def temporary_user(kept: list[AbstractBaseUser]) -> AbstractBaseUser:
    model = get_user_model()
    name = f"chatkit-check-{get_random_string(12).lower()}@example.invalid"
    user = model(**{model.USERNAME_FIELD: name})
    user.set_unusable_password()
    user.save()
    kept.append(user)
    return user


def open_session(user: AbstractBaseUser) -> Any:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = backend_of(user)
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[CSRF_SESSION_KEY] = TOKEN
    session.save()
    return session


def backend_of(user: AbstractBaseUser) -> str:
    """The first sign-in backend that knows the user by id."""
    from django.contrib.auth import load_backend

    for path in settings.AUTHENTICATION_BACKENDS:
        find = getattr(load_backend(path), "get_user", None)  # some only refuse
        if find is not None and find(user.pk) is not None:
            return path
    raise CommandError("No backend of AUTHENTICATION_BACKENDS knows the users of this database.")
