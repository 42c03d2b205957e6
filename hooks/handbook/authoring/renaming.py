"""A book + a name that becomes another -> every file that says it, and which files get another name themselves."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from handbook.authoring import places
from handbook.authoring.asking import Unfit, both, known, refuse_unsettled, used_ids, well_formed
from handbook.authoring.edits import Edit, edited
from handbook.authoring.names import Kind, Renaming
from handbook.bank.lock import in_order
from handbook.book import Book
from handbook.checks import refuse_faulty
from handbook.checks.markup import is_ours
from handbook.reading.source import read_text

_Find = Callable[[str, str, Renaming], Iterator[Edit]]
"""The text of a file and how messages name it -> the edits that it needs."""


def renaming(book: Book, kind: Kind, old: str, new: str) -> Renaming:
    """Return what is asked, in full names; raise Unfit when it cannot be done, Refusal when the book is faulty."""
    refuse_faulty(book)
    refuse_unsettled(book)
    chosen = {"chapter": _of_chapter, "section": _of_section, "item": _of_item}[kind](book, old, new)

    return Renaming(kind, *chosen, book.settings.options.chapters)


def _of_chapter(book: Book, old: str, new: str) -> tuple[str, str]:
    old, new = f"{old.removesuffix('.md')}.md", f"{new.removesuffix('.md')}.md"
    known(old, book.chapters, "章节")
    well_formed(new.removesuffix(".md"))
    folder, _, _ = old.rpartition("/")
    new = f"{folder}/{new}".lstrip("/")
    taken = [book.settings.docs / book.settings.options.chapters / new]
    taken += [one.settings.bank / bank for one in both(book) if (bank := _bank_file(one, old, new))]
    if found := next((path for path in taken if path.exists()), None):
        raise Unfit(f"已经有 {book.settings.shown(found)}；请换一个名字。")

    return old, new


def _of_section(book: Book, old: str, new: str) -> tuple[str, str]:
    known(old, book.sections, "小节")
    well_formed(new)
    name = old.partition("#")[0]
    source = f"{book.settings.options.chapters}/{name}"
    if new in dict(book.pages[source].anchors) or is_ours(book, source, new):
        raise Unfit(f"{name} 里已经有锚点 '{new}'，或者网站自己要用它；请换一个名字。")

    return old, f"{name}#{new}"


def _of_item(book: Book, old: str, new: str) -> tuple[str, str]:
    known(old, {name: None for one in both(book) for name in one.bank.by_id}, "题目")
    well_formed(new)
    if new in used_ids(book):
        raise Unfit(f"编号 '{new}' 用过了，用过的编号不再使用；请换一个。")

    return old, new


def renamed(book: Book, change: Renaming) -> tuple[dict[Path, bytes | None], dict[Path, int]]:
    """Return the files to be written, None for those that have another name then, and how many edits each has had."""
    files, counts = dict[Path, bytes | None](), dict[Path, int]()
    for path, find in _sources(book):
        shown = book.settings.shown(path)
        edits = set(find(read_text(path, shown), shown, change)) if path.is_file() else set()
        if edits:
            before = path.read_bytes().decode()
            after = edited(before, edits)
            sort = find is places.in_lock and in_order(before) == before
            files[path], counts[path] = (in_order(after) if sort else after).encode(), len(edits)
    for path, now in _moved(book, change):
        files[now] = files.get(path) or path.read_bytes()
        files[path] = None

    return files, counts


def _sources(book: Book) -> Iterator[tuple[Path, _Find]]:
    """Yield every file that may say a name, and what finds it there."""
    for source, page in book.pages.items():
        yield book.settings.docs / source, partial(places.in_page, page, source)
    yield book.settings.glossary, places.in_glossary
    yield book.settings.card, places.in_card
    yield from ((path, places.in_configuration) for path in book.settings.files)
    for settings in (one.settings for one in both(book)):
        yield from ((path, places.in_bank) for path in sorted(settings.bank.glob("*.yml")))
        yield from ((path, places.in_blueprint) for path in sorted(settings.blueprints.glob("*.yml")))
        yield settings.lock, places.in_lock
        yield settings.review_log, places.in_log
        yield settings.reviewed, places.in_texts


def _moved(book: Book, change: Renaming) -> Iterator[tuple[Path, Path]]:
    """Yield the files that a chapter's new name moves: its own, and that of its items."""
    if change.kind == "chapter":
        folder = book.settings.docs / change.folder
        yield folder / change.old, folder / change.new
        for one in both(book):
            if now := _bank_file(one, change.old, change.new):
                yield one.settings.bank / f"{Path(change.old).stem}.yml", one.settings.bank / now


def _bank_file(book: Book, old: str, new: str) -> str | None:
    """Return what the file of a chapter's items is called by another name; None when there is no such file."""
    there = (book.settings.bank / f"{Path(old).stem}.yml").is_file()
    return f"{Path(new).stem}.yml" if there else None
