"""Progress as the reader sees it, the marks of finished chapters, and the reader's records as a file."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import BLOCKED, complaints_of_axe

NOT_OURS = "这不是从本手册导出的记录文件。"
STORED = "({...localStorage})"
PUT = "([name, text]) => localStorage.setItem(name, text)"


@pytest.fixture(scope="session")
def progress(sample) -> str:
    return sample.replace("chapters/sample", "exam/progress")


@pytest.fixture(scope="session")
def placed(sample) -> str:
    return sample.replace("chapters/sample", "chapters/placed")


@pytest.fixture
def page(reader, progress) -> Page:
    return reader.open(progress)


def record(page: Page, name: str, *, right: bool | None = True, **change: object) -> dict:
    revision = page.evaluate(
        "name => handbook.chapters.flatMap(c => Object.entries(c.items)).find(([id]) => id === name)?.[1] ?? 'r'", name
    )
    score = None if right is None else int(right)
    return {"v": 1, "t": 5, "rev": revision, "response": ["x"], "right": right, "score": score, "n": 1, **change}


def put(page: Page, **records: dict) -> None:
    for name, value in records.items():
        page.evaluate(PUT, [f"handbook:v1:item:{name}", json.dumps(value)])
    page.reload()


def cells(page: Page, chapter: str) -> list[str]:
    """Return what a row says: answered, right, mastered, mistakes, last."""
    return page.locator(f"tr[data-chapter={chapter}] td").evaluate_all(
        "cells => cells.map(cell => [...cell.childNodes].slice(1).map(node => node.textContent).join(''))"
    )


def advice(page: Page) -> Locator:
    return page.locator(".handbook-progress__advice a")


def button(page: Page, name: str) -> Locator:
    return page.locator("handbook-archive").get_by_role("button", name=name, exact=True)


def notice(page: Page) -> Locator:
    return page.locator(".handbook-archive__notice")


def mark(page: Page, chapter: str) -> Locator:
    return page.locator(f".md-nav--primary a[href*='{chapter}']").get_by_text("已学完")


def bring(page: Page, content: object) -> None:
    text = content if isinstance(content, str) else json.dumps({"format": "handbook-records", "v": 1, **content})
    file = {"name": "records.json", "mimeType": "application/json", "buffer": text.encode()}
    with page.expect_file_chooser() as chooser:
        button(page, "从文件导入").click()
    chooser.value.set_files([file])
    expect(notice(page)).not_to_be_empty()


def finish_placed(page: Page) -> None:
    item = page.locator("#item-placed")
    item.locator("input[value=yes-it-is]").check()
    item.locator("button[type=submit]").click()


def test_who_has_done_nothing_sees_what_there_is_and_where_to_begin(page):
    assert cells(page, "sample") == ["0/6", "0", "0/4", "0", "–"]
    assert cells(page, "placed") == ["0/1", "0", "0/1", "0", "–"]
    expect(advice(page)).to_have_text("读第 1 章，再做章末自测")
    expect(advice(page)).to_have_attribute("href", "../../chapters/sample/")


def test_the_table_counts_what_was_done_and_the_day_of_the_last_answer(page):
    put(
        page,
        single=record(page, "single", t=1_790_000_000_000),
        judge=record(page, "judge", right=False),
        every=record(page, "every", missed=True, streak=1),
        short=record(page, "short", right=None, response="写过"),
        gone=record(page, "gone", right=False),
    )

    assert cells(page, "sample") == ["4/6", "2", "1/4", "2", "2026-09-21"]
    sums = page.locator(".handbook-progress__row--sum [data-value]").all_inner_texts()
    assert sums == ["4", "2", "1", "2", "2026-09-21"]
    bars = page.locator("tr[data-chapter=sample] rect").evaluate_all("bars => bars.map(bar => bar.width.baseVal.value)")
    assert [round(width) for width in bars] == [67, 33]
    expect(advice(page)).to_have_text("先做第 1 章的 2 道错题")


def test_the_advice_leads_to_the_mistakes_of_that_chapter(page):
    put(page, placed=record(page, "placed", right=False))

    advice(page).click()

    expect(page.get_by_role("heading", name="第 2 章 正文里的题")).to_be_in_viewport()


def test_items_that_have_changed_are_not_counted_but_told(page, edited):
    put(page, single=record(page, "single"), judge=record(page, "judge"))

    page.goto(edited.replace("chapters/sample", "exam/progress"))

    assert cells(page, "sample")[0] == "1/6"
    expect(page.locator("tr[data-chapter=sample]")).to_contain_text("1 题已更新")
    expect(advice(page)).to_have_text("第 1 章有 1 道题更新了，重做一遍")


def test_finishing_a_chapter_marks_it_in_the_navigation_of_every_page(page, placed, progress):
    page.goto(placed)
    expect(mark(page, "placed")).to_have_count(0)
    finish_placed(page)
    expect(page.locator(".md-nav--primary .chapter-mark")).to_have_count(1)
    expect(page.locator(".md-nav--primary .chapter-mark")).to_have_text("✓（已学完）")

    page.goto(progress)
    expect(mark(page, "placed")).to_have_count(1)
    expect(page.locator("tr[data-chapter=placed]")).to_contain_text("✓ 学完")
    page.goto(progress.replace("exam/progress/", ""))
    expect(mark(page, "placed")).to_have_count(1)
    expect(page.locator(".chapter-cards__card").nth(1)).to_contain_text("✓ 已学完")
    expect(page.locator(".chapter-cards__progress").nth(0)).to_be_hidden()


def test_the_cards_of_the_home_page_tell_what_was_begun(page, progress):
    put(page, single=record(page, "single"), judge=record(page, "judge", right=False))
    page.goto(progress.replace("exam/progress/", ""))

    expect(page.locator(".chapter-cards__progress").nth(0)).to_have_text("已答 2/6 题 · 错题 1 道")


def test_what_another_tab_does_shows_at_once(page, placed):
    other = page.context.new_page()
    other.goto(placed)
    finish_placed(other)

    expect(page.locator("tr[data-chapter=placed]")).to_contain_text("✓ 学完")
    expect(mark(page, "placed")).to_have_count(1)


def test_after_export_and_clearing_an_import_gives_the_same(page, tmp_path):
    put(
        page,
        single=record(page, "single"),
        short=record(page, "short", right=None, response="写过"),
        gone=record(page, "gone"),
    )
    kept = page.evaluate(STORED)
    with page.expect_download() as download:
        button(page, "导出到文件").click()
    download.value.save_as(tmp_path / "records.json")
    assert download.value.suggested_filename.startswith("学习记录-")

    button(page, "清除本机记录").click()
    button(page, "确定清除").click()
    expect(notice(page)).to_have_text("已清除这台设备上的全部记录。")
    assert not [key for key in page.evaluate(STORED) if key.startswith("handbook:")]
    assert cells(page, "sample")[0] == "0/6"

    bring(page, (tmp_path / "records.json").read_text(encoding="utf-8"))

    def parsed(stored: dict) -> dict:
        return {key: json.loads(text) for key, text in stored.items() if key.startswith("handbook:")}

    assert parsed(page.evaluate(STORED)) == parsed(kept)
    assert cells(page, "sample")[0] == "2/6"
    expect(notice(page)).to_contain_text("新增 3 条，更新 0 条")
    expect(notice(page)).to_contain_text("其中 1 条属于这版手册没有的题")


def test_importing_keeps_what_is_later_here(page):
    put(page, single=record(page, "single", t=9), judge=record(page, "judge", t=1))

    bring(page, {"entries": {f"item:{name}": record(page, name, right=False) for name in ("single", "judge", "every")}})

    expect(notice(page)).to_have_text("已导入：新增 1 条，更新 1 条。有 1 条本机已有，而且不比文件里的旧，没有改动。")
    assert cells(page, "sample")[:4] == ["3/6", "1", "1/4", "2"]


def test_importing_a_file_again_says_that_there_is_nothing_to_import(page):
    entries = {"entries": {"item:single": record(page, "single")}}
    bring(page, entries)
    bring(page, entries)

    expect(notice(page)).to_have_text("没有要导入的记录。有 1 条本机已有，而且不比文件里的旧，没有改动。")


def test_a_malicious_file_does_no_harm(page, sample):
    page.on("dialog", lambda _: pytest.fail("a dialog"))
    markup = "<img src=x onerror=alert(1)>"
    entries = {
        "item:short": record(page, "short", right=None, response=markup),
        f"item:{markup}": record(page, "single"),
        "item:single": record(page, "single", n=markup),
        "item:judge": record(page, "judge", rev=markup),
        "constructor:x": {"prototype": {}},
        "bad:item:single": "{",
        "palette": {"index": 9},
    }
    before = page.evaluate("Object.keys(localStorage).filter(key => !key.startsWith('handbook:'))")

    bring(
        page, json.dumps({"format": "handbook-records", "v": 1, "entries": entries})[:-2] + ', "__proto__": {"x": 1}}}'
    )

    expect(notice(page)).to_contain_text("新增 2 条")
    expect(notice(page)).to_contain_text("有 6 条不完整或来自更新版的手册，没有导入。")
    kept = page.evaluate("Object.keys(localStorage)")
    assert sorted(kept) == sorted([*before, "handbook:v1:item:short", "handbook:v1:item:judge"])
    assert page.evaluate("({}).x") is None
    page.goto(sample)
    expect(page.locator("#item-short textarea")).to_have_value(markup)
    expect(page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<html>", NOT_OURS),
        ('{"entries": {}}', NOT_OURS),
        ({"v": 2, "entries": {}}, "这个文件是更新版的手册导出的，请在更新后的手册里导入。"),
        ({"entries": None}, "这个记录文件不完整，请重新导出一份。"),
        ("x" * 5_000_001, "文件超过 5 MB，不是从本手册导出的记录文件。"),
    ],
    ids=["html", "other", "newer", "broken", "huge"],
)
def test_a_file_that_cannot_be_taken_in_is_told_in_one_sentence(page, content, words):
    put(page, single=record(page, "single"))
    kept = page.evaluate(STORED)

    bring(page, content)

    expect(notice(page)).to_have_text(words)
    assert page.evaluate(STORED) == kept


def test_without_storage_nothing_is_taken_in_and_the_page_says_so(reader, progress):
    reader.tolerated = lambda complaint: "denied" in complaint  # the theme's own
    page = reader.open(progress, script=BLOCKED)
    expect(page.get_by_text("浏览器不允许这个网站保存数据，关掉浏览器")).to_be_visible()

    bring(page, {"entries": {"item:single": record(page, "single")}})

    expect(notice(page)).to_have_text("浏览器不允许这个网站保存数据，没有导入。")


def test_with_full_storage_what_found_no_room_is_counted(page):
    long = record(page, "short", right=None, response="长" * 900)
    page.evaluate(
        """() => {
          for (let size = 2 ** 22, n = 0; size >= 300; ) {
            try { localStorage.setItem(`filler-${n++}`, "x".repeat(size)); } catch { size = Math.floor(size / 2); }
          }
        }"""
    )

    bring(page, {"entries": {"item:short": long, "item:case": long}})

    expect(notice(page)).to_contain_text("存储空间已满，有 2 条没有存下。")


def test_a_corrupted_record_hides_no_other(page):
    page.evaluate(PUT, ["handbook:v1:item:judge", "{broken"])
    put(page, single=record(page, "single"))

    assert cells(page, "sample")[0] == "1/6"


def test_clearing_asks_first_by_keyboard_too_and_leaves_other_keys_alone(page):
    page.evaluate(PUT, ["another-app", "x"])
    put(page, single=record(page, "single"))
    kept = page.evaluate(STORED)

    button(page, "清除本机记录").focus()
    page.keyboard.press("Enter")
    expect(button(page, "取消")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button(page, "清除本机记录")).to_be_focused()
    assert page.evaluate(STORED) == kept

    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("localStorage.getItem('another-app')") == "x"
    assert page.evaluate("localStorage.getItem('handbook:v1:item:single')") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(reader, progress, scheme):
    page = reader.open(progress, color_scheme=scheme, viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    put(page, placed=record(page, "placed"), judge=record(page, "judge", right=False))
    button(page, "清除本机记录").click()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert complaints_of_axe(page, "article", ".md-sidebar--primary") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.usefixtures("sample")
def test_from_a_folder_on_disk_records_are_taken_out_and_in(reader, sites, tmp_path):
    page = reader.open((sites / "sample/exam/progress/index.html").as_uri())
    put(page, placed=record(page, "placed"))
    with page.expect_download() as download:
        button(page, "导出到文件").click()
    download.value.save_as(tmp_path / "records.json")
    page.evaluate("localStorage.clear()")

    bring(page, (tmp_path / "records.json").read_text(encoding="utf-8"))

    expect(page.locator("tr[data-chapter=placed]")).to_contain_text("✓ 学完")


def test_without_javascript_the_chapters_are_there_and_nothing_dead(reader, progress):
    page = reader.open(progress, java_script_enabled=False)

    expect(page.get_by_text("学习进度要靠浏览器里的 JavaScript")).to_be_visible()
    expect(page.get_by_role("link", name="第 2 章 正文里的题")).to_be_visible()
    expect(page.locator("article button:visible, article input:visible")).to_have_count(0)


def test_every_chapter_of_the_handbook_has_a_row_and_all_its_items(reader, handbook):
    page = reader.open(f"{handbook}exam/progress/")
    expect(page.locator(".handbook-progress__row[data-chapter]")).to_have_count(12)
    items = page.evaluate("handbook.chapters.map(chapter => Object.keys(chapter.items).length)")
    assert [
        int(cells(page, name)[0].removeprefix("0/")) for name in page.evaluate("handbook.chapters.map(c => c.name)")
    ] == items
    assert sum(items) > 300


def test_what_every_page_loads_for_the_marks_stays_light(sites, handbook):
    page = (sites / handbook.rstrip("/").rpartition("/")[2] / "appendix/glossary/index.html").read_text(
        encoding="utf-8"
    )
    assert page.count("assets/progress/") == 4
    assert (sites / "handbook/assets/progress/chapters.js").stat().st_size < 20_000
