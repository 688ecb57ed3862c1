"""Long threads: they open at their newest end, and what is read stays where it is."""

import re

from playwright.sync_api import expect

from element_host import Host

# Goes up to where earlier items are asked for, and follows the first item in sight, frame by
# frame, until they have been there for a while. Gives how far it moved at most, and how many came.
WATCH = """async (top) => {
    const list = document.querySelector('openai-chatkit').shadowRoot.querySelector('[role=log]');
    const items = () => [...list.querySelectorAll('article')];
    const frame = () => new Promise(requestAnimationFrame);
    list.scrollTop = top;
    await frame();
    const count = items().length;
    const place = (item) => item.getBoundingClientRect().top;
    const edge = list.getBoundingClientRect().top;
    const read = items().find((item) => item.getBoundingClientRect().bottom > edge);
    const before = place(read);
    let moved = 0;
    for (let after = 0; after < 12;) {
        await frame();
        moved = Math.max(moved, Math.abs(place(read) - before));
        if (items().length > count) after += 1;
    }
    return [moved, items().length - count, read.isConnected];
}"""


def test_it_opens_at_the_end_and_pages_upward_without_a_jump(host: Host) -> None:
    """[row 32] [row 33]"""
    host.open()
    thread = _fill(host, 120)
    assert [detail for _, detail in host.events("thread.load.start")] == [{"threadId": thread}]
    expect(host.answers.last).to_contain_text("There are 120 items more.")
    expect(host.answers.last).to_be_in_viewport()
    # The first on screen is an answer whose question comes with the next page, and back again.
    for top in (100, 0, 30):
        moved, came, connected = host.page.evaluate(WATCH, top)
        assert moved <= 1, f"what is read moved by {moved} px when {came} items came above it"
        assert came == 30
        assert connected
    host.log.evaluate("(list) => { list.scrollTop = 0 }")
    expect(host.questions.first).to_contain_text("fill 120")
    expect(host.log.locator(".older")).to_have_count(0)
    # Also of those that are not laid out: it can be found, and read out.
    questions = host.questions.all_text_contents()
    said = [found[0] for text in questions if (found := re.search(r"Question \d+", text))]
    assert said == [f"Question {number}" for number in range(1, 121, 2)]


def test_what_is_far_away_is_not_laid_out_and_yet_where_it_was(host: Host) -> None:
    """[row 33] Also after the chat became narrower, and everything in it higher."""
    host.open()
    _fill(host, 40)
    host.page.evaluate(WATCH, 0)
    skipped = """(list) => [...list.querySelectorAll('.turn')]
        .filter((turn) => !turn.lastElementChild.checkVisibility({ contentVisibilityAuto: true }))
        .length"""
    host.log.evaluate("(list) => { list.scrollTop = list.scrollHeight }")
    host.page.wait_for_function(
        f"({skipped})(document.querySelector('openai-chatkit').shadowRoot.querySelector('.list'))"
    )
    host.page.set_viewport_size({"width": 390, "height": 844})
    moved = host.page.evaluate("""async () => {
        const list = document.querySelector('openai-chatkit').shadowRoot
            .querySelector('[role=log]');
        const frame = () => new Promise(requestAnimationFrame);
        let worst = 0;
        for (let steps = 0; steps < 40 && list.scrollTop > 300; steps += 1) {
            list.scrollTop -= 150;
            await frame();
            const edge = list.getBoundingClientRect().top;
            const read = [...list.querySelectorAll('article')]
                .find((item) => item.getBoundingClientRect().bottom > edge);
            const before = read.getBoundingClientRect().top;
            await frame();
            await frame();
            worst = Math.max(worst, Math.abs(read.getBoundingClientRect().top - before));
        }
        return worst;
    }""")
    assert moved <= 1


def _fill(host: Host, count: int) -> str:
    """Make a thread of so many items, and open it as if it had been there before."""
    host.write(f"fill {count}")
    host.wait_until_answered()
    thread = str(host.events("thread.change")[0][1]["threadId"])
    host.call("setThreadId", None)
    host.call("setThreadId", thread)
    host.wait_for("thread.load.end")
    return thread


def test_who_scrolls_at_once_is_not_taken_back(host: Host) -> None:
    """[row 33] Before the browser has told anyone of it."""
    host.open()
    thread = _fill(host, 60)
    came = host.page.evaluate(
        """async (thread) => {
            const frame = () => new Promise(requestAnimationFrame);
            await host.call('setThreadId', null);
            await frame();
            await host.call('setThreadId', thread);
            await host.element.updateComplete;
            await frame();
            const list = host.element.shadowRoot.querySelector('.list');
            const count = list.querySelectorAll('article').length;
            list.scrollTop = 0;
            for (let frames = 0; frames < 300; frames += 1) {
                await frame();
                if (list.querySelectorAll('article').length > count) return true;
            }
            return false;
        }""",
        thread,
    )
    assert came
