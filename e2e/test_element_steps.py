"""What is done on the way to an answer, and the pictures it makes."""

import re

from playwright.sync_api import expect

from reader import Reader, box


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
