"""`handbook review`: what must be read again, as one file for the browser of those who read it."""

import argparse
from base64 import b64encode
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from handbook.bank.reviewed import VERDICTS
from handbook.bank.stamps import NOBODY, Key
from handbook.book import Book
from handbook.checks import refuse_faulty
from handbook.cli.reporting import IN_ORDER, Commands, misuse, take_bank
from handbook.files import write_whole
from handbook.problems import did_you_mean
from handbook.rendering import Renderer
from handbook.review.desk import Desk, desk
from handbook.review.history import checked_out
from handbook.review.recording import FORMAT
from handbook.review.sync import Standing, standings

_PARTS = "fragments/review"


class _Unknown(Exception):
    """Something to read about that the handbook does not have."""


def add_commands(add: Commands) -> None:
    """Declare the command of this module."""
    command = add("review", write_desk, "把要重新读的题目和改动写成一个网页，给复核人在浏览器里决定")
    take_bank(command)
    command.add_argument("--chapter", default="", metavar="章节", help="只要与这一章有关的题目，例如 claims")
    command.add_argument("--law", default="", metavar="法规", help="只要与这部法规有关的题目，写全称或简称")
    command.add_argument("--fact", default="", metavar="事实", help="只要与这条事实有关的题目，写编号")
    command.add_argument("--item", nargs="+", default=[], metavar="题目", help="只要这些题目，写编号")
    command.add_argument("--all", action="store_true", help="没有改动的题目也要，供全面复核；指明范围时本来就要")
    command.add_argument("--out", type=Path, metavar="文件", help="写到这里（默认：dist/review.html）")


def write_desk(book: Book, options: argparse.Namespace) -> int:
    """Write what must be read, or what was asked for, as one file."""
    refuse_faulty(book)
    try:
        wanted = list(_wanted(book, options))
    except _Unknown as unknown:
        return misuse(str(unknown))
    found = [one for one in standings(book) if all(_rests_on(one, things) for things in wanted)]
    laid = desk(book, found, everything=options.all or bool(wanted))
    if not laid.items:
        print("没有要读的：都已同步，或者没有题目与此有关；没有写文件。")
        return IN_ORDER
    target = options.out or book.settings.root / "dist/review.html"
    write_whole(target, page(book, laid).encode())
    bank = f" --bank {options.bank}" if options.bank else ""
    print(f"已写入 {target}：{len(laid.items)} 道题。双击就能打开，也可以用邮件发给复核人。")
    print(f"收到复核人发回的决定文件后，请运行 `handbook sync{bank} --apply 文件`。")

    return IN_ORDER


def page(book: Book, laid: Desk) -> str:
    """Return the file: the policy allows its own style and script, by their digests, and nothing else."""
    settings = book.settings
    style, script = (
        (settings.templates / _PARTS / name).read_text(encoding="utf-8") for name in ("desk.css", "desk.js")
    )

    return Renderer(book, settings.templates).fragment(
        "review/desk",
        title=settings.title,
        commit=checked_out(settings.root),
        confidential=book.public is not None,
        desk=laid,
        verdicts=VERDICTS,
        nobody=NOBODY,
        contents=_contents(laid),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        url=None,
    )


def _contents(laid: Desk) -> dict[str, object]:
    """Return what the script must know of the page."""
    grouped = {member.item.id for group in laid.direct_groups for member in group.members}
    return {
        "format": FORMAT,
        "digest": laid.digest,
        "verdicts": VERDICTS,
        "items": {one.item.id: {"saw": one.saw, "alone": one.item.id not in grouped} for one in laid.shown},
        "groups": [
            {"unit": f"group-{group.number}", "members": {one.item.id: one.saw for one in group.members}}
            for group in laid.groups
        ],
    }


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


_Things = set[Key | str]
"""Keys of what is rested on, and ids of items."""


def _wanted(book: Book, options: argparse.Namespace) -> Iterator[_Things]:
    """Yield, for each limit that was typed, the things of which an item must rest on one; raise _Unknown."""
    if options.chapter:
        chapter = _known(options.chapter, book.chapter_stems, "章节")
        yield {Key("section", name) for name in book.views if name.startswith(f"{chapter}.md#")}
    if options.law:
        names = {name.strip("《》"): law.name for law in book.laws.values() for name in law.names}
        yield {Key.of("law", names[_known(options.law.strip("《》"), names, "法规")])}
    if options.fact:
        yield {Key("fact", _known(options.fact, book.facts, "事实"))}
    if options.item:
        yield {_known(name, book.bank.by_id, "题目") for name in options.item}


def _known(name: str, known: Collection[str], thing: str) -> str:
    if name not in known:
        raise _Unknown(f"没有{thing} '{name}'；{did_you_mean(name, known, '请检查拼写')}。")

    return name


def _rests_on(standing: Standing, things: _Things) -> bool:
    return not things.isdisjoint({standing.entry.item.id, *(one.key for one in standing.rests_on)})
