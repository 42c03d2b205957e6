"""Each kind of gap between site and PDF, planted and found."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from lxml import html

from handbook.book import read_book
from handbook.pdf.expectation import expected
from handbook.pdf.proof import gaps
from handbook.pdf.reading import read
from handbook.pdf.site_pages import read_pages
from handbook.pdf.wanted import Expected


@pytest.fixture(scope="module")
def book(printed):
    return read_book(printed.root / "mkdocs.yml")


@pytest.fixture(scope="module")
def pages(printed, book):
    return read_pages(book, printed.root / "site")


@pytest.fixture(scope="module")
def wanted(book, pages):
    return expected(pages, book.numbers, answers=True)


@pytest.fixture(scope="module")
def content(pdf):
    return pdf.read_bytes()


def changed(content, change):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)

    return out.getvalue()


def redrawn(content, change):
    """Return the PDF with the operators of each page changed."""

    def each(pdf):
        for page in pdf.pages:
            page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))

    return changed(content, each)


def with_more(pages, more):
    """Return the pages with something at the end of the first that was never printed."""
    article = pages[0].article
    article.append(html.fragment_fromstring(more))

    return [replace(pages[0], built=article), *pages[1:]]


def links(pdf, words=""):
    for page in pdf.pages:
        yield from (link for link in page.get("/Annots", []) if words in str(link.get("/Contents", "")))


def elements(pdf, kind):
    found, todo = [], [pdf.Root.StructTreeRoot]
    while todo:
        part = todo.pop()
        if isinstance(part, pikepdf.Array):
            todo += list(part)
        elif isinstance(part, pikepdf.Dictionary):
            found += [part] if part.get("/S") == kind else []
            todo += [part["/K"]] if "/K" in part else []
    return found


def test_a_true_pdf_has_no_gaps(wanted, content):
    assert gaps(read(content), wanted) == []


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("<h4 id='lost'>丢掉的小节</h4>", "chapters/sample.md：缺标题“丢掉的小节”（第 4 级）"),
        ("<table><tr class='facts__row' id='lost-fact'><td>某事</td></tr></table>", "缺事实 'lost-fact'"),
        ("<p>这一段没有印出来。</p>", "chapters/sample.md：缺正文“这一段没有印出来。”"),
        ("<ul><li>外层这一句<ul><li>内层</li></ul></li></ul>", "chapters/sample.md：缺正文“外层这一句”"),
        ("<p>折起来的字也要印出来。</p>", "chapters/sample.md：正文“折起来的字也要印出来。”不在它的次序上"),
        ("<figure><svg><title>失踪的图</title></svg></figure>", "流程图“失踪的图”没有印出来"),
    ],
    ids=["heading", "fact", "paragraph", "before a list", "elsewhere", "chart"],
)
def test_what_the_pdf_lacks_is_named(book, pages, content, more, named):
    found = gaps(read(content), expected(with_more(pages, more), book.numbers, answers=True))

    assert any(named in gap for gap in found), found


def test_a_page_that_was_left_out_is_named_heading_by_heading(book, pages, content):
    other = replace(pages[1], built=html.fragment_fromstring("<article><h1>从未印过</h1></article>"))

    found = gaps(read(content), expected([pages[0], other, *pages[2:]], book.numbers, answers=True))

    assert "chapters/other.md：缺标题“第2章从未印过”（第 1 级）" in found
    assert "目录：缺“第 2 章 从未印过”" in found
    assert any(gap.startswith("书签第 ") and "从未印过" in gap for gap in found)


def test_an_item_under_another_number_is_named_and_so_is_its_answer(book, pages, content):
    name = pages[0].items[3]
    found = gaps(read(content), expected(pages, {**book.numbers, name: "7-7"}, answers=True))

    assert f"chapters/sample.md：缺题目 7-7 '{name}'" in found
    assert f"chapters/sample.md：缺题目 7-7 '{name}' 的答案" in found


def test_answers_that_are_missing_are_named(printed, wanted):
    target = printed.root / "out/exercises.pdf"
    assert printed.run("--without-answers", "--out", target).returncode == 0

    found = gaps(read(target.read_bytes()), wanted)

    assert "参考答案与解析：缺标题" in found
    assert any("的答案" in gap for gap in found)
    assert any(gap.startswith("书签应当有") for gap in found)


@pytest.mark.parametrize("part", ["option", "rationale", "evidence"])
def test_a_part_of_an_item_that_is_missing_is_named(wanted, content, part):
    words = {"option": "请客户冷静下来再打", "rationale": "让客户再打一次等于拒收", "evidence": "答复以书面为准"}[part]
    found = read(content)
    last = max(at for at, piece in enumerate(found.pieces) if words in piece.text)
    found.pieces[last] = replace(found.pieces[last], text="别的话")

    assert any("题目 1-" in gap and "里缺“" in gap for gap in gaps(found, wanted))


def test_texts_that_are_read_in_another_order_are_named(wanted, content):
    def swap(pdf):
        whole = elements(pdf, "/Document")[0]
        order = [part.objgen for part in whole.K]
        one, other = order.index(elements(pdf, "/Table")[0].objgen), len(order) - 1
        whole.K[one], whole.K[other] = whole.K[other], whole.K[one]

    assert any("不在它的次序上" in gap for gap in gaps(read(changed(content, swap)), wanted))


def test_text_without_a_tag_is_named(wanted, content):
    def untag(pdf):
        part = elements(pdf, "/Table")[0]
        part.K = pikepdf.Array([])

    found = gaps(read(changed(content, untag)), wanted)

    assert any(gap.endswith("没有标签") and "第 " in gap for gap in found)


def test_a_heading_that_is_tagged_as_text_is_named(wanted, content):
    def lower(pdf):
        for heading in elements(pdf, "/H2"):
            heading.S = pikepdf.Name.P

    found = gaps(read(changed(content, lower)), wanted)

    assert "chapters/sample.md：标题“第一节”（第 2 级）没有标成第 2 级标题" in found


def test_a_running_head_that_would_be_read_aloud_is_named(wanted, content):
    def speak(pdf):
        page = pdf.pages[3]
        drawn = page.Contents.read_bytes()
        page.Contents = pdf.make_stream(re.sub(rb"/Artifact<<.*?>>BDC", b"/Span<</MCID 999>>BDC", drawn))
        whole = elements(pdf, "/Document")[0]
        whole.K.append(pdf.make_indirect({"/S": pikepdf.Name.P, "/K": 999, "/Pg": page.obj}))

    found = gaps(read(changed(content, speak)), wanted)

    assert [gap for gap in found if gap.startswith("第 4 页的页眉或页脚“")]


def test_a_running_head_that_is_neither_tagged_nor_an_artifact_is_named(wanted, content):
    found = gaps(read(redrawn(content, lambda drawn: drawn.replace(b"/Artifact", b"/Other"))), wanted)

    assert any(gap.startswith("第 3 页的“样书") and gap.endswith("没有标签") for gap in found)


def test_a_link_without_a_landing_is_named(wanted, content):
    def take_away(pdf):
        del pdf.Root.Names.Dests.Names[:2]

    assert any("没有落点" in gap for gap in gaps(read(changed(content, take_away)), wanted))


def test_each_link_that_leads_elsewhere_is_named(wanted, content):
    """One after the other: to the next place that any link leads to, on the same page or another."""
    found = read(content)
    spots = sorted({(link.spot.page, -link.spot.y, link.spot.x) for link in found.links if link.spot})
    unnoticed = []
    for number, link in enumerate(found.links):
        if not link.spot:
            continue
        here = spots.index((link.spot.page, -link.spot.y, link.spot.x))
        page, down, x = spots[here - 1]
        found.links[number] = replace(link, spot=replace(link.spot, page=page, y=-down, x=x))
        if not gaps(found, wanted):
            unnoticed.append("".join(piece.text for piece in found.pieces[link.first : link.last]))
        found.links[number] = link

    assert len(spots) > 20
    assert unnoticed == []  # not even those that only paper has


def test_destinations_that_were_rewritten_in_the_file_are_named(wanted, content):
    def lead_astray(pdf):
        for link in links(pdf):
            if "/Dest" in link:
                link.Dest = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.XYZ, 51, 800, 0])

    found = gaps(read(changed(content, lead_astray)), wanted)

    assert any("题目 1-1 " in gap and "的链接“答案”应当通到第 " in gap for gap in found)
    assert any("的答案的链接“题目”应当通到第 " in gap for gap in found)
    assert any(gap.startswith("目录：") and "却通到第 1 页" in gap for gap in found)


def test_an_address_outside_that_was_changed_is_named(wanted, content):
    def change(pdf):
        for link in links(pdf):
            if "/A" in link and "rules" in str(link.A.URI):
                link.A.URI = pikepdf.String("https://example.org/other")

    found = gaps(read(changed(content, change)), wanted)

    assert any("应当通到 https://example.org/rules，却通到 https://example.org/other" in gap for gap in found)


def test_a_page_number_that_is_wrong_is_named(wanted, content):
    found = read(content)
    for at, piece in enumerate(found.pieces):
        if "/Link" not in piece.tags and piece.text.startswith("（第 "):
            found.pieces[at] = replace(piece, text="（第 99 页）")

    assert any("说的是第 99 页，却通到第 " in gap for gap in gaps(found, wanted))


def test_a_chart_without_its_description_or_its_words_is_named(wanted, content):
    def silence(pdf):
        for figure in elements(pdf, "/Figure"):
            del figure["/Alt"]

    assert any("流程图“受理流程”没有印出来" in gap for gap in gaps(read(changed(content, silence)), wanted))

    found = read(content)
    found.figures[0] = replace(found.figures[0], text="")
    assert "流程图“受理流程”里缺“登记”" in gaps(found, wanted)


def test_a_picture_of_dots_is_named(wanted, content):
    def paint(pdf):
        image = pdf.make_stream(b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
        page = pdf.pages[2]
        page.Resources.XObject = pikepdf.Dictionary(Dots=image)
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n/Artifact BMC /Dots Do EMC")

    assert "第 3 页有一张点阵图片" in gaps(read(changed(content, paint)), wanted)


def fonts_of(pdf):
    return [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]


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
        font.BaseFont = pikepdf.Name("/NotoSansSC-Thin")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (rename, "有文字用了别的字体 /ABCDEF+MS-Gothic"),
        (take_out, "没有嵌入"),
        (make_whole, "字体 /NotoSansSC-Thin 没有只取用到的字"),
    ],
)
@pytest.mark.parametrize("what", ["the handbook", "any other paper"])
def test_a_font_that_is_not_as_it_should_be_is_named(wanted, content, change, named, what):
    required = wanted if what == "the handbook" else Expected()

    assert any(named in gap for gap in gaps(read(changed(content, change)), required))


def test_a_pdf_without_tags_language_or_title_is_refused(content):
    def strip(pdf):
        del pdf.Root["/StructTreeRoot"]
        del pdf.Root["/Lang"]
        pdf.docinfo["/Title"] = ""

    found = gaps(read(changed(content, strip)), Expected())
    assert {"没有供读屏软件用的标签", "没有写明语言是 zh-CN", "没有标题"} <= set(found)


def test_bookmarks_that_lack_or_differ_are_named(wanted, content):
    def shorten(pdf):
        with pdf.open_outline() as outline:
            del outline.root[-1]

    def rename_first(pdf):
        with pdf.open_outline() as outline:
            outline.root[0].title = "别的"

    assert any(gap.startswith("书签应当有 ") for gap in gaps(read(changed(content, shorten)), wanted))
    assert any("应当是“目录”（第 1 级），却是“别的”" in g for g in gaps(read(changed(content, rename_first)), wanted))
