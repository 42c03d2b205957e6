"""`handbook paper`: parallel forms from a blueprint, and their papers."""

import argparse
import re
from string import ascii_uppercase

from handbook.book import Book
from handbook.cli import papers
from handbook.cli.reporting import IN_ORDER, Commands, misuse, refuse_faulty, take_bank
from handbook.exams.assembly import parallel_forms
from handbook.exams.balance import balance, shared
from handbook.exams.forms import ExamForm
from handbook.items import TYPES
from handbook.problems import did_you_mean


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
    papers.add_options(command)
    take_bank(command)


def make_papers(book: Book, options: argparse.Namespace) -> int:
    """Assemble forms, say how alike they are and write their papers; or print those of a record again."""
    named = options.blueprint, options.seed
    if options.record and named == (None, None) and not options.show:
        return papers.reprint(book, options)
    if options.record or None in named:
        example = "handbook paper 2026-standard --forms A,B,C --seed 2026"
        return misuse(f"请写明细目表和种子，例如 {example}；要重印旧卷，只写 handbook paper --from 记录。")
    refuse_faulty(book)
    letters = options.forms.split(",")
    if slip := _slip(book, options.blueprint, letters):
        return misuse(slip)
    forms = parallel_forms(book, options.blueprint, letters, options.seed)
    show_balance(book, forms)

    return IN_ORDER if options.show else papers.issue(book, forms, options)


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
        print(f"{found.letter} 卷：{found.count} 道题，{found.points} 分，平均难度 {float(found.difficulty):.2f}")
        chapters = [(chapter.label, found.chapters[chapter.stem]) for chapter in book.chapters.values()]
        print(f"  各章题数：{'，'.join(f'{label} {count}' for label, count in chapters if count)}")
        for type_, places in found.keys.items():
            names = ("正确", "错误") if type_ == "true_false" else ascii_uppercase[: max(places) + 1]
            spread = "，".join(f"{name} {places[place]}" for place, name in enumerate(names))
            print(f"  {TYPES[type_]}答案：{spread}")
    for one, other, count in shared(forms):
        print(f"{one} 卷与 {other} 卷：共用 {count} 道题")
