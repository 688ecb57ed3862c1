"""Long threads: they open at their newest end, and what is read stays where it is."""

import re

from playwright.sync_api import expect

from element_host import PLAIN, Host
from visitor import NewPage

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


# Reads on in steps of a screen to one end. Gives how far what was read moved beyond the step, how
# many turns were in the document at most, and the questions that were seen.
WALK = """async (down) => {
    const list = document.querySelector('openai-chatkit').shadowRoot.querySelector('[role=log]');
    const frame = () => new Promise(requestAnimationFrame);
    const box = list.getBoundingClientRect();
    const seen = [];
    let [worst, most] = [0, 0];
    const look = () => {
        for (const item of list.querySelectorAll('.user')) {
            const { top, bottom } = item.getBoundingClientRect();
            const [found] = /Question \\d+/.exec(item.textContent) ?? [];
            if (found && bottom > box.top && top < box.bottom) seen.push(found);
        }
    };
    look();
    const more = () => down
        ? list.scrollTop + list.clientHeight < list.scrollHeight - 1
        : list.scrollTop > 0 || list.querySelector('.older');
    while (more()) {
        const items = [...list.querySelectorAll('article')];
        const read = items.find((item) => item.getBoundingClientRect().bottom > box.top);
        const before = read.getBoundingClientRect().top + list.scrollTop;
        list.scrollTop += down ? list.clientHeight : -list.clientHeight;
        const expected = before - list.scrollTop;
        for (const _ of 'ab') {
            await frame();
            worst = Math.max(worst, Math.abs(read.getBoundingClientRect().top - expected));
        }
        most = Math.max(most, list.querySelectorAll('.turn').length);
        look();
        if (!list.querySelector('.turn:last-child').textContent.includes('items more')) return null;
    }
    return [worst, most, [...new Set(seen)]];
}"""


HALF_WAY = """async (list) => {
    list.scrollTop = list.scrollHeight / 2;
    const top = list.scrollTop;
    await new Promise(requestAnimationFrame);
    const { x, y, width, height } = list.getBoundingClientRect();
    const there = list.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
    return [list.scrollTop - top, there.closest('.turn, .gap').className];
}"""


def test_a_long_thread_is_read_up_and_down_with_a_part_of_it_in_the_document(
    new_page: NewPage, showcase: str
) -> None:
    """[row 33]"""
    host = Host(new_page(url=showcase), PLAIN)
    host.open()
    _fill(host, 440)
    questions = [f"Question {number}" for number in range(1, 440, 2)]
    moved, most, seen = host.page.evaluate(WALK, False)
    assert moved <= 1, f"what is read moved by {moved} px on the way up"
    assert most < 221
    assert sorted(seen) == sorted(questions)
    # What the reader has in hand stays, wherever it is.
    first = host.answers.first
    first.evaluate("""(answer) => {
        answer.closest('.turn').querySelector('button').focus({ preventScroll: true });
        getSelection().setBaseAndExtent(answer, 0, answer, answer.childNodes.length);
    }""")
    words = host.page.evaluate("getSelection().toString()")
    focused = host.focused()
    moved, most, seen = host.page.evaluate(WALK, True)
    assert moved <= 1, f"what is read moved by {moved} px on the way down"
    assert most <= 2 * 80 + 5
    assert seen == questions
    assert host.focused() == focused
    assert host.page.evaluate("getSelection().toString()") == words
    assert "More messages, shown when you come near" in host.log.inner_text()
    # Who is taken to where nothing is drawn is there, with all that belongs there, in one frame.
    assert host.log.evaluate(HALF_WAY) == [0, "turn"]


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
