"""Recordings, and what is no recording."""

import base64
import json

import pytest


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
