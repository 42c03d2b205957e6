"""What a reader sees of a section is what counts: every word and the structure, and not how they are written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.conftest import ROOT

from handbook.content.settings import read_settings
from handbook.content.views import views

EXTENSIONS = read_settings(ROOT / "mkdocs.yml")[0].extensions
HEAD = "# 页 { #page }\n\n## 节 { #section }\n\n"
TABLE = "| 甲 | 乙 | 丙 |\n|---|---|---|\n"
CHART = "```mermaid\nflowchart TD\naccTitle: 图\naccDescr: 说明\n{}\n```"


def view(body, extensions=EXTENSIONS):
    return views(f"{HEAD}{body}\n", extensions)[1]


def seen(body):
    """Return places and texts of a section."""
    return [(piece.place, piece.text) for piece in view(body).pieces]


# ── sections ────────────────────────────────────────────────────────────────


def test_a_section_ends_at_the_next_heading_of_any_level():
    found = views("---\ntitle: x\n---\n前\n\n# 甲 { #a }\n\n一\n\n### 乙 { #b }\n\n二\n\n## 丙 { #c }\n", EXTENSIONS)

    assert [(one.anchor, one.title, one.level, [piece.text for piece in one.pieces]) for one in found] == [
        ("a", "甲", 1, ["一"]),
        ("b", "乙", 3, ["二"]),
        ("c", "丙", 2, []),
    ]


def test_a_heading_below_its_text_and_one_without_a_space_are_headings():
    found = views("##甲 { #a }\n\n一\n\n乙 { #b }\n---\n\n二\n", EXTENSIONS)

    assert [(one.anchor, one.title, one.level) for one in found] == [("a", "甲", 2), ("b", "乙", 2)]


@pytest.mark.parametrize(
    "body", ["    ### 里 { #in }\n\n    文", "> ### 里 { #in }\n>\n> 文", "!!! note\n\n    ### 里 { #in }\n\n    文"]
)
def test_a_heading_inside_something_begins_a_section(body):
    before = "- 前\n\n" if body.startswith(" ") else ""

    assert [one.anchor for one in views(f"{HEAD}{before}{body}\n", EXTENSIONS)] == ["page", "section", "in"]


def test_the_title_is_what_a_reader_sees_of_the_heading():
    written = "## 1. 在 {{ a-fact }} 内<br>**办** [好](x.md) ![图](x.png)<!-- 注 --><span hidden>藏</span> { #x }\n"

    assert views(written, EXTENSIONS)[0].title == "1. 在{{ a-fact }}内 办 好 图"


def test_a_page_without_headings_has_no_sections():
    assert views("", EXTENSIONS) == views("文\n\n- 点\n", EXTENSIONS) == ()


# ── structure ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("文", [((), "文")]),
        ("- 一\n- 二", [(("•1",), "一"), (("•2",), "二")]),
        ("1. 一\n2. 二", [(("1.",), "一"), (("2.",), "二")]),
        (
            "1. 一\n    - 里\n        1. 更里\n2. 二",
            [(("1.",), "一"), (("1.", "•1"), "里"), (("1.", "•1", "1."), "更里"), (("2.",), "二")],
        ),
        ("1. 一\n\n    又\n\n2. 二", [(("1.",), "一"), (("1.",), "又"), (("2.",), "二")]),
        ("> 引", [(("blockquote",), "引")]),
        ('!!! note "题"\n\n    文', [(("admonition note", "title"), "题"), (("admonition note",), "文")]),
        ('??? note "题"\n\n    文', [(("details", "summary"), "题"), (("details",), "文")]),
        ("```\n甲\n  乙\n```", [(("pre",), "甲"), (("pre",), "乙")]),
        ("<dl><dt>词</dt><dd>义</dd></dl>", [(("dt",), "词"), (("dd",), "义")]),
        ("<ol start=3><li>三</li><li>四</li></ol>", [(("3.",), "三"), (("4.",), "四")]),
        ("<ol><li>一</li><li></li><li>三</li></ol>", [(("1.",), "一"), (("3.",), "三")]),
    ],
    ids=lambda value: value.split("\n")[0] if isinstance(value, str) else "",
)
def test_a_piece_knows_what_it_stands_in(body, places):
    assert seen(body) == places


def test_a_cell_knows_its_row_and_column_also_beside_empty_ones():
    assert seen(TABLE + "| 1 |  | 3 |\n|  | 2 |  |")[3:] == [
        (("table", "row 2", "td 1"), "1"),
        (("table", "row 2", "td 3"), "3"),
        (("table", "row 3", "td 2"), "2"),
    ]


def test_a_table_written_as_html_is_one():
    written = "<table><tr><th colspan=2>头</th></tr><tr><td></td><td><ul><li>点</li></ul></td></tr></table>"

    assert seen(written) == [(("table", "row 1", "th 1"), "头"), (("table", "row 2", "td 2", "•1"), "点")]


def test_a_list_and_a_table_inside_a_box_inside_a_list():
    body = "- 点\n\n    !!! note\n\n        | 甲 |\n        |---|\n        | 1、一<br>2、二 |\n"

    assert seen(body)[2:] == [
        (("•1", "admonition note", "table", "row 1", "th 1"), "甲"),
        (("•1", "admonition note", "table", "row 2", "td 1", "1."), "一"),
        (("•1", "admonition note", "table", "row 2", "td 1", "2."), "二"),
    ]


def test_a_flowchart_is_what_its_nodes_and_edges_say():
    said = [text for _, text in seen(CHART.format("a[甲] -->|是| b[乙]"))]

    assert said == ["flowchart TD", "accTitle: 图", "accDescr: 说明", "乙", "甲", "甲 --是> 乙"]
    assert {place for place, _ in seen(CHART.format("a[甲 < 乙] --> b"))} == {("chart",)}


def test_an_element_of_the_authors_is_no_flowchart():
    assert [text for _, text in seen('<div class="chart"><p>甲</p>乙</div>')] == ["甲", "乙"]


def test_what_links_lead_to_is_known_by_piece():
    found = view("看 [甲](a.md#x) 与 [乙](b.md)。\n\n- [甲](a.md#x)\n- 无")

    assert [piece.links for piece in found.pieces] == [("a.md#x", "b.md"), ("a.md#x",), ()]
    assert found.links == ("a.md#x", "b.md")


def test_facts_are_known_in_order_those_of_the_heading_first():
    found = views("## {{ c }} { #x }\n\n{{ b }}、{{a}}、{{ b }}\n", EXTENSIONS)[0]

    assert found.facts == ("c", "b", "a")


# ── what nobody sees ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- 藏 -->",
        "<!-- 藏\n\n## 藏 { #hidden }\n\n藏 -->",
        "<div hidden>藏</div>",
        "<div hidden markdown>\n\n## 藏 { #hidden }\n\n藏\n\n</div>",
        '<div style="color: red; DISPLAY : none">藏</div>',
        "<p style='visibility:hidden'>藏</p>",
        "<p style='color: red; Opacity : 0'>藏</p>",
        "<p style='font-size:0'>藏</p>",
        "<p style='max-height: 0'>藏</p>",
        "<script>藏</script>",
        "<style>藏 {}</style>",
        "<template>藏</template>",
        "<span hidden>藏</span>",
        "*[LAW]: 藏",
    ],
)
def test_hidden_text_does_not_count(hidden):
    extensions = (*EXTENSIONS, ("abbr", "{}"))
    found = views(f"{HEAD}前\n\n{hidden}\n\n后\n", extensions)

    assert [one.anchor for one in found] == ["page", "section"]
    assert found[1].digest == view("前\n\n后").digest


def test_text_after_something_hidden_inside_a_line_counts():
    assert view("前<span hidden>藏</span>后").text == "## 节\n前后"


# ── what is equal for the reader ────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("_甲_ 乙", "*甲* 乙"),
        ("**甲**", "<strong>甲</strong>"),
        ("**甲**", "__甲__"),
        ("**甲**乙", "甲乙"),
        ("`甲`", "甲"),
        ("1、甲\n2、乙\n3、丙", "1. 甲\n2. 乙\n3. 丙"),
        ("1、甲\n\n2、乙\n\n3、丙", "1. 甲\n2. 乙\n3. 丙"),
        ("1. 甲\n2、乙\n3. 丙", "1. 甲\n2. 乙\n3. 丙"),
        ("1、甲\n2. 乙\n3. 丙", "1. 甲\n2. 乙\n3. 丙"),
        ("1. 甲\n2. 乙\n3、丙", "1. 甲\n2. 乙\n3. 丙"),
        ("1. 甲\n\n2、乙\n\n3. 丙", "1. 甲\n\n2. 乙\n\n3. 丙"),
        ("有：\n1）甲\n2）乙", "有：\n\n1. 甲\n2. 乙"),
        ("1. 甲\n1. 乙", "1. 甲\n2. 乙"),
        ("甲<br>乙", "甲乙"),
        ("甲  \n乙", "甲乙"),
        ("甲\\\n乙", "甲乙"),
        ("甲，\n乙", "甲，乙"),
        ("期限为\n10、15 或 20 日", "期限为10、15 或 20 日"),
        ("甲\n\n\n\n乙", "甲\n\n乙"),
        ("甲\n\n---\n\n乙", "甲\n\n乙"),
        ("甲&nbsp;乙", "甲乙"),
        ("甲 10 日", "甲10日"),
        ("3—5日", "3~5日"),
        ("3-5日", "3～5日"),
        ("9:00—18:00", "9:00-18:00"),
        ("9:00——18:00", "9：00–18：00"),
        ("（甲），ＡＢ１２；", "(甲),AB12;"),
        ("“甲”‘乙’", "\"甲\"'乙'"),
        ("「甲」", "“甲”"),
        ("- 甲\n- 乙", "* 甲\n* 乙"),
        ("- 甲\n\n- 乙", "+ 甲\n+ 乙"),
        (TABLE + "| 1 | 2 | 3 |", "甲 | 乙 | 丙\n:--|--:|:-:\n1   | 2 |  3"),
        ("甲\n{ .note }", "甲"),
        ("```\n甲\n```", "~~~text\n甲\n~~~"),
        ('[甲](b.md "题")', "[甲](b.md)"),
        ("[甲](b.md)", "甲"),
        ("??? note\n\n    甲", "???+ note\n\n    甲"),
        ("前\n\n<!-- quiz: a-b -->\n\n后", "前\n\n后"),
        (CHART.format("a[甲] --> b[乙]\nb --> c[丙]"), CHART.format("x[甲] --> y[乙] --> z[丙]\nstyle x fill:red")),
        ("在 {{ a-fact }} 内", "在{{a-fact}}内"),
    ],
)
def test_what_is_equal_for_the_reader_is_equal(one, other):
    assert view(one).digest == view(other).digest


HAN = st.text("甲乙丙丁理赔支付十五日内不得以上", min_size=1, max_size=8)


@given(st.lists(HAN, min_size=1, max_size=4), st.sampled_from(["- ", "* ", "+ "]))
def test_any_sign_makes_the_same_bullets(points, sign):
    written = "\n".join(f"{sign}{point}" for point in points)

    assert view(written).digest == view("\n".join(f"- {point}" for point in points)).digest


@given(st.lists(HAN, min_size=2, max_size=6), st.data())
def test_any_points_of_a_list_may_be_numbered_as_chinese_does(points, data):
    signs = data.draw(st.lists(st.sampled_from([". ", "、"]), min_size=len(points), max_size=len(points)))
    written = "\n".join(
        f"{number}{sign}{point}" for number, (sign, point) in enumerate(zip(signs, points, strict=True), 1)
    )

    assert view(written).digest == view("\n".join(f"{n}. {point}" for n, point in enumerate(points, 1))).digest


@given(HAN, HAN, st.sampled_from(["\n", " ", "<br>", "**", "\n\n", "&nbsp;"]))
def test_what_is_put_between_words_without_a_meaning_is_nothing(before, after, between):
    close = "**" if between == "**" else ""

    assert view(f"{before}{between}{after}{close}").digest == view(f"{before}{after}").digest


# ── what is not ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("应当通知", "不应当通知"),
        ("10日", "15日"),
        ("十日", "十五日"),
        ("1.5倍", "15倍"),
        ("甲、乙", "乙、甲"),
        ("第1步", "第2步"),
        ("- 甲", "甲"),
        ("1. 甲", "甲"),
        ("1. 甲", "- 甲"),
        ("1. 甲\n2. 乙", "1. 甲\n\n乙"),
        ("1. 甲\n2. 乙", "1. 乙\n2. 甲"),
        ("- 甲；\n- 乙。", "- 甲；乙。"),
        ("- 甲\n- 乙", "- 甲\n    - 乙"),
        ("- 甲\n    - 乙\n- 丙", "- 甲\n    - 乙\n\n    丙"),
        ("> 甲", "甲"),
        ("!!! note\n\n    甲\n\n    乙", "!!! note\n\n    甲\n\n乙"),
        ("!!! note\n\n    甲", "!!! warning\n\n    甲"),
        ('!!! note "题"\n\n    甲', '!!! note "别题"\n\n    甲'),
        (TABLE + "| 1 | 2 | 3 |", TABLE + "| 2 | 1 | 3 |"),
        (TABLE + "| 1 |  | 3 |", TABLE + "| 1 | 3 |  |"),
        (TABLE + "| 1 | 2 | 3 |\n| 4 | 5 | 6 |", TABLE + "| 4 | 5 | 6 |\n| 1 | 2 | 3 |"),
        (TABLE + "| 1 | 2 | 3 |", "| 甲 | 丙 | 乙 |\n|---|---|---|\n| 1 | 2 | 3 |"),
        ("| 1 |\n|---|\n| 2 |", "<table><tr><td>1</td></tr><tr><td>2</td></tr></table>"),
        (CHART.format("a[甲] --> b[乙]"), CHART.format("b[乙] --> a[甲]")),
        (CHART.format("a[甲] --> b[乙]"), CHART.format("a[甲] -->|否| b[乙]")),
        (CHART.format("a[甲] --> b[乙]"), CHART.format("a[丁] --> b[乙]")),
        ("在 {{ a-fact }} 内", "在 {{ b-fact }} 内"),
        ("在 {{ a-fact }} 内", "在10日内"),
        ("【注意】（三日内）", "【注意】（五日内）"),
        ("[注意\\]\\(三日内)", "[注意\\]\\(五日内)"),
        ("一份\\*两份", "一份两份"),
        ("| 甲 |", "甲"),
        ("<del>不</del>得", "不得"),
        ("~~甲~~<s>不</s>得", "~~甲~~不得"),
        ("10<sup>2</sup>", "102"),
        ("10²", "102"),
        ("![是](a.png)", "![否](a.png)"),
        ("5至6日", "5-6日"),
        ("约~5日", "约5日"),
        ("前<!-- 甲 -->后", "前甲后"),
        ("1、甲\n2、乙", "1、甲\n3、乙"),
    ],
)
def test_everything_else_is_not(one, other):
    assert view(one).digest != view(other).digest


@pytest.mark.parametrize(
    "other", ["## 不节 { #section }", "### 节 { #section }", "## 节（一） { #section }", "## 节{{ f }} { #section }"]
)
def test_the_heading_counts_and_its_anchor_does_not(other):
    one, same = "## 节 { #section }\n\n文\n", "## **节** { #elsewhere .big }\n\n文\n"

    assert views(one, EXTENSIONS)[0].digest == views(same, EXTENSIONS)[0].digest
    assert views(one, EXTENSIONS)[0].digest != views(f"{other}\n\n文\n", EXTENSIONS)[0].digest


@given(HAN, HAN)
@example("甲", "乙")
def test_two_texts_are_equal_only_when_they_say_the_same(one, other):
    assert (view(one).digest == view(other).digest) is (one == other)


@given(st.lists(HAN, min_size=1, max_size=3), st.sampled_from(["", "- ", "1. ", "> ", "#### "]), st.data())
def test_a_mark_before_a_line_always_counts(lines, mark, data):
    other = data.draw(st.sampled_from([one for one in ("", "- ", "1. ", "> ", "#### ") if one != mark]))
    written, rewritten = (
        views(HEAD + "\n\n".join([f"{sign}{lines[0]}", *lines[1:]]) + "\n", EXTENSIONS) for sign in (mark, other)
    )

    assert [one.digest for one in written] != [one.digest for one in rewritten]


@given(st.text(max_size=60))
def test_whatever_is_written_is_read(text):
    for one in views(f"{HEAD}{text}\n", EXTENSIONS):
        assert one.digest
        assert one.text
        assert "".join("".join(sentence.text.split()) for sentence in one.sentences) == "".join(
            "".join(piece.text.split()) for piece in one.pieces
        )


# ── as text for a person ────────────────────────────────────────────────────


def test_the_text_shows_lists_boxes_rows_and_empty_cells():
    body = f'文\n\n1. 一\n    - 里\n\n!!! note "题"\n\n    - 点\n\n{TABLE}| 1 |  | 1、甲<br>2、乙 |\n'

    assert view(body).text.split("\n") == [
        "## 节",
        "文",
        "1. 一",
        "  • 里",
        "> 题",
        "> • 点",
        "| 甲 | 乙 | 丙 |",
        "| 1 |  | 1. 甲 2. 乙 |",
    ]


def test_sentences_end_at_full_stops_of_either_width_and_at_pieces():
    def texts(body):
        return [sentence.text for sentence in view(body).sentences]

    assert texts("甲。乙！“丙？”丁；戊") == ["甲。", "乙！", "“丙？”", "丁；", "戊"]
    assert texts("甲.乙!(丙?)丁;戊") == ["甲.", "乙!", "(丙?)", "丁;", "戊"]
    assert texts("甲，\n乙<br>丙\\\n丁。\n戊") == ["甲， 乙 丙 丁。", "戊"]
    assert texts("见 www.a.cn?b=1;c 与 1.5 倍") == ["见 www.a.cn?b=1;c 与 1.5 倍"]
    assert texts("- 甲\n- 乙\n\n| 丙 | 丁。戊 |\n|---|---|") == ["甲", "乙", "丙", "丁。", "戊"]


def test_a_sentence_knows_its_facts_and_its_piece():
    found = view("{{ a }} 内。\n\n[看](x.md) {{ b }}、{{ a }}。").sentences

    assert [(one.facts, one.piece, one.links) for one in found] == [(("a",), 0, ()), (("b", "a"), 1, ("x.md",))]


# ── settings of Markdown ────────────────────────────────────────────────────


def test_a_page_is_read_with_the_extensions_of_the_site():
    assert seen("!!! note\n\n    甲") != [(piece.place, piece.text) for piece in view("!!! note\n\n    甲", ()).pieces]
    tabbed = view('=== "甲"\n\n    乙', (("pymdownx.tabbed", '{"alternate_style": true}'),))
    assert [piece.text for piece in tabbed.pieces] == ["甲", "乙"]


def test_links_to_headings_of_the_sites_own_are_no_text():
    assert view("甲", (("toc", '{"permalink": true, "slugify": null}'),)).title == "节"
