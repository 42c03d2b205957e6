"""Terms of the glossary -> `<abbr title>` around the first place of each in a Markdown tree."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.util import ETX, STX, AtomicString

_LEFT_ALONE = {"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "script", "svg"}


class Tooltips(AbbrTreeprocessor):
    """Markdown's own abbreviations, but each at its first place only and without word boundaries: Chinese has none."""

    def __init__(self, md: Markdown, meanings: Mapping[str, str]) -> None:
        super().__init__(md, dict(meanings))
        words = sorted(map(re.escape, meanings), key=len, reverse=True)
        self._words = re.compile("|".join([f"{STX}.*?{ETX}", *words]))  # what stands for raw HTML holds no words

    def run(self, root: Element) -> None:
        self.iter_element(root)

    def iter_element(self, el: Element, _parent: Element | None = None) -> None:
        """Step through an element in the order of reading; a term explained is a term less to look for."""
        el.text, children = self._explained(el.text)
        for child in el:
            if child.tag not in _LEFT_ALONE:
                self.iter_element(child)
            child.tail, terms = self._explained(child.tail)
            children += [child, *terms]
        el[:] = children

    def _explained(self, text: str | None) -> tuple[str | None, list[Element]]:
        """Return what stands before the first term in a text, and each term with what follows it."""
        if not text or isinstance(text, AtomicString):
            return text, []
        found = [(word, means) for word in self._words.finditer(text) if (means := self.abbrs.pop(word[0], ""))]
        ends = [*(word.start() for word, _ in found), len(text)]
        terms = [
            self.create_element(means, word[0], text[word.end() : end])
            for (word, means), end in zip(found, ends[1:], strict=True)
        ]

        return text[: ends[0]], terms
