"""What people and programs read in a printed handbook."""

import io
import re
import subprocess

import page as page_validation
import pikepdf
import pytest
from lxml import html
from PIL import Image
from tests.conftest import ROOT

from handbook.press import typst
from handbook.press.tree import Document, Heading, Item, Paragraph, Picture, Profile, Row, Run, Table


def read(*command):
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=True).stdout


def said(pdf):
    """Return what is read on the pages, without what cannot be seen, each ended by a form feed."""
    return re.sub(r"[^\S\f]|[\u200b\u2060]", "", read("pdftotext", "-raw", pdf, "-"))


@pytest.fixture(scope="module")
def text(pdf):
    return said(pdf)


def test_the_file_says_what_it_is(pdf):
    info = dict(re.findall(r"^([^:]+):\s+(.*)$", read("pdfinfo", pdf), re.MULTILINE))

    assert info["Title"] == "样书"
    assert info["Author"] == "样例公司"
    assert info["CreationDate"].startswith("Tue Nov 14")
    assert info["Tagged"] == "yes"
    assert "A4" in info["Page size"]


def test_the_only_fonts_are_ours_embedded_and_cut_down(pdf):
    rows = [line.split() for line in read("pdffonts", pdf).splitlines()[2:]]

    assert {row[0][6] for row in rows} == {"+"}
    assert all(row[0][7:].startswith("NotoSansSC") for row in rows)
    assert {tuple(row[-5:-2]) for row in rows} == {("yes", "yes", "yes")}


def test_two_accessibility_checkers_find_no_fault(pdf):
    report = page_validation.validate_pdf(pdf, profile="ua1")
    assert report.is_compliant, [failure.rule_id for failure in report.failures]

    conformance = ["outloud", "--layer", "conformance", pdf]
    second = subprocess.run(conformance, capture_output=True, text=True, check=False)
    assert "0 error(s), 0 warning(s)" in second.stdout, second.stdout


def test_cover_contents_chapters_appendix_and_answers_follow_each_other(text):
    order = [
        "样例公司",
        "2023年11月14日",
        "目录",
        "学完本章",
        "客户来电投诉，坐席第一步",
        "别的内容",
        "办法第18条",
        "见第一节",
        "答案：B",
    ]

    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert "这一页不印" not in text


def test_contents_and_references_name_the_page_of_their_target(text):
    pages = text.split("\f")
    number = next(n for n, page in enumerate(pages, 1) if "别的内容" in page)

    assert re.search(rf"第2章另一章\.+{number}\D", pages[1])
    assert f"另一节（第{number}页）" in text
    assert f"第{number}/{len(pages) - 1}页" in pages[number - 1]


def test_no_answer_stands_beside_an_exercise_and_both_name_the_page_of_the_other(text):
    pages = text.split("\f")
    exercise = next(n for n, page in enumerate(pages, 1) if "客户来电投诉，坐席第一步做什么" in page)
    answer = next(n for n, page in enumerate(pages, 1) if "让客户再打一次等于拒收" in page)

    assert exercise < answer
    assert f"单选题答案（第{answer}页）客户来电投诉" in pages[exercise - 1]
    assert f"1-1答案：B题目（第{exercise}页）" in pages[answer - 1]
    assert "A.请客户冷静下来再打" in pages[exercise - 1]


def test_an_item_is_called_by_its_chapter_and_its_place_there_and_never_by_its_id(printed, text):
    article = html.parse(printed.root / "site/chapters/sample/index.html")
    ids = [item.get("data-item") for item in article.iter("handbook-item")]

    assert ids
    assert [name for name in ids if name in text] == []
    assert [f"1-{n}" for n in range(1, len(ids) + 1)] == sorted(
        set(re.findall(r"(?<!\d)1-\d(?=单|多|判|简|材|答|参)", text))
    )


def test_an_answer_quotes_its_evidence_with_the_page_of_each_sentence(text):
    pages = text.split("\f")
    first, deeper = (
        next(n for n, page in enumerate(pages, 1) if words in page) for words in ("见另一节", "答复以书面为准。")
    )

    answers = "".join(pages)
    assert f"依据：第1章更细的一节（第{deeper}页）：“答复以书面为准”" in answers
    assert f"第1章第一节（第{first}页）：“先听完，再登记”" in answers
    assert f"第1章更细的一节（第{deeper}页）：“答复…书面为准”" in answers


def test_what_a_reader_may_fold_is_printed_open_and_external_addresses_are_shown(text):
    assert "折起来的字也要印出来" in text
    assert "https://example.org/rules" in text
    assert "规定（https://example.org/long）" in text


def test_characters_that_mean_something_to_typesetters_print_as_themselves(text):
    assert "#x$y$@z//<a>*b*\\d[[[[" in text


def test_a_flowchart_is_vectors_and_text_and_described(pdf, text):
    assert "听清了吗" in text
    assert len(read("pdfimages", "-list", pdf).splitlines()) == 2
    with pikepdf.open(pdf) as opened:
        assert "受理流程：先听，后记。" in [
            str(part.Alt) for part in structure(opened.Root.StructTreeRoot) if "/Alt" in part
        ]


def test_a_flowchart_stands_beside_its_steps(pdf):
    boxes = r'<page|<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)'
    page, words = 0, {}
    for found in re.finditer(boxes, read("pdftotext", "-bbox", pdf, "-")):
        page += found[0] == "<page"
        if found[5]:
            words[found[5]] = page, *map(float, found.groups()[:4])
    step, last, node = words["先问清是谁来电；"], words["再逐项登记下来。"], words["听清了吗"]

    assert step[0] == last[0] == node[0]
    assert step[3] < node[1], "the chart is at the right of the steps"
    top, bottom = words["先听完"][2], words["登记"][4]
    assert abs(step[2] - top) < 30
    assert last[4] < bottom, "the steps are not above the chart"


def structure(part):
    """Yield all that a tag and the tags within it say."""
    yield part
    for kid in part.get("/K", []) if isinstance(part.get("/K"), pikepdf.Array) else [part.get("/K")]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from structure(kid)


def test_the_cover_shows_the_company_as_its_profile_says(tmp_path):
    seal = io.BytesIO()
    Image.new("RGB", (60, 30), "red").save(seal, "PNG")
    profile = Profile("样例公司", Picture(seal.getvalue(), "png", "样例公司的标志"), "#aa0000")
    cover = (Paragraph((Run("样书"),), "cover-title"), Paragraph((Run("给客服人员"),), "cover-scope"))
    target = tmp_path / "cover.pdf"
    target.write_bytes(typst.pdf(typst.sources(Document("样书", "handbook", cover, profile), ROOT / "overrides/print")))

    assert said(target).startswith("样例公司样书给客服人员")
    with pikepdf.open(target) as opened:
        assert [str(part.Alt) for part in structure(opened.Root.StructTreeRoot) if "/Alt" in part] == ["样例公司的标志"]


HUGE = "[" * 100_000


@pytest.mark.parametrize(
    "block",
    [
        Paragraph((Run(HUGE),)),
        Item("1-1", (Paragraph((Run(HUGE),)),), "exercise"),
        Item("1-1", (Paragraph((Run("答案"),)), Paragraph((Run(HUGE),))), "answer"),
        Table((Row(((Paragraph((Run("头"),)),),)), Row(((Paragraph((Run(HUGE),)),),)))),
    ],
    ids=["paragraph", "exercise", "answer", "table"],
)
def test_a_hundred_thousand_brackets_are_printed_on_as_many_pages_as_they_need(block, tmp_path):
    document = Document("样书", "handbook", (Heading(1, (Run("章"),)), block))
    target = tmp_path / "long.pdf"
    target.write_bytes(typst.pdf(typst.sources(document, ROOT / "overrides/print")))

    assert read("pdftotext", target, "-").count("[") == len(HUGE)


def test_the_answers_can_be_left_out(printed):
    target = printed.root / "out/exercises.pdf"
    done = printed.run("--without-answers", "--out", target)
    text = said(target)

    assert done.returncode == 0, done.stdout
    assert "客户来电投诉，坐席第一步做什么" in text
    assert "让客户再打一次等于拒收" not in text
    assert "答案（第" not in text
    assert "参考答案不含" in text


def test_a_chapter_alone_takes_the_facts_it_uses_with_it(printed):
    done = printed.run("--chapter", "sample")
    text = said(printed.root / "site/pdf/sample.pdf")

    assert done.returncode == 0, done.stdout
    assert "办法第18条" in text
    assert "办法第43条" not in text
    assert "别的内容" not in text
