"""A document of blocks as Word takes it: every block, in an order that the schema of WordprocessingML allows."""

import io
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree
from tests.conftest import ROOT

from handbook.press.tree import (
    Anchor,
    Beside,
    Box,
    Break,
    Columns,
    Contents,
    Document,
    Entry,
    Gap,
    Heading,
    Item,
    Lines,
    List,
    Mark,
    Marks,
    Options,
    PageOf,
    Paragraph,
    Picture,
    Row,
    Run,
    Seal,
    Table,
)
from handbook.press.word import docx
from handbook.problems import Refusal

PRINT = ROOT / "overrides/print"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORDERS = {
    name: order.split()
    for name, order in {
        "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
            suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
            snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
            textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
        "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
            vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
            lang eastAsianLayout specVanish oMath""",
        "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
            tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
        "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign
            hideMark""",
        "tcBorders": "top left bottom right insideH insideV tl2br tr2bl",
        "tcMar": "top left bottom right",
        "tblCellMar": "top left bottom right",
        "sectPr": """headerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
            pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid""",
        "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
            personal pPr rPr tblPr trPr tcPr tblStylePr""",
        "settings": """zoom defaultTabStop characterSpacingControl noLineBreaksAfter noLineBreaksBefore compat
            themeFontLang decimalSymbol listSeparator""",
        "font": "altName panose1 charset family notTrueType pitch sig",
        "tbl": "bookmarkStart tblPr tblGrid tr",
        "tc": "tcPr p",
    }.items()
}
"""ECMA-376, part 1: the order in which the schema wants what stands within an element."""


def said(*texts):
    return tuple(map(Run, texts))


def told(text):
    return Paragraph(said(text))


def png(width=4, height=2):
    """The smallest picture that anyone shows."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes(width) for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


BLOCKS = (
    Heading(1, said("一、单选题"), "part", ("得分", "阅卷人")),
    Heading(2, said("小节"), "section"),
    Paragraph((Run("见"), Run("上文", link="#part"), PageOf("part"), Gap(), Anchor("middle"), Run("粗", strong=True))),
    Paragraph((Run("写在"), Gap(5, bracketed=False), Run("外面", link="https://example.org/?a=1&b=2")), "basis"),
    List(((told("一"), List(((told("内"),),))), (told("二"), told("续"))), ordered=True, start=3),
    Table(
        (Row(((told("头"),), (told("头二"),))), Row(((told("甲"),), (told("乙"),)), "row")),
        row_heads=True,
        widths=(1, 3),
    ),
    Table((Row(((told("挨着的表"),), ())),), 0),
    Box(said("材料"), (told("正文"), Table((Row(((told("框里的表"),),)),))), "material"),
    Picture(b"<svg/>", "svg", "先听清，再查询", "图一", "chart"),
    Picture(png(), "png", "一片黑", "图二", width=30),
    Item(
        "1.",
        (told("题干"), told("续段"), Options((("A.", said("子")), ("B.", said("丑")), ("C.", said("寅"))), 2)),
        "question",
        said("易"),
        "item",
    ),
    Item("2.", (told("写"), Lines(12)), "question", together=False),
    Item("3.", (Box((), (told("先有框"),)), Options((("（1）", said("卯")), ("（2）", said("辰"))))), "exercise"),
    Marks(
        (
            (Mark("label", "7"), Mark("bubble", "A"), Mark("bubble", "B", filled=True), None, Mark("bubble", "D")),
            (Mark("square"), None, Mark("square"), None, None),
        ),
        7,
        5.5,
    ),
    Beside(((Marks(((Mark("bubble", "0"),) * 5,), 6, 5),), (told("右"),), ()), (0, 1, 1)),
    Columns((told("栏一"), told("栏二"))),
    Columns((told("栏三"),)),
    Contents((Entry(1, "目录一", "part"), Entry(2, "目录二", "item"))),
    Break(),
    told("次页"),
    Break(),
    Table((Row(((told("表在新页"),),)),)),
    Columns((told("末"),)),
)
SEAL = Seal(("部门", "姓名"), "密封线内不要答题")
DOCUMENT = Document("样卷", "paper", BLOCKS, head="某某保险公司", foot="脚", seal=SEAL)


def written(*blocks, **others):
    return docx(replace(DOCUMENT, blocks=blocks or BLOCKS, **others), PRINT)


def parts(content):
    """The parts in XML, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(("xml", "rels"))
        }


def body(*blocks, **others):
    return parts(written(*blocks, **others))["word/document.xml"].find(f"{W}body")


def texts(tree):
    return [one.text for one in tree.iter(f"{W}t") if (one.text or "").strip("\u2007\u2060 ")]


def style_of(paragraph):
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def local(element):
    return etree.QName(element).localname


def kept(tree):
    """The text of each paragraph that stays with the next."""
    return ["".join(texts(one)) for one in tree.iter(f"{W}p") if one.find(f"{W}pPr/{W}keepNext") is not None]


@pytest.mark.parametrize("sheet", ["a4", "a3"])
def test_properties_stand_in_the_order_of_the_schema(sheet):
    disordered, seen = [], set()
    for name, root in parts(written(sheet=sheet)).items():
        for element in root.iter(*(f"{W}{known}" for known in ORDERS)):
            order = ORDERS[local(element)]
            places = [
                order.index(local(child).replace("footerR", "headerR"))
                for child in element
                if local(child) not in ("tbl", "bookmarkEnd")
            ]
            seen.add(local(element))
            if places != sorted(places):
                disordered.append((name, etree.tostring(element)[:300]))

    assert disordered == []
    assert seen == ORDERS.keys()


def test_a_cell_a_section_and_the_body_end_in_a_paragraph():
    tree = body()

    assert {local(cell[-1]) for cell in tree.iter(f"{W}tc")} == {"p"}
    assert [local(one) for one in tree][-2:] == ["p", "sectPr"]
    assert tree[-2].find(f"{W}pPr/{W}sectPr") is None


def test_no_two_tables_touch():
    touching = [one for one in body().iter(f"{W}tbl") if one.getnext() is not None and local(one.getnext()) == "tbl"]

    assert touching == []


def test_every_row_fills_the_grid_of_its_table():
    for table in body().iter(f"{W}tbl"):
        grid = [int(one.get(f"{W}w")) for one in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        for row in table.iterfind(f"{W}tr"):
            spans = [one.find(f"{W}tcPr/{W}gridSpan") for one in row.iterfind(f"{W}tc")]
            widths = [int(one.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for one in row.iterfind(f"{W}tc")]
            assert sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) == len(grid)
            assert abs(sum(widths) - sum(grid)) <= len(grid)


def test_names_are_unique_and_lead_somewhere():
    found = parts(written())
    tree, styles = found["word/document.xml"], found["word/styles.xml"]
    for elements, key in [
        (tree.iter("{*}docPr"), "id"),
        (tree.iter(f"{W}bookmarkStart"), f"{W}id"),
        (tree.iter(f"{W}bookmarkStart"), f"{W}name"),
        (styles.iter(f"{W}style"), f"{W}styleId"),
        ((one.find(f"{W}name") for one in styles.iter(f"{W}style")), f"{W}val"),
    ]:
        counted = Counter(one.get(key) for one in elements)
        assert counted
        assert set(counted.values()) == {1}
    defined = {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    used = {
        one.get(f"{W}val") for root in found.values() for one in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}basedOn")
    }
    places = {one.get(f"{W}name") for one in tree.iter(f"{W}bookmarkStart")}
    links = list(tree.iter(f"{W}hyperlink"))
    targets = {one.get("Id"): one.get("Target") for one in found["word/_rels/document.xml.rels"]}

    assert used == defined
    assert {one.get(f"{W}anchor") for one in links if one.get(f"{W}anchor")} <= places
    assert [targets[one.get(f"{R}id")] for one in links if one.get(f"{R}id")] == ["https://example.org/?a=1&b=2"]


def test_a_document_says_all_of_its_blocks_in_their_order():
    assert texts(body()) == (
        "得分 阅卷人 一、单选题 小节 见 上文 （\u2007\u2007\u2007\u2007\u2007\u2007） 粗 写在 外面 3. 一 • 内 4. 二 续"
        " 头 头二 甲 乙 挨着的表 材料 正文 框里的表 先听清，再查询 图一 图二 易 1. 题干 续段 A. 子 B. 丑 C. 寅 2. 写"
        " 3. 先有框 （1） 卯 （2） 辰 7 A B D 0 0 0 0 0 右 栏一 栏二 栏三 目录一 目录二 次页 表在新页 末"
    ).replace("（\u2007", "\u2060（\u2007").split(" ")


def test_the_same_document_is_the_same_bytes():
    assert written() == written()


def test_the_file_says_of_itself_only_its_title_and_language():
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        names = archive.namelist()
        core = etree.fromstring(archive.read("docProps/core.xml"))

    assert sorted((local(one), one.text) for one in core) == [("language", "zh-CN"), ("title", "样卷")]
    assert [name for name in names if name.startswith(("docProps/", "customXml/"))] == ["docProps/core.xml"]


def test_lines_break_by_chinese_rules_in_chinese_text():
    found = parts(written())
    defaults = found["word/styles.xml"].find(f"{W}docDefaults")
    (mode,) = found["word/settings.xml"].iter(f"{W}compatSetting")

    assert defaults.find(f".//{W}kinsoku") is not None
    assert defaults.find(f".//{W}lang").get(f"{W}eastAsia") == "zh-CN"
    assert (mode.get(f"{W}name"), mode.get(f"{W}val")) == ("compatibilityMode", "15")


def test_a_font_names_the_one_that_stands_in_for_it():
    fonts = parts(written())["word/fontTable.xml"]
    named = {one.get(f"{W}name"): one.find(f"{W}altName").get(f"{W}val") for one in fonts}

    assert named == {
        "Times New Roman": "Liberation Serif",
        "宋体": "SimSun",
        "Arial": "Liberation Sans",
        "黑体": "SimHei",
    }


def test_a_gap_is_one_run_of_a_fixed_width_that_belongs_to_no_language():
    runs = [one for one in body().iter(f"{W}r") if one.find(f"{W}rPr/{W}fitText") is not None]
    bracketed, ruled = runs

    assert [one.find(f"{W}t").text for one in runs] == [f"\u2060（{6 * chr(0x2007)}）", "\u2060" + 10 * chr(0x2007)]
    assert bracketed.find(f"{W}rPr/{W}fitText").get(f"{W}val") == "1050"  # five characters of 10.5 points
    assert ruled.find(f"{W}rPr/{W}u").get(f"{W}val") == "single"
    assert {one.find(f"{W}rPr/{W}lang").get(f"{W}eastAsia") for one in runs} == {"x-none"}


def test_a_style_is_named_only_where_it_is_used():
    names = {one.get(f"{W}val") for one in parts(written(told("甲")))["word/styles.xml"].iter(f"{W}name")}

    assert names == {"Normal", "header", "footer", "密封线栏目", "密封线"}


def test_marks_stand_in_a_grid_of_exact_lengths():
    tree = body(BLOCKS[13])
    (table,) = tree.iter(f"{W}tbl")
    heights = [one.find(f"{W}trPr/{W}trHeight") for one in table.iter(f"{W}tr")]
    bordered = [one for one in table.iter(f"{W}tc") if one.find(f"{W}tcPr/{W}tcBorders") is not None]

    assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
    assert {one.get(f"{W}hRule") for one in heights} == {"exact"}
    assert [round(int(one.get(f"{W}val")) / 56.7, 1) for one in heights] == [1.1, 3.4, 1.4, 4.7, 0.4]
    assert [round(int(one.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) / 56.7, 1) for one in bordered] == [5.0] * 3 + [4.7] * 2
    assert ["".join(texts(one)) for one in bordered] == ["A", "B", "D", "", ""]
    assert sum(one.find(f"{W}tcPr/{W}shd") is not None for one in bordered) == 1


def test_a_head_is_repeated_and_its_rows_are_whole():
    table = next(body(BLOCKS[5]).iter(f"{W}tbl"))
    heads = [one.find(f"{W}trPr/{W}tblHeader") is not None for one in table.iter(f"{W}tr")]
    look = table.find(f"{W}tblPr/{W}tblLook")

    assert heads == [True, False]
    assert all(one.find(f"{W}trPr/{W}cantSplit") is not None for one in table.iter(f"{W}tr"))
    assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")
    assert [style_of(one) for one in table.iter(f"{W}p")] == ["cell-head", "cell-head", "cell-head", "cell"]


def test_fields_stand_in_a_frame_beside_their_heading():
    tree = body(BLOCKS[0], told("甲"))
    (table,) = tree.iter(f"{W}tbl")
    bordered = ["".join(texts(one)) for one in table.iter(f"{W}tc") if one.find(f"{W}tcPr/{W}tcBorders") is not None]

    assert bordered == ["得分", "阅卷人", "", ""]
    assert all(one.find(f"{W}pPr/{W}keepNext") is not None for one in table.iter(f"{W}p"))
    assert [style_of(one) for one in table.iter(f"{W}p") if "一、单选题" in texts(one)] == ["heading-1"]


def test_headings_and_pictures_are_told_to_who_does_not_see_them():
    found = parts(written())
    levels = {
        one.find(f"{W}name").get(f"{W}val"): one.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val")
        for one in found["word/styles.xml"].iter(f"{W}style")
        if one.find(f"{W}pPr/{W}outlineLvl") is not None
    }

    assert levels == {"heading 1": "0", "heading 2": "1"}
    assert [one.get("descr") for one in found["word/document.xml"].iter("{*}docPr")] == ["一片黑"]


def test_an_item_stays_together_and_lets_go_of_the_next():
    assert kept(body(BLOCKS[10], told("乙"))) == ["易", "1.题干", "续段", "A.子", "B.丑"]


def test_lines_to_write_on_may_part_but_for_the_first_two():
    tree = body(BLOCKS[11])

    assert kept(tree) == ["2.写", ""]


def test_no_two_lines_to_write_on_are_alike_or_word_would_draw_but_the_last():
    lines = [one for one in body(BLOCKS[11]).iter(f"{W}p") if style_of(one) == "line"]
    colours = [one.find(f"{W}pPr/{W}pBdr/{W}bottom").get(f"{W}color") for one in lines]

    assert len(lines) == 12
    assert [one for one, following in pairwise(colours) if one == following] == []


def test_an_item_over_pages_keeps_its_beginning():
    assert kept(body(Item("1.", (told("甲"), told("乙"), told("丙")), "key", together=False))) == ["1.甲"]


def test_a_page_begins_once_for_each_break():
    broken = [one for one in body().iter(f"{W}p") if one.find(f"{W}pPr/{W}pageBreakBefore") is not None]

    assert [texts(one) for one in broken] == [["次页"], ["表在新页"]]


def test_columns_are_sections_of_their_own():
    sections = [
        (one.find(f"{W}cols").get(f"{W}num"), one.find(f"{W}type").get(f"{W}val")) for one in body().iter(f"{W}sectPr")
    ]

    assert sections[:4] == [("1", "nextPage"), ("2", "continuous"), ("1", "continuous"), ("2", "continuous")]
    assert len(sections) == 7


def test_a3_lies_across_in_two_columns():
    (section,) = body(told("甲"), Columns((told("乙"),)), sheet="a3").iter(f"{W}sectPr")
    size = section.find(f"{W}pgSz")

    assert (size.get(f"{W}orient"), int(size.get(f"{W}w")) > int(size.get(f"{W}h"))) == ("landscape", True)
    assert section.find(f"{W}cols").get(f"{W}num") == "2"


def test_the_seal_stands_on_the_first_page_alone():
    found = parts(written())
    section = next(found["word/document.xml"].iter(f"{W}sectPr"))
    targets = {one.get("Id"): one.get("Target") for one in found["word/_rels/document.xml.rels"]}
    heads = {
        one.get(f"{W}type"): found[f"word/{targets[one.get(f'{R}id')]}"] for one in section.iter(f"{W}headerReference")
    }
    upright = [one.get(f"{W}val") for one in heads["first"].iter(f"{W}textDirection")]

    assert section.find(f"{W}titlePg") is not None
    assert texts(heads["default"]) == ["某某保险公司"]
    assert "".join(texts(heads["first"])).replace("\u3000", "") == "部门姓名密封线密封线内不要答题某某保险公司"
    assert upright == ["btLr", "btLr"]


def test_without_head_and_seal_pages_have_but_a_foot():
    found = parts(written(told("甲"), head="", seal=None))
    (foot,) = (root for name, root in found.items() if name.startswith("word/footer"))

    assert not any(name.startswith("word/header") for name in found)
    assert "".join(texts(foot)) == "脚第 1 / 1 页"
    assert [one.get(f"{W}instr") for one in foot.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_a_seal_without_fields_is_a_line():
    first = parts(written(told("甲"), seal=Seal((), "密封线内不要答题"), head=""))["word/header2.xml"]

    assert "".join(texts(first)).replace("\u3000", "") == "密封线密封线内不要答题"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("paper-a4:", "paper-b5:", "`pages:` 下面没有 'paper-a4' 这种页面；请照别的页面补上。"),
        ("align: center", "align: middle", "'align' 不能是 `middle`；请写成"),
        ("size: 17", "size: 大", "'size' 应当是数，现在是 `大`；请对照示例改写，注意缩进。"),
        ("size: 17", "size: 0", "'size' 不能是 0；请写一个不小于 1 的数。"),
        ('border: "#808080"', "border: red", "'border' 写成了 `red`，格式不对；请写成井号加六位"),
        ("hanging: 8", "hangin: 8", "有不认识的字段 'hangin'；请检查拼写，也许是 'hanging'。"),
        ("fonts: heading", "fonts: 楷体", "'fonts' 不能是 `楷体`；请写成 'body' 或 'heading' 之一。"),
        ("pages:", "page:", "缺少字段 'pages'；请补上 `pages:`。"),
    ],
)
def test_what_is_wrong_with_the_looks_is_said_at_its_line(tmp_path, monkeypatch, old, new, message):
    lines = (PRINT / "word.yml").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if old in line)
    lines[at] = lines[at].replace(old, new, 1)
    (tmp_path / "word.yml").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refusal) as refused:
        docx(DOCUMENT, tmp_path)
    said_there = [str(problem) for problem in refused.value.problems if message in str(problem)]

    assert said_there
    assert "缺少" in message or "没有" in message or said_there[0].startswith(f"word.yml:{at + 1}: ")


def test_missing_looks_are_said_in_one_line(tmp_path):
    with pytest.raises(Refusal, match=r"word\.yml:1: 读不出这个文件"):
        docx(DOCUMENT, tmp_path)
