"""The tagged text of a PDF and the texts wanted in it -> those that lack, stand in another order, or lead astray."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from handbook.pdf.reading import Link, Reading, Spot
from handbook.pdf.wanted import Wanted, Way, plain

_ADDED = re.compile(r"（第\d+页）|（(?:[a-z]+:|//)[^）]*）")
"""What paper says behind a link."""
_PAGE = re.compile(r"（第(\d+)页）")
_FAR, _NEAR, _SHORT = 20_000, 400, 8
"""How far behind the last text the next may begin, and how far one so short that it may stand anywhere."""
_ABOVE, _BESIDE = 24, 120
"""How far from the characters it means a link may lead, in points; above them by their own height, too."""
_SHOWN = 24


def text_gaps(found: Reading, wanted: Sequence[Wanted]) -> Iterator[str]:
    """Yield what is wrong with the texts, and with the links among them."""
    proof = _Proof(_Tagged(found))
    yield from proof.of_texts(wanted)
    yield from proof.of_links()


@dataclass(frozen=True)
class Aim:
    """The part of a page into which a link to a place must lead."""

    page: int
    bottom: float
    top: float
    left: float = 0
    right: float = inf

    def hit(self, spot: Spot | None) -> bool:
        """Tell whether a link that leads to a spot, if to any, does that."""
        if not spot or spot.page != self.page:
            return False
        return self.bottom <= spot.y <= self.top and self.left <= spot.x <= self.right


@dataclass(frozen=True)
class _Met:
    """A wanted text, where it stands, and where the next begins."""

    want: Wanted
    start: int
    end: int
    next: int


class _Tagged:
    """The tagged text without what is never seen and what paper adds; places in it lead back to the pieces."""

    def __init__(self, found: Reading) -> None:
        self.pieces, self.links = found.pieces, found.links
        texts = [plain(piece.text) for piece in found.pieces]
        self._ends = list(accumulate(map(len, texts)))
        self.whole = "".join(texts)
        self._kept, self._cut, cut = [0], [0], 0
        for added in _ADDED.finditer(self.whole):
            cut += added.end() - added.start()
            self._kept.append(added.end() - cut)
            self._cut.append(cut)
        self.text = _ADDED.sub("", self.whole)
        self._starts = [self._ends[link.first - 1] if link.first else 0 for link in found.links]

    def _in_whole(self, at: int) -> int:
        return at + self._cut[bisect_right(self._kept, at) - 1]

    def piece(self, at: int) -> int:
        """Return the number of the piece that a character belongs to."""
        return bisect_right(self._ends, self._in_whole(at))

    def aims(self, at: int, *, inside: bool) -> tuple[Aim, ...]:
        """Return where a link to a character may lead: to it, as near as its piece tells, or to the end of the line before.

        The head of a table is as good as reached in its first row.
        """
        number = self.piece(at)
        piece, before = self.pieces[number], self.pieces[number - 1]
        spot, size = piece.spot, piece.spot.size
        if "/THead" in piece.tags:
            return (Aim(spot.page, spot.y - 2 * size, spot.y + _ABOVE + size),)
        aim = Aim(spot.page, spot.y, spot.y + _ABOVE + size, spot.x - _BESIDE, spot.x + _BESIDE)
        last = before.spot
        return (aim, Aim(last.page, last.y, last.y + _ABOVE + last.size, last.x)) if inside else (aim,)

    def links_between(self, start: int, end: int) -> list[Link]:
        """Return the links that begin between two characters."""
        first, last = self._in_whole(start), self._in_whole(end)
        return self.links[bisect_left(self._starts, first) : bisect_left(self._starts, last)]

    def words(self, link: Link) -> str:
        """Return what can be clicked."""
        return plain("".join(piece.text for piece in self.pieces[link.first : link.last]))

    def page_said(self, link: Link) -> int | None:
        """Return the page that is named behind a link."""
        named = _PAGE.match(self.whole, self._ends[link.last - 1])
        return int(named[1]) if named else None


class _Proof:
    """Holds one PDF against what is wanted."""

    def __init__(self, tagged: _Tagged) -> None:
        self._tagged = tagged
        self._met: list[_Met] = []

    def of_texts(self, wanted: Sequence[Wanted]) -> Iterator[str]:
        """Yield texts that lack or stand elsewhere, and headings that are none."""
        spans: list[tuple[Wanted, int, int]] = []
        here, reach = 0, _FAR
        for want in wanted:
            text = _ADDED.sub("", want.text)
            reach = reach if len(text) < _SHORT and want.then == ("",) else _FAR
            at = min((at for then in want.then if (at := self._find(text + then, here, reach)) >= 0), default=-1)
            if at < 0:
                astray = any(len(text + then) >= _SHORT and text + then in self._tagged.text for then in want.then)
                yield f"{want.where}：{want.what}不在它的次序上" if astray else f"{want.where}：缺{want.what}"
                continue
            if want.level and f"/H{want.level}" not in self._tagged.pieces[self._tagged.piece(at)].tags:
                yield f"{want.where}：{want.what}没有标成第 {want.level} 级标题"
            here, reach = at + len(text), _FAR if want.parts else _NEAR
            spans.append((want, at, here))
        starts = [start for _, start, _ in spans[1:]] + [len(self._tagged.text)]
        self._met = [_Met(*span, start) for span, start in zip(spans, starts, strict=True)]
        for met in self._met:
            around = self._tagged.text[met.end : met.next]
            for part in met.want.parts:
                if _ADDED.sub("", part.text) not in around:
                    yield f"{met.want.where}：{met.want.what}里缺“{part.text[:_SHOWN]}”"

    def _find(self, text: str, here: int, reach: int) -> int:
        return self._tagged.text.find(text, here, here + reach + len(text))

    def of_links(self) -> Iterator[str]:
        """Yield links that lack, lead nowhere or elsewhere, and page numbers that are wrong."""
        places: dict[str, tuple[Aim, ...]] = {}
        for name, aims in self._places():
            places.setdefault(name, aims)
        for met in self._met:
            ways = [way for want in (met.want, *met.want.parts) for way in want.ways]
            links = self._tagged.links_between(met.start, met.next) if ways else []
            for way in ways:
                yield from self._way_gap(met.want, way, links, places)
        yield from self._all_links()

    def _all_links(self) -> Iterator[str]:
        """Yield what is wrong with any link, whether the site has it or only paper."""
        for link in self._tagged.links:
            page = self._tagged.pieces[link.first].spot.page + 1
            named = f"第 {page} 页的链接“{self._tagged.words(link)[:_SHOWN]}”"
            said = self._tagged.page_said(link)
            if not link.address and not link.spot:
                yield f"{named}没有落点"
            elif link.spot and said not in {None, link.spot.page + 1}:
                yield f"{named}说的是第 {said} 页，却通到第 {link.spot.page + 1} 页"

    def _places(self) -> Iterator[tuple[str, tuple[Aim, ...]]]:
        """Yield where each place lies that links may lead to."""
        for met in self._met:
            for name, at in met.want.places:
                yield name, self._tagged.aims(min(met.start + at, met.end - 1), inside=at > 0)
            for part in met.want.parts:
                at = self._find(part.text, met.end, met.next - met.end)
                for name, offset in part.places if at >= 0 else ():
                    yield name, self._tagged.aims(at + offset, inside=offset > 0)

    def _way_gap(self, want: Wanted, way: Way, links: list[Link], places: dict[str, tuple[Aim, ...]]) -> Iterator[str]:
        """Yield what is wrong with a way; the link that is right for it is taken from `links`."""
        if way.inside and way.target not in places:
            return
        alike = [link for link in links if self._tagged.words(link).startswith(way.words)]
        named = f"{want.where}：{want.what}的链接“{way.words[:_SHOWN]}”"
        if not alike:
            yield f"{named}不见了"
            return
        for link in alike:
            if link.address == way.target if not way.inside else any(aim.hit(link.spot) for aim in places[way.target]):
                links.remove(link)
                number = self._tagged.words(link).removeprefix(way.words)
                if link.spot and number.isdecimal() and int(number) != link.spot.page + 1:
                    yield f"{named}说的是第 {number} 页，却通到第 {link.spot.page + 1} 页"
                return
        if way.inside:
            led = f"第 {alike[0].spot.page + 1} 页别的地方" if alike[0].spot else "别处"
            yield f"{named}应当通到第 {places[way.target][0].page + 1} 页的“{way.target}”，却通到{led}"
        else:
            yield f"{named}应当通到 {way.target}，却通到 {alike[0].address or '手册里'}"
