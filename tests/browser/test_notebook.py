"""The mistakes notebook: what comes into it, how it is put right, and how it leaves."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import BLOCKED, FILL_STORAGE, complaints_of_axe

KEY = {"single": "listen", "judge": "yea", "placed": "yes-it-is"}
DISTRACTOR = {"single": "calm", "judge": "nay", "placed": "no-it-is-not"}
EMPTY = "错题本还是空的"


@pytest.fixture(scope="session")
def notebook(sample) -> str:
    return sample.replace("chapters/sample", "exam/mistakes")


def entry(page: Page, name: str) -> Locator:
    return page.locator(f".handbook-notebook__item[data-item={name}]")


def entries(page: Page) -> list[str]:
    return page.locator(".handbook-notebook__item").evaluate_all("all => all.map(each => each.dataset.item)")


def left(page: Page, name: str) -> Locator:
    return entry(page, name).locator(".handbook-notebook__left")


def button(page: Page, name: str) -> Locator:
    return page.locator("handbook-notebook").get_by_role("button", name=name, exact=True)


def answer(page: Page, name: str, *values: str) -> None:
    """Answer on a chapter's page or in the notebook, again if need be."""
    item = page.locator(f"#item-{name}")
    redo = item.get_by_role("button", name="重做本题")
    if redo.is_visible():
        redo.click()
    for value in values:
        item.locator(f"input[value={value}]").check()
    item.locator("button[type=submit]").click()
    expect(redo).to_be_visible()


def miss(page: Page, *names: str) -> None:
    """Put records of wrong answers where the items of this notebook find them."""
    for name in names:
        revision = page.evaluate(
            "name => handbook.chapters.flatMap(c => Object.entries(c.items)).find(([id]) => id === name)[1]", name
        )
        record = {"v": 1, "t": 5, "rev": revision, "response": ["x"], "right": False, "score": 0, "n": 1}
        page.evaluate(
            "([name, text]) => localStorage.setItem('handbook:v1:item:' + name, text)", [name, json.dumps(record)]
        )
    page.reload()


@pytest.fixture
def page(reader, notebook) -> Page:
    return reader.open(notebook)


def test_from_a_wrong_answer_in_the_quiz_to_two_right_ones_in_the_notebook(page, sample, notebook):
    expect(page.get_by_text(EMPTY)).to_be_visible()
    page.goto(sample)
    answer(page, "single", DISTRACTOR["single"])
    answer(page, "judge", KEY["judge"])
    page.goto(notebook)

    assert entries(page) == ["single"]
    expect(page.get_by_role("heading", name="第 1 章 样例章 1 题")).to_be_visible()
    expect(page.get_by_text("还有 1 道错题")).to_be_visible()
    expect(left(page, "single")).to_have_text("连续答对两次就移出错题本。")
    answer(page, "single", KEY["single"])
    expect(left(page, "single")).to_have_text("再答对一次就移出错题本。")
    answer(page, "single", KEY["single"])
    expect(left(page, "single")).to_have_text("已连续答对两次，更新错题本时移出。")
    expect(entry(page, "single")).to_contain_text("回答正确")
    expect(page.get_by_text("还有 0 道错题")).to_be_visible()

    button(page, "更新错题本").click()

    assert entries(page) == []
    expect(page.get_by_text("现在没有错题")).to_be_focused()
    page.reload()
    expect(page.get_by_text("现在没有错题")).to_be_visible()
    page.goto(sample)
    expect(page.locator("#item-single").get_by_role("status")).to_contain_text("回答正确")


def test_the_notebook_asks_anew_and_shows_neither_the_old_answer_nor_the_key(page):
    miss(page, "single")

    expect(entry(page, "single").get_by_role("status").first).to_be_empty()
    expect(entry(page, "single").locator("input:checked")).to_have_count(0)
    expect(entry(page, "single").get_by_text("先听完再登记，客户不用重复")).to_be_hidden()


def test_from_the_notebook_a_quotation_leads_to_its_sentence(page, sample):
    miss(page, "every")
    answer(page, "every", "name")
    quoted = entry(page, "every").locator(".handbook-item__reasons .handbook-item__basis li").first
    expect(quoted).to_have_text("第 1 章 第一节：“先听完，再登记”")

    quoted.get_by_role("link").click()

    page.wait_for_url(f"{sample}#quote-*")
    expect(page.locator(".quoted:target")).to_have_text("受理投诉时先听完，再登记。")
    expect(page.locator(".quoted:target")).to_be_in_viewport(ratio=1)


def test_looking_at_the_notebook_changes_no_record(page):
    miss(page, "single", "some")
    kept = page.evaluate("({...localStorage})")

    page.reload()

    assert page.evaluate("({...localStorage})") == kept


def test_what_is_put_right_is_gone_at_the_next_visit(page):
    miss(page, "single", "judge")
    for _ in range(2):
        answer(page, "judge", KEY["judge"])
    assert entries(page) == ["single", "judge"]

    page.reload()

    assert entries(page) == ["single"]


def test_another_mistake_begins_the_count_again(page):
    miss(page, "judge")
    answer(page, "judge", KEY["judge"])
    answer(page, "judge", DISTRACTOR["judge"])

    expect(left(page, "judge")).to_have_text("连续答对两次就移出错题本。")


def test_a_part_is_a_mistake_and_an_essay_never_is(page, sample, notebook):
    page.goto(sample)
    answer(page, "some", "finding")
    page.locator("#item-short textarea").fill("忘了")
    page.locator("#item-short button[type=submit]").click()
    page.goto(notebook)

    assert entries(page) == ["some"]


def test_an_item_placed_in_the_text_comes_into_the_notebook_of_its_chapter(page):
    miss(page, "placed", "single")

    assert entries(page) == ["single", "placed"]
    expect(page.get_by_role("heading", name="第 2 章 正文里的题")).to_be_visible()


def test_a_mistake_in_an_item_that_has_changed_since_counts_no_more(page, edited):
    miss(page, "single", "judge")
    page.goto(edited.replace("chapters/sample", "exam/mistakes"))

    assert entries(page) == ["judge"]


def test_a_mistake_made_in_another_tab_waits_for_the_reader(page, sample):
    miss(page, "judge")
    other = page.context.new_page()
    other.goto(sample)
    answer(other, "single", DISTRACTOR["single"])

    expect(page.get_by_text("另有 1 道新的错题")).to_be_visible()
    assert entries(page) == ["judge"]
    button(page, "更新错题本").click()
    assert entries(page) == ["single", "judge"]
    expect(page.locator(".handbook-notebook__count")).to_be_focused()
    expect(button(page, "更新错题本")).to_be_hidden()


def test_a_mistake_put_right_in_another_tab_is_told(page, notebook):
    miss(page, "judge")
    other = page.context.new_page()
    other.goto(notebook)
    for _ in range(2):
        answer(other, "judge", KEY["judge"])

    expect(left(page, "judge")).to_have_text("已连续答对两次，更新错题本时移出。")
    expect(page.get_by_text("1 道已改正，可以移出")).to_be_visible()


def test_without_storage_the_notebook_is_empty_and_says_why(reader, notebook):
    reader.tolerated = lambda complaint: "denied" in complaint  # the theme's own
    page = reader.open(notebook, script=BLOCKED)

    expect(page.get_by_text("浏览器不允许这个网站保存数据")).to_be_visible()
    expect(page.get_by_text(EMPTY)).to_be_visible()


def test_with_full_storage_an_answer_still_counts_while_the_page_is_open(page):
    miss(page, "judge")
    page.evaluate(FILL_STORAGE)
    answer(page, "judge", KEY["judge"])

    expect(entry(page, "judge")).to_contain_text("存储空间已满")
    expect(left(page, "judge")).to_have_text("再答对一次就移出错题本。")


def test_a_corrupted_record_is_no_mistake_and_hides_no_other(page):
    miss(page, "judge")
    page.evaluate("localStorage.setItem('handbook:v1:item:single', '{broken')")
    page.reload()

    assert entries(page) == ["judge"]


def test_an_address_with_a_chapter_shows_that_chapter(page, notebook):
    miss(page, "single", "judge", "every", "some", "placed")

    page.goto("about:blank")
    page.goto(f"{notebook}#notebook-placed")

    expect(page.locator("#notebook-placed")).to_be_in_viewport()


def test_a_mistake_is_put_right_by_keyboard_alone(page):
    miss(page, "single")
    page.locator("#notebook-sample + p a").focus()
    for key in ("Tab", "Space", "ArrowDown", "Enter", "Tab", "Tab", "Enter", "Space", "ArrowDown", "Enter"):
        page.keyboard.press(key)

    expect(left(page, "single")).to_have_text("已连续答对两次，更新错题本时移出。")
    for _ in range(20):
        if button(page, "更新错题本").evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert entries(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(reader, notebook, scheme):
    page = reader.open(notebook, color_scheme=scheme, viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    miss(page, "single", "judge", "some")
    for _ in range(2):
        answer(page, "judge", KEY["judge"])
    answer(page, "some", "finding")
    assert complaints_of_axe(page, "handbook-notebook", ".md-sidebar--primary") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.usefixtures("sample")
def test_from_a_folder_on_disk_the_notebook_works_and_keeps(reader, sites):
    page = reader.open((sites / "sample/exam/mistakes/index.html").as_uri())
    miss(page, "judge")
    answer(page, "judge", KEY["judge"])
    page.reload()

    expect(left(page, "judge")).to_have_text("再答对一次就移出错题本。")


def test_without_javascript_the_page_explains_itself_and_shows_nothing_dead(reader, notebook):
    page = reader.open(notebook, java_script_enabled=False)

    expect(page.get_by_text("请到各章末尾的自测里重做")).to_be_visible()
    expect(page.locator("handbook-notebook").locator("button:visible, h2:visible, form:visible")).to_have_count(0)


@pytest.mark.parametrize(("label", "answers"), [("打印（不含答案）", False), ("打印（含答案）", True)])
def test_on_paper_there_are_questions_and_answers_only_when_asked_for(reader, notebook, label, answers):
    page = reader.open(notebook, script="window.print = () => {}")
    miss(page, "judge", "single")

    button(page, label).click()
    page.emulate_media(media="print")

    words = page.locator("article").inner_text()
    assert "客户来电投诉，坐席第一步做什么？" in words
    assert ("先听完再登记，客户不用重复" in words) == answers
    assert "移出错题本" not in words
    expect(page.locator("handbook-notebook button:visible")).to_have_count(0)


def test_the_notebook_of_the_handbook_wakes_only_what_is_missed(reader, handbook):
    page = reader.open(f"{handbook}exam/mistakes/")
    assert page.locator("template[data-item]").count() > 300
    assert page.locator("handbook-item").count() == 0

    miss(page, "service-first-owner")

    assert page.locator("handbook-item").count() == 1
    expect(page.get_by_role("link", name="重读这一章")).to_have_attribute("href", "../../chapters/service-process/")
