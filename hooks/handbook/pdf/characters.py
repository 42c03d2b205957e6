"""Strings and fonts of a PDF -> the characters they stand for."""

import re
from dataclasses import dataclass, field
from typing import Any

_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_SINGLE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)


@dataclass(frozen=True)
class Font:
    """How many bytes a character has, and what each is."""

    width: int = 1
    characters: dict[int, str] = field(default_factory=dict)

    def read(self, codes: bytes) -> str:
        """Return the text that some codes show."""
        numbers = (
            codes if self.width == 1 else [one << 8 | two for one, two in zip(codes[::2], codes[1::2], strict=False)]
        )
        return "".join([self.characters.get(number, "\ufffd") for number in numbers])


def read_font(font: Any) -> Font:
    """Return how a font of a PDF is read."""
    characters: dict[int, str] = {}
    written = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
    for kind, block in _BLOCK.findall(written):
        if kind == "char":
            characters |= {int(code, 16): _utf16(text) for code, text in _SINGLE.findall(block)}
            continue
        for first, last, text in _RANGE.findall(block):
            before, start = _utf16(text)[:-1], _utf16(text)[-1]
            codes = range(int(first, 16), int(last, 16) + 1)
            characters |= {code: before + chr(ord(start) + n) for n, code in enumerate(codes)}

    return Font(2 if font.get("/Subtype") == "/Type0" else 1, characters)


def string(token: bytes) -> bytes:
    """Return the bytes of a string as it is written between operators; of anything else none."""
    if token.startswith(b"<") and token != b"<<":
        return bytes.fromhex(token[1:-1].decode())
    if not token.startswith(b"("):
        return b""
    return _ESCAPED.sub(_unescaped, token[1:-1]) if b"\\" in token else token[1:-1]


def said_text(written: bytes) -> str:
    """Return a text that is said instead of what is shown: with a mark at its beginning it is UTF-16, else Latin."""
    return written.decode("utf-16") if written.startswith(b"\xfe\xff") else written.decode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8) & 255]) if said[:1].isdigit() else _ESCAPES.get(said, said)


def _utf16(written: str) -> str:
    return bytes.fromhex(written).decode("utf-16-be", errors="replace")
