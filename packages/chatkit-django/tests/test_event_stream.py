import asyncio

import pytest

from chatkit_django.event_stream import EventStreamResponse


async def test_a_type_error_in_the_stream_is_not_taken_for_a_synchronous_iterator(recwarn):
    async def frames():
        yield b"one"
        raise TypeError("mine")

    response = EventStreamResponse(frames())
    with pytest.raises(TypeError, match="mine"):
        [part async for part in response]
    assert not [one for one in recwarn if "iterators" in str(one.message)]


async def test_leaving_the_response_closes_the_frames_at_once():
    closed = []

    async def frames():
        try:
            while True:
                yield b"more"
        finally:
            await asyncio.sleep(0)
            closed.append(True)

    reading = aiter(EventStreamResponse(frames()))
    assert await anext(reading) == b"more"
    await reading.aclose()
    assert closed == [True]
