"""`handbook sync | evidence`: which items must be read again and why, and what a person says of them."""

import argparse
from pathlib import Path

from handbook.bank.reviewed import VERDICTS
from handbook.bank.stamps import is_name
from handbook.book import Book
from handbook.checks import refuse_faulty, today
from handbook.cli.reporting import IN_ORDER, PROBLEMS_FOUND, Commands, misuse, report, take_bank
from handbook.problems import did_you_mean
from handbook.review import alarms, sync
from handbook.review.differences import differences
from handbook.review.likeness import likely, quoted
from handbook.review.recording import NAME_MEND, applied, pruned, read_decisions, record


def add_commands(add: Commands) -> None:
    """Declare the commands of this module."""
    command = add("sync", synchronise, "列出需要复核的题目和改动；--update、--all 或 --apply 记录复核")
    take_bank(command)
    command.add_argument("--update", nargs="+", default=[], metavar="题目", help="把这些题目记为已复核")
    command.add_argument("--all", action="store_true", help="把全部需要复核的题目记为已复核")
    command.add_argument("--reviewer", default="", metavar="姓名", help="复核人")
    command.add_argument("--apply", type=Path, metavar="文件", help="记录复核页保存的决定文件")
    what = "合并冲突以后重写复核记录，两边的都留下"
    command.add_argument("--resolve", action="store_true", help=what)
    command.add_argument("--prune", action="store_true", help="删掉再也用不到的旧文字")
    command = add("evidence", propose, "为一道题找出手册里最像答案的句子，供写 evidence 时挑选")
    take_bank(command)
    command.add_argument(
        "item", metavar="题目", help="题目编号，例如 claims-late-report，或手册 PDF 上的题号，例如 8-3"
    )


def synchronise(book: Book, options: argparse.Namespace) -> int:
    """Show what must be read again, or record what has been."""
    refuse_faulty(book)
    if options.resolve:
        record(book, ())
        print("复核记录已重写，两边的都留下了；同一样东西两边都复核过的，以与现在一致的为准，其次以日期晚的为准。")
        return IN_ORDER
    if options.prune:
        print(f"已删掉 {pruned(book)} 段再也用不到的旧文字。")
        return IN_ORDER
    if options.apply:
        return _apply(book, options.apply)
    if options.update or options.all:
        return _stamp(book, options)

    return _list(book)


def _list(book: Book) -> int:
    found = list(sync.standings(book))
    behind = [one for one in found if one.state not in (sync.State.IN_STEP, sync.State.UNREAD)]
    for standing in behind:
        if standing.state is not sync.State.AROUND:
            _show(book, standing)
    for cause in sync.causes(found):
        _show_cause(book, cause)
    damaged = [problem for problem in [*book.problems, *alarms.left_over(book)] if problem.path == book.lock.path]
    for problem in damaged:
        print(problem)
    unread = sum(one.state is sync.State.UNREAD for one in found)
    nobody = f"，{unread} 道尚未有人复核" if unread else ""
    print(f"共 {len(found)} 道题，{len(behind)} 道需要复核{nobody}。")

    return PROBLEMS_FOUND if behind or damaged else IN_ORDER


def _show(book: Book, standing: sync.Standing) -> None:
    """Print one item that is behind: its key beside what has changed."""
    item = standing.entry.item
    print(f"{standing.entry.path}:{standing.entry.line()}: 题目 '{item.id}' {standing.state}")
    print(f"  题干：{book.seen(item.asking)}")
    print(f"  答案：{' '.join(book.seen(item.answer()).split())}")
    if standing.state is sync.State.NEW:
        print(f"  小节：{' '.join(book.seen(book.views[item.section].text).split())}")
    if standing.last:
        print(f"  上次复核：{standing.last.date} {'、'.join(standing.last.reviewers)}")
    for change in standing.direct:
        print(f"  变动：{change.said}：{_difference(book, change)}")
    print()


def _show_cause(book: Book, cause: sync.Cause) -> None:
    path, line = alarms.place(book, cause)
    print(f"{path}:{line}: {cause.change.said} {sync.State.AROUND}")
    print(f"  变动：{_difference(book, cause.change)}")
    print(f"  题目：{'、'.join(standing.entry.item.id for standing in cause.standings)}\n")


def _difference(book: Book, change: sync.Change) -> str:
    """Return what has changed, word by word, or what can be said of it."""
    before, now = sync.texts(book, change)
    if change.before and before is None:
        return f"没有存下复核时的文字，现在是：{' '.join(now.split())}"
    return differences(before or "", now) or "文字没有变，变的是写法（标题层级、列表、方框或表格）"


def _stamp(book: Book, options: argparse.Namespace) -> int:
    """Record that the items named have been read."""
    known = book.bank.by_id.keys() | book.lock.items
    names = set(known) if options.all else set(options.update)
    if unknown := names - known:
        return misuse(f"题库里没有题目：{'、'.join(sorted(unknown))}；请检查编号。")
    if names & book.bank.by_id.keys() and not options.reviewer:
        return misuse("请写明是谁复核的：--reviewer 姓名。")
    if options.reviewer and not is_name(options.reviewer):
        return misuse(f"复核人的名字用不了；{NAME_MEND}。")
    if options.all:
        names -= {one.entry.item.id for one in sync.standings(book) if one.state is sync.State.IN_STEP}
    there = sorted(names & book.bank.by_id.keys())
    record(book, [sync.whole(book, name, options.reviewer, today()) for name in there], gone=names - set(there))
    print(f"已记录 {len(names)} 道题的复核。")

    return IN_ORDER


def _apply(book: Book, file: Path) -> int:
    """Record the decisions of a file that the review desk saved."""
    if not file.is_file():
        return misuse(f"{file}: 找不到这个文件；请写复核页保存的决定文件。")
    decisions = read_decisions(file, file.as_posix(), today())
    reviews, refused = applied(book, decisions, file.as_posix())
    record(book, reviews)
    said = "，".join(f"{label} {sum(one.verdict == name for one in reviews)} 道" for name, label in VERDICTS.items())
    print(f"已记下 {decisions.reviewer} 的决定：{said}。")

    return report(refused) if refused else IN_ORDER


def propose(book: Book, options: argparse.Namespace) -> int:
    """Print the sentences that are likeliest to answer an item, as lines to copy."""
    entry = book.bank.by_id.get(book.called(options.item))
    if not entry:
        return misuse(f"题库里没有题目 '{options.item}'；{did_you_mean(options.item, book.bank.by_id, '请检查编号')}。")
    print(f"{entry.path}:{entry.line()}: {book.seen(entry.item.asking)}")
    print(f"答案：{' '.join(book.seen(entry.item.answer()).split())}\n")
    print("请挑出真正决定答案的句子，写进题目；可以只摘几个字，用 … 略去中间的：")
    print("\n".join(["evidence:", *(f"  {line}" for line in quoted(likely(book, entry.item), entry.item))]))

    return IN_ORDER
