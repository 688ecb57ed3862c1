"""How a visitor comes to the states of the chat that are worth a look."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from element_host import Host
from stored import eventually

Reach = Callable[[Host], None]


def nothing(host: Host) -> None:
    _settle(host)


def asked(*words: str) -> Reach:
    def reach(host: Host) -> None:
        for one in words:
            host.write(one)
            host.wait_until_answered()
        _settle(host)

    return reach


def at_work(host: Host) -> None:
    """A tool of the page has been called and takes its time."""
    host.write("use a slow tool")
    expect(host.stop).to_be_visible()
    _settle(host)


def streaming(host: Host) -> None:
    """An answer is on its way: the parts are there already, the end is not."""
    host.ask("hello")
    _settle(host)
    host.write("long")
    expect(host.answers.last).to_contain_text("word12")


def read_through(host: Host) -> None:
    """Several turns, seen from the first on."""
    asked("hello", "sources", "hello")(host)
    host.log.evaluate("(list) => list.scrollTo(0, 0)")
    _settle(host)


def other_days(host: Host) -> None:
    host.ask("days")
    host.open_history().get_by_role("button", name="Ten days of questions").first.click()
    expect(host.log.locator("[part=day]").last).to_be_visible()
    _settle(host)


def mentioned(host: Host) -> None:
    """A mention in a message that was sent, and in one that is being written."""
    tag = {"type": "input_tag", "id": "groceries", "text": "Groceries", "data": {}}
    content = [{"type": "input_text", "text": "hello, compare "}, {**tag, "interactive": True}]
    host.call("sendUserMessage", {"content": content})
    host.wait_until_answered()
    host.call("setComposerValue", {"content": [*content, {"type": "input_text", "text": " and "}]})
    _settle(host)


def _settle(host: Host) -> None:
    """What is fetched for the first time is there."""
    host.page.wait_for_load_state("networkidle")
    host.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))")


def write_more(host: Host) -> None:
    host.ask("hello")
    host.composer.fill("A longer thought that takes\nmore than one line,\nas thoughts do.")
    _settle(host)


def past_chats(host: Host) -> None:
    for title in ("Rent and groceries", "A holiday in the mountains", "What is left in May"):
        host.ask(f"title {title}")
        host.chat.get_by_role("button", name="New chat").click()
    history = host.open_history()
    expect(history.get_by_text("What is left in May")).to_be_visible()
    _settle(host)


def rename(host: Host) -> None:
    past_chats(host)
    host.chat.get_by_role("button", name="Rename “What is left in May”").click()
    _settle(host)


def delete(host: Host) -> None:
    past_chats(host)
    host.chat.get_by_role("button", name="Delete “What is left in May”").click()
    _settle(host)


def no_chats(host: Host) -> None:
    host.open_history()
    _settle(host)


def loading(host: Host) -> None:
    host.ask("hello")
    host.page.route("**/chatkit/", lambda route: None)
    host.page.evaluate("void host.call('setThreadId', 'thr_elsewhere')")
    host.page.wait_for_timeout(500)  # the skeleton shows after a moment


def not_found(host: Host) -> None:
    host.page.evaluate("host.call('setThreadId', 'thr_nowhere').catch(() => {})")
    expect(host.chat.get_by_role("alert")).to_be_visible()


def offline(host: Host) -> None:
    host.page.route("**/chatkit/", lambda route: route.abort())
    host.write("What did I spend on groceries?")
    expect(host.chat.get_by_role("alert")).to_be_visible()
    _settle(host)


def closed(host: Host) -> None:
    host.write("close")
    expect(host.chat.locator("[part=closed]")).to_be_visible()
    _settle(host)


def read_back(host: Host) -> None:
    host.ask("long")
    host.ask("long")
    host.log.evaluate("(list) => list.scrollTo(0, 0)")
    expect(host.chat.get_by_role("button", name="Jump to the end")).to_be_visible()
    _settle(host)


def menu_of(button: str) -> Reach:
    def reach(host: Host) -> None:
        host.chat.get_by_role("button", name=button).click()
        expect(host.chat.get_by_role("menu")).to_be_visible()
        _settle(host)

    return reach


def typed(words: str) -> Reach:
    """What a character opens while one writes."""

    def reach(host: Host) -> None:
        host.composer.click()
        host.page.keyboard.type(words)
        _settle(host)

    return reach


DRAW = """async () => {
    const canvas = new OffscreenCanvas(320, 240);
    const pen = canvas.getContext('2d');
    for (const [colour, ...box] of [['#cfe3f1', 0, 0, 320, 240], ['#f2c879', 210, 40, 60, 60],
        ['#5d8f7b', 0, 130, 320, 110], ['#2d5a4a', 0, 180, 320, 60]]) {
      pen.fillStyle = colour;
      pen.fillRect(...box);
    }
    const picture = new File([await canvas.convertToBlob()], 'hills.png', { type: 'image/png' });
    const rows = new File(['date,amount'], 'statement of 2025.csv', { type: 'text/csv' });
    const archive = new File(['x'], 'archive.zip', { type: 'application/zip' });
    await host.call('setComposerValue',
        { text: 'What is in these?', files: [picture, rows, archive] }).catch(() => {});
}"""


def with_files(host: Host) -> None:
    host.composer.click()
    host.page.evaluate(DRAW)
    _settle(host)


def with_reply(host: Host) -> None:
    host.ask("hello")
    host.call(
        "setComposerValue",
        {
            "reply": "Ask for a scene by its name.",
            "text": "Which ones?",
            "selectedToolId": "search",
        },
    )
    _settle(host)


def be_asked(host: Host, words: str) -> Locator:
    host.composer.fill(words)
    host.composer.press("Enter")
    form = host.chat.locator("[part=structured-input]")
    expect(form).to_be_visible()
    return form


def a_question(host: Host) -> None:
    form = be_asked(host, "ask")
    form.get_by_label("Savings").click()
    _settle(host)


def many_choices(host: Host) -> None:
    be_asked(host, "choose from many")
    _settle(host)


def a_question_in_words(host: Host) -> None:
    form = be_asked(host, "ask much")
    for _ in range(2):
        form.get_by_role("button", name="Skip", exact=True).click()
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("alert")).to_be_visible()
    _settle(host)


def questions_answered(host: Host) -> None:
    form = be_asked(host, "ask much")
    form.get_by_label("Savings").click()
    form.get_by_role("button", name="Next").click()
    form.get_by_role("button", name="Skip", exact=True).click()
    form.get_by_role("textbox").fill("Lunch with Ada")
    form.get_by_role("button", name="Send").click()
    expect(host.answers.last).to_contain_text("Noted")
    _settle(host)


def a_call_that_waits(host: Host) -> None:
    host.write("use a slow tool")
    eventually(lambda: host.page.evaluate("toolsCalled.length"), "the tool is called")
    host.stop.click()
    expect(host.log.locator("[part=waiting-call]")).to_be_visible()
    _settle(host)


def in_arabic(words: str, button: str = "") -> Reach:
    """The visitor's words and those of the answer are English, all around them is Arabic."""

    def reach(host: Host) -> None:
        host.call("sendUserMessage", {"text": words})
        host.wait_for("response.end")
        _settle(host)
        if button:
            host.chat.get_by_role("button", name=button).click()
            _settle(host)

    return reach


def history_in_arabic(host: Host) -> None:
    for title in ("الإيجار والبقالة", "What is left in May"):
        host.call("sendUserMessage", {"text": f"title {title}"})
        host.wait_for("response.end")
        host.call("setThreadId", None)
    host.call("showHistory")
    _settle(host)
