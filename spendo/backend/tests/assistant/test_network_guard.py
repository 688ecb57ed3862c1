"""The guard of this folder's tests, tested."""

from __future__ import annotations

import socket

import pytest

from spendo.users.models import User
from tests.assistant.asking import Chat
from tests.assistant.conftest import OutsideError


@pytest.mark.parametrize("host", ["93.184.216.34", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_no_test_can_connect_to_another_machine(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as outside, pytest.raises(OutsideError):
        outside.connect((host, 443))


def test_no_test_can_look_another_machine_up() -> None:
    with pytest.raises(OutsideError):
        socket.create_connection(("api.openai.com", 443), timeout=1)


@pytest.mark.parametrize(
    ("model", "key"), [("anthropic:m", "ANTHROPIC_API_KEY"), ("openai:m", "OPENAI_API_KEY")]
)
async def test_no_client_of_a_provider_gets_past_it(
    ann: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    model: str,
    key: str,
) -> None:
    monkeypatch.setenv(key, "sk-test-0123456789")
    monkeypatch.setenv("SPENDO_MODELS", model)
    events = await Chat(ann).say("hello")
    assert events[-1]["type"] == "error"
    assert "OutsideError" in caplog.text
