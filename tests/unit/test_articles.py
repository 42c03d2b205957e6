"""What a page of the site becomes on paper, and where its links lead there."""

from dataclasses import replace

import pytest
from lxml import html

from handbook.pdf.articles import Article
from handbook.pdf.site_pages import SitePage
from handbook.press import markup
from handbook.press.columns import shares
from handbook.press.links import settled
from handbook.press.tree import (
    Anchor,
    Beside,
    Box,
    Columns,
    Document,
    Heading,
    Item,
    List,
    PageOf,
    Paragraph,
    Picture,
    Row,
    Run,
    plain,
)

CHART = '<figure><svg viewBox="0 0 9 9"><title>流程</title><desc>先听</desc><text>听</text></svg><figcaption>流程</figcaption></figure>'


def page(inside, name="claims", label="第 8 章"):
    built = html.fromstring(f'<article><h1 id="{name}">标题</h1>{inside}</article>')
    return SitePage(f"chapters/{name}.md", f"chapters/{name}/index.html", name, label, built)


def read(inside, *others):
    """Return what an article says below its title."""
    one = page(inside)
    printed = {found.address: found for found in (one, *others)}
    title, *blocks = Article(one, printed, lambda name: Item("8-1", (), "exercise", (Run(name),)), "text {}").read()
    assert title == Heading(1, (Run("第 8 章 标题"),), "claims")

    return tuple(blocks)


def said(inside, *others):
    (paragraph,) = read(f"<p>{inside}</p>", *others)
    return paragraph.runs


def test_a_link_within_the_document_names_its_page():
    other = page("", "complaints")
    here = said(
        '见<a href="#deadlines">时限</a>、<a href="../complaints/#who">谁</a>和<a href="../complaints/">那章</a>', other
    )

    assert [run for run in here if isinstance(run, PageOf)] == [
        PageOf("claims--deadlines"), PageOf("complaints--who"), PageOf("complaints"),
    ]  # fmt: skip
    assert Run("谁", link="#complaints--who") in here


def test_a_link_to_the_title_of_a_page_leads_to_the_page():
    assert said('<a href="#claims">本章</a>') == (Run("本章", link="#claims"), PageOf("claims"))


def test_of_a_link_to_a_page_that_is_not_printed_the_words_remain():
    assert said('见<a href="../../trainers/guide/#exams">指南</a>。') == (Run("见指南。"),)


def test_an_address_outside_is_shown_once():
    assert plain(said('<a href="https://example.org/a">规定</a>')) == "规定（https://example.org/a）"
    assert plain(said('<a href="https://example.org/a">https://example.org/a</a>')) == "https://example.org/a"


def test_a_fact_leads_to_its_row_and_names_no_page():
    facts = page("", "time-limits")
    assert said('<a class="fact" href="../time-limits/#reply">15日</a>', facts) == (
        Run("15日", link="#time-limits--reply", style="fact"),
    )


def test_a_sentence_that_is_quoted_can_be_reached():
    assert said('听完。<span class="quoted" id="quote-1"><strong>登记</strong>。</span>') == (
        Run("听完。"), Anchor("claims--quote-1"), Run("登记", strong=True), Run("。"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "inside", ["<td id='x'>甲</td>", "<td id='x'><p>甲</p></td>", "<td id='x'><ul><li>甲</li></ul></td>"]
)
def test_a_cell_can_be_reached(inside):
    (table,) = read(f"<table><thead><tr><th>头</th></tr></thead><tbody><tr>{inside}</tr></tbody></table>")
    assert "Anchor(name='claims--x')" in repr(table.rows[1])


def test_what_is_quoted_in_the_head_of_a_table_is_reached_below_it_since_heads_are_repeated():
    head = '<thead><tr><th>头<span id="q">一</span></th><th>头</th></tr></thead>'
    (table,) = read(f"<table>{head}<tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>")

    assert table.rows[0].cells[0] == (Paragraph((Run("头"), Run("一"))),)
    assert table.rows[1].cells[0] == (Paragraph((Anchor("claims--q"), Run("甲"))),)


def test_rows_of_a_table_are_alike_in_length():
    (table,) = read("<table><thead><tr><th>一</th><th>二</th></tr></thead><tbody><tr><td>甲</td></tr></tbody></table>")
    assert [len(row.cells) for row in table.rows] == [2, 2]


def test_callouts_and_what_may_be_folded_are_boxes_with_their_titles():
    boxes = read(
        '<div class="admonition note"><p class="admonition-title">注意</p><p>甲</p></div>'
        '<details class="tip"><summary>展开</summary><p>乙</p></details>'
    )
    assert boxes == (
        Box((Run("注意"),), (Paragraph((Run("甲"),)),), "note"),
        Box((Run("展开"),), (Paragraph((Run("乙"),)),), "tip"),
    )


def test_a_chart_stands_beside_its_steps_with_what_follows_them():
    (beside, item) = read(f"<ol><li>听</li></ol>{CHART}<p>后话</p><handbook-item data-item='x'></handbook-item>")

    assert isinstance(beside, Beside)
    ((steps, following), (chart,)) = beside.stacks
    assert isinstance(steps, List)
    assert following == Paragraph((Run("后话"),))
    assert (chart.alt, chart.caption) == ("流程：先听", "流程")
    assert b"viewBox" in chart.content
    assert item == Item("8-1", (), "exercise", (Run("x"),))


@pytest.mark.parametrize(("name", "printed"), [("seal.png", True), ("seal.webp", False), ("gone.png", False)])
def test_an_image_is_printed_or_said_in_words(tmp_path, name, printed):
    for file in ("seal.png", "seal.webp"):
        (tmp_path / file).write_bytes(b"x")
    one = replace(page(f'<p><img src="../../{name}" alt="公章"></p>'), site=tmp_path)
    (_, block) = Article(one, {}, lambda _: Paragraph(()), "").read()

    assert block == (Picture(b"x", "png", "公章") if printed else Paragraph((Run("公章"),)))


def test_a_chart_without_steps_stands_alone():
    assert [type(block) for block in read(f"<p>前话</p>{CHART}<p>后话</p>")] == [Paragraph, Picture, Paragraph]


def test_where_the_exercises_of_a_section_are_is_said_at_its_heading():
    (heading, text) = read(
        '<h2 id="a">一</h2><p>话</p><p class="section-items"><a href="#item-x">本节考题 1 道</a></p>'
    )

    assert heading.aside == (Run("本节考题 1 道", link="#claims--item-x"), PageOf("claims--item-x"))
    assert text == Paragraph((Run("话"),))


def test_terms_stand_in_columns():
    (columns,) = read('<dl class="glossary"><dt id="t">退保</dt><dd>不再要保单。</dd></dl>')
    assert columns == Columns(
        (Paragraph((Run("退保"),), "term", "claims--t"), Paragraph((Run("不再要保单。"),)))
    )  # fmt: skip


def test_lines_of_code_remain_and_comments_do_not():
    assert read("<pre><code>一\n  二</code></pre><p>甲<!-- 不印 -->乙</p>") == (
        Paragraph((Run("一\n  二"),), "code"),
        Paragraph((Run("甲乙"),)),
    )


def test_links_and_pages_of_places_that_are_not_there_are_dropped_and_places_that_nobody_needs():
    runs = (Anchor("idle"), Run("甲", link="#gone"), PageOf("gone"), Run("乙", link="#here"), Run("丙", link="#item"))
    document = Document("书", "handbook", (Paragraph((*runs, Anchor("here"))), Heading(1, (Run("章"),), "item")))

    (paragraph, _) = settled(document).blocks
    assert paragraph.runs == (Run("甲"), Run("乙", link="#here"), Run("丙", link="#item"), Anchor("here"))


def test_an_items_text_has_links_only_where_they_do_not_depend_on_a_page():
    (paragraph,) = markup.blocks('<p>见<a href="claims.md#x">时限</a>和<a href="https://example.org">网</a></p>')
    assert paragraph.runs == (Run("见时限和"), Run("网", link="https://example.org"))


def test_a_fact_is_known_in_an_items_text_too():
    (paragraph,) = markup.blocks('<p><a class="fact" href="#time-limits--reply">15日</a>内</p>')
    assert paragraph.runs == (Run("15日", link="#time-limits--reply", style="fact"), Run("内"))


def test_short_columns_stand_on_one_line_and_long_ones_divide_the_rest():
    def row(*texts):
        return Row(tuple((Paragraph((Run(text),)),) for text in texts))

    short, long, longer = shares([row("时限", "做什么", "说什么"), row("15日", "做" * 60, "说" * 120)])
    assert short == pytest.approx(3, abs=1)
    assert long < longer
    assert sum((short, long, longer)) == pytest.approx(51, abs=1)
