"""The requests beyond messages and history: feedback, client tools, structured input, actions,
dictation, files."""

import asyncio
import base64
import json

import pytest
from chatkit.types import FileAttachment, LockedStatus

from chatkit_django.client_tools import EXPIRED
from chatkit_django.models import Feedback, ThreadItem
from chatkit_django.testing import ChatKitClient
from tests.conftest import PATH
from tests.scripted import ScriptedServer


class Conversation:
    """A thread of ada's, begun with the given words."""

    def __init__(self, client, events):
        self.client = client
        self.events = events
        self.thread_id = events[0]["thread"]["id"]

    @classmethod
    async def begin(cls, client, words):
        return cls(client, await client.ask(words))

    async def send(self, kind, /, **params):
        return await self.client.send(kind, thread_id=self.thread_id, **params)

    async def refused(self, status, kind, /, **params):
        """The code of a refusal, after which everything is as before."""
        before = await self.items()
        response = await self.send(kind, **params)
        assert response.status_code == status, response.content
        assert await self.items() == before
        return json.loads(response.content)["error"]["code"]

    async def events_of(self, kind, /, **params):
        return await self.client.events(kind, thread_id=self.thread_id, **params)

    async def items(self):
        """Everything stored, also what is hidden."""
        rows = ThreadItem.objects.filter(thread=self.thread_id).order_by("position")
        return [json.loads(payload) async for payload in rows.values_list("payload", flat=True)]

    async def only(self, kind):
        (item,) = [item for item in await self.items() if item["type"] == kind]
        return item


@pytest.fixture
def begin(client_of_ada):
    return lambda words: Conversation.begin(client_of_ada, words)


def types(events):
    return [event["type"] for event in events]


async def closed(chat, server, context):
    thread = await server.store.load_thread(chat.thread_id, context)
    thread.status = LockedStatus(reason="audit")
    await server.store.save_thread(thread, context)


# Feedback


async def test_feedback_is_stored_and_the_last_word_counts(begin, server):
    chat = await begin("hello")
    ids = [item["id"] for item in await chat.items()]
    for kind in ("positive", "negative"):
        assert (await chat.send("items.feedback", item_ids=ids, kind=kind)).content == b"{}"
    given = [row async for row in Feedback.objects.values_list("item__item_id", "kind")]
    assert sorted(given) == sorted((name, "negative") for name in ids)
    assert server.feedback == (chat.thread_id, ids, "negative")


async def test_feedback_on_what_is_not_shown_in_the_thread_is_not_found(begin, server):
    chat = await begin("hide it")
    hidden = next(i["id"] for i in await chat.items() if i["type"] == "hidden_context_item")
    seen = (await chat.items())[0]["id"]
    other = (await (await begin("other")).items())[0]["id"]
    for unknown in (hidden, other, "msg_unknown"):
        code = await chat.refused(404, "items.feedback", item_ids=[seen, unknown], kind="positive")
        assert code == "not_found"
    assert not await Feedback.objects.aexists()
    assert server.feedback is None


@pytest.mark.parametrize(
    "params",
    [
        {"item_ids": [], "kind": "positive"},
        {"item_ids": ["x"] * 101, "kind": "positive"},
        {"item_ids": ["x"], "kind": "meh"},
        {"item_ids": "x", "kind": "positive"},
    ],
)
async def test_feedback_of_the_wrong_shape_is_refused(begin, params):
    chat = await begin("hello")
    assert await chat.refused(400, "items.feedback", **params) == "invalid_request"


async def test_a_thread_with_feedback_can_be_retried_and_deleted(begin, client_of_ada):
    chat = await begin("hello")
    first, second = [item["id"] for item in await chat.items()]
    await chat.send("items.feedback", item_ids=[first, second], kind="positive")
    await chat.events_of("threads.retry_after_item", item_id=first)
    assert await Feedback.objects.acount() == 1
    await client_of_ada.read("threads.delete", thread_id=chat.thread_id)
    assert not await Feedback.objects.aexists()


# Client tools


async def test_the_result_of_a_client_tool_goes_to_the_call_that_waits(begin):
    chat = await begin("call the page")
    events = await chat.events_of("threads.add_client_tool_output", result={"place": "here"})
    assert types(events)[0] == "stream_options"
    assert types(events)[-1] == "thread.item.done"
    call = await chat.only("client_tool_call")
    assert (call["status"], call["output"]) == ("completed", {"place": "here"})


async def test_a_result_is_taken_once(begin):
    chat = await begin("call the page")
    await chat.events_of("threads.add_client_tool_output", result=1)
    assert (
        await chat.refused(409, "threads.add_client_tool_output", result=2)
        == "no_pending_tool_call"
    )


async def test_of_two_results_that_come_together_one_is_taken(begin):
    chat = await begin("call the page")
    answers = await asyncio.gather(
        *(chat.send("threads.add_client_tool_output", result=n) for n in range(2))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_call_is_over_once_the_user_writes_instead(begin, client_of_ada):
    chat = await begin("call the page")
    await client_of_ada.ask("never mind", chat.thread_id)
    code = await chat.refused(409, "threads.add_client_tool_output", result="late")
    assert code == "no_pending_tool_call"
    call = await chat.only("client_tool_call")
    assert (call["status"], call["output"]) == ("completed", EXPIRED)


async def test_a_result_nobody_asked_for_is_refused(begin):
    chat = await begin("hello")
    code = await chat.refused(409, "threads.add_client_tool_output", result={})
    assert code == "no_pending_tool_call"


async def test_a_result_that_is_too_large_is_refused(begin, settings):
    settings.CHATKIT_MAX_TOOL_RESULT_BYTES = 10
    chat = await begin("call the page")
    code = await chat.refused(413, "threads.add_client_tool_output", result="x" * 9)
    assert code == "tool_result_too_large"
    await chat.events_of("threads.add_client_tool_output", result="x" * 8)


# Structured input


def answers(**given):
    return {"status": "answered", "answers": {name: {"values": v} for name, v in given.items()}}


async def test_answers_are_stored_shown_and_answered(begin):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    events = await chat.events_of(
        "threads.add_structured_input",
        item_id=item_id,
        input=answers(one=["red"], some=["blue", "red", "blue"], why=[" "]),
    )
    assert types(events)[:2] == ["thread.item.replaced", "stream_options"]
    assert types(events)[-1] == "thread.item.done"
    item = await chat.only("structured_input")
    assert item["status"] == "answered"
    assert [question["answer"] for question in item["inputs"]] == [
        {"values": ["red"], "skipped": False},
        {"values": ["blue", "red"], "skipped": False},
        {"values": [], "skipped": True},
    ]
    assert events[0]["item"] == item


async def test_a_choice_may_be_answered_in_ones_own_words_once(begin, server):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    two = answers(some=["mauve", "taupe"])
    kind = "threads.add_structured_input"
    assert await chat.refused(400, kind, item_id=item_id, input=two) == "invalid_answer"
    one = answers(some=["mauve", "red"])
    server.own_words = False
    assert await chat.refused(400, kind, item_id=item_id, input=one) == "invalid_answer"
    server.own_words = True
    await chat.events_of(kind, item_id=item_id, input=one)
    answer = (await chat.only("structured_input"))["inputs"][1]["answer"]
    assert answer["values"] == ["mauve", "red"]


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        (answers(one=["red", "blue"]), 400, "invalid_answer"),
        (answers(why=["this", "that"]), 400, "invalid_answer"),
        (answers(unasked=["red"]), 400, "invalid_answer"),
        (answers(why=["x" * 40_000]), 413, "message_too_long"),
        (answers(one=[1]), 400, "invalid_request"),
        ({"status": "maybe"}, 400, "invalid_request"),
    ],
)
async def test_answers_that_do_not_fit_are_refused(begin, given, status, code):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    kind = "threads.add_structured_input"
    assert await chat.refused(status, kind, item_id=item_id, input=given) == code


async def test_questions_are_answered_once(begin):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    kind = "threads.add_structured_input"
    both = await asyncio.gather(
        *(chat.send(kind, item_id=item_id, input={"status": "skipped"}) for _ in range(2))
    )
    assert sorted(answer.status_code for answer in both) == [200, 409]
    code = await chat.refused(409, kind, item_id=item_id, input=answers(one=["red"]))
    assert code == "already_answered"
    item = await chat.only("structured_input")
    assert item["status"] == "skipped"
    assert all(question["answer"]["skipped"] for question in item["inputs"])


async def test_only_questions_of_the_thread_can_be_answered(begin):
    chat, other = await begin("hello"), await begin("question me")
    kind, given = "threads.add_structured_input", {"status": "skipped"}
    message = (await chat.items())[0]["id"]
    assert await chat.refused(400, kind, item_id=message, input=given) == "not_a_question"
    elsewhere = (await other.only("structured_input"))["id"]
    assert await chat.refused(404, kind, item_id=elsewhere, input=given) == "not_found"


# Actions


async def state_of(chat):
    return (await chat.only("widget"))["widget"]["children"][0]["value"]


async def test_an_action_is_answered_by_a_stream(begin):
    chat = await begin("hello")
    events = await chat.events_of("threads.custom_action", action={"type": "greet"})
    assert types(events)[0] == "stream_options"
    assert (await chat.items())[-1]["content"][0]["text"] == "Did greet."


@pytest.mark.parametrize("kind", ["threads.custom_action", "threads.sync_custom_action"])
async def test_an_action_needs_a_name_and_comes_from_a_widget_of_the_thread(begin, kind):
    chat, other = await begin("widget please"), await begin("widget please")
    elsewhere = (await other.only("widget"))["id"]
    message = (await chat.items())[0]["id"]
    for sender, status, code in (
        (message, 400, "not_a_widget"),
        (elsewhere, 404, "not_found"),
        ("msg_unknown", 404, "not_found"),
    ):
        action = {"type": "set", "payload": "x"}
        assert await chat.refused(status, kind, item_id=sender, action=action) == code
    for action in ({}, {"payload": 1}, {"type": None}, {"type": 7}, {"type": ""}, "set"):
        assert await chat.refused(400, kind, action=action) == "invalid_request"


@pytest.mark.parametrize("kind", ["set", "append"])
async def test_a_widget_changed_by_an_update_is_still_changed_after_a_reload(begin, kind):
    chat = await begin("widget please")
    before = await chat.only("widget")
    await chat.events_of(
        "threads.custom_action", item_id=before["id"], action={"type": kind, "payload": "ed"}
    )
    page = await chat.client.read("threads.get_by_id", thread_id=chat.thread_id)
    (shown,) = [item for item in page["items"]["data"] if item["type"] == "widget"]
    text = {"set": {"value": "ed"}, "append": {"value": "opened", "unheard_of": [1, 2.5]}}[kind]
    extra = {"append": {"streaming": True}}.get(kind, {})
    assert shown["widget"]["border"] == {"size": 1}
    assert shown["widget"]["children"] == [{"type": "Text", "id": "state", **text, **extra}]


async def test_a_change_is_stored_before_it_is_shown(begin, server, as_ada):
    chat = await begin("widget please")
    item_id = (await chat.only("widget"))["id"]
    params = {
        "thread_id": chat.thread_id,
        "item_id": item_id,
        "action": {"type": "set", "payload": "paid"},
    }
    body = json.dumps({"type": "threads.custom_action", "params": params})
    result = await server.process(body, as_ada)
    async for frame in result.json_events:
        if b"thread.item.updated" in frame:
            assert await state_of(chat) == "paid"
            break
    await result.json_events.aclose()


async def test_an_update_of_an_item_that_is_gone_is_no_failure(begin):
    chat = await begin("hello")
    events = await chat.events_of("threads.custom_action", action={"type": "lose"})
    assert "error" not in types(events)
    assert len(await chat.items()) == 2


async def test_what_a_sync_action_returns_is_stored(begin):
    chat = await begin("widget please")
    item_id = (await chat.only("widget"))["id"]
    response = await chat.send(
        "threads.sync_custom_action", item_id=item_id, action={"type": "set", "payload": "paid"}
    )
    updated = json.loads(response.content)["updated_item"]
    assert updated == await chat.only("widget")
    assert await state_of(chat) == "paid"
    assert updated["created_at"].endswith("Z")


async def test_a_sync_action_may_change_nothing_but_the_thread(begin, client_of_ada):
    chat = await begin("hello")
    response = await chat.send(
        "threads.sync_custom_action", action={"type": "name", "payload": "Named"}
    )
    assert json.loads(response.content) == {}
    assert (await client_of_ada.read("threads.list"))["data"][0]["title"] == "Named"


@pytest.mark.parametrize("ending", ["stop", "fail"])
async def test_what_was_drawn_when_it_ended_early_is_still_there_after_a_reload(
    begin, server, as_ada, ending
):
    from tests.test_answers import Reader, create

    result = await server.process(create(f"draw and {ending}"), as_ada)
    reader = Reader(result.json_events)
    await server.started.wait()
    if ending == "stop":
        await reader.leave()
    else:
        server.go_on.set()
        await reader.task
    payloads = ThreadItem.objects.order_by("position").values_list("payload", flat=True)
    items = [json.loads(payload) async for payload in payloads]
    assert [item["type"] for item in items] == [
        "user_message",
        "widget",
        "workflow",
        "generated_image",
        "sdk_hidden_context",
    ]
    assert items[1]["widget"]["children"][0]["value"] == "half drawn"
    assert items[2]["workflow"]["tasks"][0]["status_indicator"] == "none"
    assert items[3]["image"]["url"] == "https://pictures.example/half.png"


async def test_a_closed_thread_takes_no_answers_results_or_actions(begin, server, as_ada):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    await closed(chat, server, as_ada)
    for kind, params in {
        "threads.add_client_tool_output": {"result": 1},
        "threads.add_structured_input": {"item_id": item_id, "input": {"status": "skipped"}},
        "threads.custom_action": {"action": {"type": "say"}},
        "threads.sync_custom_action": {"action": {"type": "say"}},
    }.items():
        assert await chat.refused(409, kind, **params) == "thread_not_open"


# Dictation


async def transcribe(client, data, mime_type="audio/webm;codecs=opus"):
    audio = data if isinstance(data, str) else base64.b64encode(data).decode()
    return await client.send("input.transcribe", audio_base64=audio, mime_type=mime_type)


async def test_a_recording_is_transcribed(client_of_ada, server):
    response = await transcribe(client_of_ada, b"how much")
    assert json.loads(response.content) == {"text": "how much"}
    assert (server.heard.data, server.heard.media_type) == (b"how much", "audio/webm")


@pytest.mark.parametrize(
    ("data", "mime_type", "status", "code"),
    [
        (b"x", "audio/mpeg", 415, "unsupported_audio"),
        (b"x", "", 415, "unsupported_audio"),
        (b"", "audio/ogg", 400, "invalid_audio"),
        ("no base64!", "audio/ogg", 400, "invalid_audio"),
        ("äöü", "audio/ogg", 400, "invalid_audio"),
        (b"x" * 101, "audio/mp4", 413, "audio_too_large"),
    ],
)
async def test_what_is_no_recording_is_refused(
    client_of_ada, server, settings, data, mime_type, status, code
):
    settings.CHATKIT_MAX_AUDIO_BYTES = 100
    response = await transcribe(client_of_ada, data, mime_type)
    assert response.status_code == status
    assert json.loads(response.content)["error"]["code"] == code
    assert server.heard is None


async def test_only_a_recording_may_be_longer_than_other_requests(client_of_ada, settings):
    settings.CHATKIT_MAX_BODY_BYTES = 10_000
    settings.CHATKIT_MAX_AUDIO_BYTES = 100_000
    assert (await transcribe(client_of_ada, b"x" * 100_000)).status_code == 200
    response = await client_of_ada.send("threads.list", padding="x" * 20_000)
    assert response.status_code == 413
    response = await client_of_ada.send("threads.list", padding="x" * 200_000)
    assert response.status_code == 413


# Files


class Files:
    """An attachment store that remembers what it was asked to delete."""

    def __init__(self):
        self.deleted = []

    async def create_attachment(self, params, context):
        return FileAttachment(id=f"atc_{params.name}", name=params.name, mime_type=params.mime_type)

    async def delete_attachment(self, attachment_id, context):
        self.deleted.append(attachment_id)


@pytest.fixture
def files(server):
    server.attachment_store = Files()
    return server.attachment_store


FILE = {"name": "tax", "size": 1, "mime_type": "application/pdf"}


async def test_a_file_is_announced_and_deleted_by_its_owner_only(
    client_of_ada, client_of_bob, files, server, as_ada
):
    created = await client_of_ada.read("attachments.create", **FILE)
    assert (created["id"], created["type"]) == ("atc_tax", "file")
    foreign = await client_of_bob.send("attachments.delete", attachment_id="atc_tax")
    unknown = await client_of_bob.send("attachments.delete", attachment_id="atc_none")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    assert files.deleted == []
    assert await client_of_ada.read("attachments.delete", attachment_id="atc_tax") == {}
    assert files.deleted == ["atc_tax"]
    again = await client_of_ada.send("attachments.delete", attachment_id="atc_tax")
    assert again.status_code == 404


async def test_a_file_that_was_sent_stays_with_its_message(client_of_ada, files):
    from chatkit_django.testing import message

    await client_of_ada.read("attachments.create", **FILE)
    written = {**message("see file"), "attachments": ["atc_tax"]}
    events = await client_of_ada.events("threads.create", input=written)
    assert len(events[1]["item"]["attachments"]) == 1
    for kind, params in {
        "attachments.delete": {"attachment_id": "atc_tax"},
        "threads.create": {"input": written},
    }.items():
        response = await client_of_ada.send(kind, **params)
        assert response.status_code == 409
        assert json.loads(response.content)["error"]["code"] == "attachment_in_use"
    assert files.deleted == []


@pytest.mark.parametrize(
    "change", [{"name": " "}, {"name": "x" * 256}, {"size": 0}, {"size": -1}, {"mime_type": "pdf"}]
)
async def test_what_is_no_file_is_refused(client_of_ada, files, change):
    response = await client_of_ada.send("attachments.create", **{**FILE, **change})
    assert response.status_code == 400
    assert json.loads(response.content)["error"]["code"] == "invalid_request"


# What a server does not do


async def test_a_server_serves_what_it_has_methods_for(ada, settings, server):
    from types import ModuleType

    from django.urls import path

    from chatkit_django.server import ChatKitServer
    from chatkit_django.views import ChatKitView

    class Plain(ChatKitServer):
        respond = ScriptedServer.respond

    urls = ModuleType("urls_of_a_plain_server")
    urls.urlpatterns = [path("chatkit/", ChatKitView.as_view(server=Plain))]
    settings.ROOT_URLCONF = urls
    client = await ChatKitClient.signed_in(ada, PATH)
    for kind, params in {
        "threads.custom_action": {"thread_id": "t", "action": {"type": "x"}},
        "threads.sync_custom_action": {"thread_id": "t", "action": {"type": "x"}},
        "input.transcribe": {"audio_base64": "YWJj", "mime_type": "audio/webm"},
        "attachments.create": FILE,
        "attachments.delete": {"attachment_id": "a"},
    }.items():
        response = await client.send(kind, **params)
        assert response.status_code == 501, kind
        assert json.loads(response.content)["error"]["code"] == "not_served"
    response = await client.send("items.feedback", thread_id="t", item_ids=["i"], kind="positive")
    assert response.status_code == 404
    response = await client.send("threads.list", padding="x" * 1_100_000)
    assert response.status_code == 413
