"""What a page becomes: facts, markers, tooltips, flowcharts and the parts of a chapter, each in its place."""

import re

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
  payment:
    topic: 理赔
    title: 支付保险金
    value: 'VALUE'
    basis: 《“甲”法》第1条 "乙" <丙>
    status: law
    checked: 2026-10-04
"""
ITEM = """  - id: ID
    type: single
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 第 ID 题？
    options:
      - {text: 三日, key: true, rationale: 见正文。}
      - {text: 五日, rationale: 见正文。}
"""
CHART = "```mermaid\nflowchart TD\n    accTitle: 报案\n    accDescr: 先登记\n    A[登记] --> B[核实]\n```\n"
VALUES = ["10日]", "*10*日", "_10_日", "`10`日", '10"日"', "10<日>", "10&日", "[10](x)", "<b>10</b>", "1\\*0日"]


@pytest.fixture(autouse=True)
def write(project):
    """Write a book around a page: its items, the value of its one fact, its terms, and other files."""

    def written(*items, value="10日", terms="", **files):
        bank = "".join(ITEM.replace("ID", name) for name in items)
        sources = {
            "docs/facts.yml": FACT.replace("VALUE", value),
            "docs/bank/claims.yml": f"items:\n{bank or '  []'}\n",
        }
        if terms:
            sources["docs/glossary.yml"] = f"terms:\n{terms}"
        write_files(project, sources | files)

    written()
    return written


@pytest.fixture
def extension(project):
    """Return the extension once the book is written, and a way to tell it which page is converted."""

    def made(*, offers_pdf=False):
        book = read_book(project / "mkdocs.yml")
        pages = Pages(book, Renderer(book, ROOT / "overrides"), offers_pdf=offers_pdf)
        return PageExtension(pages, lambda md: Here(md.source, lambda path: f"/{path}"))

    return made


@pytest.fixture
def page(project, extension):
    """Return the tree of a page, a chapter unless another source is named."""

    def converted(text, source="chapters/claims.md", **options):
        write_files(project, {f"docs/{source}": text})
        return html.fragment_fromstring(converter(extension(**options), source).convert(text), create_parent="article")

    return converted


def converter(extension, source="chapters/claims.md"):
    names = ["admonition", "attr_list", "md_in_html", "tables", "toc", "pymdownx.details", "pymdownx.superfences"]
    md = Markdown(extensions=[*names, extension])
    md.source = source
    return md


def text(element):
    return " ".join(element.text_content().split())


def the(tree, path):
    """Return the one element at an XPath."""
    (found,) = tree.xpath(path)
    return found


def test_a_fact_shows_its_value_and_leads_to_its_row_and_says_its_basis(page):
    fact = the(page(f"{HEAD}达成协议后 {{{{ payment }}}} 内支付。"), "//p/a")

    assert (fact.text, fact.tail) == ("10日", "内支付。")
    assert fact.getprevious() is None
    assert text(fact.getparent()) == "达成协议后10日内支付。"
    assert dict(fact.attrib) == {
        "class": "fact",
        "href": "../appendix/time-limits.md#payment",
        "title": '依据：《“甲”法》第1条 "乙" <丙>（已核对原文）',
    }


@pytest.mark.parametrize("value", VALUES)
def test_a_value_shows_as_it_is_written(value, write, page):
    write(value=value)
    tree = page(
        f"{HEAD}### 限 {{{{ payment }}}} 内 {{ #within }}\n\n在 **{{{{ payment }}}}** 内。\n\n[见 {{{{ payment }}}}](x.md)"
    )

    assert text(the(tree, "//strong/a")) == value
    assert text(the(tree, "//h3[@id='within']")) == f"限{value}内"
    assert text(the(tree, "//a[@href='x.md']")) == f"见{value}"
    assert len(tree.xpath("//a[@class='fact']")) == 1


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("### 限 {{ payment }} 内 { #within }", "//h3"),
        ('!!! note "限 {{ payment }} 内"\n    正文', "//p[@class='admonition-title']"),
        ('??? note "限**{{ payment }}**内"\n    正文', "//summary"),
        ("[限 {{ payment }} 内](x.md)", "//a"),
        ("[限**{{ payment }}**内](x.md)", "//a"),
    ],
)
def test_in_titles_and_links_a_fact_is_plain_text(source, path, page):
    tree = page(source, source="page.md")

    assert text(the(tree, path)) == "限10日内"
    assert not tree.xpath("//a[@class='fact']")


def test_a_fact_in_a_table_is_a_link(write, page):
    write(value="甲|乙")
    tree = page("| 事项 | 时限 |\n| --- | --- |\n| 支付 | {{ payment }} |\n", source="page.md")

    assert text(the(tree, "//td[2]/a[@class='fact']")) == "甲|乙"
    assert the(tree, "//a").get("href") == "appendix/time-limits.md#payment"


@pytest.mark.parametrize(
    "source", ["`{{ payment }}`", "```\n{{ payment }}\n```", "    {{ payment }}", "在 {{ paymend }} 内"]
)
def test_references_in_code_and_to_nothing_are_left_alone(source, page):
    tree = page(source, source="page.md")

    assert re.search(r"\{\{ paymen[td] \}\}", tree.text_content())
    assert not tree.xpath("//a")


def test_the_first_place_of_a_term_bears_its_meaning_and_the_longest_term_wins(write, page):
    write(terms="  现金: {means: 手里的钱}\n  现金价值: {means: 退保能拿回的钱}\n")
    tree = page(f"{HEAD}先说**现金价值**，再说现金价值。\n\n- 列表里的现金价值\n- 现金与现金")

    assert [(term.text, term.get("title"), term.tail) for term in tree.xpath("//abbr")] == [
        ("现金价值", "退保能拿回的钱", None),
        ("现金", "手里的钱", "与现金"),
    ]
    assert the(tree, "//strong/abbr").getparent().tail == "，再说现金价值。"


def test_a_term_and_its_meaning_may_hold_any_character(write, page):
    write(terms="""  "A&B[1]": {means: 'a "b" <c> & *d*'}\n""")
    term = the(page(f"{HEAD}先说 A&B[1] 再说"), "//abbr")

    assert (term.text, term.get("title")) == ("A&B[1]", 'a "b" <c> & *d*')


@pytest.mark.parametrize(
    "source",
    [
        "### 宽限期 { #grace }",
        "[宽限期](x.md)",
        "`宽限期`",
        "```\n宽限期\n```",
        "{{ payment }}",
    ],
)
def test_headings_links_and_code_bear_no_tooltip_and_do_not_use_it_up(source, write, page):
    write(terms="  宽限期: {means: 可以晚交的日子}\n", value="宽限期")
    tree = page(f"{HEAD}{source}\n\n后面的宽限期。")

    assert the(tree, "//abbr").tail == "。"


def test_only_chapters_have_tooltips_and_every_chapter_has_its_own(write, extension):
    write(terms="  宽限期: {means: 可以晚交的日子}\n", **{"docs/chapters/other.md": "# 别章 { #other }\n"})
    pages = extension()
    found = [
        converter(pages, source).convert("宽限期").count("<abbr")
        for source in ("chapters/claims.md", "chapters/other.md", "page.md")
    ]

    assert found == [1, 1, 0]


def test_digits_inside_what_stands_for_raw_html_are_no_term(write, page):
    write(terms="  '0': {means: 零}\n  '1': {means: 壹}\n")

    assert not page(f"{HEAD}甲<br>乙<br>丙").xpath("//abbr")


def test_a_marker_becomes_a_block_of_its_own_wherever_it_stands_alone(write, page):
    write("one", "two", "three")
    tree = page(f"{HEAD}前文。\n<!-- quiz: one -->\n后文。\n\n- 列表\n\n    <!-- quiz: two，three -->\n\n- 完")

    assert [element.get("id") for element in tree.xpath("./handbook-item | ./ul/li/handbook-item")] == [
        "item-one",
        "item-two",
        "item-three",
    ]
    assert not tree.xpath("//p[handbook-item]")
    assert text(the(tree, "./handbook-item").getprevious()) == "前文。"
    assert text(the(tree, "./handbook-item").getnext()) == "后文。"


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_a_marker_in_code_is_left_alone(fence, write, page):
    write("one")
    tree = page(f"{HEAD}{fence}\n<!-- quiz: one -->\n{fence}\n")

    assert text(the(tree, "//code")) == "<!-- quiz: one -->"
    assert len(tree.xpath("//handbook-item")) == 1  # at the end of the chapter


def test_items_are_numbered_through_the_page_and_the_rest_stands_at_its_end(write, page):
    write("one", "two", "three", "four")
    tree = page(f"{HEAD}<!-- quiz: three -->\n\n正文。\n\n<!-- quiz: one -->\n")

    numbers = {
        item.get("data-item"): re.search(r"第 (\d+) 题", text(item))[1] for item in tree.xpath("//handbook-item")
    }
    assert numbers == {"three": "1", "one": "2", "two": "3", "four": "4"}
    assert [item.get("data-item") for item in tree.xpath("//h2[@id='quiz']/following-sibling::handbook-item")] == [
        "two",
        "four",
    ]
    assert the(tree, "//handbook-tally").getprevious().get("id") == "quiz"


def test_the_quiz_is_in_the_table_of_contents_and_kept_from_the_search(write, extension):
    write("one")
    md = converter(extension())
    tree = html.fragment_fromstring(md.convert(HEAD), create_parent="article")

    assert [token["id"] for token in md.toc_tokens[0]["children"]] == ["deadlines", "quiz"]
    assert "data-search-exclude" in the(tree, "//h2[@id='quiz']").attrib


def test_a_chapter_without_items_has_no_quiz_and_no_ways_to_one(page):
    tree = page(f"{HEAD}正文。")

    assert not tree.xpath("//*[@id='quiz'] | //*[@class='section-items'] | //a")


def test_the_head_stands_under_the_title(write, page):
    write("one")
    head = the(page(HEAD, offers_pdf=True), "//h1/following-sibling::*[1]")

    assert text(head) == "第 1 章 · 阅读约 1 分钟 · 本章自测 1 题 · 本章 PDF"
    assert [link.get("href") for link in head.xpath("a")] == ["#quiz", "/pdf/claims.pdf"]


def test_each_section_with_items_ends_with_the_way_to_them(write, page):
    write("one", "two")
    tree = page(f"{HEAD}正文。\n\n- 列表\n\n### 下级 {'{'} #below }}\n\n正文。")

    way = the(tree, "//p[@class='section-items']")
    assert (text(way), the(way, "a").get("href")) == ("本节考题 2 道", "#item-one")
    assert (way.getprevious().tag, way.getnext().get("id")) == ("ul", "below")


def test_the_last_section_ends_before_the_quiz_also_inside_a_block(write, page):
    write("one")
    plain, inside = page(f"{HEAD}正文。"), page(f'<div markdown="1">\n\n{HEAD}正文。\n\n</div>\n')

    assert the(plain, "//p[@class='section-items']").getnext().get("id") == "quiz"
    assert the(inside, "//div/p[@class='section-items']").getnext() is None


def test_a_marker_that_shows_nothing_leaves_table_and_list_whole(page):
    marker = "<!-- literal: 15日 -->"
    tree = page(f"| 甲 |\n| --- |\n{marker}\n| 乙 |\n{marker}\n| 丙 |\n\n- 一\n{marker}\n- 二\n", source="page.md")

    assert [text(cell) for cell in the(tree, "//tbody").iter("td")] == ["乙", "丙"]
    assert [text(entry) for entry in the(tree, "//ul")] == ["一", "二"]
    assert "15日" not in html.tostring(tree, encoding="unicode")


def test_the_way_to_the_pdf_is_there_only_with_a_pdf(page):
    source = '<div class="ways" markdown="1">\n\n- [读](x.md)\n\n<!-- pdf -->\n\n</div>\n'

    assert [link.get("href") for link in page(source, source="index.md", offers_pdf=True).iter("a")] == [
        "x.md",
        "/pdf/handbook.pdf",
    ]
    assert text(page(source, source="index.md")) == "读"


def test_flowcharts_are_drawn_where_they_stand_also_in_a_list(page):
    indented = "".join(f"    {line}\n" for line in CHART.splitlines())
    tree = page(f"{CHART}\n1. 先登记\n\n{indented}\n2. 再核实\n", source="page.md")

    assert [len(tree.xpath(path)) for path in ("./figure", "./ol/li[1]/figure", "./ol/li")] == [1, 1, 2]
    ids = [element.get("id") for element in tree.xpath("//figure//*[@id]")]
    assert len(ids) == len(set(ids)) > 2


def test_a_flowchart_shown_as_source_is_code(page):
    tree = page(f"````\n{CHART}````\n", source="page.md")

    assert "```mermaid" in the(tree, "//code").text_content()
    assert not tree.xpath("//figure")


def test_one_extension_converts_page_after_page_and_nothing_is_left_of_the_one_before(write, extension):
    write("one", "two", terms="  宽限期: {means: 可以晚交的日子}\n")
    text = f"{HEAD}宽限期 {{{{ payment }}}}\n\n{CHART}\n<!-- quiz: two -->\n"
    pages = extension()
    md = converter(pages)
    once = md.convert(text)

    assert once == md.reset().convert(text) == converter(pages).convert(text)
    assert 'id="item-one"' in once
    assert 'id="item-' not in converter(pages, "page.md").convert("正文")
