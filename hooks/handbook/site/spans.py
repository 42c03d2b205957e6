"""A Markdown tree, characters read in it -> the tree with a `<span>` around them, across the inline elements between.

Knows nothing of what the characters say.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element


class Read(NamedTuple):
    """A character as it is read, and where: in the `text` that an element begins with, in its `tail`, or it is the `whole`."""

    shown: str
    owner: Element
    kind: str
    begin: int = 0
    end: int = 0


_Cut = tuple[int, int]
"""Among the texts of an element, of which the first stands before its children, and each other behind one: which, and where in it."""


class Tree:
    """A tree that knows parents."""

    def __init__(self, root: Element) -> None:
        self._parents = {child: parent for parent in root.iter() for child in parent}

    def wrap(self, read: Sequence[Read], span: Element) -> None:
        """Put a span around what was read; where it begins or ends inside an inline element, around all of that."""
        first, last = list(self._around(read[0])), list(self._around(read[-1]))
        parent = next(element for element in first if element in last)
        begin = self._cut(parent, read[0], first, ends=False)
        self.insert(parent, begin, self._cut(parent, read[-1], last, ends=True), span)

    def insert(self, parent: Element, begin: _Cut, end: _Cut, span: Element) -> None:
        """Move what stands between two places in an element into a span."""
        inside = list(parent)[begin[0] : end[0]]
        before, behind = _text(parent, begin[0]), _text(parent, end[0])
        if inside:
            span.text = before[begin[1] :]
            inside[-1].tail = behind[: end[1]]
        else:
            span.text = before[begin[1] : end[1]]
        span.tail = behind[end[1] :]
        _set_text(parent, begin[0], before[: begin[1]])
        for child in inside:
            parent.remove(child)
            span.append(child)
            self._parents[child] = span
        parent.insert(begin[0], span)
        self._parents[span] = parent

    def put_beside(self, place: tuple[Element, int], span: Element) -> None:
        """Put a span in a block of its own before or behind a block."""
        block, behind = place
        parent = self._parents[block]
        beside = Element("div", {"class": "quoted-beside"})
        beside.append(span)
        beside.tail = "\n"
        parent.insert(list(parent).index(block) + behind, beside)

    def _around(self, read: Read) -> Iterator[Element]:
        """Yield the elements that a character stands in, the innermost first."""
        element = read.owner if read.kind == "text" else self._parents[read.owner]
        yield element
        while element in self._parents:
            element = self._parents[element]
            yield element

    def _cut(self, parent: Element, read: Read, around: list[Element], *, ends: bool) -> _Cut:
        children = list(parent)
        if around[0] is parent and read.kind != "whole":
            index = children.index(read.owner) + 1 if read.kind == "tail" else 0
            return index, read.end if ends else read.begin
        child = read.owner if around[0] is parent else around[around.index(parent) - 1]
        index = children.index(child)

        return (index + 1, 0) if ends else (index, len(_text(parent, index)))


def _text(parent: Element, index: int) -> str:
    return (parent[index - 1].tail if index else parent.text) or ""


def _set_text(parent: Element, index: int, text: str) -> None:
    if index:
        parent[index - 1].tail = text
    else:
        parent.text = text
