"""What is wrong with a server or a store that somebody wrote, in words, before it is used."""

import inspect
import logging
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.core.exceptions import ImproperlyConfigured

from chatkit_django.conf import worker_count

if TYPE_CHECKING:
    from chatkit_django.server import ChatKitServer

logger = logging.getLogger(__name__)

SYNC = ("generate_thread_id", "generate_item_id")
NEVER_CALLED = (
    "_process_events",
    "_process_new_thread_item_respond",
    "_process_streaming",
    "_process_streaming_impl",
)
"""Methods of the SDK that its own way to stream goes through, and ours does not."""
_ABSTRACT = re.compile(r"Can't instantiate abstract class")


def build_checked(build: "Callable[[], ChatKitServer]") -> "ChatKitServer":
    """Build the server. Raises ``ImproperlyConfigured`` with every fault of it and its store;
    what is only a warning goes to the log."""
    try:
        server = build()
    except TypeError as error:
        if not _ABSTRACT.match(str(error)):
            raise
        faults: list[CheckMessage] = [_missing(str(error))]
        raise ImproperlyConfigured(_in_words(faults)) from error
    found = list(faults_of(server))
    faults = [one for one in found if one.is_serious()]
    if faults:
        raise ImproperlyConfigured(_in_words(faults))
    if found:
        logger.warning(_in_words(found))
    return server


def faults_of(server: object) -> Iterator[CheckMessage]:
    """The faults of a server and its stores, and what may be one."""
    from chatkit.server import ChatKitServer as SdkChatKitServer  # loaded with the server

    from chatkit_django.server import ChatKitServer

    if not isinstance(server, ChatKitServer):
        yield Error(
            f"The server is a {type(server).__name__}.",
            hint="Let the function given to ChatKitView.as_view(server=…) return an instance of a "
            "subclass of chatkit_django.server.ChatKitServer.",
            id="chatkit_django.E011",
        )
        return
    if iscoroutinefunction(server.respond):
        yield Error(
            f"{type(server).__name__}.respond returns where it should yield.",
            hint="Write it as an async generator: yield each event.",
            id="chatkit_django.E014",
        )
    for method in NEVER_CALLED:
        if getattr(type(server), method, None) is not getattr(SdkChatKitServer, method, None):
            yield Error(
                f"{type(server).__name__}.{method} would never be called.",
                hint="Change the events where respond or action yields them.",
                id="chatkit_django.E017",
            )
    yield from _faults_of_store(server.store)
    yield from _memory(server)


def _faults_of_store(store: object) -> Iterator[CheckMessage]:
    from chatkit_django.store import ChatStore

    name = type(store).__name__
    wanted = {
        method: inspect.getattr_static(ChatStore, method)
        for method in dir(ChatStore)
        if not method.startswith("_") and callable(getattr(ChatStore, method))
    }
    missing = [method for method in wanted if not callable(getattr(store, method, None))]
    if missing or not isinstance(store, ChatStore):
        lacking = f" and lacks {', '.join(missing)}" if missing else ""
        yield _missing(f"The store {name} is no ChatStore{lacking}.")
    for method, base in wanted.items():
        if method in missing:
            continue
        given = getattr(store, method)
        is_async = iscoroutinefunction(given) or iscoroutinefunction(inspect.unwrap(given))
        if is_async and not iscoroutinefunction(base):
            yield Error(
                f"{name}.{method} is async, but is called without await.",
                hint=f"Write def {method}, without async.",
                id="chatkit_django.E013",
            )
        elif iscoroutinefunction(base) and not is_async:
            yield Error(
                f"{name}.{method} is not async, but is awaited.",
                hint=f"Write async def {method}; a decorator keeps that with functools.wraps.",
                id="chatkit_django.E013",
            )


def _memory(server: "ChatKitServer") -> Iterator[CheckMessage]:
    from chatkit_django.attachments import DjangoAttachmentStore
    from chatkit_django.memory_store import MemoryStore

    if not isinstance(server.store, MemoryStore):
        return
    if isinstance(server.attachment_store, DjangoAttachmentStore):
        yield Error(
            "DjangoAttachmentStore keeps files in the database and MemoryStore does not: no file "
            "would ever count as sent.",
            hint="Use a DatabaseStore, or an attachment store of your own.",
            id="chatkit_django.E015",
        )
    workers = worker_count()
    if workers > 1 or not settings.DEBUG:
        yield Caution(
            "MemoryStore keeps the conversations in this process: they end with it"
            + (f", and each of {workers} workers has others." if workers > 1 else "."),
            hint="Use a DatabaseStore for what is to last.",
            id="chatkit_django.W008",
        )


def _missing(what: str) -> CheckMessage:
    return Error(
        what,
        hint="Inherit chatkit_django.store.ChatStore (or DatabaseStore) and ChatKitServer, write "
        "every method named here, and let chatkit_django.testing.StoreContract test the store.",
        id="chatkit_django.E012",
    )


def _in_words(faults: list[CheckMessage]) -> str:
    return "\n".join(f"{fault.id}: {fault.msg} {fault.hint}" for fault in faults)
