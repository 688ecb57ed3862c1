"""``manage.py chatkit_check`` says that a good chat is good, and what is wrong with others."""

import asyncio
import dataclasses
import socket
from io import StringIO

import pytest
from chatkit.types import ProgressUpdateEvent
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from chatkit_django.conversation_check import Conversation
from chatkit_django.doors import InProcess
from chatkit_django.management.commands.chatkit_check import visitors
from chatkit_django.memory_store import MemoryStore
from chatkit_django.models import Thread
from chatkit_django.store import DatabaseStore
from tests.live import LiveServer
from tests.scripted import ScriptedServer


def run(*arguments, **options):
    """What the command printed, and whether it failed."""
    output = StringIO()
    try:
        call_command("chatkit_check", *arguments, stdout=output, no_color=True, **options)
    except CommandError as error:
        return f"{output.getvalue()}\n{error}", True
    return output.getvalue(), False


@pytest.fixture
def chat(transactional_db, urls_of):
    """Call it with the function that builds the server of the project to check."""
    return urls_of


def test_a_good_chat_is_said_to_be_good_and_nothing_is_left_behind(chat):
    chat(ScriptedServer)
    output, failed = run()
    assert not failed, output
    assert "wrong" not in output
    for line in (
        "Visitors who are not signed in are refused.",
        "A request without CSRF token is refused.",
        "threads.create is answered.",
        "threads.add_user_message is answered.",
        "Messages and answers are kept, in their order and once each.",
        "Another user is told that the thread does not exist.",
        "A deleted thread is gone.",
        "The chat is in order.",
    ):
        assert line in output
    for model in (Thread, Session, get_user_model()):
        assert not model.objects.exists()


def test_of_a_chat_in_memory_it_is_said_what_cannot_be_checked(chat):
    chat(lambda: ScriptedServer(MemoryStore()))
    output, failed = run()
    assert not failed, output
    assert "whether they last is not checked" in output
    assert "Messages and answers are kept, in their order and once each." in output
    assert "Another user is told that the thread does not exist." in output
    assert "The chat is in order." in output
    for model in (Thread, Session, get_user_model()):
        assert not model.objects.exists()


def test_a_named_user_is_asked_for_and_stays(chat, ada):
    chat(ScriptedServer)
    kept = Thread.objects.create(
        id="thr_kept", owner=ada, created_at=ada.date_joined, updated_at=ada.date_joined
    )
    assert not run(user="ada")[1]
    assert list(Thread.objects.all()) == [kept]
    assert list(get_user_model().objects.all()) == [ada]
    output, failed = run(user="nobody")
    assert failed
    assert "There is no user nobody." in output


class OnlyRefuses:
    """A sign-in backend that counts failures and knows nobody, as django-axes has one."""

    def authenticate(self, request, **credentials):
        return None


def test_the_session_is_of_a_backend_that_knows_the_user(chat, settings):
    chat(ScriptedServer)
    settings.AUTHENTICATION_BACKENDS = [
        "tests.test_chatkit_check.OnlyRefuses",
        "django.contrib.auth.backends.ModelBackend",
    ]
    output, failed = run()
    assert not failed, output


class Open(DatabaseStore):
    """A store that forgets whose thread it is."""

    async def load_thread(self, thread_id, context):
        return await super().load_thread(thread_id, await self._owner(thread_id, context))

    async def load_visible_items(self, thread_id, after, limit, order, context):
        owner = await self._owner(thread_id, context)
        return await super().load_visible_items(thread_id, after, limit, order, owner)

    async def _owner(self, thread_id, context):
        row = await Thread.objects.select_related("owner").filter(pk=thread_id).afirst()
        return dataclasses.replace(context, user=row.owner) if row else context


class Twice(ScriptedServer):
    async def respond(self, thread, input_user_message, context):
        async for event in super().respond(thread, input_user_message, context):
            yield event
            if event.type == "thread.item.done":
                again = event.item.model_copy(update={"id": f"{event.item.id}2"})
                await self.store.add_thread_item(thread.id, again, context)


class Silent(ScriptedServer):
    async def respond(self, thread, input_user_message, context):
        yield ProgressUpdateEvent(text="Hm")


class SeveralWorkers(ScriptedServer):
    """Each request finds another worker, with a memory of its own."""

    async def process(self, request, context):
        result = await super().process(request, context)
        self.store = MemoryStore()
        return result


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (SeveralWorkers, "Several workers need a store they share"),
        (lambda: ScriptedServer(Open()), "Another user reaches a thread that is not theirs"),
        (Twice, "Answers are stored twice."),
        (Silent, "threads.create is answered with nothing."),
        (lambda: ScriptedServer(object()), "chatkit_django.E012"),
    ],
)
def test_a_faulty_chat_is_told_its_fault(chat, build, words):
    chat(build)
    output, failed = run()
    assert failed
    assert words in output
    assert "The chat is in order." not in output
    assert not get_user_model().objects.exists()


def test_an_answer_that_fails_is_told_where_to_look(chat):
    chat(ScriptedServer)
    output, failed = run(message="fail")
    assert failed
    assert "ends with an error." in output
    assert "the log has the exception for the request " in output


def test_a_fault_of_the_settings_comes_first(chat, settings):
    chat(ScriptedServer)
    settings.USE_TZ = False
    output, failed = run()
    assert failed
    assert "chatkit_django.E002" in output
    assert "Set USE_TZ = True." in output


def test_a_warning_of_the_settings_is_told_but_does_not_fail(chat, settings):
    chat(ScriptedServer)
    settings.WSGI_APPLICATION = "config.wsgi.application"
    output, failed = run()
    assert "chatkit_django.W001" in output
    assert not failed


def test_a_project_without_a_chat_is_told_how_to_add_one(transactional_db, settings):
    settings.ROOT_URLCONF = "chatkit_django.operations"
    assert "No URL leads to ChatKitView." in run()[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"arrivals": (2.0, 2.0)}, "The answers arrive all at once, after 2.0 s of silence."),
        ({"headers": {"content-type": "text/html"}}, "is not sent as text/event-stream"),
        (
            {"headers": {"content-type": "text/event-stream", "content-encoding": "gzip"}},
            "Answers are compressed on their way",
        ),
        ({"body": b'data: {"type":"thr'}, "breaks off in the middle of an event"),
        ({"status": 502, "body": b"<html>"}, "threads.create is answered with 502"),
    ],
)
def test_what_a_proxy_does_to_a_stream_is_seen(chat, changes, words):
    class Proxied(InProcess):
        async def post(self, body, **options):
            reply = await super().post(body, **options)
            return dataclasses.replace(reply, **changes) if reply.arrivals else reply

    chat(ScriptedServer)
    with visitors(None) as (owner, stranger):
        conversation = Conversation(Proxied("/chatkit/"), owner, stranger, "hello")
        findings = asyncio.run(conversation.check())
    found = [one for one in findings if words in one.what]
    assert found
    assert all(one.mend for one in found)


def test_one_late_answer_is_no_buffer(chat):
    class Busy(InProcess):
        async def post(self, body, **options):
            reply = await super().post(body, **options)
            late = (2.0, 2.0) if b"threads.create" in body else (0.1, 0.1)
            return dataclasses.replace(reply, arrivals=late) if reply.arrivals else reply

    chat(ScriptedServer)
    with visitors(None) as (owner, stranger):
        findings = asyncio.run(Conversation(Busy("/chatkit/"), owner, stranger, "hello").check())
    assert not [one for one in findings if "all at once" in one.what]


@pytest.fixture(scope="module")
def process(django_db_setup):
    server = LiveServer()
    try:
        server.wait_until_it_answers()
        yield server
    finally:
        server.stop()


def test_a_running_server_is_talked_to_over_http(process, transactional_db):
    output, failed = run(f"http://127.0.0.1:{process.port}/chatkit/")
    assert not failed, output
    assert "The chat is in order." in output
    for model in (Thread, Session, get_user_model()):
        assert not model.objects.exists()


def test_a_wrong_address_is_told(process, transactional_db):
    output, failed = run(f"http://127.0.0.1:{process.port}/chat/")
    assert failed
    assert "GET is answered with 404" in output
    output, failed = run("ftp://127.0.0.1/")
    assert failed
    assert "is no http or https URL" in output


def test_a_server_that_is_not_there_is_told(transactional_db):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    output, failed = run(f"http://127.0.0.1:{port}/chatkit/")
    assert failed
    assert "does not answer: ConnectionRefusedError." in output
