import asyncio
from types import ModuleType, SimpleNamespace

import pytest
import redis
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import connections
from django.urls import include, path

from chatkit_django import database, limits
from chatkit_django.context import RequestContext
from chatkit_django.counters import shared_counters
from chatkit_django.files.deletion import deletion_thread
from chatkit_django.testing import ChatKitClient
from chatkit_django.views import ChatKitView
from emptying import rows_are_deleted_and_no_more
from services import valkey
from tests.conversation import Conversation
from tests.limited import WHERE
from tests.sample_files import User
from tests.scripted import ScriptedServer
from tests.tabs import PATH
from tests.two_workers import two_workers


@pytest.fixture(autouse=True)
async def no_connection_outlives_a_test():
    yield
    await sync_to_async(connections.close_all)()


@pytest.fixture(autouse=True)
def no_limit_outlives_a_test():
    limits.blocks.forget()
    caches["default"].clear()


@pytest.fixture(scope="session", autouse=True)
def pool_ends_with_the_session(django_db_setup):
    yield
    database.close()


@pytest.fixture(scope="session", autouse=True)
def emptied_by_deleting(django_db_setup):
    with rows_are_deleted_and_no_more():
        yield


@pytest.fixture(scope="session", autouse=True)
def process_is_left_alone():
    """A frozen process would never free what a test has made, and a watchdog would look for runs
    between the tests. Servers do both in their own processes."""
    nothing = dict.fromkeys(("collect", "freeze", "set_threshold"), lambda *given: None)

    async def look_after_nothing(warming):
        await asyncio.wait({warming})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chatkit_django.lifespan.gc", SimpleNamespace(**nothing))
        patch.setattr("chatkit_django.lifespan._watch", look_after_nothing)
        yield


@pytest.fixture
def ada(transactional_db):
    return get_user_model().objects.create_user("ada", password="pw")


@pytest.fixture
def bob(transactional_db):
    return get_user_model().objects.create_user("bob", password="pw")


@pytest.fixture
def as_ada(ada):
    return RequestContext(user=ada, locale="en", request_id="test")


@pytest.fixture
def as_bob(bob):
    return RequestContext(user=bob, locale="en", request_id="test")


@pytest.fixture
def urls_of(settings):
    """Call it with the function that builds the server behind PATH."""

    def use(build):
        urls = ModuleType("urls_of_one_test")
        urls.urlpatterns = [path("chatkit/", ChatKitView.as_view(server=build))]
        settings.ROOT_URLCONF = urls

    return use


@pytest.fixture
async def server(urls_of, transactional_db):
    """The server behind PATH, one for each test. Its runs end before the test's database does."""
    scripted = ScriptedServer()
    urls_of(lambda: scripted)
    yield scripted
    await scripted._runs.drain(0)


@pytest.fixture
def files_server(settings, tmp_path, transactional_db):
    """A server that takes files, into a folder of this test. What is being deleted at the end of
    the test is deleted before its database."""
    from chatkit_django.attachments import DjangoAttachmentStore

    settings.BASE_DIR = tmp_path
    scripted = ScriptedServer()
    scripted.attachment_store = DjangoAttachmentStore()
    urls = ModuleType("urls_of_one_test")
    urls.urlpatterns = [
        path("chatkit/", ChatKitView.as_view(server=lambda: scripted)),
        path("files/", include("chatkit_django.file_urls")),
    ]
    settings.ROOT_URLCONF = urls
    yield scripted
    assert deletion_thread.settle(20)


@pytest.fixture
async def filing_ada(files_server, ada):
    return User(await ChatKitClient.signed_in(ada, PATH))


@pytest.fixture
async def filing_bob(files_server, bob):
    return User(await ChatKitClient.signed_in(bob, PATH))


@pytest.fixture
async def client_of_ada(server, ada):
    return await ChatKitClient.signed_in(ada, PATH)


@pytest.fixture
async def client_of_bob(server, bob):
    return await ChatKitClient.signed_in(bob, PATH)


@pytest.fixture(scope="session")
def valkey_url():
    with valkey() as url:
        yield url


@pytest.fixture(params=["database", "valkey"])
async def workers(request, settings, ada):
    """Two workers of ada's chat, with both of the event logs that they can share."""
    place = request.param
    if place == "valkey":
        place = request.getfixturevalue("valkey_url")
        with redis.Redis.from_url(place) as server:
            server.flushall()
    client = await ChatKitClient.signed_in(ada, PATH)
    async with two_workers(settings, place, client) as workers:
        yield workers


@pytest.fixture
def begin(client_of_ada):
    """Call it with the words that open a thread of ada's."""
    return lambda words: Conversation.begin(client_of_ada, words)


@pytest.fixture(params=WHERE)
def counters(request, settings, transactional_db):
    """Where it is counted: the database, and where there is one, Valkey."""
    if request.param == "database":
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return shared_counters()


@pytest.fixture
def chosen(settings, counters):
    """Call it with the limits of this test."""

    def choose(**changes):
        settings.CHATKIT_LIMITS = changes

    return choose
