"""A quantity that speaks of a fact must refer to it; a key must be found in its section."""

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.checks import meaning, structural_problems, unreferenced
from handbook.checks.quantities import quantities

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


def said_of(project, body, key="达成协议后 {{ claim-payment }} 内", bank=ITEM, facts=FACTS):
    chapter = f"# 理赔 {{ #claims }}\n\n## 时限 {{ #deadlines }}\n\n{body}\n"
    bank = bank.replace("KEY", f"'{key}'")
    write_files(project, {"docs/facts.yml": facts, "docs/chapters/claims.md": chapter, "docs/bank/claims.yml": bank})
    book = read_book(project / "mkdocs.yml")
    assert [problem for problem in structural_problems(book) if not problem.warning] == []
    found = [*meaning.problems(book), *unreferenced.problems(book)]
    assert [problem for problem in found if not problem.warning] == []

    return [(problem.path, problem.line, problem.what) for problem in found]


STATEMENT = """items:
  - id: claims-statement
    type: true_false
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: STEM
    options:
      - {text: 正确, TRUErationale: 法律写明。}
      - {text: 错误, FALSErationale: 法律写明。}
"""
ESSAY = """items:
  - id: claims-essay
    type: short_answer
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    literals: [LITERALS]
    stem: 怎样办理？
    model_answer: MODEL
    rubric:
      - {criterion: CRITERION, points: 1}
"""


def statement(stem, *, true):
    keys = ("key: true, ", "") if true else ("", "key: true, ")
    return STATEMENT.replace("STEM", f"'{stem}'").replace("TRUE", keys[0]).replace("FALSE", keys[1])


def essay(model="照章办理。", criterion="照章办理", literals=""):
    return ESSAY.replace("MODEL", f"'{model}'").replace("CRITERION", f"'{criterion}'").replace("LITERALS", literals)


REFERENCE = "达成协议后 {{ claim-payment }} 内支付保险金。"


@pytest.mark.parametrize(
    "body",
    [
        REFERENCE,
        f"{REFERENCE}客户等了 15日。",
        f"{REFERENCE}客户等支付保险金，等了十八天。",
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
        "another in numerals",
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
        ("要在 １０ 天内支付保险金。", "数字“10天”没有引用事实"),
        ("要在15日内支付保险金。", "数字“15日”与事实 'claim-payment'（10日）不一致"),
        ("死亡给付不超过20万元。", "数字“20万元”没有引用事实"),
        ("| 支付保险金 10日 | 说明 |", "数字“10日”没有引用事实"),
        ("| 支付保险金 | 10日 |", "数字“10日”没有引用事实"),
        ("| 支付保险金 | 15日 |", "数字“15日”与事实 'claim-payment'（10日）不一致"),
    ],
)
def test_a_quantity_beside_the_words_of_a_fact_is_reported_with_its_line(sentence, what, project):
    assert said_of(project, f"{REFERENCE}\n\n{sentence}") == [("docs/chapters/claims.md", 7, what)]


def test_a_quantity_is_accepted_only_up_to_the_next_blank_line(project):
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


def test_a_key_whose_quantity_the_section_does_not_hold_is_reported(project):
    found = said_of(project, REFERENCE, key="由3名专员办理")

    what = "题目 'claims-payment' 的答案用到“3名”，但小节 'claims.md#deadlines' 里没有"
    assert found == [("docs/bank/claims.yml", 4, what)]


UNREFERENCED = "数字“10日”没有引用事实"


def lacks(item, what):
    return ("docs/bank/claims.yml", 4, f"题目 '{item}' 的答案用到{what}，但小节 'claims.md#deadlines' 里没有")


@pytest.mark.parametrize("true", [True, False])
def test_a_true_statement_is_held_to_the_facts_and_a_false_one_may_mislead(project, true):
    found = said_of(project, REFERENCE, bank=statement("要在10日内支付保险金。", true=true))

    assert found == [("docs/bank/claims.yml", 7, f"题目 'claims-statement' 里{UNREFERENCED}")] * true


@pytest.mark.parametrize("true", [True, False])
def test_what_a_true_statement_says_stands_in_its_section_and_what_a_false_one_says_need_not(project, true):
    found = said_of(project, "应当及时支付。", bank=statement("共交3份材料，由2名专员核对。", true=true))

    assert found == [lacks("claims-statement", "“2名”")] * true


def test_a_model_answer_is_held_to_the_facts(project):
    found = said_of(project, REFERENCE, bank=essay(model="10日内支付保险金。"))

    assert found == [("docs/bank/claims.yml", 9, f"题目 'claims-essay' 里{UNREFERENCED}")]


def test_what_earns_points_stands_in_the_section(project):
    found = said_of(project, REFERENCE, bank=essay(criterion="{{ minor-limit }} 以内，由3名专员在6个月内办理"))

    assert found == [lacks("claims-essay", what) for what in ("事实 'minor-limit'", "“3名”", "“6个月”")]


def test_quantities_that_an_author_has_accepted_are_left_alone_and_no_other(project):
    bank = essay(model="10日内支付保险金。", criterion="由3名专员在6个月内办理", literals="10日, 3名")

    assert said_of(project, REFERENCE, bank=bank) == [lacks("claims-essay", "“6个月”")]


def test_a_fact_whose_value_the_section_writes_out_is_not_missed(project):
    assert said_of(project, "保险金10日内付清。") == []


def test_quantities_and_facts_that_are_missing_are_named_in_order(project):
    criterion = "、".join(f"{n}名" for n in (7, 3, 9, 1, 5, 8, 2, 6)) + "{{ minor-limit }}{{ claim-payment }}"

    found = said_of(project, "照章办理。", bank=essay(criterion=criterion))

    names = ["事实 'claim-payment'", "事实 'minor-limit'", *(f"“{n}名”" for n in (1, 2, 3, 5, 6, 7, 8, 9))]
    assert found == [lacks("claims-essay", name) for name in names]


def test_quantities_of_one_sentence_are_named_in_order(project):
    found = said_of(project, f"{REFERENCE}\n\n支付保险金在8日、3日、6日、1日、7日、2日、5日、4日都有过。")

    assert [what.split("与")[0] for *_, what in found] == [f"数字“{n}日”" for n in range(1, 9)]


@pytest.mark.parametrize(
    "sentence",
    ["支付保险金共20万元。", "别的款项10日内付清。", "支付保险金前要等3个月。"],
    ids=["unit of another fact", "words of none", "unit of none"],
)
def test_a_quantity_speaks_of_a_fact_by_its_words_and_its_unit_together(project, sentence):
    assert said_of(project, f"{REFERENCE}\n\n{sentence}") == []


def test_any_word_and_any_quantity_of_a_fact_will_do(project):
    facts = FACTS.replace("words: [支付保险金]", "words: [支付保险金, 付款]").replace(
        "value: 10日", "value: 10日或3个月"
    )

    assert said_of(project, f"{REFERENCE}\n\n付款不超过3个月。", facts=facts) == [
        ("docs/chapters/claims.md", 7, "数字“3个月”没有引用事实")
    ]


def test_a_fact_of_several_quantities_is_missed_unless_all_of_them_are_there(project):
    facts = FACTS.replace("value: 10日", "value: 10日，复杂的30日")

    assert said_of(project, "一般10日付清。", facts=facts) == [lacks("claims-payment", "事实 'claim-payment'")]
    assert said_of(project, "一般10日，复杂的30日付清。", facts=facts) == []


def test_an_item_whose_section_is_gone_is_left_to_the_check_of_sections(project):
    bank = ITEM.replace("KEY", "'由3名专员办理'").replace("#deadlines", "#gone")
    chapter = f"# 理赔 {{ #claims }}\n\n## 时限 {{ #deadlines }}\n\n{REFERENCE}\n"
    write_files(project, {"docs/facts.yml": FACTS, "docs/chapters/claims.md": chapter, "docs/bank/claims.yml": bank})

    assert list(meaning.problems(read_book(project / "mkdocs.yml"))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5个工作日、5 工作日", {("5", "工作日")}),
        ("１５天、15个自然日、**15** 日", {("15", "日")}),
        ("24个小时、24小时", {("24", "小时")}),
        ("1,000元、1000元", {("1000", "元")}),
        ("200,000元、20万元", {("20", "万元")}),
        ("百分之80、80％", {("80", "%")}),
        ("第3年、11月10日、十五天", set()),
    ],
)
def test_spellings_of_a_quantity_are_one_quantity(text, found):
    assert quantities(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("十五日、15天", {("15", "日")}),
        ("两年、二年", {("2", "年")}),
        ("二十人、二十四个小时、一百零五天", {("20", "名"), ("24", "小时"), ("105", "日")}),
        ("百分之八十", {("80", "%")}),
        ("一个月", {("1", "个月")}),
        ("一天、一名、下一个工作日、同一个月、第三年、十月三日、几十天、两三天、二〇二六年", set()),
    ],
)
def test_quantities_in_chinese_numerals_are_read_where_they_are_asked_for(text, found):
    assert quantities(text, spelt=True) == found
