"""What every command needs to say how it went: exit codes, lists of problems, one line of misuse."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from handbook.book import Book
from handbook.problems import Problem

IN_ORDER, PROBLEMS_FOUND, MISUSE, INTERRUPTED = 0, 1, 2, 130

Command = Callable[[Book, argparse.Namespace], int]
Commands = Callable[[str, Command, str], argparse.ArgumentParser]
"""Declares a command by its name, what runs it and what it does; returns the parser of its options."""


def take_bank(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Let a command work on a private bank."""
    what = "用这个文件夹里的保密题库，代替 docs/bank"
    parser.add_argument("--bank", type=Path, required=required, metavar="文件夹", help=what)


def report(problems: Sequence[Problem]) -> int:
    """Print all problems, sorted, and their number."""
    for problem in sorted(problems):
        print(problem)
    print(f"共 {len(problems)} 处问题。")

    return PROBLEMS_FOUND


def failed(message: str) -> int:
    """Print why something could not be done."""
    print(message)

    return PROBLEMS_FOUND


def misuse(message: str) -> int:
    """Print why the command cannot do what was asked."""
    print(message, file=sys.stderr)

    return MISUSE
