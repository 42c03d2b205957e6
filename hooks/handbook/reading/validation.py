"""Plain data -> a typed model, with every fault in plain words at its line.

The only module that knows the wording of pydantic's errors, so that no author ever meets it.
"""

import re
from functools import cache
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from handbook.problems import did_you_mean
from handbook.reading.source import Document

Where = tuple[str | int, ...]
_KEY = "[key]"
"""How pydantic marks that a mapping's key is at fault, not its value."""


class Model(BaseModel):
    """What is written in a file: read-only, without conversions, without unknown fields."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


M = TypeVar("M", bound=Model)


def validated(model: type[M], document: Document, where: Where, called: str) -> M | None:
    """Return the part of `document` at `where` as a `model`, or None with its problems noted there.

    `called` is how messages name the thing ("题目 'x'").
    """
    data = document.data
    for step in where:
        data = data[step]
    try:
        return model.model_validate(data)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
                continue  # long enough, but for parts that are reported themselves
            inside = (*where, *error["loc"])
            literal = document.literals.get(inside, document.literals.get(inside[:-1]))
            if literal is None and isinstance(error["input"], str):
                literal = error["input"]
            if inside[-1:] == (_KEY,):
                error["loc"], literal = error["loc"][:-2], str(inside[-2])
            what, mend = _in_words(error, model, literal)
            if error["type"] in _WANTED or error["type"] == "string_pattern_mismatch":
                mend = _listed(error["type"], literal) or _punctuation(literal) or mend
            document.note(inside, f"{called}{what}", mend)
        return None


def _listed(kind: str, literal: str | None) -> str | None:
    """Return the mend of a sentence where a list is wanted; a word can as well stand in brackets."""
    meant = kind in ("list_type", "tuple_type") and re.match("[^［【｛].*[，。；…]", literal or "", re.DOTALL)

    return "请另起一行，以短横线加一个空格开头，一行写一项" if meant else None


def _punctuation(literal: str | None) -> str | None:
    """Return the mend when full-width punctuation is what made YAML read a value as plain text."""
    found = re.search("[：，｛｝［］【】]", literal or "")

    return f"里面有中文标点“{found[0]}”，请改成英文标点，逗号和冒号后面各加一个空格" if found else None


def _in_words(error: ErrorDetails, model: type[Model], literal: str | None) -> tuple[str, str]:
    """Return what is wrong and how to mend it."""
    kind = error["type"]
    name = next((str(step) for step in reversed(error["loc"]) if isinstance(step, str)), "")
    if kind == "missing":
        return f"缺少字段 '{name}'", f"请补上 `{name}:`"
    if kind == "extra_forbidden" and ":" in name:
        return f"的 '{name}' 在英文冒号后面少了空格", f"请写成 `{name.replace(':', ': ', 1)}`"
    if kind == "extra_forbidden":
        return f"有不认识的字段 '{name}'", did_you_mean(name, _field_names(model), "请删掉它，或对照示例改正名字")
    if kind == "string_type":
        return _not_text(name, error["input"], literal)
    if kind in _WANTED:
        shown = f"，现在是 `{literal}`" if literal else "，现在是空的" if literal == "" else ""
        whose = f"的 '{name}' " if name else ""
        quoted = kind in ("int_type", "float_type") and isinstance(error["input"], str) and error["input"].isdigit()
        number = re.match(r"\d+(?![\d.])", literal or "") if kind == "int_type" else None
        mend = f"请只写数字：{number[0]}" if number else "请对照示例改写，注意缩进"
        if kind == "tuple_type" and literal:
            mend = f"请写成 `[{literal}]`"
        return f"{whose}应当是{_WANTED[kind]}{shown}", "请去掉引号" if quoted else mend

    return _out_of_bounds(name, error, literal)


_WANTED = {
    "int_type": "整数",
    "float_type": "数",
    "bool_type": " true 或 false",
    "date_type": "日期（如 2026-01-31）",
    "list_type": "列表（每项另起一行，以短横线开头）",
    "tuple_type": "列表（每项另起一行，以短横线开头）",
    "model_type": "若干行“字段: 内容”",
    "dict_type": "若干行“字段: 内容”",
}


def _out_of_bounds(name: str, error: ErrorDetails, literal: str | None) -> tuple[str, str]:
    """Return the words for a value of the right kind that is not allowed here."""
    limits = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            said = f"的 '{name}' 不能是 `{literal}`", f"请写成 {limits['expected'].replace(' or ', ' 或 ')} 之一"
        case "greater_than_equal":
            said = f"的 '{name}' 不能是 {literal}", f"请写一个不小于 {limits['ge']:g} 的数"
        case "less_than_equal":
            said = f"的 '{name}' 不能是 {literal}", f"请写一个不大于 {limits['le']:g} 的数"
        case "too_short":
            said = f"的 '{name}' 太少", f"至少要有 {limits['min_length']} 项"
        case "string_pattern_mismatch" if limits["pattern"] == NOT_BLANK:
            said = f"的 '{name}' 是空的", "请写上内容"
        case "string_pattern_mismatch":
            said = f"的 '{name}' 写成了 `{literal}`，格式不对", _PATTERNS[limits["pattern"]]
        case _:
            said = f"的 '{name}' 写得不对", "请对照示例改写"
    return said


IDENTIFIER = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
SECTION = r"^[^#\s]+\.md#\S+$"
SOURCE = r"^[a-z0-9-]+/\d+\.\d+$"
COLOUR = r"^#[0-9a-fA-F]{6}$"
NOT_BLANK = r"\S"
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
Text = Annotated[str, Field(pattern=NOT_BLANK)]
Colour = Annotated[str, Field(pattern=COLOUR)]
_PATTERNS = {
    IDENTIFIER: "只用小写英文字母、数字和短横线，以字母开头，例如 claims-deadline",
    SECTION: "请写成“文件名.md#锚点”，例如 claims.md#deadlines",
    SOURCE: "请写成“试卷/部分.题号”，例如 2026-exam/1.1",
    COLOUR: "请写成井号加六位数字或 a 到 f 的字母，并加引号，例如 '#1a5276'",
}


def _not_text(name: str, value: object, literal: str | None) -> tuple[str, str]:
    if isinstance(value, bool):
        return f"的 '{name}' 写成了 `{literal}`，会被当成“真/假”", f"请加上引号：'{literal}'"
    if isinstance(value, dict) and len(value) == 1 and literal is None:
        return f"的 '{name}' 应当是文字", "文字里有“: ”或以 {{ 开头时，请用单引号把整段括起来"
    if isinstance(value, dict | list):
        return f"的 '{name}' 应当是文字，现在是一组数据", "请写成一段文字"
    if value is None:
        return f"的 '{name}' 是空的", "请写上内容"
    return f"的 '{name}' 应当是文字，现在是 `{literal}`", f"请加上引号：'{literal}'"


@cache
def _field_names(model: type[Model]) -> tuple[str, ...]:
    """Return the names of all fields in `model` and in the models inside it."""
    schema = model.model_json_schema()
    models = [schema, *schema.get("$defs", {}).values()]
    return tuple(dict.fromkeys(name for model in models for name in model.get("properties", ())))
