"""A document of blocks -> a tagged PDF (PDF/UA-1) in embedded fonts, the same bytes each time.

The only module that knows Typst. Texts reach it as data and are never read as its language; how they look is said in
the templates under `overrides/print`. Nothing is fetched from a network, and no font of the system is used.
"""

import hashlib
import io
import json
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from handbook.press.complaints import complaint
from handbook.press.tree import Document
from handbook.problems import Unpublishable

_PACKAGE, _FOLDER = "justmytype_intl_cjk", "fonts/ofl/notosanssc"
_MAKERS = ("typst", "pikepdf", "justmytype-intl-cjk")


def sources(document: Document, templates: Path) -> dict[str, bytes]:
    """Return all that decides what the PDF looks like: the templates, the document as JSON and its pictures, by file name.

    `templates` is the folder with `<document.template>.typ`; raises Unpublishable when it is not there.
    """
    files = {path.name: path.read_bytes() for path in sorted(templates.glob("*.typ"))}
    wanted = f"{document.template}.typ"
    if wanted not in files:
        raise Unpublishable(f"{templates / wanted}: 没有这个排版模板，PDF 无法生成；请恢复这个文件。")
    files["main.typ"] = files[wanted]
    files["document.json"] = json.dumps(_data(document, files), ensure_ascii=False).encode()

    return files


def digest(files: dict[str, bytes]) -> str:
    """Return what changes with anything that decides how the PDF comes out."""
    found = hashlib.sha256(makers().encode())
    for name, content in sorted(files.items()):
        found.update(f"\0{name}\0{len(content)}\0".encode() + content)

    return found.hexdigest()[:16]


def makers() -> str:
    """Return the versions of all packages that have a hand in a PDF; one that is missing is noticed by `pdf`."""
    return " ".join(f"{name} {_version(name)}" for name in _MAKERS)


def pdf(files: dict[str, bytes]) -> bytes:
    """Return the PDF of `sources`; raise Unpublishable in one line when something is missing or cannot be shown."""
    try:
        import pikepdf  # noqa: F401 -- so that nothing is set in vain
        import typst
    except ImportError as error:
        raise Unpublishable(f"没有安装 {error.name}，PDF 无法生成；请运行 `make setup`。") from None
    try:
        written = typst.compile(
            files, font_paths=_fonts(), ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        raise Unpublishable(complaint(error.diagnostic, error.message, files)) from None

    return _packed(written)


def _data(part: Any, pictures: dict[str, bytes]) -> Any:
    """Return a part of a document as what JSON knows: each block names its kind, a picture the file it is put into."""
    if is_dataclass(part):
        data = {field.name: _data(getattr(part, field.name), pictures) for field in fields(part)}
        return {"kind": type(part).__name__.lower(), **data}
    if isinstance(part, tuple):
        return [_data(one, pictures) for one in part]
    if isinstance(part, bytes) and not part.lstrip().startswith(b"<"):
        return list(part)  # a virtual file must be text
    if isinstance(part, bytes):
        name = f"picture-{hashlib.sha256(part).hexdigest()[:16]}"
        pictures[name] = part
        return name
    if isinstance(part, date):
        return [part.year, part.month, part.day]

    return part


@cache
def _fonts() -> Any:
    import typst

    found = find_spec(_PACKAGE)
    folder = Path(found.origin).parent / _FOLDER if found and found.origin else Path("nowhere")
    if not folder.is_dir():
        raise Unpublishable("没有安装中文字体包 justmytype-intl-cjk，PDF 无法生成；请运行 `make setup`。")

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _packed(written: bytes) -> bytes:
    """Return the PDF with its objects packed together: less than half as large."""
    import pikepdf

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(written)) as opened:
        opened.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)

    return packed.getvalue()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
