"""Which models are offered, and who is told that one is not."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from chatkit_django.context import RequestContext
from spendo.assistant.checks import check_models
from spendo.assistant.choices import UnknownModelError, find_model, offered_models
from spendo.assistant.server import SpendoChatKitServer, UnknownModel
from spendo.users.models import User
from tests.assistant.asking import Chat


def offered() -> list[str]:
    return [each.id for each in offered_models()]


def test_without_settings_it_is_the_analyst_alone() -> None:
    assert offered() == ["analyst"]
    assert find_model(None).provider == "analyst"


def test_a_key_of_openai_alone_offers_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")
    assert offered() == ["openai:gpt-5.4-mini"]
    monkeypatch.setenv("SPENDO_MODEL", "house-model")
    assert offered() == ["openai:house-model"]


def test_a_key_of_anthropic_alone_sends_nothing_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test-0123456789")
    assert offered() == ["analyst"]


def test_the_list_keeps_its_order_and_its_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")
    monkeypatch.setenv("SPENDO_COMPATIBLE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv(
        "SPENDO_MODELS",
        "openai:gpt-5.4-mini=GPT 5.4 mini, analyst=Without a model, compatible:llama3.3:70b,"
        " openai:gpt-5.4-mini",
    )
    assert [(each.id, each.label, each.model) for each in offered_models()] == [
        ("openai:gpt-5.4-mini", "GPT 5.4 mini", "gpt-5.4-mini"),
        ("analyst", "Without a model", ""),
        ("compatible:llama3.3:70b", "llama3.3:70b", "llama3.3:70b"),
    ]


def test_what_lacks_its_key_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPENDO_MODELS", "anthropic:m, analyst")
    assert offered() == ["analyst"]
    monkeypatch.setenv("SPENDO_MODELS", "anthropic:m")
    assert offered() == ["analyst"]
    with pytest.raises(UnknownModelError):
        find_model("anthropic:m")


def test_the_check_names_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_models() == []
    monkeypatch.setenv("SPENDO_MODELS", "analyst, gpt-5, openai:, azure:x, analyst:x, openai:y")
    found = [(message.id, message.msg) for message in check_models()]
    assert [each for each, _ in found] == ["assistant.E001"] * 4 + ["assistant.W001"]
    assert "OPENAI_API_KEY" in found[-1][1]


@pytest.mark.parametrize("model", ["openai:gpt-9", "", "analyst ", "x" * 5000, "sk-test"])
async def test_a_message_for_another_model_is_refused_before_it_is_kept(
    ann: User, model: str
) -> None:
    server = SpendoChatKitServer()
    body = {
        "type": "threads.create",
        "params": {
            "input": {
                "content": [{"type": "input_text", "text": "hello"}],
                "attachments": [],
                "quoted_text": "",
                "inference_options": {"model": model},
            }
        },
    }
    context = RequestContext(user=ann, locale="en", request_id="test")
    with pytest.raises(UnknownModel) as raised:
        await server.process(json.dumps(body), context)
    assert (raised.value.status, raised.value.code) == (400, "unknown_model")
    assert model == "" or model not in raised.value.message
    assert (await server.store.load_threads(10, None, "desc", context=context)).data == []


async def test_the_model_of_a_message_that_is_no_longer_offered_is_not_replaced(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPENDO_COMPATIBLE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("SPENDO_MODELS", "analyst, compatible:m")
    chat = Chat(ann)
    await chat.say("hello")
    monkeypatch.setattr("spendo.assistant.server.find_model", lambda model: None)
    monkeypatch.setenv("SPENDO_MODELS", "analyst")
    events = await chat.say("hello", model="compatible:m")
    assert events[-1]["type"] == "error"
    assert "not offered" in events[-1]["message"]
    assert events[-1]["allow_retry"] is False


def test_the_list_over_http_is_for_the_signed_in(
    ann: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/api/chatkit/models/").status_code in (401, 403)
    client.force_login(ann)
    monkeypatch.setenv("SPENDO_COMPATIBLE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("SPENDO_COMPATIBLE_KEY", "sk-test-0123456789")
    monkeypatch.setenv("SPENDO_MODELS", "analyst, compatible:llama=Llama")
    answer = client.get("/api/chatkit/models/")
    assert answer.status_code == 200
    assert answer.json() == {
        "data": [
            {
                "id": "analyst",
                "label": "Built-in analyst",
                "description": "Answers from your records, without a language model",
                "default": True,
            },
            {
                "id": "compatible:llama",
                "label": "Llama",
                "description": "A language model on a server of its own",
                "default": False,
            },
        ]
    }
    assert "sk-test" not in answer.content.decode()
