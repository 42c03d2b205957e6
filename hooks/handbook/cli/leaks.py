"""`handbook leaks`: whether anything of a private bank stands in what is published."""

import argparse
from collections import Counter
from pathlib import Path

from handbook.book import Book
from handbook.checks import refuse_faulty
from handbook.cli.reporting import IN_ORDER, PROBLEMS_FOUND, Commands, misuse, take_bank
from handbook.leaks.contents import Unsearchable, contents
from handbook.leaks.secrets import Leak, Secrets

_KINDS = {
    "html": "网页",
    "index": "搜索索引",
    "pdf": "PDF",
    "zip": "压缩包",
    "text": "其他文字",
    "picture": "图片和字体",
}
_EXPECTED = ("index", "pdf", "zip")


def add_commands(add: Commands) -> None:
    """Declare the command of this module."""
    command = add("leaks", show_leaks, "查保密题库的题干、材料和选项有没有出现在要发布的网站、PDF、压缩包和公开题库里")
    take_bank(command, required=True)
    command.add_argument("--site", type=Path, metavar="文件夹", help="生成的网站（默认：mkdocs.yml 的 site_dir）")
    what = "另外要查的 PDF、压缩包、文件夹等"
    command.add_argument("--files", type=Path, nargs="+", default=[], metavar="文件", help=what)
    what = "说明这次不发布哪几样，否则查不到就算问题"
    command.add_argument("--without", nargs="+", default=[], choices=_EXPECTED, metavar="|".join(_EXPECTED), help=what)


def show_leaks(book: Book, options: argparse.Namespace) -> int:
    """Search everything, list what was searched and what was found."""
    refuse_faulty(book)
    published = [options.site or book.settings.site, *options.files]
    if missing := [path for path in published if not path.exists()]:
        return misuse(f"{missing[0]}: 找不到；请先运行 `make site` 或生成这个文件，再用 --site、--files 指明。")
    secrets = Secrets(book)
    docs = book.settings.docs
    leaks: list[Leak] = []
    files, letters, wrong = Counter[str](), 0, list[str]()
    for path in [file for place in (*published, docs) for file in _files(place)]:
        shown = book.settings.shown(path)
        try:
            for content in contents(shown, path.read_bytes()):
                text = book.seen(content.text) if path.is_relative_to(docs) else content.text
                files[content.kind] += 1
                letters += len(text)
                leaks += secrets.leaks(content.path, text)
        except Unsearchable as unsearchable:
            wrong.append(str(unsearchable))
    wrong += [
        f"没有查到{_KINDS[kind]}；请用 --site、--files 指明，确实不发布就写 --without {kind}。"
        for kind in _EXPECTED
        if not files[kind] and kind not in options.without
    ]
    for line in [*map(_said, sorted(leaks)), *wrong]:
        print(line)
    _show_extent(book, secrets, files, letters)
    print(f"共 {len(leaks)} 处泄露，{len(wrong)} 处没有查成。" if leaks or wrong else "没有发现泄露。")

    return PROBLEMS_FOUND if leaks or wrong else IN_ORDER


def _files(place: Path) -> list[Path]:
    """Return a file, or all that a folder holds."""
    return [path for path in (place, *sorted(place.rglob("*"))) if path.is_file()]


def _said(leak: Leak) -> str:
    near = "相同" if leak.share == 1 else f"相近（{leak.share:.0%}）"
    words = " ".join(leak.shown.split())
    start = words if len(words) <= 24 else f"{words[:24]}…"
    return f"{leak.path}: 与保密题 '{leak.item}' 的{leak.part}{near}：“{start}”；请从这里删去，或者不再用这道题。"


def _show_extent(book: Book, secrets: Secrets, files: Counter[str], letters: int) -> None:
    kinds = "，".join(f"{label} {files[kind]}" for kind, label in _KINDS.items() if files[kind])
    print(f"查了 {files.total()} 个文件、{letters} 个字：{kinds}（图片里的字查不到）。")
    known = len({secret.item for secret in secrets.texts})
    print(f"对照 {len(book.bank.entries)} 道保密题，其中 {known} 道共有 {len(secrets.texts)} 段文字足以辨认。")
