"""The Word documents as Word and LibreOffice take them: styles, fonts, fields, pages."""

import re
from collections import Counter

import pytest
from handbook.papers.styles import STYLES
from lxml import etree
from tests.papers.conftest import WORD, members, pages, paragraphs, squeezed

DOCUMENTS = ["试卷.docx", "答题卡.docx", "答案与评分标准.docx"]


def tree(files, name, part="word/document.xml"):
    return etree.fromstring(members(files[name])[part])


def styles_used(files, name):
    return Counter(one.get(f"{WORD}val") for one in tree(files, name).iter(f"{WORD}pStyle"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_paragraph_has_a_style_of_ours(files, name):
    names = {name.replace(" ", "") for name in STYLES}
    root = tree(files, name)

    assert set(styles_used(files, name)) <= names
    assert sum(styles_used(files, name).values()) == sum(1 for _ in root.iter(f"{WORD}p"))


def test_every_style_is_used(files):
    used = {style for name in DOCUMENTS for style in styles_used(files, name)} | {"Footer", "Normal"}

    assert {name.replace(" ", "") for name in STYLES} - used == {
        "选项四栏",
        "题干续段",
    }  # no option here is so short, no stem so long


def test_styles_name_fonts_for_chinese_text(files):
    root = tree(files, "试卷.docx", "word/styles.xml")
    fonts = {
        style.find(f"{WORD}name").get(f"{WORD}val"): style.find(f"{WORD}rPr/{WORD}rFonts").get(f"{WORD}eastAsia")
        for style in root.iter(f"{WORD}style")
        if style.find(f"{WORD}name").get(f"{WORD}val") in STYLES
    }

    assert (fonts["题干"], fonts["选项"], fonts["Title"]) == ("宋体", "宋体", "黑体")
    assert next(root.iter(f"{WORD}lang")).get(f"{WORD}eastAsia") == "zh-CN"


def test_the_page_is_a4(files):
    size = next(tree(files, "试卷.docx").iter(f"{WORD}pgSz"))

    assert (round(int(size.get(f"{WORD}w")) / 56.7), round(int(size.get(f"{WORD}h")) / 56.7)) == (210, 297)


def test_the_footer_counts_pages_by_fields(files):
    fields = [one.get(f"{WORD}instr") for one in tree(files, "试卷.docx", "word/footer1.xml").iter(f"{WORD}fldSimple")]

    assert fields == ["PAGE", "NUMPAGES"]


def test_a_stem_stays_with_its_options_and_the_last_option_lets_go(files):
    kept = []
    for paragraph in tree(files, "试卷.docx").iter(f"{WORD}p"):
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle").get(f"{WORD}val")
        if style in {"题干", "选项", "答题行"}:
            kept.append((style, paragraph.find(f"{WORD}pPr/{WORD}keepNext") is not None))
    ends = [
        one[1]
        for one, following in zip(kept, [*kept[1:], ("题干", False)], strict=True)
        if following[0] == "题干" and one[0] != "题干"
    ]

    assert ends == [False] * len(ends)
    assert len(ends) > 15
    assert kept[0] == ("题干", True)


def test_tables_repeat_their_head(files):
    tables = [table for name in DOCUMENTS for table in tree(files, name).iter(f"{WORD}tbl")]
    heads = [next(table.iter(f"{WORD}tr")).find(f"{WORD}trPr/{WORD}tblHeader") for table in tables]

    assert tables
    assert None not in heads


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_space_stands_in_for_a_tab(files, name):
    assert [line for line in paragraphs(files[name]) if "  " in line] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_libreoffice_shows_all_the_text(files, converted, name):
    shown = squeezed("".join(pages(converted[name])))
    lost = [line for line in paragraphs(files[name]) if squeezed(line) not in shown]

    assert [line for line in lost if not _broken_over_pages(line, shown)] == []


def _broken_over_pages(line, shown):
    """Tell whether both halves are there: a footer stands between them."""
    half = len(squeezed(line)) // 2
    return squeezed(line)[: half // 2] in shown and squeezed(line)[-half // 2 :] in shown


@pytest.mark.parametrize("name", DOCUMENTS)
def test_libreoffice_numbers_the_pages(converted, record, name):
    texts = pages(converted[name])

    for number, text in enumerate(texts, 1):
        assert f"第{number}/{len(texts)}页" in squeezed(text)
        assert f"A卷·记录{record.id}" in squeezed(text)


def test_libreoffice_needs_as_many_pages_as_the_pdf(files, converted):
    for kind in ("试卷", "答案与评分标准"):
        assert abs(len(pages(converted[f"{kind}.docx"])) - len(pages(files[f"{kind}.pdf"]))) <= 2


def test_the_answer_sheet_is_one_page_in_libreoffice(converted):
    sheets = [name for name in converted if name.startswith("答题卡")]

    assert len(sheets) == 3
    assert {name: len(pages(converted[name])) for name in sheets} == dict.fromkeys(sheets, 1)


def test_items_stay_together_in_libreoffice(converted):
    texts = pages(converted["试卷.docx"])
    first_lines = [re.sub(r"\s", "", text)[:3] for text in texts]

    assert [line for line in first_lines if re.match(r"[B-E]\.", line)] == []
