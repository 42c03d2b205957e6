"""What other programs read in a printed handbook, and what happens when printing fails."""

import re
import subprocess

import page as page_validation
import pytest
from tests.conftest import write_files


def read(*command):
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def text(pdf):
    return read("pdftotext", "-layout", pdf, "-")


def test_the_file_says_what_it_is(pdf):
    info = dict(re.findall(r"^([^:]+):\s+(.*)$", read("pdfinfo", pdf), re.MULTILINE))

    assert info["Title"] == "样书"
    assert info["Author"] == "样例公司"
    assert info["CreationDate"].startswith("Tue Nov 14")
    assert info["Tagged"] == "yes"
    assert "A4" in info["Page size"]


def test_the_only_fonts_are_ours_embedded_and_cut_down(pdf):
    rows = [line.split() for line in read("pdffonts", pdf).splitlines()[2:]]

    assert {row[0].partition("+")[2] for row in rows} == {"Noto-Sans-SC", "Noto-Sans-SC-Bold"}
    assert {tuple(row[-5:-2]) for row in rows} == {("yes", "yes", "yes")}


def test_two_accessibility_checkers_find_no_fault(pdf):
    report = page_validation.validate_pdf(pdf, profile="ua1")
    assert report.is_compliant, [failure.rule_id for failure in report.failures]

    conformance = ["outloud", "--layer", "conformance", pdf]
    second = subprocess.run(conformance, capture_output=True, text=True, check=False)
    assert "0 error(s)" in second.stdout, second.stdout


def test_cover_contents_chapters_appendix_and_answers_follow_each_other(text):
    order = [
        "样例公司",
        "2023 年 11 月 14 日",
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

    assert re.search(rf"第 2 章 另一章[ .]+{number}\b", pages[1])
    assert f"另一节（第 {number} 页）" in text
    assert f"第 {number} / {len(pages) - 1} 页" in pages[number - 1]


def test_no_answer_stands_beside_an_exercise_and_both_name_the_page_of_the_other(text):
    pages = text.split("\f")
    exercise = next(n for n, page in enumerate(pages, 1) if "客户来电投诉，坐席第一步做什么" in page)
    answer = next(n for n, page in enumerate(pages, 1) if "让客户再打一次等于拒收" in page)

    assert exercise < answer
    assert f"答案在第 {answer} 页" in pages[exercise - 1]
    assert f"第 1 题（第 {exercise} 页）" in pages[answer - 1]
    assert re.search(r"□ ?A +请客户冷静下来再打", pages[exercise - 1])


def test_an_answer_quotes_its_evidence_with_the_page_of_each_sentence(text):
    pages = [re.sub(r"\s", "", page) for page in text.split("\f")]
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


def test_a_flowchart_is_vectors_and_text(pdf, text):
    assert "听清了吗" in text
    assert len(read("pdfimages", "-list", pdf).splitlines()) == 2


def test_an_unchanged_handbook_is_not_rendered_again(printed, pdf):
    before = pdf.read_bytes()
    pdf.unlink()
    done = printed.run()

    assert "没有变化" in done.stdout
    assert pdf.read_bytes() == before


def test_two_processes_write_the_same_bytes(printed, pdf):
    before = pdf.read_bytes()
    for kept in (printed.root / ".cache/pdf").glob("handbook-*"):
        kept.unlink()
    done = printed.run(PYTHONHASHSEED="7")

    assert "已写好" in done.stdout
    assert pdf.read_bytes() == before


def test_the_answers_can_be_left_out(printed):
    target = printed.root / "out/exercises.pdf"
    done = printed.run("--without-answers", "--out", target)
    text = read("pdftotext", "-layout", target, "-")

    assert done.returncode == 0, done.stdout
    assert "客户来电投诉，坐席第一步做什么" in text
    assert "让客户再打一次等于拒收" not in text
    assert "答案在第" not in text


def test_a_chapter_alone_takes_the_facts_it_uses_with_it(printed):
    done = printed.run("--chapter", "sample")
    text = read("pdftotext", "-layout", printed.root / "site/pdf/sample.pdf", "-")

    assert done.returncode == 0, done.stdout
    assert "办法第18条" in text
    assert "办法第43条" not in text
    assert "别的内容" not in text


def test_a_chapter_that_is_not_there_is_misuse_and_the_others_are_named(printed):
    done = printed.run("--chapter", "claims")

    assert done.returncode == 2
    assert done.stderr == "没有章节 'claims'；请从这些里选：sample、other。\n"


BLOCKED = {
    "pango": (
        "weasyprint/__init__.py",
        "raise OSError(\"cannot load library 'libpango-1.0-0'\")",
        "系统缺少排版用的 Pango",
    ),
    "fonts": ("sitecustomize.py", "import sys\nsys.modules['justmytype_intl_cjk'] = None", "没有安装中文字体包"),
    "disk": (
        "sitecustomize.py",
        (
            "import errno, os\ndef full(*_): raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))\nos.replace = full\n"
            "import pathlib\npathlib.Path.replace = full"
        ),
        "No space left on device",
    ),
}


@pytest.mark.parametrize("what", BLOCKED)
def test_what_printing_lacks_is_one_line_and_the_previous_pdf_stays(printed, pdf, tmp_path, what):
    name, code, said = BLOCKED[what]
    write_files(tmp_path, {name: code})
    kept, before = printed.root / ".cache/pdf", pdf.read_bytes()
    kept.rename(printed.root / ".cache/away")
    try:
        done = printed.run(blocked=str(tmp_path))
    finally:
        if kept.exists():
            for left in kept.iterdir():
                left.unlink()
            kept.rmdir()
        (printed.root / ".cache/away").rename(kept)

    assert done.returncode == 1, done.stderr
    assert said in done.stdout
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
    assert pdf.read_bytes() == before


def test_a_file_where_a_folder_should_be_is_one_line(printed, tmp_path):
    (tmp_path / "out").write_text("x")
    done = printed.run("--out", tmp_path / "out/handbook.pdf")

    assert done.returncode == 1
    assert re.fullmatch(r".*/out: 写不进去（.*）；.*\n", done.stdout)
    assert (tmp_path / "out").read_text() == "x"


def test_a_site_older_than_its_sources_is_not_printed(printed):
    chapter = printed.root / "docs/chapters/other.md"
    before = chapter.read_text(encoding="utf-8")
    chapter.write_text(before + "\n后来加的。\n", encoding="utf-8")
    try:
        done = printed.run()
    finally:
        chapter.write_text(before, encoding="utf-8")

    assert done.returncode == 1
    assert "网站比现在的手册旧" in done.stdout
