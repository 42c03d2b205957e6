"""A figure that speaks of a fact must refer to it; a key must be found in its section."""

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.checks import structural_problems
from handbook.checks.figures import figures, problems

FACTS = """facts:
  claim-payment:
    topic: 理赔
    title: 支付保险金
    words: [支付保险金]
    value: 10日
    basis: 保险法第23条
    status: law
    checked: 2026-10-04
  minor-limit:
    topic: 未成年人
    title: 死亡给付限额
    words: [死亡给付]
    value: 20万元
    basis: 保监发〔2015〕90号
    status: secondary
    checked: 2026-10-04
"""
ITEM = """items:
  - id: claims-payment
    type: single
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 什么时候支付保险金？
    options:
      - text: KEY
        key: true
        rationale: 法律写明。
      - text: 达成协议后15日内支付保险金
        rationale: 把别的期限记混了。
"""


def said_of(project, body, key="达成协议后 {{ claim-payment }} 内"):
    chapter = f"# 理赔 {{ #claims }}\n\n## 时限 {{ #deadlines }}\n\n{body}\n"
    bank = ITEM.replace("KEY", f"'{key}'")
    write_files(project, {"docs/facts.yml": FACTS, "docs/chapters/claims.md": chapter, "docs/bank/claims.yml": bank})
    book = read_book(project / "mkdocs.yml")
    assert [problem for problem in structural_problems(book) if not problem.warning] == []

    return [(problem.path, problem.line, problem.what) for problem in problems(book)]


REFERENCE = "达成协议后 {{ claim-payment }} 内支付保险金。"


@pytest.mark.parametrize(
    "body",
    [
        REFERENCE,
        f"{REFERENCE}客户等了 15日。",
        f"{REFERENCE}《某办法》第10条规定支付保险金。",
        f"{REFERENCE}11月10日支付保险金。",
        f"{REFERENCE}\n\n<!-- literal: 15日 -->\n支付保险金用了 15日。\n支付保险金又用了 15日。",
        f"{REFERENCE}\n\n<!-- literal: 15日 -->\n\n支付保险金用了 15日。",
        f"{REFERENCE}\n\n<!-- 支付保险金原写 15日 -->",
        f"{REFERENCE}\n\n```\n支付保险金 15日\n```",
        f"{REFERENCE}\n\n写成 `10日` 支付保险金",
    ],
    ids=[
        "reference",
        "another sentence",
        "article",
        "date",
        "accepted",
        "accepted below a blank line",
        "remark",
        "fence",
        "code",
    ],
)
def test_sound_text_is_left_alone(body, project):
    assert said_of(project, body) == []


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("要在10日内支付保险金。", "数字“10日”没有引用事实"),
        ("要在 １０ 天内支付保险金。", "数字“10日”没有引用事实"),
        ("要在15日内支付保险金。", "数字“15日”与事实 'claim-payment'（10日）不一致"),
        ("死亡给付不超过20万元。", "数字“20万元”没有引用事实"),
        ("| 支付保险金 10日 | 说明 |", "数字“10日”没有引用事实"),
    ],
)
def test_a_figure_beside_the_words_of_a_fact_is_reported_with_its_line(sentence, what, project):
    assert said_of(project, f"{REFERENCE}\n\n{sentence}") == [("docs/chapters/claims.md", 7, what)]


def test_a_figure_is_accepted_only_up_to_the_next_blank_line(project):
    body = f"{REFERENCE}\n\n<!-- literal: 15日 -->\n支付保险金用了 15日。\n\n支付保险金又用了 15日。"

    what = "数字“15日”与事实 'claim-payment'（10日）不一致"
    assert said_of(project, body) == [("docs/chapters/claims.md", 10, what)]


@pytest.mark.parametrize("ticks", ["````", "~~~"])
def test_a_fence_that_holds_a_line_of_three_ticks_ends_where_it_ends(ticks, project):
    body = f"{REFERENCE}\n\n{ticks}\n```\n支付保险金 15日\n{ticks}\n\n要在15日内支付保险金。"

    what = "数字“15日”与事实 'claim-payment'（10日）不一致"
    assert said_of(project, body) == [("docs/chapters/claims.md", 12, what)]


def test_distractors_may_mislead_but_keys_may_not(project):
    found = said_of(project, REFERENCE, key="达成协议后10日内支付保险金")

    assert found == [("docs/bank/claims.yml", 9, "题目 'claims-payment' 里数字“10日”没有引用事实")]


def test_a_key_whose_fact_the_section_does_not_hold_is_reported(project):
    found = said_of(project, "应当及时支付。")

    what = "题目 'claims-payment' 的答案用到事实 'claim-payment'，但小节 'claims.md#deadlines' 里没有"
    assert ("docs/bank/claims.yml", 4, what) in found


def test_a_key_whose_figure_the_section_does_not_hold_is_reported(project):
    found = said_of(project, REFERENCE, key="由3名专员办理")

    what = "题目 'claims-payment' 的答案用到“3名”，但小节 'claims.md#deadlines' 里没有"
    assert found == [("docs/bank/claims.yml", 4, what)]


def test_spellings_of_a_unit_are_one_unit():
    assert figures("5个工作日、5 工作日") == {("5", "工作日")}
    assert figures("１５天") == figures("15日")
