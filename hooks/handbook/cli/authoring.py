"""`handbook rename | new`: what is done to authors' files for them."""

import argparse
from pathlib import Path

from handbook.authoring.renaming import Unfit, renamed, renaming
from handbook.book import Book
from handbook.cli.reporting import IN_ORDER, Commands, misuse, take_bank
from handbook.files import write_all

_KINDS = {"chapter": "章节", "section": "小节", "item": "题目"}


def add_commands(add: Commands) -> None:
    """Declare the commands of this module."""
    command = add("rename", rename, "给一章、一个小节的锚点或一道题改名，所有写到它的地方一起改")
    take_bank(command)
    command.add_argument("kind", choices=_KINDS, metavar="种类", help="chapter 章节，section 小节的锚点，item 题目")
    command.add_argument("old", metavar="现在的名字", help="例如 claims、claims.md#documents、claims-late-report")
    command.add_argument("new", metavar="新名字", help="例如 claim-service、papers、claims-report-late")


def rename(book: Book, options: argparse.Namespace) -> int:
    """Change a name wherever it is written."""
    try:
        change = renaming(book, options.kind, options.old, options.new)
    except Unfit as unfit:
        return misuse(str(unfit))
    files, counts = renamed(book, change)
    write_all(files)
    for path, count in counts.items():
        print(f"{_shown(book, path)}: 改了 {count} 处。")
    for path in (path for path, content in files.items() if content is None):
        print(f"{_shown(book, path)}: 文件改了名。")
    print(f"{_KINDS[change.kind]} '{change.old}' 现在叫 '{change.new}'。")

    return IN_ORDER


def _shown(book: Book, path: Path) -> str:
    return book.settings.shown(path)
