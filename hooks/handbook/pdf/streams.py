"""What draws a page of a PDF -> the text of each mark with its place, and what has no mark. Knows nothing of tags."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from handbook.pdf.characters import Font, read_font, said_text, string

_TOKEN = re.compile(
    rb"%[^\r\n]*|<<|>>|<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|[\[\]]|/?[^\s<>\[\]()/%]+", re.DOTALL
)
_TEXT = frozenset({b"Tj", b"TJ", b"'", b'"'})
_MARKS = frozenset({b"BMC", b"BDC", b"EMC"})
_OPERATORS = _TEXT | _MARKS | {b"q", b"Q", b"cm", b"BT", b"Tm", b"Td", b"TD", b"T*", b"TL", b"Tf", b"Do", b"BI"}

_Matrix = tuple[float, float, float, float, float, float]
_AS_IT_IS: _Matrix = (1, 0, 0, 1, 0, 0)


@dataclass
class Shown:
    """One page; `marked` has the texts of each mark, each with its point from the lower left corner and its size."""

    marked: dict[int, list[tuple[str, float, float, float]]] = field(default_factory=dict)
    loose: str = ""
    """Text that is neither marked nor an artifact."""
    fonts: dict[str, Any] = field(default_factory=dict)
    rasters: int = 0
    """Pictures made of dots."""


def all_shown(pages: Iterable[Any]) -> list[Shown]:
    """Return what each page shows."""
    fonts: dict[Any, Font] = {}
    return [_shown(page, fonts) for page in pages]


def _shown(page: Any, fonts: dict[Any, Font]) -> Shown:
    import pikepdf

    contents = page.get("/Contents", [])
    streams = [contents] if isinstance(contents, pikepdf.Stream) else contents
    pen = _Pen(fonts)
    pen.draw(b"\n".join(stream.read_bytes() for stream in streams), page.get("/Resources", {}))

    return pen.shown


class _Pen:
    """Follows the operators that draw a page and the forms in it; `known` are the fonts read so far."""

    def __init__(self, known: dict[Any, Font]) -> None:
        self.shown = Shown()
        self._known = known
        self._font, self._size = Font(), 0.0
        self._kept: list[_Matrix] = []
        self._page = self._line = _AS_IT_IS
        self._leading = 0.0
        self._inside: list[int | bytes] = []
        """The number of a mark, or what else marked content is called."""
        self._instead: list[str | None] = []
        """What is said instead of the text, once."""

    def draw(self, content: bytes, resources: Any) -> None:
        """Draw a page or a form."""
        fonts = dict(resources.get("/Font", {}).items())
        self.shown.fonts |= {str(font.get("/BaseFont")): font for font in fonts.values()}
        operands: list[bytes] = []
        for token in _TOKEN.findall(content):
            if token not in _OPERATORS:
                operands.append(token)
                continue
            if token in _TEXT:
                self._show(b"".join(map(string, operands)))
            elif token == b"Tf":
                self._font, self._size = self._read(fonts[operands[-2].decode()]), float(operands[-1])
            elif token in _MARKS:
                self._mark(token, operands, resources)
            elif token == b"Do":
                self._put(resources["/XObject"][operands[-1].decode()])
            elif token == b"BI":
                self.shown.rasters += 1
            else:
                self._move(token, operands)
            operands = []

    def _move(self, operator: bytes, operands: list[bytes]) -> None:
        match operator:
            case b"q":
                self._kept.append(self._page)
            case b"Q":
                self._page = self._kept.pop()
            case b"cm":
                self._page = _product(_matrix(operands), self._page)
            case b"BT":
                self._line = _AS_IT_IS
            case b"Tm":
                self._line = _matrix(operands)
            case b"TL":
                self._leading = float(operands[-1])
            case b"T*":
                self._line = _product((1, 0, 0, 1, 0, -self._leading), self._line)
            case _:
                across, up = map(float, operands[-2:])
                self._leading = -up if operator == b"TD" else self._leading
                self._line = _product((1, 0, 0, 1, across, up), self._line)

    def _mark(self, operator: bytes, operands: list[bytes], resources: Any) -> None:
        if operator == b"EMC":
            self._inside.pop()
            self._instead.pop()
            return
        listed = operands[-1].decode() if operator == b"BDC" and operands[-1].startswith(b"/") else ""
        said = resources["/Properties"][listed] if listed else {}
        written = dict(zip(operands, [*operands[1:], b""], strict=True))
        number = written.get(b"/MCID", said.get("/MCID"))
        self._inside.append(operands[0] if number is None else int(number))
        instead = said_text(string(written.get(b"/ActualText", b"")))
        self._instead.append(instead or (str(said["/ActualText"]) if "/ActualText" in said else None))

    def _show(self, codes: bytes) -> None:
        mark = next((one for one in reversed(self._inside) if one == b"/Artifact" or isinstance(one, int)), None)
        if mark == b"/Artifact":
            return
        text = self._said(codes)
        if isinstance(mark, int):
            *_, up, x, y = _product(self._line, self._page)
            self.shown.marked.setdefault(mark, []).append((text, x, y, abs(up) * self._size))
        else:
            self.shown.loose += text

    def _said(self, codes: bytes) -> str:
        for level, instead in enumerate(self._instead):
            if instead is not None:
                self._instead[level] = ""
                return instead

        return self._font.read(codes)

    def _put(self, drawn: Any) -> None:
        if drawn.get("/Subtype") == "/Image":
            self.shown.rasters += 1
        else:
            self._kept.append(self._page)
            self.draw(drawn.read_bytes(), drawn.get("/Resources", {}))
            self._page = self._kept.pop()

    def _read(self, font: Any) -> Font:
        if font.objgen not in self._known:
            self._known[font.objgen] = read_font(font)
        return self._known[font.objgen]


def _matrix(operands: list[bytes]) -> _Matrix:
    a, b, c, d, e, f = map(float, operands[-6:])
    return a, b, c, d, e, f


def _product(one: _Matrix, other: _Matrix) -> _Matrix:
    """Return a matrix that does first the one, then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
