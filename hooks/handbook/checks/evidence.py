"""What items quote of the handbook, held against what a reader sees there."""

import re
from collections.abc import Iterator

from handbook.book import Book
from handbook.content.quotations import parts
from handbook.content.views import references
from handbook.problems import Problem, did_you_mean
from handbook.reading.markup import UNWRITTEN

_NAMED = re.compile(r"\S+\.md#[a-z0-9-]+(?:[：︰﹕]|:(?! ))")
_SHORTEST = 4
"""How many characters a quotation has at least."""


def quotations(book: Book) -> Iterator[Problem]:
    """Does every piece of evidence name a section that is there, and words that stand in it?"""
    for entry in book.bank.entries:
        pieces = zip(entry.item.quoted, book.passages(entry.item), strict=True)
        for number, ((section, words), passage) in enumerate(pieces):
            here, seen = ("evidence", number), book.seen(words)
            if named := _NAMED.match(words):
                mend = "冒号要用英文的，后面空一格"
                yield entry.problem(f"的依据以“{named[0]}”开头，小节的名字没有分开", mend, *here)
            elif section not in book.sections:
                mend = did_you_mean(section, book.sections, "请对照章节标题行尾的锚点")
                yield entry.problem(f"的依据所指的小节 '{section}' 不存在", mend, *here)
            elif len("".join(parts(seen))) < _SHORTEST:
                yield entry.problem(f"的依据“{seen}”太短", "请多摘几个字，让人看得出是哪一句", *here)
            elif passage is None and UNWRITTEN not in words and all(one in book.facts for one in references(words)):
                what = f"的依据“{seen}”在小节 '{section}' 里找不到"
                mend = f"请照现在的正文改写；`handbook evidence {entry.item.id}` 会列出最像的句子"
                yield entry.problem(what, mend, *here, warning=True)
