"""The value of a fact must be a reference wherever a text speaks of that fact, with or without its `words`."""

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.checks import structural_problems
from handbook.checks.unreferenced import problems

FACT = """  {}:
    topic: 服务
    title: {}
    value: {}
    basis: 公司规定
    status: company
    checked: 2026-10-04
"""
FACTS = (
    ("claims-refusal", "发出拒赔通知书", "30日"),
    ("loan-limit", "保单贷款上限", "80%"),
    ("proxy-notice", "委托他人代领须通知客户", "1000元"),
    ("age", "录音录像的年龄", "60周岁"),
    ("callback", "答应回电以后多久联系", "1个工作日"),
    ("grace", "宽限期自催告算起", "30日"),
    ("phone", "客户热线", "400-000-0000"),
    ("regulator", "监管部门电话", "'12378'"),
    ("hours", "人工坐席时间", "每日8:00—20:00"),
    ("company", "公司全称", "示例人寿保险"),
    ("reminders", "催缴短信提醒次数", "3次"),
)


def mends(project, body, bank="items: []\n", path="docs/chapters/claims.md"):
    """Return the line of each finding with what it says and the fact that it proposes."""
    facts = "facts:\n" + "".join(FACT.format(*fact) for fact in FACTS)
    files = {
        "docs/facts.yml": facts,
        "docs/bank/claims.yml": bank,
        "docs/chapters/claims.md": f"# 理赔 {{ #claims }}\n\n{body}\n",
    }
    write_files(project, files)
    book = read_book(project / "mkdocs.yml")
    assert [problem for problem in structural_problems(book) if not problem.warning] == []
    found = list(problems(book))
    assert all(problem.warning and problem.path == path for problem in found)

    return [(problem.line, problem.what, problem.mend.split("`")[1].strip("{ }")) for problem in found]


def unreferenced(said, fact, line=3, kind="数字"):
    return [(line, f"{kind}“{said}”没有引用事实", fact)]


@pytest.mark.parametrize(
    ("sentence", "said", "fact"),
    [
        ("拒赔通知书在30日内发出。", "30日", "claims-refusal"),
        ("自催告算起，宽限期有30天。", "30天", "grace"),
        ("拒赔的通知书，三十日内发出。", "三十日", "claims-refusal"),
        ("拒赔通知书在 **30** 个自然日内发出。", "30个自然日", "claims-refusal"),
        ("保单贷款的上限是百分之八十。", "百分之八十", "loan-limit"),
        ("保单贷款的上限是８０％。", "80%", "loan-limit"),
        ("代领超过1,000元的，通知客户。", "1,000元", "proxy-notice"),
        ("向六十岁以上的人推荐，录音录像。", "六十岁", "age"),
        ("答应回电的，一个工作日以内联系。", "一个工作日", "callback"),
    ],
)
def test_a_sentence_speaks_of_a_fact_by_the_words_of_its_title(sentence, said, fact, project):
    assert mends(project, sentence) == unreferenced(said, fact)


def test_a_sentence_speaks_of_a_fact_as_others_do_that_refer_to_it(project):
    told = "发现可疑线索，立即上报当班组长，{{ claims-refusal }} 内书面说明经过。"

    assert mends(project, f"{told}\n\n可疑线索上报当班组长，30日内补书面说明。") == unreferenced(
        "30日", "claims-refusal", 5
    )
    assert mends(project, "可疑线索上报当班组长，30日内补书面说明。") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "客户住院30日，上周才回家。",
        "本月接通率是80%。",
        "停车费1000元。",
        "拒赔通知书在31日内发出。",
        "拒赔通知书第30日发出。",
        "拒赔通知书二三十日内发出。",
        "拒赔通知书三两日内发出。",
        "回电从下一个工作日算起，答应的都联系。",
        "一名客户打了3次电话。",
        "编号1237800，又号412378。",
    ],
)
def test_a_quantity_of_another_matter_is_left_alone(sentence, project):
    assert mends(project, sentence) == []


TABLE = "| 环节 | {} | 期限 |\n| --- | --- | --- |\n| {} | 专员 | {} |"


@pytest.mark.parametrize(
    ("table", "said", "fact"),
    [
        (TABLE.format("谁", "发出拒赔通知书", "30日内"), "30日", "claims-refusal"),
        (TABLE.format("谁", "发出拒赔通知书", "照章办理。从核定那天算起，30日内"), "30日", "claims-refusal"),
        (TABLE.format("发出拒赔通知书", "核定以后", "30日内"), "30日", "claims-refusal"),
        (TABLE.format("谁", "宽限期自催告算起", "30日内").replace("| ", "", 1), "30日", "grace"),
    ],
    ids=["another cell", "first cell, another sentence", "head", "without the first stroke"],
)
def test_a_row_is_about_what_its_cells_and_its_head_say(table, said, fact, project):
    assert mends(project, table) == unreferenced(said, fact, 5)


def test_a_heading_tells_what_its_section_speaks_of(project):
    assert mends(project, "## 发出拒赔通知书 { #refusal }\n\n最迟30日。") == unreferenced("30日", "claims-refusal", 5)
    assert mends(project, "## 发出拒赔通知书 { #refusal }\n\n## 另一事 { #other }\n\n最迟30日。") == []


@pytest.mark.parametrize(
    ("sentence", "said", "fact"),
    [
        ("打400-000-0000就行。", "400-000-0000", "phone"),
        ("打 4000000000 就行。", "4000000000", "phone"),
        ("也可以打12378。", "12378", "regulator"),
        ("八点以前没人，8：00至20：00有人。", "8:00至20:00", "hours"),
        ("每条短信都提醒，催缴共提醒3次。", "3次", "reminders"),
    ],
)
def test_a_number_without_a_unit_is_known_anywhere_when_it_is_long_and_by_its_sentence_when_short(
    sentence, said, fact, project
):
    assert mends(project, sentence) == unreferenced(said, fact)


def test_a_name_is_known_anywhere(project):
    assert mends(project, "您好，示例人寿保险，请讲。") == unreferenced("示例人寿保险", "company", kind="文字")


@pytest.mark.parametrize("literal", ["12378, 三十日", "12378、30天"])
def test_what_an_author_has_accepted_is_left_alone_in_any_spelling(literal, project):
    body = "拒赔通知书30日内发出，或者打12378。"

    assert [what for _, what, _ in mends(project, body)] == ["数字“12378”没有引用事实", "数字“30日”没有引用事实"]
    assert mends(project, f"<!-- literal: {literal} -->\n{body}") == []


ITEM = """items:
  - id: claims-refusal
    type: short_answer
    section: claims.md#claims
    level: remember
    difficulty: 1
    literals: [LITERALS]
    stem: 拒赔通知书多久发出？
    model_answer: 30日，也可以打12378。
    rubric:
      - {criterion: 说出期限, points: 1}
"""


def test_an_answer_is_about_what_its_stem_asks(project):
    path = "docs/bank/claims.yml"
    found = mends(project, "照章办理。", ITEM.replace("LITERALS", ""), path)

    said = "题目 'claims-refusal' 里数字“{}”没有引用事实"
    assert found == [(9, said.format("12378"), "regulator"), (9, said.format("30日"), "claims-refusal")]
    assert mends(project, "照章办理。", ITEM.replace("LITERALS", "'12378', 30天"), path) == []
