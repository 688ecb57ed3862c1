"""Results of the page's own tools."""

import asyncio

from chatkit_django.client_tools import EXPIRED
from tests.conversation import types


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
