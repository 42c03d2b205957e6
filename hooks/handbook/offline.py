"""mkdocs-offline.yml -> the files of a folder that opens from disk, by their names in it.

MkDocs runs as a program of its own. Knows nothing of what the pages say.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from handbook.book import Book
from handbook.files import Unwritable
from handbook.pdf.freshness import refuse_stale
from handbook.pdf.names import pdf_address
from handbook.problems import Unpublishable
from handbook.rendering import Renderer

CONFIG = "mkdocs-offline.yml"
_PAGES = "handbook"
_WEB_ONLY = re.compile(
    r"404\.html|sitemap\.xml.*|search/search_index\.json|sources\.sha256"  # for servers, and for checking the site
    r"|assets/javascripts/lunr/.*|.*\.map"  # languages other than Chinese, and sources for debugging
)
_NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*\s]+')
_INSTRUCTIONS = """{title}（离线版）

怎么打开
1. 先解压。在压缩包上点右键，选“全部解压缩”；在压缩包里直接双击是打不开的。
2. 进入解压出来的文件夹，双击“打开手册.html”。请使用 Edge 或 Chrome。
3. 不用联网，也不用安装软件。文件夹可以整个移动或改名，里面的文件不要单独拿走。

作答记录
- 作答只保存在这台电脑的这个浏览器里，不会上传到任何地方。
- 换电脑、换浏览器或清除浏览数据以后，记录就没有了。
- 几个人共用一个浏览器时，看到的是同一份记录；轮到自己时，可以先点“清除本章作答”。

更新
收到新的压缩包，删掉旧文件夹，再解压新的。改过的题会提示重做，其他题的记录还在。
"""


def folder(book: Book, near: Path) -> dict[str, bytes]:
    """Return the folder's files; the site is built in a passing folder inside `near`.

    The PDFs of the site on the web come along, if it has any; they must say what the pages say.
    Raises Unpublishable.
    """
    try:
        near.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=near, prefix=".offline-") as site:
            if pdfs := dict(_files(book.settings.site / "pdf", "pdf/")):
                refuse_stale(book.settings, book.settings.site)
            _build(book.settings.root / CONFIG, Path(site), offers_pdf=pdf_address() in pdfs)
            pages = dict(_files(Path(site), "")) | pdfs
    except OSError as error:
        raise Unwritable(near, error) from None
    title = book.settings.title
    start = Renderer(book, book.settings.templates).fragment("offline/start", title=title, pages=_PAGES)
    instructions = _INSTRUCTIONS.format(title=title).replace("\n", "\r\n")  # for Notepad, like the mark in front
    files = {f"{_PAGES}/{name}": content for name, content in pages.items() if not _WEB_ONLY.fullmatch(name)}
    files |= {"打开手册.html": start.encode(), "使用说明.txt": instructions.encode("utf-8-sig")}

    return {f"{_NOT_IN_A_NAME.sub('-', title)}/{name}": content for name, content in files.items()}


def _files(root: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    for path in root.rglob("*"):
        if path.is_file():
            yield prefix + path.relative_to(root).as_posix(), path.read_bytes()


def _build(config: Path, site: Path, *, offers_pdf: bool) -> None:
    """Have MkDocs build the site; raise Unpublishable with what it said when it would not."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(site)]
    switches = {"HANDBOOK_OFFERS_PDF": str(offers_pdf).lower(), "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    environment = os.environ | switches
    run = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 -- ours
    if run.returncode:
        said, _, trace = run.stderr.partition("Traceback (most recent call last):")
        if trace:
            reason = trace.splitlines()[-1]
            raise Unpublishable(
                f"{site.parent}: 离线手册没有生成（{reason}）；请检查权限和磁盘空间，原来的文件没有动。"
            )
        lines = [line for line in said.splitlines() if not line.startswith("INFO")]
        raise Unpublishable("\n".join([*lines, "离线手册没有生成；请先解决上面的问题，原来的文件没有动。"]))
