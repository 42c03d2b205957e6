"""What authors may legally write, and what once kept a page from being printed."""

import io

import pytest
from lxml import html
from PIL import Image
from tests.conftest import ROOT

from handbook.pdf.articles import Article
from handbook.pdf.expectation import expected
from handbook.pdf.setting import Job, proven
from handbook.pdf.site_pages import SitePage
from handbook.press import typst
from handbook.press.links import settled
from handbook.press.tree import Break, Columns, Contents, Document, Entry, Heading, List, Paragraph, Picture, Run
from handbook.problems import Unpublishable

TEMPLATES = ROOT / "overrides/print"


def printed(tmp_path, written):
    """Print one page of a site and hold the PDF against it."""
    dots = io.BytesIO()
    Image.new("RGB", (60, 30), "red").save(dots, "PNG")
    (tmp_path / "a.png").write_bytes(dots.getvalue())
    article = html.fragment_fromstring(f'<article><h1 id="top">章</h1>{written}</article>')
    page = SitePage("page.md", "page.html", "page", "", article, tmp_path)
    entries = [Entry(1, page.title, "page"), *(Entry(2, title, f"page--{name}") for name, title in page.sections)]
    blocks = (
        Paragraph((Run("样书"),), "cover-title"),
        Break(),
        Heading(1, (Run("目录"),)),
        Columns((Contents(tuple(entries)),)),
        Break(),
        *Article(page, {page.address: page}, None, "").read(),
    )
    sources = typst.sources(settled(Document("样书", "handbook", blocks, head="样书")), TEMPLATES)

    return proven(Job(sources, expected([page], {}, answers=False)))


@pytest.mark.parametrize(
    "written",
    [
        f"<p>{'a' * 5000}</p>",
        f"<p>{'[' * 1500}</p>",
        "<p>见 https://example.org/an/address/that/is/longer/than/any/line/of/a/page/of/paper/is/wide/and/more</p>",
        '<ol start="x"><li>一</li></ol>',
        '<ol start="-3"><li>一</li></ol>',
        "<table><caption>表的题目</caption><tr><td>格</td></tr></table>",
        '<h2 id="a">标题里的<a href="https://example.org/h">链接</a></h2>',
        '<p><img src="a.png" alt="一张图"></p>',
        '<p><a href="ftp://example.org/x">档案</a>和<a href="//example.org/y">相对</a>和<a href="https://example.org/a（b）">括号</a></p>',
        '<p><a href="#l">列</a></p><ul id="l"><li>项</li></ul>',
        '<p><a href="#t">表</a></p><table id="t"><thead><tr><th>头</th></tr></thead><tr><td>格</td></tr></table>',
        '<p><a href="https://example.org/b"><strong>粗</strong>链</a><a href="https://example.org/c"></a></p>',
        '<p>文中<img src="a.png" alt="一张图">图</p>',
    ],
    ids=[
        "word",
        "brackets",
        "address",
        "start",
        "negative",
        "caption",
        "link in heading",
        "picture",
        "addresses",
        "list",
        "table",
        "bold in link",
        "picture in line",
    ],
)
def test_what_authors_write_is_printed_and_proven(tmp_path, written):
    assert printed(tmp_path, written)[1] > 1


def test_a_damaged_picture_is_refused_in_one_line():
    picture = Picture(b"not a picture", "png", "图")
    with pytest.raises(Unpublishable) as refused:
        typst.pdf(typst.sources(Document("样书", "handbook", (Heading(1, (Run("章"),)), picture)), TEMPLATES))

    assert str(refused.value).startswith("有一张图片损坏了")


@pytest.mark.parametrize("template", ["handbook", "paper"])
def test_lists_within_lists_need_no_character_that_the_font_lacks(template):
    entries = List(((Paragraph((Run("内"),)),),))
    for _ in range(6):
        entries = List(((Paragraph((Run("外"),)), entries),))

    assert typst.pdf(typst.sources(Document("样书", template, (Heading(1, (Run("章"),)), entries)), TEMPLATES))
