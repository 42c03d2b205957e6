"""Files of items -> a bank of the sound ones, each with its lines, and every problem of the others."""

import pytest
from tests.conftest import write_files

from handbook.bank.entries import BankFile, read_bank
from handbook.items import MODELS, TYPES

HEAD = "items:\n"
ITEM = """  - id: ID
    type: true_false
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 拒赔通知书要说明理由。
    options:
      - text: 正确
        key: true
        rationale: 对。
      - text: 错误
        rationale: 错。
"""


def items(*names):
    return "".join(ITEM.replace("ID", name) for name in names)


def read(root, **files):
    """Return the bank in the files given and what is said of them; `root` is where paths begin."""
    write_files(root, {f"docs/bank/{name}.yml": content for name, content in files.items()})

    return read_bank(root / "docs/bank", root)


def said(problems):
    return [(problem.path, problem.line, problem.what) for problem in problems]


def test_items_stand_in_the_order_of_the_files_and_of_their_lines(tmp_path):
    bank, problems = read(tmp_path, b=HEAD + items("b-two", "b-one"), a=HEAD + items("a-two"), c=HEAD + items("c-one"))

    assert problems == []
    assert [item.id for item in bank.items] == ["a-two", "b-two", "b-one", "c-one"]
    assert [entry.path for entry in bank.entries] == [f"docs/bank/{name}.yml" for name in "abbc"]
    assert bank.by_id["b-one"] is bank.entries[2]


def test_no_file_is_an_empty_bank(tmp_path):
    bank, problems = read(tmp_path, **{"blueprints/quarter": "title: x\n"})

    assert (bank.entries, problems) == ((), [])


def test_a_bank_elsewhere_is_named_as_it_was_given(tmp_path):
    write_files(tmp_path, {"secret/claims.yml": HEAD + items("one")})

    bank, _ = read_bank(tmp_path / "secret", tmp_path / "handbook")

    assert bank.entries[0].path == f"{tmp_path}/secret/claims.yml"


def test_every_part_of_an_item_knows_its_line_and_what_is_not_written_that_of_what_is_around_it(tmp_path):
    bank, _ = read(tmp_path, claims=f"# 理赔\naccept: [longest-key]\n{HEAD}{items('one', 'two')}")
    entry = bank.by_id["two"]

    assert entry.line() == 16
    assert entry.line("stem") == 21
    assert entry.line("options", 1, "rationale") == 27
    assert entry.line("options", 1, "key") == entry.line("options", 1) == 26
    assert entry.line("stimulus") == 16


def test_an_item_stands_where_its_id_does(tmp_path):
    bank, _ = read(tmp_path, claims=HEAD + items("one").replace("  - id: one\n    type", "  - type") + "    id: one\n")

    assert bank.by_id["one"].line() == 13


def test_a_problem_of_an_item_names_item_file_and_line(tmp_path):
    bank, _ = read(tmp_path, claims=HEAD + items("one"))
    entry = bank.entries[0]

    assert str(entry.problem("有点怪", "请改写", "stem")) == "docs/bank/claims.yml:7: 题目 'one' 有点怪；请改写。"
    assert entry.problem("有点怪", "请改写").line == 2
    assert [entry.problem("怪", "改", warning=warning).warning for warning in (False, True)] == [False, True]
    assert not entry.problem("怪", "改").warning


def test_what_a_file_accepts_holds_for_its_own_items_only(tmp_path):
    bank, problems = read(
        tmp_path, a=f"accept: [longest-key, true-false]\n{HEAD}{items('one', 'two')}", b=HEAD + items("three")
    )

    assert problems == []
    assert [entry.accept for entry in bank.entries] == [["longest-key", "true-false"]] * 2 + [[]]


def test_of_items_with_one_id_the_first_counts_and_every_other_is_named_with_where_that_is(tmp_path):
    bank, problems = read(tmp_path, a=HEAD + items("one", "two", "one"), b=HEAD + items("two", "three"))

    assert [(entry.item.id, entry.path, entry.line()) for entry in bank.entries] == [
        ("one", "docs/bank/a.yml", 2),
        ("two", "docs/bank/a.yml", 14),
        ("three", "docs/bank/b.yml", 14),
    ]
    assert said(problems) == [
        ("docs/bank/a.yml", 26, "题目 'one' 的编号已经在 docs/bank/a.yml:2 用过"),
        ("docs/bank/b.yml", 2, "题目 'two' 的编号已经在 docs/bank/a.yml:14 用过"),
    ]


def test_sound_items_are_kept_beside_faulty_ones_with_lines_of_their_own(tmp_path):
    faulty = items("bad").replace("level: remember", "level: recall")
    bank, problems = read(tmp_path, claims=HEAD + items("one") + faulty + items("two"))

    assert [(entry.item.id, entry.line()) for entry in bank.entries] == [("one", 2), ("two", 26)]
    assert [problem.line for problem in problems] == [17]
    assert "题目 'bad' " in problems[0].what


def test_an_item_that_breaks_a_rule_of_its_type_is_kept_so_that_what_names_it_is_not_blamed(tmp_path):
    bank, problems = read(tmp_path, claims=HEAD + items("one").replace("        key: true\n", ""))

    assert [item.id for item in bank.items] == ["one"]
    assert said(problems) == [("docs/bank/claims.yml", 8, "题目 'one' 没有标出答案")]


def test_a_file_that_is_no_yaml_takes_no_other_with_it(tmp_path):
    bank, problems = read(tmp_path, a="items: '\n", b=HEAD + items("one"))

    assert [item.id for item in bank.items] == ["one"]
    assert [problem.path for problem in problems] == ["docs/bank/a.yml"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("- id: one\n", "文件里没有 `items:` 列表"),
        ("accept: [a]\n", "文件里没有 `items:` 列表"),
        ("items:\n", "`items:` 下面是空的"),
        ("items: {id: one}\n", "`items:` 下面应当是列表（每项另起一行，以短横线开头）"),
        ("items: 3\n", "`items:` 下面应当是列表（每项另起一行，以短横线开头）"),
    ],
)
def test_a_file_without_a_list_of_items_is_named(tmp_path, content, what):
    bank, problems = read(tmp_path, claims=content)

    assert bank.entries == ()
    assert said(problems) == [("docs/bank/claims.yml", 1, what)]


def test_unknown_fields_of_a_file_are_named_and_its_items_are_read(tmp_path):
    bank, problems = read(tmp_path, claims=f"acept: [longest-key]\nnothing: 1\n{HEAD}{items('one')}")

    assert [item.id for item in bank.items] == ["one"]
    assert sorted((problem.line, problem.what, problem.mend) for problem in problems) == [
        (1, "有不认识的字段 'acept'", "请检查拼写，也许是 'accept'"),
        (2, "有不认识的字段 'nothing'", "请删掉它"),
    ]


@pytest.mark.parametrize(
    ("item", "line", "what"),
    [
        ("  - claims\n", 14, "第 2 道题应当由“字段: 内容”组成"),
        ("  - [id, claims]\n", 14, "第 2 道题应当由“字段: 内容”组成"),
        ("  - stem: 问？\n", 14, "第 2 道题缺少字段 'type'"),
        ("  - id: two\n    stem: 问？\n", 14, "题目 'two' 缺少字段 'type'"),
        ("  - id: two\n    type: singel\n", 15, "题目 'two' 的题型 `singel` 不认识"),
        ("  - stem: 问？\n    type: 3\n", 15, "第 2 道题的题型 `3` 不认识"),
    ],
)
def test_an_item_that_is_none_is_called_by_its_id_or_its_number(tmp_path, item, line, what):
    bank, problems = read(tmp_path, claims=HEAD + items("one") + item + items("three"))

    assert [item.id for item in bank.items] == ["one", "three"]
    assert said(problems) == [("docs/bank/claims.yml", line, what)]


@pytest.mark.parametrize(
    "written", ["    stem: 问？\n", "    stem: 问？\n    type: 单选\n"], ids=["none", "unlike any"]
)
def test_where_the_type_is_unknown_all_types_are_offered_with_their_names(tmp_path, written):
    _, (problem,) = read(tmp_path, claims=f"{HEAD}  - id: one\n{written}")

    assert [name for name, label in TYPES.items() if f"{name}（{label}）" not in problem.mend] == []


def test_a_type_nearly_right_is_offered(tmp_path):
    _, (problem,) = read(tmp_path, claims=HEAD + items("one").replace("true_false", "ture_false"))

    assert problem.mend == "请检查拼写，也许是 'true_false'"


def test_the_schema_for_editors_knows_every_type():
    described = BankFile.model_json_schema()

    assert set(described["properties"]) == {"accept", "items"}
    assert {model.__name__ for model in MODELS.values()} <= set(described["$defs"])
