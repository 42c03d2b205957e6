"""What every command needs to say how it went: exit codes, lists of problems, one line of misuse."""

import argparse
import sys
from collections.abc import Callable, Sequence

from handbook.book import Book
from handbook.problems import Problem

IN_ORDER, PROBLEMS_FOUND, MISUSE = 0, 1, 2

Command = Callable[[Book, argparse.Namespace], int]
Commands = Callable[[str, Command, str], argparse.ArgumentParser]
"""Declares a command by its name, what runs it and what it does; returns the parser of its options."""


def report(problems: Sequence[Problem]) -> int:
    """Print all problems, sorted, and their number."""
    for problem in sorted(problems):
        print(problem)
    print(f"共 {len(problems)} 处问题。")

    return PROBLEMS_FOUND


def misuse(message: str) -> int:
    """Print why the command cannot do what was asked."""
    print(message, file=sys.stderr)

    return MISUSE
