"""The trace: what an item rests on, where it stands, and who said what of it when it was last read."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import html
from tests.conftest import ROOT, write_files

from handbook.bank.stamps import NOBODY
from handbook.book import read_book
from handbook.cli import main
from handbook.rendering import Renderer
from handbook.review.recording import record
from handbook.review.sync import whole
from handbook.site.listings import trace

CHAPTER = "# 理赔 { #claims }\n\n## 时限 { #deadlines }\n\n十日内支付。\n\n## 材料 { #papers }\n\n一次说全。\n"
BANK = """items:
  - id: one
    type: single
    section: claims.md#deadlines
    evidence: [十日内支付, claims.md#papers: 一次说全]
    level: remember
    difficulty: 1
    stem: 多久支付？
    options:
      - {text: 十日, key: true, rationale: 见正文。}
      - {text: 五日, rationale: 见正文。}
"""


@pytest.fixture
def cells(project):
    """Have an item read by these, each with a verdict and a comment, then change a file; return the cells of its row."""
    write_files(project, {"docs/chapters/claims.md": CHAPTER, "docs/bank/claims.yml": BANK})

    def row(*readers, change=None):
        for day, (reviewer, verdict, comment) in enumerate(readers, 1):
            book = read_book(project / "mkdocs.yml")
            review = whole(book, "one", reviewer, date(2026, 11, day))
            record(book, [replace(review, verdict=verdict, comment=comment)])
        write_files(project, change or {})
        book = read_book(project / "mkdocs.yml")
        table = html.fromstring(trace(book, Renderer(book, ROOT / "overrides"), str).strip())
        (found,) = table.xpath("//tbody/tr")
        assert table.xpath("//option[last()]/text()")[-1] == found.get("data-state")

        return [" ".join(cell.itertext()).strip() for cell in found]

    return row


def test_every_section_and_the_pieces_of_evidence_are_told(cells):
    assert cells()[2:4] == ["第 1 章 时限 第 1 章 材料", "2 条"]


@pytest.mark.parametrize(
    ("readers", "said", "state"),
    [
        ([], "", "未复核"),
        ([(NOBODY, "holds", "")], "", "尚未有人复核"),
        ([("王芳", "holds", "")], "仍然成立 2026-11-01 王芳", "已同步"),
        ([("王芳", "holds", "对过"), ("李雷", "holds", "")], "仍然成立 2026-11-02 王芳、李雷", "已同步"),
        ([("王芳", "holds", ""), ("李雷", "change", "期限旧了")], "要改 2026-11-02 李雷 “期限旧了”", "已同步"),
        ([(NOBODY, "holds", ""), ("李雷", "unsure", "<问合规>")], "不确定 2026-11-02 李雷 “<问合规>”", "尚未有人复核"),
    ],
)
def test_the_last_verdict_is_told_with_names_and_date_and_nobody_has_none(cells, readers, said, state):
    assert cells(*readers)[-2:] == [said, state]


@pytest.mark.parametrize(("reader", "said"), [(NOBODY, "尚未有人复核"), ("王芳", "仍然成立 2026-11-01 王芳")])
def test_when_something_has_changed_since_the_review_stays_told(cells, reader, said):
    change = {"docs/chapters/claims.md": CHAPTER.replace("十日内支付", "十日内支付完")}

    assert cells((reader, "holds", ""), change=change)[-2:] == [said, "待复核"]


def test_an_item_can_be_found_by_its_number_on_paper(project, capsys):
    write_files(project, {"docs/chapters/claims.md": CHAPTER, "docs/bank/claims.yml": BANK})
    book = read_book(project / "mkdocs.yml")

    assert book.numbers == {"one": "1-1"}
    assert ">one</code> 1-1<" in trace(book, Renderer(book, ROOT / "overrides"), str)
    assert main(["--config", str(project / "mkdocs.yml"), "evidence", "1-1"]) == 0
    assert "docs/bank/claims.yml:2: 多久支付？" in capsys.readouterr().out
