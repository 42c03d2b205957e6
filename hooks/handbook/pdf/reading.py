"""The bytes of a PDF -> what a screen reader meets in it: tagged text in its order, figures, links, bookmarks, fonts.

Knows nothing of the handbook, nor of how the PDF was made.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from handbook.pdf.streams import all_shown


@dataclass(frozen=True)
class Spot:
    """A place on a page, counted from 0, in points from the lower left corner; `size` is that of its characters."""

    page: int
    x: float
    y: float
    size: float = 0


@dataclass(frozen=True)
class Piece:
    """Characters that stand together; `tags` lead down to them, such as `/Document/Table/TR/TD/P`."""

    text: str
    spot: Spot
    tags: str


@dataclass(frozen=True)
class Link:
    """The pieces that can be clicked, from the first to before the last, and where that leads: a spot or an address."""

    first: int
    last: int
    spot: Spot | None
    address: str


@dataclass(frozen=True)
class Figure:
    """What is said instead of a picture, and the text that is drawn in it."""

    alt: str
    text: str


@dataclass(frozen=True)
class Bookmark:
    level: int
    title: str
    spot: Spot | None


@dataclass
class Reading:
    """A whole PDF; `loose` are the texts on each page that are neither tagged nor marked as artifacts."""

    title: str
    language: str
    tagged: bool
    fonts: dict[str, bool]
    """Whether each font, by its name, is in the file."""
    bookmarks: list[Bookmark]
    heights: list[float]
    pieces: list[Piece] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    loose: list[tuple[int, str]] = field(default_factory=list)
    rasters: list[int] = field(default_factory=list)
    """The page of each picture made of dots."""


def read(pdf: bytes) -> Reading:
    """Return what is in a PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return _Reader(opened, pikepdf.Array).read()


class _Reader:
    """Walks one open PDF."""

    def __init__(self, pdf: Any, array: Any) -> None:
        self._pdf, self._list = pdf, array
        self._number = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self._names = dict(_named(pdf.Root.get("/Names", {}).get("/Dests", {})))
        self._shown = all_shown(pdf.pages)
        self._met: set[tuple[int, int]] = set()
        root = pdf.Root
        self.found = Reading(
            str(pdf.docinfo.get("/Title", "")),
            str(root.get("/Lang", "")),
            bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root,
            {name: _embedded(font) for page in self._shown for name, font in page.fonts.items()},
            [],
            [float(page.mediabox[3]) for page in pdf.pages],
        )

    def read(self) -> Reading:
        with self._pdf.open_outline() as outline:
            self.found.bookmarks += self._bookmarks(outline.root, 1)
        if "/StructTreeRoot" in self._pdf.Root:
            self._walk(self._pdf.Root.StructTreeRoot.get("/K"), -1, "")
        for number, page in enumerate(self._shown):
            strange = [
                text for mark, texts in page.marked.items() if (number, mark) not in self._met for text, *_ in texts
            ]
            self.found.loose += [(number, text) for text in (*strange, page.loose)]
            self.found.rasters += [number] * page.rasters

        return self.found

    def _walk(self, kid: Any, page: int, tags: str) -> None:
        """Go through the tags below; `page` is that of the marks that name none."""
        if isinstance(kid, int):
            self._mark(page, kid, tags)
        elif isinstance(kid, self._list):
            for one in kid:
                self._walk(one, page, tags)
        elif kid is not None:
            page = self._number.get(kid.Pg.objgen, -1) if "/Pg" in kid else page
            if "/S" in kid:
                self._element(kid, page, f"{tags}{kid.S}")
            elif "/MCID" in kid:
                self._mark(page, int(kid.MCID), tags)

    def _element(self, element: Any, page: int, tags: str) -> None:
        first = len(self.found.pieces)
        self._walk(element.get("/K"), page, tags)
        if tags.endswith("/Link"):
            self._link(element.K, first)
        elif tags.endswith("/Figure"):
            drawn = "".join(piece.text for piece in self.found.pieces[first:])
            del self.found.pieces[first:]
            self.found.figures.append(Figure(str(element.get("/Alt", "")), drawn))

    def _mark(self, page: int, mark: int, tags: str) -> None:
        self._met.add((page, mark))
        for text, *where in self._shown[page].marked.get(mark, ()) if page >= 0 else ():
            self.found.pieces.append(Piece(text, Spot(page, *where), tags))

    def _link(self, kids: Any, first: int) -> None:
        for kid in kids:
            if isinstance(kid, int) or "/Obj" not in kid:
                continue
            action = kid.Obj.get("/A", {})
            where = action.get("/D") if action.get("/S") == "/GoTo" else kid.Obj.get("/Dest")
            address = bytes(action.get("/URI", b"")).decode(errors="replace")
            self.found.links.append(Link(first, len(self.found.pieces), self._spot(where), address))

    def _spot(self, where: Any) -> Spot | None:
        """Return where a destination lies, by its name or by itself."""
        import pikepdf

        if isinstance(where, pikepdf.String | pikepdf.Name):
            where = self._names.get(str(where))
        if isinstance(where, pikepdf.Dictionary):
            where = where.get("/D")
        if not isinstance(where, pikepdf.Array) or not isinstance(where[0], pikepdf.Dictionary | pikepdf.Page):
            return None
        page = self._number.get(where[0].objgen)
        if page is None or str(where[1]) != "/XYZ":
            return None

        return Spot(page, float(where[2]), float(where[3]))

    def _bookmarks(self, entries: Any, level: int) -> Iterator[Bookmark]:
        for entry in entries:
            where = entry.destination if entry.destination is not None else (entry.action or {}).get("/D")
            yield Bookmark(level, " ".join(str(entry.title).split()), self._spot(where))
            yield from self._bookmarks(entry.children, level + 1)


def _named(branch: Any) -> Iterator[tuple[str, Any]]:
    """Yield the destinations of a tree of names."""
    names = list(branch.get("/Names", []))
    yield from zip(map(str, names[::2]), names[1::2], strict=True)
    for kid in branch.get("/Kids", []):
        yield from _named(kid)


def _embedded(font: Any) -> bool:
    descriptor = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", {})
    return "/FontFile2" in descriptor or "/FontFile3" in descriptor
