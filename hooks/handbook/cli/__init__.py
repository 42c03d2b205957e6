"""`handbook …`: what trainers type. The only package that prints."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from handbook.book import Misplaced, read_book
from handbook.cli import authoring, desk, leaks, papers, publishing, reviewing, syncing
from handbook.cli.parsing import Parser
from handbook.cli.reporting import IN_ORDER, INTERRUPTED, Command, failed, misuse, report
from handbook.problems import Failure, Refusal


def main(arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911 -- one for each ending
    """Run one command; return 0 in order, 1 problems found or something could not be done, 2 misuse, 130 interrupted."""
    try:
        return _run(_parser().parse_args(arguments))
    except Misplaced as misplaced:
        return misuse(str(misplaced))
    except Refusal as refusal:
        return report(refusal.problems)
    except Failure as failure:
        return failed(str(failure))
    except KeyboardInterrupt:
        print("已停下。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 -- nothing is left to close
        return IN_ORDER
    except OSError as error:
        reason = error.strerror or str(error)
        return failed(f"{error.filename or '文件'}: 读写失败（{reason}）；请检查文件、权限和磁盘空间。")


def _run(options: argparse.Namespace) -> int:
    if not options.config.is_file():
        return misuse(f"{options.config}: 找不到这个文件；请在手册的根目录运行，或用 --config 指明 mkdocs.yml。")

    return int(options.command(read_book(options.config, options.bank), options))


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="handbook", description="手册与题库的检查、整理和出卷。")
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), help="mkdocs.yml 的位置（默认：当前目录）")
    commands = parser.add_subparsers(required=True, metavar="命令")

    def add(name: str, command: Command, what: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=what, description=what)
        added.set_defaults(command=command, bank=None)
        return added

    for group in (reviewing, syncing, desk, authoring, publishing, papers, leaks):
        group.add_commands(add)

    return parser
