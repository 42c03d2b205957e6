"""Pages and items -> the values of facts that are written out instead of referred to, or that differ from the fact.

A quantity that stands in `facts.yml` must be a reference, or one day the two will differ.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from handbook.bank.entries import Entry
from handbook.book import Book
from handbook.checks import passages
from handbook.checks.likeness import Likeness
from handbook.checks.passages import Passage
from handbook.checks.quantities import Found, Quantity, found, quantities
from handbook.content.pocket_card import Panel
from handbook.content.sections import Page
from handbook.problems import Problem
from handbook.reading import markup

_LIKE = 18
"""How like what is said of a fact a place must be: three or four pairs that are rare in the book."""
_MANY_DIGITS = 5
_LONG_NAME = 4
_GAP = r"[^\d\n]{0,3}"

Finding = tuple[str, str]
"""What is wrong, and how to mend it."""


def problems(book: Book) -> Iterator[Problem]:
    """Yield a warning for every value of a fact that should be a reference, and for every quantity that contradicts one."""
    written = _Written(book)
    for page in book.pages.values():
        yield from _in_page(written, page)
    for entry in book.bank.entries:
        yield from _in_item(written, entry)
    for name, panel in book.card.items():
        yield from _in_panel(written, panel, f"版面 '{name}' ", book.card.place(name))


def _in_page(written: "_Written", page: Page) -> Iterator[Problem]:
    accepted = _accepted(page)
    for passage in passages.of_page(page.text):
        for what, mend in written.out(passage, accepted[passage.line]):
            hint = f"{mend}；确实无关的，在这段文字的上一行单独写 `<!-- literal: … -->`"
            yield Problem(page.path, passage.line, what, hint, warning=True)


def _accepted(page: Page) -> dict[int, str]:
    """Return by line what `literal` markers name; each is accepted up to the end of the block below it."""
    named = {marker.line: marker.argument for marker in page.markers if marker.name == "literal"}
    accepted: dict[int, str] = {}
    now, in_block = "", False
    for line in markup.lines(page.text):
        if in_block and (line.number in named or not line.text.strip()):
            now, in_block = "", False
        if line.number in named:
            now += f"；{named[line.number]}"
        elif line.text.strip():
            in_block = True
        accepted[line.number] = now

    return accepted


def _in_item(written: "_Written", entry: Entry) -> Iterator[Problem]:
    accepted = "；".join(entry.item.literals)
    for inside, text in entry.item.texts():
        if entry.item.misleads(inside):
            continue
        for passage in passages.of_text(text, entry.item.stem):
            for what, mend in written.out(passage, accepted):
                hint = f'{mend}；确实无关的，给题目加上 `literals: ["…"]`'
                yield entry.problem(f"里{what}", hint, *inside, warning=True)


def _in_panel(written: "_Written", panel: Panel, called: str, place: tuple[str, int]) -> Iterator[Problem]:
    for passage in passages.of_text(panel.written, panel.title):
        for what, mend in written.out(passage, "；".join(panel.literals)):
            hint = f'{mend}；确实无关的，给版面加上 `literals: ["…"]`'
            yield Problem(*place, f"{called}里{what}", hint, warning=True)


class _Written:
    """The values of the facts of a book, as an author writes them out."""

    def __init__(self, book: Book) -> None:
        self._facts = book.facts
        self._values = {name: quantities(fact.value, spelt=True) for name, fact in book.facts.items()}
        self._others = {name: _pattern(book.facts[name].value) for name, values in self._values.items() if not values}
        self._likeness = Likeness(book)

    def out(self, passage: Passage, accepted: str) -> Iterator[Finding]:
        """Yield what is written out in a passage, or contradicts a fact that the passage speaks of."""
        yield from self._no_quantities(passage, accepted)
        known = quantities(accepted, spelt=True)
        for quantity, places in groupby(sorted(found(passage.text)), key=itemgetter(0)):
            if quantity not in known:
                yield from self._quantity(passage, quantity, list(places))

    def _no_quantities(self, passage: Passage, accepted: str) -> Iterator[Finding]:
        for name, pattern in self._others.items():
            said = pattern.search(passage.text)
            if not said or pattern.search(unicodedata.normalize("NFKC", accepted)):
                continue
            if _unmistakable(said[0]) or self._spoken_of(name, passage, [said.span()]) >= _LIKE:
                yield _unreferenced(said[0], name)

    def _quantity(self, passage: Passage, quantity: Quantity, places: list[Found]) -> Iterator[Finding]:
        said = re.sub(r"[\s*]", "", passage.text[slice(*places[0].span)])
        same = [name for name, values in self._values.items() if quantity in values]
        spoken_of = {name: self._spoken_of(name, passage, [place.span for place in places]) for name in same}
        best = max(same, key=spoken_of.__getitem__, default="")
        about = [name for name in self._of_unit(quantity[1]) if self._named(name, passage)]
        if best and spoken_of[best] >= _LIKE:
            yield _unreferenced(said, best)
        elif about and not all(place.spelt for place in places):
            mend = f"请核对；要用这条事实就写成 `{{{{ {about[0]} }}}}`"
            yield f"数字“{said}”与事实 '{about[0]}'（{self._facts[about[0]].value}）不一致", mend

    def _spoken_of(self, name: str, passage: Passage, spans: list[tuple[int, int]]) -> float:
        """Return how much a passage speaks of a fact; its own `words` are enough."""
        return max(self._likeness.of(name, passage, *span) for span in spans) + _LIKE * self._named(name, passage)

    def _named(self, name: str, passage: Passage) -> bool:
        return any(word in passage.text for word in self._facts[name].words)

    def _of_unit(self, unit: str) -> list[str]:
        return [name for name, values in self._values.items() if any(unit == other for _, other in values)]


def _unreferenced(said: str, name: str) -> Finding:
    kind = "数字" if re.search(r"\d", said) or quantities(said, spelt=True) else "文字"
    return f"{kind}“{said}”没有引用事实", f"请写成 `{{{{ {name} }}}}`"


def _pattern(value: str) -> re.Pattern[str]:
    """Return what finds a value that is no quantity; long numbers with whatever parts their digits."""
    plain = unicodedata.normalize("NFKC", value)
    numbers = re.findall(r"\d+", plain)
    long = len("".join(numbers)) >= _MANY_DIGITS
    return re.compile(rf"(?<![\d-]){_GAP.join(numbers) if long else re.escape(plain)}(?!\d)")


def _unmistakable(value: str) -> bool:
    """Tell whether a value means one thing wherever it stands: a phone number, hours, a name."""
    digits = len(re.findall(r"\d", value))
    return digits >= _MANY_DIGITS if digits else len(value) >= _LONG_NAME
