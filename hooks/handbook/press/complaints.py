"""What Typst says against a document -> one line in Chinese that leads to the place. Knows nothing of PDF."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_UNSHOWN = re.compile(r'the text (?:`"(.*?)"` could not be displayed|contains the disallowed codepoint `"(.*?)"`)')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_PLACE = re.compile(r"┌─ (\S+?):(\d+)")
_SKIPPED = re.compile(r"skipped from heading level (\d) to (\d)")
_NO_TEXT = {"kind", "style", "link", "anchor", "media", "template", "sheet", "colour", "mark", "fields"}
_REFUSED = "panicked with: "
_RUNS = {"run", "pageof", "gap", "anchor"}
_SHOWN = 24


def complaint(diagnostic: str, message: str, files: Mapping[str, bytes]) -> str:
    """Return what is wrong and where; `files` are what was given to Typst."""
    if message.startswith(_REFUSED):  # by a template, which says why
        return message.removeprefix(_REFUSED)
    document = json.loads(files["document.json"])
    texts = list(_texts(document, files))
    unshown = dict.fromkeys(_unescaped(first or second) for first, second in _UNSHOWN.findall(diagnostic))
    if unshown:
        named = "；".join(f"{_named(lacking)}{_where(lacking, texts)}" for lacking in unshown)
        return f"字体里没有这些字符，PDF 没有生成：{named}；请换一个写法，原来的 PDF 没有动。"
    if skipped := _SKIPPED.search(diagnostic):
        deep = next((text for level, text in texts if level == int(skipped[2])), "")
        what = f"标题从第 {skipped[1]} 级跳到了第 {skipped[2]} 级（“{deep}”）"
        return f"{what}，读屏软件会迷路，PDF 没有生成；请一级一级地写标题，原来的 PDF 没有动。"
    if "decode image" in message:
        return "有一张图片损坏了，或者名字的后缀与它的格式不符，PDF 没有生成；请换一张图片，原来的 PDF 没有动。"
    place = _PLACE.search(diagnostic)
    where = f"{place[1]}:{place[2]}: " if place else ""

    return f"{where}排版出错（{message}）；请检查 print 文件夹里的模板，原来的 PDF 没有动。"


def _texts(part: Any, files: Mapping[str, bytes]) -> Iterator[tuple[int, str]]:
    """Yield all texts in order, each with its level if it is a heading, else 0."""
    if isinstance(part, str):
        yield 0, part
    elif isinstance(part, list):
        if part and all(isinstance(one, dict) and one["kind"] in _RUNS for one in part):
            yield 0, "".join(one.get("text", "") for one in part)
        else:
            for one in part:
                yield from _texts(one, files)
    elif isinstance(part, dict):
        level = part["level"] if part["kind"] == "heading" else 0
        for name, one in part.items():
            if name == "content":
                yield 0, re.sub(r"<[^>]*>", "", files[one].decode(errors="ignore")) if isinstance(one, str) else ""
            elif name not in _NO_TEXT:
                yield from ((level or inner, text) for inner, text in _texts(one, files))


def _named(lacking: str) -> str:
    """Return characters and their numbers; those that cannot be seen by their numbers alone."""
    numbers = " ".join(f"U+{ord(character):04X}" for character in lacking)
    return f"“{lacking}”（{numbers}）" if lacking.isprintable() else numbers


def _where(lacking: str, texts: list[tuple[int, str]]) -> str:
    """Return the heading and the words around the first place of some characters."""
    heading = ""
    for level, text in texts:
        if level:
            heading = " ".join(text.split())
        at = text.find(lacking)
        if at >= 0:
            around = text[max(0, at - _SHOWN // 2) : at + _SHOWN // 2]
            around = "".join(character for character in around if character.isprintable()).strip()
            return f"在“{heading}”下的“{around}”" if heading and not level else f"在“{around}”"

    return ""


def _unescaped(text: str) -> str:
    """Return what is between the quotation marks of a message as the characters it stands for."""
    simple = {"n": "\n", "r": "\r", "t": "\t"}
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else simple.get(found[2], found[2]), text)
