"""Book + a folder of secret items outside the handbook -> the same book with that bank in place of its own.

The site build never comes here; knows nothing of how a leak is found.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handbook.bank.blueprints import Blueprints, read_blueprints
from handbook.bank.entries import Bank, read_bank
from handbook.bank.lock import read_lock
from handbook.book import Book
from handbook.checks import blueprints as contradictions
from handbook.checks import names as crosschecks
from handbook.problems import Problem


class Misplaced(Exception):
    """A folder that cannot be a private bank; says why and what to do."""


def with_bank(public: Book, folder: Path) -> Book:
    """Return the book with the items, blueprints and lock of `folder`; raise Misplaced when it is no such folder.

    Blueprints of the handbook remain for those that the folder does not have. Its problems are those of
    the folder, which are named as it is given, and whatever would stop the handbook itself.
    """
    if not folder.is_dir() or not any(folder.glob("*.yml")):
        raise Misplaced(f"{folder}: 不是题库文件夹；里面应当有一个或几个 *.yml。")
    if folder.resolve().is_relative_to(public.settings.docs.resolve()):
        raise Misplaced(f"{folder}: 在 {public.settings.shown(public.settings.docs)}/ 里面；保密题库要放在手册之外。")
    settings = replace(public.settings, private=folder)
    bank, problems = read_bank(settings.bank, settings.root)
    lock, found = read_lock(settings.lock, settings.shown(settings.lock))
    own, faults = read_blueprints(settings.blueprints, settings.root)
    blueprints = Blueprints(dict(public.blueprints) | own.by_id, public.blueprints.documents | own.documents)
    book = replace(public, settings=settings, bank=bank, lock=lock, blueprints=blueprints, public=public.bank)
    problems += [problem for problem in public.problems if not problem.warning] + found + faults
    checked = [
        *crosschecks.of_sections(bank, book.sections, book.chapters, book.moved),
        *crosschecks.of_enemies(bank),
        *crosschecks.of_facts(book.pages.values(), bank, book.facts, book.lookup),
        *contradictions.problems(blueprints, bank, book.chapter_stems),
        *_clashes(bank, public.bank),
    ]
    problems += [problem for problem in checked if book.speaks_of(problem)]

    return replace(book, problems=tuple(sorted(set(problems))))


def _clashes(bank: Bank, public: Bank) -> Iterator[Problem]:
    """Items with the id of a public one: papers, records and responses could not tell them apart."""
    for entry in bank.entries:
        if other := public.by_id.get(entry.item.id):
            where = f"{other.path}:{other.line()}"
            yield entry.problem(f"的编号与公开题库 {where} 的题目相同", "请换一个编号", "id")
