"""The handbook's own text: what it must hold, and what must never be taught as true."""

import re
from collections import Counter

import pytest
from tests.conftest import ROOT

from handbook.book import read_book
from handbook.checks.coverage import sources
from handbook.checks.writing import longest_is_key, positions
from handbook.items.fill_in import BLANK, FillIn
from handbook.items.single import Single
from handbook.items.true_false import TrueFalse

BOOK = read_book(ROOT / "mkdocs.yml")
FORBIDDEN = {
    r"24\s*小时[^。]{0,12}(?<!不)(?:是|属于)(?:监管|行业|法规|法定)[^。]{0,6}(?:要求|标准|规定|期限)": "24小时内响应投诉是行业强制标准",
    r"12378[^。]{0,10}15\s*个?工作日": "拨打12378后15个工作日答复",
    r"(?:聊天记录|截图|非官方材料)[^。]{0,8}一律不(?:能|得)": "聊天记录等一律不能作为依据",
    r"未经同意[^。]{0,6}录音[^。]{0,6}一律不(?:能|得)": "未经同意的录音一律不得使用",
    r"超过\s*(?:24|48)\s*小时[^。]{0,8}(?:不赔|拒赔)": "超过48小时报案不赔",
    r"过了宽限期[^。]{0,6}(?:作废|失效)": "过了宽限期保单就作废",
    r"满?(?:两|2)\s*年[^。]{0,8}(?<!不是)自动解除": "满两年后自动解除",
    r"宽限期(?:固定|统一|都是)": "宽限期统一为60日",
    r"犹豫期[^。]{0,8}(?:统一|一律|都是)[^。]{0,4}\d": "犹豫期一律为15日",
    r"(?:监管|法规)要求[^。]{0,6}延长宽限期": "监管要求公司延长宽限期",
    r"利率不得低于预定利率": "利率不得低于预定利率",
    r"《保险消费投诉处理管理办法》": "依据《保险消费投诉处理管理办法》",
    r"《银行保险机构消费投诉处理管理办法》": "依据《银行保险机构消费投诉处理管理办法》",
    r"银保监会(?:要求|规定|认为)": "银保监会规定",
    r"金融监督管理总局令2023年第6号": "金融监督管理总局令2023年第6号",
    r"全国通赔|通赔通付": "全国通赔",
}
"""Patterns of what the law does not say, each with a sentence of its kind."""


def taught():
    """Yield place and text of everything that is taught as true, facts filled in."""
    for path, page in BOOK.pages.items():
        if not path.startswith("trainers/"):
            for number, line in enumerate(page.text.splitlines(), 1):
                cells = line.strip().strip("|").split("|")
                said = "|".join(cells[:-1]) if line.startswith("|") and path.endswith(("scripts.md",)) else line
                yield f"{path}:{number}", BOOK.seen(said)
    for entry in BOOK.bank.entries:
        item = entry.item
        if isinstance(item, TrueFalse):
            yield item.id, BOOK.seen(item.stem) if item.options[0].key else ""
        elif isinstance(item, FillIn):
            shown = iter(item.blanks)
            yield item.id, BOOK.seen(BLANK.sub(lambda _, shown=shown: next(shown).shown, item.stem))
        else:
            yield item.id, BOOK.seen(item.answer())


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_what_the_law_does_not_say_is_not_taught(pattern):
    assert [(place, text) for place, text in taught() if re.search(pattern, text)] == []


@pytest.mark.parametrize(("pattern", "sentence"), FORBIDDEN.items())
def test_each_pattern_finds_what_it_is_for(pattern, sentence):
    assert re.search(pattern, sentence)


def test_every_question_of_the_source_exam_has_an_item():
    found = sources(BOOK)

    assert len(found) == 30
    assert [source for source, items in found.items() if not items] == []


def test_the_two_questions_that_contradict_current_law_say_why():
    noted = {item.source: item.source_note for item in BOOK.bank.items if item.source}

    assert noted["2026-exam/3.2"]
    assert noted["2026-exam/3.7"]


def test_the_bank_is_large_enough_for_each_type():
    chosen = {"single": 80, "multiple": 40, "true_false": 50}
    least = {**chosen, "ordering": 3, "matching": 3, "fill_in": 3, "short_answer": 18, "scenario": 12}
    counts = Counter(item.type for item in BOOK.bank.items)

    assert {kind: counts[kind] for kind in least if counts[kind] < least[kind]} == {}


def test_every_chapter_has_three_levels_and_three_difficulties():
    levels, difficulties = {}, {}
    for item in BOOK.bank.items:
        page = item.section.partition("#")[0]
        levels.setdefault(page, set()).add(item.level)
        difficulties.setdefault(page, set()).add(item.difficulty)

    assert levels.keys() == BOOK.chapters.keys()
    assert [page for page in levels if len(levels[page]) < 3 or len(difficulties[page]) < 3] == []


def test_scenarios_have_four_to_six_criteria_and_ten_points():
    odd = [i.id for i in BOOK.bank.items if i.type == "scenario" and (not 4 <= len(i.rubric) <= 6 or i.points != 10)]

    assert odd == []


def test_keys_are_spread_evenly_and_the_longest_option_is_no_guide():
    singles = [item for item in BOOK.bank.items if isinstance(item, Single)]
    share = sum(longest_is_key(BOOK, item) for item in singles) / len(singles)
    chance = sum(1 / len(item.options) for item in singles) / len(singles)

    assert share <= chance + 0.10
    for options, counts in positions(BOOK.bank).items():
        even = counts.total() / options
        assert all(abs(counts[place] - even) <= 0.25 * even for place in range(options))


def test_every_chapter_has_the_fixed_sections_and_a_flowchart():
    fixed = {"roles", "steps", "scripts", "cases", "records", "escalation", "mistakes", "legal", "summary"}
    for chapter in BOOK.chapters.values():
        assert fixed <= {section.anchor for section in chapter.page.sections}, chapter.page.path
        assert "```mermaid" in chapter.page.text, chapter.page.path


def test_the_appendices_are_as_long_as_they_should_be():
    rows = [
        line
        for line in BOOK.pages["appendix/scripts.md"].text.splitlines()
        if line.startswith("| ") and "---" not in line
    ]

    assert len(rows) >= 60
    assert len(BOOK.terms) >= 80
    assert len(BOOK.laws) >= 20
