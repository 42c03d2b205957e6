"""What comes out of the printer: every kind of page as Chromium prints it to A4, read back from the PDF."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

CHAPTER = "chapters/claims/"
PAPER = {"width": 680, "height": 1009}  # A4 less 15 mm on each side, in CSS pixels
KINDS = [
    "",
    CHAPTER,
    "appendix/time-limits/",
    "appendix/scripts/",
    "appendix/glossary/",
    "appendix/laws/",
    "appendix/revisions/",
    "trainers/guide/",
    "trainers/trace/",
    "trainers/coverage/",
]
HOLD = "window.print = () => {};"

every_kind = pytest.mark.parametrize("address", KINDS, ids=lambda address: Path(address or "home").name)


def printed(page: Page) -> list[str]:
    """Return the text of each printed page, without any blanks."""
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as document:
        return [re.sub(r"\s", "", sheet.get_textpage().get_text_range()) for sheet in document]


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


@every_kind
def test_nothing_to_press_is_printed(reader, handbook, address):
    page = reader.open(handbook + address)
    words = page.locator(
        "button:not(.sort-button), .md-path, .md-footer__title, .md-source-file, .section-items a, .headerlink"
    ).all_text_contents()
    words += ["下一页", "上一页", "键入以开始搜索", "目录", "可用Excel打开"]
    unwanted = {without_blanks(word) for word in words} - {""}
    own = without_blanks("".join(page.locator("article :is(p, li, td, h1, h2)").all_text_contents()))

    text = "".join(printed(page))

    assert without_blanks(page.locator("h1").inner_text()).rstrip("¶") in text
    assert [word for word in unwanted if word in text and word not in own] == []


@every_kind
def test_nothing_is_wider_than_the_paper(reader, handbook, address):
    page = reader.open(handbook + address, viewport=PAPER)
    page.emulate_media(media="print")
    cut = page.eval_on_selector_all(
        "article, article *:not(svg *)",
        """elements => elements.filter(element => element.getClientRects().length && (
          element.getBoundingClientRect().right > innerWidth + 0.5
          || (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== "visible")
        )).map(element => element.outerHTML.slice(0, 80))""",
    )
    assert cut == []


@every_kind
def test_the_dark_scheme_prints_dark_letters_on_white(reader, handbook, address):
    page = reader.open(handbook + address, color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.emulate_media(media="print")
    colours = page.eval_on_selector_all(
        "article *",
        """elements => elements.filter(element => element.getClientRects().length
          && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
          .map(element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor])""",
    )
    assert len(colours) > 5
    assert {ground for _, ground in colours} <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"} | greys(colours)
    assert {letters for letters, _ in colours if brightness(letters) > 120} == set()


def brightness(colour: str) -> float:
    """Return how bright `rgb(r, g, b)` looks, from 0 to 255."""
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue


def greys(colours: list[list[str]]) -> set[str]:
    """Return the grounds that are black made nearly transparent: the shades of the coverage matrix."""
    return {ground for _, ground in colours if re.fullmatch(r"color\(srgb 0 0 0 / 0\.[123]\d*\)", ground)}


@pytest.mark.parametrize(
    ("address", "head"), [("trainers/trace/", "认知层次"), ("trainers/coverage/", "合计"), ("appendix/laws/", "文号")]
)
def test_a_table_repeats_its_head_on_each_page(reader, handbook, address, head):
    page = reader.open(handbook + address)
    last = without_blanks(page.locator(".wide-table tbody tr:last-child > :first-child").first.inner_text())
    sheets = printed(page)
    ends = max(number for number, sheet in enumerate(sheets) if last[:12] in sheet)
    assert ends > 0
    assert [number for number, sheet in enumerate(sheets[: ends + 1]) if head not in sheet] == []


def test_items_are_whole_have_blanks_and_no_answers(reader, handbook):
    page = reader.open(handbook + CHAPTER)
    items = page.eval_on_selector_all(
        "handbook-item:has(fieldset > legend.handbook-item__stem):has(.handbook-item__fieldset label)",
        "items => items.map(item => [item.querySelector('legend').textContent,"
        " [...item.querySelectorAll('.handbook-item__fieldset label')].at(-1).textContent])",
    )
    assert len(items) > 15
    sheets = printed(page)
    broken = [
        stem
        for stem, last in items
        if not any(without_blanks(stem) in sheet and without_blanks(last) in sheet for sheet in sheets)
    ]
    assert broken == []
    text = "".join(sheets)
    rationales = [without_blanks(line) for line in page.locator(".handbook-item__rationales li").all_text_contents()]
    assert len(rationales) > 50
    assert [line for line in rationales if line in text] == []
    assert "答案：" not in text

    page.emulate_media(media="print")
    box = page.locator("handbook-item .handbook-item__option input").first
    assert box.evaluate("box => getComputedStyle(box).borderTopStyle") == "solid"
    assert page.locator("handbook-item textarea").first.bounding_box()["height"] > 100


@pytest.mark.parametrize("answers", [False, True], ids=["without", "with"])
def test_the_buttons_print_the_quiz_alone_with_answers_only_when_asked(reader, handbook, answers):
    page = reader.open(handbook + CHAPTER, script=HOLD)
    prose = without_blanks(page.locator("article > p").first.inner_text())
    assert prose in "".join(printed(page))

    page.get_by_role("button", name="打印（含答案）" if answers else "打印（不含答案）").click()
    text = "".join(printed(page))

    assert prose not in text
    assert "第1题" in text
    keys = page.locator(".handbook-item__key").count()
    assert text.count("答案：") >= keys if answers else "答案：" not in text


def test_addresses_of_other_sites_are_printed_and_folded_text_is_opened(reader, handbook):
    page = reader.open(handbook + CHAPTER)
    page.locator("article").evaluate(
        """article => article.insertAdjacentHTML("beforeend",
          '<p><a href="https://example.com/rules">规则</a></p><details><summary>更多</summary><p>折起来的话</p></details>')"""
    )
    text = "".join(printed(page))
    assert "规则（https://example.com/rules）" in text
    assert "折起来的话" in text
    assert "127.0.0.1" not in text
    assert ".html" not in text


def test_a_flowchart_fits_on_a_page(reader, handbook, sites):
    chapters = sorted((sites / "handbook/chapters").glob("*/index.html"))
    assert len(chapters) == 12
    page = reader.open(handbook, viewport=PAPER)
    page.emulate_media(media="print")
    for chapter in chapters:
        page.goto(f"{handbook}chapters/{chapter.parent.name}/")
        for figure in page.locator(".flowchart-figure").all():
            box = figure.bounding_box()
            assert box["width"] <= PAPER["width"], chapter
            assert 0 < box["height"] <= PAPER["height"], chapter
