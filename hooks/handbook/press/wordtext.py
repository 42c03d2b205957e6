"""Runs in a role -> paragraphs of a Word file, at their place in it. Knows nothing of blocks but their runs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, assert_never
from unicodedata import east_asian_width

from handbook.press import wordml
from handbook.press.looks import Looks, Style
from handbook.press.tree import Anchor, Gap, Inline, PageOf, Run
from handbook.press.wordfile import WordFile
from handbook.press.wordml import PARAGRAPH, TABLE

_POINT = 25.4 / 72


@dataclass(frozen=True)
class Spot:
    """Where blocks are written: into what, from where to how far, in millimetres, and in which role plain paragraphs."""

    into: Any
    left: float
    width: float
    role: str = "paragraph"

    def behind(self, left: float, role: str) -> "Spot":
        """Return the spot for what hangs behind a mark."""
        return replace(self, left=left, width=self.width - left + self.left, role=role)


class Text:
    """Writes paragraphs into a file."""

    def __init__(self, file: WordFile, looks: Looks) -> None:
        self.file, self.looks = file, looks
        self.at_new_page = False
        self._places = 0

    def add(self, element: Any, spot: Spot) -> None:
        """Put an element at the end of a spot; Word makes one of two tables with nothing between them."""
        if element.tag == TABLE and len(spot.into) and spot.into[-1].tag == TABLE:
            spot.into.append(self.spacer())
        spot.into.append(element)
        first = next(element.iter(PARAGRAPH), None)
        if self.at_new_page and first is not None:
            first.pPr.get_or_add_pageBreakBefore()
            self.at_new_page = False

    def end(self, into: Any) -> None:
        """Make a paragraph the last of a cell, of a section or of the body, as Word wants."""
        if not len(into) or into[-1].tag != PARAGRAPH or into[-1].pPr.sectPr is not None:
            into.append(self.words("end"))

    def spacer(self) -> Any:
        return self.words("spacer")

    def words(self, role: str, *content: Any, own: Any = None) -> Any:
        """Return a paragraph in a role, with a property of its `own` beside those of its style."""
        return wordml.paragraph(self.file.style(role), *content, own=own)

    def paragraph(
        self,
        role: str,
        runs: Iterable[Inline],
        spot: Spot,
        *,
        mark: str = "",
        hanging: float = 0,
    ) -> float:
        """Add a paragraph, behind a mark if there is one; return how far from the left its lines begin."""
        look = self.looks.style(role)
        hung = max(look.hanging, hanging, needed(mark, look)) if mark else 0
        left = spot.left + look.left + max(0, hung - look.hanging)
        ind = wordml.indent(left, hung) if (left, hung) != (look.left, look.hanging) else None
        content = [*([wordml.run(mark), wordml.tab()] if mark else []), *self.runs(runs, look)]
        self.add(self.words(role, *content, own=ind), spot)

        return left

    def runs(self, runs: Iterable[Inline], look: Style) -> Iterator[Any]:
        """Yield the elements of a line; numbers of pages are left out."""
        for run in runs:
            match run:
                case Run():
                    yield from [self._run(run)] if run.text else []
                case Gap():
                    yield wordml.gap(run.characters, look.size, bracketed=run.bracketed)
                case Anchor():
                    yield from self.place(run.name)
                case PageOf():
                    pass
                case _:
                    assert_never(run)

    def place(self, anchor: str) -> tuple[Any, ...]:
        """Return what links to an anchor lead to."""
        if not anchor:
            return ()
        self._places += 1
        return wordml.place(self._places, self.file.anchor(anchor))

    def _run(self, run: Run) -> Any:
        role = run.style or ("link" if run.link else "")
        known = self.looks.known(role) != "paragraph"
        made = wordml.run(run.text, self.file.style(role, "character") if known else "", strong=run.strong)
        if not run.link:
            return made
        if run.link.startswith("#"):
            return wordml.element("hyperlink", made, anchor=self.file.anchor(run.link[1:]))

        return self.file.linked(made, run.link)


def needed(text: str, look: Style, room: float = 1) -> float:
    """Return how wide a text is at most, with a little room behind it; Latin characters count half and a little."""
    return sum(1 if east_asian_width(one) in "WFA" else 0.6 for one in text) * look.size * _POINT + room
