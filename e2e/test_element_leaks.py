"""What an element leaves behind when it is taken out of the page: nothing."""

import time
from typing import NamedTuple

from playwright.sync_api import CDPSession, expect

from element_host import Host

TIMES = 50
# The last few may be held a while by a timer or the engine; fifty that stay are 16,000 nodes.
FEW = 5
NODES, LISTENERS = 350, 40  # of one chat
CODE = 1_000_000  # bytes of heap: the engine goes on compiling and counting while a page is used


class Kept(NamedTuple):
    nodes: int
    listeners: int
    heap: int


def test_fifty_chats_leave_nothing_behind(host: Host) -> None:
    """[row 10] Each answers, shows its history, and goes, every other one while it answers."""
    host.open()
    host.show(False)
    session = host.page.context.new_cdp_session(host.page)
    session.send("Performance.enable")
    for number in range(10):
        use_and_remove(host, number)
    before = kept(session)
    for number in range(TIMES):
        use_and_remove(host, number)
    after = kept(session)
    assert after.nodes - before.nodes < FEW * NODES
    assert after.listeners - before.listeners < FEW * LISTENERS
    assert after.heap - before.heap < CODE


def test_a_thread_that_was_left_is_let_go_of(host: Host) -> None:
    """[row 10] The start screen that comes after it holds nothing of it."""
    host.open()
    session = host.page.context.new_cdp_session(host.page)
    session.send("Performance.enable")
    before = kept(session)
    host.call("sendUserMessage", {"text": "fill 200"})
    host.wait_for("response.end")
    thread_id = host.events("thread.change")[-1][1]["threadId"]
    host.call("setThreadId", None)
    host.call("setThreadId", thread_id)
    expect(host.answers.last).to_be_visible()
    drawn = kept(session).nodes - before.nodes
    assert drawn > 2 * NODES, "the thread is too small to be missed"
    host.call("setThreadId", None)
    assert kept(session).nodes - before.nodes < drawn / 2


def use_and_remove(host: Host, number: int) -> None:
    host.renew()
    host.page.evaluate(
        """async (cut) => {
            const event = (name) => new Promise((resolve) =>
                host.element.addEventListener(`chatkit.${name}`, resolve, { once: true }));
            if (!host.element.shadowRoot?.querySelector('.composer')) await event('ready');
            const said = event(cut ? 'response.start' : 'response.end');
            await host.element.setThreadId(null);
            await host.element.sendUserMessage({ text: 'hello' });
            await said;
            await host.element.showHistory();
            if (!cut) await host.element.hideHistory();
            host.events.length = 0;
        }""",
        number % 2 == 1,
    )
    host.show(False)


def kept(session: CDPSession) -> Kept:
    """What is left once all that can be collected is: a timer that runs out lets go of the last."""
    least, looks_without_less = _look(session), 0
    while looks_without_less < 4:
        time.sleep(0.3)
        now = _look(session)
        looks_without_less = 0 if now.nodes < least.nodes else looks_without_less + 1
        least = min(least, now)
    return least


def _look(session: CDPSession) -> Kept:
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    told = session.send("Performance.getMetrics")["metrics"]
    metrics = {one["name"]: int(one["value"]) for one in told}
    return Kept(metrics["Nodes"], metrics["JSEventListeners"], metrics["JSHeapUsedSize"])
