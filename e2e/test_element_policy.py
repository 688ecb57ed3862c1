"""The chat under the strictest policy there is, and what it fetches from where."""

from playwright.sync_api import expect

from element_host import PLAIN, Host
from held import Held
from visitor import NewPage

WATCH = """document.addEventListener('securitypolicyviolation', (event) =>
    (window.refused ??= []).push(`${event.violatedDirective} ${event.blockedURI}`));"""

# In one look: the box may be drawn anew between two.
WHERE = """(prompt) => [prompt, prompt.querySelector('svg')]
    .map((node) => node.getBoundingClientRect().toJSON())"""

WATCH_LANGUAGE = """window.languages = new Set();
requestAnimationFrame(function look() {
    const element = document.querySelector('openai-chatkit');
    const chat = element?.shadowRoot?.querySelector('.chat');
    if (chat) languages.add(chat.lang);
    requestAnimationFrame(look);
});"""


def test_the_policy_allows_nothing_and_nothing_is_refused(new_page: NewPage, showcase: str) -> None:
    """[row 135] [row 20] No inline style or script, no string as markup, no other host."""
    host = Host(new_page(url=showcase), PLAIN)
    host.page.add_init_script(WATCH)
    response = host.page.goto("/")
    assert response is not None
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    host.open(
        locale="de",
        theme={"colorScheme": "dark", "typography": {"baseSize": 17}},
        header={"leftAction": {"icon": "star"}},
        history={"showRename": True, "showDelete": True},
    )
    host.call("sendUserMessage", {"text": "hello"})
    host.wait_for("response.end")
    host.change(theme="light", locale="en")
    host.open_history()
    expect(host.chat.get_by_role("button", name="Close history")).to_be_visible()
    assert host.page.evaluate("window.refused ?? []") == []


def test_a_string_is_no_markup_on_this_page(new_page: NewPage, showcase: str) -> None:
    """[row 135] The policy is in force: what the chat must never do would be refused."""
    host = Host(new_page(url=showcase), PLAIN)
    host.open()
    said = host.page.evaluate(
        "(() => { try { host.element.shadowRoot.querySelector('.chat').innerHTML = '<b>'; }"
        " catch (error) { return error.name; } })()"
    )
    assert said == "TypeError"


def test_an_icon_that_comes_late_moves_nothing(new_page: NewPage, showcase: str) -> None:
    """[row 131] Until it is there its place is kept."""
    page = new_page(url=showcase)
    icons = Held(page, "**/parts/more-icons*")
    host = Host(page, PLAIN)
    host.open()
    prompt = host.chat.get_by_role("button", name="Say hello")
    icon = prompt.locator("svg")
    before = prompt.evaluate(WHERE)
    assert icon.locator("path").get_attribute("d") is None
    icons.let_go()
    expect(icon.locator("path[d]")).to_be_attached()
    assert prompt.evaluate(WHERE) == before


def test_the_language_is_there_at_first_sight(new_page: NewPage, showcase: str) -> None:
    """[row 132] No English flashes by while German is fetched; right to left mirrors the chat."""
    page = new_page(url=showcase)
    page.add_init_script(WATCH_LANGUAGE)
    host = Host(page, PLAIN)
    host.open(locale="de")
    assert page.evaluate("[...languages]") == ["de"]
    host.change(locale="ar")
    expect(host.chat.locator(".chat[lang=ar][dir=rtl]")).to_be_attached()
    title = host.chat.locator("[part=title]").bounding_box()
    history = host.chat.locator("[part=history-button]").bounding_box()
    assert title is not None
    assert history is not None
    assert history["x"] < title["x"]
