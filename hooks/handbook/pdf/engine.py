"""HTML -> a tagged PDF (PDF/UA-1) in embedded fonts, the same bytes each time. The only module that knows WeasyPrint.

Knows nothing of what the HTML says. Nothing is fetched from a network.
"""

import gc
import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from handbook.pdf.fonts import Fonts
from handbook.problems import Unpublishable

Progress = Callable[[str], None]

_NOTES = re.compile(r"^::(?:foot)?note-[^{]*\{[^}]*\}", re.MULTILINE)
_PRINTED = 4
"""The flag of an annotation that is not for the screen alone."""
_STEPS = {
    "Step 2": "读取样式",
    "Step 3": "套用样式",
    "Step 4": "组成版面",
    "Step 5": "排版",
    "Step 6": "写成 PDF",
}


def rendered(html: str, *, styles: Sequence[Path], fonts: Fonts, base: Path, progress: Progress) -> bytes:
    """Return the PDF; raise Unpublishable when WeasyPrint is missing or had anything to complain of.

    `styles` are style sheets; addresses in `html` are relative to the folder `base` and may lead to files only.
    `progress` is told, in Chinese, how far it is. Title, author, language and date come from the HTML's head.
    """
    os.environ["FONTCONFIG_FILE"] = os.fspath(fonts.configuration)  # read when WeasyPrint loads its fonts
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except ImportError:
        raise Unpublishable("没有安装 weasyprint，PDF 无法生成；请运行 `make setup`。") from None
    except OSError as error:  # the libraries are opened by name on import
        missing = str(error).partition("\n")[0]
        message = (
            f"系统缺少排版用的 Pango（{missing}）；请运行 `make setup`，Debian 上它会装好 libpango-1.0-0 等软件包。"
        )
        raise Unpublishable(message) from None

    fetcher = URLFetcher(allowed_protocols={"file", "data"})
    with _listening(progress) as complaints, _few_collections():
        source = _without_notes(HTML, CSS)(string=html, base_url=f"{base.resolve()}/", url_fetcher=fetcher)
        sheets = [CSS(filename=path, url_fetcher=fetcher) for path in styles]
        document = source.render(stylesheets=sheets, pdf_variant="pdf/ua-1")
        del source, sheets
        gc.collect()
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_completed)
        del document
        gc.collect()
    if complaints:
        raise Unpublishable(f"排版时发现问题，PDF 没有生成：{'，'.join(dict.fromkeys(complaints))}；请改正后再生成。")

    return pdf


def _without_notes(html: Any, css: Any) -> Any:
    """Return WeasyPrint's class of documents without its default styles for footnotes, and markers for list items only.

    They give each element six more styles that are never seen: a sixth of all memory. If a later version calls its
    style sheet otherwise, this changes nothing.
    """
    default = files("weasyprint").joinpath("css/html5_ua.css").read_text(encoding="utf-8")
    sheet = css(string=_NOTES.sub("", default).replace("\n::marker {", "\nli::marker {"))

    class Document(html):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002 -- as WeasyPrint calls it
            return [*super()._ua_stylesheets(forms)[1:], sheet]

    return Document


def _completed(_: object, pdf: Any) -> None:
    """Say of header cells whether they head a column or a row, and of links that paper shows them: WeasyPrint does not."""
    dictionaries: list[Any] = [part for part in pdf.objects if isinstance(part, dict)]
    tags = {part.reference: part for part in dictionaries if part.get("Type") == "/StructElem"}
    for annotation in dictionaries:
        if annotation.get("Subtype") == "/Link":
            annotation["F"] = _PRINTED
    for tag in tags.values():
        if tag["S"] == "/TH":
            row = tags[tag["P"]]
            tag["A"]["Scope"] = "/Column" if tags[row["P"]]["S"] == "/THead" else "/Row"


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for garbage between layouts only: looking through millions of boxes again and again takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _listening(progress: Progress) -> Iterator[list[str]]:
    """Turn what WeasyPrint logs into progress and complaints."""
    complaints: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name == "weasyprint.progress":
                step = record.getMessage()
                if "Repagination" in step:
                    gc.collect()
                progress(_in_chinese(step))
            elif record.levelno >= logging.WARNING:
                complaints.append(record.getMessage())

    listener, logger = Listener(), logging.getLogger("weasyprint")
    steps = logging.getLogger("weasyprint.progress")
    before = logger.handlers[:], logger.propagate, steps.level
    logger.handlers, logger.propagate = [listener], False
    steps.setLevel(logging.INFO)
    try:
        yield complaints
    finally:
        logger.handlers, logger.propagate = before[0], before[1]
        steps.setLevel(before[2])


def _in_chinese(step: str) -> str:
    page = step.rpartition("Page ")[2] if "Page " in step else ""
    known = _STEPS.get(step[:6], "排版")

    return f"{known}：第 {page} 页" if page else known
