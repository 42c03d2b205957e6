"""A quoted sentence of a chapter stands in a span that a link can land on, whatever inline elements it goes through."""

import pytest
from lxml import html
from markdown import Markdown
from tests.conftest import ROOT, write_files

from handbook.book import read_book
from handbook.rendering import Renderer
from handbook.site.extension import Here, PageExtension
from handbook.site.pages import Pages

HEAD = "# 理赔 { #claims }\n\n## 理赔时限 { #deadlines }\n\n"
FACT = """facts:
  payment: {topic: 理赔, title: 支付保险金, value: 10日, basis: 保险法第23条, status: law, checked: 2026-10-04}
"""
ITEM = """items:
  - id: one
    type: single
    section: claims.md#deadlines
    evidence: [EVIDENCE]
    level: remember
    difficulty: 1
    stem: 多久支付？
    options:
      - {text: 三日, key: true, rationale: 见正文。}
      - {text: 五日, rationale: 见正文。}
"""
CHART = "```mermaid\nflowchart TD\n    accTitle: 报案\n    accDescr: 先登记\n    A[先登记] --> B[再核实]\n```\n"


@pytest.fixture
def page(project):
    """Return the article of a chapter whose one item quotes these words."""

    def converted(text, *quotes):
        evidence = ", ".join(quote if quote.startswith("{") else f"'{quote}'" for quote in quotes)
        files = {
            "mkdocs.yml": "site_name: x\nmarkdown_extensions: [admonition, attr_list, md_in_html, tables, pymdownx.details]\n",
            "docs/facts.yml": FACT,
            "docs/glossary.yml": "terms:\n  宽限期: {means: 可以晚交的日子}\n",
            "docs/chapters/claims.md": HEAD + text,
            "docs/bank/claims.yml": ITEM.replace("EVIDENCE", evidence),
        }
        write_files(project, files)
        book = read_book(project / "mkdocs.yml")
        assert None not in [passage for item in book.bank.items for passage in book.passages(item)]
        pages = Pages(book, Renderer(book, ROOT / "overrides"))
        names = ["admonition", "attr_list", "md_in_html", "tables", "toc", "pymdownx.details", "pymdownx.superfences"]
        md = Markdown(
            extensions=[*names, PageExtension(pages, lambda _: Here("chapters/claims.md", lambda path: f"/{path}"))]
        )
        return html.fragment_fromstring(md.convert(files["docs/chapters/claims.md"]), create_parent="article")

    return converted


def text(element):
    return "".join(element.text_content().split())


def marked(tree):
    return [text(span) for span in tree.find_class("quoted")]


def landed(tree):
    """Return what each link of the item leads to."""
    links = tree.xpath("//*[@class='handbook-item__basis']//a[not(@class)]/@href")
    places = [tree.xpath("//*[@id=$name]", name=link.removeprefix("#")) for link in links]
    assert [len(place) for place in places] == [1] * len(links)

    return [place[0] for place in places]


@pytest.mark.parametrize(
    ("source", "quote", "sentence"),
    [
        ("前一句。达成协议后**十日**内支付。后一句。", "十日内", "达成协议后十日内支付。"),
        ("**达成协议后十日内支付。**后一句。", "十日内", "达成协议后十日内支付。"),
        ("前一句。见[说明](x.md)*再*`付`。", "再付", "见说明再付。"),
        ("达成协议后 {{ payment }} 内支付。", "协议后{{ payment }}内", "达成协议后10日内支付。"),
        ("前一句。宽限期内仍保障。", "宽限期内", "宽限期内仍保障。"),
        ("第一行说一半，\n第二行**说完**。后一句。", "说一半", "第一行说一半，第二行说完。"),
        ("先说一句<br>另起一行再说。", "另起一行", "先说一句另起一行再说。"),
        ("1、先登记；\n2、再核实。", "再核实", "再核实。"),
        ("1）先登记；\n2）再核实。", "再核实", "再核实。"),
        ("7、先登记再说。", "先登记再说", "7、先登记再说。"),
        ("前一行说完\\\n后一行再说。", "前一行说完", "前一行说完\\后一行再说。"),
        ("1、先登\n记\n2、再核实", "先登记", "先登记"),
        ("甲 & 乙 \\* 丙 &lt;丁&nbsp;戊<a@b.cn>都在。", "甲&乙*丙", "甲&乙*丙<丁戊a@b.cn都在。"),
        ("代码`a < b & c`在句中。", "代码", "代码a<b&c在句中。"),
        ("- 甲点说明\n- 乙点说明\n    1. 里层一点\n    2. 里层二点\n", "里层二点", "里层二点"),
        ("- 甲点说明\n    - 里层说明\n- 乙点说明\n", "甲点说明", "甲点说明"),
        ("- 第一段话。\n\n    第二段话。还有一句。\n", "还有一句", "还有一句。"),
        (
            "| 事项 | 时限 |\n| --- | --- |\n| 支付事项 | 协议后 {{ payment }}。另说。 |\n",
            "协议后{{ payment }}",
            "协议后10日。",
        ),
        ("| 事项办法 | 时限 |\n| --- | --- |\n| 支付 | 十日 |\n", "事项办法", "事项办法"),
        ('!!! note "盒子的标题 {{ payment }}"\n\n    盒子里的话。\n', "盒子的标题{{ payment }}", "盒子的标题10日"),
        ('??? note "折叠的标题"\n\n    折起来的话。\n', "折起来的话", "折起来的话。"),
        ("> 引用里的话。另一句。\n", "另一句。", "另一句。"),
        ('<div markdown="1">\n\n里面的话。另一句话。\n\n</div>\n', "另一句话", "另一句话。"),
    ],
)
def test_a_sentence_stands_in_a_span(page, source, quote, sentence):
    tree = page(source, quote)

    assert marked(tree) == [sentence]
    assert landed(tree) == tree.find_class("quoted")


def test_a_sentence_that_begins_inside_an_inline_element_takes_all_of_it(page):
    tree = page("前句。**甲字在此。乙字在此**，丙字在此。", "乙字在此，丙字在此")

    assert marked(tree) == ["甲字在此。乙字在此，丙字在此。"]
    assert tree.find_class("quoted")[0].getparent().tag == "p"


def test_a_sentence_within_an_inline_element_leaves_the_rest_of_it_alone(page):
    tree = page("前句。**甲字在此。乙字在此。**丙字在此。", "乙字在此")

    assert marked(tree) == ["乙字在此。"]
    assert tree.find_class("quoted")[0].getparent().tag == "strong"


def test_neighbours_that_share_an_inline_element_both_hold_their_words(page):
    tree = page("甲字在**此。乙字在此。丙**字在此。", "甲字在此", "乙字在此", "丙字在此")

    held = [text(place) for place in landed(tree)]
    assert [
        want for want, found in zip(["甲字在此。", "乙字在此。", "丙字在此。"], held, strict=True) if want not in found
    ] == []
    assert "甲字在此。乙字在此。丙字在此。" in map(text, tree.iter("p"))


def test_all_sentences_of_a_passage_are_marked_and_the_link_lands_on_the_first(page):
    tree = page("- 先听完\n- 再登记\n- 后答复\n", "先听完…后答复", "再登记")

    assert marked(tree) == ["先听完", "再登记", "后答复"]
    assert [text(place) for place in landed(tree)] == ["先听完", "再登记"]


def test_of_identical_sentences_the_first_is_marked_in_each_section(page):
    twice = "说两遍的话。\n\n说两遍的话。\n"
    tree = page(f"{twice}\n### 别处 {{ #other }}\n\n{twice}", "说两遍的话", "{claims.md#other: 说两遍的话}")

    spans = tree.find_class("quoted")
    assert landed(tree) == spans
    assert [span.getparent().getprevious().get("id") for span in spans] == ["deadlines", "other"]


def test_a_part_of_a_sentence_elsewhere_is_not_taken_for_it(page):
    tree = page("不予受理。\n\n受理。先登记。\n", "受理。先登记")

    assert marked(tree) == ["受理。", "先登记。"]
    assert {text(span.getparent()) for span in tree.find_class("quoted")} == {"受理。先登记。"}


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("前句。<u>甲字在此。乙字</u>在此。", "乙字在此"),
        ("- 前句。<u>甲字在此。乙字</u>在此。\n", "乙字在此"),
        ("前句。甲字在此。<del>乙字</del>在此。", "~~乙字~~在此"),
    ],
)
def test_what_crosses_a_tag_of_the_authors_is_told_at_the_head_of_its_block(page, source, quote):
    tree = page(source, quote, "前句。")

    bare, whole = landed(tree)
    assert (text(bare), text(whole)) == ("", "前句。")
    assert bare.getparent()[0] is bare
    assert text(bare.getparent()) == "前句。甲字在此。乙字在此。"


@pytest.mark.parametrize(
    ("source", "quote", "following"),
    [
        (f"前文。\n\n{CHART}\n后文。\n", "再核实", "figure"),
        ("前文。\n\n<table><tr><td>表里的话</td></tr></table>\n\n后文。\n", "表里的话", "table"),
        ("前文。\n\n```\n代码一行\n代码二行\n```\n", "代码二行", "div"),
    ],
)
def test_what_a_figure_or_a_block_of_html_says_is_told_right_before_it(page, source, quote, following):
    (place,) = landed(page(source, quote))

    beside = place.getparent()
    assert (beside.get("class"), beside.getnext().tag) == ("quoted-beside", following)


def test_marks_change_nothing_else(page):
    source = "甲字**在**此。[乙](x.md)宽限期。\n\n- 一\n- 二 {{ payment }} 内\n\n| 甲 | 乙 |\n| --- | --- |\n| 丙。丁 | 戊 |\n"
    without, tree = page(source), page(source, "甲字在此", "乙宽限期", "二{{ payment }}内", "丙。丁")
    assert len(marked(tree)) == 5
    for span in tree.find_class("quoted"):
        span.drop_tag()
    for element in (*without.iter("handbook-item"), *tree.iter("handbook-item")):
        element.clear(keep_tail=True)

    assert html.tostring(tree) == html.tostring(without)
