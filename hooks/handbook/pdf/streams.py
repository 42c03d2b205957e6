"""What draws a page of a PDF -> the text of each mark and where it begins, and what has no mark. Knows nothing of tags."""

import re
from dataclasses import dataclass, field
from typing import Any

_OPERATORS = "q Q cm BT Tm Td TD T* TL Tf Tj TJ ' \" BMC BDC EMC Do"
_SINGLE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)

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


Font = tuple[int, dict[int, str]]
"""How many bytes a character has, and what each is."""


def shown(page: Any, known: dict[Any, Font]) -> Shown:
    """Return what a page shows; `known` are the fonts read so far, by their number in the file."""
    pen = _Pen(known)
    pen.draw(page)

    return pen.shown


class _Pen:
    """Follows the operators that draw a page and the forms in it."""

    def __init__(self, known: dict[Any, Font]) -> None:
        self.shown = Shown()
        self._known = known
        self._font: Font = (1, {})
        self._size = 0.0
        self._kept: list[_Matrix] = []
        self._page = self._line = _AS_IT_IS
        self._leading = 0.0
        self._inside: list[Any] = []
        """Number of a mark, `Artifact`, or what else marked content is called."""
        self._instead: list[str | None] = []
        """What is said instead of the text, once."""

    def draw(self, page: Any) -> None:
        """Draw a page or a form."""
        import pikepdf

        resources = page.get("/Resources", {})
        fonts = resources.get("/Font", {})
        self.shown.fonts |= {str(font.get("/BaseFont")): font for font in fonts.values()}
        for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
            operands: Any = instruction.operands
            match str(instruction.operator):
                case "Tf":
                    self._font, self._size = self._read(fonts[str(operands[0])]), float(operands[1])
                case "Tj" | "'" | '"':
                    self._show(bytes(operands[-1]))
                case "TJ":
                    self._show(b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)))
                case "Do":
                    self._put(resources.get("/XObject", {}).get(str(operands[0])))
                case "BMC" | "BDC":
                    self._begin(operands, resources)
                case "EMC":
                    self._inside.pop()
                    self._instead.pop()
                case other:
                    self._move(other, operands)

    def _read(self, font: Any) -> Font:
        if font.objgen not in self._known:
            self._known[font.objgen] = _read_font(font)
        return self._known[font.objgen]

    def _move(self, operator: str, operands: Any) -> None:
        match operator:
            case "q":
                self._kept.append(self._page)
            case "Q":
                self._page = self._kept.pop()
            case "cm":
                self._page = _product(_matrix(operands), self._page)
            case "BT":
                self._line = _AS_IT_IS
            case "Tm":
                self._line = _matrix(operands)
            case "TL":
                self._leading = float(operands[0])
            case "T*":
                self._line = _product((1, 0, 0, 1, 0, -self._leading), self._line)
            case _:
                across, up = map(float, operands)
                self._leading = -up if operator == "TD" else self._leading
                self._line = _product((1, 0, 0, 1, across, up), self._line)

    def _begin(self, operands: Any, resources: Any) -> None:
        said: Any = operands[1] if len(operands) > 1 else {}
        if str(said).startswith("/"):
            said = resources.get("/Properties", {}).get(str(said), {})
        mark = said.get("/MCID")
        self._inside.append(str(operands[0]) if mark is None else int(mark))
        self._instead.append(str(said.ActualText) if "/ActualText" in said else None)

    def _show(self, codes: bytes) -> None:
        mark = next((one for one in reversed(self._inside) if one == "/Artifact" or isinstance(one, int)), None)
        if mark == "/Artifact":
            return
        text = self._said(codes)
        if mark is None:
            self.shown.loose += text
        else:
            *_, up, x, y = _product(self._line, self._page)
            self.shown.marked.setdefault(mark, []).append((text, x, y, abs(up) * self._size))

    def _said(self, codes: bytes) -> str:
        for level, instead in enumerate(self._instead):
            if instead is not None:
                self._instead[level] = ""
                return instead
        width, characters = self._font
        numbers = (int.from_bytes(codes[at : at + width], "big") for at in range(0, len(codes), width))

        return "".join([characters.get(number, "\ufffd") for number in numbers])

    def _put(self, drawn: Any) -> None:
        if drawn is not None and drawn.get("/Subtype") == "/Image":
            self.shown.rasters += 1
        elif drawn is not None:
            self._kept.append(self._page)
            self.draw(drawn)
            self._page = self._kept.pop()


def _read_font(font: Any) -> Font:
    characters: dict[int, str] = {}
    written = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
    for kind, block in _BLOCK.findall(written):
        if kind == "char":
            characters |= {int(code, 16): _utf16(text) for code, text in _SINGLE.findall(block)}
            continue
        for first, last, text in _RANGE.findall(block):
            start = _utf16(text)
            characters |= {
                code: start[:-1] + chr(ord(start[-1]) + number)
                for number, code in enumerate(range(int(first, 16), int(last, 16) + 1))
            }

    return 2 if font.get("/Subtype") == "/Type0" else 1, characters


def _utf16(written: str) -> str:
    return bytes.fromhex(written).decode("utf-16-be", errors="replace")


def _matrix(operands: Any) -> _Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _product(one: _Matrix, other: _Matrix) -> _Matrix:
    """Return a matrix that does first the one, then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
