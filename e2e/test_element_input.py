"""What a page and its user are asked for in the middle of an answer: client tools, questions,
dictation."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, expect

from accessibility import accessibility_faults
from element_host import PLAIN, REACT
from stored import eventually
from visitor import PHONE, NewPage, Visitor

START_AND_END = ["response.start", "response.end"]


class Guest(Visitor):
    """A visitor of the showcase."""

    path = PLAIN

    def come(self, **options: object) -> "Guest":
        self.page.goto(f"{self.path}?options={quote(json.dumps(options))}")
        expect(self.composer).to_be_visible()
        return self

    def write(self, text: str) -> None:
        # What follows may take the composer away at once.
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.questions.last).to_contain_text(text)

    @property
    def thread(self) -> str:
        eventually(lambda: self.details("thread.change"), "a thread")
        return str(self.details("thread.change")[-1]["threadId"])

    def details(self, name: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = self.page.evaluate(
            "name => host.events.filter(([type]) => type === name).map(([, detail]) => detail)",
            name,
        )
        return found

    def started_and_ended(self) -> list[str]:
        names: list[str] = self.page.evaluate("() => host.events.map(([name]) => name)")
        return [name for name in names if name in START_AND_END]

    def tools_called(self) -> list[str]:
        called: list[str] = self.page.evaluate("() => toolsCalled")
        return called

    def have_a_tool_at_work(self) -> None:
        self.write("use a slow tool")
        eventually(self.tools_called, "the tool is called")

    @property
    def waiting(self) -> Locator:
        return self.log.locator("[part=waiting-call]")


@pytest.fixture
def guest(new_page: NewPage, showcase: str) -> Guest:
    return Guest(new_page(url=showcase)).come()


@pytest.mark.parametrize("path", [PLAIN, REACT])
def test_two_tools_and_the_answer_are_one_response(guest: Guest, path: str) -> None:
    """[row 98] [row 105] Also through the official wrapper."""
    guest.path = path
    guest.come()
    guest.write("use two tools")
    expect(guest.answers.last).to_contain_text('page_width gave {"width": 1280}')
    guest.wait_until_answered()
    expect(guest.answers.first).to_contain_text('page_title gave {"title": "Showcase')
    assert guest.started_and_ended() == START_AND_END
    assert guest.tools_called() == ["page_title", "page_width"]


def test_the_chat_waits_for_the_page_and_goes_on_in_the_same_response(guest: Guest) -> None:
    """[row 105]"""
    guest.have_a_tool_at_work()
    expect(guest.stop).to_be_enabled()
    guest.composer.fill("Meanwhile")
    guest.composer.press("Enter")
    expect(guest.composer).to_have_text("Meanwhile")
    assert guest.started_and_ended() == ["response.start"]
    guest.page.evaluate("dispatchEvent(new Event('tool-done'))")
    expect(guest.answers.last).to_contain_text('{"done": true}')
    guest.wait_until_answered()
    assert guest.started_and_ended() == START_AND_END


def test_a_failing_tool_is_told_to_the_model_and_the_page(guest: Guest) -> None:
    """[row 106]"""
    guest.write("use a failing tool")
    expect(guest.answers.last).to_contain_text('{"error": "There is no row 7."}')
    guest.wait_until_answered()
    guest.expect_nothing_failed()
    assert len(guest.details("error")) == 1


def test_a_tool_that_never_answers_can_be_stopped_and_written_past(guest: Guest) -> None:
    """[row 106]"""
    guest.have_a_tool_at_work()
    guest.stop.click()
    expect(guest.waiting).to_be_visible()
    guest.ask("hello")
    expect(guest.waiting).to_have_count(0)
    guest.expect_nothing_failed()


def test_a_call_found_after_a_reload_waits_for_a_word(guest: Guest) -> None:
    """[row 107]"""
    guest.have_a_tool_at_work()
    guest.come(initialThread=guest.thread)
    expect(guest.waiting).to_contain_text("waits for something")
    assert guest.tools_called() == []
    guest.waiting.get_by_role("button", name="Do it now").click()
    expect(guest.stop).to_be_visible()
    expect(guest.composer).to_be_focused()
    guest.page.evaluate("dispatchEvent(new Event('tool-done'))")
    expect(guest.answers.last).to_contain_text('{"done": true}')
    assert guest.tools_called() == ["wait_for_the_page"]


def test_of_two_tabs_one_runs_the_tool(guest: Guest) -> None:
    """[row 107] The other one may pass the call over; then the result comes too late, in peace."""
    guest.have_a_tool_at_work()
    other = Guest(guest.page.context.new_page()).come(initialThread=guest.thread)
    expect(other.waiting).to_be_visible()
    other.waiting.get_by_role("button", name="Go on without it").click()
    expect(other.answers.last).to_contain_text("The user went on without a result.")
    assert other.tools_called() == []
    guest.page.evaluate("dispatchEvent(new Event('tool-done'))")
    expect(guest.answers.last).to_contain_text("The user went on without a result.")
    guest.wait_until_answered()
    guest.expect_nothing_failed()


class Questions:
    """The form that stands in the composer's place."""

    def __init__(self, guest: Guest) -> None:
        self.form = guest.chat.locator("[part=structured-input]")
        self.keyboard = guest.page.keyboard

    def option(self, name: str) -> Locator:
        return self.form.get_by_label(name, exact=True).first

    def own_words(self) -> Locator:
        return self.form.get_by_role("textbox", name="In your own words")

    def button(self, name: str) -> Locator:
        return self.form.get_by_role("button", name=name, exact=True)

    def expect(self, question: str) -> None:
        expect(self.form.get_by_role("group", name=question)).to_be_visible()


def test_a_choice_is_answered_by_keyboard_alone(guest: Guest) -> None:
    """[row 108] [row 110]"""
    guest.write("ask")
    questions = Questions(guest)
    questions.expect("Which account shall it be booked to?")
    expect(guest.composer).to_have_count(0)
    expect(questions.option("Checking")).to_be_focused()
    questions.keyboard.press("ArrowDown")
    questions.keyboard.press("ArrowDown")
    expect(questions.option("Cash")).to_be_checked()
    questions.keyboard.press("Enter")
    expect(guest.answers.last).to_contain_text("Noted: account: Cash.")
    expect(guest.composer).to_be_focused()
    summary = guest.log.locator("[part=structured-input-answers]")
    expect(summary).to_contain_text("Which account shall it be booked to?")
    expect(summary).to_contain_text("Cash")
    guest.come(initialThread=guest.thread)
    expect(summary).to_contain_text("Cash")


def test_own_words_are_chosen_by_writing_them(guest: Guest) -> None:
    """[row 108]"""
    guest.write("ask")
    questions = Questions(guest)
    questions.form.get_by_role("radio", name="In your own words").click()
    expect(questions.own_words()).to_be_focused()
    questions.option("Savings").click()
    questions.own_words().fill("The old one")
    expect(questions.option("Savings")).not_to_be_checked()
    questions.own_words().press("Enter")
    expect(guest.answers.last).to_contain_text("Noted: account: The old one.")


def test_arrow_keys_pass_own_words_without_falling_into_them(guest: Guest) -> None:
    """[row 108]"""
    guest.write("ask")
    questions = Questions(guest)
    expect(questions.option("Checking")).to_be_focused()
    questions.keyboard.press("ArrowUp")
    expect(questions.form.get_by_role("radio", name="In your own words")).to_be_focused()
    questions.keyboard.press("ArrowDown")
    expect(questions.option("Checking")).to_be_focused()
    expect(questions.option("Checking")).to_be_checked()


def test_several_questions_are_answered_skipped_and_gone_back_to(guest: Guest) -> None:
    """[row 108] [row 109]"""
    guest.write("ask much")
    questions = Questions(guest)
    expect(questions.form).to_contain_text("Question 1 of 3")
    questions.option("Savings").click()
    questions.button("Next").click()
    questions.expect("Question 2 of 3: Which of these belong to it?")
    expect(questions.option("Food")).to_be_focused()
    questions.keyboard.press("Space")
    questions.own_words().fill("Taxi")
    questions.button("Back").click()
    expect(questions.option("Savings")).to_be_focused()
    questions.button("Next").click()
    expect(questions.option("Food")).to_be_checked()
    questions.button("Next").click()
    expect(questions.form.get_by_role("textbox", name="What shall the note say?")).to_be_focused()
    questions.button("Send").click()
    expect(questions.form.get_by_role("alert")).to_contain_text("Write an answer, or skip")
    questions.button("Skip").click()
    expect(guest.answers.last).to_contain_text(
        "Noted: account: Savings; tags: Food, Taxi; note: nothing."
    )
    assert guest.started_and_ended() == START_AND_END * 2


def test_questions_wait_over_a_reload_and_can_all_be_skipped(guest: Guest) -> None:
    """[row 109] [row 110]"""
    guest.write("ask much")
    questions = Questions(guest)
    expect(questions.form).to_be_visible()
    guest.page.goto(f"/?options={quote(json.dumps({'initialThread': guest.thread}))}")
    questions.expect("Question 1 of 3: Which account shall it be booked to?")
    assert guest.page.evaluate("document.activeElement === document.body")
    questions.button("Skip all").click()
    expect(guest.answers.last).to_contain_text("note: nothing.")
    expect(guest.log.locator("[part=structured-input-answers]")).to_contain_text("Skipped")


def test_what_was_answered_in_another_tab_is_seen(guest: Guest) -> None:
    """[row 110]"""
    guest.write("ask")
    questions = Questions(guest)
    questions.option("Cash").click()
    tab = guest.page.context.new_page()
    tab.goto(f"/?options={quote(json.dumps({'initialThread': guest.thread}))}")
    other = Guest(tab)
    theirs = Questions(other)
    theirs.option("Savings").click()
    theirs.button("Send").click()
    expect(other.answers.last).to_contain_text("account: Savings")
    other.wait_until_answered()
    questions.button("Send").click()
    expect(questions.form).to_have_count(0)
    expect(guest.answers.last).to_contain_text("account: Savings")
    expect(guest.failure).to_contain_text("already been answered")


def test_answers_that_do_not_get_through_can_be_sent_again(guest: Guest) -> None:
    """[row 109]"""
    guest.write("ask for words")
    questions = Questions(guest)
    field = questions.form.get_by_role("textbox", name="What shall the note say?")
    field.fill("Lunch")
    guest.page.route("**/chatkit/", lambda route: route.abort())
    field.press("Enter")
    expect(guest.failure).to_contain_text("could not be reached")
    expect(field).to_have_value("Lunch")
    guest.page.unroute("**/chatkit/")
    field.press("Enter")
    expect(guest.answers.last).to_contain_text("Noted: note: Lunch.")
    guest.expect_nothing_failed()


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


@pytest.fixture
def speaker(new_page: NewPage, showcase: str) -> Speaker:
    page = new_page(url=showcase, permissions=["microphone"])
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
    """[row 111]"""
    speaker = Speaker(new_page(url=showcase))
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


KEYBOARD = """
  let covered = 0;
  const real = Object.getOwnPropertyDescriptor(VisualViewport.prototype, 'height').get;
  const height = () => real.call(visualViewport) - covered;
  Object.defineProperty(visualViewport, 'height', { get: height });
  window.openKeyboard = (height) => {
    covered = height;
    visualViewport.dispatchEvent(new Event('resize'));
  };
"""


@pytest.fixture
def phone(new_page: NewPage, showcase: str) -> Guest:
    """What Chromium can show of one: fingers, a small screen, and a keyboard laid over it by hand.
    That a real keyboard does the same, and what Safari pans, is to be seen on devices only."""
    page = new_page(url=showcase, size=PHONE, has_touch=True, is_mobile=True)
    page.add_init_script(KEYBOARD)
    return Guest(page).come()


def bottom_of(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_the_composer_stands_on_the_keyboard(phone: Guest) -> None:
    """[row 134]"""
    phone.ask("long")
    phone.log.evaluate("(log) => { log.scrollTop = log.scrollHeight; }")
    form = phone.chat.locator("[part=composer]")
    assert bottom_of(form) > PHONE[1] - 30
    phone.composer.tap()
    phone.page.evaluate("openKeyboard(336)")
    eventually(lambda: bottom_of(form) <= PHONE[1] - 336, "the composer is above the keyboard")
    assert bottom_of(form) > PHONE[1] - 336 - 30
    at_end = "(log) => log.scrollHeight - log.clientHeight - log.scrollTop < 60"
    eventually(lambda: phone.log.evaluate(at_end), "the end of the answer is in sight")
    assert phone.page.evaluate("scrollY") == 0
    phone.page.evaluate("openKeyboard(0)")
    eventually(lambda: bottom_of(form) > PHONE[1] - 30, "the composer is at the end of the page")


def test_a_page_that_makes_room_itself_has_the_composer_in_it(phone: Guest) -> None:
    """[row 134] `interactive-widget=resizes-content`: the page itself gets lower."""
    phone.ask("long")
    phone.log.evaluate("(log) => { log.scrollTop = log.scrollHeight; }")
    phone.composer.tap()
    phone.page.set_viewport_size({"width": PHONE[0], "height": 420})
    form = phone.chat.locator("[part=composer]")
    eventually(lambda: 390 < bottom_of(form) <= 420, "the composer is in the page")
    at_end = "(log) => log.scrollHeight - log.clientHeight - log.scrollTop < 60"
    eventually(lambda: phone.log.evaluate(at_end), "the end of the answer is in sight")


def test_a_question_with_a_keyboard_still_shows_its_buttons(phone: Guest) -> None:
    """[row 134]"""
    phone.write("ask much")
    questions = Questions(phone)
    questions.own_words().tap()
    phone.page.evaluate("openKeyboard(336)")
    eventually(
        lambda: bottom_of(questions.button("Next")) <= PHONE[1] - 336,
        "the buttons are above the keyboard",
    )
    expect(questions.own_words()).to_be_focused()


def test_nothing_smaller_than_a_phone_wants_is_written_in(phone: Guest) -> None:
    """[row 134] Safari zooms in on a field of less than 16 px."""
    phone.page.evaluate("host.change({ theme: { typography: { baseSize: 14 } } })")
    size = "(field) => parseFloat(getComputedStyle(field).fontSize)"
    eventually(lambda: phone.composer.evaluate(size) == 16, "the field is large enough")


def test_the_focus_does_not_scroll_the_page(guest: Guest) -> None:
    """[row 134]"""
    guest.page.evaluate(
        """() => {
          const before = document.createElement('div');
          before.id = 'before';
          document.body.prepend(before);
          before.style.height = '3000px';
        }"""
    )
    guest.page.evaluate("host.call('focusComposer')")
    expect(guest.composer).to_be_focused()
    assert guest.page.evaluate("scrollY") == 0
    guest.page.evaluate("host.call('sendUserMessage', { text: 'ask' })")
    questions = Questions(guest)
    expect(questions.option("Checking")).to_be_focused()
    assert guest.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_in_what_is_asked(new_page: NewPage, showcase: str, theme: str) -> None:
    """[rows 105, 108, 110, 111] The call that waits, each kind of question, answers, dictation."""
    page = new_page(url=showcase, permissions=["microphone"], reduced_motion="reduce")
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
