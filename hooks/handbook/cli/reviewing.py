"""`handbook check | sync | coverage | changes | schema`: whether the bank is in step with the handbook."""

import argparse
import csv
import json
import sys
from datetime import date

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Column, Table

from handbook.bank.blueprints import Blueprint
from handbook.bank.entries import BankFile
from handbook.bank.lock import write_lock
from handbook.book import Book
from handbook.checks import all_problems, coverage, refuse_faulty
from handbook.cli.reporting import IN_ORDER, PROBLEMS_FOUND, Commands, misuse, report, take_bank
from handbook.files import write_whole
from handbook.review import changes, sync
from handbook.review.differences import differences
from handbook.review.history import NoRevision, book_at, reviewed_text


def add_commands(add: Commands) -> None:
    """Declare the commands of this module."""
    take_bank(add("check", check, "检查手册、题库和事实，列出全部问题，不生成网站"))
    command = add("sync", synchronise, "列出需要复核的题目和改动；--update 或 --all 记录复核")
    take_bank(command)
    command.add_argument("--update", nargs="+", default=[], metavar="题目", help="把这些题目记为已复核")
    command.add_argument("--all", action="store_true", help="把全部需要复核的题目记为已复核")
    command.add_argument("--reviewer", default="", metavar="姓名", help="复核人")
    command = add("coverage", show_coverage, "列出每个小节有多少题，按题型和认知层次")
    command.add_argument("--csv", action="store_true", help="输出 CSV，可用 Excel 打开")
    command = add("changes", show_changes, "列出某个版本以来改过的小节、事实和题目，以及要重做的自测")
    command.add_argument("revision", metavar="版本", help="标签、分支名或提交编号，例如 v1.0 或 HEAD~1")
    add("schema", write_schema, "重写编辑器用的题库和细目表格式说明 schema.json")


def check(book: Book, options: argparse.Namespace) -> int:
    """List everything that is wrong with handbook and bank."""
    problems = all_problems(book)
    if problems:
        return report(problems)
    print(f"没有发现问题：{len(book.chapters)} 章，{len(book.bank.entries)} 道题，{len(book.facts)} 条事实。")

    return IN_ORDER


def synchronise(book: Book, options: argparse.Namespace) -> int:
    """Show what must be read again, or stamp what has been."""
    refuse_faulty(book)
    if options.update or options.all:
        return _stamp(book, options)
    behind = [standing for standing in sync.standings(book) if standing.state is not sync.State.IN_STEP]
    for standing in behind:
        _show(book, standing)
    damaged = [problem for problem in [*book.problems, *sync.problems(book)] if problem.path == book.lock.path]
    for problem in damaged:
        print(problem)
    print(f"共 {len(book.bank.entries)} 道题，{len(behind)} 道需要复核。")

    return PROBLEMS_FOUND if behind or damaged else IN_ORDER


def _show(book: Book, standing: sync.Standing) -> None:
    """Print one item that is behind: its key beside what has changed."""
    item = standing.entry.item
    print(f"{standing.entry.path}:{standing.entry.line()}: 题目 '{item.id}' {standing.state}")
    print(f"  题干：{book.seen(item.asking)}")
    print(f"  答案：{' '.join(book.seen(item.answer()).split())}")
    if standing.stamp:
        print(f"  变动：{standing.reason}（上次复核 {standing.stamp.date} {standing.stamp.reviewer}）")
        before, now = reviewed_text(book.settings, standing.stamp), book.seen(book.sections[item.section].text)
        shown = differences(before, now) or "文字没有变。" if before else "历史里没有复核时的原文，请直接读现在的正文。"
        print(f"  小节：{shown}")
    print()


def _stamp(book: Book, options: argparse.Namespace) -> int:
    """Write the stamps of the items named."""
    known = book.bank.by_id.keys() | book.lock.stamps.keys()
    names = set(known) if options.all else set(options.update)
    if unknown := names - known:
        return misuse(f"题库里没有题目：{'、'.join(sorted(unknown))}；请检查编号。")
    if names & book.bank.by_id.keys() and not options.reviewer:
        return misuse("请写明是谁复核的：--reviewer 姓名。")
    if options.all:
        in_step = {s.entry.item.id for s in sync.standings(book) if s.state is sync.State.IN_STEP}
        names -= in_step
    today = date.today()  # noqa: DTZ011 -- the reviewer's own day
    write_lock(book.settings.lock, sync.stamped(book, names, options.reviewer, today))
    print(f"已记录 {len(names)} 道题的复核。")

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
