"""The example of each item type, as readers meet it: without JavaScript, by keyboard, on a small screen, in an exam, on paper."""

import re
import shutil

import pytest
from tests import examples
from tests.browser.conftest import build, complaints_of_axe, lay_out
from tests.conftest import write_files

from handbook.items import FOLDER, MODELS

PARTS = "\n".join(f"  - {{type: {name}, count: 1, points: 4, scoring: partial}}" for name in MODELS)
BLUEPRINT = (
    f"title: 每种一题\ninstructions: 每种题型一道。\nminutes: 60\npass_percent: 60\nparts:\n{PARTS}\nmock_forms: 2\n"
)
SCORED = [name for name, model in MODELS.items() if not model.self_assessed]
ANSWER = """(element) => {
  const kind = handbook.kinds[element.dataset.kind];
  const rows = [...element.querySelectorAll("[data-answer] li[data-option]")].map(({ dataset }) => dataset);
  const right = {
    choice: () => rows.filter((row) => "key" in row).map(({ option }) => option),
    ordering: () => rows.map(({ option }) => option),
    matching: () => rows.map(({ option, key }) => `${option}=${key}`),
    fill_in: () => rows.map(({ accepted }) => JSON.parse(accepted)).map(({ value, answers }) => value ?? answers[0]),
    essay: () => "写好了",
  }[element.dataset.kind]();
  kind.write(element, right);
  kind.first(element).dispatchEvent(new Event("input", { bubbles: true }));
}"""
"""Give the right answer; each kind's own way is tried by keyboard."""


@pytest.fixture(scope="module")
def site(sites, origin, tmp_path_factory):
    project = lay_out(tmp_path_factory.mktemp("examples") / "project")
    for folder in ("bank", "chapters"):
        shutil.rmtree(project / "docs" / folder)
    write_files(project, {**examples.files(), "docs/bank/blueprints/each.yml": BLUEPRINT})
    config = project / "mkdocs.yml"
    nav = config.read_text(encoding="utf-8").replace("  - chapters/placed.md\n", "")
    config.write_text(nav.replace("chapters/sample.md", "chapters/complaints.md"), encoding="utf-8")
    build(project, sites / "examples")

    return f"{origin}/examples/"


def item_of(page, name):
    return page.locator(f"handbook-item[data-type={name}]")


def press(page, item, name):
    """Answer by keyboard alone, from the first thing that takes the focus."""
    item.locator("input, select, textarea, button").locator("visible=true").first.focus()
    for key in (FOLDER / name / "keyboard.txt").read_text(encoding="utf-8").split():
        if key.startswith("text:"):
            page.keyboard.type(key.removeprefix("text:"))
        else:
            page.keyboard.press(key)


@pytest.mark.parametrize("name", MODELS)
def test_it_can_be_answered_by_keyboard(reader, site, name):
    page = reader.open(f"{site}chapters/complaints/")
    item = item_of(page, name)
    press(page, item, name)

    verdict = "已提交" if MODELS[name].self_assessed else "回答正确"
    item.locator(".handbook-item__verdict").get_by_text(verdict).wait_for()


@pytest.mark.parametrize("name", SCORED)
def test_an_answer_is_there_after_a_reload(reader, site, name):
    page = reader.open(f"{site}chapters/complaints/")
    press(page, item_of(page, name), name)
    said = item_of(page, name).locator(".handbook-item__verdict").inner_text()
    page.reload()

    assert item_of(page, name).locator(".handbook-item__verdict").inner_text() == said
    assert item_of(page, name).locator("[data-mark=key]").count() > 0


@pytest.mark.parametrize("name", MODELS)
def test_without_javascript_everything_is_there_to_read(reader, site, name):
    page = reader.open(f"{site}chapters/complaints/", java_script_enabled=False)
    item = item_of(page, name)

    assert item.locator("button:visible").count() == 0
    item.locator("summary").click()
    assert item.locator("details li:visible, details label:visible").count() > 0


@pytest.mark.parametrize("name", SCORED)
def test_nothing_is_no_answer(reader, site, name):
    page = reader.open(f"{site}chapters/complaints/")
    item = item_of(page, name)
    item.get_by_role("button", name="提交答案").click()

    assert item.locator(".handbook-item__error").inner_text().startswith("错误：请")
    assert item.locator(".handbook-item__verdict").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say_before_and_after_answering(reader, site, scheme):
    page = reader.open(f"{site}chapters/complaints/", color_scheme=scheme, reduced_motion="reduce")
    assert complaints_of_axe(page, "handbook-item") == []
    for name in MODELS:
        press(page, item_of(page, name), name)
    assert complaints_of_axe(page, "handbook-item") == []


def test_nothing_goes_beyond_a_screen_of_320_pixels(reader, site):
    page = reader.open(f"{site}chapters/complaints/", viewport={"width": 320, "height": 800})
    for name in MODELS:
        press(page, item_of(page, name), name)
    wide = "() => [...document.querySelectorAll('handbook-item *')].filter((e) => e.getBoundingClientRect().right > 321).length"

    assert page.evaluate(wide) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_paper_shows_every_stem_and_no_button(reader, site):
    page = reader.open(f"{site}chapters/complaints/")
    page.emulate_media(media="print")

    assert page.locator("handbook-item button:visible").count() == 0
    assert page.locator("handbook-item .handbook-item__stem:visible").count() == len(MODELS)


def test_an_exam_asks_scores_and_reviews_every_type(reader, site):
    page = reader.open(f"{site}exam/each/")
    page.get_by_role("button", name="开始考试").click()
    for item in page.locator("handbook-exam-item").all():
        item.evaluate(ANSWER)
    assert "已答 8/8 题" in page.locator(".handbook-answer-sheet__count").inner_text()
    page.reload()
    page.get_by_role("button", name="继续上次").click()
    page.get_by_role("button", name="交卷").click()
    page.get_by_role("button", name="确定交卷").click()

    verdicts = page.locator("handbook-exam-result .handbook-item__verdict").all_inner_texts()
    right = [words for words in verdicts if re.search(r"回答正确，得 4/4 分。答案：.+。", words)]
    assert len(right) == len(SCORED)
    assert complaints_of_axe(page, "handbook-exam-result") == []


def test_an_item_that_was_not_touched_is_blank_in_an_exam(reader, site):
    page = reader.open(f"{site}exam/each/")
    page.get_by_role("button", name="开始考试").click()
    assert f"已答 0/{len(MODELS)} 题" in page.locator(".handbook-answer-sheet__count").inner_text()
    page.get_by_role("button", name="交卷").click()
    page.get_by_role("button", name="仍要交卷").click()

    assert page.get_by_text("没有作答，得 0 分。").count() == len(MODELS)


@pytest.mark.parametrize("name", SCORED)
def test_what_was_answered_wrong_comes_into_the_notebook_to_be_done_again(reader, site, name):
    page = reader.open(f"{site}chapters/complaints/")
    item = item_of(page, name)
    wrong = """(element) => {
      const kind = handbook.kinds[element.dataset.kind];
      const names = handbook.parts.names(element);
      const key = handbook.parts.answers(element).filter(({ dataset }) => "key" in dataset).map(({ dataset }) => dataset.option);
      const wrong = {
        choice: () => names.filter((name) => !key.includes(name)).slice(0, 1),
        ordering: () => handbook.parts.answers(element).map(({ dataset }) => dataset.option).reverse(),
        matching: () => handbook.parts.answers(element).map(({ dataset }) => `${dataset.option}=${names[1]}`).slice(0, 1),
        fill_in: () => ["不知道", ""],
      }[element.dataset.kind]();
      kind.write(element, wrong);
      kind.first(element).dispatchEvent(new Event("input", { bubbles: true }));
    }"""
    item.evaluate(wrong)
    item.get_by_role("button", name="提交答案").click()
    item.locator(".handbook-item__verdict").get_by_text("回答错误").wait_for()
    page.goto(f"{site}exam/mistakes/")

    again = item_of(page, name)
    again.wait_for()
    assert again.locator("[data-mark=key], [data-mark=wrong]").count() == 0
    press(page, again, name)
    again.locator(".handbook-item__verdict").get_by_text("回答正确").wait_for()


def test_steps_and_choices_can_be_dragged(reader, site):
    page = reader.open(f"{site}chapters/complaints/", viewport={"width": 1000, "height": 1400})
    ordering = item_of(page, "ordering")
    first, second = ordering.locator("[data-option]").all()[:2]
    second.scroll_into_view_if_needed()
    first.locator(".handbook-ordering__handle").hover()
    page.mouse.down()
    box = second.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + box["height"] - 5, steps=5)
    page.mouse.up()
    ordering.get_by_role("button", name="提交答案").click()
    ordering.locator(".handbook-item__verdict").get_by_text("回答正确").wait_for()

    matching = item_of(page, "matching")
    matching.scroll_into_view_if_needed()
    matching.locator(".handbook-matching__handle").first.hover()
    page.mouse.down()
    box = matching.locator("[data-pair]").first.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 20, steps=5)
    page.mouse.up()
    chosen = matching.locator("select").first.evaluate("list => list.selectedOptions[0].text")
    assert chosen == "A　投诉"
