"""Words that are spoken."""

import json

import pytest
from playwright.sync_api import Locator, Route, expect

from accessibility import accessibility_faults
from guest import Guest, Questions
from stored import eventually
from visitor import NewPage

KEEP_STREAMS = """
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.streams = [];
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await real(wanted);
    window.streams.push(stream);
    return stream;
  };
"""

LIVE = "streams.flatMap((stream) => stream.getTracks()).filter((t) => t.readyState === 'live')"


class Speaker(Guest):
    """A guest who dictates."""

    def start(self) -> None:
        self.button("Dictate").click()
        expect(self.recording).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.chat.get_by_role("button", name=name, exact=True)

    @property
    def recording(self) -> Locator:
        return self.chat.locator("[part=dictation][data-at=recording]")

    @property
    def bar(self) -> Locator:
        return self.chat.locator("[part=dictation]")

    def expect_microphone_off(self) -> None:
        eventually(lambda: self.page.evaluate(f"{LIVE}.length") == 0, "the microphone is let go")


def without_microphone(route: Route) -> None:
    if route.request.is_navigation_request():
        page = route.fetch()
        route.fulfill(response=page, headers=page.headers | {"permissions-policy": "microphone=()"})
    else:
        route.continue_()


@pytest.fixture
def speaker(new_page: NewPage, showcase: str) -> Speaker:
    page = new_page(url=showcase)
    page.add_init_script(KEEP_STREAMS)
    speaker = Speaker(page)
    speaker.come()
    return speaker


def test_what_is_said_is_inserted_where_the_caret_is(speaker: Speaker) -> None:
    """[row 111]"""
    speaker.composer.press_sequentially("Note: . Thanks")
    for _ in ". Thanks":
        speaker.page.keyboard.press("ArrowLeft")
    speaker.button("Dictate").focus()
    speaker.page.keyboard.press("Enter")
    expect(speaker.recording).to_be_visible()
    assert speaker.page.evaluate(f"{LIVE}.length") == 1
    expect(speaker.recording.get_by_role("timer")).to_contain_text("0:01 of 5:00")
    expect(speaker.button("Insert the words")).to_be_focused()
    with speaker.page.expect_request(
        lambda asked: "input.transcribe" in (asked.post_data or "")
    ) as sent:
        speaker.page.keyboard.press("Enter")
    params = json.loads(sent.value.post_data or "{}")["params"]
    assert params["mime_type"] == "audio/webm;codecs=opus"
    assert len(params["audio_base64"]) > 1000
    expect(speaker.composer).to_have_text("Note: spoken words as audio/webm. Thanks")
    expect(speaker.composer).to_be_focused()
    speaker.page.keyboard.type("!")
    expect(speaker.composer).to_have_text("Note: spoken words as audio/webm!. Thanks")
    speaker.expect_microphone_off()


def test_the_picture_moves_with_the_voice(speaker: Speaker) -> None:
    """[row 111] The microphone of the browser beeps: some bars are high, some are not."""
    speaker.start()
    heights = """() => {
      const canvas = document.querySelector('openai-chatkit').shadowRoot.querySelector('canvas');
      const { width, height } = canvas;
      if (!width) return 0;
      const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
      const filled = (y) => Array.from({ length: width }, (_, x) => pixels[4 * (y * width + x) + 3])
        .filter(Boolean).length;
      return filled(Math.floor(height / 4));
    }"""
    eventually(lambda: speaker.page.evaluate(heights) > 0, "a high bar")
    speaker.page.keyboard.press("Escape")
    expect(speaker.bar).to_have_count(0)
    expect(speaker.button("Dictate")).to_be_focused()
    speaker.expect_microphone_off()


def test_a_chat_that_is_removed_lets_the_microphone_go(speaker: Speaker) -> None:
    """[row 111]"""
    speaker.start()
    speaker.page.evaluate("host.show(false)")
    speaker.expect_microphone_off()
    speaker.page.evaluate("host.show(true)")
    expect(speaker.button("Dictate")).to_be_visible()


def test_a_microphone_that_is_refused_is_said(new_page: NewPage, showcase: str) -> None:
    """[row 111] Here by the page's own policy."""
    page = new_page(url=showcase)
    page.route("**/*", without_microphone)
    speaker = Speaker(page)
    speaker.come()
    speaker.button("Dictate").click()
    expect(speaker.bar).to_contain_text("The microphone may not be used here.")
    speaker.button("Dismiss").click()
    expect(speaker.bar).to_have_count(0)
    expect(speaker.button("Dictate")).to_be_focused()


def test_what_the_server_does_not_take_is_not_lost(speaker: Speaker) -> None:
    """[row 111]"""
    speaker.start()
    expect(speaker.recording.get_by_role("timer")).to_contain_text("0:01")
    speaker.page.route("**/chatkit/", lambda route: route.abort())
    speaker.button("Insert the words").click()
    expect(speaker.bar).to_contain_text("could not be reached")
    speaker.expect_microphone_off()
    speaker.page.unroute("**/chatkit/")
    speaker.button("Try again").click()
    expect(speaker.composer).to_have_text("spoken words as audio/webm")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_in_what_is_asked(new_page: NewPage, showcase: str, theme: str) -> None:
    """[rows 105, 108, 110, 111] The call that waits, each kind of question, answers, dictation."""
    page = new_page(url=showcase, reduced_motion="reduce")
    speaker = Speaker(page)
    speaker.come(theme=theme)

    def expect_no_faults() -> None:
        assert accessibility_faults(page, "openai-chatkit") == []

    speaker.write("ask much")
    questions = Questions(speaker)
    questions.option("Savings").click()
    expect_no_faults()
    questions.button("Next").click()
    questions.option("Food").click()
    expect_no_faults()
    questions.button("Next").click()
    questions.button("Send").click()
    expect(questions.form.get_by_role("alert")).to_be_visible()
    expect_no_faults()
    questions.button("Skip").click()
    expect(speaker.answers.last).to_contain_text("Noted")
    speaker.wait_until_answered()
    expect_no_faults()
    speaker.start()
    expect(speaker.recording.get_by_role("timer")).to_contain_text("0:01")
    expect_no_faults()
    speaker.page.keyboard.press("Escape")
    speaker.have_a_tool_at_work()
    speaker.stop.click()
    expect(speaker.waiting).to_be_visible()
    expect_no_faults()
