"""A page -> its front matter, and the fences, pieces of code, comments and references in its Markdown, in one pass.

Whatever begins first hides what is inside it. Knows nothing of what they mean.
"""

import re
from collections.abc import Iterator

HIDDEN = "\ufffc"
"""Stands for each character of code and comments in the `prose` of a text."""
_HAN = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
REFERENCE = rf"(?:(?<={_HAN}) )?(?<!{{){{{{[^\S\n]*(?P<id>[^{{}}｛｝\s](?:[^{{}}｛｝\n]*[^{{}}｛｝\s])?)[^\S\n]*}}}}(?!}})(?: (?={_HAN}))?"
"""A reference outside code, with the space that parts it from Chinese text and goes when it is filled in."""
_FENCE = (
    r"^(?P<indent>[ \t>]*)(?P<ticks>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)(?:\n|\Z)"
    r"(?P<body>.*?)(?:^(?P=indent)(?P=ticks)(?P<closed>[ \t]*)$|\Z)"
)
_BLOCK = r"\n\s*(?:\n|[-*+|#>!]|\d+[.)])"  # code within a line ends with the paragraph, the list item or the table row
_SPAN = rf"(?<![\\`])(?P<tick>`+)(?!`)(?:(?!{_BLOCK}).)+?(?<!`)(?P=tick)(?!`)"
_COMMENT = r"<!--(?P<comment>(?:(?!<!--).)*?)-->|(?P<unclosed><!--)"
TOKEN = re.compile(f"{_FENCE}|{_SPAN}|{_COMMENT}|{REFERENCE}", re.MULTILINE | re.DOTALL)
"""Tokens bear the groups of one of these: `ticks` and `body`, `tick`, `comment` or `unclosed`, `id`."""
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
"""As MkDocs finds it."""


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield every token of a page behind its front matter, in order."""
    return TOKEN.finditer(text, beginning(text))


def front_matter(text: str) -> str | None:
    """Return the YAML at the head of a page, or None; its first line is the second of the file."""
    found = _FRONT_MATTER.match(text)
    return found["fields"] if found else None


def beginning(text: str) -> int:
    """Return where the Markdown begins."""
    found = _FRONT_MATTER.match(text)
    return found.end() if found else 0


def line_at(text: str, position: int) -> int:
    """Return the line of a position, counted from 1."""
    return text.count("\n", 0, position) + 1
