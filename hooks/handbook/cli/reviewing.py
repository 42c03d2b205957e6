"""`handbook check | coverage | changes | schema`: whether the bank is in step with the handbook."""

import argparse
import csv
import json
import sys

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Column, Table

from handbook.bank.blueprints import Blueprint
from handbook.bank.entries import BankFile
from handbook.book import Book
from handbook.checks import all_problems, coverage, today
from handbook.cli.reporting import IN_ORDER, Commands, misuse, report, take_bank
from handbook.files import write_whole
from handbook.review import changes
from handbook.review.history import NoRevision, book_at


def add_commands(add: Commands) -> None:
    """Declare the commands of this module."""
    take_bank(add("check", check, "检查手册、题库和事实，列出全部问题，不生成网站"))
    command = add("coverage", show_coverage, "列出每个小节有多少题，按题型和认知层次")
    command.add_argument("--csv", action="store_true", help="输出 CSV，可用 Excel 打开")
    command = add("changes", show_changes, "列出某个版本以来改过的小节、事实和题目，以及要重做的自测")
    command.add_argument("revision", metavar="版本", help="标签、分支名或提交编号，例如 v1.0 或 HEAD~1")
    add("schema", write_schema, "重写编辑器用的题库和细目表格式说明 schema.json")


def check(book: Book, options: argparse.Namespace) -> int:
    """List everything that is wrong with handbook and bank."""
    problems = all_problems(book, today())
    if problems:
        return report(problems)
    print(f"没有发现问题：{len(book.chapters)} 章，{len(book.bank.entries)} 道题，{len(book.facts)} 条事实。")

    return IN_ORDER


def show_coverage(book: Book, options: argparse.Namespace) -> int:
    """Show how many items each section has, by type and level."""
    rows = list(coverage.matrix(book))
    if options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows(coverage.table(rows))
    else:
        head, *body = coverage.table(rows)
        counts = (Column(name[:2], justify="right", min_width=4) for name in head[1:])
        table = Table(Column(head[0], no_wrap=True, max_width=22), *counts, box=SIMPLE, padding=0, pad_edge=False)
        for row, cells in zip(rows, body, strict=True):
            table.add_row(*cells, style="" if row.section else "bold")
        Console().print(table)
        print(f"没有题目的小节：{len(coverage.bare(rows))} 个。")
    short = list(coverage.problems(book))

    return report(short) if short and not options.csv else IN_ORDER


def show_changes(book: Book, options: argparse.Namespace) -> int:
    """Print what changed since a revision, for staff."""
    try:
        before = book_at(book.settings, options.revision, options.config.name)
    except NoRevision:
        return misuse(f"git 历史里没有版本 '{options.revision}'；请用标签、分支名或提交编号，例如 HEAD~1。")
    print(changes.report(before, book, options.revision), end="")

    return IN_ORDER


def write_schema(book: Book, options: argparse.Namespace) -> int:
    """Rewrite the JSON Schemas that editors use to help with the bank and its blueprints."""
    for folder, model in ((book.settings.bank, BankFile), (book.settings.blueprints, Blueprint)):
        path = folder / "schema.json"
        described = model.model_json_schema()
        write_whole(path, (json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
        print(f"已写入 {book.settings.shown(path)}。")

    return IN_ORDER
