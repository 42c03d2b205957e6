"""The card for the pocket: it says what facts and scripts say, it has room for all it says, and others can read it."""

import re
import subprocess
import tempfile
from datetime import date

import page as page_validation
import pypdfium2
import pytest
from tests.conftest import ROOT, write_files
from tests.print.conftest import Project

from handbook.book import read_book
from handbook.checks import all_problems
from handbook.checks.card import PANELS
from handbook.pdf.card import card
from handbook.pdf.parts import Parts
from handbook.press import typst
from handbook.press.tree import Paragraph, Table, plain
from handbook.problems import Unpublishable

FACTS = """facts:
  company-name: {topic: 公司, title: 公司全称, value: 样例公司, basis: 执照, status: company, checked: 2026-01-01}
  hotline: {topic: 公司, title: 热线, value: 400-123-4567, basis: 承诺, status: company, checked: 2026-01-01}
  decision: {topic: 投诉, title: 处理决定, value: 15日, days: calendar, basis: 办法第18条, status: law, checked: 2026-02-01, note: 自收到投诉之日起算。}
  receipt: {topic: 保全, title: 保全受理, value: 2个工作日, days: working, basis: 规定第19条, status: secondary, checked: 2026-03-01}
  contact: {topic: 公司, title: 首次联系, value: 24小时, basis: 承诺, status: company, checked: 2026-04-01}
"""
CHAPTER = """# 投诉 { #complaints }

## 怎么办 { #steps }

登记后 {{ contact }} 内联系，{{ company-name }}，{{ receipt }}，{{ decision }}。

1. 先**听完**，见[期限](#steps)
2. 再登记

## 说法 { #phrases }

| 情境 | 可以这样说 | 不要这样说 |
| --- | --- | --- |
| 客户问几天 | “一般 {{ decision }} 内。” | “快了。” |
| 客户哭了 | “我在听。” | “别哭。” |
"""
CARD = """panels:
  cover:
    title: 电话
    text: |
      **热线　{{ hotline }}**
  limits:
    title: 期限
    limits:
      - {fact: decision, start: 收到投诉之日}
      - {fact: receipt, label: 保全受理（待核）}
      - {fact: contact, start: 登记后}
    sections: [complaints.md#steps]
  phrases:
    title: 说什么
    say: [客户问几天, 客户哭了]
  never:
    title: 不说什么
    never: [客户问几天]
"""
FILES = {
    "mkdocs.yml": "site_name: 样书\nextra: {handbook: {print: {company: '{{ company-name }}'}}}\n",
    "docs/facts.yml": FACTS,
    "docs/chapters/complaints.md": CHAPTER,
    "docs/pocket-card.yml": CARD,
}
DAY = date(2026, 5, 6)


@pytest.fixture
def root(tmp_path):
    write_files(tmp_path, FILES)
    (tmp_path / "docs/bank").mkdir()
    (tmp_path / "overrides").symlink_to(ROOT / "overrides")

    return tmp_path


def document(root):
    return card(read_book(root / "mkdocs.yml"), DAY)


def printed(root):
    return typst.pdf(typst.sources(document(root), root / "overrides/print"))


@pytest.fixture(scope="module")
def ours():
    """The card of the handbook itself."""
    return typst.pdf(typst.sources(card(read_book(ROOT / "mkdocs.yml"), DAY), ROOT / "overrides/print"))


def limits(document):
    """Return the rows of all tables of limits as texts."""
    tables = [block for box in document.blocks for block in box.blocks if isinstance(block, Table)]
    return [
        [plain(cell[0].runs) for cell in row.cells] for table in tables for row in table.rows[1:] if len(row.cells) == 3
    ]


def text(pdf):
    """Return what a screen reader is given, in its order, without white space."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        told = subprocess.run(["pdfinfo", "-struct-text", file.name], capture_output=True, check=True).stdout
    lines = re.findall(r'^ +"(.*)"$', told.decode(errors="replace"), re.MULTILINE)

    return re.sub(r"\s", "", "".join(lines))


def test_a_limit_is_said_with_its_standing_the_kind_of_its_days_and_its_start(root):
    assert limits(document(root)) == [
        ["处理决定", "◆ 15日 自然日", "收到投诉之日"],
        ["保全受理（待核）", "△ 2个工作日", "—"],
        ["首次联系", "○ 24小时", "登记后"],
    ]


def test_the_card_says_the_marks_that_it_uses_and_when_its_facts_were_checked(root):
    made = document(root)
    notes = [
        plain(block.runs)
        for box in made.blocks
        for block in box.blocks
        if isinstance(block, Paragraph) and block.style == "note"
    ]

    assert notes == ["◆ 法规要求　○ 公司承诺或公司要求　△ 待合规复核"]
    assert made.foot == "各条期限核对于 2026-02-01 至 2026-04-01。"


def test_phrases_and_steps_come_from_the_pages(root):
    found = text(printed(root))

    for words in ("客户问几天“一般15日内。”", "客户问几天×“快了。”", "客户哭了“我在听。”", "1.先听完，见期限2.再登记"):
        assert words in found
    assert "别哭" not in found


def test_what_changes_in_facts_and_scripts_changes_on_the_card(root):
    write_files(root, {"docs/facts.yml": FACTS.replace("15日", "18日").replace("400-123-4567", "400-765-4321")})
    write_files(root, {"docs/chapters/complaints.md": CHAPTER.replace("我在听", "我不挂")})

    found = text(printed(root))

    assert found.count("18日") == 2
    assert "热线400-765-4321" in found
    assert "“我不挂。”" in found
    assert not [before for before in ("15日", "400-123-4567", "我在听") if before in found]


@pytest.mark.parametrize("has_card", [True, False])
def test_a_card_is_printed_of_a_handbook_that_has_one(root, has_card):
    if not has_card:
        (root / "docs/pocket-card.yml").unlink()

    parts = Parts(read_book(root / "mkdocs.yml"), root / "site", DAY, changed=False).all(answers=True)

    assert ("pdf/pocket-card.pdf" in {part.address for part in parts}) is has_card


def test_a_panel_without_room_is_named_and_nothing_is_printed(root):
    more = "    title: 说什么\n    text: |\n" + "      多了一段。\n\n" * 40
    write_files(root, {"docs/pocket-card.yml": CARD.replace("    title: 说什么\n", more)})

    with pytest.raises(Unpublishable, match=r"^口袋卡的版面“说什么”放不下，多出 \d+ 毫米，PDF 没有生成；.+。$"):
        printed(root)


def test_what_the_check_calls_too_long_cannot_be_printed(root):
    """The check may miss what has no room, yet never calls too long what has."""
    phrases = "".join(f"| 客户第{n:02}次打来问还要等多久 | “{'话' * 31}” | |\n" for n in range(20))
    write_files(root, {"docs/chapters/complaints.md": CHAPTER + phrases})
    for count in range(1, 20):
        say = ", ".join(f"客户第{n:02}次打来问还要等多久" for n in range(count))
        write_files(
            root, {"docs/pocket-card.yml": f"panels: {{cover: {{title: 甲}}, long: {{title: 乙, say: [{say}]}}}}\n"}
        )
        if any("至少有" in problem.what for problem in all_problems(read_book(root / "mkdocs.yml"))):
            break

    assert count > 10
    with pytest.raises(Unpublishable, match="放不下"):
        printed(root)


def test_all_panels_that_the_check_allows_have_a_place(root):
    panels = "".join(f"  p{n}: {{title: 第{n}版}}\n" for n in range(PANELS))
    write_files(root, {"docs/pocket-card.yml": f"panels:\n{panels}"})

    assert re.findall(r"第(\d)版", text(printed(root))) == [str(n) for n in range(PANELS)]


def test_the_card_of_the_handbook_is_one_sheet_of_a4_in_the_order_of_reading(ours):
    opened = pypdfium2.PdfDocument(ours)
    titles = [panel.title for panel in read_book(ROOT / "mkdocs.yml").card.values()]
    found = text(ours)

    assert [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in opened] == [(210, 297)] * 2
    assert [found.index(title) for title in titles] == sorted(found.index(title) for title in titles)
    assert len(titles) == PANELS


def test_two_accessibility_checkers_find_no_fault(ours, tmp_path):
    path = tmp_path / "card.pdf"
    path.write_bytes(ours)

    report = page_validation.validate_pdf(path, profile="ua1")
    second = subprocess.run(["outloud", "--layer", "conformance", path], capture_output=True, text=True, check=False)

    assert report.is_compliant, [failure.rule_id for failure in report.failures]
    assert "0 error(s), 0 warning(s)" in second.stdout, second.stdout


def test_no_letter_is_smaller_than_seven_points(ours):
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(ours)]
    seen = [(page, at) for page in pages for at in range(page.count_chars()) if page.get_text_range(at, 1).strip()]

    assert len(seen) > 2_000
    assert min(pypdfium2.raw.FPDFText_GetFontSize(page, at) for page, at in seen) >= 7


def test_nothing_of_the_bank_stands_on_the_card(ours):
    found = text(ours)
    bank = read_book(ROOT / "mkdocs.yml").bank

    assert [entry.item.id for entry in bank.entries if entry.item.id in found] == []
    assert [item.id for item in bank.items if re.sub(r"\s", "", item.stem)[:30] in found] == []


def test_the_same_card_is_the_same_bytes(ours):
    again = typst.pdf(typst.sources(card(read_book(ROOT / "mkdocs.yml"), DAY), ROOT / "overrides/print"))

    assert again == ours


def test_it_lies_beside_the_other_pdfs_and_without_room_none_is_written(tmp_path):
    project = Project(tmp_path)
    card = "panels:\n  cover:\n    title: 电话\n    text: |\n      {{ reply }}内答复。\n"
    write_files(tmp_path, {"docs/pocket-card.yml": card})
    project.build()
    first = project.run("--all")
    found = text((tmp_path / "site/pdf/pocket-card.pdf").read_bytes())
    write_files(tmp_path, {"docs/pocket-card.yml": card + "\n      多了一段。\n" * 60})
    project.build()
    second = project.run("--all")

    assert (first.returncode, second.returncode) == (0, 1), first.stderr + second.stdout
    assert "pocket-card.pdf：1 页，已写好。" in first.stdout
    assert "15日内答复。" in found
    assert (second.stdout + second.stderr).count("口袋卡的版面“电话”放不下") == 1
    assert "Traceback" not in second.stderr
    assert not (tmp_path / "site/pdf").exists()
