"""`handbook check | schema`: what trainers type. The only module that prints."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from handbook.bank import schema
from handbook.book import Book, read_book
from handbook.problems import Problem, Unreadable

IN_ORDER, PROBLEMS_FOUND, MISUSE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 in order, 1 problems found, 2 misuse."""
    options = _parser().parse_args(arguments)
    if not options.config.is_file():
        print(
            f"{options.config}: 找不到这个文件；请在手册的根目录运行，或用 --config 指明 mkdocs.yml。", file=sys.stderr
        )
        return MISUSE
    try:
        book = read_book(options.config)
    except Unreadable as unreadable:
        return _report(unreadable.problems)

    return int(options.command(book, options))


def check(book: Book, options: argparse.Namespace) -> int:
    """List everything that is wrong with handbook and bank."""
    if book.problems:
        return _report(book.problems)
    print(f"没有发现问题：{len(book.chapters)} 章，{len(book.bank.entries)} 道题，{len(book.facts)} 条事实。")

    return IN_ORDER


def write_schema(book: Book, options: argparse.Namespace) -> int:
    """Rewrite the JSON Schema that editors use to help with the bank."""
    path = book.settings.bank / "schema.json"
    path.write_text(json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"已写入 {book.settings.shown(path)}。")

    return IN_ORDER


def _report(problems: Sequence[Problem]) -> int:
    for problem in sorted(problems):
        print(problem)
    print(f"共 {len(problems)} 处问题。")

    return PROBLEMS_FOUND


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="handbook", description="手册与题库的检查和整理。")
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), help="mkdocs.yml 的位置（默认：当前目录）")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for name, command, what in (
        ("check", check, "检查手册、题库和事实，列出全部问题，不生成网站"),
        ("schema", write_schema, "重写编辑器用的题库格式说明 schema.json"),
    ):
        commands.add_parser(name, help=what, description=what).set_defaults(command=command)

    return parser


if __name__ == "__main__":
    sys.exit(main())
