"""Each check finds its fault, and is silent about a project that is in order."""

import logging
import sys

import pytest
from asgiref.sync import sync_to_async
from chatkit.store import Store
from chatkit.types import Page
from corsheaders.defaults import default_headers
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from chatkit_django.checks import CHATKIT_EXPOSED_HEADERS, CHATKIT_HEADERS
from chatkit_django.page_results import NotAPage
from chatkit_django.server import ChatKitServer
from chatkit_django.server_checks import build_checked, faults_of
from chatkit_django.store import DatabaseStore
from chatkit_django.testing import ChatKitClient
from chatkit_django.views import RUN_HEADER
from tests.scripted import ScriptedServer

GZIP = "django.middleware.gzip.GZipMiddleware"
SHOP = "https://shop.example"


def found():
    return [problem.id.removeprefix("chatkit_django.") for problem in messages()]


def messages():
    return run_checks(tags=["chatkit_django"])


@pytest.fixture
def other_origins(settings, monkeypatch):
    """A project whose chat may be used from pages of another origin, made as it should be."""
    # The app registry of the tests is as it is; the check only asks whether it is installed.
    monkeypatch.setattr("chatkit_django.checks.apps.is_installed", lambda name: True)
    settings.MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *settings.MIDDLEWARE]
    settings.CORS_ALLOWED_ORIGINS = [SHOP]
    settings.CORS_ALLOW_CREDENTIALS = True
    settings.CORS_ALLOW_HEADERS = [*default_headers, *CHATKIT_HEADERS]
    settings.CORS_EXPOSE_HEADERS = [*CHATKIT_EXPOSED_HEADERS]
    settings.CSRF_TRUSTED_ORIGINS = [SHOP]
    return settings


def test_a_project_open_to_another_origin_can_be_in_order(other_origins):
    assert found() == []


@pytest.mark.parametrize("without", CHATKIT_HEADERS)
def test_a_missing_chatkit_header_is_found(other_origins, without):
    allowed = [name for name in other_origins.CORS_ALLOW_HEADERS if name != without]
    other_origins.CORS_ALLOW_HEADERS = allowed
    assert found() == ["E006"]
    assert without in messages()[0].msg


def test_the_headers_corsheaders_allows_by_itself_are_too_few(other_origins):
    del other_origins.CORS_ALLOW_HEADERS
    assert found() == ["E006"]


@pytest.mark.parametrize("without", CHATKIT_EXPOSED_HEADERS)
def test_a_header_that_other_origins_do_not_see_is_found(other_origins, without):
    other_origins.CORS_EXPOSE_HEADERS.remove(without)
    assert found() == ["W010"]
    assert f"the header {without}:" in messages()[0].msg


def test_the_header_of_a_run_is_among_those_that_are_exposed():
    assert RUN_HEADER in CHATKIT_EXPOSED_HEADERS


def test_a_star_exposes_all_headers_only_where_no_cookies_are_sent(other_origins):
    other_origins.CORS_EXPOSE_HEADERS = ["*"]
    assert found() == ["W010"]
    other_origins.CORS_ALLOW_CREDENTIALS = False
    assert found() == []


def test_headers_are_compared_without_case(other_origins):
    for name in ("CORS_ALLOW_HEADERS", "CORS_EXPOSE_HEADERS"):
        setattr(other_origins, name, [header.upper() for header in getattr(other_origins, name)])
    assert found() == []


def test_without_another_origin_the_headers_do_not_matter(other_origins):
    other_origins.CORS_ALLOWED_ORIGINS = []
    other_origins.CORS_ALLOW_HEADERS = other_origins.CORS_EXPOSE_HEADERS = []
    assert found() == []


def test_cors_without_its_middleware_is_found(other_origins):
    other_origins.MIDDLEWARE = other_origins.MIDDLEWARE[1:]
    assert found() == ["E005"]


def test_every_origin_with_cookies_is_found(other_origins):
    other_origins.CORS_ALLOWED_ORIGINS = []
    other_origins.CORS_ALLOW_ALL_ORIGINS = True
    assert found() == ["E007"]
    other_origins.CORS_ALLOW_CREDENTIALS = False
    assert found() == []


def test_an_origin_whose_messages_would_be_refused_is_found(other_origins):
    other_origins.CSRF_TRUSTED_ORIGINS = ["https://else.example"]
    assert found() == ["W004"]
    other_origins.CSRF_TRUSTED_ORIGINS = ["https://*.example"]
    assert found() == []


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Europe/Berlin", ["W002"]), ("Australia/Sydney", ["W002"]), ("UTC", []), ("Asia/Tokyo", [])],
)
def test_a_zone_with_an_hour_that_comes_twice_is_found(settings, zone, expected):
    settings.TIME_ZONE = zone
    assert found() == expected


def test_middleware_that_holds_streams_back_is_found(settings):
    settings.MIDDLEWARE = [GZIP, *settings.MIDDLEWARE]
    assert found() == ["W003"]


@pytest.mark.parametrize("key", ["django-insecure-" + "x" * 60, "short"])
def test_a_secret_key_that_is_none_is_found(settings, key):
    settings.SECRET_KEY = key
    assert found() == ["W005"]
    settings.DEBUG = True
    assert found() == []


@pytest.mark.parametrize(
    ("workers", "cache", "expected"),
    [
        ("4", "locmem.LocMemCache", ["W006"]),
        ("2", "dummy.DummyCache", ["W006"]),
        ("1", "locmem.LocMemCache", []),
        ("", "locmem.LocMemCache", []),
        ("4", "redis.RedisCache", []),
    ],
)
def test_several_workers_without_a_shared_cache_are_found(
    settings, monkeypatch, workers, cache, expected
):
    settings.CHATKIT_EVENT_LOG = "database"
    monkeypatch.setenv("WEB_CONCURRENCY", workers)
    backend = f"django.core.cache.backends.{cache}"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://localhost"}}
    assert found() == expected


@pytest.mark.parametrize(
    ("workers", "place", "expected"),
    [
        ("4", "process", ["W009"]),
        ("1", "process", []),
        ("4", "database", []),
        ("4", "redis://localhost:6379/0", []),
        ("4", "valkeys://localhost", []),
        ("1", "redis", ["E016"]),
        ("4", "http://localhost", ["E016"]),
        ("1", "", ["E016"]),
        ("1", 3, ["E001"]),
    ],
)
def test_an_event_log_that_is_none_or_too_small_is_found(
    settings, monkeypatch, workers, place, expected
):
    monkeypatch.setenv("WEB_CONCURRENCY", workers)
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://localhost"}}
    settings.CHATKIT_EVENT_LOG = place
    assert found() == expected


def test_an_event_log_whose_package_is_missing_is_found(settings, monkeypatch):
    settings.CHATKIT_EVENT_LOG = "redis://not-asked-before"
    monkeypatch.setitem(sys.modules, "redis", None)
    assert found() == ["E016"]
    assert "chatkit-django[valkey]" in messages()[0].msg


@pytest.fixture
def stored(settings, tmp_path):
    """A project that keeps files in a storage of its own; call it with another folder."""
    settings.CHATKIT_ATTACHMENT_STORAGE = "chat"

    def use(folder):
        backend = "django.core.files.storage.FileSystemStorage"
        chat = {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / folder)}}
        settings.STORAGES = {**settings.STORAGES, "chat": chat}

    use("files")
    return use


@pytest.mark.parametrize(
    ("permissions", "expected"),
    [(0o644, []), (None, []), (0o600, []), (0o755, ["E008"]), (0o666, ["E008"])],
)
def test_files_that_could_be_run_or_changed_are_found(stored, settings, permissions, expected):
    settings.FILE_UPLOAD_PERMISSIONS = permissions
    assert found() == expected


def test_files_among_the_public_ones_are_found(stored, settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")
    assert found() == []
    stored("static/uploads")
    assert found() == ["E009"]


def test_a_storage_that_is_not_there_is_found(stored, settings):
    settings.CHATKIT_ATTACHMENT_STORAGE = "missing"
    assert found() == ["E009"]


@pytest.mark.parametrize(
    ("types", "expected"),
    [("image/png text/plain", []), ("image/png TEXT/HTML", ["W007"]), ("image/svg+xml", ["W007"])],
)
def test_files_that_run_scripts_are_found(settings, types, expected):
    settings.CHATKIT_ATTACHMENT_TYPES = types
    assert found() == expected


def test_a_database_in_memory_is_found(monkeypatch):
    memory = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    monkeypatch.setattr(settings, "DATABASES", memory)
    assert found() == ["E010"]
    monkeypatch.setitem(memory["default"], "NAME", "chat.sqlite3")
    assert found() == []


def faults(server):
    return [fault.id.removeprefix("chatkit_django.") for fault in faults_of(server)]


def test_a_server_that_is_in_order_is_built():
    server = build_checked(ScriptedServer)
    assert isinstance(server, ScriptedServer)


def test_something_else_than_a_server_is_named():
    with pytest.raises(ImproperlyConfigured, match=r"E011: The server is a dict\."):
        build_checked(dict)


def test_a_store_of_the_guide_is_told_what_it_lacks():
    class SimpleMemoryStore:
        def generate_thread_id(self, context):
            return "t"

    with pytest.raises(ImproperlyConfigured, match=r"E012.*SimpleMemoryStore.*generate_item_id"):
        build_checked(lambda: ScriptedServer(SimpleMemoryStore()))


def test_a_store_with_abstract_methods_is_told_which():
    class HalfStore(Store):
        async def load_thread(self, thread_id, context):
            raise NotImplementedError

    with pytest.raises(ImproperlyConfigured, match=r"E012: .*HalfStore.*load_thread_items"):
        build_checked(lambda: ScriptedServer(HalfStore()))


def test_another_type_error_of_the_builder_stays_itself():
    with pytest.raises(TypeError, match="unexpected"):
        build_checked(lambda: ScriptedServer(unexpected=1))


def test_ids_that_must_be_awaited_are_found():
    class AsyncIds(DatabaseStore):
        async def generate_thread_id(self, context):
            return "t"

    (fault,) = faults_of(ScriptedServer(AsyncIds()))
    assert fault.id == "chatkit_django.E013"
    assert "AsyncIds.generate_thread_id is async" in fault.msg
    assert fault.hint == "Write def generate_thread_id, without async."


def test_a_method_that_cannot_be_awaited_is_found():
    class SyncLoad(DatabaseStore):
        def load_thread(self, thread_id, context):
            return None

    (fault,) = faults_of(ScriptedServer(SyncLoad()))
    assert "SyncLoad.load_thread is not async" in fault.msg


def test_a_method_made_async_by_a_decorator_is_fine():
    class Decorated(DatabaseStore):
        @sync_to_async
        def load_thread(self, thread_id, context):
            return None

    assert faults(ScriptedServer(Decorated())) == []


def test_a_respond_that_does_not_yield_is_found():
    class Returns(ChatKitServer):
        async def respond(self, thread, input_user_message, context):
            return []

    assert faults(Returns()) == ["E014"]


def test_a_method_of_the_sdk_that_is_never_called_is_not_overridden():
    class Wrapped(ScriptedServer):
        async def _process_events(self, thread, context, stream):
            async for event in super()._process_events(thread, context, stream):
                yield event

    assert faults(Wrapped()) == ["E017"]


async def test_a_fault_of_the_server_is_in_the_log_and_not_in_the_answer(
    settings, ada, caplog, urls_of
):
    urls_of(lambda: ScriptedServer(object()))
    client = await ChatKitClient.signed_in(ada, "/chatkit/")
    with caplog.at_level(logging.ERROR):
        response = await client.send("threads.list")
    assert response.status_code == 500
    assert b"E012" not in response.content
    assert "chatkit_django.E012" in caplog.text


class Result:
    """What the guide's store returns."""

    data = ()
    has_more = False
    after = None


class WrongPages(DatabaseStore):
    answer: object = Result()

    async def load_threads(self, limit, after, order, context):
        return self.answer


async def test_a_result_that_is_no_page_names_the_method(as_ada):
    with pytest.raises(NotAPage, match=r"WrongPages.load_threads returned a Result"):
        await WrongPages().load_threads(20, None, "asc", as_ada)


async def test_a_page_that_would_be_asked_for_for_ever_names_the_method(as_ada):
    store = WrongPages()
    store.answer = Page(data=[], has_more=True, after=None)
    with pytest.raises(NotAPage, match=r"WrongPages.load_threads says has_more"):
        await store.load_threads(20, None, "asc", as_ada)
    store.answer = Page(data=[], has_more=False, after=None)
    assert await store.load_threads(20, None, "asc", as_ada) is store.answer
