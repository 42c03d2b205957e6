"""The trainers' tables and the way between an item and the section that answers it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import complaints_of_axe

from handbook.book import read_book

ROOT = Path(__file__).parents[2]
BOOK = read_book(ROOT / "mkdocs.yml")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [
        "trainers/trace/",
        "trainers/coverage/",
        "trainers/guide/",
        "appendix/glossary/",
        "appendix/laws/",
        "appendix/scripts/",
    ],
)
def test_axe_finds_nothing(reader, handbook, address, scheme):
    page = reader.open(handbook + address, color_scheme=scheme)
    assert complaints_of_axe(page, passing=25) == []


def test_the_trace_is_filtered_by_chapter_and_state(reader, handbook):
    page = reader.open(handbook + "trainers/trace/")
    rows = page.locator("#trace-table tbody tr")
    expect(rows).to_have_count(len(BOOK.bank.entries))

    page.locator(".trace-filter").get_by_label("章节").select_option("complaints.md")

    inside = [entry for entry in BOOK.bank.entries if entry.item.section.startswith("complaints.md#")]
    expect(rows.locator("visible=true")).to_have_count(len(inside))
    expect(page.locator(".trace-filter output")).to_have_text(f"{len(inside)} 题")
    page.locator(".trace-filter").get_by_label("章节").select_option("")
    page.locator(".trace-filter").get_by_label("状态").select_option("尚未有人复核")
    expect(rows.locator("visible=true")).to_have_count(len(BOOK.bank.entries))


def test_without_javascript_the_trace_is_whole_and_its_filter_hidden(reader, handbook):
    page = reader.open(handbook + "trainers/trace/", java_script_enabled=False)

    expect(page.locator("#trace-table tbody tr").locator("visible=true")).to_have_count(len(BOOK.bank.entries))
    expect(page.locator(".trace-filter")).to_be_hidden()


def test_the_trace_shows_no_keys(reader, handbook):
    words = reader.open(handbook + "trainers/trace/").inner_text("article")
    keys = [key.text for entry in BOOK.bank.entries for key in entry.item.keyed()]

    assert [key for key in keys if len(key) > 6 and key in words] == []


def test_a_table_is_sorted_by_keyboard_and_says_so(reader, handbook):
    page = reader.open(handbook + "trainers/trace/")
    head = page.locator("#trace-table thead th", has_text="难度")
    column = page.locator("#trace-table tbody tr td:nth-child(7)")

    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    ascending = column.all_inner_texts()
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")

    assert ascending == sorted(ascending)
    assert column.all_inner_texts() == sorted(ascending, reverse=True)


def test_from_an_item_to_its_section_and_back(reader, handbook):
    page = reader.open(handbook + "chapters/complaints/")
    item = page.locator("#item-complaint-about-yourself")
    item.locator("label").first.click()
    item.get_by_role("button", name="提交答案").click()
    item.get_by_role("link", name="第 9 章 谁要回避").locator("visible=true").first.click()

    expect(page.locator(".quoted:target")).to_be_in_viewport()
    page.goto(f"{handbook}chapters/complaints/#recusal")
    expect(page.locator("#recusal:target")).to_be_in_viewport()
    marked, unmarked = page.locator("#recusal ~ p").first, page.locator("#deadlines ~ p").first
    expect(marked).not_to_have_css("box-shadow", "none")
    expect(unmarked).to_have_css("box-shadow", "none")

    page.locator("#recusal ~ .section-items a").first.click()
    expect(page.locator("handbook-item:target")).to_be_in_viewport()


def test_the_matrix_can_be_downloaded_for_a_spreadsheet(reader, handbook):
    page = reader.open(handbook + "trainers/coverage/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()

    assert lines[0].startswith("小节,合计,单选题")
    assert lines[-1].startswith(f"全书,{len(BOOK.bank.entries)},")
