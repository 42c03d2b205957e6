"""The mock exam as readers meet it: a tiny exam with every type of item, and the real handbook's pages."""

import base64
import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import BLOCKED, FILL_STORAGE, complaints_of_axe

ROOT = Path(__file__).parents[2]
ITEMS = ["single", "judge", "every", "some", "short", "case"]
RIGHT = {
    "single": ["listen"],
    "judge": ["yea"],
    "every": ["name", "request"],
    "some": ["finding", "decision", "remedy"],
}
BEGUN = datetime(2026, 3, 1, 9, tzinfo=UTC)
TEXT = {"short": "打断会漏掉客户的要求。", "case": "先致歉，核对工单。"}


@pytest.fixture(scope="session")
def tiny(sample) -> str:
    return sample.replace("chapters/sample/", "exam/tiny/")


@pytest.fixture
def page(reader, tiny) -> Page:
    return reader.open(tiny)


@pytest.fixture
def paper(page) -> Page:
    """The exam, begun."""
    begin(page)
    return page


@pytest.fixture
def timed(reader, tiny) -> Page:
    """The exam, begun, where the clock stands still until it is told to go on; timers run."""
    page = reader.open(tiny, now=BEGUN)
    begin(page)
    return page


def wait(page: Page, **time: int) -> None:
    """Let so much time have passed since the beginning."""
    page.context.clock.set_fixed_time(BEGUN + timedelta(**time))


def button(page: Page, name: str) -> Locator:
    return page.locator("handbook-exam").get_by_role("button", name=name, exact=True)


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name)


def begin(page: Page, time: str = "标准时间") -> None:
    page.get_by_label(time).check()
    button(page, "开始考试").click()


def item(page: Page, name: str) -> Locator:
    return page.locator(f"#item-{name}")


def option(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"#item-{name}-{value}")


def answer(page: Page, name: str, values: list[str] | None = None) -> None:
    if name in TEXT:
        item(page, name).locator("textarea").fill(TEXT[name])
    for value in RIGHT.get(name, []) if values is None else values:
        option(page, name, value).check()


def answer_everything(page: Page) -> None:
    for name in ITEMS:
        answer(page, name)


def submit(page: Page) -> None:
    button(page, "交卷").click()
    page.locator("handbook-exam-summary").get_by_role("button", name="交卷").click()


def count(page: Page) -> Locator:
    return page.locator(".handbook-answer-sheet__count")


def result(page: Page) -> Locator:
    return page.locator("#exam-result")


def verdict(page: Page, name: str) -> Locator:
    return item(page, name).locator(".handbook-item__verdict")


def standing(page: Page) -> Locator:
    return page.locator(".handbook-exam-result__verdict")


def responses(page: Page) -> dict:
    """Return what the reader sees as their responses."""
    inputs = page.locator("handbook-exam-item :is(textarea, .handbook-item__fieldset input:checked)")
    given = inputs.evaluate_all("inputs => inputs.map(i => [i.name.slice(5), i.value])")
    return {name: sorted(value for other, value in given if other == name and value) for name in ITEMS}


def stored(page: Page, key: str) -> dict:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", f"handbook:v1:{key}") or "null")


def change_attempt(page: Page, changes: str) -> None:
    """Change the stored attempt while its page is closed, then come back."""
    url = page.url
    page.goto(url.replace("exam/tiny/", "exam/"))
    page.evaluate(
        "changes => { const key = 'handbook:v1:attempt:tiny:1', a = JSON.parse(localStorage.getItem(key));"
        " new Function('a', changes)(a); localStorage.setItem(key, JSON.stringify(a)); }",
        changes,
    )
    page.goto(url)


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    handle = target.element_handle()
    for _ in range(60):
        if handle.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} never got there")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


# The whole of it.


def test_an_exam_is_taken_from_start_to_next_form_by_keyboard_alone(page):
    tab_to(page, page.get_by_label("标准时间"))
    press(page, "ArrowDown")
    expect(page.get_by_label("1.5 倍时间（90 分钟）")).to_be_checked()
    press(page, "Tab", "Enter")
    expect(heading(page, "答题").first).to_be_focused()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"1:(30:00|29:5\d)"))

    tab_to(page, option(page, "single", item(page, "single").locator("input").first.get_attribute("value")))
    tab_to(page, item(page, "single").get_by_role("button", name="标记"), "Shift+Tab")
    press(page, "Space")
    expect(page.get_by_role("link", name="第 1 题，未答，已标记")).to_be_attached()
    tab_to(page, item(page, "short").locator("textarea"))
    page.keyboard.type(TEXT["short"])
    tab_to(page, button(page, "交卷"))
    press(page, "Enter")

    summary = page.locator("handbook-exam-summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("alert")).to_contain_text("还有 5 题未作答")
    press(page, "Tab", "Enter")
    expect(item(page, "single").locator("input").first).to_be_focused()
    expect(item(page, "single")).to_be_in_viewport()
    press(page, "Space")
    expect(count(page)).to_have_text("已答 2/6 题 · 标记 1 题")

    tab_to(page, button(page, "交卷"))
    press(page, "Enter")
    tab_to(page, button(page, "仍要交卷"))
    press(page, "Enter")
    expect(result(page)).to_be_focused()
    expect(result(page)).to_contain_text("/ 24 分")

    criterion = item(page, "short").get_by_label("打断会漏掉要求（3.5 分）")
    tab_to(page, criterion)
    press(page, "Space")
    expect(criterion).to_be_focused()
    expect(verdict(page, "short")).to_have_text("✎ 自评得 3.5/5 分（自评，仅供参考）。")
    tab_to(page, button(page, "再做一套"), "Shift+Tab")
    press(page, "Enter")
    expect(heading(page, "开始之前")).to_be_focused()


def test_everything_right_is_full_marks_by_part_and_by_chapter(paper):
    answer_everything(paper)
    submit(paper)

    expect(result(paper)).to_have_text("成绩：9 / 24 分（37%）")
    expect(standing(paper)).to_contain_text("还有 2 题、共 15 分待自评")
    expect(standing(paper)).to_contain_text("及格线 60%（14.4 分），自评以后才知道是否达到")
    for box in item(paper, "case").locator(".handbook-item__rubric input").all():
        box.check()
    expect(result(paper)).to_have_text("成绩：19 / 24 分（79%）")
    expect(standing(paper)).to_contain_text("达到及格线 60%（14.4 分）。还有 1 题、共 5 分待自评")
    button(paper, "一个也没有，记 0 分").first.click()
    expect(standing(paper)).to_have_text("达到及格线 60%（14.4 分）。")

    rows = {
        row[0]: row[1:]
        for row in paper.locator(".handbook-exam-result__tables tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        )
    }
    assert rows == {
        "一、单选题": ["1", "2 / 2", "100%"],
        "二、判断题": ["1", "1 / 1", "100%"],
        "三、多选题": ["2", "6 / 6", "100%"],
        "四、简答题": ["1", "0 / 5", "0%"],
        "五、情景分析题": ["1", "10 / 10", "100%"],
        "第 1 章 样例章": ["6", "19 / 24", "79%"],
    }
    chapter = paper.locator(".handbook-exam-result__tables").get_by_role("link", name="第 1 章 样例章")
    assert chapter.evaluate("link => link.href").endswith("/chapters/sample/")
    expect(paper.get_by_text("本成绩仅供自测，不作为考核依据。").last).to_be_visible()


def test_the_review_shows_answer_key_rationale_and_section(paper):
    answer(paper, "single", ["calm"])
    answer(paper, "some", ["finding", "remedy"])
    submit(paper)

    letters = {
        value: item(paper, "single").locator(f"[data-option={value}]").first.get_attribute("data-label")
        for value in ("calm", "listen")
    }
    expect(verdict(paper, "single")).to_have_text(
        f"✗ 回答错误，得 0/2 分。你的答案：{letters['calm']}。答案：{letters['listen']}。"
    )
    expect(item(paper, "single").get_by_label("请客户冷静下来再打（你的选择）")).to_be_checked()
    expect(item(paper, "single").get_by_label("听完并登记（正确答案）")).not_to_be_checked()
    expect(item(paper, "single").locator("li", has_text="让客户再打一次等于拒收。")).to_be_visible()
    expect(verdict(paper, "some")).to_contain_text("◐ 部分正确，得 2/3 分。")
    expect(verdict(paper, "judge")).to_have_text("○ 没有作答，得 0 分。答案：正确。")
    expect(item(paper, "short").locator(".handbook-item__rubric")).to_be_hidden()
    link = item(paper, "single").get_by_role("link", name="第 1 章 第一节")
    assert link.evaluate("link => link.href").endswith("/chapters/sample/#first")

    option(paper, "single", "listen").click()
    expect(option(paper, "single", "calm")).to_be_checked()
    button(paper, "只看没有得满分的题").click()
    expect(item(paper, "single")).to_be_visible()


def test_options_stand_in_the_order_of_the_form_and_letters_go_with_them(page):
    orders = set()
    for _ in range(3):
        begin(page)
        labels = item(page, "every").locator("label").all_inner_texts()
        assert [label[0] for label in labels] == ["A", "B", "C"]
        assert item(page, "judge").locator("label").all_inner_texts() == ["正确", "错误"]
        orders.add(tuple(labels))
        submit(page)
        reasons = item(page, "every").locator(".handbook-item__rationales li").all_inner_texts()
        assert [reason[0] for reason in reasons] == ["A", "B", "C"]
        button(page, "再做一套").click()
    rows = page.locator(".handbook-exam-past__notes").all_inner_texts()
    assert len({row.split("，")[0] for row in rows}) == 3
    assert len(orders) > 1


def test_readers_who_begin_side_by_side_get_different_forms(reader, tiny):
    letters = []
    for drawn in ("0", "0.5", "0.99"):
        page = reader.open(tiny, script=f"Math.random = () => {drawn}")
        begin(page)
        letters.append(stored(page, "attempt:tiny:1")["letter"])
    assert letters == ["1", "2", "3"]


def test_the_records_of_items_are_written_once_submitted_and_only_of_what_was_answered(paper):
    answer(paper, "single", ["calm"])
    answer(paper, "every")
    answer(paper, "short")
    assert stored(paper, "item:single") is None
    submit(paper)
    item(paper, "short").get_by_label("打断会漏掉要求").check()

    single, every, short = (stored(paper, f"item:{name}") for name in ("single", "every", "short"))
    assert (single["response"], single["right"], single["n"], single["missed"]) == (["calm"], False, 1, True)
    assert (every["right"], every["score"], every["streak"]) == (True, 1, 1)
    assert (short["response"], short["right"], short["criteria"], short["score"]) == (TEXT["short"], None, ["1"], 2)
    assert stored(paper, "item:judge") is None

    paper.goto(paper.url.replace("exam/tiny/", "chapters/sample/"))
    expect(paper.locator("#item-single").get_by_role("status")).to_contain_text("回答错误")


def test_the_card_tells_of_best_and_last_result(paper):
    cards = paper.url.replace("exam/tiny/", "exam/")
    answer(paper, "single")
    paper.goto(cards)
    card = paper.locator("handbook-exam-card")
    expect(card).to_have_text("还没有做过。有一次还没有交卷")

    paper.go_back()
    button(paper, "继续上次").click()
    submit(paper)
    paper.goto(cards)
    expect(card).to_have_text(re.compile(r"做过 1 次，最好 8%，最近 8%（.+）"))


def test_the_history_says_in_words_what_its_chart_shows(page):
    for names in ([], ["single", "judge"]):
        begin(page)
        for name in names:
            answer(page, name)
        submit(page)
        button(page, "再做一套").click()

    expect(page.get_by_role("img", name="各次得分率，从早到晚：0%、12%；及格线 60%。")).to_be_visible()
    cells = page.locator(".handbook-exam-past td:nth-child(3)").all_inner_texts()
    assert cells == ["12%", "0%"]
    page.get_by_role("button", name=re.compile("^查看 .* 的成绩$")).last.click()
    expect(result(page)).to_have_text("成绩：0 / 24 分（0%）")
    expect(result(page)).to_be_focused()


def test_a_result_says_which_attempt_it_is_of(paper):
    submit(paper)
    expect(paper.locator(".handbook-exam-result__attempt")).to_have_text(
        re.compile(r"^第 [123] 套，\d+ 月 \d+ 日 \d\d:\d\d 交卷，用时 1 分钟。$")
    )


def test_the_way_back_from_a_chapter_and_a_reload_lead_to_the_result_again(paper):
    answer(paper, "single")
    submit(paper)
    link = item(paper, "single").get_by_role("link", name="第 1 章 第一节")
    link.click()
    expect(heading(paper, "样例章")).to_be_visible()
    paper.go_back()
    expect(result(paper)).to_have_text("成绩：2 / 24 分（8%）")
    expect(link).to_be_in_viewport()
    paper.reload()
    expect(result(paper)).to_have_text("成绩：2 / 24 分（8%）")
    button(paper, "再做一套").click()
    paper.reload()
    expect(heading(paper, "开始之前")).to_be_visible()


def test_after_a_reload_the_way_on_is_in_sight(reader, tiny):
    paper = reader.open(tiny, viewport={"width": 320, "height": 500})
    begin(paper)
    paper.locator("#exam-sheet").scroll_into_view_if_needed()
    paper.reload()
    expect(button(paper, "继续上次")).to_be_in_viewport(ratio=1)


def test_attempts_go_into_the_file_of_records_and_come_back_from_it(paper):
    answer(paper, "single")
    submit(paper)
    kept = stored(paper, "attempt:tiny:1")
    paper.goto(paper.url.replace("exam/tiny/", "exam/progress/"))
    with paper.expect_download() as download:
        paper.get_by_role("button", name="导出到文件").click()
    paper.evaluate("localStorage.clear()")

    paper.get_by_label("要导入的记录文件").set_input_files(download.value.path())
    expect(paper.get_by_text("已导入：新增 2 条")).to_be_visible()
    assert stored(paper, "attempt:tiny:1") == kept
    assert stored(paper, "item:single")["n"] == 1


# Before submission.


def test_the_summary_lists_unanswered_and_flagged_items_and_can_be_left(paper):
    answer(paper, "single")
    item(paper, "judge").get_by_role("button", name="标记").click()
    button(paper, "交卷").click()

    summary = paper.locator("handbook-exam-summary")
    assert summary.get_by_role("link").all_inner_texts() == [f"第 {n} 题" for n in (2, 3, 4, 5, 6, 2)]
    paper.keyboard.press("Escape")
    expect(summary).to_be_hidden()
    expect(heading(paper, "答题").first).to_be_focused()
    assert stored(paper, "attempt:tiny:1")["submitted"] is None


def test_with_everything_answered_submission_still_asks(paper):
    answer_everything(paper)
    button(paper, "交卷").click()

    expect(paper.get_by_role("alert")).to_contain_text("6 题都已作答")
    expect(button(paper, "确定交卷")).to_be_visible()


def test_an_open_attempt_can_be_given_up_but_only_on_purpose(paper):
    answer(paper, "single")
    paper.reload()
    button(paper, "放弃").click()
    expect(button(paper, "取消")).to_be_focused()
    paper.keyboard.press("Escape")
    expect(button(paper, "放弃")).to_be_focused()
    assert stored(paper, "attempt:tiny:1")

    button(paper, "放弃").click()
    button(paper, "确定放弃").click()
    expect(heading(paper, "开始之前")).to_be_focused()
    expect(button(paper, "开始考试")).to_be_visible()
    assert stored(paper, "attempt:tiny:1") is None
    assert stored(paper, "item:single") is None


# Time.


def test_a_reload_in_the_middle_loses_nothing_and_the_time_goes_on(paper):
    answer_everything(paper)
    item(paper, "judge").get_by_role("button", name="标记").click()
    given, deadline = responses(paper), stored(paper, "attempt:tiny:1")["deadline"]
    paper.reload()

    expect(paper.get_by_text("已答 6/6 题，剩余 60 分钟")).to_be_visible()
    button(paper, "继续上次").click()
    assert responses(paper) == given
    expect(item(paper, "judge").get_by_role("button", name="标记")).to_have_attribute("aria-pressed", "true")
    assert stored(paper, "attempt:tiny:1")["deadline"] == deadline


def test_when_time_runs_out_the_answers_are_submitted_and_marked_late(timed):
    answer_everything(timed)
    wait(timed, minutes=59, seconds=58)
    expect(timed.get_by_role("timer")).to_have_text("00:02")
    wait(timed, minutes=60, seconds=1)

    expect(result(timed)).to_be_focused()
    expect(timed.get_by_text("超时：时间到了，已自动交卷。")).to_be_visible()
    expect(result(timed)).to_contain_text("成绩：9 / 24 分")
    assert stored(timed, "attempt:tiny:1")["late"] is True


def test_time_that_ran_out_while_the_page_was_closed_submits_what_was_there(paper):
    answer(paper, "single")
    change_attempt(paper, "a.deadline = Date.now() - 1000")

    expect(result(paper)).to_contain_text("成绩：2 / 24 分")
    expect(paper.get_by_text("超时：")).to_be_visible()
    assert stored(paper, "item:single")["right"] is True


def test_the_time_is_announced_at_thirty_ten_five_and_one_minutes(timed):
    status = timed.locator(".handbook-timer__status")
    expect(status).to_be_empty()
    for left in (30, 10, 5, 1):
        wait(timed, minutes=60 - left, seconds=1)
        expect(status).to_have_text(f"还剩 {left} 分钟。")


def test_the_time_can_be_hidden_and_read_out(paper):
    button(paper, "隐藏时间").click()
    expect(paper.get_by_role("timer")).to_have_text("已隐藏")
    button(paper, "读出剩余时间").click()
    expect(paper.locator(".handbook-timer__status")).to_have_text(re.compile(r"剩余 (1 小时|59 分 \d+ 秒)。"))


def test_a_clock_put_back_gives_no_time_away(timed):
    wait(timed, minutes=20)
    expect(timed.get_by_role("timer")).to_have_text("40:00")
    wait(timed, minutes=-90)
    timed.reload()
    button(timed, "继续上次").click()

    expect(timed.get_by_role("timer")).to_have_text("40:00")


def test_a_pause_puts_the_items_away_and_stops_the_time(paper):
    answer(paper, "single")
    button(paper, "暂停").click()
    expect(paper.get_by_text("考试已暂停")).to_be_visible()
    expect(item(paper, "single")).to_be_hidden()
    left = stored(paper, "attempt:tiny:1")["left"]
    change_attempt(paper, "a.seen -= 3600000 * 5")

    expect(paper.get_by_text("已暂停，剩余 60 分钟")).to_be_visible()
    button(paper, "继续上次").click()
    attempt = stored(paper, "attempt:tiny:1")
    assert attempt["deadline"] - attempt["seen"] == left
    expect(option(paper, "single", "listen")).to_be_checked()


def test_without_a_limit_there_is_no_clock_to_hide_or_stop(page):
    begin(page, "不限时")

    expect(page.locator(".handbook-timer__line")).to_contain_text("不限时")
    for name in ("隐藏时间", "读出剩余时间", "暂停"):
        expect(button(page, name)).to_be_hidden()
    assert stored(page, "attempt:tiny:1")["deadline"] is None


# Two tabs, and storage that fails.


def test_in_a_second_tab_the_exam_waits_until_it_is_taken_over(paper):
    answer(paper, "single")
    other = paper.context.new_page()
    other.goto(paper.url)
    button(other, "继续上次").click()
    expect(heading(other, "这次考试正在另一个标签页里进行")).to_be_focused()
    expect(other.locator("handbook-exam-item")).to_have_count(0)

    button(other, "在此继续").click()
    expect(option(other, "single", "listen")).to_be_checked()
    expect(heading(paper, "这次考试正在另一个标签页里进行")).to_be_visible()
    answer(other, "judge")
    button(paper, "在此继续").click()
    expect(option(paper, "judge", "yea")).to_be_checked()
    expect(option(paper, "single", "listen")).to_be_checked()
    expect(heading(other, "这次考试正在另一个标签页里进行")).to_be_visible()


def test_a_tab_that_waits_sees_the_result_when_the_other_submits(paper):
    answer(paper, "single")
    other = paper.context.new_page()
    other.goto(paper.url)
    button(other, "继续上次").click()
    submit(paper)

    expect(result(other)).to_contain_text("成绩：2 / 24 分")
    assert stored(paper, "item:single")["n"] == 1


def test_when_time_runs_out_in_two_tabs_the_answers_count_once(timed):
    answer(timed, "single")
    other = timed.context.new_page()
    other.goto(timed.url)
    expect(button(other, "继续上次")).to_be_visible()
    wait(timed, minutes=61)

    for tab in (timed, other):
        expect(tab.locator(".handbook-exam-past tbody td").first).to_have_text("2 / 24")
    assert stored(timed, "item:single")["n"] == 1


def test_with_storage_blocked_the_exam_goes_on_and_says_that_nothing_is_kept(reader, tiny):
    reader.tolerated = lambda complaint: (
        "assets/exam" not in complaint and ("denied" in complaint or "__md_" in complaint)
    )
    page = reader.open(tiny, script=BLOCKED)
    expect(page.get_by_text("这次考试不会保存")).to_be_visible()
    begin(page)
    answer_everything(page)
    submit(page)

    expect(result(page)).to_contain_text("成绩：9 / 24 分")
    expect(page.get_by_text("这次考试不会保存：浏览器不允许")).to_be_visible()


def test_with_storage_full_the_exam_goes_on_and_says_that_nothing_is_kept(paper):
    paper.evaluate(FILL_STORAGE)
    answer_everything(paper)
    expect(paper.get_by_text("这次考试不会保存：浏览器给这个网站的存储空间已满。")).to_be_visible()
    submit(paper)

    expect(result(paper)).to_contain_text("成绩：9 / 24 分")
    expect(paper.locator(".handbook-exam-past tbody tr")).to_have_count(1)


# Items that changed.


def test_an_item_edited_since_the_beginning_is_named_and_not_counted(paper, edited):
    answer_everything(paper)
    paper.goto(edited.replace("chapters/sample/", "exam/tiny/"))
    button(paper, "继续上次").click()

    expect(item(paper, "single")).to_have_text("第 1 题：题目已更新，这次不计分，总分相应减少。")
    expect(option(paper, "judge", "yea")).to_be_checked()
    submit(paper)
    expect(result(paper)).to_contain_text("成绩：7 / 17 分")
    expect(paper.get_by_text("有 2 题在开考以后更新或撤下了，这次不计分，总分相应减少。")).to_be_visible()
    expect(verdict(paper, "single")).to_contain_text("题目已更新，这次不计分")
    assert stored(paper, "item:single") is None


def test_a_result_stays_what_it_was_when_items_change_afterwards(paper, edited):
    answer_everything(paper)
    submit(paper)
    paper.goto(edited.replace("chapters/sample/", "exam/tiny/"))
    paper.get_by_role("button", name=re.compile("^查看")).click()

    expect(result(paper)).to_contain_text("成绩：9 / 24 分")
    expect(verdict(paper, "single")).to_contain_text("题目在交卷以后更新了，当时得 2/2 分")


def test_an_attempt_whose_items_are_all_gone_stays_in_the_history_and_cannot_be_resumed(paper):
    change_attempt(paper, "a.places.forEach(place => { place.rev = 'old'; })")

    expect(paper.get_by_text("不能接着做了")).to_be_visible()
    expect(button(paper, "开始考试")).to_be_visible()
    expect(paper.locator(".handbook-exam-past tbody td").first).to_have_text("题目已更新")


def test_a_corrupted_attempt_is_set_aside_and_another_can_be_begun(paper):
    paper.goto(paper.url.replace("exam/tiny/", "exam/"))
    paper.evaluate("localStorage.setItem('handbook:v1:attempt:tiny:1', '{oops')")
    paper.go_back()
    begin(paper)

    assert paper.evaluate("localStorage.getItem('handbook:v1:bad:attempt:tiny:1')") == "{oops"


# Where it runs, and for whom.


def test_it_works_from_a_folder(reader, tiny, sites):
    page = reader.open((sites / urlsplit(tiny).path[1:] / "index.html").as_uri())
    begin(page)
    answer_everything(page)
    page.reload()
    button(page, "继续上次").click()
    submit(page)

    expect(result(page)).to_contain_text("成绩：9 / 24 分")


def test_it_works_under_a_strict_content_security_policy(reader, tiny):
    page = reader.open(tiny)

    def guarded(route) -> None:
        reply = route.fetch()
        inline = re.findall(r"<script>(.*?)</script>", reply.text(), re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
        hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
        policy = (
            f"default-src 'none'; script-src 'self' {hashes}; style-src 'self'; "
            "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; "
            "object-src 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        route.fulfill(response=reply, headers={**reply.headers, "content-security-policy": policy})

    page.context.route("**/exam/tiny/", guarded)
    page.reload()
    for _ in range(2):
        begin(page)
        answer_everything(page)
        submit(page)
        button(page, "再做一套").click()
    expect(page.get_by_role("img", name="各次得分率")).to_be_visible()


@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
        {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
        {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
    ],
    ids=["desk", "narrow", "forced"],
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways_on_any_screen(reader, tiny, options):
    page = reader.open(tiny, reduced_motion="reduce", **options)  # nothing is measured while it fades

    def check() -> None:
        assert complaints_of_axe(page, passing=30) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= options["viewport"]["width"]

    check()
    begin(page)
    answer(page, "single", ["calm"])
    answer(page, "judge")
    answer(page, "short")
    item(page, "judge").get_by_role("button", name="标记").click()
    check()
    button(page, "交卷").click()
    check()
    button(page, "仍要交卷").click()
    check()
    button(page, "再做一套").click()
    begin(page)
    button(page, "暂停").click()
    check()
    page.goto(page.url.replace("exam/tiny/", "exam/"))
    check()


def test_what_the_keyboard_brings_into_view_is_not_under_the_bar(reader, tiny):
    page = reader.open(tiny, viewport={"width": 320, "height": 640})
    begin(page)
    item(page, "case").locator("textarea").focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        focused = page.locator(":focus")
        bar = page.locator(".handbook-timer__bar").bounding_box()
        if focused.evaluate("e => e.closest('handbook-exam-paper') !== null"):
            assert focused.bounding_box()["y"] >= bar["y"] + bar["height"] - 1


def test_state_is_told_in_words_to_those_who_do_not_see_it(paper):
    answer(paper, "judge")
    item(paper, "judge").get_by_role("button", name="标记").click()

    names = paper.locator("handbook-answer-sheet a").evaluate_all("links => links.map(link => link.ariaLabel)")
    assert names[:3] == ["第 1 题，未答", "第 2 题，已答，已标记", "第 3 题，未答"]
    expect(item(paper, "judge")).to_have_accessible_name(re.compile("第 2 题 判断题 1 分"))
    expect(paper.locator(".handbook-timer [role=timer]")).to_have_count(1)


def test_without_javascript_the_page_says_so_and_leads_to_the_quizzes(reader, tiny):
    page = reader.open(tiny, java_script_enabled=False)

    expect(page.get_by_text("模拟考试要用到 JavaScript")).to_be_visible()
    expect(page.get_by_role("link", name="第 1 章 样例章")).to_have_attribute("href", "../../chapters/sample/#quiz")
    for part in (
        "handbook-exam button",
        "handbook-exam input",
        "handbook-timer",
        "handbook-exam-item",
        "#exam-review",
        "#exam-past",
    ):
        expect(page.locator(part).locator("visible=true")).to_have_count(0)


def test_on_paper_there_is_the_result_with_answers_and_nothing_to_press(paper):
    answer_everything(paper)
    submit(paper)
    paper.emulate_media(media="print")

    expect(result(paper)).to_be_visible()
    expect(item(paper, "single").locator(".handbook-item__rationales")).to_be_visible()
    expect(item(paper, "short").get_by_text("参考答案", exact=True)).to_be_visible()
    expect(paper.locator("handbook-exam button").locator("visible=true")).to_have_count(0)


def test_the_search_finds_the_pages_of_exams_but_nothing_inside(handbook, sites):
    folder = sites / urlsplit(handbook).path[1:]
    index = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))
    entries = [entry for entry in index["docs"] if entry["location"].startswith("exam/2026-standard/")]

    assert [entry["location"] for entry in entries] == ["exam/2026-standard/"]
    assert "JavaScript" not in entries[0]["text"]


def test_every_blueprint_has_its_page_and_every_page_can_be_begun(reader, handbook):
    page = reader.open(handbook + "exam/")
    addresses = page.locator(".chapter-cards__title a").evaluate_all("links => links.map(link => link.href)")
    names = sorted(path.stem for path in (ROOT / "docs/bank/blueprints").glob("*.yml"))
    assert sorted(address.rstrip("/").rpartition("/")[2] for address in addresses) == names

    for address in addresses:
        page.goto(address)
        begin(page)
        expect(page.locator("handbook-exam-item").first).to_be_visible()
        submit(page)
        expect(result(page)).to_contain_text("成绩：0 /")
