"""Each sign of a guessable item is found, and each can be accepted knowingly."""

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.checks import structural_problems
from handbook.checks.writing import problems

SOUND = {
    "stem": "客户来电抱怨理赔进度太慢。你第一步做什么？",
    "key": "先听清他的诉求并记下关键信息",
    "distractor": "先答应三天之内一定把钱打给他",
    "why": "诉求和事实是后面处理的基础。",
    "why_not": "还没有核对就许诺，多半落空。",
}


def item(name, accept="", kind="single", **texts):
    parts = {**SOUND, **texts}
    return f"""  - id: {name}
    type: {kind}
    section: claims.md#deadlines
    level: apply
    difficulty: 2
    accept: [{accept}]
    stem: {parts["stem"]}
    options:
      - text: {parts["key"]}
        key: true
        rationale: {parts["why"]}
      - text: {parts["distractor"]}
        rationale: {parts["why_not"]}
"""


def found(project, *items, head=""):
    write_files(project, {"docs/bank/claims.yml": f"{head}items:\n" + "".join(items)})
    book = read_book(project / "mkdocs.yml")
    assert structural_problems(book) == []
    listed = list(problems(book))
    assert all(problem.warning for problem in listed)

    return [problem.what for problem in listed]


def test_a_sound_item_is_left_alone(project):
    assert found(project, item("one")) == []


SIGNS = {
    "absolute-words": {"distractor": "一律请他自己去找理赔部问进度"},
    "all-of-above": {"distractor": "以上都对"},
    "uneven-options": {"distractor": "挂断"},
    "out-of-context": {"stem": "案例二里客户投诉理赔太慢，坐席第一步做什么？"},
    "negative-stem": {"stem": "下列做法中，哪一项不正确？"},
    "repeating-rationale": {"why": "先听清他的诉求，并记下关键信息。"},
}


@pytest.mark.parametrize("code", SIGNS)
def test_a_sign_is_found_and_can_be_accepted(code, project):
    texts = SIGNS[code]
    if code == "uneven-options":
        texts = texts | {"key": "先听清他的诉求并记下姓名、保单号、事由和时间等关键信息"}

    assert len(found(project, item("one", **texts))) == 1
    assert found(project, item("one", accept=code, **texts)) == []


def test_an_emphasised_negative_is_sound(project):
    assert found(project, item("one", stem="下列做法中，哪一项**不正确**？")) == []


def test_absolute_words_in_the_key_as_well_give_nothing_away(project):
    assert found(project, item("one", key="必须先听清他的诉求并记下来", distractor="一律请他自己去找理赔部问")) == []


def test_stems_nearly_the_same_are_found_unless_they_are_enemies(project):
    twin = SOUND["stem"].replace("。", "，").replace("太慢", "太慢了")

    assert found(project, item("one"), item("two", stem=twin)) == ["题目 'two' 的题干与题目 'one' 几乎一样"]
    enemies = item("two", stem=twin).replace("    accept: []\n", "    enemies: [one]\n")
    assert found(project, item("one"), enemies) == []


def test_a_stem_that_gives_another_key_away_is_found(project):
    telling = item("two", stem="坐席先听清他的诉求并记下关键信息。接着由谁派单？")

    assert found(project, item("one"), telling) == ["题目 'two' 的题干说出了题目 'one' 的答案"]


STEMS = [
    "扣款失败先查什么？", "保单丢了怎么补？", "谁能改受益人？", "退保要交哪些材料？", "条款听不懂怎么讲？",
    "故障时怎么登记？", "亲属来电能说什么？", "红包怎么退回？", "录音由谁调取？", "沉默的客户怎么问？",
]  # fmt: skip


def test_keys_that_are_always_the_longest_option_are_found_in_the_file(project):
    longest = [item(f"item-{n}", stem=stem, distractor="先让他等着") for n, stem in enumerate(STEMS)]

    assert found(project, *longest) == ["10 道单选题里有 10 道的答案是最长的选项"]
    assert found(project, *longest, head="accept: [longest-key]\n") == []


def test_statements_that_are_all_true_are_found_in_the_file(project):
    true = [
        item(f"item-{n}", kind="true_false", stem=stem, key="正确", distractor="错误") for n, stem in enumerate(STEMS)
    ]

    assert found(project, *true) == ["10 道判断题里有 10 道的答案是“正确”"]


def test_keys_that_stand_at_one_place_are_found_over_the_bank(project):
    many = [
        item(f"item-{n}", stem=f"第{n}件{chr(0x4E00 + 97 * n)}{chr(0x5000 + 61 * n)}事先做{chr(0x6000 + 53 * n)}吗")
        for n in range(40)
    ]

    assert found(project, *many, head="accept: [longest-key, near-duplicate]\n") == [
        "全库 40 道 2 个选项的单选题里，答案在 A 的有 40 道",
        "全库 40 道 2 个选项的单选题里，答案在 B 的有 0 道",
    ]
    assert found(project, *many, head="accept: [longest-key, near-duplicate, key-position]\n") == []
