"""Where answers come from: marks in the text, their card, the list."""

import pytest
from playwright.sync_api import expect

from reader import Reader, box
from visitor import PHONE, NewPage


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
