"""The quiz as readers meet it: a chapter with every type of item, and the real handbook."""

import gzip
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import BLOCKED, complaints_of_axe

ROOT = Path(__file__).parents[2]

RIGHT = {
    "single": ["listen"],
    "judge": ["yea"],
    "every": ["name", "request"],
    "some": ["finding", "decision", "remedy"],
}
WRONG = {"single": ["calm"], "judge": ["nay"], "every": ["name"], "some": ["finding", "blame"]}
TEXT = {"short": "打断会漏掉客户的要求。", "case": "先致歉，核对工单。\n再约书面答复的时间。"}
CHOICES, ESSAYS = list(RIGHT), list(TEXT)
ITEMS = CHOICES + ESSAYS
STALE = "题目已更新，请重做"
LOOKS = "all => all.map(e => { const s = getComputedStyle(e); return [s.backgroundColor, s.boxShadow]; })"

every_item = pytest.mark.parametrize("name", ITEMS)
every_choice = pytest.mark.parametrize("name", CHOICES)
every_essay = pytest.mark.parametrize("name", ESSAYS)
both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture
def page(reader, sample) -> Page:
    return reader.open(sample)


def item(page: Page, name: str) -> Locator:
    return page.locator(f"#item-{name}")


def option(page: Page, name: str, value: str) -> Locator:
    return item(page, name).locator(f"input[value={value}]")


def options(page: Page, name: str) -> Locator:
    return item(page, name).locator(".handbook-item__fieldset input")


def criteria(page: Page, name: str) -> Locator:
    return item(page, name).locator(".handbook-item__rubric input")


def text(page: Page, name: str) -> Locator:
    return item(page, name).locator("textarea")


def first_input(page: Page, name: str) -> Locator:
    return item(page, name).locator("textarea, .handbook-item__fieldset input").first


def submit_button(page: Page, name: str) -> Locator:
    return item(page, name).locator("button[type=submit]")


def redo_button(page: Page, name: str) -> Locator:
    return item(page, name).get_by_role("button", name="重做本题")


def details(page: Page, name: str) -> Locator:
    return item(page, name).locator("details")


def status(page: Page, name: str) -> Locator:
    return item(page, name).get_by_role("status")


def basis(page: Page, name: str) -> Locator:
    return item(page, name).locator(".handbook-item__reasons .handbook-item__basis")


def error(page: Page, name: str) -> Locator:
    return item(page, name).locator(".handbook-item__error")


def tally(page: Page) -> Locator:
    return page.locator(".handbook-tally__result")


def button(page: Page, name: str) -> Locator:
    return page.locator("handbook-tally").get_by_role("button", name=name, exact=True)


def fill_in(page: Page, name: str, values: list[str] | None = None) -> None:
    if name in TEXT:
        text(page, name).fill(TEXT[name])
    for value in RIGHT.get(name, []) if values is None else values:
        option(page, name, value).check()


def answer(page: Page, name: str, values: list[str] | None = None) -> None:
    fill_in(page, name, values)
    submit_button(page, name).click()
    expect(redo_button(page, name)).to_be_visible()


def answer_everything(page: Page) -> None:
    for name in ITEMS:
        answer(page, name, WRONG.get(name))
    criteria(page, "case").first.check()


def response(page: Page, name: str) -> list[str] | str:
    """Return what the reader sees as their response."""
    if name in TEXT:
        return text(page, name).input_value()

    return options(page, name).evaluate_all("inputs => inputs.filter(i => i.checked).map(i => i.value)")


def record(page: Page, name: str) -> dict:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", f"handbook:v1:item:{name}"))


def put_record(page: Page, name: str, raw: str) -> None:
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [f"handbook:v1:item:{name}", raw])


def with_other_revision(page: Page, name: str) -> None:
    """Serve the page as if the item had been edited since."""
    pattern = re.compile(rf'(data-item="{name}"[^>]*data-revision=")')

    def serve(route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=pattern.sub(r"\g<1>edited-", reply.text()))

    page.context.route(f"**{urlsplit(page.url).path}", serve)


# Choosing and submitting.


@every_choice
def test_choosing_with_the_mouse_or_the_arrow_keys_never_submits(page, name):
    for each in options(page, name).all():
        each.click()
    for key in ("ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Space"):
        page.keyboard.press(key)

    expect(submit_button(page, name)).to_have_attribute("aria-disabled", "false")
    expect(status(page, name)).to_be_empty()
    expect(redo_button(page, name)).to_be_hidden()
    expect(tally(page)).to_contain_text("已答 0/6 题")


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("single", ["listen"], "✓ 回答正确。答案：B。"),
        ("single", ["calm"], "✗ 回答错误。你的答案：A。正确答案：B。"),
        ("judge", ["yea"], "✓ 回答正确。答案：正确。"),
        ("judge", ["nay"], "✗ 回答错误。你的答案：错误。正确答案：正确。"),
        ("every", ["name", "request"], "✓ 回答正确。答案：A、C。"),
        ("every", ["name"], "✗ 回答错误。你的答案：A。正确答案：A、C。"),
        ("every", ["name", "mood", "request"], "✗ 回答错误。你的答案：A、B、C。正确答案：A、C。"),
        ("some", ["finding", "decision", "remedy"], "✓ 回答正确。答案：A、B、C。"),
        ("some", ["remedy", "finding"], "◐ 部分正确，得 2/3 分。你的答案：A、C。正确答案：A、B、C。"),
        ("some", ["finding", "blame"], "✗ 回答错误。你的答案：A、D。正确答案：A、B、C。"),
    ],
)
def test_feedback_says_in_words_how_it_went(page, name, values, words):
    answer(page, name, values)

    expect(status(page, name)).to_have_text(words)
    expect(status(page, name).locator("[aria-hidden=true]")).to_have_text(words[0])


def test_every_option_row_says_in_words_what_it_is(page):
    answer(page, "every", ["name", "mood"])

    rows = item(page, "every").locator("[data-label] label")
    assert rows.all_inner_texts() == [
        "A 客户称呼（正确答案，你的选择）",
        "B 对客户情绪的评价（你的选择）",
        "C 客户的要求（正确答案，漏选）",
    ]
    expect(item(page, "every").get_by_role("checkbox", name="C 客户的要求（正确答案，漏选）")).to_be_visible()


def test_right_and_wrong_differ_in_border_style(page):
    answer(page, "single", ["calm"])
    answer(page, "judge", ["yea"])

    def border(name: str) -> str:
        return item(page, name).locator(".handbook-item__verdict").evaluate("e => getComputedStyle(e).borderLeftStyle")

    wrong_row = item(page, "single").locator("[data-mark=wrong]")
    assert (border("single"), border("judge")) == ("double", "solid")
    assert wrong_row.evaluate("e => getComputedStyle(e).borderTopStyle") == "double"


def test_the_rationales_of_choice_and_key_and_the_section_follow_the_feedback(page):
    answer(page, "single", ["calm"])

    reasons = item(page, "single").locator(".handbook-item__reasons")
    assert reasons.locator("li").all_inner_texts() == [
        "A 让客户再打一次等于拒收。",
        "B（答案） 先听完再登记，客户不用重复。",
    ]
    expect(reasons.get_by_role("link", name="第 1 章 第一节")).to_have_attribute("href", "#first")


def test_the_words_that_answer_an_item_follow_the_feedback_with_their_place(page):
    for name in ("every", "judge"):
        answer(page, name)

    assert basis(page, "every").locator("li").all_inner_texts() == [
        "第 1 章 第一节：“先听完，再登记”",
        "第 1 章 第二节：“答复…书面为准”",
    ]
    expect(basis(page, "judge")).to_have_text("依据：第 1 章 第二节：“答复以书面为准”")


@both_schemes
@pytest.mark.parametrize("width", [320, 1280])
def test_the_way_of_a_quotation_lands_on_its_sentence_and_marks_it(reader, sample, scheme, width):
    page = reader.open(sample, color_scheme=scheme, viewport={"width": width, "height": 500})
    answer(page, "every")
    sentences = page.locator(".quoted")
    plain = sentences.evaluate_all(LOOKS)

    basis(page, "every").get_by_role("link").first.click()

    expect(page.locator(":target")).to_have_text("受理投诉时先听完，再登记。")
    expect(page.locator(":target")).to_be_in_viewport(ratio=1)
    page.wait_for_function(
        "document.querySelector(':target').getBoundingClientRect().top >= "
        "document.querySelector('.md-header').getBoundingClientRect().bottom"
    )
    first, second = sentences.evaluate_all(LOOKS)
    assert (first == plain[0], second == plain[1]) == (False, True)
    basis(page, "every").get_by_role("link").last.click()
    expect(page.locator(":target")).to_have_text("答复以书面为准。")
    assert sentences.evaluate_all(LOOKS) == [plain[0], first]


def test_a_marked_sentence_shows_in_forced_colours_and_not_on_paper(reader, sample):
    page = reader.open(sample, forced_colors="active")
    plain = page.locator(".quoted").first.evaluate("e => getComputedStyle(e).outlineStyle")
    answer(page, "every")
    basis(page, "every").get_by_role("link").first.click()
    marked = page.locator(":target")
    expect(marked).to_have_class("quoted")

    assert (plain, marked.evaluate("e => getComputedStyle(e).outlineStyle")) == ("none", "solid")
    page.emulate_media(media="print", forced_colors="none")
    printed = marked.evaluate(
        "e => { const s = getComputedStyle(e); return [s.outlineStyle, s.backgroundColor, s.boxShadow]; }"
    )
    assert printed == ["none", "rgba(0, 0, 0, 0)", "none"]


@every_choice
def test_after_answering_the_details_are_still_closed_and_can_be_opened(page, name):
    answer(page, name)
    expect(details(page, name)).not_to_have_attribute("open", "")

    details(page, name).locator("summary").click()

    expect(details(page, name).locator(".handbook-item__rationales")).to_be_visible()


@every_choice
def test_focus_stays_on_the_button_and_a_second_press_does_nothing(page, name):
    fill_in(page, name)
    submit_button(page, name).press("Enter")
    expect(submit_button(page, name)).to_be_focused()
    before = record(page, name)

    page.keyboard.press("Enter")

    expect(submit_button(page, name)).to_have_attribute("aria-disabled", "true")
    assert record(page, name) == before


@every_item
def test_redoing_clears_the_item_and_focuses_its_first_input(page, name):
    answer(page, name, WRONG.get(name))

    redo_button(page, name).click()

    expect(first_input(page, name)).to_be_focused()
    assert not response(page, name)
    expect(status(page, name)).to_be_empty()
    expect(item(page, name).locator(".handbook-item__reasons")).to_be_empty()
    expect(item(page, name).locator(".handbook-item__mark")).to_have_count(0)
    expect(details(page, name)).not_to_have_attribute("open", "")
    expect(tally(page)).to_contain_text("已答 0/6 题")


@every_item
def test_what_was_redone_can_be_answered_again(page, name):
    answer(page, name, WRONG.get(name))
    if name in TEXT:
        criteria(page, name).first.check()
    redo_button(page, name).click()

    answer(page, name)

    expect(status(page, name)).to_contain_text("已提交" if name in TEXT else "回答正确")
    expect(tally(page)).to_contain_text("已答 1/6 题")
    assert record(page, name)["n"] == 2


@every_choice
def test_after_submitting_options_can_be_reached_but_not_changed(page, name):
    answer(page, name, WRONG[name])
    words, kept = status(page, name).inner_text(), record(page, name)

    for each in options(page, name).all():
        expect(each).to_be_enabled()
        each.click()
        page.keyboard.press("ArrowDown")

    assert response(page, name) == WRONG[name]
    expect(status(page, name)).to_have_text(words)
    expect(item(page, name).get_by_text("选项不会再变")).to_be_visible()
    assert record(page, name) == kept


@every_essay
def test_after_submitting_the_text_can_be_read_but_not_changed(page, name):
    answer(page, name)

    text(page, name).press("x")

    expect(text(page, name)).to_have_value(TEXT[name])
    expect(text(page, name)).to_be_enabled()
    expect(text(page, name)).not_to_be_editable()
    expect(item(page, name).get_by_text("文字不会再变")).to_be_visible()


@every_item
def test_submitting_nothing_asks_for_an_answer_and_counts_as_nothing(page, name):
    submit_button(page, name).click()

    words = "错误：请先写下作答" if name in TEXT else "错误：请先选择答案"
    expect(error(page, name)).to_have_text(words)
    expect(first_input(page, name)).to_be_focused()
    described = item(page, name).locator("textarea, .handbook-item__fieldset")
    expect(described).to_have_attribute("aria-describedby", f"item-{name}-error item-{name}-hint")
    expect(described).to_have_accessible_description(re.compile(words))
    expect(tally(page)).to_contain_text("已答 0/6 题")
    expect(status(page, name)).to_be_empty()
    expect(details(page, name)).not_to_have_attribute("open", "")

    submit_button(page, name).click()
    expect(error(page, name)).to_have_count(1)

    fill_in(page, name)
    expect(error(page, name)).to_have_count(0)
    expect(described).to_have_attribute("aria-describedby", f"item-{name}-hint")


@every_essay
def test_blank_text_is_no_answer(page, name):
    text(page, name).fill(" \n　 ")
    submit_button(page, name).click()

    expect(error(page, name)).to_be_visible()
    expect(tally(page)).to_contain_text("已答 0/6 题")


# Essays.


@every_essay
def test_submitting_an_essay_reveals_the_model_answer_and_focuses_its_heading(page, name):
    answer(page, name)

    expect(details(page, name).locator(".handbook-item__model-answer")).to_be_visible()
    expect(details(page, name).locator("summary")).to_be_focused()
    expect(status(page, name)).to_contain_text("已提交")


def test_ticking_criteria_gives_a_score_that_is_called_self_assessed(page):
    answer(page, "case")

    criteria(page, "case").nth(0).check()
    criteria(page, "case").nth(2).check()
    expect(status(page, "case")).to_have_text("✎ 自评得分 3/5 分（自评，仅供参考）")
    expect(tally(page)).to_contain_text("自评 3/8 分（自评，仅供参考）")

    criteria(page, "case").nth(0).uncheck()
    expect(status(page, "case")).to_have_text("✎ 自评得分 1/5 分（自评，仅供参考）")


@every_essay
def test_the_answer_can_be_looked_up_before_writing_and_that_submits_nothing(page, name):
    details(page, name).locator("summary").click()

    expect(details(page, name).locator(".handbook-item__model-answer")).to_be_visible()
    expect(tally(page)).to_contain_text("已答 0/6 题")
    expect(text(page, name)).to_be_editable()


@every_essay
def test_ticking_a_criterion_before_writing_asks_for_the_text_first(page, name):
    details(page, name).locator("summary").click()
    criteria(page, name).first.click()

    expect(error(page, name)).to_have_text("错误：请先写下作答")
    expect(text(page, name)).to_be_focused()
    expect(criteria(page, name).first).not_to_be_checked()
    expect(tally(page)).to_contain_text("已答 0/6 题")


@every_essay
def test_ticking_a_criterion_after_writing_submits_the_text_too(page, name):
    fill_in(page, name)
    details(page, name).locator("summary").click()
    criteria(page, name).first.check()

    expect(status(page, name)).to_contain_text("自评得分 2/")
    expect(tally(page)).to_contain_text("已答 1/6 题")


# Keeping.


@every_item
def test_an_answer_survives_a_reload(page, name):
    answer(page, name, WRONG.get(name))
    if name in TEXT:
        criteria(page, name).first.check()
    words, given = status(page, name).inner_text(), response(page, name)

    page.reload()

    expect(status(page, name)).to_have_text(words)
    assert response(page, name) == given
    if name in TEXT:
        details(page, name).locator("summary").click()
        expect(criteria(page, name).first).to_be_checked()


@every_item
def test_what_is_begun_but_not_submitted_survives_a_reload(page, name):
    fill_in(page, name)
    given = response(page, name)

    page.reload()

    assert response(page, name) == given != []
    expect(status(page, name)).to_be_empty()
    expect(tally(page)).to_contain_text("已答 0/6 题")


def test_the_same_words_are_not_spoken_again(page):
    answer(page, "single", ["calm"])
    changes = page.evaluate(
        """async () => {
          const seen = [];
          const observer = new MutationObserver(changes => seen.push(...changes));
          observer.observe(document.querySelector("#item-single [role=status]"), {subtree: true, childList: true});
          window.dispatchEvent(new StorageEvent("storage", {key: null}));
          return [...seen, ...observer.takeRecords()].length;
        }"""
    )

    assert changes == 0


@every_choice
def test_ids_of_options_are_stored_not_their_positions(page, name):
    answer(page, name)

    assert record(page, name)["response"] == RIGHT[name]


def test_a_record_holds_version_revision_response_verdict_and_count(page):
    answer(page, "single", ["calm"])
    revision = item(page, "single").get_attribute("data-revision")

    kept = record(page, "single")

    assert kept.pop("t") > 0
    assert kept == {
        "v": 1,
        "rev": revision,
        "response": ["calm"],
        "right": False,
        "score": 0,
        "n": 1,
        "missed": True,
        "streak": 0,
    }


def test_redoing_keeps_the_last_verdict_on_record_until_the_next(page):
    answer(page, "single", ["calm"])
    redo_button(page, "single").click()
    page.reload()

    assert record(page, "single")["right"] is False
    assert response(page, "single") == []
    expect(status(page, "single")).to_be_empty()


@every_item
def test_an_edited_item_asks_to_be_redone_and_no_other_does(page, name):
    answer_everything(page)
    others = {other: status(page, other).inner_text() for other in ITEMS if other != name}
    kept = record(page, name)

    with_other_revision(page, name)
    page.reload()

    expect(status(page, name)).to_contain_text(STALE)
    for other, words in others.items():
        expect(status(page, other)).to_have_text(words)
    expect(tally(page)).to_contain_text("已答 5/6 题")
    assert record(page, name) == kept

    answer(page, name)
    expect(status(page, name)).not_to_contain_text(STALE)
    expect(tally(page)).to_contain_text("已答 6/6 题")
    assert record(page, name)["rev"] == item(page, name).get_attribute("data-revision") != kept["rev"]
    assert record(page, name)["n"] == 2


def test_the_old_answer_to_an_edited_item_is_kept_while_a_new_one_is_begun(page):
    answer(page, "single", ["calm"])
    kept = record(page, "single")
    with_other_revision(page, "single")
    page.reload()

    option(page, "single", "listen").check()

    expect(status(page, "single")).to_contain_text(STALE)
    begun = record(page, "single")
    assert begun.pop("draft")["response"] == ["listen"]
    assert {**begun, "t": 0} == {**kept, "t": 0}


def test_editing_the_bank_makes_items_stale_for_those_who_answered_before(page, edited):
    answer_everything(page)

    page.goto(edited)

    for name in ITEMS:
        if name in ("single", "short"):
            expect(status(page, name)).to_contain_text(STALE)
        else:
            expect(status(page, name)).not_to_contain_text(STALE)
    assert response(page, "single") == []
    assert response(page, "short") == TEXT["short"]
    expect(tally(page)).to_contain_text("已答 4/6 题")


# Tally.


def test_the_tally_counts_and_its_denominators_come_from_the_page(page):
    expect(tally(page)).to_have_text(
        "已答 0/6 题 · 答对 0 题 · 客观题得分 0/4 分（每题 1 分） · 自评 0/8 分（自评，仅供参考）"
    )

    answer(page, "single")
    answer(page, "judge", ["nay"])
    answer(page, "some", ["finding", "remedy"])
    answer(page, "short")
    criteria(page, "short").first.check()

    words = "已答 4/6 题 · 答对 1 题 · 客观题得分 1.67/4 分（每题 1 分） · 自评 2/8 分（自评，仅供参考）"
    expect(tally(page)).to_have_text(words)
    page.reload()
    expect(tally(page)).to_have_text(words)


def test_records_of_items_that_are_gone_are_not_counted(page):
    answer(page, "single")
    put_record(page, "gone", json.dumps(record(page, "single")))
    page.reload()

    expect(tally(page)).to_contain_text("已答 1/6 题 · 答对 1 题")


def test_redoing_the_wrong_ones_resets_just_those_and_focuses_the_first(page):
    answer(page, "single")
    answer(page, "judge", ["nay"])
    answer(page, "some", ["finding"])
    answer(page, "case")

    button(page, "只重做错题").click()

    first = "judge" if item(page, "judge").bounding_box()["y"] < item(page, "some").bounding_box()["y"] else "some"
    expect(first_input(page, first)).to_be_focused()
    assert [response(page, name) for name in ("judge", "some")] == [[], []]
    expect(status(page, "single")).to_contain_text("回答正确")
    expect(text(page, "case")).to_have_value(TEXT["case"])
    expect(tally(page)).to_contain_text("已答 2/6 题")
    expect(page.locator("handbook-tally").get_by_role("status")).to_have_text("已清空 2 道错题，请重做。")


def test_with_nothing_wrong_redoing_the_wrong_ones_says_so_and_changes_nothing(page):
    answer(page, "single")

    button(page, "只重做错题").click()

    expect(page.locator("handbook-tally").get_by_role("status")).to_have_text("没有答错的题。")
    expect(tally(page)).to_contain_text("已答 1/6 题")


def test_clearing_asks_first_and_cancelling_changes_nothing(page):
    answer(page, "single")
    for cancel in (lambda: button(page, "取消").click(), lambda: page.keyboard.press("Escape")):
        button(page, "清除本章作答").click()
        expect(button(page, "取消")).to_be_focused()
        cancel()
        expect(button(page, "确定清除")).to_be_hidden()
        expect(button(page, "清除本章作答")).to_be_focused()
    expect(tally(page)).to_contain_text("已答 1/6 题")


def test_clearing_once_confirmed_forgets_the_chapter_and_nothing_else(page):
    answer_everything(page)
    put_record(page, "of-another-chapter", json.dumps(record(page, "single")))

    button(page, "清除本章作答").click()
    button(page, "确定清除").click()

    expect(button(page, "清除本章作答")).to_be_focused()
    expect(tally(page)).to_contain_text("已答 0/6 题")
    assert not any(response(page, name) for name in ITEMS)
    keys = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('handbook:'))")
    assert keys == ["handbook:v1:item:of-another-chapter"]


# Two tabs, and storage that fails.


@every_item
def test_another_tab_shows_the_answer_at_once_and_its_redoing_too(page, name):
    other = page.context.new_page()
    other.goto(page.url)

    answer(page, name, WRONG.get(name))
    expect(status(other, name)).to_have_text(status(page, name).inner_text())
    assert response(other, name) == response(page, name)
    expect(tally(other)).to_contain_text("已答 1/6 题")

    redo_button(other, name).click()
    expect(status(page, name)).to_be_empty()
    expect(tally(page)).to_contain_text("已答 0/6 题")


def test_two_tabs_answering_different_items_lose_nothing(page):
    other = page.context.new_page()
    other.goto(page.url)
    answer(page, "single")
    answer(other, "judge")

    page.reload()

    expect(tally(page)).to_contain_text("已答 2/6 题 · 答对 2 题")


@every_item
def test_without_storage_the_quiz_works_and_says_that_nothing_is_saved(reader, sample, name):
    reader.tolerated = lambda complaint: (
        "assets/quiz" not in complaint and ("denied" in complaint or "__md_" in complaint)
    )
    page = reader.open(sample, script=BLOCKED)
    expect(page.locator("handbook-tally").get_by_text("本次作答不会保存")).to_be_visible()

    answer(page, name)

    expect(status(page, name)).to_contain_text("本次作答不会保存")
    expect(tally(page)).to_contain_text("已答 1/6 题")
    redo_button(page, name).click()
    expect(tally(page)).to_contain_text("已答 0/6 题")


def test_with_storage_nothing_is_said_of_not_saving(page):
    answer_everything(page)

    expect(page.get_by_text("本次作答不会保存").locator("visible=true")).to_have_count(0)


def test_full_storage_is_told_where_the_answer_was_given(page):
    page.evaluate(
        """() => {
          for (let size = 2 ** 22, n = 0; size >= 1; ) {
            try { localStorage.setItem(`filler-${n++}`, "x".repeat(size)); } catch { size = Math.floor(size / 2); }
          }
        }"""
    )
    answer(page, "single")

    expect(status(page, "single")).to_contain_text("本次作答不会保存：浏览器给这个网站的存储空间已满。")
    expect(tally(page)).to_contain_text("已答 1/6 题 · 答对 1 题")


def test_a_corrupted_record_is_set_aside_and_the_item_starts_afresh(page):
    put_record(page, "single", "{broken")
    page.reload()

    expect(status(page, "single")).to_be_empty()
    assert page.evaluate("localStorage.getItem('handbook:v1:bad:item:single')") == "{broken"
    answer(page, "single")
    page.reload()
    expect(status(page, "single")).to_contain_text("回答正确")


def test_a_record_of_a_later_handbook_is_left_alone(page):
    later = '{"v": 2, "news": true}'
    put_record(page, "single", later)
    page.reload()
    answer(page, "single")

    expect(status(page, "single")).to_contain_text("本次作答不会保存")
    button(page, "清除本章作答").click()
    button(page, "确定清除").click()
    assert page.evaluate("localStorage.getItem('handbook:v1:item:single')") == later


def test_stored_markup_is_shown_as_text(page):
    fill_in(page, "short")
    draft = {"rev": record(page, "short")["draft"]["rev"], "response": "</textarea><img src=x onerror=alert(1)>"}
    put_record(page, "short", json.dumps({**record(page, "short"), "draft": draft}))
    page.reload()

    expect(text(page, "short")).to_have_value(draft["response"])
    expect(page.locator("handbook-item img")).to_have_count(0)


# Elements come and go.


def test_an_element_taken_out_and_put_back_answers_once(page):
    fill_in(page, "single")
    item(page, "single").evaluate(
        "e => { const p = e.parentNode, n = e.nextSibling; e.remove(); p.insertBefore(e, n); }"
    )

    submit_button(page, "single").click()

    expect(redo_button(page, "single")).to_be_visible()
    assert record(page, "single")["n"] == 1


def test_an_element_taken_out_hears_nothing_more(page):
    silent = page.evaluate(
        """() => {
          const item = document.querySelector("#item-single");
          const tally = document.querySelector("handbook-tally");
          const before = tally.textContent;
          let renders = 0;
          item.addEventListener("handbook-item-change", () => (renders += 1));
          window.dispatchEvent(new StorageEvent("storage", {key: null}));
          const whileThere = renders;
          item.remove();
          tally.remove();
          window.dispatchEvent(new StorageEvent("storage", {key: null}));
          return [whileThere, renders, tally.textContent === before];
        }"""
    )

    assert silent == [1, 1, True]


def test_state_is_restored_when_the_same_item_is_put_on_the_page_anew(page):
    answer(page, "single", ["calm"])
    page.evaluate(
        """async () => {
          const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
          document.querySelector("#item-single").replaceWith(fresh.querySelector("#item-single"));
        }"""
    )

    expect(status(page, "single")).to_contain_text("回答错误")
    assert response(page, "single") == ["calm"]


# Keyboard only.


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("single", ["Space", "ArrowDown", "Tab", "Enter"]),
        ("judge", ["Space", "Tab", "Enter"]),
        ("every", ["Space", "Tab", "Tab", "Space", "Tab", "Enter"]),
        ("some", ["Space", "Tab", "Space", "Tab", "Space", "Tab", "Tab", "Enter"]),
    ],
)
def test_a_choice_can_be_answered_and_redone_by_keyboard_alone(page, name, keys):
    press_tab_until(page, first_input(page, name))
    press(page, *keys)
    expect(status(page, name)).to_contain_text("回答正确")

    press(page, "Tab", "Enter")

    expect(first_input(page, name)).to_be_focused()
    assert response(page, name) == []


@every_essay
def test_an_essay_can_be_written_submitted_and_assessed_by_keyboard_alone(page, name):
    press_tab_until(page, text(page, name))
    page.keyboard.type("核对工单")
    press(page, "Tab", "Enter")
    expect(details(page, name).locator("summary")).to_be_focused()

    press(page, "Tab", "Space")

    expect(status(page, name)).to_contain_text("自评得分 2/")


def test_enter_in_an_option_submits_as_in_any_form(page):
    option(page, "single", "listen").press("Space")
    page.keyboard.press("Enter")

    expect(status(page, "single")).to_contain_text("回答正确")


def test_clearing_works_by_keyboard_alone(page):
    answer(page, "single")
    button(page, "清除本章作答").press("Enter")
    press(page, "Shift+Tab", "Enter")

    expect(tally(page)).to_contain_text("已答 0/6 题")


def press_tab_until(page: Page, target: Locator) -> None:
    """Walk from the top of the page as a keyboard user does."""
    handle = target.element_handle()
    for _ in range(100):
        page.keyboard.press("Tab")
        if handle.evaluate("e => e === document.activeElement"):
            return
    pytest.fail("Tab never got there")


def test_focus_is_outlined(page):
    press_tab_until(page, first_input(page, "single"))

    for target in (
        first_input(page, "single"),
        submit_button(page, "single"),
        details(page, "single").locator("summary"),
    ):
        style = target.evaluate("e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth]; }")
        assert style == ["solid", "3px"]
        page.keyboard.press("Tab")


@every_item
def test_focus_is_not_hidden_below_the_header(page, name):
    below_the_header = page.evaluate(
        """selector => {
          const target = document.querySelector(selector);
          scrollTo({top: document.body.scrollHeight, behavior: "instant"});
          target.focus();
          const header = document.querySelector(".md-header").getBoundingClientRect();
          return target.getBoundingClientRect().top - header.bottom;
        }""",
        f"#item-{name} :is(textarea, .handbook-item__fieldset input)",
    )

    assert below_the_header >= 0


# Without JavaScript, without width, without colour.


@every_item
def test_without_javascript_the_answer_opens_and_no_dead_button_shows(reader, sample, name):
    page = reader.open(sample, java_script_enabled=False)
    details(page, name).locator("summary").click()

    expect(details(page, name).locator(".handbook-item__basis")).to_be_visible()
    expect(page.locator("handbook-item button, handbook-tally button").locator("visible=true")).to_have_count(0)


def test_without_javascript_the_answer_quotes_and_leads_to_the_marked_sentence(reader, sample):
    page = reader.open(sample, java_script_enabled=False)
    details(page, "judge").locator("summary").click()
    details(page, "judge").get_by_role("link", name="第 1 章 第二节").click()

    expect(page.locator(".quoted:target")).to_have_text("答复以书面为准。")
    expect(page.locator(".quoted:target")).to_be_in_viewport(ratio=1)


def test_without_javascript_enter_in_an_option_leaves_the_page_as_it_is(reader, sample):
    page = reader.open(sample, java_script_enabled=False)
    option(page, "single", "listen").check()
    page.keyboard.press("Enter")

    assert page.url == sample
    expect(option(page, "single", "listen")).to_be_checked()


def test_whatever_is_hidden_is_not_displayed(page):
    answer(page, "single")
    displays = page.locator("handbook-item [hidden], handbook-tally [hidden]").evaluate_all(
        "all => all.map(e => getComputedStyle(e).display)"
    )

    assert set(displays) == {"none"}


@both_schemes
@pytest.mark.parametrize("width", [320, 390])
def test_on_a_narrow_screen_nothing_scrolls_sideways(reader, sample, scheme, width):
    page = reader.open(sample, color_scheme=scheme, viewport={"width": width, "height": 700})

    def overflow() -> list[str]:
        return page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll("handbook-item, handbook-tally")]
              .filter(e => e.scrollWidth > e.clientWidth).map(e => e.id || e.localName)"""
        )

    assert overflow() == []
    answer_everything(page)
    button(page, "清除本章作答").click()
    assert overflow() == []


def test_targets_are_large_enough(page):
    answer_everything(page)
    redo_button(page, "single").click()
    submit_button(page, "single").click()  # nothing chosen: the error shows, too
    sizes = page.evaluate(
        """() => Object.fromEntries(Object.entries({
            rows: ".handbook-item__option label", buttons: "handbook-item button, handbook-tally button",
            summaries: ".handbook-item__summary", inputs: "handbook-item input",
          }).map(([name, selector]) => [name, Math.min(...[...document.querySelectorAll(selector)]
            .map(e => e.getBoundingClientRect()).filter(box => box.height).flatMap(box => [box.height, box.width]))]))"""
    )

    assert sizes["rows"] >= 44
    assert sizes["buttons"] >= 44
    assert sizes["summaries"] >= 24
    assert sizes["inputs"] >= 24


def test_the_whole_row_chooses(page):
    row = item(page, "single").locator("[data-option=transfer]").first
    box = row.bounding_box()
    row.click(position={"x": box["width"] - 6, "y": 6})

    assert response(page, "single") == ["transfer"]


@pytest.mark.parametrize(
    ("scheme", "surface", "ink"),
    [("light", "rgb(255, 255, 255)", "rgb(31, 39, 51)"), ("dark", "rgb(26, 31, 43)", "rgb(227, 231, 239)")],
)
def test_each_scheme_has_its_own_colours(reader, sample, scheme, surface, ink):
    page = reader.open(sample, color_scheme=scheme)
    style = item(page, "single").evaluate(
        "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.color]; }"
    )

    assert style == [surface, ink]


def test_with_reduced_motion_nothing_moves(reader, sample):
    durations = "[...document.querySelectorAll('handbook-item *')].map(e => getComputedStyle(e).transitionDuration)"
    moving = reader.open(sample, reduced_motion="no-preference").evaluate(durations)
    still = reader.open(sample, reduced_motion="reduce").evaluate(durations)

    assert "0.12s" in moving
    assert "0.12s" not in still


@both_schemes
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_before_and_after_answering(reader, sample, scheme, width):
    page = reader.open(sample, color_scheme=scheme, viewport={"width": width, "height": 800})
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate" if scheme == "dark" else "default")
    assert complaints_of_axe(page, "handbook-item", "handbook-tally") == []

    answer_everything(page)
    for name in ("some", "judge", "every"):
        redo_button(page, name).click()
    answer(page, "some", ["finding"])
    answer(page, "judge")
    submit_button(page, "every").click()
    button(page, "清除本章作答").click()
    assert {item(page, name).get_attribute("data-result") for name in ITEMS} == {
        "right",
        "wrong",
        "partial",
        "open",
        "assessed",
    }
    assert complaints_of_axe(page, "handbook-item", "handbook-tally") == []


@both_schemes
def test_axe_finds_nothing_on_stale_and_unsaved_items(reader, sample, scheme):
    page = reader.open(sample, color_scheme=scheme)
    answer(page, "single")
    put_record(page, "judge", '{"v": 2}')
    with_other_revision(page, "single")
    page.reload()
    answer(page, "judge")

    expect(status(page, "single")).to_contain_text(STALE)
    expect(status(page, "judge")).to_contain_text("本次作答不会保存")
    assert complaints_of_axe(page, "handbook-item", "handbook-tally") == []


def test_in_forced_colours_right_and_wrong_still_differ(reader, sample):
    page = reader.open(sample, forced_colors="active")
    answer(page, "single", ["calm"])
    styles = (
        item(page, "single")
        .locator("[data-label]")
        .evaluate_all(
            "rows => rows.map(e => { const s = getComputedStyle(e); return [s.borderTopStyle, s.borderTopWidth]; })"
        )
    )

    assert styles == [["double", "3px"], ["solid", "3px"], ["solid", "1px"]]
    assert complaints_of_axe(page, "handbook-item", "handbook-tally") == []


# Print.

PRINT_STUB = """window.printed = []; window.print = () => {
  window.printed.push([document.documentElement.className, document.querySelectorAll("handbook-item details[open]").length]);
  if (!window.holdPrint) window.dispatchEvent(new Event("afterprint"));
};"""


def test_on_paper_nothing_of_what_the_reader_did_shows(page):
    page.emulate_media(media="print")
    before = [item(page, name).screenshot() for name in ITEMS]
    page.emulate_media(media="screen")
    answer_everything(page)
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)

    page.emulate_media(media="print")

    assert [item(page, name).screenshot() for name in ITEMS] == before


def test_on_paper_there_are_no_answers_buttons_or_messages(page):
    answer_everything(page)
    page.emulate_media(media="print")

    for part in ("answer", "actions", "feedback", "mark", "locked"):
        expect(page.locator(f".handbook-item__{part}").locator("visible=true")).to_have_count(0)
    expect(page.locator("handbook-tally")).to_be_hidden()
    words = "".join(page.locator("handbook-item").all_inner_texts())
    assert "客户来电投诉，坐席第一步做什么？" in words
    assert "先听完再登记，客户不用重复" not in words
    assert "你的选择" not in words


@pytest.mark.parametrize("printing", ["打印（不含答案）", "打印（含答案）"])
def test_printing_marks_the_page_only_while_it_prints(reader, sample, printing):
    page = reader.open(sample, script=PRINT_STUB)
    classes = page.evaluate("document.documentElement.className")

    button(page, printing).click()

    with_answers = printing == "打印（含答案）"
    (printed, opened), *more = page.evaluate("printed")
    assert not more
    assert ("print-answers" in printed.split()) == with_answers
    assert opened == (len(ITEMS) if with_answers else 0)
    assert page.evaluate("document.documentElement.className") == classes
    expect(page.locator("handbook-item details[open]")).to_have_count(0)


@pytest.mark.parametrize("printing", ["打印（不含答案）", "打印（含答案）"])
def test_the_buttons_print_the_quiz_without_the_chapter(reader, sample, printing):
    page = reader.open(sample, script=PRINT_STUB)
    page.evaluate("window.holdPrint = true")
    prose = page.locator(".md-content__inner > h2:not(#quiz)").first
    expect(prose).to_be_visible()

    button(page, printing).click()
    page.emulate_media(media="print")

    expect(prose).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".handbook-item__stem").first).to_be_visible()


def test_printing_with_answers_shows_keys_rationales_and_model_answers(reader, sample):
    page = reader.open(sample, script=PRINT_STUB)
    page.evaluate("window.holdPrint = true")
    answer_everything(page)
    opened = page.locator("handbook-item details[open]").count()

    button(page, "打印（含答案）").click()
    page.emulate_media(media="print")
    words = "".join(page.locator("handbook-item").all_inner_texts())
    for expected in ("答案：B", "先听完再登记，客户不用重复", "上报超时（1 分）", "依据：第 1 章 第二节"):
        assert expected in words
    assert "你的选择" not in words
    expect(page.locator("handbook-item button, .handbook-item__summary").locator("visible=true")).to_have_count(0)

    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("html")).not_to_have_class(re.compile("print-answers"))
    expect(page.locator("handbook-item details[open]")).to_have_count(opened)


# The pages around it.


@pytest.mark.usefixtures("sample")
def test_scripts_are_loaded_only_where_there_are_items(sites):
    def scripts(name: str) -> int:
        return (sites / "sample" / name).read_text(encoding="utf-8").count("assets/quiz/item.js")

    names = ("chapters/sample/index.html", "chapters/placed/index.html", "index.html", "404.html")
    assert [scripts(name) for name in names] == [1, 1, 0, 0]


def test_an_item_placed_in_the_text_works_without_a_tally(reader, sample):
    page = reader.open(sample.replace("/sample/chapters/sample", "/sample/chapters/placed"))
    expect(page.locator("handbook-tally")).to_have_count(0)

    answer(page, "placed", ["yes-it-is"])

    expect(status(page, "placed")).to_contain_text("回答正确")


@pytest.mark.usefixtures("sample")
def test_from_a_folder_on_disk_the_quiz_works_and_keeps(reader, sites):
    page = reader.open((sites / "sample/chapters/sample/index.html").as_uri())
    answer(page, "some", ["finding"])
    page.reload()

    expect(status(page, "some")).to_contain_text("部分正确，得 1/3 分")


def test_every_chapter_of_the_handbook_has_a_quiz_that_counts_its_items(reader, handbook):
    page = reader.open(handbook)
    chapters = [path.stem for path in sorted((ROOT / "docs/chapters").glob("*.md"))]
    for chapter in chapters:
        page.goto(f"{handbook}chapters/{chapter}/")
        count = page.locator("handbook-item").count()
        assert count > 0
        expect(page.locator("handbook-item[data-result=open]")).to_have_count(count)
        expect(tally(page)).to_contain_text(f"已答 0/{count} 题")


@both_schemes
def test_axe_finds_nothing_in_a_chapter_of_the_handbook(reader, handbook, scheme):
    page = reader.open(f"{handbook}chapters/payments/", color_scheme=scheme)
    first = page.locator("handbook-item:not([data-type=short_answer], [data-type=scenario])").first
    first.locator("input").first.check()
    first.locator("button[type=submit]").click()
    expect(tally(page)).to_contain_text("已答 1/")

    assert complaints_of_axe(page, "handbook-item", "handbook-tally") == []


# Weight.


@pytest.mark.parametrize(
    ("address", "scripts", "styles"),
    [("chapters/claims/", 24_000, 15_000), ("exam/procedures/", 44_000, 15_000), ("appendix/laws/", 10_000, 13_500)],
)
def test_our_scripts_and_styles_stay_light_on_every_page(reader, handbook, address, scripts, styles):
    page = reader.open(handbook + address)

    def weight(selector: str) -> int:
        ours = f"{selector}:not([src*='/javascripts/'], [src$='/chapters.js'], [href*='/main.'], [href*='/palette.'])"
        files = page.eval_on_selector_all(ours, "all => all.map(one => one.src || one.href)")
        assert len(files) > 5
        return sum(len(gzip.compress(page.request.get(file).body(), 9)) for file in files)

    assert weight("script[src]") <= scripts
    assert weight("link[rel=stylesheet]") <= styles
