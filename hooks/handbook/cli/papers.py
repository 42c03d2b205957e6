"""`handbook paper | affected`: parallel forms from a blueprint, their papers, and where an item was used."""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from string import ascii_uppercase

from handbook.book import Book
from handbook.checks import refuse_faulty
from handbook.cli.reporting import IN_ORDER, Commands, misuse, report, take_bank
from handbook.exams.assembly import parallel_forms
from handbook.exams.balance import balance, shared
from handbook.exams.forms import ExamForm
from handbook.files import write_together
from handbook.items import MODELS, TYPES
from handbook.items.true_false import VERDICTS
from handbook.papers.issuing import file_names, issued
from handbook.papers.records import SUFFIX, Record, read_record, recorded
from handbook.papers.reprints import Use, restored, uses
from handbook.problems import Problem, Unreadable, did_you_mean
from handbook.review.history import checked_out

_OUT = Path("dist/papers")


def add_commands(add: Commands) -> None:
    """Declare the commands of this module."""
    what = "按细目表从题库组出平行卷，印成试卷、答题卡和答案，并列出各卷的分值、难度、章节和答案分布"
    command = add("paper", make_papers, what)
    command.add_argument(
        "blueprint", nargs="?", metavar="细目表", help="docs/bank/blueprints 里的文件名，例如 2026-standard"
    )
    command.add_argument("--forms", default="A", metavar="A,B,C", help="要哪几份卷，用逗号隔开（默认：A）")
    command.add_argument(
        "--seed", type=int, metavar="数字", help="种子，随手定一个整数；题库、细目表和种子都相同，得到的卷就相同"
    )
    command.add_argument("--show", action="store_true", help="只列出各卷的情况，不写文件")
    command.add_argument("--out", type=Path, metavar="文件夹", help=f"写到哪里（默认 {_OUT}）")
    command.add_argument("--force", action="store_true", help="覆盖同名的旧文件")
    command.add_argument("--from", type=Path, dest="record", metavar="记录", help="照一份出卷记录重印同样的卷子")
    take_bank(command)
    command = add("affected", show_affected, "列出一道题在哪些卷子里用过")
    command.add_argument("item", metavar="题目", help="题目编号，例如 claims-late-report")
    take_bank(command)
    command.add_argument("--records", type=Path, metavar="文件夹", help=f"出卷记录在哪里（默认 {_OUT}）")


def make_papers(book: Book, options: argparse.Namespace) -> int:
    """Assemble forms, say how alike they are and write their papers; or print those of a record again."""
    named = options.blueprint, options.seed
    if options.record and named == (None, None) and not options.show:
        return reprint(book, options)
    if options.record or None in named:
        example = "handbook paper 2026-standard --forms A,B,C --seed 2026"
        return misuse(f"请写明细目表和种子，例如 {example}；要重印旧卷，只写 handbook paper --from 记录。")
    refuse_faulty(book)
    letters = options.forms.split(",")
    if slip := _slip(book, options.blueprint, letters):
        return misuse(slip)
    forms = parallel_forms(book, options.blueprint, letters, options.seed)
    show_balance(book, forms)
    if options.show:
        return IN_ORDER
    commit = checked_out(book.settings.root)
    name, private = commit.name if commit else None, bool(options.bank)

    return _write(book, forms, recorded(book, forms, options.seed, commit=name, private=private), options)


def _slip(book: Book, blueprint: str, letters: list[str]) -> str | None:
    """Return what is wrong with the arguments."""
    if not all(re.fullmatch("[A-Z]", letter) for letter in letters) or len(set(letters)) < len(letters):
        return f"--forms {','.join(letters)}: 请写不重复的大写字母，用英文逗号隔开，例如 A,B,C。"
    if blueprint not in book.blueprints:
        known = "、".join(book.blueprints) or "还没有"
        return f"没有细目表 '{blueprint}'；{did_you_mean(blueprint, book.blueprints, f'细目表有：{known}')}。"
    return None


def show_balance(book: Book, forms: list[ExamForm]) -> None:
    """Print the figures of each form and what each two have in common."""
    for exam_form in forms:
        found = balance(exam_form)
        head = f"{exam_form.letter} 卷：{found.count} 道题，{exam_form.points} 分"
        print(f"{head}，平均难度 {float(found.difficulty):.2f}")
        chapters = [(chapter.label, found.chapters[chapter.stem]) for chapter in book.chapters.values()]
        print(f"  各章题数：{'，'.join(f'{label} {count}' for label, count in chapters if count)}")
        for type_, places in found.keys.items():
            names = VERDICTS if MODELS[type_].judged else ascii_uppercase[: max(places) + 1]
            spread = "，".join(f"{name} {places[place]}" for place, name in enumerate(names))
            print(f"  {TYPES[type_]}答案：{spread}")
    for one, other, count in shared(forms):
        print(f"{one} 卷与 {other} 卷：共用 {count} 道题")


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
        for use in uses(book, record, options.item):
            count += 1
            known = bool(options.bank) or not record.private
            since = str(use.since) if known else "出自保密题库，加上 --bank 才知道改没改过"
            print(_line(path, record, use, since))
    print(f"题目 '{options.item}' 在 {count} 份卷子里用过。")
    if not count and not book.bank.named(options.item):
        print(f"题库里没有题目 '{options.item}'；{did_you_mean(options.item, book.bank.by_id, '请检查编号')}。")

    return report(damaged) if damaged else IN_ORDER


def _line(path: Path, record: Record, use: Use, since: str) -> str:
    place = f"细目表 '{record.blueprint_id}' {use.form.letter} 卷第 {use.item.number} 题"
    return f"{path.as_posix()}: 记录 {record.id}，{place}，题目{since}。"


def _write(book: Book, forms: Sequence[ExamForm], record: Record, options: argparse.Namespace) -> int:
    folder = options.out or book.settings.root / _OUT
    letters = [form.letter for form in forms]
    names = [*file_names(record.blueprint_id, letters), record.file_name]
    taken = [name for name in names if (folder / name).exists()]
    if taken and not options.force:
        named = "、".join(taken[:3]) + f" 等 {len(taken)} 个文件" * (len(taken) > 3)
        return misuse(f"{folder}: 已经有 {named}，没有覆盖；请用 --out 换一个文件夹，或加 --force 覆盖。")
    papers = issued(book, forms, record.id, lambda step: print(f"{step} …", file=sys.stderr))
    kept = record.printed_as(papers)
    write_together(folder, {**papers, kept.file_name: kept.text.encode()})
    written = f"{'、'.join(letters)} 卷的试卷、答题卡、答案与评分标准"
    print(f"已写入 {folder}：{written}，记录 {record.id}（{record.file_name}）。")
    if options.record and kept.look != record.look:
        print("出卷之后版式已更新（或答案引用的手册原文有改动），内容相同：题目、选项、答案、分值和顺序都没有变。")

    return IN_ORDER
