"""Answers in a real browser: sources, steps, pictures, turns and their actions, the way through a
long conversation."""

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import FloatRect, Locator, Route, expect

from accessibility import accessibility_faults
from visitor import PHONE, NewPage, Visitor


class Reader(Visitor):
    """A visitor of the showcase who reads."""

    def come(self, **options: object) -> "Reader":
        self.page.goto(f"/?options={quote(json.dumps(options))}" if options else "/")
        expect(self.composer).to_be_visible()
        return self

    def see(self, scene: str) -> None:
        self.write(scene)
        expect(self.questions.last).to_contain_text(scene)
        expect(self.log).to_have_attribute("aria-busy", "false")

    def faults(self) -> list[str]:
        return accessibility_faults(self.page, "openai-chatkit")

    def part(self, name: str) -> Locator:
        return self.log.locator(f"[part~={name}]")

    @property
    def card(self) -> Locator:
        return self.part("source-card")

    @property
    def focused(self) -> str:
        """Class and tag of what has the focus in the chat."""
        found: str = self.chat.evaluate(
            "chat => { const at = chat.shadowRoot.activeElement;"
            "return at ? `${at.localName}.${at.className}` : '' }"
        )
        return found

    @property
    def scrolled(self) -> float:
        top: float = self.log.evaluate("list => list.scrollTop")
        return top

    @property
    def below(self) -> float:
        """How much of the conversation is below what is seen."""
        rest: float = self.log.evaluate(
            "list => list.scrollHeight - list.clientHeight - list.scrollTop"
        )
        return rest


@pytest.fixture
def reader(new_page: NewPage, showcase: str) -> Reader:
    return Reader(new_page(url=showcase)).come()


def box(locator: Locator) -> FloatRect:
    expect(locator).to_be_visible()
    found = locator.bounding_box()
    assert found, "it is not drawn"
    return found


# Sources


def test_marks_stand_in_the_text_in_the_table_and_in_the_list(reader: Reader) -> None:
    """[row 84]"""
    reader.see("sources")
    marks = reader.part("source-mark")
    expect(marks).to_have_count(5)
    words = reader.log.locator("strong", has_text="until December 2028")
    first = box(words.locator("button"))
    text = box(words)
    assert abs(first["x"] + first["width"] - text["x"] - text["width"]) < 4
    assert text["y"] < first["y"] + first["height"] / 2 < text["y"] + text["height"]
    expect(reader.log.locator("td", has_text="3.4 %").locator("button")).to_have_count(1)
    expect(reader.log.locator("li", has_text="without a fee").locator("button")).to_have_count(1)


def test_the_card_of_a_mark_follows_the_mouse_and_the_keyboard(reader: Reader) -> None:
    """[row 84]"""
    reader.see("sources")
    mark = reader.part("source-mark").nth(1)
    mark.hover()
    expect(reader.card).to_contain_text("Key interest rates")
    reader.card.get_by_role("link", name="Key interest rates").hover()
    expect(reader.card).to_be_visible()
    reader.composer.hover()
    expect(reader.card).to_have_count(0)

    mark.focus()
    expect(reader.card).to_contain_text("What households pay")
    reader.page.keyboard.press("Tab")
    expect(reader.card.get_by_role("link").first).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(reader.card).to_have_count(0)
    expect(mark).to_be_focused()
    reader.page.keyboard.press("Enter")
    expect(reader.card).to_be_visible()
    reader.page.keyboard.press("Enter")
    expect(reader.card).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, (320, 568)])
def test_the_card_is_inside_the_view_on_a_small_screen(
    new_page: NewPage, showcase: str, size: tuple[int, int]
) -> None:
    """[row 84]"""
    reader = Reader(new_page(size=size, url=showcase, has_touch=True)).come()
    reader.see("sources")
    for number in range(reader.part("source-mark").count()):
        mark = reader.part("source-mark").nth(number)
        mark.scroll_into_view_if_needed()
        mark.tap()
        expect(reader.card).to_be_visible()
        card = box(reader.card)
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= size[0]
        assert card["y"] >= 0
        assert card["y"] + card["height"] <= size[1]
        mark.tap()
        expect(reader.card).to_have_count(0)
    reader.part("source-mark").first.tap()
    reader.composer.tap()
    expect(reader.card).to_have_count(0)


def test_the_list_of_sources_opens_and_names_them_in_groups(reader: Reader) -> None:
    """[row 85]"""
    reader.see("sources")
    summary = reader.part("sources").locator("summary")
    expect(summary).to_contain_text("4 sources")
    expect(reader.part("source").first).to_be_hidden()
    summary.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.part("source")).to_have_count(4)
    expect(reader.part("source").first).to_be_visible()
    link = reader.part("source").get_by_role("link", name="Key interest rates")
    expect(link).to_have_attribute("href", "https://www.example.com/rates/key")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    assert reader.faults() == []


def test_the_page_is_told_of_a_click_and_gives_previews(reader: Reader) -> None:
    """[row 86]"""
    reader.page.evaluate(
        """() => {
          window.clicked = [];
          const preview = {type: 'Basic', children: [{type: 'Text', value: '$81,200 left'}]};
          host.change({entities: {
            onClick: (entity) => clicked.push(entity),
            onRequestPreview: async () => ({preview}),
          }});
        }"""
    )
    reader.see("sources")
    entity = reader.part("source-mark").last
    expect(entity).to_have_text("Mortgage")
    entity.hover()
    expect(reader.card).to_contain_text("$81,200 left")
    entity.click()
    reader.part("sources").locator("summary").click()
    reader.part("source").get_by_role("button", name="Loan agreement").click()
    clicked = reader.page.evaluate("() => clicked.map(({id, data}) => [id, data])")
    assert clicked == [
        ["acct_7", {"kind": "account"}],
        ["loan-agreement-2023.pdf", {"type": "file", "filename": "loan-agreement-2023.pdf"}],
    ]


# Steps


def test_a_search_shows_its_steps_and_folds_when_it_is_done(reader: Reader) -> None:
    """[row 87] [row 88] [row 90]"""
    reader.write("search")
    expect(reader.part("progress")).to_contain_text("Looking for what cards cost")
    workflow = reader.part("workflow")
    expect(workflow).to_contain_text("travel card yearly fee 2026")
    expect(reader.part("progress")).to_have_count(0)
    expect(reader.part("task").last).to_contain_text("Card terms")
    reader.wait_until_answered()
    expect(workflow.locator("summary").first).to_contain_text("Compared eight cards")
    # The server wants this one to stay open.
    expect(reader.part("task").first).to_be_visible()
    expect(reader.part("task")).to_have_count(2)
    reader.part("task").get_by_text("2 more").click()
    expect(reader.part("task").get_by_role("link", name="Hazel")).to_be_visible()
    assert reader.faults() == []


def test_what_the_user_folds_stays_folded_while_thoughts_come(reader: Reader) -> None:
    """[row 88] [row 89]"""
    reader.write("reasoning")
    workflow = reader.part("workflow")
    expect(workflow).to_contain_text("yearly fee")
    expect(reader.part("task")).to_be_visible()
    workflow.locator("summary").click()
    expect(reader.part("task")).to_be_hidden()
    expect(workflow.locator("strong", has_text="What matters")).to_have_count(1)
    expect(reader.part("task")).to_be_hidden()
    reader.page.keyboard.press("Enter")
    expect(reader.part("task")).to_be_visible()
    reader.wait_until_answered()
    expect(workflow.locator("summary")).to_have_text("Thought for 14 s")
    expect(reader.part("task")).to_be_visible()


def test_a_step_that_was_stopped_moves_no_more(reader: Reader) -> None:
    """[row 88]"""
    reader.page.emulate_media(reduced_motion="no-preference")
    moving = "log => log.getAnimations({subtree: true}).length"
    reader.write("stuck")
    expect(reader.part("task")).to_contain_text("in progress")
    assert reader.log.evaluate(moving) > 0
    reader.stop.click()
    reader.wait_until_answered()
    expect(reader.part("task")).not_to_contain_text("in progress")
    reader.part("workflow").locator("summary").click()
    expect(reader.part("task")).to_be_visible()
    reader.page.wait_for_function(
        "() => document.querySelector('openai-chatkit').shadowRoot.querySelector('[role=log]')"
        ".getAnimations({subtree: true}).length === 0"
    )


def test_every_kind_of_task_stands_by_itself(reader: Reader) -> None:
    """[row 90] [row 91]"""
    reader.see("tasks")
    expect(reader.part("task")).to_have_text(
        [
            re.compile("Looked up the balance.*4,310.22", re.DOTALL),
            re.compile("Searched the web.*overdraft fee.*Aster", re.DOTALL),
            re.compile("Considered.*overdraft", re.DOTALL),
            re.compile("Read one file.*Card terms", re.DOTALL),
            "Drew a chart",
        ]
    )


# Pictures


def test_a_picture_gets_better_in_a_box_that_does_not_move(reader: Reader) -> None:
    """[row 92]"""
    reader.write("image")
    picture = reader.part("generated-image")
    expect(picture).to_have_attribute("data-state", "making")
    empty = box(picture)
    expect(picture.get_by_role("progressbar")).to_have_attribute("value", "50")
    partial = box(picture)
    expect(picture).to_have_attribute("data-state", "made")
    assert box(picture) == partial == empty
    assert empty["width"] == empty["height"] == 400
    reader.wait_until_answered()
    width = picture.locator("img").first.evaluate("image => image.naturalWidth")
    assert width == 400


def test_a_picture_can_be_enlarged_and_kept(reader: Reader) -> None:
    """[row 92]"""
    reader.see("image")
    enlarge = reader.chat.get_by_role("button", name="Enlarge the image")
    enlarge.focus()
    reader.page.keyboard.press("Enter")
    viewer = reader.chat.get_by_role("dialog", name="Generated image")
    expect(viewer.get_by_role("img")).to_be_visible()
    assert reader.faults() == []
    with reader.page.expect_download() as started:
        viewer.get_by_role("link", name="Download the image").click()
    assert started.value.suggested_filename == "image.png"
    reader.page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(enlarge).to_be_focused()
    enlarge.click()
    reader.page.mouse.click(4, 4)
    expect(viewer).to_have_count(0)


# Beside the answer


def test_a_dismissed_notice_gives_the_focus_to_its_turn(reader: Reader) -> None:
    """[row 93]"""
    reader.see("notices")
    expect(reader.part("notice")).to_have_count(3)
    assert reader.faults() == []
    reader.chat.get_by_role("button", name="Dismiss").first.focus()
    for left in (2, 1, 0):
        reader.page.keyboard.press("Enter")
        expect(reader.part("notice")).to_have_count(left)
        assert reader.focused.startswith("div.turn")
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Tab")
        if left:
            reader.chat.get_by_role("button", name="Dismiss").first.focus()


def test_an_error_offers_another_try_where_the_server_allows_it(reader: Reader) -> None:
    """[row 94]"""
    reader.see("error")
    expect(reader.failure).to_contain_text("The ledger is being closed for the night.")
    reader.failure.get_by_role("button", name="Try again").click()
    expect(reader.failure).to_have_count(0)
    expect(reader.failure).to_contain_text("The ledger is being closed")
    expect(reader.answers).to_have_count(1)
    reader.see("error at last")
    expect(reader.failure).to_have_text("This account was closed.")
    expect(reader.failure.get_by_role("button")).to_have_count(0)


def test_what_is_taken_back_is_gone_and_the_focus_stays_in_its_turn(reader: Reader) -> None:
    """[row 95]"""
    reader.write("removed")
    reader.answers.get_by_role("link").focus()
    expect(reader.answers).to_have_count(0)
    assert reader.focused.startswith("div.turn")
    reader.wait_until_answered()
    expect(reader.failure).to_have_text("That cannot be answered here.")
    reader.page.reload()
    expect(reader.composer).to_be_visible()


def test_what_is_replaced_stays_in_place_with_the_focus_in_it(reader: Reader) -> None:
    """[row 96]"""
    reader.write("replaced")
    link = reader.answers.first.get_by_role("link")
    link.focus()
    expect(reader.answers.first).to_contain_text("A draft")
    expect(reader.answers.first).to_contain_text("Counted: $412.80")
    expect(reader.answers.nth(1)).to_contain_text("counted again")
    expect(link).to_be_focused()


# Turns


def test_each_turn_of_the_assistant_has_its_own_actions(reader: Reader) -> None:
    """[row 99]"""
    reader.write("turns")
    actions = reader.part("item-actions")
    expect(actions).to_have_count(1)
    expect(reader.stop).to_be_visible()
    reader.wait_until_answered()
    expect(actions).to_have_count(2)
    assert (
        box(reader.answers.nth(1))["y"] < box(actions.first)["y"] < box(reader.answers.nth(2))["y"]
    )


def test_a_turn_is_copied_as_its_words(new_page: NewPage, showcase: str) -> None:
    """[row 100]"""
    reader = Reader(
        new_page(url=showcase, permissions=["clipboard-read", "clipboard-write"])
    ).come()
    reader.see("widget in words")
    expect(reader.part("widget")).to_contain_text("You may move $250 to savings")
    reader.part("item-actions").get_by_role("button", name="Copy").click()
    expect(reader.part("item-actions").get_by_role("button", name="Copied")).to_be_visible()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied == "Move $250 to savings."


def test_a_rating_is_kept_changed_and_taken_back_when_it_fails(reader: Reader) -> None:
    """[row 101]"""
    reader.see("hello")
    good = reader.chat.get_by_role("button", name="Good answer")
    bad = reader.chat.get_by_role("button", name="Bad answer")
    with reader.page.expect_response("**/chatkit/") as sent:
        good.click()
    assert '"items.feedback"' in str(sent.value.request.post_data)
    assert sent.value.ok
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-disabled", "false")

    def refuse(route: Route) -> None:
        route.fulfill(status=500, json={"error": {"code": "internal", "message": ""}})

    reader.page.route("**/chatkit/", refuse)
    bad.click()
    expect(reader.log.get_by_text("Your rating could not be sent.")).to_be_visible()
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(bad).to_be_focused()
    assert reader.faults() == []
    reader.page.unroute("**/chatkit/")
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(good).to_have_attribute("aria-pressed", "false")
    expect(reader.log.get_by_text("Your rating could not be sent.")).to_have_count(0)


def test_an_answer_is_given_again(reader: Reader) -> None:
    """[row 102]"""
    reader.see("hello")
    before = reader.answers.first.evaluate("answer => (answer.marked = true)")
    assert before
    reader.chat.get_by_role("button", name="Answer again").click()
    expect(reader.answers).to_have_count(1)
    reader.wait_until_answered()
    assert not reader.answers.first.evaluate("answer => Boolean(answer.marked)")
    expect(reader.answers.first).to_contain_text("Ask for a scene")


# The way through a conversation


def test_the_view_follows_only_who_reads_the_end(new_page: NewPage, showcase: str) -> None:
    """[row 103]"""
    reader = Reader(new_page(size=(600, 400), url=showcase)).come(thread={"autoScroll": True})
    reader.write("long")
    expect(reader.answers.last).to_contain_text("word60")
    assert reader.below < 48
    # At once, so that where it leads can be told.
    reader.log.evaluate("list => list.scrollBy({top: -200, behavior: 'instant'})")
    jump = reader.chat.get_by_role("button", name="Jump to the end")
    expect(jump).to_be_visible()
    there = reader.scrolled
    expect(reader.answers.last).to_contain_text("word140")
    assert reader.scrolled == there
    jump.focus()
    reader.page.keyboard.press("Enter")
    expect(jump).to_be_hidden()
    expect(reader.log).to_be_focused()
    reader.wait_until_answered()
    assert reader.below < 48


def test_a_long_thread_names_its_days_and_pages_upward_without_a_jump(
    reader: Reader, screenshots: object
) -> None:
    """[row 104]"""
    reader.see("days")
    panel = reader.open_history()
    panel.get_by_role("button", name="Ten days of questions").first.click()
    expect(reader.questions.last).to_contain_text("Question 40")
    assert reader.below < 2
    days = reader.part("day")
    expect(days.last).to_have_text("Today")
    expect(days.nth(-2)).to_have_text("Yesterday")
    asked = reader.questions.filter(has_text="Question 38:")
    asked.scroll_into_view_if_needed()
    time = asked.locator("time")
    asked.hover()
    expect(time).to_have_css("opacity", "1")
    expect(time).to_have_text(re.compile(r"^\d\d?:\d\d [AP]M$"))
    # What is read stays where it is while the page before it comes.
    while reader.questions.filter(has_text="Question 1:").count() == 0:
        read, before = reader.log.evaluate(
            """list => {
              list.scrollTo({top: 0, behavior: 'instant'});
              const first = list.querySelector('[part~=user-bubble]');
              return [first.textContent, first.getBoundingClientRect().y];
            }"""
        )
        expect(reader.questions.first).not_to_contain_text(read)
        bubble = reader.part("user-bubble").filter(has_text=read)
        after = box(bubble)["y"]
        assert abs(after - before) < 2
    expect(days.first).to_have_text(re.compile(r"^[A-Z][a-z]+day, [A-Z][a-z]+ \d+$"))
    assert reader.faults() == []
