"""A page's Markdown -> what was meant as a marker, a reference, a comment or a fence, but is none.

Says it in the words of people who write with a Chinese keyboard; `markup` knows what is right.
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import takewhile

from handbook.problems import did_you_mean
from handbook.reading import markup
from handbook.reading.markup import MARKERS, Comment
from handbook.reading.merging import BY_HAND, CONFLICT, merged
from handbook.reading.tokens import HIDDEN, REFERENCE, beginning, front_matter, line_at

_NAMES = "|".join(MARKERS)
_COMMENT_LIKE = re.compile(rf"(?:[<＜《〈]|&lt;)\s*(?:[!！]\s*[-—－–]|[-—－–]+\s*(?:{_NAMES})\b)[^\n]{{0,30}}")
_WORD = re.compile(r"(?P<word>[a-z][a-z-]*)(?P<colon>\s*:)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_IDS = re.compile(r"\b[a-z]+-[a-z0-9-]+|\d|^[\w.-]+(?:[,、;]\s*[\w.-]+)+$")
_LINK_LIKE = re.compile(r"[\]】] ?[（(][^（）()\s]*(?:\.md|https?:|#|\.(?:png|jpe?g|svg|gif))[^（）()\s]*[）)]")
_HOLDS_OTHERS = re.compile(r"\s*(?:[-*+]|\d+[.)]|!!!|\?\?\?|===|\[\^|:)")
_REMARKS = {"todo", "fixme", "note", "more"}
"""Words that open remarks and markers of other programs."""
_REMARK = "只是批注的，请以中文开头"
_BRACES = re.compile(
    r"[{｛][ \u3000]?[{｛]+[^{}｛｝\n]{0,60}(?:[ \u3000]?[}｝])*"  # two to open, whatever closes
    r"|[{｛][^{}｛｝\n]{0,60}[}｝][ \u3000]?[}｝]+|[}｝]{2,}"  # two to close
    r"|[{｛][ \u3000]*(?!data-|aria-)[a-z0-9]+(?:-[a-z0-9]+)+[ \u3000]*[}｝]"  # an id between single ones
    r"|【【[^【】\n]{0,60}】】"
)
Fault = tuple[int, str, str]
"""The line, what is wrong, how to mend it."""


def faults(text: str) -> Iterator[Fault]:
    """Yield everything malformed on a page, in the order of its lines."""
    conflicts = ((line, CONFLICT, BY_HAND) for line in merged(markup.prose(text)).conflicts)
    yield from sorted({*_of_front_matter(text), *_of_code(text), *_of_comments(text), *in_text(text), *conflicts})


def in_text(text: str) -> Iterator[Fault]:
    """Yield what looks like a reference to a fact, or like a link, and is none; any text will do."""
    plain = re.sub(REFERENCE, lambda found: HIDDEN * len(found[0]), markup.prose(text))
    for found in _LINK_LIKE.finditer(plain, beginning(text)):
        if not re.fullmatch(r"\]\(.*\)", found[0]):
            yield line_at(plain, found.start()), f"“{found[0]}”不是链接的写法", "请用英文括号，写成 `[文字](地址)`"
    for found in _BRACES.finditer(plain, beginning(text)):
        said = text[found.start() : found.end()].strip()
        empty = re.fullmatch(r"[{｛ \u3000]+[}｝ \u3000]+", said)
        what = f"“{said}”里没有事实编号" if empty else f"“{said}”不是引用事实的写法"
        yield line_at(plain, found.start()), what, "请写成 `{{ 事实编号 }}`，左右各两个英文花括号"


def _of_front_matter(text: str) -> Iterator[Fault]:
    fields = front_matter(text)
    if fields is None and text.startswith("---\n"):
        yield 1, "页首的信息没有结束", "请在最后一个字段下面另起一行写 `---`"
    if fields and "{{" in fields:
        yield line_at(fields, fields.index("{{")) + 1, "页首的信息里不能引用事实", "请直接写出来，或换个说法"


def _of_code(text: str) -> Iterator[Fault]:
    for fence in markup.fences(text):
        if not fence.closed:
            yield fence.line, "代码块没有结束", f"请在代码下面另起一行，照开头写 {fence.ticks}"


def _of_comments(text: str) -> Iterator[Fault]:
    plain = markup.prose(text)
    for found in _COMMENT_LIKE.finditer(plain):
        yield line_at(plain, found.start()), f"“{found[0].strip()}”不是注释的写法", "请用英文符号，写成 `<!-- … -->`"
    lines = text.split("\n")
    for comment in markup.comments(text):
        if not comment.closed:
            yield comment.line, "注释没有结束，后面的正文会不见", "请在注释末尾补上 `-->`"
        name = _meant(comment)
        if name and not comment.marker:
            yield comment.line, *_malformed(comment, name)
        if comment.marker and comment.alone and _is_indented_code(lines, comment.line):
            yield comment.line, f"标记 '{name}' 前面空了四格，会当成代码印出来", "请从行首写起"
        if name and not comment.alone and (comment.marker or "\n" not in comment.text):
            above = "请把它单独写在这段文字的上一行" if name == "literal" else "请让它单独占一行"
            yield comment.line, f"标记 '{name}' 没有单独写在一行", above


def _is_indented_code(lines: list[str], number: int) -> bool:
    """Tell whether a line is so far to the right that it is code, and not part of a list or of a box."""
    if not re.match(r" {4}| {0,3}\t", lines[number - 1]):
        return False
    above = [line for line in lines[: number - 1] if not line.strip() or not re.match(r" {4}| {0,3}\t", line)]
    while above and not above[-1].strip():
        above.pop()
    block = list(takewhile(str.strip, reversed(above)))

    return not block or not _HOLDS_OTHERS.match(block[-1])


def _meant(comment: Comment) -> str | None:
    """Return the name of the marker that a comment is, or was meant to be; None for a remark.

    What begins with an English word is meant as one if nothing follows but a colon and names; remarks are sentences.
    """
    if comment.marker:
        return comment.marker.name
    found = _WORD.fullmatch(unicodedata.normalize("NFKC", comment.text).strip(" \n-—–"))
    if not found:
        return None
    word, rest = found["word"], found["rest"].strip()
    if word in MARKERS:
        most = MARKERS[word][2]
        few = len(rest.split()) <= min(2, most + 1)
        return word if few or found["colon"] or (most and _IDS.search(rest)) else None
    if get_close_matches(word.casefold(), MARKERS, n=1, cutoff=0.75):
        return word if not rest or found["colon"] or _IDS.search(rest) else None

    return word if word.casefold() not in _REMARKS and (not rest or (found["colon"] and rest.isascii())) else None


def _malformed(comment: Comment, name: str) -> tuple[str, str]:
    """Return what is wrong with a marker and how to mend it."""
    if name not in MARKERS:
        otherwise = f"标记有：{'、'.join(MARKERS)}；{_REMARK}"
        return f"没有叫 '{name}' 的标记", did_you_mean(name, MARKERS, otherwise)
    argument, _, most = MARKERS[name]
    written = f"请写成 `<!-- {name}: {argument} -->`" if argument else f"请写成 `<!-- {name} -->`"
    behind = comment.text.partition(name)[2].strip()
    if not most:
        return f"标记 '{name}' 后面不写别的", f"{written}；{_REMARK}"
    if name in comment.text and not behind.strip(":：,，、 "):
        return f"标记 `<!-- {name}: -->` 里没有{argument}", f"请写上{argument[-2:]}，或删掉这一行"
    if behind.startswith("："):
        return f"标记 '{name}' 后面用了中文冒号", "请改成英文冒号"
    if name in comment.text and not behind.startswith(":"):
        return f"标记 '{name}' 后面少了英文冒号", f"{written}；{_REMARK}"

    return f"标记 '{name}' 写得不对", f"{written}，{'一个标记写一个' if most == 1 else '不要换行，不用全角字母'}"
