"""An item must say what its evidence says; each kind of difference is found, and only where there is one."""

from textwrap import indent

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.checks import alike, meaning, structural_problems

CHAPTER = """# 理赔 {{ #claims }}

## 谁做什么 {{ #roles }}

| 事项 | 谁 | 做什么 |
| --- | --- | --- |
| 金额争议 | 理赔岗 | 对着计算书逐项核对 |
| 保全变更 | 保全岗 | 审核申请 |
| 投诉 | 投诉岗、主管 | 核实并答复 |

## 时限 {{ #deadlines }}

{body}
"""
GLOSSARY = """terms:
  投保人:
    means: 与公司订立合同、负有交费义务的人。
  被保险人:
    means: 以他的身体和寿命作保障的人。
"""
FACTS = """facts:
  decision:
    topic: 投诉
    title: 处理决定
    words: [处理决定]
    value: {value}
    basis: 《办法》第18条
    status: company
    checked: 2026-10-04
"""
SINGLE = """type: single
stem: 下面哪种说法与手册一致？
options:
  - text: '{said}'
    key: true
    rationale: 手册这样写。
  - text: 请客户自己想办法解决这件事
    rationale: 推脱。
"""


def book(project, body, item, evidence, *, value="15日", extra=""):
    fields = f"section: claims.md#deadlines\nevidence: {evidence}\nlevel: remember\ndifficulty: 1\n{extra}"
    files = {
        "mkdocs.yml": "site_name: x\n",
        "docs/chapters/claims.md": CHAPTER.format(body=body),
        "docs/glossary.yml": GLOSSARY,
        "docs/facts.yml": FACTS.format(value=value),
        "docs/bank/claims.yml": "items:\n  - id: one\n" + indent(f"{fields}{item}", "    "),
    }
    write_files(project, files)

    return read_book(project / "mkdocs.yml")


def found(project, body, item, evidence=None, extra=""):
    """Return what is said of an item that quotes all sentences of its section, or some."""
    quoted = evidence or [line.lstrip("-0123456789. ") for line in body.splitlines() if line.strip()]
    made = book(project, body, item, quoted, extra=extra)
    assert [problem for problem in structural_problems(made) if not problem.warning] == []
    assert not [problem for problem in structural_problems(made) if "找不到" in problem.what]

    return [(problem.mend.split("[")[-1].split("]")[0], problem.what) for problem in meaning.problems(made)]


def codes(project, body, said, **more):
    return [code for code, _ in found(project, body, SINGLE.format(said=said), **more)]


CONTRARY = (
    ("evidence-figure", "答应回电以后3天内联系客户。", "答应回电以后5天内联系客户"),
    ("evidence-figure", "答应回电以后3个工作日内联系客户。", "答应回电以后3日内联系客户"),
    ("evidence-figure", "答应回电以后三日内联系客户。", "答应回电以后五日内联系客户"),
    ("evidence-figure", "简单的投诉15日内答复，复杂的投诉30日内答复。", "简单的投诉30日内答复客户"),
    ("evidence-actor", "金额由理赔岗按计算书核定。", "金额由保全岗按计算书核定"),
    ("evidence-actor", "质押保单须经被保险人书面同意。", "质押保单须经投保人书面同意"),
    ("evidence-start", "自收到索赔请求之日起计算核定的期限。", "自寄出索赔请求之日起计算核定的期限"),
    ("evidence-start", "系统恢复后1个工作日内补录工单。", "系统登记后1个工作日内补录工单"),
    ("evidence-limit", "贷款额不超过现金价值的80%。", "贷款额不少于现金价值的80%"),
    ("evidence-limit", "谈业务之前说明这次通话会录音。", "谈业务之后说明这次通话会录音"),
    ("evidence-denial", "坐席不替客户改手机上的设置。", "坐席替客户改手机上的设置"),
    ("evidence-denial", "客户可以就近提交索赔的材料。", "客户不可以就近提交索赔的材料"),
    ("evidence-denial", "销售人员不得代领客户的保险金。", "销售人员可以代领客户的保险金"),
    ("evidence-order", "坐席先看完对话，再用一句话复述问题。", "坐席先用一句话复述问题，再看完对话"),
)


@pytest.mark.parametrize(("code", "handbook", "item"), CONTRARY)
def test_a_key_that_says_something_else_is_found(code, handbook, item, project):
    assert codes(project, handbook, item) == [code]


@pytest.mark.parametrize("handbook", dict.fromkeys(handbook for _, handbook, _ in CONTRARY))
def test_a_key_that_says_the_same_is_left_alone(handbook, project):
    assert codes(project, handbook, handbook.rstrip("。")) == []


@pytest.mark.parametrize(("code", "handbook", "item"), CONTRARY)
def test_what_a_person_has_accepted_is_left_alone(code, handbook, item, project):
    assert codes(project, handbook, item, extra=f"accept: [{code}]\n") == []


@pytest.mark.parametrize(("code", "handbook", "item"), CONTRARY)
def test_a_distractor_may_say_anything(code, handbook, item, project):
    swapped = SINGLE.replace("{said}", "{key}").replace("请客户自己想办法解决这件事", "{said}")
    said = found(project, handbook, swapped.format(key="按手册写的办", said=item))

    assert code not in [found_code for found_code, _ in said if found_code != "evidence-list"]


@pytest.mark.parametrize(
    ("handbook", "item"),
    [
        ("坐席不收礼，也不承诺结果。", "结果不作承诺，礼一概不收"),
        ("坐席不确认也不否认他是不是客户。", "不确认、也不否认他是不是客户"),
        ("许诺赔付、口头改条款，一句也不能有。", "不许诺赔付，不口头改条款"),
        ("不同意的登记投诉，并告知诉讼的途径。", "客户不同意的，登记投诉并告知诉讼的途径"),
        ("把分歧交给主管，由理赔岗核对计算书。", "由理赔岗核对计算书，分歧交给主管"),
        ("不满8周岁的由监护人代理。", "不满8周岁的孩子由监护人代理"),
        ("收到请求后5天内答复。", "自收到请求之日起5天内答复"),
        ("先登记，再转交。", "登记以后再转交"),
        ("等了十天的客户，5日内答复。", "客户等了二十天，仍要在5日内答复"),
    ],
)
def test_the_same_in_other_words_is_left_alone(handbook, item, project):
    assert codes(project, handbook, item) == []


def test_both_are_quoted_in_one_line(project):
    said = found(project, "金额由理赔岗按计算书核定。", SINGLE.format(said="金额由保全岗按计算书核定"))

    assert said == [
        ("evidence-actor", "题目 'one' 的答案说“金额由保全岗按计算书核定”，依据却是“金额由理赔岗按计算书核定”")
    ]


def test_another_figure_of_the_section_is_not_good_enough(project):
    body = "简单的投诉15日内答复。\n\n复杂的投诉30日内答复。"
    said = found(project, body, SINGLE.format(said="简单的投诉30日内答复"), evidence=["简单的投诉15日内答复"])

    assert said == [("evidence-figure", "题目 'one' 的答案说“简单的投诉30日内答复”，依据却是“简单的投诉15日内答复”")]


def test_a_figure_of_the_stem_may_be_used(project):
    item = SINGLE.format(said="还有2天，当天就报主管").replace("哪种说法与手册一致", "怎么办？期限还剩2天")

    assert found(project, "期限将到的，当天报主管。", item) == []


def test_an_item_whose_evidence_is_gone_is_held_to_its_section(project):
    made = book(project, "15日内答复。", SINGLE.format(said="30日内答复"), ["没有这一句话"])

    assert ["的答案用到“30日”，但小节 'claims.md#deadlines' 里没有" in one.what for one in meaning.problems(made)] == [
        True
    ]


STATEMENT = """type: true_false
stem: {stem}
options:
  - text: 正确
    {true}rationale: 见手册。
  - text: 错误
    {false}rationale: 见手册。
"""


def statement(stem, *, true):
    key = "key: true\n    "
    return STATEMENT.format(stem=stem, true=key * true, false=key * (not true))


@pytest.mark.parametrize(
    ("stem", "true", "code"),
    [
        ("坐席不得代领客户的退保金。", True, []),
        ("坐席可以代领客户的退保金。", True, ["evidence-denial"]),
        ("坐席可以代领客户的退保金。", False, []),
        ("坐席不得代领客户的退保金。", False, ["evidence-verdict"]),
    ],
)
def test_the_verdict_on_a_statement_goes_with_the_evidence(stem, true, code, project):
    said = found(project, "坐席不得代领客户的退保金。", statement(stem, true=true))

    assert [found_code for found_code, _ in said] == code


NEGATIVE = """type: single
stem: 下列做法中，哪一项**不**正确？
options:
  - text: {wrong}
    key: true
    rationale: 手册不许这样做。
  - text: {right}
    rationale: 手册这样写。
"""


def test_the_key_of_a_negative_stem_is_what_is_wrong(project):
    handbook = "坐席不替客户改手机上的设置。\n\n客户自己输入密码和验证码。"
    wrong, right = "坐席替客户改手机上的设置", "客户自己输入密码和验证码"

    assert found(project, handbook, NEGATIVE.format(wrong=wrong, right=right)) == []
    said = found(project, handbook, NEGATIVE.format(wrong=wrong, right="客户不自己输入密码和验证码"))
    assert [code for code, _ in said] == ["evidence-denial"]


MULTIPLE = """type: multiple
stem: 工单要写哪些？
options:
  - text: 客户来电的时间和号码
    {first}rationale: 一项。
  - text: 客户报出的诉求和理由
    {second}rationale: 一项。
  - text: 已经告诉客户的材料清单
    {third}rationale: 一项。
  - text: 邻居家小孩的兴趣爱好
    {fourth}rationale: 一项。
"""
LIST = "工单写明客户来电的时间和号码，客户报出的诉求和理由，已经告诉客户的材料清单。"


def multiple(*keys):
    names = ("first", "second", "third", "fourth")
    return MULTIPLE.format(**{name: "key: true\n    " * (name in keys) for name in names})


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        (("first", "second", "third"), []),
        (("first", "second", "third", "fourth"), ["的答案里有“邻居家小孩的兴趣爱好”"]),
        (("first", "second"), ["的答案里没有“已经告诉客户的材料清单”"]),
    ],
)
def test_keys_are_what_the_evidence_lists(keys, what, project):
    item = multiple(*keys).replace("一项", "见手册")
    if len(keys) == 4:
        item += "  - text: 同事之间的闲话\n    rationale: 无关。\n"
    said = found(project, LIST, item)

    assert [code for code, _ in said] == ["evidence-list"] * len(what)
    assert all(start in words for start, (_, words) in zip(what, said, strict=True))


ORDERING = """type: ordering
stem: 排出先后。
steps:
  - {{text: {0}, rationale: 先。}}
  - {{text: {1}, rationale: 再。}}
  - {{text: {2}, rationale: 后。}}
"""
STEPS = ["问清伤者是否安全", "核对来电人身份", "记下出险时间地点"]
POINTS = "1. 坐席先问伤者是否安全。\n2. 核对来电人的身份。\n3. 记下出险的时间和地点。"


def test_steps_come_in_the_order_of_the_handbook(project):
    assert found(project, POINTS, ORDERING.format(*STEPS)) == []
    said = found(project, POINTS, ORDERING.format(STEPS[0], STEPS[2], STEPS[1]))
    assert [code for code, _ in said] == ["evidence-order"]
    assert "的答案先“记下出险时间地点”后“核对来电人身份”" in said[0][1]


ANSWER = """type: short_answer
stem: 写出步骤。
model_answer: |
  1. {0}。
  2. {1}。
  3. {2}。
rubric:
  - {{criterion: 写出三步, points: 3}}
"""


def test_points_of_a_model_answer_come_in_the_order_of_the_handbook(project):
    assert found(project, POINTS, ANSWER.format(*STEPS)) == []
    said = found(project, POINTS, ANSWER.format(STEPS[1], STEPS[0], STEPS[2]))
    assert [code for code, _ in said] == ["evidence-order"]


def test_a_criterion_that_denies_the_model_answer_is_found(project):
    answer = ANSWER.format("登记诉求", "坐席不替客户改手机上的设置", "约好回电")
    item = answer.replace("写出三步", "坐席替客户改手机上的设置")
    said = found(project, "登记诉求，约好回电。", item)

    assert [(code, "另一处却是" in what) for code, what in said] == [("evidence-denial", True)]


def test_who_does_what_comes_from_the_tables_and_terms_of_the_book(project):
    made = CHAPTER.replace("| 保全变更 | 保全岗 | 审核申请 |\n", "")
    files = {"docs/chapters/claims.md": made.format(body="金额由理赔岗按计算书核定。")}
    book(project, "", SINGLE.format(said="金额由保全岗按计算书核定"), ["金额由理赔岗按计算书核定。"])
    write_files(project, files)

    assert list(meaning.problems(read_book(project / "mkdocs.yml"))) == []


EQUAL = SINGLE.replace("请客户自己想办法解决这件事", "10日内作出处理决定").format(said="{{ decision }} 内作出处理决定")


def test_options_that_a_fact_has_made_equal_stop_everything(project):
    made = book(project, "处理决定的期限是 {{ decision }}。", EQUAL, ["处理决定的期限"], value="10日")

    assert [(one.line, one.what, one.warning) for one in alike.equal(made)] == [
        (13, "题目 'one' 填上事实以后，第 1 和第 2 个选项都是“10日内作出处理决定”", False)
    ]


def test_options_that_facts_keep_apart_are_left_alone(project):
    made = book(project, "处理决定的期限是 {{ decision }}。", EQUAL, ["处理决定的期限"])

    assert [*alike.equal(made), *alike.figures(made)] == []


@pytest.mark.parametrize(
    ("other", "said"),
    [("十五天之内作出处理决定", 1), ("15个工作日内作出处理决定", 0), ("15日内作出核查决定", 0)],
)
def test_a_distractor_that_says_the_figure_of_the_key_in_other_words_is_found(other, said, project):
    item = SINGLE.replace("请客户自己想办法解决这件事", other).format(said="15日内作出处理决定")
    made = book(project, "15日内作出处理决定。", item, ["15日内作出处理决定"])
    accepted = book(project, "15日内作出处理决定。", item, ["15日内作出处理决定"], extra="accept: [same-figure]\n")

    assert len(list(alike.figures(made))) == said
    assert list(alike.figures(accepted)) == []
