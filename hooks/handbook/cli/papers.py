"""Writes the papers of forms, prints those of a record again, and `handbook affected`: where an item was used."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from handbook.book import Book
from handbook.cli.reporting import IN_ORDER, Commands, misuse, refuse_faulty, report, take_bank
from handbook.exams.forms import ExamForm
from handbook.papers.issuing import existing, file_names, issued, write_files
from handbook.papers.records import SUFFIX, Record, read_record, recorded
from handbook.papers.reprints import Use, restored, uses
from handbook.problems import Problem, Unreadable, did_you_mean
from handbook.review.history import checked_out

_OUT = Path("dist/papers")


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what `handbook paper` takes beside blueprint, forms, seed and bank."""
    command.add_argument("--out", type=Path, metavar="文件夹", help=f"写到哪里（默认 {_OUT}）")
    command.add_argument("--force", action="store_true", help="覆盖同名的旧文件")
    command.add_argument("--from", type=Path, dest="record", metavar="记录", help="照一份出卷记录重印同样的卷子")


def add_commands(add: Commands) -> None:
    """Declare the commands of this module."""
    command = add("affected", show_affected, "列出一道题在哪些卷子里用过")
    command.add_argument("item", metavar="题目", help="题目编号，例如 claims-late-report")
    take_bank(command)
    command.add_argument("--records", type=Path, metavar="文件夹", help=f"出卷记录在哪里（默认 {_OUT}）")


def issue(book: Book, forms: Sequence[ExamForm], options: argparse.Namespace) -> int:
    """Write the papers of forms with their record."""
    commit = checked_out(book.settings.root)
    name, private = commit.name if commit else None, bool(options.bank)

    return _write(book, forms, recorded(book, forms, options.seed, commit=name, private=private), options)


def reprint(book: Book, options: argparse.Namespace) -> int:
    """Write the papers of a record again, to the byte; refuse when its items have changed since."""
    shown = options.record.as_posix()
    refuse_faulty(book)
    record = read_record(options.record, shown)
    if record.private and not options.bank:
        return misuse(f"{shown}: 这份记录的题目出自保密题库；请用 --bank 指明它的文件夹。")

    return _write(book, restored(book, record, shown), record, options)


def show_affected(book: Book, options: argparse.Namespace) -> int:
    """Print every paper an item was used in, and every record that cannot be read."""
    folder = options.records or book.settings.root / _OUT
    if not folder.is_dir():
        return misuse(f"{folder}: 没有这个文件夹；请用 --records 指明出卷记录在哪里。")
    damaged: list[Problem] = []
    count = 0
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        try:
            record = read_record(path, path.as_posix())
        except Unreadable as unreadable:
            damaged += unreadable.problems
            continue
        for use in uses(book, options.item, record):
            count += 1
            known = bool(options.bank) or not record.private
            since = str(use.since) if known else "出自保密题库，加上 --bank 才知道改没改过"
            print(_line(path, record, use, since))
    print(f"题目 '{options.item}' 在 {count} 份卷子里用过。")
    if not count and options.item not in book.bank.by_id:
        print(f"题库里没有题目 '{options.item}'；{did_you_mean(options.item, book.bank.by_id, '请检查编号')}。")

    return report(damaged) if damaged else IN_ORDER


def _line(path: Path, record: Record, use: Use, since: str) -> str:
    place = f"细目表 '{record.blueprint_id}' {use.form.letter} 卷第 {use.item.number} 题"
    return f"{path.as_posix()}: 记录 {record.id}，{place}，题目{since}。"


def _write(book: Book, forms: Sequence[ExamForm], record: Record, options: argparse.Namespace) -> int:
    folder = options.out or book.settings.root / _OUT
    taken = [] if options.force else existing(folder, file_names(record))
    if taken:
        named = "、".join(taken[:3]) + f" 等 {len(taken)} 个文件" * (len(taken) > 3)
        return misuse(f"{folder}: 已经有 {named}，没有覆盖；请用 --out 换一个文件夹，或加 --force 覆盖。")
    write_files(folder, issued(book, forms, record, lambda step: print(f"{step} …", file=sys.stderr)))
    letters = "、".join(form.letter for form in forms)
    print(f"已写入 {folder}：{letters} 卷的试卷、答题卡、答案与评分标准，记录 {record.id}（{record.file_name}）。")

    return IN_ORDER
