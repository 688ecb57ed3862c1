"""A keyboard on the screen, and the focus: nothing is covered, nothing jumps."""

import pytest
from playwright.sync_api import Locator, expect

from guest import Guest, Questions
from stored import eventually
from visitor import PHONE, NewPage

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
