"""How the element starts, lives and ends, on a plain page and in React under StrictMode."""

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect

from element_host import PLAIN, Host
from visitor import NewPage

WHOLE = re.compile(r"word0 [\s\S]*word199")


def test_it_is_ready_once_takes_no_focus_and_asks_nobody_else(host: Host) -> None:
    """[row 1] [row 5] [row 11] [row 20]"""
    asked: list[str] = []
    host.page.on("request", lambda request: asked.append(request.url))
    host.open()
    expect(host.chat.get_by_text("What shall be shown?")).to_be_visible()
    assert host.page.evaluate("document.activeElement.tagName") == "BODY"
    host.ask("hello")
    assert host.events("ready") == [["ready", None]]
    own = host.page.evaluate("location.origin")
    assert [url for url in asked if not url.startswith((own, "data:"))] == []


def test_a_script_that_comes_late_finds_the_page_waiting(host: Host) -> None:
    """[row 3]"""
    held: list[Route] = []
    host.page.route("**/element/chatkit.js", lambda route: held.append(route))
    host.page.route(f"**{host.path}?**", _without_waiting_for_scripts)
    host.page.goto(f"{host.path}?options={{}}", wait_until="domcontentloaded")
    host.page.wait_for_function("window.host")
    expect(host.chat).to_have_count(1)
    assert host.events() == []
    held[0].continue_()
    host.wait_for("ready")
    host.ask("hello")
    assert host.events("ready") == [["ready", None]]


def _without_waiting_for_scripts(route: Route) -> None:
    answer = route.fetch()
    body = answer.text().replace('chatkit.js">', 'chatkit.js" async>')
    route.fulfill(response=answer, body=body)


def test_every_order_of_options_and_document(new_page: NewPage, showcase: str) -> None:
    """[row 2]"""
    host = Host(new_page(url=showcase), PLAIN)
    host.open()
    seen = host.page.evaluate("""async () => {
        const { chosen } = await import('/page/page.js');
        const steps = {
            options: (chat) => chat.setOptions(chosen),
            document: (chat) => document.body.append(chat),
        };
        const seen = {};
        for (const order of ['options document', 'document options', 'document options options']) {
            const chat = document.createElement('openai-chatkit');
            const events = seen[order] = [];
            const ready = new Promise((resolve) => chat.addEventListener('chatkit.ready', resolve));
            chat.addEventListener('chatkit.ready', () => events.push('ready'));
            for (const step of order.split(' ')) {
                steps[step](chat);
                events.push(step, !!chat.shadowRoot?.querySelector('.chat'));
            }
            await ready;
            events.push(!!chat.shadowRoot.querySelector('.chat'));
            chat.remove();
        }
        return seen;
    }""")
    assert seen == {
        "options document": ["options", False, "document", False, "ready", True],
        "document options": ["document", False, "options", False, "ready", True],
        "document options options": [
            *("document", False, "options", False, "options", False),
            *("ready", True),
        ],
    }


def test_new_options_in_the_middle_of_an_answer_disturb_nothing(host: Host) -> None:
    """[row 4]"""
    host.open(composer={"placeholder": "Before"})
    host.ask("long")
    host.ask_and_see_the_beginning("long again")
    host.composer.fill("half a thought")
    for _ in range(3):
        host.composer.press("ArrowLeft")
    host.log.evaluate("(list) => { list.scrollTop = 40 }")
    requests: list[str] = []
    host.page.on("request", lambda request: requests.append(request.url))
    before = _what_must_stay(host)
    seen = host.events()

    for _ in range(3):
        host.change(theme="dark", composer={"placeholder": "After"})
    expect(host.chat.locator(".chat")).to_have_attribute("data-scheme", "dark")
    expect(host.composer).to_have_attribute("aria-placeholder", "After")

    assert _what_must_stay(host) == before
    expect(host.stop).to_be_visible()
    host.wait_until_answered()
    expect(host.answers.last).to_contain_text(WHOLE)
    assert _what_must_stay(host) == before
    assert requests == []
    assert host.events() == [*seen, ["response.end", None]]


def _what_must_stay(host: Host) -> object:
    return host.page.evaluate("""() => {
        const { shadowRoot } = document.querySelector('openai-chatkit');
        const field = shadowRoot.activeElement;
        const list = shadowRoot.querySelector('[role=log]');
        list.known ??= Math.random();
        const caret = shadowRoot.getSelection();
        return [field?.getAttribute('aria-label'), field?.textContent, caret.anchorOffset,
            list.scrollTop, list.known];
    }""")


def test_an_answer_outlives_its_place_in_the_page(host: Host) -> None:
    """[row 10] Out and in again, and to another place, which in React is another element."""
    host.open()
    for leave in (host.take_out_and_put_back, host.move):
        host.ask_and_see_the_beginning("long")
        thread = host.events("thread.change")[-1][1]["threadId"]
        _leave_and_wait(host, leave, thread)
        host.wait_until_answered()
        expect(host.answers.last).to_contain_text(WHOLE)
        expect(host.questions.last).to_have_text(re.compile("long"))
        host.expect_nothing_failed()
    assert host.events("error") == []


def _leave_and_wait(host: Host, leave: Callable[[], object], thread: str) -> None:
    ready = len(host.events("ready"))
    leave()
    if host.path != PLAIN:
        host.wait_for("ready", ready + 1)
        host.call("setThreadId", thread)


def test_two_of_them_answer_at_once_and_know_nothing_of_each_other(
    new_page: NewPage, showcase: str
) -> None:
    """[row 17]"""
    host = Host(new_page(url=showcase), PLAIN)
    host.open()
    seen = host.page.evaluate("""async () => {
        const { chosen } = await import('/page/page.js');
        const one = document.querySelector('openai-chatkit');
        const two = document.body.appendChild(document.createElement('openai-chatkit'));
        two.setOptions({ ...chosen, theme: 'dark' });
        const events = [];
        const ended = [one, two].map((chat, number) => new Promise((resolve) => {
            chat.addEventListener('chatkit.response.start', () => events.push(`start ${number}`));
            chat.addEventListener('chatkit.response.end', () => {
                events.push(`end ${number}`);
                resolve();
            });
        }));
        await Promise.all([one.sendUserMessage({ text: 'long' }),
            two.sendUserMessage({ text: 'hello' })]);
        await Promise.all(ended);
        const words = (chat) => [...chat.shadowRoot.querySelectorAll('article')]
            .map((item) => item.textContent.replace(/\\s+/g, ' ').trim());
        return [events, words(one), words(two),
            two.shadowRoot.querySelector('.chat').dataset.scheme,
            one.shadowRoot.querySelector('.chat').dataset.scheme];
    }""")
    events, one, two, *schemes = seen
    assert events[:2] in (["start 0", "start 1"], ["start 1", "start 0"])
    assert events[2:] == ["end 1", "end 0"]
    assert len(one) == len(two) == 2
    assert "word199" in one[1]
    assert "word199" not in two[1]
    assert "Ask for a scene" in two[1]
    assert schemes == ["dark", "light"]


def test_it_fills_the_box_it_is_given_down_to_320_pixels(host: Host) -> None:
    """[row 12]"""
    host.page.set_viewport_size({"width": 320, "height": 480})
    host.open(
        header={
            "leftAction": {"icon": "menu"},
            "rightAction": {"icon": "settings-cog"},
            "title": {"text": "A title that is far too long for so narrow a chat"},
        }
    )
    host.ask("hello")
    found = host.page.evaluate("""() => {
        const chat = document.querySelector('openai-chatkit');
        const inner = chat.shadowRoot.querySelector('.chat');
        const box = inner.getBoundingClientRect();
        const buttons = [...inner.querySelectorAll('button, textarea')]
            .map((button) => button.getBoundingClientRect()).filter(({ width }) => width);
        return {
            box: [box.width, box.height],
            page: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
            outside: buttons.filter(({ left, right }) => left < 0 || right > 320).length,
            small: buttons.filter(({ width, height }) => width < 24 || height < 24).length,
            wide: [...inner.querySelectorAll('.header, .list, .composer')]
                .filter((part) => part.scrollWidth > part.clientWidth + 1).length,
        };
    }""")
    assert found == {"box": [320, 480], "page": [320, 480], "outside": 0, "small": 0, "wide": 0}
    host.chat.evaluate("(chat) => { chat.style.height = '400px'; chat.style.width = '300px' }")
    box = host.chat.locator(".chat").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (300, 400)
