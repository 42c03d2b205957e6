"""Every fault of a model is said in plain words at its line, without a word of pydantic's."""

from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import Field

from handbook.reading.source import parsed
from handbook.reading.validation import Identifier, Model, Text, validated


class Part(Model):
    name: Identifier
    points: Annotated[int, Field(ge=1, le=5)] = 1


class Sample(Model):
    title: Text
    kind: Literal["one", "two"] = "one"
    day: date = date(2026, 1, 1)
    flag: bool = False
    words: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    parts: Annotated[tuple[Part, ...], Field(strict=False, min_length=1)] = (Part(name="a"),)


def said_of(text):
    document = parsed(text, "x.yml")
    found = validated(Sample, document, (), "样品 ")

    assert (found is None) == bool(document.problems)
    return [(problem.line, problem.what, problem.mend) for problem in document.problems]


def test_a_sound_one_is_a_model():
    document = parsed("title: 甲\nparts: [{name: b, points: 2}]\n", "x.yml")

    assert validated(Sample, document, (), "样品 ") == Sample(title="甲", parts=(Part(name="b", points=2),))


@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        ("kind: one\n", 1, "样品 缺少字段 'title'", "请补上 `title:`"),
        ("title: 甲\n\nkinb: one\n", 3, "样品 有不认识的字段 'kinb'", "请检查拼写，也许是 'kind'"),
        ("title: 甲\nflag:true: x\n", 2, "样品 的 'flag:true' 在英文冒号后面少了空格", "请写成 `flag: true`"),
        ("title: 甲\nkind: three\n", 2, "样品 的 'kind' 不能是 `three`", "请写成 'one' 或 'two' 之一"),
        ("title:\n", 1, "样品 的 'title' 是空的", "请写上内容"),
        ("title: ' '\n", 1, "样品 的 'title' 是空的", "请写上内容"),
        ("title: no\n", 1, "样品 的 'title' 写成了 `no`，会被当成“真/假”", "请加上引号：'no'"),
        ("title: 12\n", 1, "样品 的 'title' 应当是文字，现在是 `12`", "请加上引号：'12'"),
        ("title: 甲\nflag: 'true'\n", 2, "样品 的 'flag' 应当是 true 或 false，现在是 `true`", "请对照示例改写，注意缩进"),
        ("title: 甲\nday: 明天\n", 2, "样品 的 'day' 应当是日期（如 2026-01-31），现在是 `明天`", "请对照示例改写，注意缩进"),
        ("title: 甲\nwords: 乙\n", 2, "样品 的 'words' 应当是列表（每项另起一行，以短横线开头），现在是 `乙`", "请写成 `[乙]`"),
        ("title: 甲\nparts: []\n", 2, "样品 的 'parts' 太少", "至少要有 1 项"),
        ("title: 甲\nparts:\n  - name: b\n    points: 6\n", 4, "样品 的 'points' 不能是 6", "请写一个不大于 5 的数"),
        ("title: 甲\nparts:\n  - name: b\n    points: 2分\n", 4, "样品 的 'points' 应当是整数，现在是 `2分`", "请只写数字：2"),
        ("title: 甲\nparts:\n  - name: 乙\n", 3, "样品 的 'name' 写成了 `乙`，格式不对", "只用小写英文字母、数字和短横线，以字母开头，例如 claims-deadline"),
        ("title: 甲\nparts:\n  -\n", 3, "样品 的 'parts' 应当是若干行“字段: 内容”，现在是空的", "请对照示例改写，注意缩进"),
    ],
)  # fmt: skip
def test_a_fault_is_said_at_its_line_with_its_mend(text, line, what, mend):
    assert said_of(text) == [(line, what, mend)]


def test_all_faults_are_said_at_once():
    assert [line for line, *_ in said_of("kind: three\nflag: 3\n")] == [1, 1, 2]


def test_what_is_no_mapping_at_all_is_said_as_well():
    assert [what for _, what, _ in said_of("甲\n")] == ["样品 应当是若干行“字段: 内容”，现在是 `甲`"]
