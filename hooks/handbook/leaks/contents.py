"""A file as it is published -> the texts a reader, or a curious one, can get out of it.

Looks inside archives and PDFs; knows nothing of what is sought in the texts.
"""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from importlib import import_module
from typing import Any

from handbook.problems import Failure

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2", ".ttf", ".otf")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LEAST_ON_A_PAGE = 10
"""Characters; a PDF with fewer on the average page is pictures, or has fonts nothing can be read from."""


class Unsearchable(Failure):
    """A file whose text cannot be got at; says why."""


@dataclass(frozen=True)
class Content:
    """One file, or one member of an archive (`site.zip/index.html`), with its kind and text."""

    path: str
    kind: str
    text: str


def contents(path: str, raw: bytes) -> Iterator[Content]:
    """Yield the text of a file, of every member if it is an archive; raise Unsearchable."""
    name = path.rpartition("/")[2].lower()
    if raw.startswith(b"%PDF") or name.endswith(".pdf"):
        yield Content(path, "pdf", _pdf_text(path, raw))
    elif zipfile.is_zipfile(io.BytesIO(raw)) or name.endswith((".zip", ".docx")):
        yield Content(path, "zip", "")
        yield from _members(path, raw)
    elif raw.startswith(b"\x1f\x8b"):
        yield from contents(path.removesuffix(".gz"), _unpacked(path, raw))
    elif name.endswith(_PICTURES):
        yield Content(path, "picture", "")
    else:
        text = raw.decode("utf-8", errors="replace")
        kind = "html" if name.endswith((".html", ".htm")) else "index" if name.startswith("search_index.") else "text"
        yield Content(path, kind, _page_text(text) if kind == "html" else _code_text(text))


def _members(path: str, raw: bytes) -> Iterator[Content]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    yield from contents(f"{path}/{member.filename}", archive.read(member))
    except (zipfile.BadZipFile, RuntimeError, zlib.error) as error:  # RuntimeError: encrypted, or packed in a rare way
        raise Unsearchable(f"{path}: 压缩包打不开（{error}）；请重新生成。") from None


def _unpacked(path: str, raw: bytes) -> bytes:
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error) as error:
        raise Unsearchable(f"{path}: 压缩文件打不开（{error}）；请重新生成。") from None


def _pdf_text(path: str, raw: bytes) -> str:
    try:
        pdfium: Any = import_module("pypdfium2")
    except ImportError:
        raise Unsearchable(f"{path}: 没有安装读 PDF 用的 pypdfium2；请运行 `make setup`。") from None
    try:
        with pdfium.PdfDocument(raw) as document:
            pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    except pdfium.PdfiumError as error:
        raise Unsearchable(f"{path}: PDF 打不开（{error}）；请重新生成。") from None
    text = "\n".join(pages)
    if len(text) < _LEAST_ON_A_PAGE * len(pages):
        raise Unsearchable(f"{path}: PDF 有 {len(pages)} 页，却读不出文字；请用嵌入字体的方式重新生成。")
    return text


class _Reader(HTMLParser):
    """Collects text and the values of attributes; what scripts hold is text too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.aside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- as HTMLParser calls it
        self.aside += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.aside.append(_code_text(data))
        else:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.aside.append(data)


def _page_text(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()

    return "\n".join(["".join(reader.text), *reader.aside])


def _code_text(code: str) -> str:
    """Return what a script, JSON or plain text holds, escapes undone, with and without the tags inside it."""
    plain = unescape(_ESCAPE.sub(_unescaped, code))
    without = _TAG.sub("", plain)

    return plain if plain == without else f"{plain}\n{without}"


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else {"n": "\n", "t": "\t"}.get(found[2], found[2])
