"""`handbook rename | new`: what is done to authors' files for them."""

import argparse
from pathlib import Path

from handbook.authoring.asking import Unfit
from handbook.authoring.renaming import renamed, renaming
from handbook.authoring.scaffolds import begun_item, begun_section
from handbook.book import Book
from handbook.cli.reporting import IN_ORDER, Commands, misuse, take_bank
from handbook.files import write_all, write_whole
from handbook.items import TYPES
from handbook.reading.markup import UNWRITTEN

_KINDS = {"chapter": "章节", "section": "小节", "item": "题目"}


def add_commands(add: Commands) -> None:
    """Declare the commands of this module."""
    command = add("rename", rename, "给一章、一个小节的锚点或一道题改名，所有写到它的地方一起改")
    take_bank(command)
    command.add_argument("kind", choices=_KINDS, metavar="种类", help="chapter 章节，section 小节的锚点，item 题目")
    command.add_argument("old", metavar="现在的名字", help="例如 claims、claims.md#documents、claims-late-report")
    command.add_argument("new", metavar="新名字", help="例如 claim-service、papers、claims-report-late")
    what = add("new", begin, "起草一道题或一个小节，把要写的地方都标成“（待写）”").add_subparsers(
        required=True, metavar="什么"
    )
    command = what.add_parser("item", help="一道题", description="在题库里起草一道题")
    take_bank(command)
    command.add_argument("section", metavar="小节", help="答案写在哪里，例如 claims.md#documents")
    command.add_argument("--type", choices=TYPES, default=next(iter(TYPES)), metavar="题型", help=_named(TYPES))
    command.add_argument("--id", default="", metavar="编号", help="不写就自动起一个没用过的")
    command.set_defaults(begin=lambda book, o: begun_item(book, o.section, o.type, o.id))
    command = what.add_parser("section", help="一个小节", description="在一章里起草一个小节")
    command.add_argument("chapter", metavar="章节", help="例如 claims")
    command.add_argument("title", metavar="标题")
    command.add_argument("--anchor", required=True, metavar="英文名", help="题目和链接靠它找到这个小节")
    command.add_argument("--after", default="", metavar="英文名", help="放在哪个小节和它的下级小节后面；不写就放在最后")
    command.set_defaults(begin=lambda book, o: begun_section(book, o.chapter, o.title, o.anchor, o.after))


def _named(names: dict[str, str]) -> str:
    return "，".join(f"{name} {label}" for name, label in names.items())


def begin(book: Book, options: argparse.Namespace) -> int:
    """Put the beginning of an item or a section into its file."""
    try:
        begun = options.begin(book, options)
    except Unfit as unfit:
        return misuse(str(unfit))
    write_whole(begun.path, begun.text.encode())
    print(f"{_shown(book, begun.path)}:{begun.line}: 起草了 '{begun.name}'；请把里面的“{UNWRITTEN}”都换成正文。")

    return IN_ORDER


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
