"""Each kind of gap between site and PDF, planted and found."""

import io
from dataclasses import replace

import pikepdf
import pytest
from lxml import html

from handbook.book import read_book
from handbook.pdf.proof import gaps
from handbook.pdf.site_pages import read_pages


@pytest.fixture(scope="module")
def pages(printed):
    return read_pages(read_book(printed.root / "mkdocs.yml"), printed.root / "site")


@pytest.fixture(scope="module")
def content(pdf):
    return pdf.read_bytes()


def changed(content, change):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)

    return out.getvalue()


def with_more(pages, more):
    """Return the pages with something on the first that was never printed."""
    article = pages[0].article
    article.append(html.fragment_fromstring(more))

    return [replace(pages[0], built=article), *pages[1:]]


def test_a_true_pdf_has_no_gaps(pages, content):
    assert gaps(content, pages, answers=True) == []


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("<h4 id='lost'>丢掉的小节</h4>", "chapters/sample.md：缺标题“丢掉的小节”（第 4 级）"),
        ("<handbook-item data-item='lost-item'></handbook-item>", "chapters/sample.md：缺题目 'lost-item'"),
        ("<table><tr class='facts__row' id='lost-fact'><td>某事</td></tr></table>", "缺事实 'lost-fact'"),
        ("<p>这一段没有印出来。</p>", "chapters/sample.md：缺正文“这一段没有印出来。”"),
    ],
    ids=["heading", "item", "fact", "paragraph"],
)
def test_what_the_pdf_lacks_is_named(pages, content, more, named):
    assert any(named in gap for gap in gaps(content, with_more(pages, more), answers=True))


def test_a_page_that_was_left_out_is_named_heading_by_heading(pages, content):
    other = replace(pages[1], built=html.fragment_fromstring("<article><h1>从未印过</h1></article>"))

    found = gaps(content, [pages[0], other, *pages[2:]], answers=True)

    assert "chapters/other.md：缺标题“第 2 章 从未印过”（第 1 级）" in found
    assert any(gap.startswith("书签第 ") and "从未印过" in gap for gap in found)


def test_answers_that_are_missing_are_named(printed, pages):
    target = printed.root / "out/exercises.pdf"
    assert printed.run("--without-answers", "--out", target).returncode == 0

    found = gaps(target.read_bytes(), pages, answers=True)

    assert any("让客户再打一次等于拒收" in gap for gap in found)
    assert any(gap.startswith("书签应当有") for gap in found)


def test_a_link_without_a_landing_is_named(pages, content):
    def take_away(pdf):
        names = pdf.Root.Names.Dests.Names
        del names[:2]

    assert any("没有落点" in gap for gap in gaps(changed(content, take_away), pages, answers=True))


def fonts_of(pdf):
    return [font for page in pdf.pages for font in page.Resources.Font.values()]


def rename(pdf):
    for font in fonts_of(pdf):
        font.BaseFont = pikepdf.Name("/ABCDEF+MS-Gothic")


def take_out(pdf):
    for font in fonts_of(pdf):
        descriptor = font.DescendantFonts[0].FontDescriptor
        if "/FontFile2" in descriptor:
            del descriptor["/FontFile2"]


def make_whole(pdf):
    for font in fonts_of(pdf):
        font.BaseFont = pikepdf.Name("/Noto-Sans-SC")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (rename, "有文字用了别的字体 /ABCDEF+MS-Gothic"),
        (take_out, "没有嵌入"),
        (make_whole, "字体 /Noto-Sans-SC 没有只取用到的字"),
    ],
)
def test_a_font_that_is_not_as_it_should_be_is_named(pages, content, change, named):
    assert any(named in gap for gap in gaps(changed(content, change), pages, answers=True))


def test_a_pdf_without_tags_or_language_is_refused(pages, content):
    def strip(pdf):
        del pdf.Root["/StructTreeRoot"]
        del pdf.Root["/Lang"]

    found = gaps(changed(content, strip), pages, answers=True)
    assert {"没有供读屏软件用的标签", "没有写明语言是 zh-CN"} <= set(found)


def test_a_character_that_the_fonts_lack_is_named_with_its_heading(printed):
    chapter = printed.root / "docs/chapters/other.md"
    before = chapter.read_text(encoding="utf-8")
    chapter.write_text(before + "\n勾选 ☑ 的意思。\n", encoding="utf-8")
    kept = (printed.root / "site/pdf/handbook.pdf").read_bytes()
    try:
        printed.build("again")
        done = printed.run("--site", "again")
    finally:
        chapter.write_text(before, encoding="utf-8")

    assert done.returncode == 1
    assert "“☑”（U+2611）在“还有”" in done.stdout
    assert (printed.root / "site/pdf/handbook.pdf").read_bytes() == kept
